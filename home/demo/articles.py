"""The articles of the demo: one real, verbatim, and ten composed ones."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wagtail.models import Site

from cms.moderation.approvals import Approval
from cms.moderation.putting_live import put_live
from home.demo import people
from home.demo.mapping import END_MARK, Files, body_of
from home.models import HomePage
from news.models import Correction, NewsArticlePage, NewsIndexPage, Section, Topic

Sample = Mapping[str, Any]

_FOLDER = Path(__file__).parent
_TOPICS = {
    "daftar pemilih": "Data pemilih",
    "PDPB": "Data pemilih",
    "pendidikan pemilih": "Pendidikan pemilih",
    "panduan": "Pendidikan pemilih",
    "rapat pleno": "Rekapitulasi",
    "simulasi": "Pemungutan & penghitungan",
    "data pribadi": "Keterbukaan informasi",
    "keterbukaan informasi": "Keterbukaan informasi",
    "layanan publik": "Kelembagaan",
}
# The sample prints the day only: midnight, which pages show without a clock (news.dates).
_HOUR_UNKNOWN = dt.time(0, 0)
_WITHOUT_DATELINE = {"opinion", "guide"}


def samples() -> list[dict[str, Any]]:
    """Return the articles of the sample file, the real one first."""
    return json.loads((_FOLDER / "articles.json").read_text(encoding="utf-8"))


def load_article(sample: Sample, home: HomePage, files: Files) -> NewsArticlePage:
    """Write one article of the sample into the office `home`, live, with its history of one revision."""
    index = NewsIndexPage.objects.child_of(home).get()
    site = Site.objects.get(root_page_id=home.pk)
    page = NewsArticlePage(
        title=sample["title"],
        slug=sample["slug"],
        live=False,
        owner=people.writer_of(home),
        section=Section.objects.get(site=site, name=sample["section"]),
        body=[],
        **_said(sample),
        **_moments(sample, home),
        **_picture(sample, files),
    )
    page.body = NewsArticlePage._meta.get_field("body").to_python(
        json.dumps(body_of(sample["slug"], sample["body"], files))
    )
    page.has_end_mark = any(block["type"] == END_MARK for block in sample["body"])
    page.tags.add(*sample["tags"])
    page.topics.set(_topics(sample))
    page = _added(index, page)
    for correction in _corrections(sample):
        correction.page = page
        correction.save()
    return page


def _said(sample: Sample) -> dict[str, Any]:
    """Return the columns that only copy what the sample says."""
    same = (
        "kind", "author_role", "official_number", "official_date", "signatory_role", "valid_until",
        "information_category", "live_status", "review_by",
    )  # fmt: skip
    place, writer = sample["dateline_place"], sample["author"] or ""
    is_opinion = sample["kind"] == "opinion"
    return {
        **{name: sample[name] for name in same if sample.get(name)},
        "lead": sample["lead"],
        "dateline_place": "" if "dateline_raw" in sample else place,
        "printed_dateline": sample.get("dateline_raw", ""),
        "show_dateline": sample["kind"] not in _WITHOUT_DATELINE,
        "author_unit": sample["office"] if is_opinion else writer,
        "writers": writer.partition(",")[0] if is_opinion else "",
        "photo_consent": sample.get("photo_consent", {}).get("obtained", False),
        "is_fictional": sample["fictional"],
        "disclaimer": sample.get("disclaimer", ""),
        "legacy_view_count": sample.get("view_count", 0),
    }


def _moments(sample: Sample, home: HomePage) -> dict[str, Any]:
    day = dt.date.fromisoformat(sample["date"])
    published = _moment(sample.get("published_at")) or dt.datetime.combine(
        day, _HOUR_UNKNOWN, NewsArticlePage.zone_below(home)
    )
    expires = _moment(sample.get("expires_at"))
    return {
        "event_date": day,
        "published_at": published,
        "first_published_at": published,
        "last_published_at": _moment(sample.get("updated_at")) or published,
        "updated_at": _moment(sample.get("updated_at")),
        "embargo_until": _moment(sample.get("embargo_until")),
        "expire_at": expires if expires and expires > dt.datetime.now(dt.UTC) else None,
    }


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _picture(sample: Sample, files: Files) -> dict[str, Any]:
    """Return the lead picture, if one was drawn for the article."""
    from home.demo.pictures import HEROES

    hero = HEROES.get(sample["slug"])
    if hero is None:
        return {}
    credit = f"Ilustrasi: {sample['office']}"
    return {"hero_image_id": files.pictures[hero.file], "hero_alt": hero.alt, "hero_credit": credit}


def _topics(sample: Sample) -> list[Topic]:
    names = {_TOPICS[tag] for tag in sample["tags"] if tag in _TOPICS}
    return list(Topic.objects.filter(name__in=names))


def _corrections(sample: Sample) -> list[Correction]:
    return [
        Correction(kind=said["type"], made_at=_moment(said["at"]), text=said["text"])
        for said in sample.get("corrections", ())
    ]


def _added(index: NewsIndexPage, page: NewsArticlePage) -> NewsArticlePage:
    index.add_child(instance=page)
    page = NewsArticlePage.objects.get(pk=page.pk)  # its dates are dates now
    # Not cleaned: the real article has no lead and no author, and the model wants both.
    put_live(page, Approval.Kind.DEMO, clean=False)
    return page
