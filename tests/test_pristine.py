"""Whatever a test with real transactions does to the database, the next one finds it as the first one did."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, models

from cms.moderation import database_rules
from cms.moderation.models import TrailHead
from tests import pristine, scenes

pytestmark = pytest.mark.django_db(transaction=True)


def _change_rows() -> None:
    Group.objects.first().delete()
    Group.objects.update(name=models.functions.Concat("name", models.Value(" lain")))
    Group.objects.create(name="Baru")


def _flush() -> None:
    call_command("flush", interactive=False, verbosity=0)


def _change_a_table() -> None:
    column = models.CharField(max_length=3, null=True)
    column.set_attributes_from_name("kolom")
    with connection.schema_editor() as editor:
        editor.add_field(TrailHead, column)


@pytest.mark.parametrize("spoil", [_change_rows, _flush, _change_a_table, database_rules.remove_all])
def test_next_test_finds_what_the_first_one_found(spoil):
    before, columns = scenes._look(), _columns()
    spoil()
    assert (scenes._look(), _columns(), database_rules.missing()) != (before, columns, [])
    pristine.put_back()
    assert scenes._look() == before
    assert (_columns(), database_rules.missing()) == (columns, [])
    Group.objects.create(name="Sesudahnya")  # under a number nobody has


def _columns() -> list[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, TrailHead._meta.db_table)
    return [column.name for column in found]
