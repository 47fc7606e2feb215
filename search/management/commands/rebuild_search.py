"""`manage.py rebuild_search`: read every live article into the search again."""

from tqdm import tqdm

from cms.commands import IndonesianCommand
from news.models import NewsArticlePage
from search import indexing


class Command(IndonesianCommand):
    """Write the search documents of all live articles anew; safe to run at any time and more than once."""

    help = "Membangun ulang indeks pencarian dari semua artikel yang tayang."

    def handle(self, *args: object, **options: object) -> None:
        """Rebuild, with a bar on a terminal."""
        total = NewsArticlePage.objects.live().count()
        with tqdm(total=total, unit=" artikel", disable=None, file=self.stderr) as bar:
            written = indexing.rebuild(report=lambda done: bar.update(done - bar.n))
        self.stdout.write(f"Indeks pencarian memuat {written} artikel.")
