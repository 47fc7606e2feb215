"""The publisher's day: sees within a tenth of a second that something has changed, and publishes it."""

import datetime as dt
import signal
import threading
import time
from collections.abc import Callable

import structlog
from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Site

from cms.publishing import carrying, epoch, outbox, publisher, scheduling, settling
from cms.publishing.builds import Builds
from cms.publishing.inspecting import Inspection
from cms.publishing.models import Batch, Dirty, Publication
from cms.publishing.reconciling import Suspects

logger = structlog.get_logger(__name__)

LOOK = 0.1  # seconds between two looks at the outbox
CLOCK = 1.0  # seconds between two looks at what time makes true
RECONCILE = 300.0  # seconds between two comparisons of every tree with the database
_EVERY = 0  # among the pauses of sites: that of what concerns every office
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds before what failed is tried again

Tell = Callable[[Site, Batch], None]


class Watch:
    """Publishes what waits until it is told to stop; what fails is tried again, ever more slowly."""

    def __init__(self, stop: threading.Event, tell: Tell = lambda site, batch: None) -> None:
        """Take what says when to stop, and who is told of each batch."""
        self._stop, self._tell = stop, tell
        self._builds = Builds()
        self._inspection = Inspection()
        self._suspects: dict[int, Suspects] = {}  # what a look through the trees has found, by site
        self._pauses: dict[int, tuple[float, float]] = {}  # site: pause, not before (both seconds)
        self._inspected = self._clocked = float("-inf")
        self._is_carrying = False  # to a bucket or to caches, with more to come
        self._arranged: tuple[int, float, dt.datetime | None] | None = None  # epoch, when asked, next expiry

    def run(self) -> None:
        """Go on until the process is stopped."""
        pause = FIRST_PAUSE
        while not self._stop.is_set():
            try:
                if not self.look():
                    self._stop.wait(LOOK)
                pause = FIRST_PAUSE
            except DatabaseError as error:
                logger.warning("publisher_without_database", reason=str(error), again_in_seconds=pause)
                connection.close()
                self._stop.wait(pause)
                # SQLite's one writer at work (a bulk action, an import) is not a database that is away.
                pause = FIRST_PAUSE if "is locked" in str(error) else min(pause * 2, LONGEST_PAUSE)
        self._builds.stop()
        self._inspection.stop()

    def look(self) -> bool:
        """Do once what there is to do; returns whether anything was published."""
        moment = time.monotonic()
        if moment - self._inspected >= RECONCILE:
            self._inspection.begin()
            self._inspected = moment
        self._suspects |= self._inspection.found() or {}
        is_tick = moment - self._clocked >= CLOCK
        if is_tick:
            self._clocked = moment
            self._carry_out_arranged(moment)
        is_due = is_tick or self._is_carrying
        if not is_due and not _is_any_waited_for():
            return bool(self._suspects) and self._heal()
        self._spread()
        done = [self._publish(site) for site in publisher.sites_with_work(timezone.now())]
        if is_tick or any(done):  # what was too much for this batch is begun at once
            self._builds.look(self._stop)
        self._is_carrying = carrying.carry_owed(timezone.now())
        is_healed = bool(self._suspects) and self._heal()
        return any(done) or self._is_carrying or is_healed

    def _carry_out_arranged(self, moment: float) -> None:
        """Ask for what is due when something has changed, or an instant has come: it reads every page.

        To arrange that a live page's next text goes live changes nothing readers see, so no mark tells of it.
        """
        now, mark = timezone.now(), epoch.current()
        if self._arranged:
            known, asked, expiry = self._arranged
            is_early = expiry is None or expiry > now
            is_fresh = known == mark and moment - asked < RECONCILE
            if is_fresh and is_early and not scheduling.is_going_live(now):
                return
        scheduling.carry_out(now)
        self._arranged = mark, moment, scheduling.next_expiry()

    def _heal(self) -> bool:
        """Heal what was found where no change waits; returns whether there is something to publish now."""
        sites = list(Site.objects.filter(pk__in=self._suspects).order_by("pk"))
        kept = {site.pk: self._suspects[site.pk] for site in sites}
        healed, self._suspects = 0, kept
        for site in sites:
            if _is_waited_for(site):
                continue
            found = self._suspects.pop(site.pk)
            try:
                healed += publisher.heal_site(site, found)
            except publisher.NO_DATABASE:
                raise
            except Exception:
                logger.exception("not_healed", host=site.hostname)
        return healed > 0

    def _spread(self) -> None:
        """Give each office its part of changes that concern every one; where that fails, offices go on with theirs."""
        if self._is_resting(_EVERY):
            return
        try:
            settling.spread()
        except publisher.NO_DATABASE:
            raise
        except Exception:
            logger.exception("not_spread")
            self._rest(_EVERY)
        else:
            self._pauses.pop(_EVERY, None)

    def _publish(self, site: Site) -> bool:
        if self._stop.is_set() or self._is_resting(site.pk):
            return False
        try:
            done = publisher.publish_site(site)
        except publisher.NO_DATABASE:
            raise
        except Exception as error:
            if not isinstance(error, OSError):  # that one the publisher has told already
                logger.exception("not_published", host=site.hostname)
            self._rest(site.pk)
            return False
        self._pauses.pop(site.pk, None)
        if done:
            self._tell(site, done)
        return done is not None

    def _is_resting(self, office: int) -> bool:
        return time.monotonic() < self._pauses.get(office, (0.0, 0.0))[1]

    def _rest(self, office: int) -> None:
        pause, _not_before = self._pauses.get(office, (FIRST_PAUSE, 0.0))
        self._pauses[office] = min(pause * 2, LONGEST_PAUSE), time.monotonic() + pause


def _is_any_waited_for() -> bool:
    """Return whether something waits in an office that does not rest: what waits there may do so for weeks."""
    resting = Publication.objects.filter(is_paused=True).values("pk")
    waiting = outbox.waiting().exclude(site_id__in=resting)
    return waiting.exists() or Dirty.objects.exclude(site_id__in=resting).exists()


def _is_waited_for(site: Site) -> bool:
    """Return whether a change waits that may explain how the tree of an office differs."""
    waiting = outbox.waiting().filter(Q(site_id=site.pk) | Q(site_id=None))
    return waiting.exists() or Dirty.objects.filter(site_id=site.pk).exists()


def run(tell: Tell = lambda site, batch: None) -> None:
    """Publish until SIGTERM or SIGINT, telling of each batch; the one begun is finished first."""
    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        Watch(stop, tell).run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
