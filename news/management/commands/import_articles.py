"""`manage.py import_articles FILE --office CODE`: old news, from one JSON object per line."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from cms.commands import IndonesianCommand
from cms.publishing.progress import Progress
from news.importing.place import NoPlace, find_target
from news.importing.report import Report, Tally
from news.importing.running import Import
from news.importing.writing import IndexGone


class Command(IndonesianCommand):
    """Imports articles; safe to repeat and to interrupt (docs/import.md describes the lines)."""

    help = "Mengimpor artikel lama dari berkas JSONL (docs/import.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the office and whether to write at all."""
        parser.add_argument("file", type=Path, help="berkas JSONL, satu artikel per baris")
        parser.add_argument("--office", required=True, help="kode wilayah kantor, misalnya 36")
        parser.add_argument("--dry-run", action="store_true", help="periksa saja, tidak menyimpan apa pun")

    def handle(self, *args: object, **options: object) -> None:
        """Import, then tell what came in and what did not."""
        path = Path(str(options["file"]))
        try:
            target = find_target(str(options["office"]))
            size = path.stat().st_size
            report = Report(settings.VAR_ROOT / "import" / f"{path.stem}-report.jsonl")
        except NoPlace as error:
            raise CommandError(_no_place(error.args[0])) from None
        except FileNotFoundError:
            raise CommandError(
                _("Berkas %(file)s tidak ada. Periksa letak dan namanya.") % {"file": path}
            ) from None
        except OSError as error:
            raise CommandError(_unreadable(Path(error.filename or path), error)) from None
        progress = Progress(size, "B", _("Mengimpor"), self.stdout)
        job = Import(path, target, report, dry_run=bool(options["dry_run"]))
        job.advance = lambda done, tally: progress.reach(
            done, _("(%(taken)d masuk)") % {"taken": tally.taken}
        )
        try:
            tally = job.run()
        except OSError as error:
            raise CommandError(_unreadable(path, error)) from None
        except IndexGone:
            raise CommandError(_("Indeks berita dihapus selagi impor berjalan.")) from None
        finally:
            progress.close()
            report.close()
        self._tell(tally, report.path, dry_run=job.dry_run)

    def _tell(self, tally: Tally, report: Path, *, dry_run: bool) -> None:
        counts = vars(tally)
        self.stdout.write(
            (_("Akan masuk %(taken)d") if dry_run else _("Masuk %(taken)d")) % counts
            + _(", sudah ada %(present)d, ditolak %(refused)d, dari %(lines)d baris.") % counts
        )
        if tally.warned:
            self.stdout.write(_("%(warned)d artikel masuk dengan catatan.") % counts)
        if tally.unused:
            names = ", ".join(sorted(tally.unused)[:20])
            self.stdout.write(_("Kunci yang tidak dipakai: %(names)s.") % {"names": names})
        if tally.refused or tally.warned:
            self.stdout.write(_("Alasan tiap baris: %(report)s") % {"report": report})


def _unreadable(path: Path, error: OSError) -> str:
    said = _("Berkas %(file)s tidak dapat dibaca atau ditulis (%(reason)s). Periksa izinnya.")
    return said % {"file": path, "reason": error.strerror}


def _no_place(codes: list[str]) -> str:
    if not codes:
        return _("Kantor ini belum punya indeks berita. Buka kantornya dahulu.")
    return _("Tidak ada kantor dengan kode itu. Yang ada: %(codes)s.") % {"codes": ", ".join(codes)}
