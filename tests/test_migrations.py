"""What an installation has written survives the upgrade of its tables."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

from cms.moderation import database_rules
from cms.moderation.approvals import Approval
from cms.moderation.permits import opened_for
from cms.moderation.texts import digest_of
from home.office import open_office
from news.models import Correction, NewsArticlePage, NewsIndexPage
from tests.standing import REGENCY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.four_eyes]
NEW_YEAR = dt.datetime(2025, 12, 31, 15, 30, 0, 123, tzinfo=dt.UTC)  # in the east it is 2026 already


def migrate_news(to: str | None) -> None:
    """Take the tables of the news to a migration, or to the last; the database's rules as `migrate` leaves them."""
    with transaction.atomic():
        database_rules.remove_all()
    executor = MigrationExecutor(connection)
    last = [node for node in executor.loader.graph.leaf_nodes() if node[0] in ("news", "search")]
    executor.migrate([("news", to)] if to else last)
    if to is None:
        database_rules.install_all()


@pytest.fixture
def before_corrections_had_numbers(articles):
    """Go back to before, and come back whatever happens."""
    migrate_news("0002_word_list_and_policy_windows")
    yield
    if not _has_numbers():
        migrate_news(None)


def _has_numbers() -> bool:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "news_correction")
    return "number" in [column.name for column in columns]


def _enter(page: int, made_at: dt.datetime, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO news_correction (page_id, kind, made_at, text) VALUES (%s, 'ralat', %s, %s)",
            [page, made_at, text],
        )


@pytest.fixture
def articles(write, office) -> dict[str, int]:
    """Two articles, by office: one in the west, one in the east of the country."""
    east = open_office(**{**REGENCY, "timezone": "Asia/Jayapura"})
    there = NewsIndexPage.objects.child_of(east).get()
    made = {"west": write("Rapat barat", live=False)}
    made["east"] = there.add_child(instance=NewsArticlePage(title="Rapat timur", lead="Teras.", live=False))
    return {name: page.pk for name, page in made.items()}


def test_corrections_of_before_get_their_numbers_in_the_register_of_their_office(
    articles, before_corrections_had_numbers
):
    west, east = articles["west"], articles["east"]
    _enter(west, NEW_YEAR + dt.timedelta(days=1), "Kedua.")
    _enter(west, NEW_YEAR, "Pertama, lama sesudahnya.")
    _enter(west, NEW_YEAR - dt.timedelta(days=1), "Yang paling dahulu.")
    _enter(east, NEW_YEAR, "Di timur sudah tahun baru.")
    _enter(east, NEW_YEAR + dt.timedelta(hours=1), "")
    migrate_news(None)
    told = {
        row.text: (row.page_id, row.label, row.is_erased, row.statement) for row in Correction.objects.all()
    }
    assert told == {
        "Yang paling dahulu.": (west, "1/2025", False, "Yang paling dahulu."),
        "Pertama, lama sesudahnya.": (west, "2/2025", False, "Pertama, lama sesudahnya."),
        "Kedua.": (west, "1/2026", False, "Kedua."),
        "Di timur sudah tahun baru.": (east, "1/2026", False, "Di timur sudah tahun baru."),
        "": (east, "2/2026", True, ""),
    }
    assert {row.site_id for row in Correction.objects.filter(page=west)} == {
        Site.objects.get(hostname="localhost").pk
    }
    assert not any(row.made_at.microsecond for row in Correction.objects.all())
    assert all(row.version is None and row.earlier_text is None for row in Correction.objects.all())
    assert database_rules.missing() == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Correction.objects.update(text="Diubah.")
    later = NewsArticlePage.objects.get(pk=west)
    made = Correction.objects.create(page=later, text="Sesudahnya.", made_at=NEW_YEAR + dt.timedelta(days=9))
    assert made.label == "2/2026"


def test_correction_of_a_live_article_gets_its_number_too(articles, before_corrections_had_numbers):
    with opened_for([articles["west"]], "test"), connection.cursor() as cursor:
        database_rules.remove_all()
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, articles["west"]])
    _enter(articles["west"], NEW_YEAR, "Yang benar dua belas.")
    migrate_news(None)
    assert Correction.objects.get().label == "1/2025"


def test_page_that_was_live_before_the_rule_is_marked_as_such_and_can_be_taken_down(write):
    page = write("Rapat lama", live=False)
    draft = write("Konsep", live=False)
    revision, _of_draft = page.save_revision(), draft.save_revision()
    with transaction.atomic(), connection.cursor() as cursor:
        database_rules.remove_all()
        cursor.execute(
            "UPDATE wagtailcore_page SET live = %s, live_revision_id = %s WHERE id = %s",
            [True, revision.pk, page.pk],
        )
    import_module("cms.moderation.migrations.0002_grandfathered").grandfather(apps, None)
    database_rules.install_all()
    given = Approval.objects.get(page_id=page.pk)
    assert (given.revision_id, given.kind) == (revision.pk, "grandfathered")
    assert not Approval.objects.filter(page_id=draft.pk).exists()
    assert given.digest == digest_of(revision.content)
    page.refresh_from_db()
    page.unpublish()
    assert not NewsArticlePage.objects.live().exists()
