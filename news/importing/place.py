"""The office an import goes to, found by its code."""

from django.utils import timezone
from wagtail.models import Site

from cms.moderation.trash.hiding import outside_trash
from cms.publishing.office import office_of_site
from news.importing.drafts import Target
from news.models import NewsIndexPage


class NoPlace(Exception):
    """There is no such office, or it has no news index."""


def find_target(code: str) -> Target:
    """Return where articles of the office with this regional code go.

    Raises NoPlace with the codes there are, or None among them for an office without an index.
    """
    sites = Site.objects.select_related("root_page").order_by("pk")
    offices = {office.code: office for site in sites if (office := office_of_site(site))}
    office = offices.get(code)
    if office is None:
        raise NoPlace(sorted(offices))
    index = outside_trash(NewsIndexPage.objects.filter(path__startswith=office.path)).order_by("path").first()
    if index is None:
        raise NoPlace([])
    return Target(
        site_id=office.site_id,
        code=office.code,
        zone=office.zone,
        author_unit=f"Humas {office.name}",
        index_id=index.pk,
        now=timezone.now(),
    )
