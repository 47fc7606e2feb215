"""Every word of Warta's own screens is there in English, and says the same."""

import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

from cms.messages import KEYWORDS
from tests.test_conventions import modules

ENGLISH = Path(settings.BASE_DIR) / "cms" / "locale" / "en" / "LC_MESSAGES" / "django.po"
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|(?<!%)%[sd0-9]")
_TAG = re.compile(r"</?\s*([a-z0-9]+)", re.I)
_EDGE = re.compile(r"^\s*|\s*$")
_ALIAS = re.compile(r"gettext(?:_lazy|_noop)? as (\w+)")


@cache
def english() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def _messages() -> list[Message]:
    return [message for message in english() if message.id]


def _forms(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def test_english_speaking_editor_meets_no_untranslated_word():
    missing = [
        message.id
        for message in _messages()
        if message.fuzzy or not all(map(str.strip, _forms(message.string)))
    ]
    assert len(_messages()) > 500
    assert missing == [], "fill in msgstr in cms/locale/en (make messages adds the new words empty)"


def test_english_speaking_editor_reads_the_same_values_and_the_same_tags():
    wrong = []
    for message in _messages():
        source = _forms(message.id)[-1]
        for said in _forms(message.string):
            for pattern in (_PLACEHOLDER, _TAG, _EDGE):
                theirs, ours = (sorted(map(str, pattern.findall(words))) for words in (source, said))
                if said and theirs != ours:
                    wrong.append((source, said))
    assert wrong == []


def test_english_speaking_editor_reads_of_one_and_of_many():
    assert english().num_plurals == 2
    several = [message for message in _messages() if message.pluralizable]
    assert [message.id for message in several if len(set(message.string)) != 2] == []


def test_translator_is_given_every_word_whatever_a_module_calls_gettext():
    called = {name for path in modules() for name in _ALIAS.findall(path.read_text())}
    assert called - KEYWORDS.keys() == set(), (
        "name it in KEYWORDS of cms/messages.py, or its words stay Indonesian"
    )
