"""What every test stands on: an office with its people, and a closed network."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group

from cms.accounts.models import User
from cms.publishing import epoch
from home.models import HomePage
from home.office import open_office
from home.roles import group_of
from news.models import NewsArticlePage, NewsIndexPage, Section


@pytest.fixture(autouse=True)
def _plain_settings(settings):
    """Run tasks at once, serve assets unhashed, and let no memo outlive a test's database."""
    settings.TASKS = {
        "default": {
            "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
            "QUEUES": ["default", "media"],
        }
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    epoch.forget()
    yield
    epoch.forget()


@pytest.fixture(autouse=True)
def _media_aside(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def office(db) -> HomePage:
    """KPU Provinsi Banten on localhost, as `open_office` opens it."""
    return open_office(
        code="36",
        name="KPU Provinsi Banten",
        short_name="KPU Banten",
        level="provinsi",
        hostname="localhost",
        port=8000,
    )


@pytest.fixture
def other_office(office) -> HomePage:
    """KPU Kabupaten Lebak on kab-lebak.localhost, below the province."""
    return open_office(
        code="36.02",
        name="KPU Kabupaten Lebak",
        short_name="KPU Lebak",
        level="kabupaten",
        hostname="kab-lebak.localhost",
        port=8000,
        parent_code="36",
    )


@pytest.fixture
def index(office) -> NewsIndexPage:
    """The news index of the office."""
    return NewsIndexPage.objects.child_of(office).get()


@pytest.fixture
def write(index) -> Callable[..., NewsArticlePage]:
    """Write an article: `write("Judul", live=False, lead=...)`; live unless said otherwise."""

    def _write(title: str, **fields: object) -> NewsArticlePage:
        given = {
            "lead": "KPU Provinsi Banten menggelar rapat pleno terbuka di Serang bersama para tamu.",
            "section": Section.objects.first(),
            "author_unit": "Humas KPU Provinsi Banten",
            "body": [("paragraph", "<p>Rapat dibuka pukul sembilan pagi.</p>")],
            **fields,
        }
        return index.add_child(instance=NewsArticlePage(title=title, **given))

    return _write


@pytest.fixture
def superuser(db) -> User:
    """Somebody who may do everything."""
    return User.objects.create_superuser("admin", "admin@kpu.example", "sandi-yang-panjang")


@pytest.fixture
def member(office) -> Callable[[str], User]:
    """Make a person of one of Wagtail's stock groups: `member("Editors")`."""

    def _member(group: str) -> User:
        user = User.objects.create_user(group.lower(), f"{group.lower()}@kpu.example", "sandi-yang-panjang")
        user.groups.add(Group.objects.get(name=group))
        return user

    return _member


@pytest.fixture
def colleague() -> Callable[[str, HomePage], User]:
    """Make a person of an office by role: `colleague("Penulis", office)`."""

    def _colleague(role: str, home: HomePage) -> User:
        name = f"{role.lower()}-{home.code}"
        user = User.objects.create_user(name, f"{name}@kpu.example", "sandi-yang-panjang")
        user.groups.add(group_of(home, role))
        return user

    return _colleague
