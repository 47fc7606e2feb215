"""A list typed or pasted as lines: the quickest way on a phone, and how a list copied from Word arrives."""

import re
from functools import cached_property
from typing import Any

from django import forms
from wagtail.blocks import FieldBlock

_BULLET = re.compile(r"^\s*(?:[-*\u2022\u00b7\u25aa\u2013]|\d{1,2}[.)]|[a-z][.)])\s+")


class LinesBlock(FieldBlock):
    """Stores a list of strings; a line of the form is an item, without the bullet or number it came with."""

    def __init__(self, required: bool = True, help_text: str | None = None, **kwargs: Any) -> None:
        self.field_options = {"required": required, "help_text": help_text}
        super().__init__(**kwargs)

    class Meta:
        default = []
        icon = "list-ul"

    @cached_property
    def field(self) -> forms.CharField:
        """Return the text area."""
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), **self.field_options)

    def value_from_form(self, value: Any) -> list[str]:
        """Return the items of a text."""
        if not isinstance(value, str):
            return list(value or ())
        lines = (_BULLET.sub("", line).strip() for line in value.splitlines())
        return [line for line in lines if line]

    def value_for_form(self, value: Any) -> str:
        """Return the items as lines."""
        return "\n".join(map(str, value or ()))

    def get_default(self) -> list[str]:
        """Return a list of its own for each new block."""
        return list(self.meta.default)
