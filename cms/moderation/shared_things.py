"""Things many live pages share: when one is deleted, the pages that named it change without an approval."""

from collections.abc import Iterator
from functools import cache

from django.db import models
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page, get_page_models

from cms.moderation import permits


def open_for_deletion(row: models.Model) -> list[int]:
    """Open permits for the live pages that lose `row`; whoever may delete it answers for that."""
    pages = {pk for holder, field, page in _holders() if isinstance(row, field.related_model)
             for pk in _live_pages(holder, field, page, row)}  # fmt: skip
    return permits.open_permits(sorted(pages), "shared") if pages else []


def _live_pages(holder: type[models.Model], field: models.Field, page: str, row: models.Model) -> list[int]:
    live = {f"{page}__live": True} if page != "pk" else {"live": True}
    found = holder._base_manager.filter(**{field.name: row}, **live).order_by()
    return list(found.values_list(page, flat=True))


@cache
def shared_models() -> frozenset[type[models.Model]]:
    """Return the kinds of things that pages name and show: changing one changes what readers see of all of them."""
    named = {field.related_model for _holder, field, _page in _holders()}
    return frozenset(model for model in named if model and not issubclass(model, Page))


@cache
def _holders() -> tuple[tuple[type[models.Model], models.Field, str], ...]:
    return tuple(_found())


def _found() -> Iterator[tuple[type[models.Model], models.Field, str]]:
    """Yield each foreign key of a governed table, with the way from its row to the page."""
    for model in get_page_models():
        if model is Page:
            continue
        for field in model._meta.local_fields:
            if _leads_away(field):
                yield model, field, "pk"
        for child, page in _children(model):
            for field in child._meta.local_fields:
                if _leads_away(field) and field.name != page:
                    yield child, field, page


def _children(model: type[Page]) -> Iterator[tuple[type[models.Model], str]]:
    for relation in get_all_child_relations(model):
        if relation.model is model:
            yield relation.related_model, relation.field.name
    for many in get_all_child_m2m_relations(model):
        if many.model is model:
            yield many.remote_field.through, many.m2m_field_name()


def _leads_away(field: models.Field) -> bool:
    return isinstance(field, models.ForeignKey) and not field.remote_field.parent_link
