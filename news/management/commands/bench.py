"""`manage.py bench`: measure every part that has a figure to keep."""

import json
import platform
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.commands import IndonesianCommand
from cms.publishing.progress import Progress
from news.benchmarks.corpus import write_corpus
from news.benchmarks.figures import ROUNDS, Figure
from news.benchmarks.measures import BENCHES, open_bench_office
from news.benchmarks.scene import Scene
from news.benchmarks.scratch import scratch_site


class Command(IndonesianCommand):
    """Measures on a database of its own; the site's is not touched."""

    help = "Mengukur kecepatan Warta pada basis data tersendiri; hasilnya juga ditulis ke var/bench/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how much to measure."""
        parser.add_argument("--articles", type=int, default=10_000, help="jumlah artikel (baku: 10000)")
        parser.add_argument("--only", choices=BENCHES, action="append", help="ukur bagian ini saja")
        parser.add_argument("--corpus", type=Path, help="berkas JSONL (docs/import.md) sebagai pengganti")

    def handle(self, *args: object, **options: object) -> None:
        """Measure, print one table and write it down."""
        folder = settings.VAR_ROOT / "bench"
        folder.mkdir(parents=True, exist_ok=True)
        corpus = options["corpus"] or self._corpus(folder, int(str(options["articles"])))
        if not Path(str(corpus)).is_file():
            raise CommandError(_("Berkas %(path)s tidak ada.") % {"path": corpus})
        # The others need the articles the import makes.
        names = {"import", *(options["only"] or BENCHES)}  # ty: ignore[not-iterable]
        figures: list[Figure] = []
        with scratch_site(folder):
            open_bench_office()
            try:
                for name in (name for name in BENCHES if name in names):
                    figures += self._measure(name, Path(str(corpus)), folder)
            finally:  # one that fails takes none of the others' figures along
                self._tell(figures)
                self._write(figures, folder)

    def _corpus(self, folder: Path, count: int) -> Path:
        path = folder / f"corpus-{count}.jsonl"
        progress = Progress(count, " artikel", _("Menyusun naskah"), self.stdout)
        for done in write_corpus(path, count):
            progress.reach(done)
        progress.close()
        return path

    def _measure(self, name: str, corpus: Path, folder: Path) -> list[Figure]:
        progress = Progress(100, "%", name, self.stdout)
        scene = Scene(corpus, folder, lambda done, total: progress.reach(done * 100 // max(total, 1)))
        figures = BENCHES[name](scene)
        progress.reach(100)
        progress.close()
        return figures

    def _tell(self, figures: list[Figure]) -> None:
        self.stdout.write(f"\n{self._setting()}, median {ROUNDS}x")
        for figure in figures:
            limit = "" if figure.limit is None else f"≤ {figure.limit:g}"
            mark = "" if figure.is_kept else "  !"
            self.stdout.write(
                f"{figure.name:40} {figure.value:10.2f} {figure.unit:3} {limit:8}{mark}".rstrip()
            )

    def _write(self, figures: list[Figure], folder: Path) -> None:
        now = timezone.now()
        path = folder / f"{now:%Y%m%d-%H%M%S}.json"
        found = {
            "at": now.isoformat(timespec="seconds"),
            "setting": self._setting(),
            "method": f"median of {ROUNDS} runs, except import and photo: one run",
            "figures": [vars(figure) for figure in figures],
        }
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(str(path))

    def _setting(self) -> str:
        return f"{connection.vendor}, Python {platform.python_version()}, {platform.machine()}"
