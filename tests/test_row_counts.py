"""A site imported a moment ago is built by plans for the rows it has now, not for those it had."""

import pytest
from django.db import connection
from wagtail.models import Site

from cms.publishing import row_counts
from cms.publishing.building import build
from news.models import WordListEntry

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = WordListEntry._meta.db_table


def known_rows() -> int:
    """Return how many rows PostgreSQL believes to be in the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [TABLE])
        return int(cursor.fetchone()[0])


def add_words(count: int) -> None:
    """Write rows, and let this connection say so at once: it tells of its changes once a second."""
    WordListEntry.objects.bulk_create(
        WordListEntry(site=Site.objects.get(), wrong=f"kata {number}", right="kata")
        for number in range(count)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_force_next_flush()")
        WordListEntry.objects.first()


def test_operator_builds_right_after_an_import_with_the_rows_counted(site):
    add_words(row_counts._FEWEST + 100)
    build(Site.objects.get())
    if connection.vendor == "postgresql":
        assert known_rows() == row_counts._FEWEST + 100


def test_a_few_new_rows_are_not_worth_counting(site, django_assert_num_queries):
    add_words(10)
    if connection.vendor == "sqlite":
        with django_assert_num_queries(0):
            row_counts.count_anew()
    else:
        before = known_rows()
        row_counts.count_anew()
        assert known_rows() == before
