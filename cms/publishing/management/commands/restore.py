"""`manage.py restore FILE`: an installation from its backup."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError

from cms.commands import IndonesianCommand
from cms.publishing import preparing
from cms.publishing.backup import RestoreRefused, restore_backup


class Command(IndonesianCommand):
    help = "Memulihkan isi FILE yang dibuat oleh `backup`. Hentikan situs lebih dahulu."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="berkas cadangan, misalnya warta.tar.gz")
        parser.add_argument(
            "--force", action="store_true", help="timpa isi basis data dan media yang ada sekarang"
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
