"""An office whose files lie on a disk of a few megabytes that fills up, or takes nothing more."""

import errno
import io
import os
import subprocess
from collections.abc import Callable
from contextlib import suppress

from django.core.management import CommandError, call_command

from cms.publishing import causes
from cms.publishing.models import Publication
from cms.publishing.status import State, status_of
from cms.publishing.trees.local import LocalTree
from cms.publishing.verifying import verify
from tests import smalloffice as office
from tests.probing import Reader

SIZE = "size=8m"
ROOMS = (0, 4, 64, None)  # kilobytes left; None: the disk takes nothing at all
BALLAST = office.PUBLIC / ".ballast"


def run() -> dict[str, object]:
    """Fill the disk in several ways; returns what was not right, or why nothing could be tried."""
    office.PUBLIC.mkdir(exist_ok=True)
    reason = mount("-t", "tmpfs", "-o", SIZE, "tmpfs")
    if reason:
        return {"skipped": f"a small disk cannot be mounted here: {reason}", "complaints": []}
    try:
        office.publish()  # nothing lies there: the whole tree is made anew
        found = [each for act in (office.publish, build) for room in ROOMS for each in attempt(act, room)]
    finally:
        subprocess.run(["umount", "-l", str(office.PUBLIC)], check=True)
    return {"skipped": "", "complaints": found}


def mount(*options: str) -> str:
    """Mount the disk; returns why it cannot be, or nothing."""
    if os.geteuid() != 0:
        return "only root may"
    answer = subprocess.run(
        ["mount", *options, str(office.PUBLIC)], capture_output=True, text=True, check=False
    )
    return answer.stderr.strip()


def remount(how: str) -> None:
    """Let the disk take nothing ("ro"), or what comes ("rw")."""
    subprocess.run(["mount", "-o", f"remount,{how}", str(office.PUBLIC)], check=True)


def fill(kilobytes: int) -> None:
    """Fill the disk up to the last `kilobytes`."""
    with BALLAST.open("wb", buffering=0) as file:
        with suppress(OSError):
            while file.write(bytes(4096)):
                pass
        file.truncate(max(0, file.tell() - kilobytes * 1024))


def build() -> None:
    """Make the whole tree anew, as an operator does."""
    call_command("publish", "--all", stdout=io.StringIO())


def attempt(act: Callable[[], object], room: int | None) -> list[str]:
    """Change something, let `act` fail on a spoilt disk, mend the disk: what is wrong before and after?"""
    page = office.article(5)
    page.lead = f"Keterangan {page.lead[-40:]}*"
    page.save_revision().publish()
    before, published = office.tree(), set(office.live().values())
    if room is None:
        remount("ro")
    else:
        fill(room)
    cause = "disk_read_only" if room is None else "disk_full"
    found: list[str] = []
    for _time in range(2):
        if fails(act):
            found += told(page, cause)
        elif not room:
            found.append("nothing failed")
        found += Reader(office.PUBLIC).complaints(published)
    if not room and office.tree() != before:
        found.append("the tree has changed")
    remount("rw")
    BALLAST.unlink(missing_ok=True)
    office.publish()
    found += [f"differs: {path}" for path in verify(office.site(), LocalTree("localhost"))]
    known = Publication.objects.get()
    if known.error or status_of(page).state != State.PUBLISHED:
        found.append(f"not recovered: {known.error}")
    return [f"{act.__name__}, {room} kB left: {each}" for each in found]


def fails(act: Callable[[], object]) -> bool:
    """Whether it is said that the disk takes nothing."""
    try:
        act()
    except CommandError:
        return True
    except OSError as error:
        return error.errno in (errno.ENOSPC, errno.EROFS)
    return False


def told(page: object, cause: str) -> list[str]:
    """Return who is not told: the editor of the page, or the operator."""
    known, status, health = Publication.objects.get(), status_of(page), io.StringIO()
    with suppress(CommandError):
        call_command("health", stdout=health)
    said = known.error.startswith(f"{cause}: ")
    return [
        *([] if said else [f"the reason is not kept: {known.error!r}"]),
        *(
            []
            if (status.state, status.cause) == (State.STOPPED, known.error)
            else [f"editor: {status.state}"]
        ),
        *([] if causes.told(known.error).words in health.getvalue() else ["health says nothing"]),
    ]
