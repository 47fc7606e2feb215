"""What a reader typed: understood as words and a page number, or answered with a sentence."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.words import words_of

LENGTH_MAX = 200  # characters
WORDS_MAX = 12


@dataclass(frozen=True)
class Question:
    """A reader's question; without `words` the `message` says what to do."""

    query: str
    words: tuple[str, ...] = ()
    message: str = ""


def read(typed: str) -> Question:
    """Understand what was typed into the search box, whatever it is."""
    # NUL may stand in an address, but in no page and no database.
    query = " ".join(typed.replace("\0", " ").split())
    if not query:
        return Question("", message=_("Ketik kata yang dicari, misalnya nama orang, tempat, atau kegiatan."))
    if len(query) > LENGTH_MAX:
        return Question(
            query[:LENGTH_MAX],
            message=_("Kalimat pencarian terlalu panjang. Cukup beberapa kata yang paling penting."),
        )
    words = tuple(words_of(query))
    if not words:
        return Question(
            query, message=_("Pencarian memerlukan huruf atau angka. Ketik sedikitnya satu kata.")
        )
    if len(words) > WORDS_MAX:
        return Question(
            query, message=_("Terlalu banyak kata. Pakai paling banyak %(max)d kata.") % {"max": WORDS_MAX}
        )
    return Question(query, words)


def page_number(typed: str | None) -> int | None:
    """Return the page asked for; 1 when none was, None when what was typed is no page number."""
    if typed is None:
        return 1
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
        return None
    return int(typed) or None
