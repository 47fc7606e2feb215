"""An editor brings pictures into the office's collection, through every door there is."""

import json
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePath

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from PIL import Image as PILImage
from PIL import ImageCms
from wagtail.models import Collection, UploadedFile

from cms.media.models import Image
from tests import uploads

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, member):
    """An editor at the admin's doors; an error 500 fails the test."""
    client.force_login(member("Editors"))
    return client


def _collection() -> int:
    return Collection.get_first_root_node().pk


def _alone(client, name: str, data: bytes, title: str = "Rapat pleno") -> str:
    file = SimpleUploadedFile(name, data)
    response = client.post(
        reverse("wagtailimages:add"), {"title": title, "collection": _collection(), "file": file}, follow=True
    )
    assert response.status_code == 200
    return response.content.decode()


def _in_chooser(client, name: str, data: bytes, title: str = "Rapat pleno") -> str:
    prefix = "image-chooser-upload"
    response = client.post(
        reverse("wagtailimages_chooser:create"),
        {
            f"{prefix}-title": title,
            f"{prefix}-collection": _collection(),
            f"{prefix}-file": SimpleUploadedFile(name, data),
        },
    )
    assert response.status_code == 200
    answer = json.loads(response.content)
    return answer.get("htmlFragment") or answer.get("html") or response.content.decode()


def _with_many(client, name: str, data: bytes, title: str = "Rapat pleno") -> str:
    response = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": title, "collection": _collection(), "files[]": SimpleUploadedFile(name, data)},
    )
    assert response.status_code == 200
    answer = json.loads(response.content)
    return answer.get("error_message") or answer.get("form", "")


DOORS = {"alone": _alone, "chooser": _in_chooser, "many": _with_many}


@pytest.fixture(params=DOORS)
def door(request) -> Callable[..., str]:
    """Each way of the admin to upload a picture."""
    return DOORS[request.param]


def _stored() -> list[Path]:
    from django.conf import settings

    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def _assert_clean(data: bytes) -> None:
    assert uploads.PLACE.encode() not in data
    for mark in (b"xmpmeta", b"Exif\0", b"eXIf", b"tEXt", b"iTXt", b"<script"):
        assert mark not in data
    assert not PILImage.open(BytesIO(data)).getexif()


def test_a_phone_photograph_loses_its_place_in_every_file_and_stands_upright(
    editor, door, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        door(editor, "IMG_2031.jpg", uploads.phone_photograph())
    image = Image.objects.get()
    assert (image.width, image.height) == (480, 640)
    assert image.state == "ready"
    assert image.renditions.filter(filter_spec__startswith="width-").count() == 2
    assert len(_stored()) >= 3
    for path in _stored():
        _assert_clean(path.read_bytes())


@pytest.mark.parametrize(
    ("name", "image_format", "kept"),
    [
        ("a.png", "PNG", "png"),
        ("a.webp", "WEBP", "jpg"),
        ("a.avif", "AVIF", "jpg"),
        ("IMG_1.HEIC", "HEIF", "jpg"),
    ],
)
def test_every_camera_format_is_cleaned_and_kept_as_a_picture_everybody_can_open(
    editor, name, image_format, kept
):
    data = (
        uploads.photograph(image_format=image_format)
        if image_format == "HEIF"
        else uploads.phone_photograph(image_format, turn=1)
    )
    _alone(editor, name, data)
    image = Image.objects.get()
    content = Path(image.file.path).read_bytes()
    assert PurePath(image.file.name).name == f"{sha256(content).hexdigest()}.{kept}"
    _assert_clean(content)


def test_the_name_of_the_file_is_its_content_and_the_title_is_what_its_owner_called_it(editor):
    _alone(editor, "Rapat pleno DPT.jpg", uploads.photograph(), title="")
    image = Image.objects.get()
    content = Path(image.file.path).read_bytes()
    assert image.title == "Rapat pleno DPT"
    assert PurePath(image.file.name).stem == sha256(content).hexdigest()
    assert image.file_size == len(content)


def test_a_file_name_of_two_hundred_letters_is_no_obstacle(editor, door):
    door(editor, f"{'a' * 200}.jpg", uploads.photograph())
    assert Image.objects.count() == 1


def test_an_original_of_more_pixels_than_anyone_needs_is_scaled_down(editor, settings):
    settings.MEDIA_LONGEST_SIDE = 400
    _alone(editor, "besar.jpg", uploads.photograph(1000, 500))
    image = Image.objects.get()
    assert (image.width, image.height) == (400, 200)


def test_colours_of_another_space_become_srgb_and_the_profile_is_dropped(editor):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    _alone(editor, "a.jpg", uploads.photograph(icc_profile=profile))
    with PILImage.open(Image.objects.get().file.path) as kept:
        assert "icc_profile" not in kept.info


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_drawing_of_any_depth_is_accepted(editor, mode):
    output = BytesIO()
    PILImage.new(mode, (40, 30)).save(output, "PNG")
    _alone(editor, "peta.png", output.getvalue())
    assert Image.objects.get().width == 40


def test_a_bright_picture_of_sixteen_bits_stays_bright(editor):
    output = BytesIO()
    PILImage.new("I;16", (8, 8), 40_000).save(output, "PNG")
    _alone(editor, "pindai.png", output.getvalue())
    with PILImage.open(Image.objects.get().file.path) as kept:
        assert 150 <= kept.getpixel((4, 4))[0] <= 162


JPEG = uploads.photograph()
REFUSED = {
    "truncated": ("a.jpg", JPEG[: len(JPEG) // 2], "terpotong"),
    "truncated-png": ("a.png", uploads.photograph(image_format="PNG")[:300], "terpotong"),
    "gif-and-script": ("a.gif", b"GIF89a/*\x00\x00\x00*/=1;alert(1)//;", "kode program"),
    "gif-and-formula": ("a.gif", b"GIF89a=alert(1);//", "bukan gambar"),
    "web-page": ("a.jpg", b"<html><body>halo</body></html>", "kode program"),
    "drawing-with-script": ("a.png", b"<svg xmlns='x'><script>1</script></svg>", "kode program"),
    "svg": ("a.svg", b"<svg xmlns='x'/>", "tidak dapat dipakai sebagai gambar"),
    "script-behind": ("a.jpg", JPEG + b"<ScRipt>alert(1)</script>", "kode program"),
    "php-in-comment": ("a.jpg", uploads.photograph(comment=b"<?php echo 1;"), "kode program"),
    "another-format": ("a.jpg", uploads.photograph(image_format="PNG"), ".png"),
    "no-picture": ("a.jpg", b"halo dunia", "bukan gambar"),
    "empty": ("a.jpg", b"", "kosong"),
    "moving-gif": ("a.gif", uploads.animation("GIF"), "Gambar bergerak"),
    "moving-webp": ("a.webp", uploads.animation("WEBP"), "Gambar bergerak"),
    "moving-png": ("a.png", uploads.animation("PNG"), "Gambar bergerak"),
    "program": ("a.exe", b"MZ", "tidak dapat dipakai sebagai gambar"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_editor_is_told_why_a_file_is_refused_and_what_to_do(editor, door, case):
    name, data, words = REFUSED[case]
    page = door(editor, name, data)
    assert words in page
    assert "tidak diizinkan" not in page
    assert not Image.objects.exists()
    assert not _stored()


def test_many_pictures_at_once_get_one_sentence_each(editor):
    assert len(_with_many(editor, "a.jpg", JPEG[:2000]).splitlines()) == 1


def test_a_small_file_of_a_billion_pixels_is_refused_before_it_is_decoded(editor, door):
    header = bytearray(uploads.photograph(8, 8, "PNG"))
    header[16:24] = (30_000).to_bytes(4, "big") * 2
    import zlib

    header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4, "big")
    assert "juta piksel" in door(editor, "bom.png", bytes(header))


def test_a_file_of_too_many_bytes_is_refused(editor, door, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1000
    assert "terlalu besar" in door(editor, "a.jpg", uploads.photograph())


def test_what_was_typed_beside_a_refused_file_is_still_there(editor):
    page = _alone(editor, "a.jpg", JPEG[:2000], title="Pleno di Serang")
    assert 'value="Pleno di Serang"' in page


@pytest.mark.parametrize("upload", [_alone, _in_chooser])
def test_the_name_of_a_refused_file_does_not_become_the_title_of_the_next(editor, upload):
    assert 'value="foto rusak"' not in upload(editor, "foto rusak.jpg", JPEG[:2000], title="foto rusak")


def test_nothing_of_a_program_hidden_in_a_picture_is_kept(editor, django_capture_on_commit_callbacks):
    picture = uploads.photograph(image_format="GIF")
    with django_capture_on_commit_callbacks(execute=True):
        _alone(editor, "a.gif", picture + b"*/=1;alert(document.cookie)//")
    assert Image.objects.get().state == "ready"
    assert len(_stored()) >= 3
    for path in _stored():
        content = path.read_bytes()
        assert b"alert" not in content
        assert content[:3] != b"GIF"


def test_the_picture_of_an_editor_goes_before_those_of_an_import(
    editor, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "media"]}
    }
    with django_capture_on_commit_callbacks(execute=True):
        Image.objects.create(title="Impor", file=ContentFile(uploads.photograph(), name="a.jpg"))
        _alone(editor, "b.jpg", uploads.photograph())
    mine = Image.objects.get(uploaded_by_user__isnull=False)
    first = DBTaskResult.objects.ready().filter(queue_name="media").first()
    assert first.args_kwargs["args"] == [mine.pk]


def test_a_broken_replacement_leaves_the_old_picture_alone(editor):
    _alone(editor, "a.jpg", uploads.photograph())
    image = Image.objects.get()
    response = editor.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "Baru", "collection": _collection(), "file": SimpleUploadedFile("b.jpg", JPEG[:2000])},
    )
    assert "terpotong" in response.content.decode()
    image.refresh_from_db()
    assert image.title == "Rapat pleno"
    assert Path(image.file.path).exists()


def _replace(editor, image: Image, data: bytes) -> None:
    response = editor.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": image.title, "collection": _collection(), "file": SimpleUploadedFile("b.jpg", data)},
    )
    assert response.status_code == 302


def test_a_replaced_picture_gets_new_sizes_and_leaves_no_file_behind(
    editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        _alone(editor, "a.jpg", uploads.photograph(700, 500))
    image = Image.objects.get()
    before = set(_stored())
    with django_capture_on_commit_callbacks(execute=True):
        _replace(editor, image, uploads.photograph(600, 300))
    image.refresh_from_db()
    assert image.state == "ready"
    made = image.renditions.filter(filter_spec__startswith="width-")
    assert {(row.width, row.height) for row in made} == {(480, 240), (600, 300)}
    assert not before & set(_stored())


def test_the_same_picture_uploaded_again_in_its_place_stays(editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _alone(editor, "a.jpg", uploads.photograph())
    image = Image.objects.get()
    before = set(_stored())
    with django_capture_on_commit_callbacks(execute=True):
        _replace(editor, image, uploads.photograph())
    assert before <= set(_stored())
    image.refresh_from_db()
    assert image.state == "ready"


def test_one_of_two_equal_pictures_can_be_deleted(editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            _with_many(editor, "a.jpg", uploads.photograph())
    first, second = Image.objects.order_by("pk")
    with django_capture_on_commit_callbacks(execute=True):
        first.delete()
    kept = [second.file.name, *second.renditions.values_list("file", flat=True)]
    assert {path.name for path in _stored()} == {PurePath(name).name for name in kept}


def test_a_picture_waiting_for_its_title_holds_no_place_either(editor):
    _with_many(editor, "IMG_1.jpg", uploads.phone_photograph(), title="a" * 300)
    waiting = UploadedFile.objects.get()
    for path in _stored():
        _assert_clean(path.read_bytes())
    response = editor.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk]),
        {
            f"uploaded-image-{waiting.pk}-title": "Rapat",
            f"uploaded-image-{waiting.pk}-collection": _collection(),
        },
    )
    assert json.loads(response.content)["success"]
    image = Image.objects.get()
    assert image.file_size == Path(image.file.path).stat().st_size
    _assert_clean(Path(image.file.path).read_bytes())


def test_a_picture_that_a_program_stores_is_cleaned_too():
    image = Image.objects.create(
        title="Impor", file=ContentFile(uploads.phone_photograph(), name="../../lama.jpg")
    )
    assert (image.width, image.height) == (480, 640)
    _assert_clean(Path(image.file.path).read_bytes())
    with pytest.raises(ValidationError, match="bukan gambar"):
        Image.objects.create(title="Rusak", file=ContentFile(b"rusak", name="a.jpg"))
