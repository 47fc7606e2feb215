"""What an article's page tells machines: schema.org data for search engines."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from cms.media.pictures import Picture
from cms.publishing.office import Link, Office
from news.corrections import changed_at
from news.models import Correction, NewsArticlePage

_TYPES = {"opinion": "OpinionNewsArticle", "live": "ReportageNewsArticle"}


def absolute(url: str, office: Office) -> str:
    """Return `url` as somebody outside the site needs it."""
    return f"{office.root_url}{url}" if url.startswith("/") else url


def news_article(
    page: NewsArticlePage,
    office: Office,
    full_url: str,
    description: str,
    image: Picture | None,
    corrections: Sequence[Correction] = (),
) -> dict[str, Any]:
    """Return the NewsArticle of `page`; what a draft does not have yet is left out."""
    organisation = {"@type": "Organization", "name": office.name, "url": f"{office.root_url}/"}
    writers = [{"@type": "Person", "name": page.writers}] if page.writers else []
    data = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(page.kind, "NewsArticle"),
        "headline": page.title,
        "description": description,
        "inLanguage": page.language,
        "mainEntityOfPage": full_url,
        "datePublished": _instant(page.published_at, office.zone),
        "dateModified": _instant(changed_at(page, corrections), office.zone),
        "author": [*writers, {"@type": "Organization", "name": page.author_unit or office.name}],
        "publisher": organisation,
        "articleSection": page.section.name if page.section else "",
        "image": [absolute(image.src, office)] if image and image.src else [],
        "isAccessibleForFree": True,
        "correction": [_correction(each, office, full_url) for each in corrections if not each.is_erased],
    }
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def _correction(made: Correction, office: Office, full_url: str) -> dict[str, Any]:
    return {
        "@type": "CorrectionComment",
        "url": f"{full_url}#ralat-{made.number}-{made.year}",
        "datePublished": _instant(made.made_at, office.zone),
        "text": made.statement,
    }


def breadcrumbs(trail: Sequence[Link], title: str, full_url: str, office: Office) -> dict[str, Any]:
    """Return the BreadcrumbList that ends at the page called `title`."""
    steps = [(link.text, absolute(link.url, office)) for link in trail] + [(title, full_url)]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url}
            for place, (name, url) in enumerate(steps, start=1)
        ],
    }


def _instant(moment: Any, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat() if moment else ""
