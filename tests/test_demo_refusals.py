"""The demo stays away from places where it does not belong."""

import pytest
from django.core.management import CommandError, call_command

from cms.accounts.models import User
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
