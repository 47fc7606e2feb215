"""Open an office from the command line."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cms.commands import IndonesianCommand
from home.models import HomePage
from home.office import OfficeRefused, open_office

_DETAILS = ("city", "address", "hours", "phone", "email", "description")
_NEEDED = ("code", "name", "short_name", "level", "hostname", "port", "parent_code", "dateline", "timezone")


class Command(IndonesianCommand):
    """`manage.py open_office --code 36.02 --name "KPU Kabupaten Lebak" ...`; safe to repeat."""

    help = "Membuka kantor: situs, halaman, rubrik, kelompok pengguna, dan alur persetujuan. Aman diulang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what an office cannot be opened without, and what it may have from the start."""
        levels, zones = ", ".join(HomePage.Level.values), ", ".join(HomePage.Zone.values)
        parser.add_argument("--code", required=True, help="kode wilayah Kemendagri, misalnya 36.02")
        parser.add_argument("--name", required=True, help="misalnya: KPU Kabupaten Lebak")
        parser.add_argument("--short-name", required=True, help="misalnya: KPU Lebak")
        parser.add_argument("--level", required=True, help=levels)
        parser.add_argument("--hostname", required=True, help="misalnya: kab-lebak.kpu.go.id")
        parser.add_argument("--port", type=int, default=_public_port(), help="baku: %(default)s")
        parser.add_argument("--parent-code", help="kode kantor induk yang sudah dibuka, misalnya 36")
        parser.add_argument("--dateline", default="", help="misalnya: KPU LEBAK (baku: nama singkat)")
        parser.add_argument("--timezone", default=HomePage.Zone.WIB.value, help=zones)
        for field in _DETAILS:
            label = HomePage._meta.get_field(field).verbose_name
            parser.add_argument(f"--{field}", default="", help=str(label))

    def handle(self, *args: object, **options: object) -> None:
        """Open it, or say in one sentence why not."""
        try:
            home = open_office(**{name: options[name] for name in (*_NEEDED, *_DETAILS)})
        except OfficeRefused as error:
            raise CommandError(str(error)) from error
        said = {"name": home.name, "url": home.get_site().root_url}
        self.stdout.write(_("%(name)s siap di %(url)s") % said)


def _public_port() -> int:
    """Return the port readers use: that of the embedded server, or the web's own behind a real address."""
    if settings.ALLOWED_HOSTS_GIVEN:
        return 443 if settings.HTTPS else 80
    return settings.PORT
