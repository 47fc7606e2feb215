"""`manage.py health`: what is wrong with this installation; for a monitor, with --json."""

import json
from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cms.commands import IndonesianCommand
from cms.health.checking import Result, examine


class Command(IndonesianCommand):
    """`manage.py health [--json]`; ends with 1 when something is wrong."""

    help = "Memeriksa kesehatan situs; kode keluar 1 bila ada yang salah."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", help="jawaban untuk mesin")

    def handle(self, *args: object, **options: object) -> None:
        """Write a line for each problem."""
        results = examine()
        if options["json"]:
            self.stdout.write(json.dumps(_data(results), ensure_ascii=False))
        else:
            for result in results:
                for problem in result.problems:
                    detail = f" ({problem.detail})" if problem.detail else ""
                    self.stdout.write(f"{result.check.title}: {problem.message}{detail}")
        count = sum(len(result.problems) for result in results)
        if count:
            raise CommandError(_("%(count)d hal perlu diperbaiki.") % {"count": count})
        if not options["json"]:
            self.stdout.write(_("Semua berjalan baik."))


def _data(results: list[Result]) -> dict[str, object]:
    return {
        "ok": not any(result.problems for result in results),
        "checks": {
            result.check.code: [
                {
                    "message": problem.message,
                    "detail": problem.detail,
                    "since": problem.since.isoformat() if problem.since else None,
                }
                for problem in result.problems
            ]
            for result in results
        },
    }
