"""Khusus: checking a claim, following an event as it happens, letting somebody answer."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.formats import dated
from cms.publishing.lookup import Lookup
from news.blocks import moments, shapes
from news.blocks.contract import BodyStructBlock, Place
from news.blocks.items import Items
from news.blocks.text import PARAGRAPH_FEATURES, WordsBlock

GROUP = _("Khusus")


class ClaimReviewBlock(BodyStructBlock):
    """A claim that went around, and what is true of it."""

    VERDICTS = [
        ("false", _("Keliru")),
        ("misleading", _("Menyesatkan")),
        ("missing_context", _("Kurang konteks")),
        ("unproven", _("Belum terbukti")),
        ("partly_true", _("Sebagian benar")),
        ("true", _("Benar")),
    ]
    claim = blocks.TextBlock(label=_("Klaim"), rows=2, help_text=_("Tulis persis seperti yang beredar."))
    verdict_code = blocks.ChoiceBlock(label=_("Putusan"), choices=VERDICTS, default="false")
    verdict = blocks.CharBlock(
        label=_("Putusan dengan kata sendiri"), max_length=60, required=False, help_text=_("Boleh kosong.")
    )
    explanation = WordsBlock(label=_("Penjelasan"), features=PARAGRAPH_FEATURES)
    first_seen = dated.DateBlock(label=_("Pertama terlihat"), required=False)
    where = blocks.CharBlock(label=_("Beredar di"), max_length=160, required=False)

    class Meta:
        label = _("Periksa klaim")
        description = _("Klaim yang beredar, putusannya, dan penjelasannya.")
        icon = "tick-inverse"
        group = GROUP
        label_format = "{claim}"
        preview_value = {
            "claim": "Warga harus mengisi NIK pada tautan pesan berantai agar terdaftar sebagai pemilih.",
            "verdict_code": "false",
            "verdict": "",
            "explanation": "<p>KPU tidak meminta NIK, foto KTP, atau kode OTP melalui pesan berantai.</p>",
            "first_seen": "2026-09-13",
            "where": "Grup percakapan",
        }

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add `verdict` in words, its `code`, and `seen`, the day in words."""
        context = super().present(raw, look, place)
        value, verdicts = context["value"], dict(self.VERDICTS)
        code = value["verdict_code"] if value["verdict_code"] in verdicts else "unproven"
        seen = moments.day(value["first_seen"])
        return context | {
            "code": code,
            "verdict": value["verdict"] or verdicts[code],
            "seen": moments.day_text(seen),
            "seen_on": seen.isoformat() if seen else "",
        }

    def represent(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Return the fields; the verdict always has words."""
        context = self.present(raw, look, place)
        return shapes.represent(self, raw, look) | {
            "verdict": str(context["verdict"]),
            "verdict_code": context["code"],
        }

    def plain_text(self, raw: dict[str, Any]) -> str:
        """Return the claim together with its verdict: the one must never be read without the other."""
        value = shapes.opened(self, raw)
        verdict = value["verdict"] or dict(self.VERDICTS).get(value["verdict_code"], "")
        words = super().plain_text({**value, "verdict": ""})
        return f"{verdict}: {words}"


class LiveUpdatesBlock(BodyStructBlock):
    """An event told as it happens."""

    opens_section = True
    order = blocks.ChoiceBlock(
        label=_("Urutan"),
        choices=[("newest_first", _("Terbaru di atas")), ("oldest_first", _("Terlama di atas"))],
        default="newest_first",
    )
    entries = Items(
        blocks.StructBlock(
            [
                ("at", dated.DateTimeBlock(label=_("Waktu"))),
                ("title", blocks.CharBlock(label=_("Judul"), max_length=160)),
                ("text", WordsBlock(label=_("Isi"), features=PARAGRAPH_FEATURES)),
                ("pinned", blocks.BooleanBlock(label=_("Sematkan di atas"), required=False)),
            ],
            icon="time",
            label_format="{title}",
        ),
        label=_("Pembaruan"),
    )

    class Meta:
        label = _("Liputan langsung")
        description = _("Pembaruan menurut jam; yang penting dapat disematkan.")
        icon = "time"
        group = GROUP
        preview_value = {
            "order": "newest_first",
            "entries": [
                {
                    "at": "2026-10-01T12:18:00+07:00",
                    "title": "Rekapitulasi ditetapkan",
                    "text": "<p>Pimpinan rapat mengetuk palu setelah seluruh kecamatan dibacakan.</p>",
                    "pinned": True,
                },
                {
                    "at": "2026-10-01T09:07:00+07:00",
                    "title": "Rapat dibuka",
                    "text": "<p>Rapat dibuka dan dinyatakan terbuka untuk umum.</p>",
                    "pinned": False,
                },
            ],
        }

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add `entries`, pinned first, then in the order of the block: item, its time in words, as ISO."""
        context = super().present(raw, look, place)
        value = context["value"]
        timed = [(moments.moment(item["at"], look.zone), item) for item in value["entries"]]
        timed.sort(
            key=lambda pair: pair[0].timestamp() if pair[0] else 0, reverse=value["order"] != "oldest_first"
        )
        timed.sort(key=lambda pair: not pair[1]["pinned"])
        days = {at.astimezone(look.zone).date() for at, _item in timed if at}
        words = moments.moment_text if len(days) > 1 else moments.clock_text
        entries = [(item, words(at, look.zone), at.isoformat() if at else "") for at, item in timed]
        return context | {"entries": entries, "day": moments.day_text(min(days)) if len(days) == 1 else ""}


class RightOfReplyBlock(BodyStructBlock):
    """Hak jawab: somebody the text is about answers it."""

    sender = blocks.CharBlock(label=_("Dari"), max_length=160)
    received = dated.DateBlock(label=_("Diterima"))
    text = WordsBlock(label=_("Isi hak jawab"), features=PARAGRAPH_FEATURES)

    class Meta:
        label = _("Hak jawab")
        description = _("Tanggapan pihak yang diberitakan, dimuat apa adanya.")
        icon = "comment"
        group = GROUP
        label_format = "{sender}"
        preview_value = {
            "sender": "Forum Guru Pendidikan Kewarganegaraan Kabupaten Serang",
            "received": "2026-11-05",
            "text": "<p>Pelatihan diikuti 58 guru, bukan 85 guru sebagaimana tertulis pada versi awal.</p>",
        }

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add the day it was received, in words and for machines."""
        context = super().present(raw, look, place)
        day = moments.day(context["value"]["received"])
        return context | {"received": moments.day_text(day), "received_on": day.isoformat() if day else ""}

    def represent(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Return the fields; the sender is called `from`."""
        found = shapes.represent(self, raw, look)
        return {"from": found.pop("sender"), **found}
