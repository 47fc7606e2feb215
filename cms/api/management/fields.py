"""What the management API tells and takes of a page: the office's own fields, as they are kept."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import ManyToManyField
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

_BUILDS_SCHEMAS = "wagtail.api.v3.registry"
_ARTICLE = (
    "kind", "short_title", "lead", "event_date", "show_dateline", "dateline_place", "section", "topics", "tags",
    "author_unit", "writers", "author_role", "photographer", "editor_name", "hero_image", "hero_alt",
    "hero_caption", "hero_credit", "social_image", "body", "has_end_mark", "attachments", "priority", "is_pinned",
    "language", "live_status", "official_number", "official_date", "signatory_role", "valid_from", "valid_until",
    "supersedes", "information_category", "contains_personal_data", "photo_consent", "embargo_until", "review_by",
    "source_document", "change_kind", "change_wrong", "change_right", "change_answers", "is_fictional",
    "disclaimer",
)  # fmt: skip
_WRITTEN = {
    "news.NewsArticlePage": _ARTICLE,
    "news.NewsIndexPage": ("intro",),
    "home.StandardPage": ("lead", "body"),
}
_READ = {"news.NewsArticlePage": ("published_at", "updated_at", "printed_dateline", "legacy_url")}


def declare_fields() -> None:
    """Let Wagtail build its schemas of our page types from these fields (from AppConfig.ready).

    It builds them once, from `api_fields`, when its registry is first imported; ours there are what readers get,
    told for them and never written.
    """
    if _BUILDS_SCHEMAS in sys.modules:
        raise ImproperlyConfigured(f"{_BUILDS_SCHEMAS} was imported before cms.api was ready")
    from wagtail.api.v3.schemas import pages
    from wagtail.api.v3.schemas.generators.read import read_generator
    from wagtail.api.v3.schemas.generators.write import create_generator, patch_generator

    read_generator.register_field_schema(StreamField, _blocks_as_kept)
    for generator in (
        create_generator,
        patch_generator,
    ):  # Ninja takes an empty choice of many for a missing one
        generator.register_field_schema(ManyToManyField, lambda generator, field: (list[int], []))
    for schema in (
        pages.PageCreateMetaSchema,
        pages.PageUpdateMetaSchema,
        pages.PageCreateBaseSchema,
        pages.PageUpdateBaseSchema,
    ):
        schema.model_config["extra"] = "forbid"  # else a misspelt name would be lost without a word
        schema.model_rebuild(force=True)
    with _told_to_the_office():
        schemas = import_module(_BUILDS_SCHEMAS).registry
    for model in get_page_models():
        if not model.is_creatable:
            schemas._registry.pop(model._meta.label, None)  # a trash is nobody's to read or to make


@contextmanager
def _told_to_the_office() -> Generator[None]:
    models: list[type[Page]] = [model for model in get_page_models() if "api_fields" in vars(model)]
    readers = {model: vars(model)["api_fields"] for model in models}
    for model in models:
        model.api_fields = fields_of(model)
    try:
        yield
    finally:
        for model, fields in readers.items():
            model.api_fields = fields


def _blocks_as_kept(generator: Any, field: StreamField) -> tuple[Any, Any, staticmethod]:
    """Tell blocks in the form in which they are taken, so that who reads a text may send it back mended."""

    def resolve(page: Page) -> list[dict[str, Any]]:
        return list(getattr(page, field.name).get_prep_value())

    return list[Any], [], staticmethod(resolve)


def fields_of(model: type[Page]) -> list[APIField]:
    """Return what is told of a page type; an office's own settings are neither told nor taken."""
    label = model._meta.label
    written = [APIField(name, writable=True) for name in _WRITTEN.get(label, ())]
    return [*written, *map(APIField, _READ.get(label, ()))]
