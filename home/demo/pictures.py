"""Which scene stands for which picture of the sample, and how it comes into an office's library."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Collection

from cms.media.models import Image
from home.demo import scenes
from home.demo.drawing import HEIGHT, WIDTH, Canvas

_LOGO = "lambang"
_LOGO_SIZE = 480  # pixels


@dataclass(frozen=True)
class DemoPicture:
    """A picture by the name the sample gives it, with the words that go with it."""

    file: str
    alt: str
    credit: str = ""


_SCENES = {
    "placeholder/lebak-kelas-demokrasi-01.jpg": scenes.class_vote,
    "placeholder/lebak-kelas-demokrasi-02.jpg": scenes.class_circle,
    "placeholder/lebak-kelas-demokrasi-03.jpg": scenes.class_officers,
    "placeholder/lebak-kelas-demokrasi-04.jpg": scenes.class_photo,
    "placeholder/pandeglang-simulasi-01.jpg": scenes.tactile,
    "placeholder/pandeglang-simulasi-02.jpg": scenes.signing,
    "placeholder/pandeglang-simulasi-03.jpg": scenes.doorway,
    "placeholder/pandeglang-simulasi-04.jpg": scenes.low_booth,
    "placeholder/pandeglang-simulasi-05.jpg": scenes.whiteboard,
    "placeholder/pandeglang-simulasi-06.jpg": scenes.evaluation,
    "kelas": scenes.class_lesson,
    "papan-pengumuman": scenes.notice_board,
    "siaran-pers": scenes.press_conference,
    "pesan-berantai": scenes.hoax,
    "loket": scenes.service_desk,
    "kursi-roda": scenes.chair_vote,
    "arsip": scenes.archive,
    "rapat-pleno": scenes.plenary,
    "penyaluran": scenes.delivery,
    "genangan": scenes.flood,
}

HEROES = {
    "kelas-demokrasi-rangkasbitung-pelajar-belajar-jadi-pemilih-mandiri": DemoPicture(
        "kelas", "Ilustrasi petugas KPU menjelaskan grafik di depan pelajar yang memenuhi aula sekolah"
    ),
    "pengumuman-rekapitulasi-daftar-pemilih-berkelanjutan-triwulan-iii-2026-kota-serang": DemoPicture(
        "papan-pengumuman", "Ilustrasi dua warga membaca rekapitulasi pada papan pengumuman di halaman kantor"
    ),
    "siaran-pers-rekapitulasi-pemutakhiran-data-pemilih-banten-triwulan-iii-2026": DemoPicture(
        "siaran-pers", "Ilustrasi juru bicara di podium menyampaikan grafik data pemilih kepada wartawan"
    ),
    "klarifikasi-tautan-pendaftaran-pemilih-lewat-pesan-berantai": DemoPicture(
        "pesan-berantai", "Ilustrasi telepon genggam dengan pesan berantai dan tanda peringatan di sampingnya"
    ),
    "panduan-memeriksa-dan-memperbarui-data-pemilih": DemoPicture(
        "loket", "Ilustrasi warga memperlihatkan KTP kepada petugas di loket layanan data pemilih"
    ),
    "galeri-simulasi-pemungutan-suara-ramah-disabilitas-pandeglang": DemoPicture(
        "kursi-roda", "Ilustrasi pengguna kursi roda memasukkan surat suara contoh, didampingi petugas"
    ),
    "opini-merawat-arsip-merawat-kepercayaan": DemoPicture(
        "arsip", "Ilustrasi arsiparis membawa kotak arsip di antara dua rak berkas"
    ),
    "langsung-rapat-pleno-terbuka-rekapitulasi-data-pemilih-kabupaten-tangerang": DemoPicture(
        "rapat-pleno", "Ilustrasi lima anggota memimpin rapat pleno terbuka dengan grafik di layar"
    ),
    "kpu-kabupaten-serang-salurkan-alat-peraga-pendidikan-pemilih": DemoPicture(
        "penyaluran", "Ilustrasi dua petugas membawa kotak alat peraga dari mobil di depan kantor"
    ),
    "layanan-tatap-muka-kpu-banten-dialihkan-sementara-akibat-genangan": DemoPicture(
        "genangan", "Ilustrasi kantor yang halamannya tergenang, papan penunjuk arah, dan warga berpayung"
    ),
}


def names() -> list[str]:
    """Return the names of all pictures to draw."""
    return [*_SCENES, _LOGO]


def draw(name: str) -> bytes:
    """Draw one picture; the same bytes every time."""
    if name == _LOGO:
        canvas = Canvas("#ffffff", _LOGO_SIZE, _LOGO_SIZE)
        scenes.emblem(canvas)
        return canvas.as_png()
    canvas = Canvas("#ffffff", WIDTH, HEIGHT)
    _SCENES[name](canvas)
    return canvas.as_jpeg()


def pictures_of(sample: Mapping[str, Any]) -> list[DemoPicture]:
    """Return the pictures one article of the sample shows, its lead picture first."""
    found = [HEROES[sample["slug"]]] if sample["slug"] in HEROES else []
    for block in sample["body"]:
        if block["type"] == "image":
            found.append(_named(block["value"]))
        elif block["type"] == "gallery":
            found += [_named(image) for image in block["value"]["images"]]
    return found


def load_picture(picture: DemoPicture, drawn: Mapping[str, bytes], room: Collection) -> Image:
    """File a drawn picture in an office's collection; the worker makes its renditions."""
    return Image.objects.create(
        title=picture.alt[:90],
        description=picture.alt,
        credit=picture.credit,
        collection=room,
        file=ContentFile(
            drawn[picture.file], name=f"{picture.file.rpartition('/')[2].removesuffix('.jpg')}.jpg"
        ),
    )


def load_logo(drawn: Mapping[str, bytes]) -> Image:
    """File the one mark all demo offices share, where only administrators may change it."""
    return Image.objects.create(
        title="Lambang contoh",
        description="Lambang contoh: surat suara masuk ke kotak suara",
        file=ContentFile(drawn[_LOGO], name="lambang-contoh.png"),
    )


def _named(value: Mapping[str, Any]) -> DemoPicture:
    return DemoPicture(value["file"], value["alt"], value["credit"])
