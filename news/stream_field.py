"""A StreamField that reads thousands of bodies and opens many forms: Wagtail's makes everything anew each time."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import orjson
from django.core.exceptions import BadRequest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import JSONField
from django.db.models.fields.json import KeyTransform
from django.forms import Field
from django.urls import get_script_prefix
from django.utils.translation import get_language
from telepath import JSContext
from wagtail.blocks import Block
from wagtail.blocks.base import BlockWidget
from wagtail.fields import StreamField


class RememberingWidget(BlockWidget):
    """Tells the browser of blocks what it has told before: to describe those of a body is a third of a form's time.

    Nothing of a block depends on who asks or on the database, only on the language and on where Django is mounted.
    """

    def __init__(self, block_def: Block) -> None:
        super().__init__(block_def)
        self._descriptions: dict[tuple[str | None, str], tuple[JSContext, str]] = {}  # shared by all copies

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        """Read a body as a browser sends it; raises BadRequest for what no form of ours sends."""
        try:
            return super().value_from_datadict(data, files, name)
        except (KeyError, ValueError) as error:
            raise BadRequest(f"{name} is no body") from error

    def _build_block_json(self) -> None:
        key = get_language(), get_script_prefix()
        if key not in self._descriptions:
            super()._build_block_json()
            self._descriptions[key] = self._js_context, self._block_json
        self._js_context, self._block_json = self._descriptions[key]


class ManyReadStreamField(StreamField):
    """Wagtail's StreamField, in the migrations too."""

    @cached_property
    def json_field(self) -> JSONField:  # ty: ignore[invalid-method-override]
        """Return the field that knows how the database keeps JSON, made once."""
        return super().json_field

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """Return what a row holds; read by the faster parser where the whole column was asked for."""
        if isinstance(value, str) and not isinstance(expression, KeyTransform):
            return self.to_python(orjson.loads(value))
        return super().from_db_value(value, expression, connection)

    @cached_property
    def _widget(self) -> RememberingWidget:
        return RememberingWidget(self.stream_block)

    def formfield(self, **kwargs: object) -> Field | None:
        """Return a form's field, with the widget all forms share a memory with."""
        return super().formfield(**{"widget": self._widget, **kwargs})

    def deconstruct(self) -> tuple:
        """Return what migrations write: there is nothing new to the database."""
        name, _path, arguments, options = super().deconstruct()
        return name, f"{StreamField.__module__}.{StreamField.__name__}", arguments, options
