"""`manage.py publish`: publish what waits, in the foreground."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.publishing import publisher
from cms.publishing.trees.local import LocalTree
from cms.publishing.verifying import verify


class Command(BaseCommand):
    """`manage.py publish [--site HOST]`."""

    help = "Menerbitkan perubahan yang menunggu ke berkas situs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which office."""
        parser.add_argument("--site", default="", help="hanya kantor dengan nama host ini")

        parser.add_argument(
            "--verify", action="store_true", help="bandingkan berkas situs dengan yang seharusnya"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Publish, a line for each batch; or verify, a line for each difference."""
        if options["verify"]:
            self._verify(str(options["site"]))
            return
        try:
            for site, done in publisher.publish_pending(only=str(options["site"])):
                self.stdout.write(
                    _("%(host)s: %(written)d berkas ditulis, %(removed)d dihapus, %(failed)d gagal. %(reason)s")
                    % {"host": site.hostname, "written": done.written, "removed": done.removed,
                       "failed": done.failed, "reason": done.reason}
                )  # fmt: skip
        except OSError as error:
            raise CommandError(
                _("Berkas situs tidak dapat ditulis: %(reason)s.") % {"reason": error}
            ) from error

    def _verify(self, host: str) -> None:
        count = 0
        for site in Site.objects.filter(**({"hostname": host} if host else {})).order_by("pk"):
            for path in verify(site, LocalTree(site.hostname)):
                self.stdout.write(f"{site.hostname}/{path}")
                count += 1
        if count:
            raise CommandError(_("%(count)d berkas berbeda dari yang seharusnya.") % {"count": count})
        self.stdout.write(_("Semua berkas situs sesuai dengan basis data."))
