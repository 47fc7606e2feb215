"""Layanan: what a reader can do, ask, attend, and whom to write to."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.formats import dated
from cms.publishing.lookup import Lookup
from cms.publishing.phones import dialled
from news.blocks import hosts, moments, shapes
from news.blocks.contract import BodyStructBlock, Place
from news.blocks.items import Items
from news.blocks.refusals import refuse
from news.blocks.text import PARAGRAPH_FEATURES, WordsBlock

GROUP = _("Layanan")


def _titled(**labels: Any) -> blocks.StructBlock:
    """Return a block of a title and an explanation, the two named as given."""
    (first, first_label), (second, second_label) = labels.items()
    return blocks.StructBlock(
        [
            (first, blocks.CharBlock(label=first_label, max_length=200)),
            (second, WordsBlock(label=second_label, features=PARAGRAPH_FEATURES)),
        ],
        icon="list-ol",
        label_format=f"{{{first}}}",
    )


class StepsBlock(BodyStructBlock):
    """What to do, in order."""

    items = Items(_titled(title=_("Langkah"), text=_("Penjelasan")), label=_("Langkah"), most=30)

    class Meta:
        label = _("Langkah-langkah")
        description = _("Urutan yang harus diikuti, bernomor sendiri.")
        icon = "list-ol"
        group = GROUP
        preview_value = {
            "items": [
                {
                    "title": "Siapkan dokumen",
                    "text": "<p>KTP elektronik atau surat keterangan perekaman.</p>",
                },
                {"title": "Periksa data", "text": "<p>Cocokkan nama dan TPS pada laman resmi.</p>"},
                {"title": "Simpan tanda terima", "text": "<p>Petugas memberikan tanda terima.</p>"},
            ]
        }


class FaqBlock(BodyStructBlock):
    """Questions people ask, with answers."""

    items = Items(_titled(question=_("Pertanyaan"), answer=_("Jawaban")), label=_("Pertanyaan"), most=40)

    class Meta:
        label = _("Tanya jawab")
        description = _("Pertanyaan yang sering diajukan dengan jawabannya.")
        icon = "help"
        group = GROUP
        preview_value = {
            "items": [
                {
                    "question": "Apakah ada biaya?",
                    "answer": "<p>Tidak. Semua layanan data pemilih gratis.</p>",
                },
                {
                    "question": "Apakah data saya dipublikasikan?",
                    "answer": "<p>Tidak. Yang diumumkan adalah rekapitulasi jumlah.</p>",
                },
            ]
        }


class AccordionBlock(BodyStructBlock):
    """Details that most readers may skip."""

    items = Items(_titled(title=_("Judul"), text=_("Isi")), label=_("Bagian"), most=40)

    class Meta:
        label = _("Buka-tutup")
        description = _("Rincian yang dibuka pembaca bila perlu.")
        icon = "collapse-down"
        group = GROUP
        preview_value = {
            "items": [
                {"title": "Alamat layanan", "text": "<p>Kantor KPU Kota Tangerang Selatan.</p>"},
                {"title": "Dasar hukum", "text": "<p>Undang-Undang Nomor 7 Tahun 2017.</p>"},
            ]
        }


class EventBlock(BodyStructBlock):
    """Something one can attend."""

    silent = frozenset({"end"})
    name = blocks.CharBlock(label=_("Acara"), max_length=200)
    start = dated.DateTimeBlock(label=_("Mulai"))
    end = dated.DateTimeBlock(label=_("Selesai"), required=False)
    place = blocks.CharBlock(label=_("Tempat"), max_length=200, required=False)
    attendance = blocks.CharBlock(
        label=_("Kehadiran"),
        max_length=200,
        required=False,
        help_text=_("Misalnya: terbuka untuk umum, 80 kursi."),
    )
    livestream = blocks.URLBlock(label=_("Siaran langsung"), required=False)

    class Meta:
        label = _("Acara")
        description = _("Waktu, tempat, dan cara hadir.")
        icon = "calendar"
        group = GROUP
        label_format = "{name}"
        preview_value = {
            "name": "Rapat pleno terbuka rekapitulasi daftar pemilih",
            "start": "2026-10-01T09:00:00+07:00",
            "end": "2026-10-01T12:30:00+07:00",
            "place": "Aula KPU Kabupaten Tangerang, Tigaraksa",
            "attendance": "Terbuka untuk umum; tempat terbatas 80 kursi",
            "livestream": "https://www.youtube.com/watch?v=contoh00000",
        }

    def clean(self, value: Any) -> blocks.StructValue:
        """Refuse an end before the start."""
        cleaned = super().clean(value)
        if cleaned["start"] and cleaned["end"] and cleaned["end"] < cleaned["start"]:
            refuse(end=_now("Waktu selesai mendahului waktu mulai. Periksa tanggal dan jamnya."))
        return cleaned

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add `when` in words, `start` and `end` for machines, and the plain `livestream` address."""
        context = super().present(raw, look, place)
        value = context["value"]
        start, end = moments.moment(value["start"], look.zone), moments.moment(value["end"], look.zone)
        return context | {
            "when": moments.period_text(value["start"], value["end"], look.zone),
            "start": start.isoformat() if start else "",
            "end": end.isoformat() if end else "",
            "livestream": hosts.web_address(value["livestream"]),
        }


class ContactBlock(BodyStructBlock):
    """Whom to ask."""

    unit = blocks.CharBlock(label=_("Unit"), max_length=160)
    person = blocks.CharBlock(label=_("Nama"), max_length=120, required=False)
    email = blocks.EmailBlock(label=_("Surel"), required=False)
    phone = blocks.CharBlock(label=_("Telepon"), max_length=40, required=False)
    address = blocks.CharBlock(label=_("Alamat"), max_length=250, required=False)
    hours = blocks.CharBlock(label=_("Jam layanan"), max_length=120, required=False)

    class Meta:
        label = _("Kontak")
        description = _("Unit yang dapat dihubungi pembaca atau wartawan.")
        icon = "mail"
        group = GROUP
        label_format = "{unit}"
        preview_value = {
            "unit": "Humas KPU Provinsi Banten",
            "person": "",
            "email": "humas@kpubanten.example",
            "phone": "(0254) 200 000",
            "address": "",
            "hours": "Senin sampai Jumat, pukul 08.00 sampai 16.00 WIB",
        }

    def clean(self, value: Any) -> blocks.StructValue:
        """Refuse a contact nobody can reach."""
        cleaned = super().clean(value)
        can_reach = any(cleaned[name] for name in ("email", "phone", "address"))
        if not can_reach and not self.is_deferred_validation:
            refuse(email=_now("Isi surel, telepon, atau alamat, agar unit ini dapat dihubungi."))
        return cleaned

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add `dialled`, the number as a phone wants it."""
        context = super().present(raw, look, place)
        return context | {"dialled": dialled(context["value"]["phone"])}


class RelatedBlock(BodyStructBlock):
    """Other pages on the same matter, chosen by hand."""

    title = blocks.CharBlock(label=_("Judul"), max_length=120, required=False)
    pages = Items(blocks.PageChooserBlock(), label=_("Halaman"), most=6)

    class Meta:
        label = _("Baca juga")
        description = _("Tautan ke halaman lain yang berkaitan.")
        icon = "link"
        group = GROUP
        preview_value = {"title": "", "pages": [None, None]}

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add `links`: the pages readers can open."""
        context = super().present(raw, look, place)
        return context | {"links": [link for pk in context["value"]["pages"] if (link := look.page(pk))]}

    def represent(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Return the pages readers can open."""
        found = shapes.represent(self, raw, look)
        return found | {"pages": [page for page in found["pages"] if page]}
