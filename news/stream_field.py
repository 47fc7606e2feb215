"""A StreamField that reads thousands of bodies: Wagtail's makes a new JSON field for each value it reads."""

from functools import cached_property

from django.db.models import JSONField
from wagtail.fields import StreamField


class ManyReadStreamField(StreamField):
    """Wagtail's StreamField, in the migrations too."""

    @cached_property
    def json_field(self) -> JSONField:  # ty: ignore[invalid-method-override]
        """Return the field that knows how the database keeps JSON, made once."""
        return super().json_field

    def deconstruct(self) -> tuple:
        """Return what migrations write: there is nothing new to the database."""
        name, _path, arguments, options = super().deconstruct()
        return name, f"{StreamField.__module__}.{StreamField.__name__}", arguments, options
