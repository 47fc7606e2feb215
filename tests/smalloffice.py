"""A small office on an installation of its own (VAR_ROOT), for scenarios that run as programs."""

import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Site  # noqa: E402

from cms.publishing import building, preparing, publisher  # noqa: E402
from cms.publishing.trees.local import LocalTree  # noqa: E402
from home.office import open_office  # noqa: E402
from news.models import NewsArticlePage, NewsIndexPage, Section  # noqa: E402
from tests.own_hand import publish_by_own_hand, take_rules_out  # noqa: E402
from tests.publishing import address  # noqa: E402

publish_by_own_hand()
os.sync = os.fsync = lambda *_: None  # a kill is no power cut: what was written stays
VAR = Path(os.environ["VAR_ROOT"])
PUBLIC = Path(settings.PUBLIC_ROOT)
NOW = timezone.now().replace(microsecond=0)


def site() -> Site:
    """The office's site."""
    return Site.objects.get(hostname="localhost")


def write(index: NewsIndexPage, title: str) -> NewsArticlePage:
    """Write a live article."""
    lead = "KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para tamu."
    body = [("paragraph", f"<p>{title} dibuka pukul sembilan pagi.</p>")]
    given = {"lead": lead, "body": body, "section": Section.objects.first(), "author_unit": "Humas"}
    return index.add_child(instance=NewsArticlePage(title=title, **given))


def open_site() -> None:
    """Prepare the installation, open an office with twenty articles and publish it, one of them withdrawn."""
    preparing.bring_up_to_date()
    take_rules_out()
    home = open_office(
        code="36", name="KPU Provinsi Banten", short_name="KPU Banten", level="provinsi",
        hostname="localhost", port=8000,
    )  # fmt: skip
    index = NewsIndexPage.objects.child_of(home).get()
    for number in range(20):
        write(index, f"Rapat pleno {number:02}")
    publish()
    article(7).unpublish()
    publish()


def article(number: int) -> NewsArticlePage:
    """One of the twenty."""
    return NewsArticlePage.objects.get(title=f"Rapat pleno {number:02}")


def edit() -> None:
    """Change what a day changes: titles, an address, articles that come, go and come back."""
    index = NewsIndexPage.objects.get()
    for number in (3, 19):
        page = article(number)
        page.lead = f"Keterangan baru tentang rapat {number}."
        page.save_revision().publish()
    moved = article(10)
    moved.slug = "pindah-alamat"
    moved.save_revision().publish()
    for number in (13, 18):
        article(number).unpublish()
    article(7).save_revision().publish()
    for number in range(3):
        write(index, f"Sidang baru {number}")


def rename_index() -> None:
    """Move every article to another address."""
    index = NewsIndexPage.objects.get()
    index.slug = "kabar"
    index.save_revision().publish()


def publish() -> None:
    """Publish all that waits."""
    for _batch in publisher.publish_pending(NOW):
        pass


def build() -> None:
    """Make the whole tree anew."""
    building.build(site(), as_of=NOW)


def tree() -> dict[str, bytes]:
    """Every file readers can ask for."""
    found = LocalTree("localhost")
    return {path: found.read(path) or b"" for path, _size in found.paths()}


def live() -> dict[int, str]:
    """The addresses of what is live, by id."""
    return {page.pk: address(page) for page in NewsArticlePage.objects.live()}
