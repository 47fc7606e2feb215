"""Slugs no page may have, because at its address the site itself answers: a list, search, the newsroom."""

from django.urls import Resolver404, resolve
from wagtail.models import Page

from cms.publishing.own_names import own_names
from home.models import HomePage, StandardPage


def connect() -> None:
    """Let every way of naming a page ask: forms, copies, moves, the numbering of slugs, the APIs."""
    is_free_among_siblings = Page._slug_is_available

    def is_available(slug: str, parent_page: Page | None, page: Page | None = None) -> bool:
        if parent_page is not None and is_own_address(slug, parent_page):
            return False
        return is_free_among_siblings(slug, parent_page, page)

    Page._slug_is_available = staticmethod(is_available)


def is_own_address(slug: str, parent: Page) -> bool:
    """Return whether the site itself answers where a page would stand. Articles stand below their month: never."""
    kind = parent.specific_class
    if kind is HomePage:
        return slug in own_names()
    if kind is not StandardPage:
        return False
    return answers_below(parent.url_path, slug)


def answers_below(url_path: str, slug: str) -> bool:
    """Return whether the site itself answers at `slug` below the standing page of that path."""
    _root, _office, rest = url_path.split("/", 2)
    try:
        return resolve(f"/{rest}{slug}/").url_name is not None  # pages alone answer without a name
    except Resolver404:
        return True
