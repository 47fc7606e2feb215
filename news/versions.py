"""The text an article had before it was corrected, from the correction that keeps it."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cms.publishing.office import Office
from news.blocks.catalogue import names
from news.body import Raw
from news.corrections import Correction
from news.dates import dateline
from news.differing import Piece, paragraphs, words
from news.framing import framed_text
from news.models import NewsArticlePage


@dataclass(frozen=True)
class Version:
    """An earlier text of a live article, and how today's differs from it."""

    title: str
    lead: str
    text: list[str]
    title_changes: list[Piece]
    lead_changes: list[Piece]
    changes: list[list[Piece]]


def correction_of(page: NewsArticlePage, number: int) -> Correction | None:
    """Return the correction that keeps version `number` of `page`; None where readers may not read it."""
    kept = Correction.objects.filter(page_id=page.alias_of_id or page.pk, version=number, is_erased=False)
    return kept.exclude(earlier_text=None).first()


def version_of(page: NewsArticlePage, correction: Correction, office: Office) -> Version:
    """Return the text that `correction` has replaced."""
    content: Mapping[str, Any] = correction.earlier_text or {}
    title, lead = str(content.get("title") or ""), str(content.get("lead") or "")
    earlier = _spoken(_body(content), _dateline(content, office))
    now = _spoken(page.body.raw_data, page.dateline(office.dateline))
    return Version(
        title, lead, earlier, words(title, page.title), words(lead, page.lead), list(paragraphs(earlier, now))
    )


def _dateline(content: Mapping[str, Any], office: Office) -> str:
    """Compose it of the plain values: making a page asks the database for its type, which publishing forbids."""
    day = dt.date.fromisoformat(content["event_date"]) if content.get("event_date") else None
    return dateline(
        content.get("dateline_place") or office.dateline,
        day,
        printed=content.get("printed_dateline") or "",
        is_shown=content.get("show_dateline", True),
    )


def _body(content: Mapping[str, Any]) -> list[Raw]:
    """Return its blocks; one of a kind that no longer exists says nothing."""
    raw = content.get("body") or []
    known = set(names())
    return [
        block for block in (json.loads(raw) if isinstance(raw, str) else raw) if block.get("type") in known
    ]


def _spoken(body: Any, dateline: str = "") -> list[str]:
    return [text for text in framed_text(body, dateline).split("\n\n") if text]
