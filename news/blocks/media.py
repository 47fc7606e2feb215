"""Media: pictures, films, sounds and files. Nothing here loads from another host before a reader asks."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.publishing.lookup import Lookup
from news.blocks import hosts, moments, shapes
from news.blocks.contract import BodyStructBlock, Place
from news.blocks.items import Items
from news.blocks.refusals import refuse
from news.blocks.text import WordsBlock

GROUP = _("Media")
FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|heic|webp|gif|avif)|(?:IMG|DSC|WA)[-_ ]?\d+\S*", re.I)


def no_file_name(text: str) -> None:
    """Refuse a file name as the words for people who cannot see the picture."""
    if FILE_NAME.fullmatch(text.strip()):
        raise ValidationError(_("Ini nama berkas. Tulis apa yang tampak pada foto: siapa melakukan apa."))


class PictureBlock(blocks.StructBlock):
    """A picture with what readers need to understand it."""

    image = ImageChooserBlock(label=_("Foto"))
    alt = blocks.CharBlock(
        label=_("Teks alternatif"),
        max_length=250,
        validators=[no_file_name],
        help_text=_("Ceritakan isi foto kepada orang yang tidak dapat melihatnya."),
    )
    caption = blocks.CharBlock(label=_("Keterangan"), max_length=300, required=False)
    credit = blocks.CharBlock(
        label=_("Kredit"),
        max_length=120,
        required=False,
        help_text=_("Kosongkan untuk memakai kredit dari pustaka foto."),
    )

    class Meta:
        label = _("Foto")
        icon = "image"
        label_format = "{caption}"


class ImageBlock(BodyStructBlock, PictureBlock):
    """One picture in the text."""

    silent = frozenset({"credit"})

    class Meta:
        label = _("Foto")
        description = _("Satu foto dengan keterangan dan kredit.")
        icon = "image"
        group = GROUP
        preview_value = {
            "image": None,
            "alt": "Petugas memasukkan surat suara contoh ke dalam kotak suara",
            "caption": "Simulasi pemungutan suara di aula sekolah.",
            "credit": "Humas KPU Kabupaten Lebak",
        }


class GalleryBlock(BodyStructBlock):
    """Several pictures of one event."""

    title = blocks.CharBlock(label=_("Judul galeri"), max_length=160, required=False)
    images = Items(PictureBlock(), label=_("Foto"), fewest=2, most=40)
    silent = frozenset({"credit"})

    class Meta:
        label = _("Galeri foto")
        description = _("Dua foto atau lebih dari satu kegiatan.")
        icon = "copy"
        group = GROUP
        label_format = "{title}"
        preview_value = {
            "title": "Suasana kelas demokrasi",
            "images": [
                {
                    "image": None,
                    "alt": f"Pelajar pada {what}",
                    "caption": f"{what.capitalize()}.",
                    "credit": "",
                }
                for what in ("sesi memeriksa pesan berantai", "simulasi pemungutan suara", "foto bersama")
            ],
        }


class _PlayableBlock(BodyStructBlock):
    """A film or a sound: from YouTube, uploaded, or on a host of the state."""

    silent = frozenset({"id", "duration"})
    provider = blocks.ChoiceBlock(
        label=_("Sumber"),
        choices=[("file", _("Berkas unggahan")), ("url", _("Alamat di situs pemerintah (.go.id)"))],
        default="file",
    )
    file = DocumentChooserBlock(label=_("Berkas"), required=False)
    url = blocks.URLBlock(label=_("Alamat berkas"), required=False)
    title = blocks.CharBlock(label=_("Judul"), max_length=160)
    caption = blocks.CharBlock(label=_("Keterangan"), max_length=300, required=False)
    duration = blocks.CharBlock(
        label=_("Lama"), max_length=12, required=False, help_text=_("Jam:menit:detik, misalnya 1:05:30.")
    )
    transcript = blocks.TextBlock(
        label=_("Transkrip"),
        required=False,
        rows=4,
        help_text=_("Isi ucapan, untuk orang yang tidak mendengar."),
    )
    transcript_file = DocumentChooserBlock(label=_("Transkrip sebagai dokumen"), required=False)

    def clean(self, value: Any) -> blocks.StructValue:
        """Refuse a source that is not given, an address outside the allow-list, an unreadable length."""
        cleaned = super().clean(value)
        refuse(**self.complaints(cleaned))
        return cleaned

    def complaints(self, value: Any) -> dict[str, str]:
        """Return a sentence for each field that is wrong."""
        found: dict[str, str] = {}
        provider, url = value["provider"], value["url"]
        if provider == "file" and not value["file"] and not self.is_deferred_validation:
            found["file"] = _now("Pilih berkas yang akan diputar.")
        if provider == "url" and not url and not self.is_deferred_validation:
            found["url"] = _now("Isi alamat berkas yang akan diputar.")
        if provider == "url" and url and not hosts.is_official_file(url):
            found["url"] = _now(
                "Hanya alamat https di situs pemerintah (.go.id). Lainnya: unggah atau tulis tautannya."
            )
        if value["duration"] and not moments.seconds(value["duration"]):
            found["duration"] = _now("Tulis lama putar sebagai jam:menit:detik, misalnya 1:05:30.")
        return found

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add what plays: `link` for everybody, `source` (a file of ours) or `frame` (after a click)."""
        context = super().present(raw, look, place)
        value = context["value"]
        file = look.document(value["file"]) if value["provider"] == "file" else None
        url = hosts.web_address(value["url"]) if value["provider"] == "url" else ""
        return context | {
            "source": file.url if file else "",
            "link": file.url if file else url,
            "frame": hosts.Frame(url, url.split("/")[2]) if hosts.is_official_file(url) else None,
            "duration": moments.duration_text(value["duration"]),
            "transcript_file": look.document(value["transcript_file"]),
        }

    def represent(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Return the fields, with the length as ISO 8601."""
        found = shapes.represent(self, raw, look)
        return found | {"duration": moments.iso_duration(found["duration"])}


class VideoBlock(_PlayableBlock):
    """A film; YouTube is asked only after a click."""

    provider = blocks.ChoiceBlock(
        label=_("Sumber"),
        choices=[
            ("youtube", "YouTube"),
            ("file", _("Berkas unggahan")),
            ("url", _("Alamat di situs pemerintah (.go.id)")),
        ],
        default="youtube",
    )
    id = blocks.CharBlock(
        label=_("Alamat YouTube"), max_length=200, required=False, help_text=_("Tempel tautan videonya.")
    )
    poster = ImageChooserBlock(label=_("Gambar sampul"), required=False)
    captions = blocks.BooleanBlock(label=_("Ada teks (subtitle)"), required=False)
    captions_file = DocumentChooserBlock(
        label=_("Berkas teks (.vtt)"), required=False, help_text=_("Untuk berkas unggahan.")
    )
    sign_language = blocks.BooleanBlock(label=_("Ada juru bahasa isyarat"), required=False)

    class Meta:
        label = _("Video")
        description = _("Video yang baru dimuat setelah pembaca menekannya.")
        icon = "media"
        group = GROUP
        label_format = "{title}"
        form_layout = blocks.BlockGroup(
            ["provider", "id", "file", "url", "title", "caption", "poster"],
            settings=[
                "duration", "captions", "captions_file", "sign_language", "transcript", "transcript_file",
            ],
        )  # fmt: skip
        preview_value = {
            "provider": "youtube",
            "id": "contoh00000",
            "file": None,
            "url": "",
            "title": "Rekaman rapat pleno",
            "caption": "",
            "duration": "3:18:00",
            "transcript": "Rapat dibuka pukul sembilan pagi.",
            "transcript_file": None,
            "poster": None,
            "captions": True,
            "captions_file": None,
            "sign_language": True,
        }

    def clean(self, value: Any) -> blocks.StructValue:
        """Store the id of a YouTube video, whatever form of its address was pasted."""
        cleaned = super().clean(value)
        if cleaned["provider"] == "youtube" and cleaned["id"]:
            cleaned["id"] = hosts.youtube_id(cleaned["id"])
        return cleaned

    def complaints(self, value: Any) -> dict[str, str]:
        """Return a sentence for each field that is wrong."""
        found = super().complaints(value)
        if value["provider"] == "youtube" and not value["id"] and not self.is_deferred_validation:
            found["id"] = _now("Tempel tautan video YouTube.")
        if value["provider"] == "youtube" and value["id"] and not hosts.youtube_id(value["id"]):
            found["id"] = _now("Ini bukan tautan video YouTube. Contoh: https://www.youtube.com/watch?v=…")
        return found

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add the `poster`, the `track` of captions, and YouTube's frame."""
        context = super().present(raw, look, place)
        value = context["value"]
        video = hosts.youtube_id(value["id"]) if value["provider"] == "youtube" else ""
        if video:
            context |= {
                "link": f"https://www.youtube.com/watch?v={video}",
                "frame": hosts.youtube_frame(video),
            }
        track = look.document(value["captions_file"]) if context["source"] else None
        return context | {"poster": look.picture(value["poster"]), "track": track}


class AudioBlock(_PlayableBlock):
    """A sound: a statement, a podcast, a radio spot."""

    class Meta:
        label = _("Audio")
        description = _("Rekaman suara dengan transkrip.")
        icon = "media"
        group = GROUP
        label_format = "{title}"
        preview_value = {
            "provider": "url",
            "file": None,
            "url": "https://banten.kpu.go.id/suara/wawancara.mp3",
            "title": "Wawancara: memeriksa nama dalam daftar pemilih",
            "caption": "",
            "duration": "12:30",
            "transcript": "Selamat pagi. Hari ini kita membahas daftar pemilih.",
            "transcript_file": None,
        }


class DocumentsBlock(BodyStructBlock):
    """Files for download, with number, date, pages and size."""

    items = Items(DocumentChooserBlock(), label=_("Dokumen"))

    class Meta:
        label = _("Dokumen")
        description = _("Berkas untuk diunduh dengan nomor, tanggal, dan ukurannya.")
        icon = "doc-full"
        group = GROUP
        preview_value = {"items": [None, None]}

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add `files`: those that still exist."""
        context = super().present(raw, look, place)
        files = [file for pk in context["value"]["items"] if (file := look.document(pk))]
        return context | {"files": [(file, moments.day_text(file.official_date)) for file in files]}

    def represent(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Return the files that still exist."""
        found = shapes.represent(self, raw, look)
        return {"items": [file for file in found["items"] if file]}


class EmbedBlock(BodyStructBlock):
    """Something on an allowed host, shown after a click."""

    url = blocks.URLBlock(label=_("Alamat"), help_text=_("Tautan kiriman, peta, atau formulir."))
    title = blocks.CharBlock(label=_("Judul"), max_length=160, help_text=_("Apa yang akan dilihat pembaca."))
    caption = WordsBlock(label=_("Keterangan"), required=False)

    class Meta:
        label = _("Sematan")
        description = _("Kiriman media sosial, peta, atau formulir dari layanan yang diizinkan.")
        icon = "code"
        group = _("Khusus")
        label_format = "{title}"
        preview_value = {
            "url": "https://www.openstreetmap.org/export/embed.html?bbox=106.14,-6.13,106.17,-6.11",
            "title": "Peta kantor KPU Provinsi Banten",
            "caption": "<p>Kantor KPU Provinsi Banten di Serang.</p>",
        }

    def clean(self, value: Any) -> blocks.StructValue:
        """Refuse a host that is not on the list, and say which are."""
        cleaned = super().clean(value)
        if cleaned["url"] and not hosts.frame_for(cleaned["url"]):
            refuse(
                url=_now(
                    "Alamat ini tidak boleh disematkan. Yang boleh: %(hosts)s. Lainnya, tulis sebagai tautan."
                )
                % {"hosts": ", ".join(hosts.PROVIDERS)}
            )
        return cleaned

    def present(self, raw: dict[str, Any], look: Lookup, place: Place) -> dict[str, Any]:
        """Add the `frame` a click loads (None for a host no longer allowed) and the plain `link`."""
        context = super().present(raw, look, place)
        url = context["value"]["url"]
        return context | {"frame": hosts.frame_for(url), "link": hosts.web_address(url)}
