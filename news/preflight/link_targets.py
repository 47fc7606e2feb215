"""Which links of an article lead nowhere."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from wagtail.models import Page, Site

from cms.media.models import Document
from cms.publishing.office import Office, office_of_site
from cms.publishing.restrictions import open_pages
from cms.publishing.ways import way_at
from news.preflight.article import DeadEnds, Link

_OWN = re.compile(r"https?://|/(?!/)")
_PAGE_DOORS = {None, "article"}  # names of the addresses at which only a page of the tree answers


def dead_ends(office: Office, links: Iterable[Link]) -> DeadEnds:
    """Return which of `links` no reader can follow; no query where there is nothing to look for."""
    links = list(links)
    pages = {link.page_id for link in links if link.page_id is not None}
    documents = {link.document_id for link in links if link.document_id is not None}
    live = dict(Page.objects.filter(pk__in=pages).values_list("pk", "live")) if pages else {}
    readable = open_pages(Page.objects.filter(pk__in=live), office.epoch) if live else Page.objects.none()
    known = Document.objects.filter(pk__in=documents) if documents else Document.objects.none()
    return DeadEnds(
        pages=frozenset(pages - live.keys()),
        unread_pages=frozenset(live.keys() - set(readable.values_list("pk", flat=True))),
        documents=frozenset(documents - set(known.values_list("pk", flat=True))),
        urls=frozenset(_dead_urls(office, {link.url for link in links if link.url})),
    )


def _dead_urls(office: Office, urls: set[str]) -> set[str]:
    """Return which of `urls` name a page of one of our sites where there is none."""
    parts = {url: urlsplit(url) for url in urls if _OWN.match(url)}
    wanted = {url: each for url, each in parts.items() if _is_page(each.path)}
    if not wanted:
        return set()
    sites = {site.hostname: site for site in Site.objects.select_related("root_page")}
    return {
        url
        for url, each in wanted.items()
        if (site := sites.get(each.hostname or office.hostname))
        and (owner := office_of_site(site))
        and not _answers(owner, each.path)
    }


def _is_page(path: str) -> bool:
    """Ask whether nothing but a page of the tree answers at `path`."""
    if not path.endswith("/"):
        return False
    try:
        return resolve(path).url_name in _PAGE_DOORS
    except Resolver404:
        return True


def _answers(office: Office, path: str) -> bool:
    url_path = f"{office.url_path}{path.lstrip('/')}"
    if open_pages(Page.objects.filter(url_path=url_path), office.epoch).exists():
        return True
    way = way_at(office, path)
    return way is not None and way.target is not None
