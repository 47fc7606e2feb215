"""What an import did: counted, and line by line for the person who made the file."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO


@dataclass
class Tally:
    """Every line that holds something is in exactly one of `taken`, `present` and `refused`."""

    lines: int = 0
    taken: int = 0
    present: int = 0
    refused: int = 0
    warned: int = 0
    unused: Counter[str] = field(default_factory=Counter)


class Report:
    """The file that names each line refused, or taken with a remark: one JSON object per entry."""

    def __init__(self, path: Path) -> None:
        """Begin anew at `path`; its folder is made."""
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: TextIO = path.open("w", encoding="utf-8")

    def refuse(self, line: int, reason: str) -> None:
        """Note why a line was not taken."""
        self._write(line, "ditolak", reason)

    def warn(self, line: int, reason: str) -> None:
        """Note what to look at in an article that was taken."""
        self._write(line, "catatan", reason)

    def close(self) -> None:
        """End the file."""
        self._file.close()

    def _write(self, line: int, result: str, reason: str) -> None:
        entry = {"baris": line, "hasil": result, "alasan": reason}
        self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        self._file.flush()
