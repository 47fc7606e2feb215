"""Pages that stand where the site itself answers, from before that was refused: for the health report."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.health.checking import Problem
from cms.publishing.own_names import own_names
from home.models import HomePage, StandardPage
from home.taken_slugs import is_own_address

_SHOWN = 20


def check_addresses() -> Iterator[Problem]:
    """Find pages that collide with a list or a door until somebody renames them."""
    found = (page for page in _suspects() if is_own_address(page.slug, page.get_parent()))
    for page, _number in zip(found, range(_SHOWN), strict=False):
        said = {"title": page.draft_title, "slug": page.slug}
        words = _(
            "“%(title)s” berdiri di alamat yang dipakai situs sendiri (“%(slug)s”). "
            "Ubah slug halaman itu, lalu terbitkan."
        )
        yield Problem(words % said, url=reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _suspects() -> Iterator[Page]:
    """Yield what stands directly below an office by such a name, and standing pages below others: never articles."""
    first = set(HomePage.objects.values_list("path", flat=True))
    named = Page.objects.filter(slug__in=own_names()).order_by("path")
    yield from (page for page in named.iterator() if page.path[: -Page.steplen] in first)
    standing = StandardPage.objects.order_by("path")
    yield from (page for page in standing.iterator() if page.path[: -Page.steplen] not in first)
