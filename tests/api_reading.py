"""Whoever reads the API: asks, and finds pictures, documents and an article with one of everything."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Pixels

from cms.media.models import Document, Image, Rendition
from cms.media.pictures import filter_spec
from news.models import Correction, Topic


@pytest.fixture
def ask(client):
    """Ask and return the JSON: `ask("/api/v2/pages/")`; fails unless the status is `status`."""

    def _ask(address, status=200, **headers):
        answer = client.get(address, headers={"Host": "localhost:8000"} | headers)
        assert answer.status_code == status, answer.content
        assert answer["Content-Type"] == "application/json"
        return answer.json()

    return _ask


@pytest.fixture
def photo(db, tmp_path):
    """Upload a photo: `photo("Rapat", collection=...)`; it has one JPEG rendition."""

    def _photo(title, **fields):
        path = tmp_path / f"{title}.png"
        Pixels.new("RGB", (16, 9), "red").save(path)
        image = Image.objects.create(
            title=title,
            file=ImageFile(ContentFile(path.read_bytes()), name=path.name),
            credit="Humas",
            **fields,
        )
        Image.objects.filter(pk=image.pk).update(state=Image.State.READY)
        Rendition.objects.update_or_create(
            image=image,
            filter_spec=filter_spec("jpeg", 480),
            focal_point_key="",
            defaults={"file": "images/x-480.jpg", "width": 480, "height": 270},
        )
        return image

    return _photo


@pytest.fixture
def letter(db):
    """Upload a document: `letter("Keputusan", collection=...)`."""

    def _letter(title, **fields):
        return Document.objects.create(
            title=title,
            file=ContentFile(b"isi", name=f"{title}.txt"),
            official_number="12/2024",
            file_size=3,
            **fields,
        )

    return _letter


@pytest.fixture
def full(write, photo, letter):
    """Write an article with one of everything."""

    def _full(title, **fields):
        letter_there = letter(f"Lampiran {title}")
        page = write(
            title,
            hero_image=photo(f"Foto {title}"),
            hero_alt="Orang duduk",
            hero_caption="Rapat di Serang",
            attachments=[("document", letter_there)],
            event_date=dt.date(2022, 5, 25),
            legacy_view_count=33,
            body=[("paragraph", f'<p>Lihat <a linktype="document" id="{letter_there.pk}">surat</a></p>')],
            **fields,
        )
        page.topics.add(Topic.objects.get_or_create(name="Pemilu", slug="pemilu")[0])
        page.tags.add("pleno", "rapat")
        page.corrections.add(Correction(text="Tanggal keliru."), bulk=False)
        page.save()
        return page

    return _full


def titles(told) -> list[str]:
    return [item["title"] for item in told["items"]]
