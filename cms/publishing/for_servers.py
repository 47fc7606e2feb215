"""Old addresses as servers read them: `_redirects` (Netlify, Cloudflare and our own server) and a map for nginx."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import NamedTuple

LIST, GONE = "_redirects", "/410.html"
NGINX, NGINX_FOR_NOW = "nginx-redirects.map", "nginx-temporary.map"  # nginx answers all of one map alike
BELOW, REST = "*", ":splat"  # at the end of an address in LIST: whatever follows, and the same once more
TWIN = "index.json"

# What may follow: nginx has decoded the address, and puts what it kept of it into a header.
_FOLLOWING = "([A-Za-z0-9_./-]*)"


class Lead(NamedTuple):
    """Where an old address leads: `GONE` where to nothing; `is_for_now`: some day somewhere else, or nowhere."""

    target: str
    is_for_now: bool = False


def lists_of(leads: Mapping[str, Lead]) -> dict[str, bytes]:
    """Return the lists by name, from where each old address leads, as `_redirects` writes both; none is empty."""
    # The first line that fits is the one that counts.
    ordered = sorted(leads.items(), key=lambda line: (line[0].endswith(BELOW), line[0]))
    lines = [f"{old} {lead.target} {_status(old, lead)}" for old, lead in ordered]
    # At its own address a notice tells that nothing else is there; nginx serves it like any file.
    nginx = [(old, lead) for old, lead in ordered if lead.target != old]
    found = {
        LIST: lines,
        NGINX: [_for_nginx(old, lead.target) for old, lead in nginx if not lead.is_for_now],
        NGINX_FOR_NOW: [_for_nginx(old, lead.target) for old, lead in nginx if lead.is_for_now],
    }
    return {name: _text(some) for name, some in found.items() if some}


def _status(old: str, lead: Lead) -> int:
    if lead.target in (GONE, old):
        return HTTPStatus.GONE.value
    return (HTTPStatus.FOUND if lead.is_for_now else HTTPStatus.MOVED_PERMANENTLY).value


def read_list(content: bytes) -> dict[str, Lead]:
    """Return what the bytes of a `_redirects` of ours were made of."""
    lines = (line.split(" ") for line in content.decode().splitlines())
    return {old: Lead(target, status == str(HTTPStatus.FOUND.value)) for old, target, status in lines}


def file_at(address: str) -> str:
    """Return the path of the file at an address of a line; for `/x/*` it is that at `/x/`."""
    path = address.removesuffix(BELOW).removesuffix(REST)
    is_file = not path.endswith("/") and "." in path.rpartition("/")[2]
    return path.strip("/") if is_file else f"{path.strip('/')}/index.html".lstrip("/")


def _for_nginx(old: str, target: str) -> str:
    if not old.endswith(BELOW):
        return f'"{old}" "{"410" if target == GONE else target}";'
    begin = f"~^{re.escape(old.removesuffix(BELOW))}"
    if target == GONE:
        return f'"{begin}" "410";'
    return f'"{begin}{_FOLLOWING}$" "{target.removesuffix(REST)}$1";'


def _text(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
