"""An operator who types a command reads Indonesian, whatever goes wrong and wherever the words come from."""

import argparse
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import ManagementUtility, get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError

from cms.commands import IndonesianCommand

CATALOGUE = Path(settings.BASE_DIR) / "cms" / "locale_wagtail" / "id" / "LC_MESSAGES" / "argparse.po"
OURS = ("cms.", "home", "news", "search")
COMMANDS = sorted(name for name, app in get_commands().items() if str(app).startswith(OURS))
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]")
# What argparse says to whoever writes a command, not to whoever types one.
PROGRAMMERS = {
    ".__call__() not defined",
    "conflicting subparser: %s",
    "conflicting subparser alias: %s",
    "cannot merge actions - two groups are named %r",
    "'required' is an invalid argument for positionals",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "conflicting option string: %s",
    "mutually exclusive arguments must be optional",
    "cannot have multiple subparser arguments",
    "%r is not callable",
}


@pytest.fixture
def type_in(capsys, monkeypatch):
    """Type `manage.py WORDS`; returns how it ended and what the terminal shows."""

    monkeypatch.setattr("django.core.management.base.connections.close_all", lambda: None)  # the test's too

    def _type_in(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["manage.py", *words])
        status = 0
        try:
            ManagementUtility(["manage.py", *words]).execute()
        except SystemExit as end:
            status = int(end.code or 0)
        shown = capsys.readouterr()
        return status, shown.out + shown.err

    return _type_in


def _translations() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        pairs = ((message.id, message.string) for message in read_po(file) if message.id)
        return {
            id_ if isinstance(id_, str) else id_[0]: said if isinstance(said, str) else said[0]
            for id_, said in pairs
        }


def _first(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


def test_every_command_of_ours_is_known():
    assert {"publish", "backup", "serve", "import_articles", "open_office", "health"} <= set(COMMANDS)
    assert all(
        isinstance(load_command_class(get_commands()[name], name), IndonesianCommand) for name in COMMANDS
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_is_indonesian(type_in, name):
    status, shown = type_in(name, "--help")
    assert status == 0
    assert shown.startswith("pemakaian: manage.py")
    english = r"\b(the|and|this|usage|options|show|exit|with|when|every|output|system|path)\b"
    assert re.findall(english, shown.split("\n\n", 1)[1]) == []
    assert type_in("help", name)[1] == shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("publish --hlep", "argumen tidak dikenal: --hlep. Lihat yang ada dengan --help"),
        ("publish --all --verify", "argumen --verify: tidak dapat dipakai bersama --all"),
        ("publish --site", "argumen --site: perlu satu nilai"),
        ("publish --s x", "pilihan --s dapat berarti --settings, --skip-checks, --site; tulis lengkap"),
        ("backup", "masih harus diisi: FILE"),
        ("bench --articles banyak", "bukan int yang sah: 'banyak'"),
        ("health --json=ya", "tidak menerima nilai, tetapi diberi 'ya'"),
        ("publish -v 9", "pilihan tidak dikenal: "),
    ],
)
def test_operator_who_mistypes_is_told_what_to_type(type_in, words, said):
    status, shown = type_in(*words.split())
    assert status == 2
    assert f"manage.py {words.split()[0]}: " in shown
    assert said in shown
    assert "error" not in shown


def test_operator_is_told_why_a_command_failed_and_not_what_python_calls_that(type_in, office):
    status, shown = type_in("publish", "--site", "tidak.ada")
    assert (status, shown.strip()) == (1, "Tidak ada kantor dengan nama host tidak.ada.")
    with pytest.raises(CommandError):
        type_in("publish", "--site", "tidak.ada", "--traceback")


def test_every_word_argparse_and_django_may_say_is_there_in_indonesian():
    with Path(argparse.__file__).open("rb") as file:
        keywords = {"_": None, "ngettext": (1, 2)}
        found = {
            _first(message)
            for _line, _name, message, _notes in extract_python(file, keywords, [], {})
            if message
        }
    parser = BaseCommand().create_parser("manage.py", "x")
    found |= {action.help for action in parser._actions if action.dest != "help"}
    assert len(found) > 30
    assert found - PROGRAMMERS - _translations().keys() == set()


def test_translation_of_argparse_carries_the_same_values():
    wrong = {
        source: said
        for source, said in _translations().items()
        if sorted(_PLACEHOLDER.findall(source)) != sorted(_PLACEHOLDER.findall(said))
    }
    assert wrong == {}
