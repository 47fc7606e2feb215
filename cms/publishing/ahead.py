"""What readers must not be led to yet: new pages and lists of which some are still to be made."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from cms.publishing import outputs, traces
from cms.publishing.outputs import Name, Trace
from cms.publishing.parts import Turn, Turns, is_new
from cms.publishing.recording import Recording, is_presence


class Ahead:
    """Knows, in one batch, what is not all there with it."""

    def __init__(self, turns: Turns, names: Iterable[Name], standing: Mapping[int, Trace]) -> None:
        """Take what waits, which outputs this batch makes, and where the pages it has looked at stand."""
        missing = {name for name, turn in turns.items() if is_new(turn)} - set(names)
        hidden = {name for name, turn in turns.items() if is_new(turn) or turn == Turn.UNSHOWN}
        self.is_all_there = not missing
        self._standing = standing
        self._hidden: set[Name] = set()
        self._keys: set[str] = set()
        self._places: dict[str, list[int]] = {}  # in lists, in order
        self._lacks_list = any(turns[name] == Turn.NEW_LIST for name in missing)
        if missing:
            self.hide(*hidden)

    def hide(self, *names: Name) -> None:
        """Let nothing lead to these outputs."""
        self._hidden.update(names)
        kinds = outputs.page_kinds()
        pages = {int(name.ident) for name in names if name.kind in kinds}
        self._keys |= {f"{name.kind}:{name.ident}" for name in names} | {f"page:{page}" for page in pages}
        before = traces.traces_of(pages - self._standing.keys())
        now = [self._standing[page] for page in pages & self._standing.keys()]
        for trace in [*now, *(trace for some in before.values() for trace in some)]:
            for listed, place in trace.points:
                self._places.setdefault(listed, []).append(place)
        for places in self._places.values():
            places.sort()

    def must_wait(self, name: Name, shown: Recording) -> bool:
        """Return whether an output readers may find, having shown this, would lead them nowhere."""
        if not self._hidden or name in self._hidden:
            return False
        tells_of_lists = self._lacks_list and any(is_presence(listed) for listed, _low, _high in shown.ranges)
        is_named = tells_of_lists or not self._keys.isdisjoint(shown.keys)
        return is_named or any(self._is_listed(*each) for each in shown.ranges)

    def _is_listed(self, listed: str, low: int, high: int) -> bool:
        places = self._places.get(listed, ())
        at = bisect_left(places, low)
        return at < len(places) and places[at] <= high
