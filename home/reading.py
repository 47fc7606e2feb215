"""An office's page, read once and handed around as a plain value."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from wagtail.models import Page, Site

from cms.publishing import recording
from cms.publishing.office import Link, Office
from cms.publishing.restrictions import open_pages
from home.models import HomePage


def read_office(site: Site, number: int) -> Office | None:
    """Return the office at the root of `site` as of epoch `number`; None if something else stands there."""
    home = HomePage.objects.select_related("parent_office").filter(pk=site.root_page_id).first()
    recording.note(f"page:{site.root_page_id}")
    if home is None:
        return None
    targets = _menu_targets(home, number)
    zone = ZoneInfo(home.timezone)
    return Office(
        site_id=site.pk,
        page_id=home.pk,
        uuid=str(home.translation_key),
        hostname=site.hostname,
        root_url=site.root_url,
        path=home.path,
        url_path=home.url_path,
        name=home.name,
        short_name=home.short_name,
        code=home.code,
        level=home.level,
        dateline=home.dateline,
        zone=zone,
        zone_name=HomePage.Zone(home.timezone).name,
        description=home.description,
        city=home.city,
        address=home.address,
        hours=home.hours,
        phone=home.phone,
        email=home.email,
        logo_id=home.logo_id,
        social=tuple(
            Link(_network(raw), raw["value"]["url"], raw["value"]["network"])
            for raw in home.social_links.raw_data
        ),
        main_menu=_menu(home.main_menu.raw_data, targets) or _pages_below(home, number),
        footer_menu=_menu(home.footer_menu.raw_data, targets),
        parent=_parent(home),
        child_sites=_child_sites(home),
        is_demo=home.is_demo,
        epoch=number,
    )


def office_names() -> dict[int, str]:
    """Return by site what the office at its root is called."""
    rows = Site.objects.filter(root_page__homepage__isnull=False).order_by("pk")
    return dict(rows.values_list("pk", "root_page__homepage__name"))


def _network(raw: Mapping[str, Any]) -> str:
    choices = {"facebook": "Facebook", "instagram": "Instagram", "x": "X", "youtube": "YouTube"}
    choices |= {"tiktok": "TikTok", "whatsapp": "WhatsApp", "telegram": "Telegram"}
    return choices.get(raw["value"]["network"], raw["value"]["network"])


def _menu_targets(home: HomePage, number: int) -> dict[int, str]:
    raws = [*home.main_menu.raw_data, *home.footer_menu.raw_data]
    ids = {raw["value"]["page"] for raw in raws if raw["value"].get("page")}
    for pk in ids:
        recording.note(f"page:{pk}")
    pages = open_pages(Page.objects.filter(pk__in=ids), number).order_by("pk")
    own = len(home.url_path)
    addresses = {
        page.pk: f"/{page.url_path[own:]}" if page.path.startswith(home.path) else page.full_url
        for page in pages
    }
    return {pk: address for pk, address in addresses.items() if address}


def _menu(raws: Iterable[Mapping[str, Any]], targets: Mapping[int, str]) -> tuple[Link, ...]:
    links = (
        Link(raw["value"]["text"], targets.get(raw["value"].get("page"), raw["value"].get("url") or ""))
        for raw in raws
    )
    return tuple(link for link in links if link.url)


def _pages_below(home: HomePage, number: int) -> tuple[Link, ...]:
    """Return the menu of an office that has not made one: its own pages, in the order of the tree."""
    recording.note(f"below:{home.path}")
    pages = open_pages(home.get_children(), number)
    return tuple(Link(page.title, f"/{page.url_path[len(home.url_path) :]}") for page in pages)


def _parent(home: HomePage) -> Link | None:
    parent = home.parent_office
    if parent:
        recording.note(f"page:{parent.pk}")
    return Link(parent.name, parent.full_url) if parent and parent.live and parent.full_url else None


def _child_sites(home: HomePage) -> tuple[int, ...]:
    recording.note("offices")
    below = Site.objects.filter(root_page__in=home.child_offices.live().values("page_ptr")).order_by("pk")
    return tuple(below.values_list("pk", flat=True))
