"""Every door of the admin, tried by everybody: from the URL configuration, so that a new one cannot escape."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import Group
from django.db.models import Model
from django.utils import timezone
from wagtail.models import (
    Collection,
    GroupPagePermission,
    Locale,
    Page,
    PageViewRestriction,
    Revision,
    Site,
    Task,
    Workflow,
    WorkflowPage,
)

from cms.accounts.models import User
from cms.media.models import Document, Image
from cms.moderation.approvals import Approval
from cms.moderation.seen_texts import note_seen
from home.models import HomePage
from news.models import NewsArticlePage, NewsIndexPage, Section
from tests import scenes
from tests.doors import Door, about, admin_doors
from tests.people import PASSWORD, make_person
from tests.undoing import Attempt

pytestmark = [pytest.mark.four_eyes, pytest.mark.django_db]

IN_AN_OFFICE = ["Penulis", "Penyunting", "Penyetuju"]
ROLES = ["nobody", *IN_AN_OFFICE, "Moderator Provinsi", "Auditor", "superuser"]
CANARY = "Naskah rahasia kantor lain"
# All a form of the admin may send at once: what one door does not know, it ignores.
ATTEMPT = {
    "title": "Judul yang diselundupkan", "slug": "diselundupkan", "lead": "Teras.", "author_unit": "Humas",
    "new_title": "Salinan", "new_slug": "salinan", "publish_copies": "on", "copy_subpages": "on", "alias": "on",
    "action-publish": "1", "action-submit": "1", "action-workflow-action": "1",
    "workflow-action-name": "approve", "comment": "Baik.", "reason": "Perlu segera diketahui warga Banten.",
    "decision": "approve", "include_descendants": "on", "confirm": "1", "restriction_type": "none",
    "go_live_at": "2020-01-01 09:00", "overwrite_revision_id": "1",
    "external-link-chooser-url": "/", "body-count": "0", "attachments-count": "0", "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
}  # fmt: skip

# What opens to who lets things go live, or these tries would say nothing.
OPEN = (
    "/edit/",
    "/copy/",
    "/confirm/",
    "/revert/",
    "/delete/",
    "/unpublish/",
    "/approve/",
    "/reject/",
    "/cabut/",
)


@pytest.fixture
def people(_filled: dict[str, dict[str, int]]) -> dict[str, User | None]:
    """Somebody of each role, besides who wrote and who approved."""
    return {"nobody": None, **{role: User.objects.get(pk=pk) for role, pk in _filled["people"].items()}}


@pytest.fixture
def texts(_filled: dict[str, dict[str, int]]) -> dict[str, NewsArticlePage]:
    """An article in every state, written by the writer; and two of another office."""
    return {name: NewsArticlePage.objects.get(pk=pk) for name, pk in _filled["texts"].items()}


@pytest.fixture
def _filled(office, other_office) -> dict[str, dict[str, int]]:
    """Write everything once: to do it takes longer than most tries."""
    return scenes.put("doors", lambda: _fill(office, other_office), is_ruled=True)


def _fill(office: HomePage, other_office: HomePage) -> dict[str, dict[str, int]]:
    """Return ids of people by role, and of articles by state."""
    roles = [role for role in ROLES if role not in ("nobody", "superuser")]
    people = {role: make_person(f"{role.lower()}-36", role, office) for role in roles}
    people["superuser"] = User.objects.create_superuser("admin", "admin@kpu.example", PASSWORD)
    texts = _write_all(office, other_office, people["Penulis"])
    for person in people.values():  # everybody has read everything: that is not what holds them
        for page in texts.values():
            note_seen(person, page)
    return {
        "people": {role: person.pk for role, person in people.items()},
        "texts": {name: page.pk for name, page in texts.items()},
    }


def _write_all(office: HomePage, other_office: HomePage, writer: User) -> dict[str, NewsArticlePage]:
    second = make_person("kedua", "Penyetuju", office)
    index, abroad = (NewsIndexPage.objects.child_of(home).get() for home in (office, other_office))
    soon = timezone.now() + dt.timedelta(days=1)
    made = {name: _write(index, name, writer) for name in ("draft", "submitted", "final", "locked")}
    made |= {name: _write(index, name, writer) for name in ("live", "changed", "taken down", "private")}
    made["scheduled"] = _write(index, "scheduled", writer, go_live_at=soon)
    for name in ("live", "changed", "taken down", "private", "scheduled"):
        _let_go_live(made[name], second)
    _submit(made["submitted"], writer)
    _pass_first_stage(_submit(made["final"], writer), second)
    NewsArticlePage.objects.filter(pk=made["locked"].pk).update(locked=True, locked_by=second)
    _change(made["changed"], writer)
    _fresh(made["taken down"]).unpublish()
    PageViewRestriction.objects.create(page=made["private"], restriction_type="login")
    stranger = make_person("asing", "Penulis", other_office)
    made["other draft"] = _write(abroad, CANARY, stranger)
    made["other live"] = _write(abroad, "yang dibaca semua orang", stranger)
    _let_go_live(made["other live"], make_person("asing-kedua", "Penyetuju", other_office))
    return {name: _fresh(page) for name, page in made.items()}


def _write(index: NewsIndexPage, name: str, writer: User, **fields: object) -> NewsArticlePage:
    page = NewsArticlePage(
        title=f"Rapat pleno {name}",
        lead="KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para tamu.",
        section=Section.objects.filter(site__root_page=index.get_parent()).first(),
        author_unit="Humas KPU Provinsi Banten",
        body=[("paragraph", "<p>Rapat dibuka pukul sembilan pagi.</p>")],
        owner=writer,
        live=False,
        **fields,
    )
    index.add_child(instance=page)
    page.save_revision(user=writer)
    return page


def _let_go_live(page: NewsArticlePage, approver: User) -> None:
    revision = page.get_latest_revision()
    Approval.objects.give(revision, Approval.Kind.REVIEW, actor=approver)
    revision.publish()


def _submit(page: NewsArticlePage, writer: User) -> NewsArticlePage:
    page.get_workflow().start(page, writer)
    return _fresh(page)


def _pass_first_stage(page: NewsArticlePage, editor: User) -> None:
    note_seen(editor, page)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, editor, "approve")


def _change(page: NewsArticlePage, writer: User) -> None:
    draft = _fresh(page)
    draft.title = "Judul usulan"
    draft.save_revision(user=writer)


def _fresh(page: NewsArticlePage) -> NewsArticlePage:
    return NewsArticlePage.objects.get(pk=page.pk)


def live_texts() -> dict[int, tuple[int | None, str]]:
    """What readers may see now: which revision, and which words."""
    rows = Page.objects.filter(live=True).order_by("pk")
    found = rows.values_list("pk", "live_revision_id", "title", "slug")
    return {pk: (revision, title + slug) for pk, revision, title, slug in found}


def unlawful(before: dict, person: User | None) -> list[int]:
    """Return pages whose readers see something new that nobody but its writers has approved."""
    found = []
    for pk, (revision, words) in live_texts().items():
        if before.get(pk) == (revision, words):
            continue
        approval = Approval.objects.of(pk, revision or 0).first()
        writers = Approval.objects.contributors(Revision.objects.get(pk=revision)) if revision else []
        is_own = approval and (approval.actor_id != getattr(person, "pk", 0) or person.pk in writers)
        if (
            approval is None
            or approval.kind not in ("review", "urgent")
            or (approval.kind == "review" and is_own)
        ):
            found.append(pk)
    return found


def rows_of(model: type[Model], **chosen: object) -> list[tuple]:
    return list(model._base_manager.filter(**chosen).order_by("pk").values_list())


def foreign(other_office: Page) -> dict[str, list[tuple]]:
    """All that is not the business of an office's people: another office, and who may do what."""
    below = {"path__startswith": other_office.path}
    ids = list(Page.objects.filter(**below).values_list("pk", flat=True))
    return {
        "pages": rows_of(Page, **below),
        "articles": rows_of(NewsArticlePage, pk__in=ids),
        "revisions": rows_of(Revision, object_id__in=[str(pk) for pk in ids]),
        "sections": rows_of(Section, site__root_page=other_office),
        "images": rows_of(Image, title=CANARY),
        "documents": rows_of(Document, title=CANARY),
        "rights": rows_of(GroupPagePermission),
        "accounts": rows_of(User, is_superuser=True),
        "memberships": rows_of(User.groups.through),
        **{model.__name__: rows_of(model) for model in (Group, Site, Locale, Workflow, Task, WorkflowPage)},
    }


def attempts(doors: list[Door], known: dict, methods: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for door in doors:
        for address in door.addresses(known):
            yield from ((method, address) for method in methods)


@pytest.mark.parametrize("role", ROLES)
def test_no_door_makes_live_what_nobody_else_has_approved(client, people, texts, index, office, role):
    person = _enter(client, people[role])
    doors = [door for door in admin_doors() if door.is_about_pages or door.name == "wagtail_bulk_action"]
    own = {name: page for name, page in texts.items() if not name.startswith("other")}
    if role == "nobody":
        own = {"draft": own["draft"]}
    before, escaped, opened = live_texts(), [], set()
    for name, page in own.items():
        known = about(page, index)
        for _method, address in attempts(doors, known, ("post",)):
            data = {**ATTEMPT, "id": page.pk, "new_parent_page": index.pk, "section": page.section_id}
            if address.endswith("/copy/"):
                del data["alias"]  # which is refused at once
            with Attempt() as attempt:
                answer = _ask(client, "post", f"{address}?id={page.pk}", data)
                if attempt.has_written:
                    opened.add(address)
                if answer.status_code >= 500 or (attempt.has_written and unlawful(before, person)):
                    escaped.append((name, address, answer.status_code))
    assert escaped == []
    if role in ("Penyetuju", "superuser"):  # they are doors, and no wall
        assert [part for part in OPEN if not any(part in address for address in opened)] == []


@pytest.mark.parametrize("role", ["nobody", *IN_AN_OFFICE])
def test_nobody_reads_or_moves_anything_of_another_office(client, people, texts, index, other_office, role):
    page = texts["other draft"]
    _enter(client, people[role])
    things = _things_of(other_office)
    before, escaped = foreign(other_office), []
    for door in admin_doors():
        known = about(page, index) | things | {"pk": [_thing_behind(door, things, page)]}
        for method, address in attempts([door], known, ("get", "post")):
            with Attempt() as attempt:
                data = {**ATTEMPT, "id": page.pk, "new_parent_page": index.pk}
                answer = _ask(client, method, f"{address}?id={page.pk}", data)
                has_moved = attempt.has_written and foreign(other_office) != before
                if answer.status_code >= 500 or _tells(answer) or has_moved:
                    escaped.append((method, address, answer.status_code))
    assert escaped == []


def _things_of(other_office: Page) -> dict[str, list[object]]:
    room = Collection.objects.filter(depth=2).order_by("-pk").first()
    image = Image.objects.create(title=CANARY, file="asing.jpg", width=1, height=1, collection=room)
    document = Document.objects.create(title=CANARY, file="asing.pdf", collection=room)
    return {
        "image_id": [image.pk],
        "document_id": [document.pk],
        "doc_id": [document.pk],
        "collection_id": [room.pk],
        "workflow_pk": [Workflow.objects.order_by("-pk").values_list("pk", flat=True)[0]],
        "redirect_id": [1],
        "filter_spec": ["max-165x165"],
        "section": [Section.objects.filter(site__root_page=other_office).values_list("pk", flat=True)[0]],
    }


def _thing_behind(door: Door, things: dict[str, list[object]], page: Page) -> object:
    """Return the number of what a door that only says `pk` is about."""
    by_name: dict[str, Callable[[], object]] = {
        "section": lambda: things["section"][0],
        "image": lambda: things["image_id"][0],
        "doc": lambda: things["document_id"][0],
        "users_users": lambda: User.objects.get(username="asing").pk,
        "users_groups": lambda: Group.objects.order_by("-pk").values_list("pk", flat=True)[0],
        "sites": lambda: Site.objects.get(root_page_id=page.get_parent().get_parent().pk).pk,
        "workflows": lambda: things["workflow_pk"][0],
        "collection": lambda: things["collection_id"][0],
    }
    return next((thing() for part, thing in by_name.items() if part in door.name), page.pk)


def _enter(client, person: User | None) -> User | None:
    """Log in once, before everything else is undone again and again; what breaks is an answer too."""
    client.raise_request_exception = False
    if person:
        client.force_login(person)
    return person


def _ask(client, method: str, address: str, data: dict[str, object]):
    return getattr(client, method)(address, data if method == "post" else {})


def _tells(answer) -> bool:
    return not getattr(answer, "streaming", False) and CANARY in answer.content.decode(errors="ignore")


@pytest.mark.parametrize("address", [
    "laporan/jejak/?orang={n}", "laporan/jejak/?naskah={n}", "laporan/jejak/?sebelum={n}", "naskah/{page}/?sesudah={n}",
    "naskah/{page}/?sebelum={n}", "choose-page/chosen-multiple/?id={n}", "bulk/wagtailcore/page/delete/?id={n}",
    "bulk/wagtailcore/page/delete/?id=all&childOf={n}",
])  # fmt: skip
def test_no_number_is_too_long_for_a_screen(client, superuser, index, address):
    client.force_login(superuser)
    for number in ("9" * 5000, "9" * 19, "²"):
        assert client.get("/admin/" + address.format(n=number, page=index.pk)).status_code in (200, 400, 404)
