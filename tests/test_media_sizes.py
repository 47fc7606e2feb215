"""What readers get of a picture, when, and what the office is told when it cannot be made."""

import threading
from hashlib import sha256
from io import StringIO
from pathlib import Path, PurePath
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.template import engines
from django.urls import reverse
from PIL import Image as PILImage

from cms.media import processing, together
from cms.media.models import Image
from cms.media.pictures import read_pictures
from cms.media.sizes import widths_for
from tests import uploads

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(django_capture_on_commit_callbacks):
    """Store a picture and let the worker do its part, unless told not to."""

    def _upload(width: int = 640, height: int = 480, work: bool = True, **fields: object) -> Image:
        with django_capture_on_commit_callbacks(execute=work):
            data = uploads.photograph(width, height)
            image = Image.objects.create(title="Pleno", file=ContentFile(data, name="a.jpg"), **fields)
        image.refresh_from_db()
        return image

    return _upload


@pytest.fixture
def editor(client, member):
    """An editor at the admin's doors."""
    client.force_login(member("Editors"))
    return client


def _render(pic: object, arguments: str = "") -> str:
    source = '{% from "parts/picture.html" import picture %}{{ picture(pic' + arguments + ") }}"
    return engines["jinja2"].from_string(source).render({"pic": pic})


@pytest.mark.parametrize(
    ("width", "made"),
    [(100, [480]), (480, [480]), (481, [480, 960]), (1600, [480, 960, 1600]), (2560, [480, 960, 1600])],
)
def test_no_picture_is_made_larger_than_it_was(width, made):
    assert widths_for(width) == made


def test_a_reader_gets_each_width_in_two_formats_named_by_their_content(upload):
    image = upload(1000, 500)
    pic = read_pictures([image.pk])[image.pk]
    assert [(one.width, one.height) for one in pic.avif] == [(480, 240), (960, 480), (1000, 500)]
    assert [one.width for one in pic.jpeg] == [480, 960, 1000]
    for rendition in image.renditions.all():
        content = Path(rendition.file.path).read_bytes()
        assert PurePath(rendition.file.name).stem == sha256(content).hexdigest()
        with PILImage.open(rendition.file.path) as made:
            assert (made.width, made.height) == (rendition.width, rendition.height)


def test_a_small_picture_gives_its_own_width_once(upload):
    image = upload(200, 100)
    pic = read_pictures([image.pk])[image.pk]
    assert [one.width for one in pic.avif] == [one.width for one in pic.jpeg] == [200]


def test_a_page_never_encodes_a_picture(upload, django_assert_num_queries):
    image = upload(work=False)
    with django_assert_num_queries(2):
        pic = read_pictures([image.pk])[image.pk]
    html = _render(pic, ', "Rapat"')
    assert "sedang diproses" in html
    assert image.file.url in html
    assert not image.renditions.exists()


def test_a_ready_picture_offers_avif_and_jpeg_and_keeps_its_place_on_the_page(upload):
    image = upload()
    html = _render(read_pictures([image.pk])[image.pk], ', "Rapat", sizes="50vw", class_="utama"')
    assert '<picture class="utama">' in html
    assert 'type="image/avif"' in html
    assert 'width="640" height="480"' in html
    assert 'alt="Rapat"' in html
    assert 'loading="lazy"' in html
    assert "640w" in html
    assert "diproses" not in html


def test_the_first_picture_of_a_page_is_fetched_at_once(upload):
    image = upload()
    html = _render(read_pictures([image.pk])[image.pk], ", lazy=False")
    assert 'loading="eager" fetchpriority="high"' in html


def test_no_picture_leaves_nothing_on_the_page():
    assert _render(None).strip() == ""


def test_working_twice_on_a_picture_changes_nothing(upload):
    image = upload()
    before = list(image.renditions.values_list("pk", "file").order_by("pk"))
    assert processing.process(image.pk)
    assert list(image.renditions.values_list("pk", "file").order_by("pk")) == before


def test_deleting_a_picture_deletes_its_files(upload, settings, editor, django_capture_on_commit_callbacks):
    image = upload()
    editor.get(reverse("wagtailimages:index"))
    assert image.renditions.filter(filter_spec="max-165x165").exists()
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture
def failed(upload) -> Image:
    """A picture whose original vanished before the worker came."""
    image = upload(work=False)
    kept = Path(image.file.path).read_bytes()
    Path(image.file.path).unlink()
    processing.process(image.pk)
    Path(image.file.path).write_bytes(kept)
    image.refresh_from_db()
    return image


def test_an_editor_sees_why_a_picture_failed_wherever_they_look(editor, failed):
    assert failed.state == "failed"
    edit = editor.get(reverse("wagtailimages:edit", args=[failed.pk])).content.decode()
    assert "Gambar ini gagal diproses" in edit
    assert "Berkas asli tidak ditemukan" in edit
    assert "Coba lagi" in edit
    for layout in ("grid", "list"):
        listing = editor.get(reverse("wagtailimages:index"), {"layout": layout}).content.decode()
        assert "gagal diproses" in listing
    report = editor.get(reverse("failed_images")).content.decode()
    assert "Pleno" in report
    assert "Berkas asli tidak ditemukan" in report
    assert "1 gambar gagal diproses." in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_an_editor_tries_again_and_the_picture_is_ready(editor, failed):
    response = editor.post(reverse("retry_image", args=[failed.pk]), follow=True)
    assert "diproses lagi" in response.content.decode()
    failed.refresh_from_db()
    assert (failed.state, failed.state_reason) == ("ready", "")
    assert "Tidak ada gambar yang gagal diproses." in editor.get(reverse("failed_images")).content.decode()
    assert "gambar gagal diproses." not in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_a_stranger_may_not_put_work_in_the_queue(client, failed):
    response = client.post(reverse("retry_image", args=[failed.pk]))
    assert response.status_code == 302
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_an_original_that_rotted_on_the_disk_does_not_lock_the_editor_out(editor, upload):
    image = upload(work=False)
    Path(image.file.path).write_bytes(Path(image.file.path).read_bytes()[:500])
    assert editor.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200
    assert editor.get(reverse("wagtailimages:index")).status_code == 200


def test_the_operator_makes_up_for_a_lost_queue(upload):
    lost, whole = upload(work=False), upload()
    gone = whole.renditions.order_by("pk").first()
    Path(gone.file.path).unlink()
    said = StringIO()
    call_command("images", stdout=said, stderr=StringIO())
    assert "2 gambar diproses, 0 gagal." in said.getvalue()
    lost.refresh_from_db()
    assert lost.state == "ready"
    assert Path(gone.file.path).exists()
    said = StringIO()
    call_command("images", stdout=said, stderr=StringIO())
    assert "0 gambar diproses" in said.getvalue()


def test_the_operator_is_told_which_picture_cannot_be_made(upload):
    image = upload(work=False)
    Path(image.file.path).unlink()
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("images", stdout=said, stderr=StringIO())
    assert f"Gambar {image.pk} gagal diproses." in said.getvalue()


def test_a_picture_replaced_while_the_worker_was_busy_is_left_to_the_next_task(upload, monkeypatch):
    image = upload(work=False)
    make = processing.encode

    def replaced_meanwhile(each: Image) -> dict:
        made = make(each)
        other = Image.objects.get(pk=each.pk)
        other.file = ContentFile(uploads.photograph(300, 300), name="b.jpg")
        other.save()
        return made

    monkeypatch.setattr(processing, "encode", replaced_meanwhile)
    processing.process(image.pk)
    image.refresh_from_db()
    assert image.state == "pending"
    assert not image.renditions.exists()


def _get(client, url: str, **headers: str):
    response = client.get(url, headers=headers)
    if response.streaming:
        list(response.streaming_content)
    return response


def test_a_reader_gets_sizes_for_ever_and_never_an_original(client, upload):
    image = upload()
    url = image.renditions.order_by("pk").first().url
    response = _get(client, url)
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
    assert "public" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "image/avif"
    assert "Cookie" not in response.get("Vary", "")
    assert _get(client, url, if_none_match=response["ETag"]).status_code == 304
    assert _get(client, image.file.url).status_code == 404


def test_the_office_sees_its_originals_and_nobody_keeps_them_for_others(editor, upload):
    response = _get(editor, upload(work=False).file.url)
    assert response.status_code == 200
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize(
    "name",
    [
        "", "gambar/", "gambar/1/", "asli/", "../db.sqlite3", "gambar/../../db.sqlite3", "%2e%2e/db.sqlite3",
        "gambar/1/" + "a" * 64 + ".jpg", "gambar/1/x.html", "gambar/1/" + "a" * 64 + ".jpg%00", "dokumen/x.pdf",
        "gambar/1//etc/passwd",
    ],
)  # fmt: skip
def test_nothing_else_of_the_disk_can_be_asked_for(editor, name, settings, office):
    (Path(settings.MEDIA_ROOT) / "gambar" / "1").mkdir(parents=True)
    (Path(settings.MEDIA_ROOT) / "dokumen").mkdir()
    (Path(settings.MEDIA_ROOT) / "dokumen" / "x.pdf").write_bytes(b"%PDF-")
    (Path(settings.MEDIA_ROOT).parent / "db.sqlite3").write_bytes(b"x")
    assert _get(editor, f"/media/{name}").status_code == 404


def test_operator_with_two_cores_gets_pictures_from_both_in_order(monkeypatch):
    together_at_once = threading.Barrier(2)  # opens only when two are at work
    monkeypatch.setattr(together, "connection", SimpleNamespace(in_atomic_block=False))
    monkeypatch.setattr(together.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(together, "process", lambda pk: together_at_once.wait(30) >= 0 and pk != 3)
    assert list(together.process_all([4, 3, 2, 1])) == [(4, True), (3, False), (2, True), (1, True)]
