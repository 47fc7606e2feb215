"""Values as they leave the site in JSON: addresses absolute, moments on the office's clock, nothing but JSON."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from cms.publishing.office import Office

_PLAIN = frozenset({str, int, float, bool, type(None)})
_TAG = re.compile(r"<(?:a|img|source|video|audio|track|button) [^>]*>")
_ADDRESS = re.compile(r' (href|src|srcset|poster|data-src)="([^"]+)"')
_WITH_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.I)
_CANDIDATE = re.compile(r"(?:^|(?<=, ))/(?!/)")


def outward(value: Any, office: Office) -> Any:
    """Return `value` as JSON holds it.

    Root-relative addresses (`url`, `src`, `csv`, `..._url`, and those inside `html`) get the office's own before
    them; a moment is ISO 8601 with the offset of the office's zone. Raises TypeError for what JSON cannot hold.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, dict):
        return {key: _part(key, part, office) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [outward(part, office) for part in value]
    return _single(value, office)


def absolute_html(html: str, root_url: str, base: str | None = None) -> str:
    """Return `html` with the addresses of links, pictures and players absolute.

    `base`, the absolute address of the page, goes before those relative to it (a table's CSV); without it they stay.
    """

    def addressed(match: re.Match[str]) -> str:
        name, address = match[1], match[2]
        if name == "srcset":
            return f' srcset="{_CANDIDATE.sub(lambda _: f"{root_url}/", address)}"'
        if _WITH_SCHEME.match(address):
            return match[0]
        if address.startswith("/"):
            return f' {name}="{root_url}{address}"'
        return match[0] if base is None else f' {name}="{base}{address}"'

    return _TAG.sub(lambda match: _ADDRESS.sub(addressed, match[0]), html)


def _part(key: str, part: Any, office: Office) -> Any:
    if not isinstance(part, str):
        return outward(part, office)
    if key == "html":
        return absolute_html(part, office.root_url) if '="/' in part else part
    is_address = key in ("url", "src", "csv") or key.endswith("_url")
    return f"{office.root_url}{part}" if is_address and part.startswith("/") else part


def _single(value: Any, office: Office) -> Any:
    if isinstance(value, dt.datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=office.zone)
        return aware.astimezone(office.zone).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, str | Decimal | UUID | Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
