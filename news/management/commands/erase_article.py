"""`manage.py erase_article NUMBER`: takes the last words out of an article that is withdrawn for personal data."""

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cms.commands import IndonesianCommand
from cms.formats.row_numbers import read_row_number
from news.emptying import NotEmptied, empty_article, why_not
from news.models import NewsArticlePage


class Command(IndonesianCommand):
    """`manage.py erase_article NUMBER [--dry-run]`."""

    help = (
        "Mengosongkan untuk selamanya artikel yang ditarik karena data pribadi dan tidak akan diperbaiki: konsep, "
        "slug, alamat lama, pengalihan, dan alasan penarikannya. Cadangan tidak terjangkau."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which article."""
        parser.add_argument("number", metavar="NOMOR", help="nomor halaman artikel itu")
        parser.add_argument("--dry-run", action="store_true", help="hanya tunjukkan, tidak menghapus apa pun")

    def handle(self, *args: object, **options: object) -> None:
        """Empty it, and say what is left to do by hand."""
        page = NewsArticlePage.objects.filter(pk=read_row_number(options["number"])).first()
        if page is None:
            raise CommandError(_("Tidak ada artikel bernomor %(number)s.") % {"number": options["number"]})
        said = {"title": page.title, "address": page.legacy_url or "-"}
        if reason := why_not(page):
            raise CommandError(reason)
        if options["dry_run"]:
            self.stdout.write(_("Akan dikosongkan: %(title)s") % said)
            return
        try:
            empty_article(page)
        except NotEmptied as error:  # somebody was faster
            raise CommandError(str(error)) from error
        self.stdout.write(_("Dikosongkan: %(title)s") % said)
        self.stdout.write(
            _("Cadangan masih memuatnya, dan impor ulang mengembalikannya (alamat lama: %(address)s).") % said
        )
