"""Whatever is changed of whatever a page may show: after a publication both trees are what a clean build gives.

Models and their fields are found, not listed: one added tomorrow is changed too.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import models
from django.test import override_settings
from taggit.managers import TaggableManager
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from cms.media.models import Document, Image
from home.models import HomePage, StandardPage
from news.models import (
    Correction,
    NewsArticlePage,
    NewsIndexPage,
    Officeholder,
    PolicyWindow,
    ReadCount,
    Section,
    Topic,
    Withdrawal,
    WordListEntry,
)
from tests import uploads
from tests.newsroom import HOSTS, Newsroom, add_picture
from tests.plain import plain_settings

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

WAGTAILS = (Site, Locale, Redirect, Collection, CollectionViewRestriction, PageViewRestriction)
SHOWN = [model for app in ("home", "news", "media") for model in apps.get_app_config(app).get_models()]
UNREAD = {
    ReadCount: "asked for by a live door, never part of a page's bytes",
    WordListEntry: "a rule for writers",
    PolicyWindow: "a rule for writers",
    Officeholder: "a rule for writers",
    Correction: "entered once and never changed or deleted: tests/histories",
    Withdrawal: "made and ended with its article, never edited: tests/histories",
}
PARTS = {
    "articles": [NewsArticlePage],
    "offices": [HomePage],
    "pages": [StandardPage, NewsIndexPage],
    "rest": [model for model in (*SHOWN, *WAGTAILS) if not issubclass(model, Page) and model not in UNREAD],
}
FIXED = {
    "id": "names the row",
    "page_ptr": "names the row",
    "path": "kept by the tree: Page.move",
    "depth": "kept by the tree: Page.move",
    "numchild": "kept by the tree: Page.add_child",
    "url_path": "follows from slug and parent",
    "content_type": "says of which model the row is",
    "alias_of": "set when an alias is made: tests/histories",
    "live_revision": "set by publishing: tests/histories",
    "latest_revision": "set by saving a draft: tests/histories",
    "Rendition.image": "a size is of the picture it was made of",
    "Site.hostname": "an office under a new name is built anew: not inside a transaction",
}


@pytest.fixture(scope="module")
def _filled_showcase(_filled_newsroom: Newsroom, django_db_blocker) -> Newsroom:
    """Fill it once for all of this module, in the newsroom's transaction."""
    with django_db_blocker.unblock(), override_settings(**plain_settings(_filled_newsroom.root)):
        fill(_filled_newsroom)
    return _filled_newsroom


@pytest.fixture
def showcase(_filled_showcase: Newsroom, newsroom: Newsroom) -> Newsroom:
    """The newsroom with something in every field, shown wherever it can be."""
    return newsroom


def fill(newsroom: Newsroom) -> None:
    """Put something into every field."""
    first, second, third = NewsArticlePage.objects.order_by("pk")
    green, logo = add_picture("green"), add_picture("black")
    document, spare = Document.objects.get(), Document(title="Lampiran")
    spare.file = ContentFile(uploads.pdf(2), name="lampiran.pdf")
    spare.save()
    first.topics = Topic.objects.all()[:1]
    first.tags.set(["pilkada"])
    first.hero_image, first.social_image = Image.objects.order_by("pk").first(), green
    first.attachments = [("document", document)]
    first.supersedes, first.source_document = third, spare
    first.updated_at = newsroom.now
    first.save()
    for page in (second, third):
        page.body = [
            ("related", {"title": "", "pages": [first]}),
            ("paragraph", f'<p><a linktype="page" id="{first.pk}">Baca</a></p>'),
            ("documents", {"items": [document]}),
        ]
        page.topics = Topic.objects.all()[:1]
        page.tags.set(["suara"])
        page.save()
    Section.objects.filter(pk=first.section_id).update(
        slug="kabar-utama"
    )  # no other office has one of this name
    Correction.objects.create(page=first, text="Yang benar dua belas.")
    about = StandardPage.objects.get(
        slug="tentang", path__startswith=Site.objects.get(hostname=HOSTS[0]).root_page.path
    )
    about.add_child(instance=StandardPage(title="Sejarah", slug="sejarah"))
    closed = about.add_child(instance=StandardPage(title="Tertutup", slug="tertutup"))
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    collection = Collection.get_first_root_node().add_child(name="Surat")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    Redirect.objects.create(old_path="/lama", redirect_page=first, site=Site.objects.get(hostname=HOSTS[0]))
    Redirect.objects.create(old_path="/usang", redirect_link="/berita/")
    for home in HomePage.objects.all():
        home.logo, home.city, home.phone = logo, "Serang", "0254 123456"
        home.footer_menu = [("link", {"text": "Tentang", "page": about, "url": ""})]
        home.save()
    get_user_model().objects.create_user("penulis", "penulis@kpu.example", "sandi-yang-panjang")
    Locale.objects.get_or_create(language_code="en")
    newsroom.publish()


def changeable(model: type[models.Model]) -> list[models.Field]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [field for field in fields if not FIXED.keys() & {field.name, f"{model.__name__}.{field.name}"}]


def other_value(field: models.Field, row: models.Model) -> Any:
    """Return another value the field may have."""
    value = getattr(row, field.name)
    if isinstance(field, models.ForeignKey):
        return _other_row(field, {row.pk, value.pk if value else None})
    if field.choices:
        return next(key for key, _label in field.flatchoices if key not in (value, ""))
    for kinds, make in OTHERS:
        if isinstance(field, kinds):
            return make(field, value)
    raise NotImplementedError(f"say which other value a {type(field).__name__} may have")


def _other_text(field: models.Field, value: str) -> str:
    if field.name in EXACT:
        return EXACT[field.name]
    return f"lain-{value}"[: field.max_length]


def _other_row(field: models.Field, own: set[Any]) -> models.Model:
    rows = field.related_model.objects.order_by("pk")
    if issubclass(field.related_model, Page):
        rows = rows.filter(depth__gt=1)
    return next(row for row in rows if row.pk not in own)


EXACT = {
    "code": "36.71", "email": "lain@kpu.example", "old_path": "/lain", "redirect_link": "/topik/",
    "language_code": "en-gb", "focal_point_key": "", "filter_spec": "width-7|format-jpeg", "hostname": "lain.localhost",
}  # fmt: skip
_MOMENT = dt.datetime(2026, 3, 9, 9, tzinfo=dt.UTC)
OTHERS: list[tuple[Any, Callable[[models.Field, Any], Any]]] = [
    (StreamField, lambda field, value: _other_stream(field)),
    (RichTextField, lambda field, value: "<p>Pengantar <b>lain</b></p>"),
    (models.BooleanField, lambda field, value: not value),
    (models.UUIDField, lambda field, value: uuid.uuid4()),
    (models.DateTimeField, lambda field, value: value + dt.timedelta(hours=3) if value else _MOMENT),
    (models.DateField, lambda field, value: dt.date(2026, 3, 9)),
    (models.IntegerField, lambda field, value: (value or 0) + 1),
    (models.FileField, lambda field, value: _other_file(value)),
    ((models.CharField, models.TextField), _other_text),
]


def _other_stream(field: models.Field) -> list[tuple[str, Any]]:
    name = field.name
    if name == "attachments":
        return [("document", Document.objects.order_by("-pk").first())]
    if name == "social_links":
        return [("account", {"network": "x", "url": "https://x.com/kpu"})]
    if name == "body":
        return [("paragraph", "<p>Isi lain.</p>")]
    return [
        ("link", {"text": "Menu lain", "page": NewsArticlePage.objects.order_by("pk").first(), "url": ""})
    ]


def _other_file(value: Any) -> ContentFile:
    if value.name.endswith(".pdf"):
        return ContentFile(uploads.pdf(7), name="lain.pdf")
    return ContentFile(uploads.photograph(44, 33), name="lain.jpg")


def change(row: models.Model, field: models.Field) -> None:
    if isinstance(field, TaggableManager):
        getattr(row, field.name).set(["lain"])
    elif field.many_to_many:
        getattr(row, field.name).set(field.related_model.objects.order_by("-pk")[:1])
    else:
        setattr(row, field.name, other_value(field, row))
    row.save()


def subject(model: type[models.Model]) -> models.Model:
    row = model._default_manager.order_by("pk").first()
    assert row is not None, f"the showcase has no {model.__name__}: show one, or say why readers never see it"
    return row


@pytest.mark.parametrize("part", PARTS)
def test_any_changed_field_reaches_every_file_that_shows_it(showcase: Newsroom, part: str):
    stale = {}
    for model in PARTS[part]:
        for field in changeable(model):
            with showcase.history():
                change(subject(model), field)
                showcase.publish_here()
                if found := showcase.differences():
                    stale[f"{model.__name__}.{field.name}"] = found
    assert stale == {}


@pytest.mark.parametrize("part", PARTS)
def test_any_deleted_row_leaves_every_file(showcase: Newsroom, part: str):
    stale = {}
    for model in PARTS[part]:
        with showcase.history():
            try:
                subject(model).delete()
            except models.ProtectedError:
                continue
            showcase.publish_here()
            if found := showcase.differences():
                stale[model.__name__] = found
    assert stale == {}


def test_every_model_of_ours_is_shown_or_known_not_to_be():
    known = {model for part in PARTS.values() for model in part} | set(UNREAD)
    assert set(SHOWN) <= known
