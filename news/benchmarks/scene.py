"""What every bench works with."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Scene:
    """The corpus, where to lay things down, and whom to tell how far a bench is."""

    corpus: Path
    folder: Path
    advance: Callable[[int, int], None]
