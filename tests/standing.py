"""Offices that stand while the tests of a module that want them follow each other: to open one takes longer than most.

They stand in a transaction around those of the tests, so each finds them as they were opened.
"""

from contextlib import ExitStack
from dataclasses import dataclass, replace

from django.db import connection, transaction
from wagtail.models import Site

from cms.moderation import permits
from home.office import open_office
from news.models import Section, Topic
from tests import scenes

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


@dataclass(frozen=True)
class Offices:
    """Which offices a test wants: the province, whole or short, and the regency below it."""

    is_short: bool
    with_regency: bool = False

    def open(self) -> None:
        """Open them."""
        if self.with_regency:
            replace(self, with_regency=False).put()
            open_office(**REGENCY)
        else:
            open_province(is_short=self.is_short)

    def put(self, *, is_ruled: bool = False) -> None:
        """Let them be there where no office is."""
        scenes.put(self, self.open, is_ruled=is_ruled)


class StandingOffice:
    """The offices of tests, there for the first one that wants them, gone for one that does not."""

    def __init__(self) -> None:
        self._transaction = ExitStack()
        self._offices: Offices | None = None

    def stand(self, offices: Offices) -> None:
        """Let them be there, and no others."""
        if self._offices != offices:
            self.fall()
            assert not connection.in_atomic_block, (
                "a module-wide transaction has begun: it has an office of its own"
            )
            self._transaction.enter_context(transaction.atomic())
            self._transaction.callback(transaction.set_rollback, True)
            self._offices = offices
            offices.put()

    def fall(self) -> None:
        """Let them never have been there."""
        self._offices = None
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
