"""Blocks of words."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.publishing.lookup import Lookup, References
from news.blocks.contract import BodyBlock

INLINE_FEATURES = ["bold", "italic", "link", "document-link"]


class ParagraphBlock(BodyBlock, blocks.RichTextBlock):
    """Clean rich text: paragraphs with bold, italic and links; what Word adds is dropped."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=INLINE_FEATURES, **kwargs)

    class Meta:
        label = _("Paragraf")
        description = _("Teks biasa dengan tebal, miring, dan tautan.")
        icon = "pilcrow"
        preview_value = "<p>Ketua KPU Provinsi Banten membuka rapat pleno terbuka di Serang, Rabu pagi.</p>"

    def plain_text(self, raw: str) -> str:
        from news.body import rich_text_as_text

        return rich_text_as_text(raw)

    def collect(self, raw: str, found: References) -> None:
        from news.body import rich_text_references

        rich_text_references(raw, found)

    def represent(self, raw: str, look: Lookup) -> dict[str, str]:
        from news.body import render_rich_text

        return {"html": str(render_rich_text(raw, look)), "text": self.plain_text(raw)}


def as_paragraph(text: str) -> str:
    """Return `text` as the rich text a paragraph block stores."""
    return format_html("<p>{}</p>", text)


class HeadingBlock(BodyBlock, blocks.StructBlock):
    """A heading inside the body; the page's title is level 1."""

    text = blocks.CharBlock(label=_("Teks"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("Tingkat"), choices=[("2", _("Bagian")), ("3", _("Subbagian"))], default="2"
    )

    class Meta:
        label = _("Judul bagian")
        description = _("Membagi naskah panjang menjadi bagian-bagian.")
        icon = "title"
        preview_value = {"text": "Hasil rapat pleno", "level": "2"}

    def plain_text(self, raw: dict[str, Any]) -> str:
        return raw["text"]
