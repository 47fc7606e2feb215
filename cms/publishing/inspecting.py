"""Looking after every tree, in a process of its own: publishing goes on meanwhile."""

import multiprocessing
import os
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import structlog
from django.db import connections
from wagtail.models import Site

from cms.publishing import publisher
from cms.publishing.forking import fork_beside
from cms.publishing.reconciling import Suspects, suspect
from cms.publishing.retiring import retire_trees
from cms.publishing.trees.choosing import tree_of
from cms.publishing.trees.local import LocalTree

logger = structlog.get_logger(__name__)

_LONGEST = 3600.0  # seconds: to look through 100,000 pages takes minutes
_PATIENCE = 10  # lower priority than who publishes (nice)


class Inspection:
    """One look through all trees at a time."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._link: Connection | None = None
        self._began = 0.0

    def begin(self) -> None:
        """Begin to look, unless a look is under way; one that hangs is ended first."""
        if self._process and time.monotonic() - self._began < _LONGEST:
            return
        if self._process:
            logger.error("inspection_hangs", seconds=_LONGEST)
            self.stop()
        self._began = time.monotonic()
        self._link, theirs = multiprocessing.Pipe(duplex=False)
        self._process = fork_beside(_inspect, theirs)
        theirs.close()

    def found(self) -> dict[int, Suspects] | None:
        """Return what a look has found, by site, once it has ended; None while there is nothing new."""
        if self._link is None or not self._link.poll():
            return None
        try:
            return self._link.recv()
        except EOFError:
            logger.warning("inspection_died")
            return {}
        finally:
            self.stop()

    def stop(self) -> None:
        """End the look that is under way."""
        if self._process:
            self._process.terminate()
            self._process.join()
        if self._link:
            self._link.close()
        self._process = self._link = None


def _inspect(link: Connection) -> None:
    os.nice(_PATIENCE)
    retire_trees()
    found: dict[int, Suspects] = {}
    for site in Site.objects.order_by("pk"):
        try:
            if publisher.is_looked_after(site):
                LocalTree(site.hostname).bury()
                found[site.pk] = suspect(site, tree_of(site), deep=True)
        except Exception:
            logger.exception("not_inspected", host=site.hostname)
    link.send(found)
    connections.close_all()
