"""The fields of a page in the order of its form, by the names its form gives them, and their values in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel, get_edit_handler
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.moderation.difference.names import Names
from cms.moderation.difference.rich import lines_of
from cms.publishing.telling import moment_by_clock_of


@dataclass(frozen=True)
class FormField:
    """A field of the form: what it is called there, and the model's field."""

    name: str
    label: str
    field: Any


def fields_of(model: type[Page]) -> list[FormField]:
    """Return what readers see of `model` and no form shows, then the fields of its editing form."""
    besides = [model._meta.get_field(name) for name in getattr(model, "read_beside_form", ())]
    named = [FormField(field.name, capfirst(str(field.verbose_name)), field) for field in besides]
    return [*named, *_below(get_edit_handler(model), model)]


def labels_of(model: type[Page]) -> dict[str, str]:
    """Return what the form calls each field."""
    return {field.name: field.label for field in fields_of(model)}


def _below(panel: Panel, model: type[Page]) -> Iterator[FormField]:
    if isinstance(panel, FieldPanel):
        field = model._meta.get_field(panel.field_name)
        name = getattr(field, "verbose_name", panel.field_name)
        yield FormField(panel.field_name, str(panel.heading or capfirst(str(name))), field)
    elif isinstance(panel, InlinePanel):
        relation = model._meta.get_field(panel.relation_name)
        yield FormField(panel.relation_name, str(panel.heading or panel.label), relation)
    for child in getattr(panel, "children", ()):
        yield from _below(child, model)


def words_of(page: Page, known: FormField, names: Names) -> str:
    """Return the value of a plain field of `page` in words; "" if it is empty."""
    field = known.field
    if getattr(field, "choices", None):
        return str(getattr(page, f"get_{known.name}_display")())
    if field.many_to_many or not hasattr(field, "attname"):
        return ", ".join(sorted(str(each) for each in getattr(page, known.name).all()))
    value = getattr(page, field.attname)
    if field.many_to_one or field.one_to_one:
        return names.name(field.related_model, value)
    return _plain(page, field, value, names)


def picture_of(page: Page, known: FormField) -> int | None:
    """Return the id of the picture in a field for one."""
    is_picture = known.field.many_to_one and issubclass(known.field.related_model, get_image_model())
    return getattr(page, known.field.attname) if is_picture else None


def child_rows(page: Page, known: FormField) -> dict[str, str]:
    """Return the rows of a form's list of rows, each in words, by key."""
    found: dict[str, str] = {}
    for place, row in enumerate(getattr(page, known.name).all()):
        parts = [
            f"{capfirst(str(field.verbose_name))}: {text}"
            for field in row._meta.concrete_fields
            if field.editable and not field.is_relation and field.name != "sort_order"
            and (text := _shown(page, row, field))
        ]  # fmt: skip
        found[str(row.pk or f"+{place}")] = "\n".join(parts)
    return found


def _shown(page: Page, row: models.Model, field: Any) -> str:
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return _plain(page, field, getattr(row, field.attname), Names())


def _plain(page: Page, field: Any, value: Any, names: Names) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, RichTextField):
        return lines_of(value, names.target)
    if isinstance(field, models.BooleanField):
        return _("Ya") if value else _("Tidak")
    if isinstance(field, models.DateTimeField):
        return moment_by_clock_of(page, value)
    if isinstance(field, models.DateField):
        return date_format(value, "l, j F Y")
    return str(value)
