"""Files that stand beside a page, made by upper layers: the JSON twin."""

from collections.abc import Callable, Sequence

from wagtail.models import Page

from cms.publishing.office import Office
from cms.publishing.outputs import File

Beside = Callable[[Page, str], File]
_preparers: list[Callable[[Sequence[Page], Office], Beside]] = []


def register_companion(prepare: Callable[[Sequence[Page], Office], Beside]) -> None:
    """Let `prepare(pages, office)`, which reads what many pages need at once, answer with `beside(page, base)`.

    `base` is the page's folder in the tree ("" or ending with a slash).
    """
    _preparers.append(prepare)


def prepare(pages: Sequence[Page], office: Office) -> Callable[[Page, str], list[File]]:
    """Read what the files beside `pages` need; the answer makes those of one page."""
    ready = [prepare(pages, office) for prepare in _preparers]
    return lambda page, base: [beside(page, base) for beside in ready]
