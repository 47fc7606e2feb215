"""What publishing asks of the place where an office's files lie."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from cms.publishing.outputs import File, Stage


class Tree(Protocol):
    """The files of one office. A batch is staged file by file, then happens as a whole, or not at all."""

    def recover(self) -> bool:
        """Finish a batch that was cut off, or drop what it had begun; True if the database may not know of it."""
        ...

    def stage(self, file: File, stage: Stage) -> None:
        """Keep a file for the batch to come. Raises OSError where there is no room."""
        ...

    def commit(self, removals: Sequence[str]) -> None:
        """Make the staged files visible, by stage, then take `removals` (paths) away."""
        ...

    def settle(self) -> None:
        """Say that the database knows what the batch has done."""
        ...

    def discard(self) -> None:
        """Drop what was staged."""
        ...

    def read(self, path: str) -> bytes | None:
        """Return the bytes readers get of a file; None if it is not there."""
        ...

    def paths(self) -> Iterator[tuple[str, int]]:
        """Yield path and size (bytes) of every file, compressed forms left out."""
        ...
