"""Whole builds beside the batches: each a process of its own, so that a small change never waits for a large one."""

import sys
import threading
import time
from multiprocessing.process import BaseProcess

import structlog
from wagtail.models import Site

from cms.publishing import publisher
from cms.publishing.crew import load_ahead
from cms.publishing.forking import fork_beside

logger = structlog.get_logger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0  # seconds before a build that failed is begun again


class Builds:
    """The builds that run now, one after another: each takes all cores."""

    def __init__(self) -> None:
        load_ahead()  # once for all builds: they are forked from this process
        self._process: BaseProcess | None = None
        self._site_id = 0
        self._pauses: dict[int, tuple[float, float]] = {}  # site: pause, not before (both seconds)

    def look(self, stop: threading.Event) -> None:
        """Begin the next build that is due, if none runs."""
        if stop.is_set() or self._is_running():
            return
        moment = time.monotonic()
        for site in publisher.sites_to_build():
            _pause, not_before = self._pauses.get(site.pk, (0.0, 0.0))
            if not_before <= moment:
                self._begin(site)
                return

    def stop(self) -> None:
        """End the build that runs; readers still see the release before, and it is begun again next time."""
        if self._process:
            self._process.terminate()
            self._process.join()

    def _begin(self, site: Site) -> None:
        self._site_id = site.pk
        self._process = fork_beside(_build, site, with_children=True)

    def _is_running(self) -> bool:
        if self._process is None:
            return False
        status = self._process.exitcode
        if status is None:
            return True
        self._process.join()
        self._process = None
        if status == 0:
            self._pauses.pop(self._site_id, None)
            return False
        pause, _not_before = self._pauses.get(self._site_id, (FIRST_PAUSE, 0.0))
        logger.error("build_failed", site=self._site_id, status=status, again_in_seconds=pause)
        self._pauses[self._site_id] = min(pause * 2, LONGEST_PAUSE), time.monotonic() + pause
        return False


def _build(site: Site) -> None:
    """Be the process that builds a site; ends with 1 where nothing was made."""
    try:
        made = publisher.build_site(site)
    except OSError:  # told already
        made = None
    except Exception:
        logger.exception("build_broken", host=site.hostname)
        made = None
    sys.exit(0 if made else 1)
