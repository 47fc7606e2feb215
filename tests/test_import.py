"""An operator brings in the old news of an office."""

import json
import tempfile
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from news.importing import running
from news.importing.place import find_target
from news.importing.report import Report
from news.importing.running import Import
from news.models import ArticleTag, NewsArticlePage, Section

pytestmark = pytest.mark.django_db


def line(number: int, **changes: object) -> dict:
    """One line as an older system would write it."""
    return {
        "id": number,
        "slug": f"rapat-pleno-{number}",
        "title": f"Rapat Pleno ke-{number}",
        "place": "Serang",
        "date": f"2019-03-{number % 28 + 1:02}T23:30:00+07:00",
        "updated": f"2019-03-{number % 28 + 1:02}T23:45:00+07:00",
        "category": {"slug": "data-pemilih", "name": "Data Pemilih"},
        "tags": ["pemilu 2019", "Rapat Pleno"],
        "author": "Humas KPU",
        "lead": "KPU Provinsi Banten menetapkan daftar pemilih.",
        "blocks": [
            {"type": "paragraph", "text": "Rapat dibuka < pukul sembilan & selesai siang."},
            {"type": "heading", "text": "Hasil Rapat"},
        ],
        "related": [],
        **changes,
    }


FAULTS = {
    3: b"{bukan json\n",
    7: json.dumps(line(7, title="")).encode() + b"\n",
    11: json.dumps(line(10)).encode() + b"\n",
    15: json.dumps(line(15, blocks=[{"type": "komidi-putar"}])).encode() + b"\n",
    19: json.dumps(line(19, date="kemarin")).encode() + b"\n",
    23: b'{"id": 23, "title": "' + b"x" * 5_000_000 + b'"}\n',
    27: b'{"id": 27, "title": "\xff\xfe"}\n',
    31: b'{"id": 31, "title": "a\\u0000b", "date": "2019-03-01"}\n',
    35: json.dumps(line(35, tags="pemilu")).encode() + b"\n",
    39: json.dumps(line(39, legacy_view_count=10**20)).encode() + b"\n",
    43: b"[1, 2]\n",
    47: json.dumps({key: value for key, value in line(47).items() if key != "date"}).encode() + b"\n",
}


@pytest.fixture
def archive(tmp_path) -> Path:
    """Sixty lines, twelve of them with a fault of their own."""
    path = tmp_path / "arsip.jsonl"
    lines = [FAULTS.get(number, json.dumps(line(number)).encode() + b"\n") for number in range(1, 61)]
    path.write_bytes(b"\xef\xbb\xbf" + b"".join(lines) + b"\n\n")
    return path


@pytest.fixture
def bring_in(settings, tmp_path, index):
    """Run the command on a file or on objects; returns what it said."""
    settings.VAR_ROOT = tmp_path

    def _bring_in(given: Path | list[dict], **options: object) -> str:
        if isinstance(given, list):
            path = tmp_path / "berkas.jsonl"
            path.write_text("".join(json.dumps(item) + "\n" for item in given), encoding="utf-8")
            given = path
        out = StringIO()
        call_command("import_articles", str(given), office="36", stdout=out, **options)
        return out.getvalue()

    return _bring_in


def reasons(tmp_path: Path, name: str = "arsip") -> dict[int, str]:
    entries = (tmp_path / "import" / f"{name}-report.jsonl").read_text(encoding="utf-8").splitlines()
    return {entry["baris"]: entry["alasan"] for entry in map(json.loads, entries)}


def rows() -> list[dict]:
    """Every article with its filing and revision, without the numbers a database gives."""
    found = []
    for page in NewsArticlePage.objects.order_by("path"):
        columns = [field for field in page._meta.concrete_fields if field.name not in _NUMBERS]
        row = {field.name: field.value_to_string(page) for field in columns}
        row["filed"] = [page.section.slug, *(tag.name for tag in page.tags.all())]
        revision = page.latest_revision
        row["revision"] = (revision.content["title"], revision.created_at, page.live_revision == revision)
        found.append(row)
    return found


_NUMBERS = {"id", "page_ptr", "latest_revision", "live_revision", "section"}


def test_operator_gets_the_good_lines_in_and_the_bad_ones_explained(bring_in, archive, tmp_path):
    said = bring_in(archive)
    assert "Masuk 48, sudah ada 0, ditolak 12, dari 60 baris." in said
    assert "related" in said
    told = reasons(tmp_path)
    assert told.keys() == FAULTS.keys()
    assert "baris 10" in told[11]
    assert "komidi-putar" in told[15]
    assert "2022-05-25" in told[19]
    assert "UTF-8" in told[27]
    assert Page.find_problems() == ([], [], [], [], [])
    assert NewsArticlePage.objects.count() == 48


def test_import_killed_in_the_middle_is_resumed_to_the_rows_of_a_clean_run(
    index, archive, tmp_path, monkeypatch
):
    target = find_target("36")

    def run() -> running.Tally:
        with closing(Report(tmp_path / "laporan.jsonl")) as report:
            return Import(archive, target, report, batch=10).run()

    run()
    clean = rows()
    for page in NewsArticlePage.objects.order_by("pk"):
        page.delete()
    ArticleTag.objects.all().delete()

    write = running.writing.write

    def killed(drafts, *rest):
        made = write(drafts, *rest)
        if drafts[0].line > 20:
            raise KeyboardInterrupt
        return made

    monkeypatch.setattr(running.writing, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        run()
    monkeypatch.setattr(running.writing, "write", write)
    assert 0 < NewsArticlePage.objects.count() < 48
    tally = run()
    assert tally.present > 0
    assert tally.taken + tally.present + tally.refused == tally.lines == 60
    assert rows() == clean


def test_editor_may_add_and_delete_pages_between_two_batches(index, write, archive, tmp_path):
    write("Sebelum Impor").delete()

    def edit(done: int, tally: running.Tally) -> None:
        write(f"Berita Hangat {tally.lines}")
        NewsArticlePage.objects.order_by("path").first().delete()

    with closing(Report(tmp_path / "laporan.jsonl")) as report:
        Import(archive, find_target("36"), report, advance=edit, batch=7).run()
    assert Page.find_problems() == ([], [], [], [], [])
    assert NewsArticlePage.objects.count() == 48


def test_second_import_finds_everything_there(bring_in, archive):
    bring_in(archive)
    assert "Masuk 0, sudah ada 48, ditolak 12" in bring_in(archive)


def test_dry_run_tells_the_same_and_leaves_nothing(bring_in, archive):
    assert "Akan masuk 48, sudah ada 0, ditolak 12" in bring_in(archive, dry_run=True)
    assert not NewsArticlePage.objects.exists()
    assert not Section.objects.filter(slug="data-pemilih").exists()


def test_article_keeps_its_day_address_and_words(bring_in, client):
    bring_in([line(1, date="2019-03-31T23:30:00", updated=None, legacy_url="/blog/read/1", view_count=12)])
    page = NewsArticlePage.objects.get()
    assert page.url == "/berita/2019/03/rapat-pleno-1/"
    assert page.legacy_url == "/blog/read/1"
    assert page.legacy_view_count == 12
    assert page.section.name == "Data Pemilih"
    assert client.get(page.url).status_code == 200
    assert page.body.raw_data[0]["value"] == "<p>Rapat dibuka &lt; pukul sembilan &amp; selesai siang.</p>"


def test_articles_of_one_title_get_addresses_of_their_own(bring_in, write):
    write("Pengumuman")
    bring_in([line(n, slug="", title="Pengumuman") for n in (1, 2)] + [line(3, slug="pengumuman-3")])
    slugs = NewsArticlePage.objects.order_by("path").values_list("slug", flat=True)
    assert sorted(slugs) == ["pengumuman", "pengumuman-2", "pengumuman-3", "pengumuman-4"]


def test_long_lead_loses_no_word(bring_in, tmp_path):
    lead = "Kalimat pertama selesai. " + "kata " * 80
    bring_in([line(1, lead=lead)])
    page = NewsArticlePage.objects.get()
    assert page.lead == "Kalimat pertama selesai."
    assert page.body.raw_data[0]["value"] == f"<p>{('kata ' * 80).strip()}</p>"
    assert "300" in reasons(tmp_path, "berkas")[1]


def test_news_held_back_until_later_stays_back(bring_in, client):
    bring_in([line(1, date="2999-01-01T00:00:00+07:00", updated=None)])
    page = NewsArticlePage.objects.get()
    assert not page.live
    assert client.get(page.url_path.removeprefix("/kantor-36")).status_code == 404


def test_foreign_markup_is_cleaned(bring_in):
    raw = "<p onclick='x()'>Ini <b>tebal</b><script>alert(1)</script></p>"
    bring_in([line(1, blocks=[{"type": "paragraph", "value": raw}])])
    html = NewsArticlePage.objects.get().body.raw_data[0]["value"]
    assert "<b>tebal</b>" in html
    assert "script" not in html
    assert "onclick" not in html


def test_nothing_is_left_for_a_rebuild_of_references_or_search(bring_in):
    # One tag each: tags without an order of their own would be indexed in the database's.
    bring_in([line(number, tags=["pemilu 2019"]) for number in range(1, 20)])

    def derived() -> tuple[list, list]:
        kind = ContentType.objects.get_for_model(NewsArticlePage)
        references = ReferenceIndex.objects.filter(content_type=kind).order_by("object_id", "content_path")
        entries = IndexEntry.objects.filter(content_type=kind).order_by("object_id")
        columns = [name for name in ("title", "body", "autocomplete") if hasattr(IndexEntry, name)]
        return (
            list(references.values_list("object_id", "to_object_id", "content_path", "model_path")),
            list(entries.values_list("object_id", *columns)),
        )

    imported = derived()
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0, stdout=StringIO())
    assert derived() == imported
    assert NewsArticlePage.objects.search("pleno").count() == 19


def test_reader_finds_imported_articles(bring_in, client):
    bring_in([line(1, title="Sosialisasi Sirekap")])
    assert "Sosialisasi Sirekap" in client.get("/cari/?q=sirekap").content.decode()


def test_editor_opens_changes_and_publishes_an_imported_article(bring_in, client, superuser):
    bring_in([line(1)])
    page = NewsArticlePage.objects.get()
    client.force_login(superuser)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.get_parent().pk]))
    assert "Artikel diimpor" in history.content.decode()
    edited = page.get_latest_revision_as_object()
    edited.title = "Rapat Pleno Terbuka"
    edited.save_revision().publish()
    page.refresh_from_db()
    assert page.title == "Rapat Pleno Terbuka"
    assert [tag.name for tag in page.tags.all()] == ["pemilu 2019", "Rapat Pleno"]
    assert page.url == "/berita/2019/03/rapat-pleno-1/"
    assert Revision.page_revisions.filter(object_id=str(page.pk)).count() == 2
    assert PageLogEntry.objects.filter(action="news.import").count() == 1


def test_api_lists_imported_articles(bring_in, client):
    bring_in([line(1), line(2)])
    answer = client.get("/api/v2/pages/?type=news.NewsArticlePage").json()
    assert answer["meta"]["total_count"] == 2


def test_operator_is_told_which_offices_there_are(bring_in, archive):
    with pytest.raises(Exception, match="Yang ada: 36"):
        call_command("import_articles", str(archive), office="99")


def test_import_of_many_asks_no_more_than_of_few(bring_in):
    bring_in([line(1)])
    with CaptureQueriesContext(connection) as few:
        bring_in([line(number) for number in range(2, 5)])
    with CaptureQueriesContext(connection) as many:
        bring_in([line(number) for number in range(5, 60)])
    # SQLite takes 999 values in a statement, about a dozen articles.
    assert len(many) - len(few) < 10


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_articles = st.builds(
    lambda number, changes: {**line(number), **changes},
    st.integers(1, 9),
    st.dictionaries(st.sampled_from([*line(1), "live", "kind", "topics", "priority", "valid_from"]), _json),
)
_lines = st.one_of(st.binary(max_size=60), (_json | _articles).map(lambda value: json.dumps(value).encode()))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_lines, max_size=8))
def test_every_line_of_any_file_is_accounted_for(index, lines):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "apa-saja.jsonl"
        path.write_bytes(b"\n".join(lines))
        with closing(Report(Path(folder) / "laporan.jsonl")) as report:
            tally = Import(path, find_target("36"), report, batch=3).run()
    held = [part for part in path_lines(lines) if part.strip()]
    assert tally.taken + tally.present + tally.refused == tally.lines == len(held)
    assert Page.find_problems() == ([], [], [], [], [])


def path_lines(lines: list[bytes]) -> list[bytes]:
    """The lines of the file as a reader of bytes sees them, less the mark some editors put first."""
    return b"\n".join(lines).removeprefix(b"\xef\xbb\xbf").split(b"\n")


def test_operator_is_told_that_the_file_is_not_there(office, tmp_path):
    with pytest.raises(CommandError, match=r"tidak ada\. Periksa letak dan namanya"):
        call_command("import_articles", str(tmp_path / "salah.jsonl"), office="36")
