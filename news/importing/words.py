"""Cutting a text without losing a word of it."""

import re

_SENTENCE_END = re.compile(r"[.!?][”\"\u2019)]?\s")


def fitting_lead(text: str, longest: int) -> tuple[str, str]:
    """Split `text` into what fits into `longest` characters and the rest: after a sentence, else a word.

    Nothing is dropped; a cut inside a sentence is marked with an ellipsis on both sides.
    """
    if len(text) <= longest:
        return text, ""
    ends = [match.end() for match in _SENTENCE_END.finditer(text[: longest + 1])]
    if ends:
        return text[: ends[-1]].rstrip(), text[ends[-1] :].lstrip()
    cut = text.rfind(" ", 0, longest - 2)
    cut = cut if cut > 0 else longest - 2
    return f"{text[:cut].rstrip()} …", f"… {text[cut:].lstrip()}"
