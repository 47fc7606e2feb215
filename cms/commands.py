"""What our own commands share: they speak Indonesian, in what argparse and Django add to them too."""

import argparse
import gettext
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, SystemCheckError
from django.utils.translation import gettext as _

# Not one of Django's catalogues: there short words of a terminal would be taken for those of a screen.
_words = gettext.translation(
    "argparse", settings.BASE_DIR / "cms" / "locale_wagtail", [settings.LANGUAGE_CODE], fallback=True
)


def host_name(text: str) -> str:
    """Read the host an option names: an empty one, from a script's empty variable, never stands for every office."""
    if not text.strip():
        raise argparse.ArgumentTypeError(
            _("sebut nama host satu kantor, atau hapus pilihan ini untuk semua kantor")
        )
    return text


class IndonesianCommand(BaseCommand):
    """A command whose help and errors are sentences its operator can read."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return Django's parser with Indonesian words."""
        # argparse takes each word when it needs it, in the language of the environment; a server's has none.
        argparse._, argparse.ngettext = _words.gettext, _words.ngettext  # ty: ignore[unresolved-attribute]
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        for action in parser._actions:
            if action.help:
                action.help = _words.gettext(action.help)
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run; who typed the command reads why it failed, and not what Python calls that."""
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            is_told = not options["traceback"] and not isinstance(error, SystemCheckError)
            if not (self._called_from_command_line and is_told):
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)
