"""`manage.py backup FILE`: the whole installation in one checked file."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError

from cms.commands import IndonesianCommand
from cms.publishing.archive import DamagedArchive
from cms.publishing.backup import write_backup


class Command(IndonesianCommand):
    help = "Mencadangkan basis data, media, dan kunci rahasia ke FILE, lalu membacanya lagi untuk memastikan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="berkas yang dibuat, misalnya warta.tar.gz"
        )

    def handle(self, **options: object) -> None:
        """Back up; CommandError says in one line what stood in the way."""
        path = Path(str(options["file"]))
        if path.exists():
            raise CommandError(f"Berkas {path} sudah ada. Pilih nama lain agar cadangan lama tidak hilang.")
        try:
            counted = write_backup(path)
        except (OSError, DamagedArchive) as error:
            raise CommandError(f"Cadangan gagal ditulis ke {path}: {error}.") from error
        self.stdout.write(
            f"Cadangan {path} selesai dan sudah diperiksa: {counted['tables']} tabel, {counted['rows']} baris, "
            f"{counted['files']} berkas media, {path.stat().st_size / 1024**2:.1f} MB."
        )
