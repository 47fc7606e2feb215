"""From what somebody wrote to the words the search compares: one folding for articles and for questions."""

import re
import unicodedata
from collections.abc import Iterator

WORD_LENGTH = 60  # characters; what is longer is cut alike on both sides

# Every sign keyboards and word processors put for the apostrophe of Asy'ari or Jum'at, which are also
# written Asyari and Jumat: ' ` acute, curly and reversed quotes, modifier letters, the full-width one.
_APOSTROPHES = re.compile("['`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02be\u02bf\uff07]")
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> Iterator[str]:
    """Yield the words of `text` in order: lower case, without accents, apostrophes and signs."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    if not plain.isascii():
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return (match[0][:WORD_LENGTH] for match in _WORD.finditer(plain))


def folded(text: str) -> str:
    """Return each word of `text` once, apart by single spaces: what an engine stores."""
    return " ".join(dict.fromkeys(words_of(text)))
