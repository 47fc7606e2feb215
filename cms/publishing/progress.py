"""How far a long job is: a bar on a terminal, a line now and then elsewhere."""

from typing import TextIO

from tqdm import tqdm

STEP = 10  # per cent between two plain lines


class Progress:
    """Counts up to `total` units of `unit`; `"B"` is shown in kB and MB."""

    def __init__(self, total: int, unit: str, text: str, out: TextIO) -> None:
        """Begin at nought, writing to `out`."""
        self._total, self._text, self._out = max(total, 1), text, out
        self._done = self._told = 0
        self._bar = None
        if out.isatty():
            self._bar = tqdm(total=total, unit=unit, unit_scale=unit == "B", desc=text, file=out)

    def reach(self, done: int, note: str = "") -> None:
        """Tell that `done` units are done in all."""
        if self._bar is not None:
            self._bar.set_postfix_str(note, refresh=False)
            self._bar.update(done - self._done)
        elif (per_cent := done * 100 // self._total) >= min(self._told + STEP, 100) > self._told:
            self._told = per_cent
            self._out.write(f"{self._text}: {per_cent}% {note}".rstrip() + "\n")
        self._done = done

    def reach_of(self, done: int, total: int) -> None:
        """Tell that `done` of `total` units are done, for work that learns on its way how much it is."""
        self._total = max(total, 1)
        if self._bar is not None:
            self._bar.total = total
        self.reach(done)

    def close(self) -> None:
        """End the bar."""
        if self._bar is not None:
            self._bar.close()
