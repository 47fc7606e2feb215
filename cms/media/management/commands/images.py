"""Make the sizes of pictures that have none: after an import, a restore, or a queue that was lost."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from cms.commands import IndonesianCommand
from cms.media.models import Image
from cms.media.processing import is_complete
from cms.media.together import process_all


class Command(IndonesianCommand):
    """`manage.py images`: exits 1 when a picture failed."""

    help = "Membuat ukuran gambar yang belum ada; dengan --all, semua ukuran dibuat lagi."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --all."""
        parser.add_argument(
            "--all", action="store_true", help="buat lagi semua ukuran, bukan hanya yang belum ada"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work on as many pictures as there are cores; progress on a terminal, plain lines elsewhere."""
        images = Image.objects.prefetch_related("renditions").order_by("pk")
        wanted = [each.pk for each in images.iterator(200) if options["all"] or not is_complete(each)]
        is_shown = self.stderr.isatty()
        ready = 0
        made = process_all(wanted)
        for pk, is_ready in tqdm(
            made, total=len(wanted), unit=_("gambar"), file=self.stderr, disable=not is_shown
        ):
            ready += is_ready
            if not is_shown and not is_ready:
                self.stdout.write(_("Gambar %(id)s gagal diproses.") % {"id": pk})
        failed = len(wanted) - ready
        self.stdout.write(
            _("%(ready)s gambar diproses, %(failed)s gagal.") % {"ready": ready, "failed": failed}
        )
        if failed:
            raise SystemExit(1)
