"""What every test stands on: an office with its people, and a closed network."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection, transaction
from django.http import QueryDict
from django.template import Template
from django.test import override_settings
from django.test.utils import _TestState
from django.utils import timezone
from wagtail.models import Site
from wagtail.test.utils.form_data import querydict_from_html

from cms.accounts.models import User
from cms.moderation import database_rules, four_eyes
from cms.moderation.guarding import guarded
from cms.moderation.page_rights import FourEyesRights
from cms.moderation.trash import keeping
from cms.moderation.trash.keeping import first_kept
from cms.publishing import epoch
from home.models import HomePage
from home.office import open_office
from news.models import NewsArticlePage, NewsIndexPage, Section
from tests import flushing, migrated, own_hand, pristine
from tests.newsroom import Newsroom
from tests.plain import plain_settings
from tests.publishing import PublishedSite
from tests.standing import PROVINCE, REGENCY, Offices, StandingOffice

pytest_plugins = ["tests.people", "tests.api_reading"]

MEMORY = Path("/dev/shm")  # noqa: S108 (a disk without waiting, where there is one)
ROOM = 2 * 1024**3  # bytes


def pytest_configure() -> None:
    """Let what tests write lie in memory, if there is plenty: a power cut is nothing a test outlives."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="session", autouse=True)
def _templates_are_not_watched(django_test_environment) -> None:
    """Let Django's templates render as they do for readers: no test asks which ones did, or copies of what they saw."""
    Template._render = _TestState.saved_data.template_render


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let Django take the SQLite file that lies there: `django_db_modify_db_settings` has just put it there."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Begin with a copy of a migrated database."""
    flushing.let_tests_flush()
    with django_db_blocker.unblock():
        migrated.begin_with_copies()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Take the rules of four eyes out of the database once it is there: they are put in for tests about them."""
    with django_db_blocker.unblock():
        with database_rules.lifted():
            own_hand.publish_by_own_hand()
        pristine.keep()


@pytest.fixture(autouse=True)
def _four_eyes(request, monkeypatch) -> Iterator[None]:
    """Let tests marked `four_eyes` meet all of moderation; all others make live what they need."""
    if request.node.get_closest_marker("four_eyes") is None:
        yield
        return
    request.getfixturevalue("transactional_db" if _is_transactional(request) else "db")
    monkeypatch.setattr(four_eyes, "guarded", guarded)
    monkeypatch.setattr(four_eyes, "FourEyesRights", FourEyesRights)
    monkeypatch.setattr(keeping, "first_kept", first_kept)
    with database_rules.lifted():
        database_rules._rules |= own_hand.FOUR_EYES_RULES
    own_hand.note_rules()
    yield
    with database_rules.lifted() if _is_transactional(request) else nullcontext():
        own_hand.forget_rules()


def _is_transactional(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames


@pytest.fixture(scope="session")
def migrated_to(django_db_modify_db_settings, django_db_blocker) -> Callable[[Path], None]:
    """Put a migrated, otherwise empty database at a path: to migrate takes longer than most tests."""

    def _migrated_to(path: Path) -> None:
        with django_db_blocker.unblock():
            migrated.copy_file(path)

    return _migrated_to


@pytest.fixture(autouse=True)
def _plain_settings(settings, tmp_path):
    """Let each test have folders of its own, and let no memo outlive its database."""
    for name, value in plain_settings(tmp_path).items():
        setattr(settings, name, value)
    _forget()
    yield
    _forget()


def _forget() -> None:
    epoch.forget()
    for each in caches.all():
        each.clear()


@pytest.fixture(scope="module")
def _standing_office(django_db_setup, django_db_blocker) -> Iterator[StandingOffice]:
    standing = StandingOffice()
    yield standing
    with django_db_blocker.unblock():
        standing.fall()


@pytest.fixture
def _office_stands_or_falls(request, _plain_settings, _standing_office, django_db_blocker):
    is_transactional = _is_transactional(request)
    with django_db_blocker.unblock():
        if "office" in request.fixturenames and not is_transactional:
            names = request.fixturenames
            _standing_office.stand(Offices("site" in names, with_regency="other_office" in names))
        else:
            _standing_office.fall()


@pytest.fixture
def _django_db_helper(_office_stands_or_falls, _django_db_helper):
    """Begin the transaction of a test (pytest-django's own doing) inside that of the standing office."""


@pytest.fixture
def office(request, db) -> HomePage:
    """KPU Provinsi Banten on localhost, as `open_office` opens it; short where its tree is made (`site`)."""
    if not HomePage.objects.exists():  # a test with real transactions
        is_ruled = request.node.get_closest_marker("four_eyes") is not None
        Offices("site" in request.fixturenames).put(is_ruled=is_ruled)
    return HomePage.objects.get(code=PROVINCE["code"])


@pytest.fixture
def other_office(office) -> HomePage:
    """KPU Kabupaten Lebak on kab-lebak.localhost, below the province."""
    return HomePage.objects.filter(code=REGENCY["code"]).first() or open_office(**REGENCY)


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


@pytest.fixture(scope="module")
def _empty_forms() -> dict[tuple, QueryDict]:
    return {}


@pytest.fixture
def empty_form(client, _empty_forms) -> Callable[[str], QueryDict]:
    """What a browser finds in an empty form: a second's work, and for one person and address always the same."""

    def _empty_form(address: str) -> QueryDict:
        known = address, get_user(client).username, Site.objects.count()
        if known not in _empty_forms:
            html = client.get(address).text
            _empty_forms[known] = querydict_from_html(html, form_id="page-edit-form")
        return _empty_forms[known].copy()

    return _empty_form


@pytest.fixture
def site(office) -> PublishedSite:
    """The published files of the office."""
    return PublishedSite("localhost")


@pytest.fixture(scope="module")
def _filled_newsroom(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Newsroom]:
    """Fill it once for a module, inside a transaction that the module's end takes back."""
    root = tmp_path_factory.mktemp("newsroom")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**plain_settings(root)):
            _forget()
            Offices(is_short=False, with_regency=True).put()
            made = Newsroom(root, timezone.now().replace(microsecond=0))
            made.prepare()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def newsroom(_filled_newsroom, db, settings) -> Newsroom:
    """Two published offices with a little of everything, where histories begin."""
    settings.MEDIA_ROOT = _filled_newsroom.root / "media"
    return _filled_newsroom


def pytest_collection_finish() -> None:
    """Let the collector of garbage look at what tests leave, no more at all that was imported."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
