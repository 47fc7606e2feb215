"""Load the demo from the command line."""

import sys

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm
from wagtail.models import Site

from cms.commands import IndonesianCommand
from home.demo import loading, people
from home.demo.addresses import follow_port
from home.models import HomePage
from news.models import NewsArticlePage


class Command(IndonesianCommand):
    """`manage.py demo`; safe to repeat: loads once, and then only lets the sites follow the port."""

    help = "Memuat isi contoh: sembilan kantor KPU di Banten, sebelas tulisan, dan akun untuk mencoba."

    def handle(self, *args: object, **options: object) -> None:
        """Load what is not there yet and say what is there."""
        if not loading.is_loaded():
            self._load()
        moved = follow_port()
        if moved:
            self.stdout.write(_("Alamat %(count)d situs disesuaikan dengan porta.") % {"count": moved})
        self._describe()

    def _load(self) -> None:
        is_quiet = not sys.stderr.isatty()
        with tqdm(total=loading.steps(), desc=_("Isi contoh"), leave=False, disable=is_quiet) as progress:
            try:
                loading.load(progress)
            except loading.DemoRefused as error:
                raise CommandError(str(error)) from error

    def _describe(self) -> None:
        counts = {
            "offices": HomePage.objects.filter(is_demo=True).count(),
            "articles": NewsArticlePage.objects.live().count(),
        }
        self.stdout.write(_("Isi contoh siap: %(offices)d kantor, %(articles)d tulisan.") % counts)
        for site in Site.objects.select_related("root_page").order_by("pk"):
            self.stdout.write(f"  {site.root_url}/  {site.root_page.title}")
        who = ", ".join(person.username for person in people.PEOPLE)
        self.stdout.write(
            _("Akun contoh: %(who)s; sandi: %(password)s") % {"who": who, "password": people.PASSWORD}
        )
        self.stdout.write(
            _(
                "Mulai sebagai penulis: beranda ruang redaksi memuat empat langkah, dari tanggal keliru sampai ralat."
            )
        )
