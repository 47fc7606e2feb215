"""How the management API says no: problem+json, in Indonesian, with what to do instead."""

import re
import traceback
from collections.abc import Callable, Iterable
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelErrors
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as WrongRequest
from pydantic import ValidationError as WrongValue
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionError
from wagtail.api.rich_text import RichTextFormatError
from wagtail.api.v3.errors import problem_response
from wagtail.utils.forms import FormValidationError

from cms.moderation.guarding import NotApproved
from cms.moderation.trash.throwing import TrashRefused

_log = structlog.get_logger(__name__)

_TITLES: dict[int, str | Promise] = {
    400: gettext_lazy("Permintaan tidak dapat dibaca"),
    401: gettext_lazy("Perlu token"),
    403: gettext_lazy("Tidak diizinkan"),
    404: gettext_lazy("Tidak ditemukan"),
    405: gettext_lazy("Cara ini tidak dilayani"),
    409: gettext_lazy("Tidak dapat dilakukan sekarang"),
    422: gettext_lazy("Isian belum benar"),
    500: gettext_lazy("Terjadi kesalahan"),
}
_WORDS: dict[str, str | Promise] = {
    "missing": gettext_lazy("Bagian ini wajib diisi."),
    "extra_forbidden": gettext_lazy("Nama bagian ini tidak dikenal."),
    "int_parsing": gettext_lazy("Isilah dengan bilangan bulat."),
    "int_type": gettext_lazy("Isilah dengan bilangan bulat."),
    "greater_than": gettext_lazy("Bilangan ini terlalu kecil."),
    "greater_than_equal": gettext_lazy("Bilangan ini terlalu kecil."),
    "less_than_equal": gettext_lazy("Bilangan ini terlalu besar."),
    "int_parsing_size": gettext_lazy("Bilangan ini terlalu besar."),
    "string_type": gettext_lazy("Isilah dengan teks."),
    "string_too_long": gettext_lazy("Teks ini terlalu panjang."),
    "bool_parsing": gettext_lazy("Isilah dengan true atau false."),
    "bool_type": gettext_lazy("Isilah dengan true atau false."),
    "list_type": gettext_lazy("Isilah dengan daftar."),
    "model_attributes_type": gettext_lazy("Isilah dengan objek JSON."),
    "literal_error": gettext_lazy("Nilai ini tidak ada dalam pilihan."),
    "union_tag_not_found": gettext_lazy("Sebutkan jenis halamannya di meta.type."),
    "union_tag_invalid": gettext_lazy("Jenis halaman di meta.type tidak ada."),
    "date_from_datetime_parsing": gettext_lazy("Tulis tanggal seperti 2022-05-25."),
    "datetime_from_date_parsing": gettext_lazy("Tulis waktu seperti 2022-05-25T20:05:00+07:00."),
    "convert_alias_page_error": gettext_lazy("Halaman ini bukan alias."),
    "copy_page_integrity_error": gettext_lazy("Halaman tidak dapat disalin ke dalam dirinya sendiri."),
}


_UNKNOWN_BLOCK = re.compile(r"(?P<place>.+): unrecognised block type '(?P<kind>.*)'", re.S)


class Misread(HttpError):
    """A question nobody can answer; the message says how to ask it."""


class Refused(PermissionDenied):
    """Not through this door; the message says which one leads there."""


def submit_instead() -> str:
    """Say how a text comes before readers."""
    return _(
        "Tidak ada yang dapat menerbitkan lewat API. Simpan sebagai konsep, lalu ajukan naskah untuk disetujui"
        " di ruang redaksi; penyetuju yang menerbitkan."
    )


def problem(status: int, detail: object, errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """Return an answer that says what is wrong."""
    title = str(_TITLES.get(status, _TITLES[400]))
    return problem_response(status=status, title=title, detail=str(detail), errors=errors)


def register_words(api: NinjaAPI) -> None:
    """Let `api` answer every exception in our words (before its addresses are read)."""
    answers: Iterable[tuple[type[Exception], Callable[[Any], HttpResponse]]] = (
        (PermissionDenied, _not_allowed),
        (Http404, _not_found),
        (HttpError, _unreadable),
        (RichTextFormatError, lambda error: problem(400, _("Format teks ini tidak dikenal."))),
        (RevertToPageRevisionError, lambda error: problem(422, _("Alias tidak mempunyai versi sendiri."))),
        (WrongRequest, lambda error: _wrong(error.errors)),
        (WrongValue, lambda error: _wrong(error.errors())),
        (ModelErrors, _refused_by_form),
        (IntegrityError, _refused_by_database),
        (RecursionError, lambda error: problem(422, _("Format teks bersarang terlalu dalam. Sederhanakan."))),
        (DataError, lambda error: problem(422, _("Ada nilai yang tidak dapat disimpan."))),
    )
    for kind, answer in answers:
        api.add_exception_handler(kind, _answering(answer))
    api.add_exception_handler(Exception, _failed)


def _answering(answer: Callable[[Any], HttpResponse]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, error: answer(error)


def _not_allowed(error: PermissionDenied) -> HttpResponse:
    if isinstance(error, NotApproved | Refused | TrashRefused):
        return problem(403, error)
    return problem(403, _("Akun pemilik token tidak berwenang melakukan ini. Hubungi administrator kantor."))


def _not_found(error: Http404) -> HttpResponse:
    return problem(404, _("Tidak ada, atau bukan milik kantor Anda."))


def _unreadable(error: HttpError) -> HttpResponse:
    if "limit" in str(error):
        return problem(400, _("limit paling besar %(most)d.") % {"most": settings.WAGTAILAPI_LIMIT_MAX})
    if isinstance(error, Misread):
        return problem(400, error)
    return problem(error.status_code, _("Isi kiriman tidak dapat dibaca. Kirim sebagai JSON yang utuh."))


def _refused_by_form(error: ModelErrors) -> HttpResponse:
    if isinstance(error, FormValidationError):
        found = [
            {"type": code, "loc": list(path), "msg": message}
            for path, messages in error.loc_errors
            for message, code in messages
        ]
    else:
        found = [_in_our_words(message) for message in error.messages]
    return problem(422, _("Ada isian yang belum benar; lihat `errors`."), found)


def _in_our_words(message: str) -> dict[str, Any]:
    if (block := _UNKNOWN_BLOCK.fullmatch(message)) is None:
        return {"msg": message}
    words = _("Jenis blok “%(kind)s” tidak ada. Lihat skema jenis halaman ini.")
    return {"loc": block["place"].split("-"), "msg": words % {"kind": block["kind"]}}


def _wrong(errors: Iterable[Any]) -> HttpResponse:
    found = [
        {
            "type": each["type"],
            "loc": list(each["loc"]),
            "msg": str(_WORDS.get(each["type"]) or _("Nilai ini tidak dapat diterima.")),
        }
        for each in errors
    ]
    return problem(422, _("Ada isian yang belum benar; lihat `errors`."), found)


def _refused_by_database(error: IntegrityError) -> HttpResponse:
    """The last line: a rule of the database that no door above has spoken for."""
    if "four eyes" in str(error):
        _log.warning("management_api.rule_met", error=str(error))
        return problem(403, submit_instead())
    return problem(409, _("Masih dipakai di tempat lain, atau sudah ada yang sama. Tidak ada yang diubah."))


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Blocks that have not the form of blocks break Wagtail's reading of them: that is the sender's mistake."""
    if request.method != "GET" and isinstance(error, KeyError | TypeError | AttributeError | ValueError):
        last = traceback.extract_tb(error.__traceback__)[-1]
        _log.warning("management_api.misshapen", error=repr(error)[:200], at=f"{last.name}:{last.lineno}")
        return problem(
            422, _("Isi kiriman tidak sesuai bentuknya. Bandingkan dengan skema jenis halaman ini.")
        )
    _log.exception("management_api.failed", exc_info=error)
    return problem(500, _("Terjadi kesalahan di pihak kami. Tidak ada yang diubah."))
