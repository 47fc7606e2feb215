"""Refuse a block's value with a sentence beside the field it is about."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks.struct_block import StructBlockValidationError


def refuse(**fields: Any) -> None:
    """Raise a StructBlockValidationError with a message for each field that has one, if any has."""
    errors = {name: ValidationError(message) for name, message in fields.items() if message}
    if errors:
        raise StructBlockValidationError(errors)
