"""Data: tables, figures, charts and timelines."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.formats import dated
from cms.publishing.lookup import Lookup
from news.blocks import cells, drawing, moments
from news.blocks.contract import BodyStructBlock, DataFile, Place
from news.blocks.grid import CellsBlock
from news.blocks.items import Items
from news.blocks.refusals import refuse
from news.blocks.text import WordsBlock

GROUP = _("Data")
SERIES_MAX, POINTS_MAX, DIGITS_MAX = 4, 40, 18
_REKAP: cells.Cells = [
    ["Kecamatan", "Laki-laki", "Perempuan", "Jumlah"],
    ["Serang", "83.210", "82.145", "165.355"],
    ["Kasemen", "36.480", "35.015", "71.495"],
    ["Curug", "20.115", "19.410", "39.525"],
    ["Jumlah", "139.805", "136.570", "276.375"],
]


class TableBlock(BodyStructBlock):
    """A table; its first row is its head. Readers can take it away as CSV."""

    caption = blocks.CharBlock(label=_("Judul tabel"), max_length=200)
    cells = CellsBlock(label=_("Isi tabel"), help_text=_("Baris pertama adalah kepala tabel."))
    first_column_is_header = blocks.BooleanBlock(
        label=_("Kolom pertama adalah nama baris"), required=False, default=True
    )
    last_row_is_total = blocks.BooleanBlock(label=_("Baris terakhir adalah jumlah"), required=False)
    source = blocks.CharBlock(label=_("Sumber"), max_length=200, required=False)

    class Meta:
        label = _("Tabel")
        description = _("Tempel dari Excel. Pembaca dapat mengunduhnya sebagai CSV.")
        icon = "table"
        group = GROUP
        label_format = "{caption}"
        preview_value = {
            "caption": "Rekapitulasi daftar pemilih per kecamatan",
            "cells": _REKAP,
            "first_column_is_header": True,
            "last_row_is_total": True,
            "source": "KPU Kota Serang (data contoh)",
        }

    def clean(self, value: Any) -> blocks.StructValue:
        """Refuse a table that has nothing below its head."""
        cleaned = super().clean(value)
        fewest = 3 if cleaned["last_row_is_total"] else 2
        if cleaned["cells"] and len(cleaned["cells"]) < fewest:
            refuse(cells=_now("Tabel memerlukan kepala dan paling sedikit satu baris isi."))
        return cleaned

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add `headers`, `rows`, `footer` (shown cells), `numeric` (by column) and where the `csv` is."""
        context = super().present(raw, look, place)
        value = context["value"]
        headers, rows, footer = _parts(value)
        return context | {
            "headers": [cells.shown(cell) for cell in headers],
            "rows": [[cells.shown(cell) for cell in row] for row in rows],
            "footer": [cells.shown(cell) for cell in footer],
            "numeric": [cells.is_numeric(column) for column in zip(*rows, strict=False)],
            "csv": f"{place.base}{_file_name('tabel', place)}",
        }

    def represent(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Return head, rows and footer with numbers as numbers, and the address of the CSV."""
        value = super().present(raw, look, place)["value"]
        headers, rows, footer = _parts(value)
        return {
            "caption": value["caption"],
            "headers": [cells.shown(cell) for cell in headers],
            "rows": [[cells.typed(cell) for cell in row] for row in rows],
            "footer": [cells.typed(cell) for cell in footer] or None,
            "source": value["source"] or None,
            "first_column_is_header": bool(value["first_column_is_header"]),
            "csv": f"{place.base}{_file_name('tabel', place)}",
        }

    def data_file(self, raw: dict[str, Any], place: Place) -> DataFile:
        """Return the table as CSV."""
        return DataFile(_file_name("tabel", place), cells.as_csv(raw.get("cells") or []))


class KeyFiguresBlock(BodyStructBlock):
    """A few numbers that say it all."""

    items = Items(
        blocks.StructBlock(
            [
                (
                    "value",
                    blocks.CharBlock(label=_("Angka"), max_length=24, help_text=_("Misalnya: 9.178.930.")),
                ),
                ("label", blocks.CharBlock(label=_("Keterangan"), max_length=80)),
            ],
            icon="decimal",
            label_format="{value} {label}",
        ),
        label=_("Angka"),
        most=6,
    )

    class Meta:
        label = _("Angka kunci")
        description = _("Paling banyak enam angka penting.")
        icon = "decimal"
        group = GROUP
        preview_value = {
            "items": [
                {"value": "9.178.930", "label": "pemilih"},
                {"value": "8", "label": "kabupaten/kota"},
                {"value": "4.559.095", "label": "pemilih perempuan"},
            ]
        }


class ChartBlock(BodyStructBlock):
    """Columns, bars or lines, drawn here from a small table that readers can open and take away."""

    title = blocks.CharBlock(label=_("Judul grafik"), max_length=160)
    kind = blocks.ChoiceBlock(
        label=_("Bentuk"),
        choices=[("column", _("Kolom")), ("bar", _("Batang mendatar")), ("line", _("Garis"))],
        default="column",
        help_text=_("Kolom dengan nama panjang digambar sebagai batang mendatar."),
    )
    cells = CellsBlock(
        label=_("Data"),
        help_text=_(
            "Baris pertama nama deret, kolom pertama nama, lainnya angka. Paling banyak empat deret."
        ),
    )
    unit = blocks.CharBlock(
        label=_("Satuan"), max_length=40, required=False, help_text=_("Misalnya: pemilih.")
    )
    alt = blocks.TextBlock(
        label=_("Teks alternatif"),
        rows=2,
        max_length=400,
        help_text=_("Ceritakan isi grafik dalam satu atau dua kalimat: apa yang naik, turun, atau terbesar."),
    )
    source = blocks.CharBlock(label=_("Sumber"), max_length=200, required=False)

    class Meta:
        label = _("Grafik")
        description = _("Kolom, batang, atau garis dari tabel kecil.")
        icon = "sliders"
        group = GROUP
        label_format = "{title}"
        preview_value = {
            "title": "Pemilih terdaftar per tahun",
            "kind": "column",
            "cells": [
                ["Tahun", "Laki-laki", "Perempuan"],
                ["2023", "4.421.010", "4.380.450"],
                ["2024", "4.502.330", "4.447.120"],
                ["2025", "4.560.180", "4.501.905"],
                ["2026", "4.619.835", "4.559.095"],
            ],
            "unit": "pemilih",
            "alt": "Jumlah pemilih naik setiap tahun, dari 8,8 juta pada 2023 menjadi 9,2 juta pada 2026.",
            "source": "KPU Provinsi Banten (data contoh)",
        }

    def clean(self, value: Any) -> blocks.StructValue:
        """Refuse data that cannot be drawn, and name the cell."""
        cleaned = super().clean(value)
        if cleaned["cells"]:
            refuse(cells=_undrawable(cleaned["cells"], cleaned["kind"]))
        return cleaned

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add the `drawing` (None if the data cannot be drawn), the `names` of the series, and the table."""
        context = super().present(raw, look, place)
        value = context["value"]
        rows = value["cells"] or [[""]]
        can_draw = bool(value["cells"]) and not _undrawable(rows, value["kind"])
        return context | {
            "drawing": _drawn(rows, value["kind"]) if can_draw else None,
            "names": [cells.shown(cell) for cell in rows[0][1:]],
            "headers": [cells.shown(cell) for cell in rows[0]],
            "rows": [[cells.shown(cell) for cell in row] for row in rows[1:]],
            "numeric": [False, *(True for _cell in rows[0][1:])],
            "csv": f"{place.base}{_file_name('grafik', place)}",
        }

    def represent(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Return names and numbers by series, and the address of the CSV."""
        value = super().present(raw, look, place)["value"]
        head, *rows = value["cells"] or [[""]]
        return {name: value[name] for name in ("title", "kind", "unit", "alt", "source")} | {
            "labels": [cells.shown(row[0]) for row in rows if row],
            "series": [
                {
                    "name": cells.shown(name),
                    "values": [cells.typed(row[column]) for row in rows if column < len(row)],
                }
                for column, name in enumerate(head)
                if column
            ],
            "csv": f"{place.base}{_file_name('grafik', place)}",
        }

    def data_file(self, raw: dict[str, Any], place: Place) -> DataFile:
        """Return the data as CSV."""
        return DataFile(_file_name("grafik", place), cells.as_csv(raw.get("cells") or []))


class TimelineBlock(BodyStructBlock):
    """What happens when."""

    items = Items(
        blocks.StructBlock(
            [
                ("date", dated.DateBlock(label=_("Tanggal"))),
                ("end", dated.DateBlock(label=_("Sampai"), required=False)),
                ("title", blocks.CharBlock(label=_("Peristiwa"), max_length=160)),
                ("text", WordsBlock(label=_("Penjelasan"), required=False)),
            ],
            icon="date",
            label_format="{title}",
        ),
        label=_("Peristiwa"),
        most=60,
    )

    class Meta:
        label = _("Linimasa")
        description = _("Tahapan atau urutan peristiwa menurut tanggal.")
        icon = "history"
        group = GROUP
        preview_value = {
            "items": [
                {"date": "2026-08-24", "end": "2026-11-20", "title": "Pemutakhiran data pemilih", "text": ""},
                {
                    "date": "2026-12-01",
                    "end": None,
                    "title": "Penetapan daftar pemilih",
                    "text": "<p>Rapat pleno terbuka untuk umum.</p>",
                },
            ]
        }

    def clean(self, value: Any) -> blocks.StructValue:
        """Refuse an event that ends before it begins."""
        cleaned = super().clean(value)
        for item in cleaned["items"]:
            if item["date"] and item["end"] and item["end"] < item["date"]:
                refuse(
                    items=_now("“%(title)s”: tanggal akhir mendahului tanggal awal. Periksa keduanya.")
                    % {"title": item["title"]}
                )
        return cleaned

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add `entries`: each item with its date in words and for machines."""
        context = super().present(raw, look, place)
        entries = [
            (item, moments.days_text(item["date"], item["end"]), moments.day(item["date"]))
            for item in context["value"]["items"]
        ]
        return context | {"entries": entries}


def _parts(value: dict[str, Any]) -> tuple[list[cells.Cell], cells.Cells, list[cells.Cell]]:
    """Split the cells of a table into head, rows and footer."""
    head, *rows = value["cells"] or [[]]
    if value["last_row_is_total"] and len(rows) > 1:
        return head, rows[:-1], rows[-1]
    return head, rows, []


def _file_name(word: str, place: Place) -> str:
    return f"{word}-{place.number}.csv"


def _drawn(rows: cells.Cells, kind: str) -> drawing.Drawing:
    labels = [cells.shown(row[0]) for row in rows[1:]]
    series = [
        [float(cells.plain_number(row[column]) or 0) for row in rows[1:]] for column in range(1, len(rows[0]))
    ]
    return drawing.draw(kind, labels, series)


def _undrawable(rows: cells.Cells, kind: str) -> str:
    """Return why the data cannot be drawn, in a sentence for the writer; "" if they can."""
    width = len(rows[0])
    if width < 2 or len(rows) < 3:
        return _now("Grafik memerlukan baris kepala, kolom nama, dan paling sedikit dua baris angka.")
    if width - 1 > SERIES_MAX or len(rows) - 1 > POINTS_MAX:
        return _now(
            "Paling banyak %(series)d deret dan %(points)d baris; pakai tabel untuk data yang lebih besar."
        ) % {
            "series": SERIES_MAX,
            "points": POINTS_MAX,
        }
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != width:
            return _now("Jumlah sel pada baris %(number)d tidak sama dengan baris pertama.") % {
                "number": number
            }
        for cell in row[1:]:
            digits = cells.plain_number(cell)
            if digits is None or len(digits) > DIGITS_MAX:
                return _now(
                    "Baris %(number)d: “%(cell)s” bukan bilangan. Tulis 1.250 atau 54,31, tanpa satuan."
                ) % {"cell": cells.shown(cell), "number": number}
            if kind == "bar" and digits.startswith("-"):
                return _now("Batang mendatar tidak memuat bilangan negatif; pilih kolom atau garis.")
    return ""
