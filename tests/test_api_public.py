"""The API tells what anybody may read and nothing else, and every address it gives can be opened."""

import json
import re
from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.media.models import Image
from tests import uploads
from tests.api_reading import titles

ARTICLES = "/api/v2/pages/?type=news.NewsArticlePage"
DOCS = Path(__file__).parent.parent / "docs" / "api.md"


def test_drafts_and_private_pages_do_not_exist(ask, write, index, superuser, client):
    draft, private = write("Naskah", live=False), write("Tertutup")
    shown = write("Terbuka")
    restriction = PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.PASSWORD, password="rahasia"
    )
    session = client.session
    session["passed_page_view_restrictions"] = [restriction.pk]
    session.save()
    client.force_login(superuser)  # whoever asks: the answer may be cached for everybody
    assert titles(ask(ARTICLES)) == ["Terbuka"]
    for page in (draft, private):
        ask(f"/api/v2/pages/{page.pk}/", 404)
        ask(f"/api/v2/pages/find/?id={page.pk}", 404)
        ask(f"/api/v2/pages/?child_of={page.pk}", 400)
    assert "Naskah" not in str(ask("/api/v2/pages/?fields=*"))
    shown.supersedes = draft
    shown.save()
    assert ask(f"/api/v2/pages/{shown.pk}/")["supersedes"] is None
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert "Berita" not in titles(ask("/api/v2/pages/"))


def test_a_draft_of_a_live_article_is_not_told(ask, write):
    page = write("Rapat Lama")
    page.title = "Sidang Baru"
    page.save_revision()
    assert ask(f"/api/v2/pages/{page.pk}/")["title"] == "Rapat Lama"


def test_files_of_drafts_and_private_collections_do_not_exist(ask, full, photo, letter, write):
    room = Collection.objects.get(depth=1).add_child(name="Tertutup")
    CollectionViewRestriction.objects.create(
        collection=room, restriction_type=CollectionViewRestriction.LOGIN
    )
    inner = Collection.objects.get(pk=room.pk).add_child(name="Lebih dalam")
    secret, manuscript = photo("Rahasia", collection=inner), letter("Naskah Asal")
    hidden = [photo("Belum Dipakai"), photo("Naskah"), secret]
    write("Naskah", live=False, hero_image=hidden[1])
    write("Terbuka", hero_image=secret, source_document=manuscript)
    private_letter = letter("Surat Tertutup", collection=room)
    write("Surat", attachments=[("document", private_letter)])
    full("Rapat")
    assert titles(ask("/api/v2/images/")) == ["Foto Rapat"]
    assert titles(ask("/api/v2/documents/")) == ["Lampiran Rapat"]
    for image in hidden:
        ask(f"/api/v2/images/{image.pk}/", 404)
    for document in (manuscript, private_letter):
        ask(f"/api/v2/documents/{document.pk}/", 404)


def test_files_say_what_they_are(ask, full):
    full("Rapat")
    image = ask("/api/v2/images/?fields=*")["items"][0]
    assert (image["credit"], image["width"]) == ("Humas", 16)
    assert image["renditions"][0]["url"].startswith("http://localhost:8000/")
    document = ask("/api/v2/documents/?fields=*")["items"][0]
    assert (document["official_number"], document["file_size"]) == ("12/2024", 3)


def addresses_in(told, key="") -> set[str]:
    """Every address on this host inside an answer, links of rich text among them."""
    if isinstance(told, dict):
        return set().union(*(addresses_in(part, name) for name, part in told.items()))
    if isinstance(told, list):
        return set().union(*(addresses_in(part, key) for part in told))
    if not isinstance(told, str):
        return set()
    found = {told} if key in ("url", "src") or key.endswith("_url") else set()
    found |= set(re.findall(r'(?:href|src)="([^"]+)"', told))
    here = "http://localhost:8000"
    return {address.removeprefix(here) for address in found if address.startswith((here, "/"))}


def test_every_address_the_api_gives_can_be_opened_by_anybody(
    ask, client, write, letter, django_capture_on_commit_callbacks
):
    shot = uploads.photograph(1700, 900)
    with django_capture_on_commit_callbacks(execute=True):
        photo = Image.objects.create(title="Rapat", file=ContentFile(shot, name="a.jpg"))
    paper = letter("Lampiran Rapat")
    words = f'<p>Lihat <a linktype="document" id="{paper.pk}">surat</a></p>'
    shown = {"image": photo.pk, "alt": "Orang duduk", "caption": "", "credit": ""}
    page = write(
        "Rapat Pleno",
        hero_image=photo,
        social_image=photo,
        attachments=[("document", paper)],
        body=[("paragraph", words)],
    )
    page.body = json.dumps(
        [
            {"type": "paragraph", "value": words},
            {"type": "image", "value": shown},
            {"type": "documents", "value": {"items": [paper.pk]}},
        ]
    )
    page.save_revision().publish()
    given = set()
    for address in (
        "pages/?fields=*", "pages/?type=news.NewsArticlePage&fields=*", f"pages/{page.pk}/",
        "images/?fields=*", f"images/{photo.pk}/", "documents/?fields=*", f"documents/{paper.pk}/",
    ):  # fmt: skip
        given |= addresses_in(ask(f"/api/v2/{address}"))
    assert len([address for address in given if address.startswith("/media/gambar/")]) == 6
    assert any(address.startswith("/dokumen/") for address in given)
    for address in sorted(given):
        answer = client.get(address, headers={"Host": "localhost:8000"})
        assert answer.status_code == 200, address
        b"".join(answer)
    image = ask(f"/api/v2/images/{photo.pk}/")
    widest = [size for size in image["renditions"] if size["type"] == "image/jpeg"][-1]
    assert (image["meta"]["download_url"], widest["width"]) == (widest["url"], 1600)


def test_a_picture_still_being_made_has_no_address_yet(ask, write):
    photo = Image.objects.create(title="Rapat", file=ContentFile(uploads.photograph(), name="a.jpg"))
    page = write("Rapat", hero_image=photo)
    assert ask(f"/api/v2/images/{photo.pk}/")["meta"]["download_url"] is None
    assert ask(f"/api/v2/pages/{page.pk}/")["hero_image"]["url"] is None
