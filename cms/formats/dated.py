"""Date blocks that take what an Indonesian types; stored, and migrated, exactly like Wagtail's own."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin import widgets

from cms.formats import typed


class DateBlock(blocks.DateBlock):
    """A date, typed as 25/05/2022 or 25 Mei 2022."""

    @cached_property
    def field(self) -> forms.Field:
        """Return the form field."""
        return typed.DateField(widget=widgets.AdminDateInput(format=self.format), **self.field_options)

    def deconstruct(self) -> tuple[str, Any, Any]:
        """Tell migrations what is stored, which is Wagtail's."""
        return "wagtail.blocks.DateBlock", *super().deconstruct()[1:]


class DateTimeBlock(blocks.DateTimeBlock):
    """A moment, typed as 25/05/2022 20.05 or 25 Mei 2022 20.05."""

    @cached_property
    def field(self) -> forms.Field:
        """Return the form field."""
        return typed.DateTimeField(
            widget=widgets.AdminDateTimeInput(format=self.format), **self.field_options
        )

    def deconstruct(self) -> tuple[str, Any, Any]:
        """Tell migrations what is stored, which is Wagtail's."""
        return "wagtail.blocks.DateTimeBlock", *super().deconstruct()[1:]
