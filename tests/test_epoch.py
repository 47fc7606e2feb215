"""What a process remembers is never older than the last change."""

import pytest
from django.db import transaction

from cms.publishing import epoch


@pytest.mark.django_db
def test_reader_never_meets_what_a_failed_change_left_behind():
    class Refused(Exception):
        pass

    try:
        with transaction.atomic():
            epoch.advance()
            epoch.remembered(epoch.current(), "title", lambda: "never happened")
            raise Refused
    except Refused:
        pass
    epoch.advance()
    assert epoch.remembered(epoch.current(), "title", lambda: "true") == "true"


@pytest.mark.django_db
def test_reader_who_came_before_a_change_does_not_spoil_the_next():
    before = epoch.current()
    epoch.advance()
    after = epoch.current()
    assert epoch.remembered(after, "title", lambda: "new") == "new"
    assert epoch.remembered(before, "title", lambda: "old") == "old"
    assert epoch.remembered(after, "title", lambda: "newer") == "new"
