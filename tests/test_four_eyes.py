"""Nothing goes live that only one person has seen: every way in, tried."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_pre_migrate_signal
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from cms.accounts.models import User
from cms.moderation import database_rules
from cms.moderation.approvals import Approval, ImportBatch
from cms.moderation.four_eyes_task import FourEyesTask
from cms.moderation.guarding import NotApproved
from cms.moderation.permits import Permit
from cms.moderation.seen_texts import note_seen
from home.models import HomePage
from home.roles import group_of
from news.models import NewsArticlePage, Section

pytestmark = pytest.mark.four_eyes


@pytest.fixture
def draft(index):
    def _draft(title="Rapat pleno terbuka", **fields):
        page = NewsArticlePage(
            title=title,
            lead="KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para tamu.",
            section=Section.objects.first(),
            author_unit="Humas KPU Provinsi Banten",
            body=[("paragraph", "<p>Rapat dibuka pukul sembilan pagi.</p>")],
            live=False,
            **fields,
        )
        return index.add_child(instance=page)

    return _draft


@pytest.fixture
def approved(draft, colleague, office):
    """An article that was written by one and approved by another, and is live."""
    page = draft()
    revision = page.save_revision(user=colleague("Penulis", office))
    Approval.objects.give(revision, Approval.Kind.REVIEW, actor=colleague("Penyetuju", office))
    revision.publish()
    page.refresh_from_db()
    assert page.live
    return page


def test_code_cannot_publish_what_nobody_approved(draft):
    revision = draft().save_revision()
    with pytest.raises(NotApproved):
        revision.publish()


def test_code_cannot_save_a_page_live(draft, index):
    page = draft()
    page.live = True
    with pytest.raises(NotApproved):
        page.save()
    with pytest.raises(NotApproved):
        index.add_child(instance=NewsArticlePage(title="Langsung", lead="x"))


def test_code_cannot_change_a_live_text(approved):
    approved.title = "Judul lain"
    with pytest.raises(NotApproved):
        approved.save()


def test_live_page_may_be_saved_again_and_dated_drafts_kept(approved):
    approved.save()
    approved.title = "Judul usul"
    approved.save_revision()
    assert NewsArticlePage.objects.get().title == "Rapat pleno terbuka"


@pytest.mark.parametrize(
    "change",
    [
        lambda page: Page.objects.filter(pk=page.pk).update(title="Lain"),
        lambda page: Page.objects.filter(pk=page.pk).update(slug="lain"),
        lambda page: NewsArticlePage.objects.filter(pk=page.pk).update(lead="Lain"),
        lambda page: NewsArticlePage.topics.through.objects.create(
            newsarticlepage_id=page.pk, topic_id=page.topics.model.objects.first().pk
        ),
        lambda page: Page.objects.filter(pk=page.pk).update(live_revision=page.save_revision().pk),
    ],
)
def test_database_refuses_a_change_of_a_live_text(approved, change):
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        change(approved)


def test_settings_and_menus_of_an_office_change_only_by_an_approval(office, index):
    for rows, change in (
        (HomePage.objects.filter(pk=office.pk), {"phone": "(0254) 9"}),
        (Page.objects.filter(pk=index.pk), {"show_in_menus": False}),
    ):
        with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
            rows.update(**change)


def test_database_refuses_to_make_a_draft_live(draft):
    page = draft()
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        Page.objects.filter(pk=page.pk).update(live=True)


def test_database_lets_a_page_be_taken_down(approved):
    Page.objects.filter(pk=approved.pk).update(live=False, live_revision=None)
    assert not Page.objects.get(pk=approved.pk).live


def test_writer_cannot_be_named_as_the_approver(draft, colleague, office):
    writer = colleague("Penulis", office)
    revision = draft().save_revision(user=writer)
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        Approval.objects.give(revision, Approval.Kind.REVIEW, actor=writer)


def test_writer_cannot_approve_what_a_colleague_has_copied(draft, index, colleague, office):
    writer, helper = colleague("Penyetuju", office), colleague("Penulis", office)
    page = draft()
    page.save_revision(user=writer)
    page.refresh_from_db()
    copied = page.copy(to=index, user=helper, update_attrs={"slug": "salinan", "title": "Salinan"})
    revision = copied.get_latest_revision()
    assert revision.user == helper
    assert Approval.objects.contributors(revision) == {writer.pk, helper.pk}
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        Approval.objects.give(revision, Approval.Kind.REVIEW, actor=writer)


@pytest.mark.parametrize("of", ["written here", "live before"])
def test_import_lets_nothing_go_live_but_what_it_brings(draft, approved, colleague, office, of):
    page = approved if of == "live before" else draft("Judul lain")
    revision = page.save_revision(user=None if of == "live before" else colleague("Penyunting", office))
    batch = ImportBatch.objects.create(
        file_name="a.jsonl", file_digest="0" * 64, operator="op", below_page_id=1
    )
    given = {"page_id": page.pk, "revision_id": revision.pk, "digest": "0" * 64, "kind": Approval.Kind.IMPORT}
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        Approval.objects.create(**given, batch=batch, line=1)


def test_import_without_its_line_lets_nothing_go_live(draft):
    revision = draft().save_revision()
    with pytest.raises(IntegrityError, match="import_approval_names_its_line"), transaction.atomic():
        Approval.objects.give(revision, Approval.Kind.IMPORT)


def test_approval_is_neither_changed_nor_removed(approved):
    approval = Approval.objects.filter(page_id=approved.pk).get()
    for act in (approval.delete, lambda: Approval.objects.filter(pk=approval.pk).update(digest="0")):
        with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
            act()


def test_approved_revision_does_not_change(approved):
    revision = approved.live_revision
    revision.content = {**revision.content, "title": "Tukar"}
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        revision.save()


def test_no_rule_is_missing_in_an_installation(db):
    assert database_rules.missing() == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("kind", [Page, NewsArticlePage], ids=["page", "article"])
def test_rules_of_a_page_return_when_a_migration_has_remade_its_table(kind):
    known = MigrationLoader(connection).project_state().apps  # as a migration knows the model
    model = known.get_model(kind._meta.label)
    column = models.CharField(max_length=3, null=True)
    column.set_attributes_from_name("kolom")
    emit_pre_migrate_signal(
        0, interactive=False, db=connection.alias, plan=[(Migration("baru", "news"), False)]
    )
    with connection.schema_editor() as editor:
        editor.add_field(model, column)
        if connection.vendor == "sqlite":
            editor._remake_table(model)  # as it does for most changes; the column goes too
        else:
            editor.remove_field(model, column)
    call_command("migrate", verbosity=0)
    assert database_rules.missing() == []
    page = Page.get_first_root_node().add_child(instance=Page(title="Konsep", slug="konsep", live=False))
    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        Page.objects.filter(pk=page.pk).update(live=True)


def test_topic_of_a_live_article_may_be_deleted(approved, draft, colleague, office):
    topic = approved.topics.model.objects.first()
    approved.topics.add(topic)
    revision = approved.save_revision(user=colleague("Penyunting", office))
    Approval.objects.give(
        revision, Approval.Kind.REVIEW, actor=User.objects.get(username__startswith="penyetuju")
    )
    revision.publish()
    assert list(NewsArticlePage.objects.get().topics.all()) == [topic]
    topic.delete()
    assert list(NewsArticlePage.objects.get().topics.all()) == []
    assert not Permit.objects.exists()


def test_way_that_ends_with_no_four_eyes_lets_nothing_go_live(draft, office, index, colleague):
    writer, approver = colleague("Penulis", office), colleague("Penyetuju", office)
    task = FourEyesTask.objects.create(name="Baca sekilas", is_final=False)
    task.groups.add(group_of(office, "Penyetuju"))
    workflow = Workflow.objects.create(name="Jalan pintas")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=index, workflow=workflow)
    page = draft()
    page.save_revision(user=writer)
    state = page.get_workflow().start(page, writer).current_task_state
    note_seen(approver, NewsArticlePage.objects.get(pk=page.pk))
    with pytest.raises(NotApproved, match="tidak berakhir dengan tugas empat mata"):
        state.task.specific.on_action(state, approver, "approve")
    assert not NewsArticlePage.objects.get(pk=page.pk).live


def test_workflow_made_before_the_rule_ends_with_four_eyes_after_the_upgrade(office, colleague):
    editors = group_of(office, "Penyunting")
    old = GroupApprovalTask.objects.create(name="Persetujuan lama")
    old.groups.add(editors)
    workflow = Workflow.objects.create(name="Alur lama")
    WorkflowTask.objects.create(workflow=workflow, task=old, sort_order=0)
    upgrade = import_module("cms.moderation.migrations.0005_stock_tasks")
    upgrade.replace_stock_tasks(apps, None)
    task = workflow.tasks.get().specific
    assert isinstance(task, FourEyesTask)
    assert task.is_final
    assert list(task.groups.all()) == [editors]
    assert not GroupApprovalTask.objects.exists()
