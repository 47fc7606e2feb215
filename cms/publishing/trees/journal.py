"""The journal of a batch: what has to be moved where, so that a crash at any moment leaves the old state or the new."""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

NAME, CARRIED = "journal", "carried"


@dataclass(frozen=True)
class Plan:
    """What one batch does to a release: `moves` are (staged name, path) in order, then `removals` (paths)."""

    moves: Sequence[tuple[str, str]]
    removals: Sequence[str]


def write(folder: Path, plan: Plan) -> None:
    """Put the plan on the disk; from the moment this returns the batch will happen."""
    text = json.dumps(asdict(plan))
    digest = hashlib.sha256(text.encode()).hexdigest()
    aside = folder / f"{NAME}.new"
    with aside.open("w", encoding="utf-8") as file:
        file.write(f"{digest}\n{text}")
        file.flush()
        os.fsync(file.fileno())
    aside.rename(folder / NAME)
    sync_folder(folder)


def read(folder: Path) -> Plan | None:
    """Return the plan of a batch that was cut off; None if there is none, or it is torn and never began."""
    try:
        digest, _newline, text = (folder / NAME).read_text(encoding="utf-8").partition("\n")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        return None
    plan = json.loads(text)
    return Plan([(staged, path) for staged, path in plan["moves"]], plan["removals"])


def mark_carried(folder: Path) -> None:
    """Say that the tree shows the batch; the database may not know of it yet."""
    (folder / NAME).rename(folder / CARRIED)
    sync_folder(folder)


def is_carried(folder: Path) -> bool:
    """Return whether the batch was carried out."""
    return (folder / CARRIED).exists()


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
