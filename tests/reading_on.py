"""A reader in a process of its own who asks for everything again and again, while articles come, move and go."""

import multiprocessing
from collections.abc import Iterable
from multiprocessing.connection import Connection

from django.db import connections

from cms.publishing import parts
from news.models import NewsIndexPage
from tests import smalloffice as office
from tests.probing import Reader
from tests.publishing import address


def run() -> dict[str, object]:
    """Publish and build while somebody reads; returns what the reader had to complain about."""
    parts.WIDE = 6
    staying = {address(office.article(number)) for number in (0, 5, 6, 19)}
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe()
    reader = fork.Process(target=read, args=(theirs, staying), daemon=True)
    reader.start()
    for number in range(1, 4):
        keep_busy(number)
        office.publish()
        office.build()
    ours.send("enough")
    rounds, complaints = ours.recv()
    reader.join()
    return {"rounds": rounds, "complaints": complaints}


def keep_busy(number: int) -> None:
    """Let an article come, one change, one move and one go."""
    office.write(NewsIndexPage.objects.get(), f"Kabar {number}")
    changed = office.article(5)
    changed.lead = f"Keterangan yang ke-{number}."
    changed.save_revision().publish()
    moved = office.article(6 + number)
    moved.slug = f"pindah-{number}"
    moved.save_revision().publish()
    office.article(12 + number).unpublish()


def read(link: Connection, staying: Iterable[str]) -> None:
    """Read everything until told to stop; tell how often, and what was not right."""
    found: list[str] = []
    rounds = 0
    while not link.poll():
        reader = Reader(office.PUBLIC)
        found += [f"missing: {path}" for path in staying if not reader.is_read_whole(path)]
        found += [f"dangling: {path}" for path in reader.crawl()]
        rounds += 1
    link.send((rounds, found[:20]))
