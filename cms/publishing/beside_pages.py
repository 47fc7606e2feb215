"""What stands below the address of a page and belongs to it (its archive, the data of its tables): it goes along."""

from collections.abc import Callable, Collection, Iterable, Mapping

# By page id; one that ends with `*` stands for all that begins so.
Names = Mapping[int, Iterable[str]]

_beside: list[Callable[[Collection[int]], Names]] = []


def register_beside(beside: Callable[[Collection[int]], Names]) -> None:
    """Let `beside(ids)` say what stands below live pages of an upper layer: `tabel-1.csv`, `arsip/*`."""
    _beside.append(beside)


def names_beside(ids: Collection[int]) -> dict[int, list[str]]:
    """Return what stands below pages, in order; a page that has nothing there is missing."""
    found: dict[int, set[str]] = {}
    for beside in _beside if ids else ():
        for pk, names in beside(ids).items():
            found.setdefault(pk, set()).update(names)
    return {pk: sorted(names) for pk, names in found.items() if names}
