"""The demo stays away from places where it does not belong."""

import pytest
from django.core.management import CommandError, call_command

from cms.accounts.models import User
from cms.moderation.approvals import Approval
from cms.moderation.putting_live import put_live
from home.models import HomePage
from news.models import NewsArticlePage


@pytest.mark.django_db
def test_demo_is_refused_where_real_readers_are_served(settings):
    settings.ALLOWED_HOSTS_GIVEN = ["banten.kpu.go.id"]
    with pytest.raises(CommandError, match="hanya untuk mencoba di komputer sendiri"):
        call_command("demo")
    assert not User.objects.exists()
    assert not HomePage.objects.exists()


def test_demo_does_not_touch_a_real_office(office):
    with pytest.raises(CommandError, match="Kantor 36 sudah ada dan bukan kantor contoh"):
        call_command("demo")
    assert not NewsArticlePage.objects.exists()


def test_code_puts_no_example_live_in_a_real_office(write):
    draft = write("Contoh", live=False)
    with pytest.raises(ValueError, match="demo"):
        put_live(draft, Approval.Kind.DEMO, clean=False)
    assert not NewsArticlePage.objects.live().exists()
    assert not Approval.objects.filter(page_id=draft.pk).exists()
