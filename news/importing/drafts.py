"""One line's object, turned into what the writer needs to make an article of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.text import slugify
from django.utils.translation import gettext as _

from news.form_rules import TAGS_MAX, TITLE_MAX
from news.importing.columns import ALIASES, COLUMNS, read_columns, read_moment, read_text
from news.importing.lines import Refused
from news.importing.shapes import read_body
from news.importing.words import fitting_lead

LEAD_MAX = 300
_OTHER_KEYS = {
    "id", "legacy_url", "slug", "title", "lead", "date", "published_at", "updated", "updated_at", "live",
    "section", "category", "topics", "tags", "blocks", "body",
}  # fmt: skip
KNOWN_KEYS = frozenset({*COLUMNS, *ALIASES, *_OTHER_KEYS})


@dataclass(frozen=True)
class Label:
    """A section or topic as a line names it."""

    slug: str
    name: str


@dataclass
class Draft:
    """An article to be: its columns, its filing, and what its maker should know about it."""

    line: int
    legacy_url: str
    slug: str
    live: bool
    columns: dict[str, Any]
    body: list[dict[str, Any]]
    section: Label | None
    topics: list[Label]
    tags: list[str]
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Target:
    """Where the articles go: the office's site, zone and news index, and the instant of the import."""

    site_id: int
    code: str
    zone: ZoneInfo
    author_unit: str
    index_id: int
    now: dt.datetime


def legacy_url(data: Mapping[str, Any], target: Target) -> str:
    """Return what tells this article from every other: its old address, or `import:<office>:<id or slug>`.

    Raises Refused where a line has none of the three.
    """
    given = read_text(data, "legacy_url", 500)
    if given:
        return given
    number = data.get("id")
    name = str(number) if isinstance(number, int) and not isinstance(number, bool) else ""
    name = name or read_text(data, "id" if isinstance(number, str) else "slug", 255)
    if not name:
        raise Refused(_("Tidak ada “legacy_url”, “id”, atau “slug” yang membedakan artikel ini."))
    return f"import:{target.code}:{name}"


def read_draft(data: Mapping[str, Any], line: int, address: str, target: Target) -> Draft:
    """Return the article `data` describes, known from now on as `address`.

    Raises Refused with a reason where it cannot be one.
    """
    title = read_text(data, "title", 255)
    if not title:
        raise Refused(_("Judul (“title”) tidak ada."))
    draft = Draft(
        line=line,
        legacy_url=address,
        slug=_slug(data, title),
        live=data.get("live", True) is not False,
        columns={"author_unit": target.author_unit, **read_columns(data), "title": title},
        body=read_body(data.get("blocks", data.get("body")), address),
        section=_label(data.get("section") or data.get("category"), "section"),
        topics=_labels(data.get("topics"), "topics"),
        tags=_tags(data.get("tags")),
    )
    _add_dates(draft, data, target)
    _add_lead(draft, data)
    if len(title) > TITLE_MAX:
        draft.warnings.append(
            _("Judul %(now)d huruf, lebih dari %(max)d: perlu dipendekkan saat disunting.")
            % {"now": len(title), "max": TITLE_MAX}
        )
    if len(draft.tags) > TAGS_MAX:
        draft.warnings.append(_("Lebih dari delapan tagar."))
    return draft


def _add_dates(draft: Draft, data: Mapping[str, Any], target: Target) -> None:
    published = read_moment(data, ("published_at", "date"), target.zone)
    updated = read_moment(data, ("updated_at", "updated"), target.zone)
    if published is None and draft.live:
        raise Refused(_("Tanggal terbit (“published_at” atau “date”) tidak ada."))
    if published and published > target.now and draft.live:
        # Whatever the old system held back must not come out by being imported.
        draft.live = False
        draft.warnings.append(_("Tanggal terbitnya di masa depan: diimpor sebagai konsep."))
    if published and updated and updated < published:
        updated = None
        draft.warnings.append(_("Waktu pembaruan mendahului waktu terbit: dilewati."))
    draft.columns |= {"published_at": published, "updated_at": updated if updated != published else None}
    if published:
        draft.columns.setdefault("event_date", published.astimezone(target.zone).date())


def _add_lead(draft: Draft, data: Mapping[str, Any]) -> None:
    lead, rest = fitting_lead(read_text(data, "lead", 100_000), LEAD_MAX)
    draft.columns["lead"] = lead
    if rest:
        draft.body[:0] = read_body([{"type": "paragraph", "text": rest}], f"{draft.legacy_url}#lead")
        draft.warnings.append(_("Teras lebih dari 300 huruf: sisanya menjadi paragraf pertama."))
    if not lead:
        draft.warnings.append(_("Teras tidak ada: perlu diisi saat disunting."))


def _slug(data: Mapping[str, Any], title: str) -> str:
    for text in (read_text(data, "slug", 2_000), title, str(data.get("id", ""))):
        if slug := slugify(text)[:240].strip("-_"):
            return slug
    return "artikel"


def _label(value: object, key: str) -> Label | None:
    if value in (None, "", {}):
        return None
    data = {"name": value} if isinstance(value, str) else value
    if not isinstance(data, dict):
        raise Refused(_("Isi “%(key)s” bukan nama atau {slug, name}.") % {"key": key})
    name = read_text(data, "name", 60)
    slug = slugify(read_text(data, "slug", 60) or name)[:60].strip("-_")
    if not slug:
        raise Refused(_("Isi “%(key)s” tidak punya nama.") % {"key": key})
    return Label(slug, name or slug.replace("-", " ").capitalize())


def _labels(value: object, key: str) -> list[Label]:
    if not isinstance(value or [], list):
        raise Refused(_("Isi “%(key)s” bukan daftar.") % {"key": key})
    found = (_label(item, key) for item in value or [])  # ty: ignore[not-iterable]
    return list(dict.fromkeys(label for label in found if label))


def _tags(value: object) -> list[str]:
    if not isinstance(value or [], list):
        raise Refused(_("Isi “%(key)s” bukan daftar.") % {"key": "tags"})
    names = (read_text({"tags": item}, "tags", 100) for item in value or [])  # ty: ignore[not-iterable]
    return list({name.casefold(): name for name in names if name}.values())
