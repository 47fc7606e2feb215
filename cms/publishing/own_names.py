"""What addresses of the site's own doors and lists begin with: no page and no redirect may take their place."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

# Nothing of Django's answers there, the files of the tree do; or it is for servers alone.
_OF_FILES = {"static", "media", "gambar", "dokumen", "django-admin", "_redirects"}
_NAME = re.compile(r"[\w-]+")


@cache
def own_names() -> frozenset[str]:
    """Return the first part of every address that is a door's or a list's, whatever there is in the database."""
    return frozenset(_OF_FILES.union(_first_parts(get_resolver().url_patterns)))


def _first_parts(patterns: Sequence[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for each in patterns:
        address = f"{before}{each.pattern}"
        first, slash, _rest = address.lstrip("^").partition("/")
        if isinstance(each, URLResolver) and not slash:
            yield from _first_parts(each.url_patterns, address)
        elif slash and _NAME.fullmatch(first):
            yield first
