"""Rich text as lines of plain words in which nothing is lost: *bold*, _italic_, and where a link leads."""

from collections.abc import Callable
from html.parser import HTMLParser

_BREAKING = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "br", "hr", "tr"})
_MARKS = {"b": "*", "strong": "*", "i": "_", "em": "_", "s": "~", "sup": "^", "sub": "ˬ"}

Target = Callable[[dict[str, str | None]], str]


class _Reader(HTMLParser):
    def __init__(self, target: Target) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._target = target
        self._leads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKING:
            self._break("• " if tag == "li" else "")
        elif tag == "a":
            self._leads.append(self._target(dict(attrs)))
        elif tag == "embed":
            self._break(self._target(dict(attrs)))
        else:
            self.lines[-1] += _MARKS.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKING:
            self._break()
        elif tag == "a" and self._leads:
            self.lines[-1] += f" (→ {self._leads.pop()})"
        else:
            self.lines[-1] += _MARKS.get(tag, "")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data

    def _break(self, start: str = "") -> None:
        if self.lines[-1].strip():
            self.lines.append("")
        self.lines[-1] = start


def lines_of(source: str, target: Target) -> str:
    """Return rich text as lines; `target` names where a link leads, from the attributes of its tag."""
    reader = _Reader(target)
    reader.feed(source or "")
    reader.close()
    return "\n".join(line.strip() for line in reader.lines if line.strip())
