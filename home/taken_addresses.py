"""Pages that stand where the site itself answers, from before that was refused: for the health report."""

from collections.abc import Iterator
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.health.checking import Problem
from cms.publishing.own_names import own_names
from home.models import HomePage, StandardPage
from home.taken_slugs import answers_below

_SHOWN = 20


def check_addresses() -> Iterator[Problem]:
    """Find pages that collide with a list or a door until somebody renames them."""
    for page in islice(_colliding(), _SHOWN):
        said = {"title": page.draft_title, "slug": page.slug}
        words = _(
            "“%(title)s” berdiri di alamat yang dipakai situs sendiri (“%(slug)s”). "
            "Ubah slug halaman itu, lalu terbitkan."
        )
        yield Problem(words % said, url=reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _colliding() -> Iterator[Page]:
    """Yield them with as many queries for a thousand pages as for one: every administrator's home asks."""
    offices = set(HomePage.objects.values_list("path", flat=True))
    named = Page.objects.filter(slug__in=own_names()).order_by("path")
    yield from (page for page in named.iterator() if page.path[: -Page.steplen] in offices)
    standing = list(StandardPage.objects.order_by("path").only("path", "url_path", "slug", "draft_title"))
    url_paths = {page.path: page.url_path for page in standing}
    for page in standing:
        above = url_paths.get(page.path[: -Page.steplen])
        if above is not None and answers_below(above, page.slug):
            yield page
