"""Small, valid PDF letters, written by hand: as many pages as the sample says, each with number and date."""

import datetime as dt
import textwrap
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Collection

from cms.media.models import Document
from news.dates import day_month_year

_PAGE = (595, 842)  # points: A4
_LINE = 18  # points
_COLUMNS = 78


def load_document(item: Mapping[str, Any], office: str, room: Collection) -> Document:
    """Write the PDF an item of the sample names and file it in the office's collection."""
    day = dt.date.fromisoformat(item["date"])
    content = write_pdf(item["title"], [_page(item, office, day, n) for n in range(1, item["pages"] + 1)])
    return Document.objects.create(
        title=item["title"],
        file=ContentFile(content, name=item["file"].rpartition("/")[2]),
        collection=room,
        official_number=item["number"] or "",
        official_date=day,
        page_count=item["pages"],
    )


def _page(item: Mapping[str, Any], office: str, day: dt.date, number: int) -> list[str]:
    said = [f"Nomor: {item['number']}"] if item["number"] else []
    return [
        office.upper(),
        "",
        *textwrap.wrap(item["title"], _COLUMNS),
        *said,
        f"Tanggal: {day_month_year(day)}",
        "",
        *textwrap.wrap(
            "Dokumen contoh untuk demo perangkat lunak. Isi, angka, dan nomor surat di dalamnya fiktif "
            "dan tidak menggambarkan kegiatan kantor mana pun.",
            _COLUMNS,
        ),
        "",
        f"Halaman {number} dari {item['pages']}",
    ]


def write_pdf(title: str, pages: list[list[str]]) -> bytes:
    """Return a PDF of pages of lines; the first line of each is its head. Letters of Latin-1 only."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (id) /ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({_escaped(title)}) /Producer (Warta) >>",
    ]
    for number, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_PAGE[0]} {_PAGE[1]}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {6 + 2 * number} 0 R >>"
        )
        text = _text(lines)
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
    return _assembled(objects)


def _text(lines: list[str]) -> str:
    shown = [f"({_escaped(line)}) Tj 0 -{_LINE} Td" for line in lines[1:]]
    head = f"/F1 16 Tf 60 {_PAGE[1] - 80} Td ({_escaped(lines[0])}) Tj 0 -{2 * _LINE} Td /F1 11 Tf"
    return "\n".join(["BT", head, *shown, "ET"])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replace("\N{EN DASH}", "-")


def _assembled(objects: list[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    trailer = (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return out + (table + trailer).encode("latin-1")
