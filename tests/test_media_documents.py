"""The office attaches documents: what is taken, what is refused, and how a reader gets them."""

from hashlib import sha256
from pathlib import Path, PurePath

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from cms.media.models import Document
from tests import uploads

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, member):
    """An editor at the admin's doors; an error 500 fails the test."""
    client.force_login(member("Editors"))
    return client


def _upload(client, name: str, data: bytes, **fields: object) -> str:
    form = {
        "title": "Keputusan Nomor 12",
        "collection": Collection.get_first_root_node().pk,
        "file": SimpleUploadedFile(name, data),
        **fields,
    }
    response = client.post(reverse("wagtaildocs:add"), form, follow=True)
    assert response.status_code == 200
    return response.content.decode()


OFFICE_FILES = {
    "surat.docx": uploads.archive(word__document_dot_xml=b"<w/>"),
    "data.xlsx": uploads.archive(xl__workbook_dot_xml=b"<w/>"),
    "paparan.pptx": uploads.archive(ppt__presentation_dot_xml=b"<p/>"),
    "surat.odt": uploads.archive(
        mimetype=b"application/vnd.oasis.opendocument.text", content_dot_xml=b"<o/>"
    ),
    "arsip.zip": uploads.archive(a_dot_txt=b"halo"),
    "data.csv": b"TPS;Suara\n1;200\n",
    "catatan.txt": "Rapat café".encode(),
    "rapat.mp4": b"\0\0\0\x18ftypmp42" + b"\0" * 20,
    "rapat.webm": b"\x1aE\xdf\xa3\x9fB\x82\x84webm" + b"\0" * 20,
    "pidato.mp3": b"ID3\x04" + b"\0" * 20,
    "wawancara.mp3": b"\xff\xfb\x90\x00" + b"\0" * 20,
    "pidato.m4a": b"\0\0\0\x18ftypM4A " + b"\0" * 20,
    "rapat.vtt": b"\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\nSelamat pagi.\n",
}


@pytest.mark.parametrize("name", OFFICE_FILES)
def test_what_an_office_writes_is_taken_under_the_name_of_its_content(editor, name):
    _upload(editor, name, OFFICE_FILES[name])
    document = Document.objects.get()
    assert PurePath(document.file.name).name == sha256(OFFICE_FILES[name]).hexdigest() + PurePath(name).suffix
    assert document.file_size == len(OFFICE_FILES[name])
    assert document.page_count is None


def test_the_pages_of_a_pdf_are_counted(editor):
    _upload(editor, "keputusan.pdf", uploads.pdf(7))
    assert Document.objects.get().page_count == 7


def test_a_pdf_nobody_can_read_into_is_still_a_document_and_keeps_the_typed_count(editor):
    _upload(editor, "pindai.pdf", b"%PDF-1.4\nbukan objek\n%%EOF\n", page_count="4")
    assert Document.objects.get().page_count == 4


def test_a_document_without_a_title_takes_the_name_its_owner_gave_it(editor):
    _upload(editor, "Jadwal kampanye.pdf", uploads.pdf(1), title="")
    assert Document.objects.get().title == "Jadwal kampanye"


REFUSED = {
    "web-page": ("surat.pdf", b"<html>halo</html>", "Isi berkas ini bukan PDF"),
    "cut-pdf": ("surat.pdf", uploads.pdf(1)[:200], "terpotong"),
    "hidden-pdf": ("surat.pdf", b"MZ" + uploads.pdf(1), "Isi berkas ini bukan PDF"),
    "zip-as-docx": ("surat.docx", uploads.archive(a_dot_txt=b"x"), "Isi berkas ini bukan DOCX"),
    "docx-as-odt": ("surat.odt", OFFICE_FILES["surat.docx"], "Isi berkas ini bukan ODT"),
    "broken-zip": ("arsip.zip", OFFICE_FILES["arsip.zip"][:20], "Isi berkas ini bukan ZIP"),
    "program-before-zip": ("arsip.zip", b"MZ" + OFFICE_FILES["arsip.zip"], "Isi berkas ini bukan ZIP"),
    "macros": (
        "surat.docx",
        uploads.archive(word__document_dot_xml=b"<w/>", word__vbaProject_dot_bin=b"x"),
        "makro",
    ),
    "binary-csv": ("data.csv", b"a;b\0c", "Isi berkas ini bukan CSV"),
    "latin-csv": ("data.csv", "é;ü".encode("latin-1"), "UTF-8"),
    "program": ("pasang.exe", b"MZ", "tidak dapat diunggah sebagai dokumen"),
    "page": ("halaman.html", b"<html></html>", "tidak dapat diunggah sebagai dokumen"),
    "page-as-film": ("rapat.mp4", b"<html></html>", "Isi berkas ini bukan MP4"),
    "sound-as-film": ("rapat.webm", b"ID3\x04", "Isi berkas ini bukan WEBM"),
    "text-as-sound": ("pidato.mp3", b"halo dunia", "Isi berkas ini bukan MP3"),
    "text-as-captions": ("rapat.vtt", b"1\n00:00:01,000 --> 00:00:02,000\n", "Isi berkas ini bukan VTT"),
    "latin-captions": ("rapat.vtt", "WEBVTT é".encode("latin-1"), "UTF-8"),
    "empty": ("kosong.pdf", b"", "kosong"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_editor_is_told_why_a_document_is_refused(editor, case):
    name, data, words = REFUSED[case]
    page = _upload(editor, name, data, official_number="12/PL.01/2026")
    assert words in page
    assert "tidak diizinkan" not in page
    assert "12/PL.01/2026" in page
    assert not Document.objects.exists()


def test_many_documents_at_once_meet_the_same_check(editor):
    response = editor.post(
        reverse("wagtaildocs:add_multiple"),
        {
            "collection": Collection.get_first_root_node().pk,
            "files[]": SimpleUploadedFile("surat.pdf", b"<html>"),
        },
    )
    assert response.json()["error_message"] == (
        "Isi berkas ini bukan PDF, atau berkasnya rusak."
        " Buka berkas itu di aplikasinya, simpan lagi, lalu unggah hasilnya."
    )


def test_a_document_of_too_many_bytes_is_refused(editor, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100
    assert "terlalu besar" in _upload(editor, "surat.pdf", uploads.pdf(1))


def test_a_replaced_document_is_counted_anew_and_leaves_no_file_behind(editor, settings):
    _upload(editor, "surat.pdf", uploads.pdf(2))
    document = Document.objects.get()
    editor.post(
        reverse("wagtaildocs:edit", args=[document.pk]),
        {
            "title": "Baru",
            "collection": document.collection_id,
            "file": SimpleUploadedFile("b.pdf", uploads.pdf(5)),
        },
    )
    document.refresh_from_db()
    assert (document.title, document.page_count) == ("Baru", 5)
    assert [path.name for path in (Path(settings.MEDIA_ROOT) / "dokumen").iterdir()] == [document.filename]


def test_a_program_cannot_store_what_an_editor_may_not():
    with pytest.raises(ValidationError, match="bukan PDF"):
        Document.objects.create(title="Surat", file=ContentFile(b"<html>", name="surat.pdf"))


@pytest.fixture
def decision(db) -> Document:
    """A PDF of the office."""
    return Document.objects.create(
        title="Keputusan Nomor 12/2026", file=ContentFile(uploads.pdf(1), name="a.pdf")
    )


def _get(client, url: str):
    response = client.get(url)
    if response.streaming:
        list(response.streaming_content)
    return response


def test_a_reader_opens_a_pdf_under_its_title(client, decision):
    response = _get(client, decision.url)
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'inline; filename="keputusan-nomor-122026.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"


def test_a_reader_saves_other_documents_under_their_title(client, db):
    document = Document.objects.create(
        title="Daftar TPS", file=ContentFile(OFFICE_FILES["data.csv"], name="x.csv")
    )
    response = _get(client, document.url)
    assert response["Content-Disposition"] == 'attachment; filename="daftar-tps.csv"'


@pytest.fixture
def film(db) -> Document:
    """A film of 32 bytes."""
    return Document.objects.create(
        title="Rapat", file=ContentFile(OFFICE_FILES["rapat.mp4"], name="rapat.mp4")
    )


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [("bytes=0-", 0, 31), ("bytes=4-7", 4, 7), ("bytes=-8", 24, 31), ("bytes=30-900", 30, 31)],
)
def test_a_player_jumps_inside_a_film(client, film, wanted, start, end):
    answer = client.get(film.url, headers={"Range": wanted})
    assert answer.status_code == 206
    assert b"".join(answer) == OFFICE_FILES["rapat.mp4"][start : end + 1]
    assert answer["Content-Range"] == f"bytes {start}-{end}/32"
    assert (answer["Content-Type"], answer["Content-Length"]) == ("video/mp4", str(end - start + 1))
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("wanted", ["bytes=32-", "bytes=32-40", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(client, film, wanted):
    answer = client.get(film.url, headers={"Range": wanted})
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */32")


def test_a_player_that_asks_for_all_gets_all(client, film):
    for headers in (
        {},
        {"Range": "bytes=a-b"},
        {"Range": "bytes=9-4"},
        {"Range": "bytes=0-1,4-5"},
        {"Range": "bytes=4-7", "If-Range": '"lama"'},
    ):
        answer = client.get(film.url, headers=headers)
        assert (answer.status_code, answer["Accept-Ranges"]) == (200, "bytes")
        assert b"".join(answer) == OFFICE_FILES["rapat.mp4"]


def test_captions_arrive_as_captions(client, db):
    track = Document.objects.create(title="Teks", file=ContentFile(OFFICE_FILES["rapat.vtt"], name="a.vtt"))
    assert _get(client, track.url)["Content-Type"] == "text/vtt; charset=utf-8"


def test_a_document_of_a_closed_collection_stays_closed(client, decision):
    CollectionViewRestriction.objects.create(
        collection=decision.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert client.get(decision.url).status_code == 302
    assert _get(client, f"/media/{decision.file.name}").status_code == 404


def test_editor_finds_a_document_by_the_name_readers_get_it_under(editor):
    _upload(editor, "surat.docx", OFFICE_FILES["surat.docx"])
    listing = editor.get(reverse("wagtaildocs:index")).text
    shown = listing.split('id="listing-results"')[1]
    assert "keputusan-nomor-12.docx" in shown
    assert f">{sha256(OFFICE_FILES['surat.docx']).hexdigest()}" not in shown
    form = editor.get(reverse("wagtaildocs:edit", args=[Document.objects.get().pk])).text
    assert "keputusan-nomor-12.docx" in form
