"""What was answered a moment ago: a page that many readers ask for at once is looked up once."""

import time
from typing import Any

from cms.publishing.reading.tree_reader import Answer
from cms.publishing.reading.trees import MOMENT

Key = tuple[str, str, str | None]


class Moment:
    """Pages from memory by what decides which one is sent; all are forgotten together after a MOMENT."""

    def __init__(self) -> None:
        self._answers: dict[Key, Answer] = {}
        self._until = 0.0

    def find(self, key: Key) -> Answer | None:
        """Return the answer to the same question, if it was given within this MOMENT."""
        now = time.monotonic()
        if now >= self._until:
            self._answers.clear()
            self._until = now + MOMENT
        return self._answers.get(key)

    def keep(self, key: Key, answer: Answer) -> None:
        """Let `answer` be given to whoever asks the same, if it is a page."""
        if answer.status == 200 and answer.file is None:
            self._answers[key] = answer


def key_of(method: str, named: str, path: str, asked: Any) -> Key | None:
    """Return what decides which page is sent; None for who asks for more than a page, or may get another one."""
    if method != "GET" or asked.get("cookie") or asked.get("range"):
        return None
    if asked.get("if-none-match") or asked.get("if-modified-since"):
        return None
    return named, path, asked.get("accept-encoding")
