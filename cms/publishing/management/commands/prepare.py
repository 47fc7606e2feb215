"""`manage.py prepare`: database and static files, brought up to this version of the code."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from cms.publishing import preparing


class Command(BaseCommand):
    requires_system_checks = []  # `make check` runs them; a start should not wait for them
    help = "Bring database and static files up to this version; does nothing when they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="Fill an installation that has no people yet."
        )

    def handle(self, **options: object) -> None:
        """Prepare; CommandError says in one line what stood in the way."""
        preparing.prepare(with_demo=bool(options["demo"]))
