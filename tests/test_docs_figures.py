"""Figures that people read in docs/ are those the code keeps."""

from pathlib import Path

import pytest
from django.conf import settings

from cms.api.narrowing import LIMIT, LIMIT_MAX, OFFSET_MAX
from cms.moderation.queue.deadlines import USUAL
from cms.moderation.sharing.screens import DAYS
from cms.moderation.trash.throwing import MOST_LIVE, MOST_SINGLE
from cms.moderation.urgent.after_reviews import WITHIN
from cms.publishing.builds import FIRST_PAUSE, LONGEST_PAUSE
from cms.publishing.reading.shelf import KEPT_MAX, MEMORY
from news.importing.drafts import LEAD_MAX
from news.importing.lines import LINE_MAX
from news.models import NewsArticlePage

DOCS = Path(__file__).parent.parent / "docs"
KILO, MEGA = 1024, 1024 * 1024
HOURS = WITHIN.total_seconds() / 3600


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("api.md", f"`limit` 0 to {LIMIT_MAX} ({LIMIT} unless told), `offset` 0 to {OFFSET_MAX:,}"),
        ("editor.md", f"pilih {', '.join(map(str, DAYS[:-1]))}, atau {DAYS[-1]} hari"),
        ("editor.md", f"{MOST_SINGLE} halaman yang dicentang, {MOST_SINGLE} alias di tempat lain"),
        ("editor.md", f"{MOST_LIVE:,} halaman terbit".replace(",", ".")),
        ("import.md", f"paling besar {LINE_MAX // MEGA} MB"),
        ("import.md", f"bila lebih dari {LEAD_MAX} huruf, sisanya"),
        ("import.md", f"paling panjang {NewsArticlePage._meta.get_field('legacy_url').max_length} huruf"),
        ("moderator.md", f"Tenggat setiap tahap {USUAL} jam"),
        ("moderator.md", f"Dalam {HOURS:.0f} jam **orang kedua**"),
        ("moderator.md", f"{HOURS / 2:.0f} jam penyetuju diingatkan, dan bila {HOURS:.0f} jam lewat"),
        ("operator.md", f"not reviewed within {HOURS:.0f} hours"),
        ("operator.md", f"A body above {settings.BODY_MAX_SIZE // MEGA} MB is refused"),
        ("operator.md", f"an upload may be {settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE // MEGA} MB"),
        ("operator.md", f"longer than a link lasts ({DAYS[-1]} days at most)"),
        ("operator.md", f"More than {MOST_LIVE:,} live pages of a branch, {MOST_SINGLE} ticked pages"),
        ("operator.md", f"{MEMORY // MEGA} MB of files per process"),
        ("operator.md", f"files above {KEPT_MAX // KILO} kB are read from disk"),
        ("operator.md", f"again after {FIRST_PAUSE:.0f} seconds to {LONGEST_PAUSE / 60:.0f} minutes"),
    ],
)
def test_reader_of_the_docs_is_told_the_figure_that_holds(name, figure):
    text = " ".join((DOCS / name).read_text().split())
    assert figure in text
