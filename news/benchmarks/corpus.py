"""Invented news of an election office: as many articles as wanted, the same every time."""

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WIB = dt.timezone(dt.timedelta(hours=7))
FIRST_DAY = dt.datetime(2013, 2, 1, 9, tzinfo=WIB)
DAYS = 4_600  # to September 2025

WHO = (
    "Komisi Pemilihan Umum Provinsi", "Ketua Divisi Data dan Informasi", "Sekretaris KPU Provinsi",
    "Panitia Pemilihan Kecamatan", "Badan Pengawas Pemilu", "Petugas pemutakhiran data pemilih",
    "Perwakilan partai politik", "Relawan pendidikan pemilih", "Dinas Kependudukan", "Warga kelurahan",
    "Operator Sirekap", "Kepala bagian hukum", "Penyedia jasa percetakan", "Dosen ilmu pemerintahan",
)  # fmt: skip
DID = (
    "menetapkan", "memeriksa kembali", "menjelaskan", "menerima masukan tentang", "menyepakati",
    "mengumumkan", "menghitung ulang", "membagikan panduan", "menguji", "mengawal",
    "mencocokkan", "menyerahkan laporan", "memperbaiki", "mendengarkan usul mengenai",
)  # fmt: skip
WHAT = (
    "daftar pemilih tetap", "jumlah tempat pemungutan suara", "jadwal kampanye", "kotak dan bilik suara",
    "surat suara yang rusak", "laporan dana kampanye", "berkas calon perseorangan", "hasil rekapitulasi",
    "layanan pindah memilih", "akses bagi pemilih disabilitas", "anggaran hibah pemilihan",
    "seleksi anggota KPPS", "penataan daerah pemilihan", "arsip berita acara", "sosialisasi di sekolah",
)  # fmt: skip
HOW = (
    "dalam rapat pleno terbuka", "di hadapan saksi peserta pemilihan", "melalui siaran langsung",
    "setelah tiga hari pencocokan", "di gudang logistik", "tanpa keberatan peserta rapat",
    "sambil menunggu putusan pengadilan", "bersama delapan kabupaten dan kota", "pada malam hari",
    "sesuai peraturan yang berlaku", "untuk pertama kalinya", "di aula kecamatan",
)  # fmt: skip
PLACES = ("Serang", "Cilegon", "Lebak", "Pandeglang", "Tangerang", "Ciputat", "Malingping")
SECTIONS = (
    ("berita-terkini", "Berita Terkini"), ("pengumuman", "Pengumuman"), ("siaran-pers", "Siaran Pers"),
    ("data-pemilih", "Data Pemilih"), ("logistik", "Logistik"), ("sosialisasi", "Sosialisasi"),
)  # fmt: skip
TAGS = (
    "coklit", "sirekap", "logistik", "pilkada", "pemilu 2019", "pemilu 2024", "disabilitas", "KPPS",
    "dana kampanye", "rapat pleno", "pemilih pemula", "Bawaslu", "hari pemungutan suara", "anggaran",
)  # fmt: skip


def article(number: int) -> dict[str, Any]:
    """Return article `number` as one line of an import file holds it (docs/import.md)."""
    chance = random.Random(number)  # noqa: S311 (invented news, not secrets)
    place, what = chance.choice(PLACES), chance.choice(WHAT)
    published = FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS), minutes=chance.randrange(600))
    section = chance.choice(SECTIONS)
    return {
        "id": number,
        "title": f"{chance.choice(WHO)} {chance.choice(DID).title()} {what.title()} di {place}"[:110],
        "place": place,
        "date": published.isoformat(),
        "category": {"slug": section[0], "name": section[1]},
        "tags": chance.sample(TAGS, chance.randint(1, 4)),
        "author": "Humas KPU Provinsi",
        "lead": _sentence(chance),
        "blocks": _blocks(chance),
    }


def write_corpus(path: Path, count: int) -> Iterator[int]:
    """Write `count` articles to `path`, yielding after each hundred how many there are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for number in range(1, count + 1):
            out.write(json.dumps(article(number), ensure_ascii=False) + "\n")
            if number % 100 == 0 or number == count:
                yield number


def _sentence(chance: random.Random) -> str:
    first = f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(WHAT)} {chance.choice(HOW)}"
    if chance.random() < 0.5:
        return f"{first}, lalu {chance.choice(DID)} {chance.choice(WHAT)}."
    return f"{first}."


def _paragraph(chance: random.Random) -> dict[str, Any]:
    sentences = (_sentence(chance) for _number in range(chance.randint(4, 8)))
    return {"type": "paragraph", "text": " ".join(sentences)}


def _blocks(chance: random.Random) -> list[dict[str, Any]]:
    blocks = [_paragraph(chance) for _number in range(chance.randint(5, 8))]
    if chance.random() < 0.5:
        blocks.insert(2, {"type": "heading", "text": chance.choice(WHAT).capitalize()})
    return blocks
