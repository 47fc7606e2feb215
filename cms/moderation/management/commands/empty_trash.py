"""`manage.py empty_trash --older-than DAYS`: removes for good what has lain in the trash that long."""

import getpass
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.commands import IndonesianCommand, host_name
from cms.moderation.trash import emptying
from cms.moderation.trash.rows import Trashed
from cms.publishing.progress import Progress


class Command(IndonesianCommand):
    """`manage.py empty_trash --older-than DAYS [--site HOST] [--dry-run]`."""

    help = "Menghapus untuk selamanya isi Sampah yang lebih tua dari sekian hari. Tercatat di jejak."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how old, and where."""
        parser.add_argument(
            "--older-than", type=_days, required=True, metavar="HARI", help="umur di Sampah, dalam hari"
        )
        parser.add_argument("--site", type=host_name, metavar="HOST", help="hanya kantor ini")
        parser.add_argument("--dry-run", action="store_true", help="hanya tunjukkan, tidak menghapus apa pun")

    def handle(self, *args: object, **options: object) -> None:
        """Remove one by one; what was removed stays removed when the next one fails."""
        rows = list(emptying.older_than(options["older_than"], _offices(options["site"])))
        progress = Progress(sum(row.pages for row in rows), "", _("Mengosongkan Sampah"), self.stderr)
        gone = seen = 0
        for row in rows:
            reason = emptying.why_kept(row) if options["dry_run"] else _remove(row, _onwards(progress, seen))
            gone, seen = gone + (row.pages if not reason else 0), seen + row.pages
            self.stdout.write(_line(row, reason))
            progress.reach(seen)
        progress.close()
        words = (
            _("Akan dihapus: %(count)d halaman.") if options["dry_run"] else _("Dihapus: %(count)d halaman.")
        )
        self.stdout.write(words % {"count": gone})


def _onwards(progress: Progress, seen: int) -> Callable[[int], None]:
    return lambda gone: progress.reach(seen + gone)


def _remove(row: Trashed, reached: Callable[[int], None]) -> str:
    try:
        emptying.remove_for_good(row, getpass.getuser(), reached)
    except emptying.Kept as kept:
        return str(kept)
    return ""


def _line(row: Trashed, reason: str) -> str:
    said = {"title": row.title, "pages": row.pages, "day": f"{row.made_at:%Y-%m-%d}", "reason": reason}
    if reason:
        return _("disimpan  %(day)s  %(title)s: %(reason)s") % said
    return _("dihapus   %(day)s  %(title)s (%(pages)d halaman)") % said


def _offices(host: str | None) -> list[int] | None:
    if not host:
        return None
    found = list(Site.objects.filter(hostname=host).values_list("root_page_id", flat=True))
    if not found:
        raise CommandError(_("Tidak ada kantor beralamat %(host)s.") % {"host": host})
    return found


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 100_000):
        raise ArgumentTypeError(_("isilah jumlah hari, paling sedikit 1"))
    return int(text)
