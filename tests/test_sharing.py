"""A draft is shown to an outside official by a link: marked, never kept, and only as long as it should be."""

import datetime as dt
import logging
import re

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.media import processing
from cms.media.models import Image
from cms.moderation.models import SharedDraft, TrailEntry
from cms.moderation.sharing.giving import end_links
from cms.publishing.reading.addresses import is_live
from news.models import NewsArticlePage
from tests.uploads import photograph

pytestmark = pytest.mark.django_db
WHOM = "Sekretaris KPU Kota Serang"
BODY = [("paragraph", "<p>Rapat dibuka pukul sembilan pagi.</p>")]


@pytest.fixture
def draft(write) -> NewsArticlePage:
    page = write("Rencana Rapat Pleno", live=False, body=BODY)
    page.save_revision()
    return NewsArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def writer(client, colleague, office):
    person = colleague("Penyunting", office)
    client.force_login(person)
    return person


@pytest.fixture
def share(client, writer, draft):
    """Make a link through the screen, and leave the newsroom."""

    def _share(days: int = 3, whom: str = WHOM) -> SharedDraft:
        client.force_login(writer)
        screen = reverse("share_draft", args=[draft.pk])
        assert client.post(screen, {"made_for": whom, "days": days}).status_code == 302
        client.logout()
        return SharedDraft.objects.first()

    return _share


def upload() -> Image:
    return Image.objects.create(title="Rapat", file=ContentFile(photograph(), name="rapat.jpg"))


def path_of(row: SharedDraft) -> str:
    return reverse("shared_draft", args=[row.token])


def age(row: SharedDraft, days: int) -> None:
    """Let `days` have passed since the link was made."""
    past = dt.timedelta(days=days)
    SharedDraft.objects.filter(pk=row.pk).update(made_at=row.made_at - past, expires_at=row.expires_at - past)


def change(page, words: str, **more):
    page = NewsArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.body = [("paragraph", f"<p>{words}</p>")]
    return page.save_revision(**more)


def test_official_reads_the_draft_under_a_watermark_that_nobody_keeps(client, share):
    row = share()
    answer = client.get(path_of(row))
    assert answer.status_code == 200
    assert "Rencana Rapat Pleno" in answer.text
    assert "Rapat dibuka pukul sembilan pagi." in answer.text
    assert answer.text.count(f"dibuka oleh {WHOM}") >= 20
    assert "bukan untuk disebarluaskan" in answer.text
    assert "watermark" in answer.text
    assert "style=" not in answer.text
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert "reads.js" not in answer.text


def test_reader_of_a_published_page_sees_no_watermark(client, write):
    assert "draft-band" not in client.get(write("Rapat Pleno").url).text


def test_editor_who_opens_the_link_sees_what_the_official_sees(client, share, writer):
    row = share()
    client.force_login(writer)
    shown = client.get(path_of(row)).text
    assert "wagtail-userbar" not in shown
    assert "draft-band" in shown


def test_writer_sees_how_often_it_was_opened_and_nothing_of_who(client, share, writer):
    row = share()
    client.head(path_of(row))
    client.get(path_of(row), REMOTE_ADDR="203.0.113.9")
    client.get(path_of(row))
    row.refresh_from_db()
    assert row.opened == 2
    client.force_login(writer)
    assert "Dibuka 2 kali" in client.get(reverse("share_draft", args=[row.page_id])).text
    assert "203.0.113.9" not in str(SharedDraft.objects.values().get())


def test_link_shows_what_was_shared_whatever_is_written_later(client, share, draft):
    row = share()
    shared = draft.latest_revision
    change(draft, "Rapat ditunda.", overwrite_revision=shared)
    draft.refresh_from_db()
    assert draft.latest_revision_id != shared.pk
    assert "Rapat dibuka" in client.get(path_of(row)).text
    change(draft, "Rapat batal.", overwrite_revision=draft.latest_revision)
    assert NewsArticlePage.objects.get(pk=draft.pk).latest_revision_id == draft.latest_revision_id


def test_text_that_was_swapped_behind_the_link_is_not_shown(client, share, draft):
    row = share()
    revision = draft.latest_revision
    revision.content["title"] = "Judul yang diselipkan"
    type(revision).objects.filter(pk=revision.pk).update(content=revision.content)
    answer = client.get(path_of(row))
    assert answer.status_code == 410
    assert "diselipkan" not in answer.text


@pytest.mark.parametrize("days", [1, 3, 7, 14])
def test_link_ends_when_its_days_are_over(client, share, days):
    row = share(days)
    assert row.expires_at - row.made_at == dt.timedelta(days=days)
    age(row, days)
    answer = client.get(path_of(row))
    assert answer.status_code == 410
    assert "Mintalah tautan baru" in answer.text
    assert "Rencana Rapat Pleno" not in answer.text
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "no-store" in answer["Cache-Control"]


def test_writer_revokes_a_link_and_it_is_dead_at_once(client, share, writer):
    row = share()
    client.force_login(writer)
    screen = client.get(reverse("share_draft", args=[row.page_id])).text
    end = reverse("end_shared_draft", args=[row.page_id, row.pk])
    assert end in screen
    assert path_of(row) in screen
    assert client.get(end).status_code == 405
    client.post(end)
    client.post(end)
    client.logout()
    answer = client.get(path_of(row))
    assert answer.status_code == 410
    assert "sudah dicabut" in answer.text
    assert TrailEntry.objects.filter(act="preview_link_revoked").count() == 1


def test_link_dies_when_its_text_goes_live_and_leads_to_the_page(client, share, draft):
    row = share()
    draft.get_latest_revision().publish()
    answer = client.get(path_of(row))
    assert answer.status_code == 410
    assert "sudah terbit" in answer.text
    assert NewsArticlePage.objects.get(pk=draft.pk).full_url in answer.text
    NewsArticlePage.objects.get(pk=draft.pk).unpublish()
    assert client.get(path_of(row)).status_code == 410


def test_draft_of_a_live_article_is_shown_beside_it(client, writer, write):
    page = write("Rapat Pleno", body=BODY)
    page.save_revision().publish()
    change(page, "Rapat dibuka pukul sepuluh.")
    screen = reverse("share_draft", args=[page.pk])
    client.post(screen, {"made_for": WHOM, "days": 3})
    client.logout()
    assert "pukul sepuluh" in client.get(path_of(SharedDraft.objects.get())).text
    assert "pukul sembilan" in client.get(NewsArticlePage.objects.get(pk=page.pk).url).text


def test_link_dies_with_the_draft(client, share, draft):
    row = share()
    draft.delete()
    answer = client.get(path_of(row))
    assert answer.status_code == 410
    assert "tidak ada lagi" in answer.text


def test_token_nobody_signed_leads_nowhere(client, share, other_office):
    row = share()
    for token in ("1", str(row.pk), row.pk.hex, f"{row.pk.hex}.x", row.token[:-1], "x" * 5000):
        assert client.get(reverse("shared_draft", args=[token])).status_code == 404
    assert client.get(path_of(row), HTTP_HOST="kab-lebak.localhost").status_code == 404
    assert client.post(path_of(row)).status_code == 405


def test_pictures_of_a_draft_show_through_its_link_only(client, writer, write):
    picture = upload()
    processing.process(picture.pk)
    page = write("Foto Rapat", live=False, hero_image=picture, hero_alt="Suasana rapat")
    page.save_revision()
    client.post(reverse("share_draft", args=[page.pk]), {"made_for": WHOM, "days": 1})
    client.logout()
    row = SharedDraft.objects.get()
    shown = client.get(path_of(row)).text
    assert "/media/" not in shown
    addresses = set(re.findall(rf"{re.escape(path_of(row))}gambar/[^\s\",]+", shown))
    assert addresses
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("image/")
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"]
        assert answer.getvalue()
    assert client.get(f"{path_of(row)}gambar/r1").status_code == 404
    other = SharedDraft.objects.create(
        page_id=page.pk, revision_id=row.revision_id, digest=row.digest, made_for="x",
        expires_at=timezone.now() + dt.timedelta(days=1),
    )  # fmt: skip
    assert client.get(address.replace(row.token, other.token)).status_code == 404
    SharedDraft.objects.filter(pk=row.pk).update(revoked_at=timezone.now())
    assert client.get(address).status_code == 410


def test_picture_that_is_not_processed_yet_shows_too(client, writer, write):
    page = write("Foto Rapat", live=False, hero_image=upload(), hero_alt="Suasana rapat")
    page.save_revision()
    client.post(reverse("share_draft", args=[page.pk]), {"made_for": WHOM, "days": 1})
    client.logout()
    row = SharedDraft.objects.get()
    address = re.search(rf"{re.escape(path_of(row))}gambar/[^\s\",]+", client.get(path_of(row)).text)[0]
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.getvalue()


def test_link_stands_in_no_file_of_the_site(site, share):
    row = share()
    site.publish()
    assert not any("naskah" in path for path in site.paths())
    files = [site.folder / path for path in site.paths() if path.endswith((".xml", ".html", ".txt", ".json"))]
    assert not any(row.token in file.read_text() for file in files)
    assert site.differences() == []
    assert is_live(path_of(row))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"made_for": "  ", "days": 3}, "Tulis untuk siapa"),
        ({"made_for": WHOM, "days": 400}, "400"),
        ({"made_for": WHOM}, "Pilih berapa lama"),
    ],
)
def test_writer_is_told_what_is_missing(client, writer, draft, given, words):
    answer = client.post(reverse("share_draft", args=[draft.pk]), given)
    assert answer.status_code == 400
    assert words in answer.text
    assert not SharedDraft.objects.exists()


def test_writer_of_a_live_article_without_a_draft_is_sent_to_its_address(client, writer, write):
    page = write("Rapat Pleno")
    page.save_revision().publish()
    answer = client.post(reverse("share_draft", args=[page.pk]), {"made_for": WHOM, "days": 3})
    assert answer.status_code == 409
    assert "sudah terbit" in answer.text


def test_button_stands_in_the_editor_of_a_draft(client, writer, draft):
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).text
    assert reverse("share_draft", args=[draft.pk]) in edit


def test_nobody_of_another_office_makes_sees_or_ends_a_link(client, share, colleague, other_office):
    row = share()
    client.force_login(colleague("Penulis", other_office))
    screen = reverse("share_draft", args=[row.page_id])
    assert client.get(screen).status_code == 302
    client.post(screen, {"made_for": "x", "days": 1})
    client.post(reverse("end_shared_draft", args=[row.page_id, row.pk]))
    assert SharedDraft.objects.get().revoked_at is None


def test_history_and_trail_tell_for_whom_a_link_was_made(client, share, writer, draft):
    share()
    client.force_login(writer)
    history = client.get(reverse("wagtailadmin_pages:history", args=[draft.pk])).text
    assert f"Naskah dibagikan dengan tautan: {WHOM}" in history
    entry = TrailEntry.objects.filter(act="preview_link_made").get()
    assert (entry.actor_id, entry.reason, entry.revision_id) == (writer.pk, WHOM, draft.latest_revision_id)
    assert entry.digest == SharedDraft.objects.get().digest


def test_account_that_is_deleted_leaves_its_links(client, share, writer):
    row = share()
    PageLogEntry.objects.all().delete()
    name = writer.get_username()
    writer.delete()
    assert client.get(path_of(row)).status_code == 200
    assert SharedDraft.objects.get().maker_name == name


def test_links_of_a_page_are_listed_with_few_queries(client, share, writer, django_assert_max_num_queries):
    for number in range(12):
        row = share(whom=f"Orang {number}")
    client.force_login(writer)
    screen = reverse("share_draft", args=[row.page_id])
    client.get(screen)
    with django_assert_max_num_queries(25):
        assert client.get(screen).text.count("Cabut tautan") == 12


def test_all_links_of_a_page_end_together(client, share, draft, superuser):
    rows = [share(), share()]
    end_links([draft.pk], superuser)
    assert [client.get(path_of(row)).status_code for row in rows] == [410, 410]


def test_operator_rotates_the_key_and_links_go_on_until_they_end(client, share, settings):
    row = share()
    address, key = path_of(row), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "k" * 60, [key]
    assert client.get(address).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(address).status_code == 404


def test_editor_is_told_at_once_where_there_is_no_draft_to_share(client, writer, write):
    page = write("Rapat pleno")
    html = client.get(reverse("share_draft", args=[page.pk])).text
    assert "Tidak ada konsep baru" in html or "Belum ada konsep yang tersimpan" in html
    assert 'name="made_for"' not in html


def _written(records) -> str:
    """What the log would say of `records`, as the settings write its lines."""
    line = settings.LOGGING["formatters"]["line"]
    known = {name: value for name, value in line.items() if name != "()"}
    formatter = line["()"](**known)
    return "\n".join(formatter.format(record) for record in records)


def test_log_tells_that_a_link_was_opened_and_never_which(client, share, superuser, caplog):
    row = share()
    image = f"{path_of(row)}gambar/r1.abc"
    forged = reverse("shared_draft", args=["0" * 32 + ".forged"])
    with caplog.at_level(logging.DEBUG):
        for address in (path_of(row), image, forged, path_of(row) + "?utm=1"):
            client.get(address)
        end_links([row.page_id], superuser)
        assert client.get(path_of(row)).status_code == 410
        logging.getLogger("django.server").warning('"GET %s HTTP/1.1" 200 12', path_of(row))
        try:
            raise ValueError(path_of(row))
        except ValueError:
            logging.getLogger("warta").exception("failed")
    written = _written(caplog.records)
    assert written.count("/naskah/\u2026") + written.count("/naskah/\\u2026") >= 6
    for token in (row.token, row.pk.hex, "r1.abc", "forged"):
        assert token not in written
