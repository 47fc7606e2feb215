"""Dasar: blocks of words."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from cms.publishing.lookup import Lookup, References
from news import richtext
from news.blocks.contract import BodyBlock, BodyStructBlock, Place
from news.blocks.lines import LinesBlock

GROUP = _("Dasar")
INLINE_FEATURES = ["bold", "italic", "link", "document-link"]
PARAGRAPH_FEATURES = [*INLINE_FEATURES, "ol", "ul"]


class WordsBlock(blocks.RichTextBlock):
    """Rich text inside another block; what pasting leaves and nobody sees is dropped when it is saved."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": INLINE_FEATURES, **kwargs})

    def clean(self, value: RichText) -> RichText:
        """Return the text without invisible characters and empty paragraphs."""
        return RichText(richtext.tidy(super().clean(value).source))


class ParagraphBlock(BodyBlock, WordsBlock):
    """Clean rich text: paragraphs and lists with bold, italic and links; what Word adds is dropped."""

    def __init__(self, **kwargs: Any) -> None:
        # A new article opens with a paragraph to write in; left empty, it is shown to nobody.
        super().__init__(**{"features": PARAGRAPH_FEATURES, "required": False, **kwargs})

    class Meta:
        label = _("Paragraf")
        description = _("Teks biasa dengan tebal, miring, daftar, dan tautan. Boleh ditempel dari Word.")
        icon = "pilcrow"
        group = GROUP
        preview_value = (
            "<p>Ketua KPU Provinsi Banten membuka rapat pleno terbuka di Serang, Rabu pagi. "
            "<b>Rapat dihadiri delapan KPU kabupaten/kota</b> dan disiarkan langsung.</p>"
        )

    def html(self, raw: str, look: Lookup) -> str:
        """Return the stored text as browsers get it: most blocks are paragraphs, so without a template."""
        return richtext.render_rich_text(raw, look)

    def collect(self, raw: str, found: References) -> None:
        """Add the pages and documents its links lead to: most blocks are paragraphs, so the short way."""
        richtext.rich_text_references(raw, found)


def as_paragraph(text: str) -> str:
    """Return `text` as the rich text a paragraph block stores."""
    return format_html("<p>{}</p>", text)


class HeadingBlock(BodyStructBlock):
    """A heading inside the body; the page's title is level 1."""

    text = blocks.CharBlock(label=_("Teks"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("Tingkat"), choices=[("2", _("Bagian")), ("3", _("Subbagian"))], default="2"
    )
    silent = frozenset({"level"})

    class Meta:
        label = _("Judul bagian")
        description = _("Membagi naskah panjang menjadi bagian-bagian.")
        icon = "title"
        group = GROUP
        label_format = "{text}"
        preview_value = {"text": "Hasil rapat pleno", "level": "2"}

    opens_section = True

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add the `level` it may have: a subsection without a section above it becomes a section."""
        level = 3 if place.has_section and str(raw.get("level")) == "3" else 2
        return super().present(raw, look, place) | {"level": level}

    def represent(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Return the text and the level as a number."""
        return {"text": raw["text"], "level": self.present(raw, look, place)["level"]}


class ListBlock(BodyStructBlock):
    """A list without markup, typed as lines."""

    style = blocks.ChoiceBlock(
        label=_("Bentuk"),
        choices=[("unordered", _("Butir")), ("ordered", _("Bernomor"))],
        default="unordered",
    )
    items = LinesBlock(label=_("Butir"), help_text=_("Satu baris, satu butir."))

    class Meta:
        label = _("Daftar")
        description = _("Daftar pendek, satu baris satu butir. Boleh ditempel dari Word.")
        icon = "list-ul"
        group = GROUP
        preview_value = {
            "style": "ordered",
            "items": [
                "Pastikan data kependudukan sudah direkam.",
                "Baca informasi pemilu dari kanal resmi.",
                "Jaga kerahasiaan pilihan di bilik suara.",
            ],
        }


class QuoteBlock(BodyStructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("Kutipan"), help_text=_("Tanpa tanda petik."), rows=3)
    attribution = blocks.CharBlock(label=_("Nama"), max_length=120)
    role = blocks.CharBlock(label=_("Jabatan"), max_length=200, required=False)

    class Meta:
        label = _("Kutipan")
        description = _("Ucapan narasumber dengan nama dan jabatannya.")
        icon = "openquote"
        group = GROUP
        label_format = "{attribution}"
        preview_value = {
            "text": "Yang kami latih bukan siapa yang dipilih, melainkan bagaimana memeriksa informasi.",
            "attribution": "Sekar Ayuningtyas",
            "role": "Ketua Divisi Sosialisasi KPU Kabupaten Lebak",
        }


class PullQuoteBlock(BodyStructBlock):
    """A sentence of the text, set large."""

    text = blocks.TextBlock(label=_("Kalimat"), rows=2, max_length=200)

    class Meta:
        label = _("Kutipan sorot")
        description = _("Satu kalimat penting dari naskah, ditampilkan besar.")
        icon = "openquote"
        group = GROUP
        label_format = "{text}"
        preview_value = {
            "text": "Koreksi yang terbuka lebih menenangkan daripada kesempurnaan yang tidak dapat diperiksa."
        }


class CalloutBlock(BodyStructBlock):
    """Something readers must not miss."""

    STYLES = [
        ("info", _("Informasi")),
        ("warning", _("Perhatian")),
        ("alert", _("Penting")),
        ("note", _("Catatan")),
        ("plain_summary", _("Ringkasan bahasa sederhana")),
    ]
    style = blocks.ChoiceBlock(label=_("Jenis"), choices=STYLES, default="info")
    title = blocks.CharBlock(label=_("Judul"), max_length=120, required=False)
    text = WordsBlock(label=_("Isi"), features=PARAGRAPH_FEATURES)

    class Meta:
        label = _("Kotak perhatian")
        description = _("Batas waktu, peringatan, atau ringkasan yang tidak boleh terlewat.")
        icon = "info-circle"
        group = GROUP
        label_format = "{title}"
        preview_value = {
            "style": "warning",
            "title": "Batas waktu",
            "text": "<p>Tanggapan diterima paling lambat Jumat, 30 Oktober 2026, pukul 15.30 WIB.</p>",
        }

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add `style_label`, the word that says in text what the colour says."""
        context = super().present(raw, look, place)
        styles = dict(self.STYLES)
        style = context["value"]["style"] if context["value"]["style"] in styles else "info"
        return context | {"style": style, "style_label": styles[style]}


class DividerBlock(BodyBlock, blocks.StaticBlock):
    """A pause between two parts."""

    class Meta:
        label = _("Pemisah")
        description = _("Garis di antara dua bagian naskah.")
        icon = "minus"
        group = GROUP
        admin_text = _("Garis pemisah. Tidak ada yang perlu diisi.")
        preview_value = None

    def represent(self, raw: None, look: Lookup, place: Place) -> None:
        """Return nothing: its type says it all."""

    def plain_text(self, raw: None) -> str:
        """Return no words."""
        return ""
