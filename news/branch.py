"""What the offices below one have written, for the front page of the office above them."""

from collections.abc import Sequence
from dataclasses import replace

from wagtail.models import Site

from cms.publishing import epoch, recording
from cms.publishing.lookup import Lookup, References
from cms.publishing.office import Office, office_of_site
from news.article_lists import article_list, note_front
from news.cards import Card, card_of
from news.listed import ListedArticle, listed
from news.models import NewsArticlePage


def child_office_cards(office: Office, look: Lookup, count: int) -> list[Card]:
    """Return the newest `count` articles of the offices directly below: two queries.

    Each card names its office, and its addresses are absolute: they lead to another host.
    """
    children = _children(office)
    if not children:
        return []
    articles = NewsArticlePage.objects.readable_in_any(children, office.epoch)
    with recording.reading():
        found = listed(articles.newest_first()[:count])
    for child in children:
        note_front(article_list(child.site_id), found, count)
    look.load(References(images={page.hero_image_id for page in found if page.hero_image_id}))
    return [_abroad(each, children, look) for each in found]


def _children(office: Office) -> list[Office]:
    def read() -> list[Office]:
        recording.note("offices")
        with recording.reading():
            sites = list(Site.objects.filter(pk__in=office.child_sites).order_by("pk"))
        return [child for site in sites if (child := office_of_site(site, office.epoch))]

    return epoch.remembered(office.epoch, ("children", office.site_id), read)


def _abroad(article: ListedArticle, children: Sequence[Office], look: Lookup) -> Card:
    owner = next(child for child in children if article.path.startswith(child.path))
    card = card_of(article, owner, look)
    away = {name: f"{owner.root_url}{url}" for name in ("url", "section_url") if (url := getattr(card, name))}
    return replace(card, office_name=owner.short_name, **away)
