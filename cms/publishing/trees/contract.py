"""What publishing asks of the place where an office's files lie."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Protocol

from cms.publishing.outputs import File


class Tree(Protocol):
    """The files of one office. A batch is staged file by file, then happens as a whole, or not at all."""

    def recover(self) -> bool:
        """Finish a batch that was cut off, or drop what it had begun.

        True if the database may not know of it; the answer stays so until `settle`.
        """
        ...

    def stage(self, file: File, turn: int) -> None:
        """Keep a file for the batch to come, its turn being as `place_in_line` says.

        Raises OSError where there is no room.
        """
        ...

    def commit(self, removals: Sequence[str]) -> None:
        """Make the staged files visible in their turn, then take `removals` (paths) away."""
        ...

    def settle(self) -> None:
        """Say that the database knows what the batch has done."""
        ...

    def discard(self) -> None:
        """Drop what was staged; what `commit` has begun stays for `recover`."""
        ...

    def read(self, path: str) -> bytes | None:
        """Return the bytes readers get of a file; None if it is not there."""
        ...

    def forms_agree(self, path: str, content: bytes) -> bool:
        """Return whether what lies compressed beside the file with this content says the same."""
        ...

    def paths(self) -> Iterator[tuple[str, int]]:
        """Yield path and size (bytes) of every file, compressed forms left out."""
        ...


def digest_of(tree: Tree, path: str) -> str:
    """Return the sha256 of a file as hex; "" where it is not there, or its compressed forms say something else."""
    content = tree.read(path)
    if content is None or not tree.forms_agree(path, content):
        return ""
    return hashlib.sha256(content).hexdigest()
