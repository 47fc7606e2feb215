"""The examples the block picker shows, as the database would hold them, and what is said of a bad one."""

import json

import pytest
from django.core.exceptions import ValidationError

from news.blocks import catalogue

NAMES = catalogue.names()


def example(name: str) -> object:
    """Return the raw value of the block picker's example, as the database would hold it."""
    block = catalogue.block_of(name)
    value = block.get_prep_value(block.get_preview_value())
    return json.loads(json.dumps(value))


def refused(name: str, **fields: object) -> str:
    """Return what the editor reads when the example of a block is saved with `fields` instead."""
    block = catalogue.block_of(name)
    raw = {**example(name), **fields}
    with pytest.raises(ValidationError) as caught:
        block.clean(block.to_python(raw))
    return json.dumps(caught.value.as_json_data(), ensure_ascii=False, default=str)
