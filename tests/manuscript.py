"""A manuscript as the checks see it, without a database: `manuscript("Rapat dibuka kemarin.", title="Rapat")`."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from cms.moderation.checks import Finding, Fix, Place
from news.preflight.article import Article, Role, Surroundings, Text
from news.preflight.words import SHARED_TERMS

TODAY = dt.date(2026, 11, 25)  # a Wednesday
BODY = Place("body.p1", "Paragraf 1")


def manuscript(
    *prose: str, title: str = "", lead: str = "", said: dict[Role, str] | None = None, **fields: Any
) -> Article:
    """Return an article with these paragraphs; `said` adds words of other roles."""
    texts = [Text(Place("title", "Judul"), title, Role.TITLE), Text(Place("lead", "Teras"), lead, Role.LEAD)]
    texts += [Text(Place(role.value, role.value), words, role) for role, words in (said or {}).items()]
    texts += [
        Text(Place(f"body.p{number}", f"Paragraf {number}"), words, Role.PROSE, is_rich=True)
        for number, words in enumerate(prose, 1)
    ]
    usual = {
        "kind": "news",
        "published": TODAY,
        "goes_out": TODAY,
        "author_unit": "Humas KPU Provinsi Banten",
        "around": Surroundings(office="KPU Provinsi Banten", terms=SHARED_TERMS),
    }
    return Article(texts=tuple(texts), **{**usual, **fields})


def codes(findings: Iterator[Finding]) -> list[str]:
    """Return the codes of what a check found."""
    return [finding.code for finding in findings]


def mended(words: str, fix: Fix) -> str:
    """Return words as they stand after a click on a fix that replaces some of them."""
    start = -1
    for _time in range(fix.nth + 1):
        start = words.index(fix.old, start + 1 if start < 0 else start + len(fix.old))
    return words[:start] + fix.value + words[start + len(fix.old) :]


def only(check: Callable[[Article], Iterator[Finding]], article: Article) -> Finding:
    """Return the one thing a check finds."""
    found = list(check(article))
    assert len(found) == 1, found
    return found[0]
