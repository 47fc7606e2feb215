"""Every word of Wagtail's screens is there in Indonesian, and says the same."""

import re
from functools import cache
from pathlib import Path

import pytest
import wagtail
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

DOMAINS = ["django", "djangojs"]
OURS = Path(settings.BASE_DIR) / "cms" / "locale_wagtail" / "id" / "LC_MESSAGES"
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|(?<!%)%[sd]")
_TAG = re.compile(r"</?\s*([a-z0-9]+)", re.I)

Key = tuple[str | None, str]


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


@cache
def ours(domain: str) -> dict[Key, Message]:
    return {_key(message): message for message in _read(OURS / f"{domain}.po") if message.id}


@cache
def theirs(domain: str) -> dict[Key, Message]:
    """Return what Wagtail marks for translation, of the apps this project installs or not."""
    root = Path(wagtail.__file__).parent
    found: dict[Key, Message] = {}
    for path in sorted(root.rglob(f"locale/en/LC_MESSAGES/{domain}.po")):
        for message in _read(path):
            if message.id and (_key(message) not in found or message.pluralizable):
                found[_key(message)] = message
    return found


def _key(message: Message) -> Key:
    return message.context, message.id[0] if isinstance(message.id, tuple | list) else message.id


def _forms(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


@pytest.mark.parametrize("domain", DOMAINS)
def test_moderator_meets_no_untranslated_word_of_wagtail(domain):
    missing = [
        key for key in theirs(domain) if key not in ours(domain) or not all(_forms(ours(domain)[key].string))
    ]
    assert len(theirs(domain)) > 50
    assert missing == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_translator_keeps_no_word_wagtail_no_longer_says(domain):
    assert [key for key in ours(domain) if key not in theirs(domain)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_translation_carries_the_same_values_and_the_same_tags(domain):
    wrong = []
    for key, message in ours(domain).items():
        source, [said] = _forms(message.id)[-1], _forms(message.string)
        for pattern in (_PLACEHOLDER, _TAG):
            if sorted(pattern.findall(source)) != sorted(pattern.findall(said)):
                wrong.append((key, said))
    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_indonesian_has_one_form_for_one_and_many(domain):
    catalog = _read(OURS / f"{domain}.po")
    assert catalog.num_plurals == 1
    assert [key for key, message in ours(domain).items() if len(_forms(message.string)) != 1] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_translation_is_marked_as_a_guess(domain):
    assert [key for key, message in ours(domain).items() if message.fuzzy] == []
