"""Old addresses as servers read them: `_redirects` (Netlify, Cloudflare and our own server) and a map for nginx."""

import re
from collections.abc import Mapping, Sequence

LIST, NGINX, GONE = "_redirects", "nginx-redirects.map", "/410.html"
BELOW, REST = "*", ":splat"  # at the end of an address in LIST: whatever follows, and the same once more
TWIN = "index.json"

# What may follow: nginx has decoded the address, and puts what it kept of it into a header.
_FOLLOWING = "([A-Za-z0-9_./-]*)"


def lists_of(targets: Mapping[str, str]) -> dict[str, bytes]:
    """Return the lists by name: where each old address leads, or `GONE`, as `_redirects` writes both."""
    # The first line that fits is the one that counts.
    ordered = sorted(targets.items(), key=lambda line: (line[0].endswith(BELOW), line[0]))
    # At its own address a notice tells that nothing else is there; nginx serves it like any file.
    lines = [f"{old} {target} {410 if target in (GONE, old) else 301}" for old, target in ordered]
    nginx = [_for_nginx(old, target) for old, target in ordered if target != old]
    return {LIST: _text(lines), NGINX: _text(nginx)}


def read_list(content: bytes) -> dict[str, str]:
    """Return what the bytes of a `_redirects` of ours were made of."""
    lines = (line.split(" ") for line in content.decode().splitlines())
    return {old: target for old, target, _status in lines}


def file_at(address: str) -> str:
    """Return the path of the file at an address of a line; for `/x/*` it is that at `/x/`."""
    path = address.removesuffix(BELOW).removesuffix(REST).strip("/")
    return path if f"/{path}".endswith(f"/{TWIN}") else f"{path}/index.html".lstrip("/")


def _for_nginx(old: str, target: str) -> str:
    if not old.endswith(BELOW):
        return f'"{old}" "{"410" if target == GONE else target}";'
    begin = f"~^{re.escape(old.removesuffix(BELOW))}"
    if target == GONE:
        return f'"{begin}" "410";'
    return f'"{begin}{_FOLLOWING}$" "{target.removesuffix(REST)}$1";'


def _text(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
