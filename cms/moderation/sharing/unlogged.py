"""Keeps the addresses of shared drafts out of the log: whoever reads one there could read the draft."""

import re
from collections.abc import MutableMapping
from typing import Any

_ADDRESS = re.compile(r"(/naskah/)[^\s\"'<>]+")


def without_tokens(logger: Any, name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out of every value of a line what follows `/naskah/` (a structlog processor, after all that write words)."""
    return {key: _bare(value) for key, value in line.items()}


def _bare(value: Any) -> Any:
    match value:
        case str():
            return _ADDRESS.sub(r"\1…", value)
        case dict():
            return {key: _bare(each) for key, each in value.items()}
        case list() | tuple():
            return [_bare(each) for each in value]
    return value
