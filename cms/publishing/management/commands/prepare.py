"""`manage.py prepare`: database and static files, brought up to this version of the code."""

from argparse import ArgumentParser

from cms.commands import IndonesianCommand
from cms.publishing import preparing


class Command(IndonesianCommand):
    requires_system_checks = []  # `make check` runs them; a start should not wait for them
    help = "Menyiapkan basis data dan berkas statis untuk versi ini; tidak berbuat apa-apa bila sudah siap."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="isi dengan contoh bila belum ada penggunanya"
        )

    def handle(self, **options: object) -> None:
        """Prepare; CommandError says in one line what stood in the way."""
        preparing.prepare(with_demo=bool(options["demo"]))
