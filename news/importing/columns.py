"""The plain columns of an article, from the values of a line."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from news.importing.lines import Refused
from news.models import NewsArticlePage

COLUMNS = (
    "kind", "short_title", "dateline_place", "show_dateline", "event_date", "printed_dateline",
    "author_unit", "writers", "author_role", "photographer", "editor_name", "has_end_mark",
    "priority", "is_pinned", "language", "live_status", "official_number", "official_date",
    "signatory_role", "valid_from", "valid_until", "information_category", "contains_personal_data",
    "review_by", "is_fictional", "disclaimer", "legacy_view_count", "seo_title", "search_description",
)  # fmt: skip
# What other systems call it.
ALIASES = {"author": "author_unit", "place": "dateline_place", "view_count": "legacy_view_count"}
FIRST_YEAR = 1900


def read_columns(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns `data` names, cleaned as the editor's form would; null and "" mean the default.

    Raises Refused where a value does not fit its column.
    """
    given = {ALIASES[key]: value for key, value in data.items() if key in ALIASES}
    given |= {key: data[key] for key in COLUMNS if key in data}
    columns = {key: _clean(key, value) for key, value in given.items() if value not in (None, "")}
    if columns.get("valid_from") and columns.get("valid_until", dt.date.max) < columns["valid_from"]:
        raise Refused(_("Akhir masa berlaku mendahului awalnya."))
    return columns


def read_text(data: Mapping[str, Any], key: str, longest: int) -> str:
    """Return the text under `key` on one line, "" if there is none.

    Raises Refused where it is no text or has more than `longest` characters.
    """
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(_("Isi “%(key)s” bukan teks.") % {"key": key})
    text = " ".join(value.split())
    if len(text) > longest:
        raise Refused(
            _("Isi “%(key)s” %(now)d huruf, paling banyak %(max)d.")
            % {"key": key, "now": len(text), "max": longest}
        )
    return text


def read_moment(data: Mapping[str, Any], keys: tuple[str, ...], zone: ZoneInfo) -> dt.datetime | None:
    """Return the moment under the first of `keys` that is filled; without an offset it is of `zone`.

    Raises Refused where it is no ISO 8601 date or time, or lies before 1900.
    """
    key = next((key for key in keys if data.get(key) not in (None, "")), None)
    if key is None:
        return None
    refusal = Refused(
        _("Isi “%(key)s” bukan tanggal yang dikenal; tulis seperti 2022-05-25T20:05:00+07:00.") % {"key": key}
    )
    if not isinstance(data[key], str):
        raise refusal
    try:
        moment = dt.datetime.fromisoformat(data[key].strip())
        moment = moment.replace(tzinfo=moment.tzinfo or zone)
        local = moment.astimezone(zone)
    except (ValueError, OverflowError):
        raise refusal from None
    if not FIRST_YEAR <= local.year < dt.MAXYEAR:
        raise refusal
    return moment.replace(microsecond=0)  # lists order by whole seconds


def _clean(key: str, value: object) -> Any:
    field = NewsArticlePage._meta.get_field(key)
    is_text = isinstance(field, models.CharField | models.TextField)
    if is_text and isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str if is_text else str | int | bool):
        raise Refused(_("Isi “%(key)s” tidak dikenali.") % {"key": key})
    try:
        return field.clean(value.strip() if isinstance(value, str) else value, None)
    except TypeError:  # a date field that is given a number
        raise Refused(_("Isi “%(key)s” tidak dikenali.") % {"key": key}) from None
    except ValidationError as error:
        reason = " ".join(error.messages)
        raise Refused(
            _("Isi “%(key)s” tidak diterima: %(reason)s") % {"key": key, "reason": reason}
        ) from None
