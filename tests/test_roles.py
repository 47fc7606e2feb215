"""Who stands above several offices: moderators step in, auditors read, and neither does more than that."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import querydict_from_html

from cms.moderation.approvals import Approval
from cms.moderation.approvers import is_approver
from cms.moderation.models import Delegation
from home.office import open_office
from home.roles import group_of
from news.models import NewsArticlePage, NewsIndexPage
from tests.people import next_of, page_of, queue, send, titles
from tests.standing import PROVINCE, REGENCY
from tests.test_letters import delivered

pytestmark = pytest.mark.four_eyes


@pytest.fixture
def moderator(office, other_office, person):
    return person("mira", "Moderator Provinsi", office)


@pytest.fixture
def auditor(office, other_office, person):
    return person("dewi", "Auditor", office)


def care_of(name: str) -> dict[str, set[str]]:
    """The offices a group has in its care, with its rights there."""
    found: dict[str, set[str]] = {}
    grants = GroupPagePermission.objects.filter(group__name=name).select_related("page", "permission")
    for grant in grants:
        found.setdefault(grant.page.title, set()).add(grant.permission.codename)
    return found


BOTH = ("KPU Provinsi Banten", "KPU Kabupaten Lebak")


def test_operator_opens_offices_and_the_province_has_them_in_its_care(office, other_office):
    moderated = {name: {"view_page", "publish_page"} for name in BOTH}
    assert care_of("Moderator Provinsi · KPU Banten") == moderated
    assert care_of("Auditor · KPU Banten") == {name: {"view_page"} for name in BOTH}
    assert Group.objects.filter(name__contains="KPU Lebak").count() == 3
    before = Group.objects.count(), GroupPagePermission.objects.count()
    open_office(**REGENCY)
    assert (Group.objects.count(), GroupPagePermission.objects.count()) == before


def test_country_stands_above_the_province_and_all_below_it(office, other_office):
    country = {**PROVINCE, "code": "0", "name": "KPU RI", "short_name": "KPU RI", "level": "nasional"}
    java = {**PROVINCE, "code": "32", "name": "KPU Jabar", "short_name": "KPU Jabar", "parent_code": "0"}
    city = {
        **REGENCY,
        "code": "32.73",
        "name": "KPU Bandung",
        "short_name": "KPU Bandung",
        "parent_code": "32",
    }
    open_office(**country | {"hostname": "ri.localhost"})
    open_office(**java | {"hostname": "jabar.localhost"})
    open_office(**city | {"hostname": "bandung.localhost"})
    Group.objects.get(name="Auditor · KPU RI").delete()
    open_office(**country | {"hostname": "ri.localhost"})
    assert set(care_of("Auditor · KPU RI")) == {"KPU RI", "KPU Jabar", "KPU Bandung"}
    assert set(care_of("Auditor · KPU Jabar")) == {"KPU Jabar", "KPU Bandung"}
    assert set(care_of("Moderator Provinsi · KPU Banten")) == set(BOTH)


def test_installation_from_before_has_them_after_the_upgrade(office, other_office):
    before = care_of("Moderator Provinsi · KPU Banten"), care_of("Auditor · KPU Banten")
    Group.objects.filter(name__regex="^(Moderator|Auditor)").delete()
    upgrade = import_module("home.migrations.0002_oversight")
    upgrade.add_oversight(apps, None)
    upgrade.add_oversight(apps, None)
    assert (care_of("Moderator Provinsi · KPU Banten"), care_of("Auditor · KPU Banten")) == before


def test_moderator_decides_where_the_office_has_too_few(client, other_office, person, submit, moderator):
    person("sri", "Penyetuju", other_office)
    state = submit(other_office, person("ujang", "Penulis", other_office))
    assert "mira" in delivered()
    client.force_login(moderator)
    assert titles(queue(client)) == ["Rapat Pleno"]
    send(client, state, "setuju")
    send(client, next_of(state), "setuju")
    assert page_of(state).live
    assert Approval.objects.get(page_id=page_of(state).pk, kind="review").actor_id == moderator.pk


def test_moderator_is_not_written_to_where_the_office_has_enough_but_may_step_in(
    client,
    other_office,
    person,
    submit,
    moderator,
):
    person("sri", "Penyetuju", other_office)
    person("tuti", "Penyetuju", other_office)
    state = submit(other_office, person("ujang", "Penulis", other_office))
    assert set(delivered()) == {"sri", "tuti"}
    client.force_login(moderator)
    send(client, state, "perbaiki", "Tanggal rapat belum ditulis.")
    assert page_of(state).current_workflow_state.status == "needs_changes"


def test_moderator_of_one_province_is_nobody_in_another(client, office, person, submit, moderator):
    java = {"code": "32", "name": "KPU Provinsi Jawa Barat", "short_name": "KPU Jabar", "level": "provinsi"}
    other = open_office(**java, hostname="jabar.localhost", port=8000)
    state = submit(other, person("ujang", "Penulis", other), "Dari Bandung")
    client.force_login(moderator)
    assert titles(queue(client)) == []
    assert client.get(reverse("moderation_review", args=[state.pk])).status_code == 404
    assert client.get(reverse("wagtailadmin_pages:history", args=[page_of(state).pk])).status_code == 302


def test_moderator_changes_no_text_and_opens_no_page(client, other_office, person, submit, moderator):
    page = page_of(submit(other_office, person("ujang", "Penulis", other_office)))
    index = NewsIndexPage.objects.child_of(other_office).get()
    page.current_workflow_state.cancel(user=page.owner)
    client.force_login(moderator)
    for name in ("edit", "delete", "copy", "move"):
        assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code == 302, name
    assert client.get(reverse("wagtailadmin_pages:add_subpage", args=[index.pk])).status_code == 302
    assert client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200


def readable(page) -> list[str]:
    revision = page.latest_revision_id
    return [
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailadmin_pages:history_results", args=[page.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision]),
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"]),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
    ]


def test_auditor_reads_drafts_and_histories_of_all_offices_below(
    client,
    office,
    other_office,
    person,
    submit,
    auditor,
):
    pages = [
        page_of(submit(home, person(f"penulis-{home.code}", "Penulis", home), f"Konsep {home.code}"))
        for home in (office, other_office)
    ]
    client.force_login(auditor)
    assert client.get("/admin/").status_code == 200
    for page in pages:
        for address in readable(page):
            assert client.get(address).status_code == 200, address
        assert page.title in client.get(readable(page)[-1]).text


def test_auditor_changes_nothing(client, other_office, person, submit, auditor):
    state = submit(other_office, person("ujang", "Penulis", other_office))
    page, index = page_of(state), NewsIndexPage.objects.child_of(other_office).get()
    before = NewsArticlePage.objects.values().get(pk=page.pk)
    client.force_login(auditor)
    one = (
        "edit",
        "delete",
        "copy",
        "move",
        "unpublish",
        "lock",
        "unlock",
        "set_privacy",
    )
    for name in one:
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        assert client.get(address).status_code in {302, 403, 405}, name
        assert client.post(address).status_code in {302, 403}, name
    for address in (
        reverse("wagtailadmin_pages:add", args=["news", "newsarticlepage", index.pk]),
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, page.latest_revision_id]),
        reverse("moderation_queue"),
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_groups:index"),
    ):
        assert client.get(address).status_code in {302, 403}, address
    anything = {"revision": str(page.latest_revision_id), "digest": "x"}
    assert send(client, state, "setuju", shown=anything, follow=False).status_code == 404
    assert NewsArticlePage.objects.values().get(pk=page.pk) == before
    assert page_of(state).current_workflow_task_state.status == "in_progress"


@pytest.mark.parametrize("role", ["Penulis", "Penyetuju"])
def test_people_of_an_office_read_no_histories_of_another(client, office, other_office, person, submit, role):
    page = page_of(submit(other_office, person("ujang", "Penulis", other_office)))
    client.force_login(person("lain", role, office))
    for address in readable(page)[:-1]:
        assert client.get(address).status_code in {302, 403}, address


def test_right_to_read_outlives_a_save_of_the_group_in_the_admin(client, office, auditor, superuser):
    group = group_of(office, "Auditor")
    client.force_login(superuser)
    address = reverse("wagtailusers_groups:edit", args=[group.pk])
    html = client.get(address).text
    assert "Baca semua konsep dan riwayat" in html
    form = querydict_from_html(html, form_index=_index_of_form(html))
    assert client.post(address, form).status_code == 302
    assert set(care_of(group.name)) == set(BOTH)


def _index_of_form(html: str) -> int:
    """Which of the forms of the screen has the group's name."""
    forms = html.split("<form")[1:]
    return next(number for number, form in enumerate(forms) if 'name="name"' in form)


def test_delegate_of_an_approver_publishes_at_once_and_takes_back(client, office, person, submit):
    ratna, tuti = person("ratna", "Penyetuju", office), person("tuti", "Penulis", office)
    page = Page.objects.get(pk=page_of(submit(office, person("nadia", "Penulis", office))).pk)
    assert not is_approver(tuti, page)
    today = timezone.localdate()
    Delegation.objects.create(giver=ratna, taker=tuti, starts=today, ends=today, reason="Cuti")
    assert is_approver(tuti, page)


def test_moderator_who_comes_late_is_told_who_decided(client, other_office, person, submit, moderator):
    sri = person("sri", "Penyetuju", other_office)
    state = submit(other_office, person("ujang", "Penulis", other_office))
    client.force_login(moderator)
    before = dict(re.findall(r'name="(revision|digest)" value="([^"]+)"', review_of(client, state)))
    client.force_login(sri)
    send(client, state, "perbaiki", "Tanggal rapat belum ditulis.")
    client.force_login(moderator)
    assert "sudah diputuskan oleh Sri" in review_of(client, state)
    assert "sudah diputuskan oleh Sri" in send(client, state, "setuju", shown=before).text


def review_of(client, state) -> str:
    return client.get(reverse("moderation_review", args=[state.pk]), follow=True).text


@pytest.mark.parametrize("name", ["moderator", "auditor"])
def test_home_of_who_reads_several_offices_names_what_is_live_and_no_button_they_lack(
    client,
    office,
    person,
    submit,
    name,
    request,
):
    state = submit(office, person("nadia", "Penulis", office), "Rapat pleno terbuka")
    client.force_login(person("ratna", "Penyetuju", office))
    send(client, state, "setuju")
    send(client, next_of(state), "setuju")
    client.force_login(request.getfixturevalue(name))
    html = client.get("/admin/").text
    assert "Rapat pleno terbuka" in html
    assert "Belum ada berita terbit" not in html
    assert "Tulis berita" not in html
