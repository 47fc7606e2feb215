"""An office that stands while the tests of a module that want it follow each other: to open one takes longer than most.

It stands in a transaction around those of the tests, so each finds it as it was opened.
"""

from contextlib import ExitStack

from django.db import connection, transaction
from wagtail.models import Site

from cms.moderation import permits
from home.office import open_office
from news.models import Section, Topic

PROVINCE = {
    "code": "36",
    "name": "KPU Provinsi Banten",
    "short_name": "KPU Banten",
    "level": "provinsi",
    "hostname": "localhost",
    "port": 8000,
}
REGENCY = {
    "code": "36.02",
    "name": "KPU Kabupaten Lebak",
    "short_name": "KPU Lebak",
    "level": "kabupaten",
    "hostname": "kab-lebak.localhost",
    "port": 8000,
    "parent_code": "36",
}


class StandingOffice:
    """KPU Provinsi Banten on localhost, opened for the first test that wants it, gone for one that does not."""

    def __init__(self) -> None:
        self._transaction = ExitStack()
        self._is_short: bool | None = None  # None: no office stands

    def stand(self, *, is_short: bool) -> None:
        """Let it be there, whole or short."""
        if self._is_short != is_short:
            self.fall()
            assert not connection.in_atomic_block, (
                "a module-wide transaction has begun: it has an office of its own"
            )
            self._transaction.enter_context(transaction.atomic())
            self._transaction.callback(transaction.set_rollback, True)
            self._is_short = is_short
            open_province(is_short=is_short)

    def fall(self) -> None:
        """Let it never have been there."""
        self._is_short = None
        self._transaction.close()


def open_province(*, is_short: bool) -> None:
    """Open it; a short one has some of everything, and a tree that is soon made."""
    home = open_office(**PROVINCE)
    if is_short:
        shorten(home.get_site())


def shorten(site: Site) -> None:
    """Leave an office two sections (one, if it is not the first), two standard pages; all offices two topics."""
    home = site.root_page.specific
    for page in home.get_children().exclude(slug__in=["berita", "tentang", "kontak"]):
        with permits.opened_for([page.pk], "shorten"):
            page.delete()
    for section in Section.objects.filter(site=site)[2 if site.is_default_site else 1 :]:
        section.delete()
    for topic in Topic.objects.all()[2:]:
        topic.delete()
