"""The field in which cells are typed or pasted from a spreadsheet."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.staticfiles import versioned_static
from wagtail.blocks import FieldBlock

from news.blocks import cells

ROWS_MAX, COLUMNS_MAX = 300, 20


class GridInput(forms.Textarea):
    """A text area that a small script turns into a grid of cells; pasting fills it, like a spreadsheet."""

    def __init__(self) -> None:
        words = {
            "row": gettext_lazy("Tambah baris"),
            "column": gettext_lazy("Tambah kolom"),
            "drop-row": gettext_lazy("Hapus baris %s"),
            "drop-column": gettext_lazy("Hapus kolom %s"),
            "cell": gettext_lazy("Baris %1, kolom %2"),
            "hint": gettext_lazy("Salin sel di Excel, lalu tempel di sel mana pun."),
        }
        super().__init__({"rows": 6, "data-controller": "grid-input"} | _data(words))

    @property
    def media(self) -> forms.Media:
        """Return the script and the style of the grid."""
        return forms.Media(
            js=[versioned_static("editing/grid-input.js")],
            css={"all": [versioned_static("editing/grid-input.css")]},
        )


class CellsBlock(FieldBlock):
    """Stores a list of rows, each a list of cells of the same number."""

    def __init__(self, required: bool = True, help_text: str | None = None, **kwargs: Any) -> None:
        self.field_options = {"required": required, "help_text": help_text}
        super().__init__(**kwargs)

    class Meta:
        default = []
        icon = "table"

    @cached_property
    def field(self) -> forms.CharField:
        """Return the text area; its text is tab-separated."""
        return forms.CharField(widget=GridInput(), strip=False, **self.field_options)

    def value_from_form(self, value: Any) -> cells.Cells:
        """Return the cells of a text."""
        return cells.parse(value) if isinstance(value, str) else [list(row) for row in value or ()]

    def value_for_form(self, value: Any) -> str:
        """Return the cells as text."""
        return cells.written(value or [])

    def get_default(self) -> cells.Cells:
        """Return rows of its own for each new block."""
        return [list(row) for row in self.meta.default]

    def clean(self, value: Any) -> cells.Cells:
        """Raise a ValidationError that names the row to repair."""
        rows = super().clean(value)
        if rows:
            _check(rows)
        return rows


def _data(words: dict[str, Any]) -> dict[str, Any]:
    return {f"data-grid-input-{name}-value": word for name, word in words.items()}


def _check(rows: cells.Cells) -> None:
    width = len(rows[0])
    if len(rows) > ROWS_MAX or width > COLUMNS_MAX:
        raise ValidationError(
            _("Paling banyak %(rows)d baris dan %(columns)d kolom. Lebih dari itu, lampirkan dokumen.")
            % {"rows": ROWS_MAX, "columns": COLUMNS_MAX}
        )
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise ValidationError(
                _("Baris %(number)d berisi %(now)d sel, baris pertama %(width)d sel. Samakan jumlahnya.")
                % {"number": number, "now": len(row), "width": width}
            )
        if formula := next((cell for cell in row if cells.is_formula(cell)), None):
            raise ValidationError(
                _("Baris %(number)d memuat rumus (%(cell)s). Tulis hasilnya saja.")
                % {"number": number, "cell": formula}
            )
