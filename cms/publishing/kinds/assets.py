"""The style sheets, scripts and drawings the public templates name."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

from cms.publishing.kinds.files import path_of
from cms.publishing.office import Office
from cms.publishing.outputs import File, Made, Stage

_NAMED = re.compile(r"""\bstatic\(["']([^"']+)["']\)""")


class Assets:
    """Static files; a change of one is a change of the code, after which everything is made again."""

    name = "asset"
    stage = Stage.FILE

    def idents(self, office: Office) -> Sequence[str]:
        """Return the name of every static file a public template refers to."""
        return named_assets()

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Read the files under the names they are served by."""
        for name in idents:
            known = name in named_assets()
            yield Made(name, [File(path_of(static(name)), _content(name))] if known else [])

    def find(self, office: Office, path: str) -> None:
        """Static files have a live door of their own."""
        return None


@cache
def named_assets() -> tuple[str, ...]:
    """Return the names in all public templates, in order."""
    texts = (path.read_text(encoding="utf-8") for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    return tuple(sorted({name for text in texts for name in _NAMED.findall(text)}))


def _content(name: str) -> bytes:
    hashed = static(name).removeprefix(settings.STATIC_URL)
    if settings.STATIC_ROOT and (Path(settings.STATIC_ROOT) / hashed).is_file():
        with staticfiles_storage.open(hashed) as stored:
            return stored.read()
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(2, "", name)
    return Path(str(found)).read_bytes()
