"""What is wrong inside of blocks, each with its place: Wagtail says of a whole text only that something is."""

from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm
from wagtail.blocks.base import get_error_json_data
from wagtail.utils.forms import FormValidationError

Place = tuple[str | int, ...]


def spelled_out(form: BaseForm) -> FormValidationError:
    """Return the errors of a form, those within its blocks one by one."""
    found: dict[Place, list[tuple[str, str]]] = {}
    for place, messages in FormValidationError.get_form_errors_as_dict(form).items():
        errors = form.errors[place[0]].as_data() if len(place) == 1 and place[0] in form.errors else []
        if not any(hasattr(error, "as_json_data") for error in errors):
            found[place] = messages
            continue
        for error in errors:
            for within, message in _leaves(get_error_json_data(error), place):
                found.setdefault(within, []).append((message, "invalid"))
    return FormValidationError(found)


def _leaves(told: Any, place: Place) -> Iterator[tuple[Place, str]]:
    for message in told.get("messages", ()):
        yield place, str(message)
    below = told.get("blockErrors") or {}
    for key, error in below.items() if isinstance(below, dict) else enumerate(below):
        if error:
            yield from _leaves(error, (*place, key))
