"""`manage.py publish_scheduled`: Wagtail's command, of which one failing article would stop all others."""

from argparse import ArgumentParser

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.commands import IndonesianCommand
from cms.publishing import scheduling


class Command(IndonesianCommand):
    """Do once what the publisher does every second."""

    help = "Menerbitkan dan menarik halaman yang sudah waktunya (penerbit melakukannya sendiri setiap detik)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what Wagtail's command takes."""
        parser.add_argument("--dryrun", action="store_true", help="hanya hitung, jangan ubah apa pun")

    def handle(self, *args: object, **options: object) -> None:
        """Carry out what is due and say how many it was."""
        now = timezone.now()
        count = scheduling.count_due(now) if options["dryrun"] else scheduling.carry_out(now)
        self.stdout.write(_("%(count)d halaman sudah waktunya.") % {"count": count})
