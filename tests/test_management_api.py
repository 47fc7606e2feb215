"""The management API: a token or nothing, and behind it no way to show readers what one person alone has seen."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken, Page, PageLogEntry, Revision, Site, get_page_models

from cms.accounts.models import User
from cms.api.management import mount
from cms.api.management.describing import described
from cms.api.management.words import OPERATIONS
from cms.media.models import Document, Image
from cms.moderation.approvals import Approval, Contribution
from cms.moderation.guarding import NotApproved
from cms.moderation.texts import content_columns
from cms.moderation.trail_entries import Act, TrailEntry
from cms.publishing.models import Change
from home.roles import ensure_collection
from news.models import NewsArticlePage, NewsIndexPage, Section, TaggedArticle
from tests.uploads import pdf, photograph

pytestmark = pytest.mark.four_eyes
READING = {"get", "head", "options"}
LEAD = "KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para tamu."
PARAGRAPH = [{"type": "paragraph", "value": "<p>Rapat dibuka pukul sembilan pagi.</p>"}]

# What is sent to an operation that writes, in all the ways that might show readers something: `{...}` names a thing.
SENT: dict[str, list[dict[str, Any]]] = {
    "pages_create": [
        {
            "title": "Baru",
            "lead": "Teras",
            "section_id": "{section}",
            "author_unit": "Humas",
            "body": PARAGRAPH,
            "meta": {"type": "news.NewsArticlePage", "parent_id": "{index}", "action": action},
        }
        for action in (None, "publish")
    ],
    "pages_update": [
        {"title": "Lain", "slug": "lain", "meta": {"action": "publish"}},
        {"title": "Lain", "slug": "lain", "show_in_menus": True},
        {"lead": "Lain", "body": PARAGRAPH},
        {"meta": {"action": "publish"}},
    ],
    "pages_delete": [{}],
    "pages_actions_delete": [{}],
    "pages_actions_publish": [{}],
    "pages_actions_unpublish": [{}, {"recursive": True}],
    "pages_actions_copy": [
        {"slug": "salinan"},
        {"slug": "salinan", "keep_live": False},
        {"slug": "salinan", "keep_live": False, "recursive": True},
        {"slug": "salinan", "recursive": True, "destination_id": "{index}"},
    ],
    "pages_actions_move": [
        {"destination_id": thing, "position": position}
        for thing in ("{index}", "{their_index}", "{live}")
        for position in (None, "first-child", "left")
    ],
    "pages_actions_revert": [{"revision_id": "{revision}"}, {"revision_id": "{first_revision}"}],
    "pages_actions_convert_alias": [{}],
    "pages_actions_create_alias": [
        {"slug": "alias-baru"},
        {"slug": "alias-baru", "destination_id": "{index}", "recursive": True},
    ],
    "pages_actions_copy_for_translation": [{"locale": "id", "copy_parents": True, "recursive": True}],
    "sites_create": [{"hostname": "baru.localhost", "port": 80, "site_name": "", "root_page_id": "{index}"}],
    "sites_update": [{"hostname": "lain.localhost", "port": 80, "site_name": "", "root_page_id": "{index}"}],
    "sites_delete": [{}],
    "redirects_create": [{"old_path": "/lama", "redirect_page_id": "{live}"}],
    "redirects_update": [{"old_path": "/lama", "redirect_page_id": "{draft}"}],
    "redirects_delete": [{}],
    "documents_create": [{}],
    "documents_update": [{"title": "Lain"}],
    "documents_delete": [{}],
    "images_create": [{}],
    "images_update": [{"title": "Lain", "description": "Lain"}],
    "images_delete": [{}],
}


class Operation(NamedTuple):
    """One way into the API, as its own schema tells of it."""

    name: str
    method: str
    path: str

    @property
    def writes(self) -> bool:
        return self.method not in READING


def operations() -> list[Operation]:
    return [
        Operation(operation["operationId"], method, path)
        for path, methods in described()["paths"].items()
        for method, operation in methods.items()
    ]


WRITING = [operation for operation in operations() if operation.writes]


@pytest.fixture
def ask(client) -> Callable[..., HttpResponse]:
    """Send what a program sends: `ask("pages/", token)`, `ask("pages/", token, "post", {...})`."""

    def _ask(path: str, token: str | None = None, method: str = "get", sent: Any = None) -> HttpResponse:
        address = path if path.startswith("/") else f"/api/v3/{path}"
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        body = {} if method == "get" else {"data": json.dumps(sent or {}), "content_type": "application/json"}
        return getattr(client, method)(address, headers=headers, **body)

    return _ask


def token_of(user: User) -> str:
    return APIToken.create_token(user=user, name="Uji")[1]


def write_draft(
    index: NewsIndexPage, title: str, user: User | None = None, **fields: object
) -> NewsArticlePage:
    given = {
        "lead": LEAD,
        "section": Section.objects.filter(site__root_page=index.get_parent()).first(),
        "author_unit": "Humas",
        "body": [("paragraph", "<p>Rapat dibuka pukul sembilan pagi.</p>")],
        **fields,
    }
    page = index.add_child(instance=NewsArticlePage(title=title, live=False, owner=user, **given))
    page.save_revision(user=user)
    return page


def put_live(page: NewsArticlePage, approver: User) -> NewsArticlePage:
    revision = page.get_latest_revision()
    Approval.objects.give(revision, Approval.Kind.REVIEW, actor=approver)
    revision.publish()
    return NewsArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def people(office, colleague, superuser) -> dict[str, User]:
    """Everybody who may hold a token, by role."""
    roles = ("Penulis", "Penyunting", "Penyetuju")
    return {role: colleague(role, office) for role in roles} | {"administrator": superuser}


@pytest.fixture
def live(index, people) -> NewsArticlePage:
    """A live article: written by the writer, approved by the approver."""
    return put_live(write_draft(index, "Rapat pleno", people["Penulis"]), people["Penyetuju"])


@pytest.fixture
def things(index, live, people, office, other_office) -> dict[str, int]:
    """One of everything an operation may be about, by the name of the parameter and by our own."""
    live.title = "Rapat pleno, diperbarui"
    newer = live.save_revision(user=people["Penyunting"])
    draft = write_draft(index, "Naskah", people["Penulis"])
    alias = NewsArticlePage.objects.get(pk=live.pk).create_alias(parent=index, update_slug="alias")
    room = ensure_collection(office)
    picture = Image.objects.create(
        title="Foto", file=ImageFile(ContentFile(photograph()), name="foto.jpg"), collection=room
    )
    letter = Document.objects.create(
        title="Surat", file=ContentFile(pdf(), name="surat.pdf"), collection=room
    )
    return {
        "live": live.pk,
        "draft": draft.pk,
        "alias": alias.pk,
        "index": index.pk,
        "home": office.pk,
        "their_index": NewsIndexPage.objects.child_of(other_office).get().pk,
        "section": live.section_id,
        "revision": newer.pk,
        "first_revision": live.live_revision_id,
        "revision_id": newer.pk,
        "site_id": Site.objects.get(root_page=office).pk,
        "redirect_id": Redirect.objects.create(old_path="/dulu", redirect_page=live).pk,
        "image_id": picture.pk,
        "document_id": letter.pk,
        "type_name": "news.NewsArticlePage",
    }


def addresses(operation: Operation, things: dict[str, int]) -> Iterator[str]:
    """Yield the addresses of an operation: of every kind of page, and of one of everything else."""
    pages = ("live", "draft", "alias", "index", "home") if "{page_id}" in operation.path else ("",)
    for page in pages:
        known = things | {"page_id": things.get(page)}
        yield re.sub(r"\{(\w+)\}", lambda found: str(known[found[1]]), operation.path)  # noqa: B023


def filled(sent: Any, things: dict[str, int]) -> Any:
    """Return what is sent, its `{names}` replaced by the numbers of things."""
    return json.loads(re.sub(r'"\{(\w+)\}"', lambda found: str(things[found[1]]), json.dumps(sent)))


def what_readers_see() -> set[tuple[object, ...]]:
    """Every column of text of every live page, of its kind's table and of what it is filed under."""
    tables = [
        (
            model._meta.db_table,
            model._meta.pk.column,
            ["live_revision_id"] * (model is Page) + content_columns(model),
        )
        for model in get_page_models()
    ]
    tables += [
        (NewsArticlePage.topics.through._meta.db_table, "newsarticlepage_id", ["topic_id"]),
        (TaggedArticle._meta.db_table, "content_object_id", ["tag_id"]),
    ]
    seen = set()
    with connection.cursor() as cursor:
        for table, key, columns in tables:
            named = ", ".join(f't."{name}"' for name in columns)
            join = f'FROM "{table}" t JOIN wagtailcore_page p ON p.id = t."{key}"'
            cursor.execute(f'SELECT t."{key}", {named or 1} {join} WHERE p.live')
            seen |= {(table, *row) for row in cursor.fetchall()}
    return seen


def is_problem(answer: HttpResponse) -> bool:
    said = answer.json()
    return answer["Content-Type"] == "application/problem+json" and len(said["detail"]) > 20


def test_every_address_of_the_api_is_in_its_own_schema():
    told = {re.sub(r"\{\w+\}", "<>", each.path.removeprefix("/api/v3/")) for each in operations()}
    mounted = {re.sub(r"<\w+:?\w*>", "<>", str(pattern.pattern)) for pattern in mount.patterns}
    assert mounted == told
    assert {each.name for each in WRITING} == SENT.keys(), "say in SENT what is sent to a new operation"


@pytest.mark.parametrize("whose", ["nobody", "a guess", "revoked", "gone", "no admin", "a session"])
def test_no_operation_answers_without_a_token_that_works(ask, client, things, people, whose):
    reader = User.objects.create_user("pembaca", "pembaca@kpu.example", "sandi-yang-panjang")
    gone = User.objects.create_superuser("lama", "lama@kpu.example", "sandi-yang-panjang", is_active=False)
    revoked = token_of(people["administrator"])
    APIToken.objects.get().revoke()
    client.force_login(people["administrator"])
    tokens = {
        "nobody": None,
        "a guess": APIToken.generate_token(),
        "revoked": revoked,
        "gone": token_of(gone),
        "no admin": token_of(reader),
        "a session": "",
    }
    status = 403 if whose == "no admin" else 401
    before = what_readers_see(), Page.objects.count()
    for operation in operations():
        for address in addresses(operation, things):
            answer = ask(address, tokens[whose], operation.method)
            assert answer.status_code == status, (operation, answer.content)
            assert is_problem(answer), operation
            assert "no-store" in answer["Cache-Control"]
    assert before == (what_readers_see(), Page.objects.count())


TAKING_DOWN = {"pages_actions_unpublish", "pages_delete", "pages_actions_delete"}


@pytest.mark.parametrize("role", ["Penulis", "Penyunting", "Penyetuju", "administrator"])
def test_no_token_shows_readers_what_nobody_approved(ask, things, people, role):
    token, before = token_of(people[role]), what_readers_see()
    asked, done = 0, set()
    for operation in WRITING:
        for address in addresses(operation, things):
            for sent in SENT[operation.name]:
                with transaction.atomic():
                    answer = ask(address, token, operation.method, filled(sent, things))
                    after = what_readers_see()
                    transaction.set_rollback(True)
                told = operation.name, address, sent, answer.status_code, answer.content
                asked += 1
                assert answer.status_code < 500, told
                if answer.status_code >= 400:
                    assert is_problem(answer), told
                    assert after == before, told
                else:
                    done.add(operation.name)
                if operation.name in TAKING_DOWN:
                    assert after <= before, told
                else:
                    assert after == before, told
    assert asked > 100
    assert "pages_actions_publish" not in done
    assert {"pages_create", "pages_update"} <= done  # it is a door, and no wall


def new_article(index: NewsIndexPage, **fields: object) -> dict[str, Any]:
    section = Section.objects.filter(site__root_page=index.get_parent()).first()
    meta = {"type": "news.NewsArticlePage", "parent_id": index.pk}
    return {
        "title": "Naskah dari program", "lead": LEAD, "section_id": section.pk, "author_unit": "Humas",
        "body": PARAGRAPH, "meta": meta, **fields,
    }  # fmt: skip


def test_writer_sends_a_draft_from_a_program(ask, index, people):
    token = token_of(people["Penulis"])
    made = ask("pages/", token, "post", new_article(index))
    assert made.status_code == 201, made.json()["errors"]
    page = NewsArticlePage.objects.get(title="Naskah dari program")
    assert (page.live, page.owner) == (False, people["Penulis"])
    read = ask(f"pages/{page.pk}/", token)
    assert read.status_code == 200, read.json()
    assert read.json()["section"]["id"] == page.section_id
    assert "Rapat dibuka pukul sembilan pagi." in read.json()["body"][0]["value"]
    assert ask(f"pages/{page.pk}/", token, "patch", {"body": read.json()["body"]}).status_code == 200


def test_program_is_told_which_name_it_misspelt(ask, index, people):
    answer = ask("pages/", token_of(people["Penulis"]), "post", new_article(index, teras="Teras"))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"][-1] == "teras"
    assert answer.json()["errors"][0]["msg"] == "Nama bagian ini tidak dikenal."


@pytest.mark.parametrize("place", ["docs/", "openapi.json"])
def test_explorer_is_for_signed_in_staff(ask, client, people, place):
    for token in (None, token_of(people["administrator"])):
        answer = ask(place, token)
        assert answer.status_code == 302
        assert answer.url.startswith("/admin/login/")
    client.force_login(people["Penulis"])
    assert client.get(f"/api/v3/{place}").status_code == 200
    assert client.post(f"/api/v3/{place}").status_code == 405


def test_explorer_tells_every_operation_and_loads_nothing_from_elsewhere(client, people):
    client.force_login(people["Penulis"])
    page = client.get("/api/v3/docs/")
    for operation in operations():
        assert f'id="{operation.name}"' in page.text
    assert not re.search(r'\b(?:src|href)="(?:https?:)?//', page.text)
    assert not re.search(r"<script|<style|\bstyle=|\bon\w+=", page.text)
    assert page["Content-Security-Policy"].startswith("default-src 'self';")
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    told = client.get("/api/v3/openapi.json").json()
    assert {*told["components"]["securitySchemes"]} == {"BearerTokenAuth"}


def test_explorer_offers_no_trash_and_says_what_deleting_and_publishing_do(client, people):
    client.force_login(people["Penulis"])
    for path in ("docs/", "openapi.json"):
        assert "TrashPage" not in client.get(f"/api/v3/{path}").text
    shown = client.get("/api/v3/docs/").text
    assert "Buang ke Sampah" in shown
    assert "Terbitkan halaman (selalu ditolak)" in shown
    assert "Hapus konsep" not in shown


def test_who_makes_tokens_finds_the_explorer(client, people):
    for role, is_shown in (("administrator", True), ("Penyetuju", False)):
        client.force_login(people[role])
        assert ("/api/v3/docs/" in client.get("/admin/").text) == is_shown


def test_every_operation_is_explained_in_indonesian():
    assert OPERATIONS.keys() == {each.name for each in operations()}


REFUSED = {
    "publish": ("draft", {}),
    "publish a newer version": ("live", {}),
    "copy": ("live", {}),
    "create_alias": ("live", {}),
    "convert_alias": ("alias", {}),
    "move": ("live", {"destination_id": "{their_index}", "position": "first-child"}),
}


@pytest.mark.parametrize("role", ["Penyetuju", "administrator"])
def test_approver_is_told_the_way_that_leads_to_readers(ask, things, people, role):
    token, before = token_of(people[role]), what_readers_see()
    for act, (page, sent) in REFUSED.items():
        name = act.split()[0]
        answer = ask(f"pages/{things[page]}/actions/{name}/", token, "post", filled(sent, things))
        assert answer.status_code == 403, act
        assert re.search(r"[Aa]jukan|[Tt]urunkan|di dalam kantornya", answer.json()["detail"]), act
    for method, path in (("post", "pages/"), ("patch", f"pages/{things['live']}/")):
        sent = {"title": "Lain", "meta": {"action": "publish"}}
        if method == "post":
            sent = new_article(NewsIndexPage.objects.get(pk=things["index"]))
            sent["meta"]["action"] = "publish"
        answer = ask(path, token, method, sent)
        assert answer.status_code == 403
        assert "Ajukan" in answer.json()["detail"] or "ajukan" in answer.json()["detail"]
    assert what_readers_see() == before


def test_approver_takes_an_article_down_alone(ask, live, people):
    seen = Change.objects.count()
    answer = ask(f"pages/{live.pk}/actions/unpublish/", token_of(people["Penyetuju"]), "post")
    assert answer.status_code == 200
    assert not NewsArticlePage.objects.get(pk=live.pk).live
    assert Change.objects.count() > seen
    entry = TrailEntry.objects.filter(act=Act.UNPUBLISHED).latest("number")
    assert (entry.page_id, entry.actor_id) == (live.pk, people["Penyetuju"].pk)


def test_writer_does_not_take_down(ask, live, people):
    answer = ask(f"pages/{live.pk}/actions/unpublish/", token_of(people["Penulis"]), "post")
    assert answer.status_code == 403
    assert NewsArticlePage.objects.get(pk=live.pk).live


@pytest.mark.parametrize("path", ["pages/{}/", "pages/{}/actions/delete/"])
def test_what_is_deleted_leaves_readers_and_lists_and_waits_in_the_trash(ask, index, live, people, path):
    token = token_of(people["Penyetuju"])
    assert ask(path.format(live.pk), token, "delete").status_code == 204
    thrown = NewsArticlePage.objects.get(pk=live.pk)
    assert not thrown.live
    assert not thrown.is_descendant_of(index)
    assert TrailEntry.objects.filter(act=Act.TRASHED, page_id=live.pk).exists()
    for who in (token, token_of(people["administrator"])):
        assert ask(f"pages/{live.pk}/", who).status_code == 404
        assert live.title not in ask("pages/?limit=100", who).content.decode()
        assert ask(f"pages/{live.pk}/actions/publish/", who, "post").status_code in (403, 404)


@pytest.mark.parametrize("path", ["pages/{}/", "pages/{}/actions/delete/"])
def test_writer_deletes_nothing_that_is_live(ask, live, people, path):
    answer = ask(path.format(live.pk), token_of(people["Penulis"]), "delete")
    assert answer.status_code == 403
    assert NewsArticlePage.objects.get(pk=live.pk).live


def test_whoever_changes_a_text_through_a_program_is_among_its_authors(ask, index, live, people):
    approver = people["Penyetuju"]
    page = write_draft(index, "Naskah", people["Penulis"])
    assert ask(f"pages/{page.pk}/", token_of(approver), "patch", {"lead": "Lain"}).status_code == 200
    revision = Revision.objects.get(pk=NewsArticlePage.objects.get(pk=page.pk).latest_revision_id)
    assert revision.user == approver
    assert approver.pk in Approval.objects.contributors(revision)
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.edit", user=approver).exists()
    assert TrailEntry.objects.filter(act=Act.WROTE, page_id=page.pk, actor_id=approver.pk).exists()
    editor = people["Penyunting"]
    sent = {"revision_id": live.latest_revision_id}
    assert ask(f"pages/{live.pk}/actions/revert/", token_of(editor), "post", sent).status_code == 200
    assert Contribution.objects.filter(page_id=live.pk, user_id=editor.pk).exists()
    sent = {"keep_live": False, "slug": "salinan"}
    copied = ask(f"pages/{live.pk}/actions/copy/", token_of(editor), "post", sent)
    assert copied.status_code == 201, copied.json()
    copy = copied.json()["id"]
    assert {people["Penulis"].pk, editor.pk} == {
        *Contribution.objects.filter(page_id=copy).values_list("user_id", flat=True)
    }
    assert not NewsArticlePage.objects.get(pk=copy).live


def test_a_new_version_of_a_live_article_waits_as_a_draft(ask, live, people):
    token = token_of(people["Penyunting"])
    before = what_readers_see()
    assert ask(f"pages/{live.pk}/", token, "patch", {"lead": "Teras lain."}).status_code == 200
    assert what_readers_see() == before
    assert ask(f"pages/{live.pk}/?version=draft", token).json()["lead"] == "Teras lain."
    assert ask(f"pages/{live.pk}/", token).json()["lead"] == LEAD


def test_a_text_under_review_is_not_changed_behind_the_reviewer(ask, index, people):
    writer = people["Penulis"]
    page = write_draft(index, "Naskah", writer)
    first = page.latest_revision_id
    page.title = "Naskah, versi kedua"
    page.save_revision(user=writer)
    page.get_workflow().start(page, writer)
    for path, method, sent in (
        (f"pages/{page.pk}/", "patch", {"lead": "Lain"}),
        (f"pages/{page.pk}/actions/revert/", "post", {"revision_id": first}),
    ):
        answer = ask(path, token_of(writer), method, sent)
        assert answer.status_code == 403
        assert "dikunci" in answer.json()["detail"]


def test_token_of_one_office_reaches_nothing_of_another(ask, things, people, office, other_office, colleague):
    ours = token_of(colleague("Penyetuju", other_office))
    paths = {each.path for each in operations() if each.method == "get" and "{" not in each.path}
    for path in paths - {"/api/v3/schema/", "/api/v3/whoami/"}:
        answer = ask(path, ours)
        if answer.status_code == 200:
            assert "Foto" not in answer.text and "Surat" not in answer.text
            assert {each["id"] for each in answer.json()["items"]}.isdisjoint(
                Page.objects.descendant_of(office, inclusive=True).values_list("pk", flat=True)
                if "pages" in path
                else [things["image_id"], things["document_id"]]
            )
        else:
            assert answer.status_code in (403, 404), path
    counts = Page.objects.count(), Image.objects.count(), Document.objects.count(), what_readers_see()
    kept = things | {"index": NewsIndexPage.objects.child_of(other_office).get().pk}
    for operation in operations():
        if "{" not in operation.path or operation.name.startswith("schema"):
            continue
        for address in addresses(operation, things):
            for sent in SENT.get(operation.name, [{}]):
                answer = ask(address, ours, operation.method, filled(sent, kept))
                assert answer.status_code in (403, 404), (operation, address, answer.content)
    assert counts == (
        Page.objects.count(),
        Image.objects.count(),
        Document.objects.count(),
        what_readers_see(),
    )


def test_program_of_one_office_puts_no_page_below_another(ask, index, people, other_office):
    theirs = NewsIndexPage.objects.child_of(other_office).get()
    answer = ask("pages/", token_of(people["Penyetuju"]), "post", new_article(theirs))
    assert answer.status_code == 403
    assert not NewsArticlePage.objects.descendant_of(other_office).exists()


@pytest.fixture
def theirs(other_office) -> dict[str, int]:
    """A picture and a document in the room of another office, shown nowhere."""
    room = ensure_collection(other_office)
    photo = ImageFile(ContentFile(photograph()), name="rahasia.jpg")
    letter = ContentFile(pdf(), name="rahasia.pdf")
    return {
        "image": Image.objects.create(title="Foto rahasia", file=photo, collection=room).pk,
        "document": Document.objects.create(title="Surat rahasia", file=letter, collection=room).pk,
    }


def with_files_of(files: dict[str, int]) -> list[dict[str, Any]]:
    """Every place of an article that shows a file."""
    picture = {"image": files["image"], "alt": "Foto", "caption": "", "credit": ""}
    link = f'<p><a linktype="document" id="{files["document"]}">Surat</a></p>'
    return [
        {"hero_image_id": files["image"]},
        {"social_image_id": files["image"]},
        {"body": [{"type": "image", "value": picture}]},
        {"body": [{"type": "gallery", "value": {"title": "", "images": [picture]}}]},
        {"body": [{"type": "documents", "value": {"title": "", "items": [files["document"]]}}]},
        {"body": [{"type": "paragraph", "value": link}]},
    ]


def test_program_puts_no_file_of_another_office_on_a_page(ask, index, people, theirs):
    draft = write_draft(index, "Naskah", people["Penulis"])
    for role in ("Penulis", "Penyunting", "Penyetuju"):
        token = token_of(people[role])
        for sent in with_files_of(theirs):
            answers = [ask("pages/", token, "post", new_article(index, **sent))]
            if role != "Penulis":
                answers.append(ask(f"pages/{draft.pk}/", token, "patch", sent))
            for answer in answers:
                assert answer.status_code == 422, (sent, answer.content)
                assert "bukan milik kantor Anda" in answer.json()["errors"][0]["msg"], (sent, answer.content)
                assert "rahasia" not in answer.text
    assert not NewsArticlePage.objects.filter(title="Naskah dari program").exists()
    assert draft.revisions.count() == 1


def test_program_puts_the_files_of_its_own_office_on_a_page(ask, index, people, things):
    ours = {"image": things["image_id"], "document": things["document_id"]}
    for number, sent in enumerate(with_files_of(ours)):
        sent |= {"title": f"Berita {number}"}
        answer = ask("pages/", token_of(people["Penulis"]), "post", new_article(index, **sent))
        assert answer.status_code == 201, (sent, answer.content)


def test_a_file_that_a_page_has_already_stays_on_it(ask, index, people, theirs):
    draft = write_draft(index, "Naskah", people["Penulis"], hero_image_id=theirs["image"])
    sent = {"title": "Naskah yang diperbaiki", "hero_image_id": theirs["image"], "hero_alt": "Foto"}
    answer = ask(f"pages/{draft.pk}/", token_of(people["Penyunting"]), "patch", sent)
    assert answer.status_code == 200, answer.content


def test_writer_uploads_a_picture_into_the_room_of_the_office(client, office, other_office, people):
    headers = {"Authorization": f"Bearer {token_of(people['Penulis'])}"}
    for home in (office, other_office):
        sent = {"title": "Rapat", "collection_id": ensure_collection(home).pk, "description": "Meja rapat"}
        file = SimpleUploadedFile("rapat.jpg", photograph(), "image/jpeg")
        answer = client.post("/api/v3/images/", sent | {"file": file}, headers=headers)
        assert answer.status_code == 201, answer.content
        picture = Image.objects.get(pk=answer.json()["id"])
        assert (picture.collection, picture.uploaded_by_user) == (
            ensure_collection(office),
            people["Penulis"],
        )


@pytest.mark.parametrize(
    "path",
    [
        "pages/?limit=1000",
        "pages/?limit=x",
        "pages/?offset=-1",
        "pages/?type=x",
        "pages/?order=x",
        "pages/?child_of=99999999999999999999",
        "pages/?search=%00",
        "pages/?search=%00%00x",
        "pages/?search=%22*(%27",
        "pages/?search=AND%20OR%20NEAR(",
        "pages/?title=%00",
        "pages/99999999999999999999/",
        pytest.param(f"pages/{'9' * 5000}/", id="a page of five thousand digits"),
        pytest.param(f"images/{'9' * 5000}/", id="an image of five thousand digits"),
        "pages/?offset=1000000000000000000000000000000",
        "pages/5.0/",
        "pages/x/",
        "pages/find/?html_path=%00",
        "pages/0/revisions/",
        "images/?search=%00%22*",
        "images/99999999999999999999/",
        "schema/tidak.Ada/",
        "snippets/news.Topic/",
        "tidak-ada/",
        "",
    ],
)
def test_no_question_breaks_the_api(ask, live, people, path):
    answer = ask(path, token_of(people["administrator"]))
    assert answer.status_code in (200, 400, 404, 422), answer.content
    assert answer["Content-Type"].startswith("application/")


@pytest.mark.parametrize(
    "sent",
    [
        [],
        "x",
        {},
        {"meta": None},
        {"meta": {"type": "news.NewsArticlePage"}},
        {"title": "A", "meta": {"type": "wagtailcore.Page", "parent_id": 1}},
        {"body": [{}]},
        {"body": "x"},
        {"body": [{"type": "tidak-ada", "value": ""}]},
        {"body": [{"type": "paragraph", "value": {"a": 1}}]},
        {"body": [{"type": "paragraph", "value": "\0"}]},
        {"section_id": 99999999999999999999},
        {"event_date": "25 Mei 2022"},
        {"title": "x" * 300},
        {"title": "\0"},
        {"tags": [{"a": 1}]},
        {"body": [[]]},
        None,
    ],
)
def test_no_answer_to_wrong_content_is_a_failure(ask, index, people, sent):
    given = new_article(index, **sent) if isinstance(sent, dict) and "meta" not in sent and sent else sent
    before = Page.objects.count()
    answer = ask("pages/", token_of(people["administrator"]), "post", given)
    assert answer.status_code in (400, 403, 404, 422), answer.content
    assert is_problem(answer)
    assert Page.objects.count() == before


@pytest.mark.parametrize("sent", [[], {"body": [[]]}, {"body": [{}]}])
def test_a_mistake_of_a_program_is_not_told_as_a_failure_of_ours(ask, index, people, caplog, sent):
    given = new_article(index, **sent) if sent else sent
    assert ask("pages/", token_of(people["Penulis"]), "post", given).status_code == 422
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("tag", ["b", "i", "blockquote"])
def test_program_that_sends_text_nested_without_end_is_told_so(ask, index, people, tag):
    text = f"<p>{f'<{tag}>' * 2000}Rapat{f'</{tag}>' * 2000}</p>"
    body = [{"type": "paragraph", "value": text}]
    answer = ask("pages/", token_of(people["Penulis"]), "post", new_article(index, body=body))
    assert answer.status_code == 422, answer.content
    assert "bersarang terlalu dalam" in answer.json()["detail"]


def test_program_that_reads_beyond_every_list_is_told_so(ask, live, people):
    for path in ("pages/", f"pages/{live.pk}/revisions/", "images/"):
        for digits in (30, 5000):
            answer = ask(f"{path}?offset={'9' * digits}", token_of(people["Penyetuju"]))
            assert answer.status_code == 422, answer.content
            assert answer.json()["errors"][0]["msg"] == "Bilangan ini terlalu besar."


def test_program_is_told_that_a_name_in_meta_is_unknown(ask, index, people):
    token = token_of(people["Penulis"])
    draft = write_draft(index, "Naskah", people["Penulis"])
    sent = new_article(index)
    sent["meta"]["slug"] = "alamat-lain"
    for answer in (
        ask("pages/", token, "post", sent),
        ask(f"pages/{draft.pk}/", token, "patch", {"meta": {"slug": "alamat-lain"}}),
    ):
        assert answer.status_code == 422, answer.content
        assert answer.json()["errors"][0]["loc"][-2:] == ["meta", "slug"]


@pytest.mark.parametrize(
    ("block", "place"),
    [
        ({"type": "embed", "value": {"url": "bukan alamat"}}, ["body", 0, "url"]),
        ({"type": "image", "value": {"image": None, "alt": "IMG_0001.jpg"}}, ["body", 0, "alt"]),
        ({"type": "kotak", "value": "Rapat"}, ["body"]),
    ],
)
def test_program_is_told_in_indonesian_what_is_wrong_in_a_block(ask, index, people, block, place):
    answer = ask("pages/", token_of(people["Penulis"]), "post", new_article(index, body=[block]))
    assert answer.status_code == 422, answer.content
    assert not re.search(
        "error|block type|required", " ".join(each["msg"] for each in answer.json()["errors"])
    )
    first = answer.json()["errors"][0]
    assert [str(each) for each in first["loc"][: len(place)]] == [str(each) for each in place]


def test_live_alias_stays_an_alias(client, things, people):
    before = what_readers_see()
    client.force_login(people["Penyetuju"])
    address = f"/admin/pages/{things['alias']}/convert_alias/"
    for ask in (client.get, client.post):
        answer = ask(address, follow=True)
        assert answer.status_code == 200
        assert "Turunkan dulu aliasnya" in answer.text
    assert what_readers_see() == before
    with pytest.raises(NotApproved):
        ConvertAliasPageAction(NewsArticlePage.objects.get(pk=things["alias"])).execute()
    assert what_readers_see() == before


def test_alias_that_was_taken_down_becomes_a_draft_of_its_own(client, ask, things, people):
    alias = NewsArticlePage.objects.get(pk=things["alias"])
    alias.unpublish()
    client.force_login(people["Penyetuju"])
    answer = client.post(f"/admin/pages/{alias.pk}/convert_alias/")
    assert answer.status_code == 302
    own = NewsArticlePage.objects.get(pk=alias.pk)
    assert (own.alias_of, own.live, own.latest_revision.user) == (None, False, people["Penyetuju"])
    with pytest.raises(NotApproved):
        own.latest_revision.publish()


def test_program_makes_an_alias_that_was_taken_down_a_draft(ask, things, people):
    NewsArticlePage.objects.get(pk=things["alias"]).unpublish()
    path, token = f"pages/{things['alias']}/actions/convert_alias/", token_of(people["Penyunting"])
    assert ask(path, token, "post").status_code == 200
    assert NewsArticlePage.objects.get(pk=things["alias"]).alias_of is None
    assert ask(path, token, "post").status_code == 422


def test_program_finds_a_draft_by_the_words_of_its_title(ask, index, live, people):
    token = token_of(people["Penyunting"])
    write_draft(index, "Sosialisasi pemilih pemula", people["Penulis"])
    for words, count in (("pemilih sosialisasi", 1), ("rapat", 1), ("pilkada", 0)):
        assert ask(f"pages/?search={words}", token).json()["count"] == count
    assert ask("pages/?search=%20", token).status_code == 400


def test_lists_ask_the_database_little(ask, index, live, people, django_assert_max_num_queries):
    token = token_of(people["Penyunting"])
    for number in range(15):
        write_draft(index, f"Naskah {number}", people["Penulis"])
    with django_assert_max_num_queries(20):
        assert ask("pages/?type=news.NewsArticlePage", token).json()["count"] == 16
