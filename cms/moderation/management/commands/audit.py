"""`manage.py audit --verify`: whether the trail is as it was written, and the rules that keep it are there."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cms.commands import IndonesianCommand
from cms.moderation import rule_check, verifying
from cms.moderation.models import TrailEntry, TrailHead
from cms.publishing.progress import Progress


class Command(IndonesianCommand):
    """`manage.py audit --verify [--checkpoint NUMBER:SEAL]`; ends with 1 when something is wrong."""

    help = "Memeriksa keutuhan jejak moderasi; kode keluar 1 bila ada catatan yang diubah, hilang atau disisipkan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument("--verify", action="store_true", required=True, help="periksa seluruh jejak")
        parser.add_argument(
            "--checkpoint",
            type=_checkpoint,
            action="append",
            default=[],
            metavar="NOMOR:SEGEL",
            help="catatan yang harus ada, dari log di mesin lain; boleh diulang",
        )

    def handle(self, *args: object, **options: object) -> None:
        """Write a line for each thing that is wrong."""
        count = 0
        for sentence in self._flaws(options["checkpoint"]):
            self.stdout.write(sentence)
            count += 1
        if count:
            raise CommandError(_("Jejak tidak utuh: %(count)d hal ditemukan.") % {"count": count})
        head = TrailHead.objects.get(pk=1)
        self.stdout.write(_("Jejak utuh: %(count)d catatan.") % {"count": head.number})
        if erased := verifying.count_erased():
            words = _("Kata-kata %(count)d catatan dihapus karena memuat data pribadi; sisanya cocok.")
            self.stdout.write(words % {"count": erased})
        if head.number:
            self.stdout.write(_("Simpan di tempat lain: %(head)s") % {"head": head})

    def _flaws(self, checkpoints: list[tuple[int, str]]) -> Iterator[str]:
        yield from rule_check.sentences()
        progress = Progress(TrailEntry.objects.count(), "", _("Memeriksa jejak"), self.stderr)
        try:
            yield from verifying.verify(progress.reach)
        finally:
            progress.close()
        for checkpoint in checkpoints:
            yield from verifying.differs_from(checkpoint)


def _checkpoint(text: str) -> tuple[int, str]:
    number, _colon, seal = text.partition(":")
    if not (number.isascii() and number.isdigit() and seal):
        raise ArgumentTypeError(_("isilah NOMOR:SEGEL seperti di dalam log"))
    return int(number), seal
