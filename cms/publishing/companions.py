"""Files that stand beside a page, made by upper layers: the JSON twin."""

from collections.abc import Callable, Sequence

from wagtail.models import Page

from cms.publishing.office import Office
from cms.publishing.outputs import File

Beside = Callable[[Page, str, str | None], File]
_preparers: list[Callable[[Sequence[Page], Office], Beside]] = []


def register_companion(prepare: Callable[[Sequence[Page], Office], Beside]) -> None:
    """Let `prepare(pages, office)`, which reads what many pages need at once, answer with `beside(page, base, body)`.

    `base` is the page's folder in the tree ("" or ending with a slash), `body` the HTML of its body where the page
    has shown it already.
    """
    _preparers.append(prepare)


def prepare(pages: Sequence[Page], office: Office) -> Callable[..., list[File]]:
    """Read what the files beside `pages` need; the answer, `beside(page, base, body=None)`, makes those of one page."""
    ready = [prepare(pages, office) for prepare in _preparers]
    return lambda page, base, body=None: [beside(page, base, body) for beside in ready]


def forget() -> None:
    """Let nothing stand beside pages (a bench that builds HTML alone)."""
    _preparers.clear()
