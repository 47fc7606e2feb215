"""The fields of an office and of a standard page as API consumers read them."""

from typing import Any

from wagtail.api import APIField

from news.representing import blocks, picture, told


def _links(name: str) -> APIField:
    def tell(page: Any, shelf: Any) -> list[dict[str, str]]:
        return [{"text": link.text, "url": link.url} for link in getattr(shelf.office, name)]

    return told(name, tell)


def _social(page: Any, shelf: Any) -> list[dict[str, str]]:
    return [{"network": link.kind, "url": link.url} for link in shelf.office.social]


def _parent(page: Any, shelf: Any) -> dict[str, str] | None:
    parent = shelf.office.parent
    return parent and {"name": parent.text, "url": parent.url}


# A site has one office, its own: what is made from several rows is told by the office as every page sees it.
office_fields = [
    *map(APIField, ("name", "short_name", "code", "level", "dateline", "timezone", "description")),
    told("logo", lambda page, shelf: picture(shelf.look.picture(page.logo_id))),
    told("parent_office", _parent),
    *map(APIField, ("city", "address", "hours", "phone", "email")),
    told("social_links", _social),
    _links("main_menu"),
    _links("footer_menu"),
    APIField("is_demo"),
]

standard_fields = [APIField("lead"), told("body", blocks)]
