"""`manage.py restore FILE`: an installation from its backup."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cms.publishing import preparing
from cms.publishing.backup import RestoreRefused, restore_backup


class Command(BaseCommand):
    help = "Put back what `backup` wrote into FILE. Stop the site before."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--force", action="store_true", help="Replace what the database and media hold now."
        )

    def handle(self, **options: object) -> None:
        """Restore; CommandError says in one line why not, and then nothing has changed."""
        path = Path(str(options["file"]))
        try:
            counted = restore_backup(path, force=bool(options["force"]))
        except RestoreRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        preparing.bring_up_to_date()  # so that what was restored can be served
        self.stdout.write(
            f"Pulih dari {path}: {counted['tables']} tabel, {counted['rows']} baris, {counted['files']} berkas media."
        )
