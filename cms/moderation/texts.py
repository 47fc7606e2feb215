"""What a page says, as one digest: what was approved and what goes live are compared by it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.models import Page

# What Wagtail keeps of a page beside its text: where it hangs, who holds it, when it is to appear.
_NOT_TEXT = frozenset(
    {
        "pk", "path", "depth", "numchild", "url_path", "content_type", "translation_key", "alias_of", "owner",
        "live", "has_unpublished_changes", "draft_title", "live_revision", "latest_revision",
        "latest_revision_created_at", "first_published_at", "last_published_at", "go_live_at", "expire_at",
        "expired", "locked", "locked_at", "locked_by", "wagtail_admin_comments",
    }
)  # fmt: skip

Text = Mapping[str, Any]


def digest_of(content: Text) -> str:
    """Return the SHA-256 of a revision's content (`Revision.content`), of the text alone, in 64 hex digits."""
    return hashlib.sha256(_canonical(_text(content))).hexdigest()


def text_of(page: Page) -> dict[str, Any]:
    """Return what `page` says, as it stands in memory: comparable with `==`, child rows included."""
    return json.loads(_canonical(_text(page.serializable_data())))


def differences(page: Page, other: Page) -> list[str]:
    """Return the names of the fields in which `page` says something else than the approved `other`.

    What is fixed when an article goes live (`fixed_at_publication` of its class) is free where `other` is silent.
    """
    here, there = text_of(page), text_of(other)
    for name in getattr(page, "fixed_at_publication", ()):
        if there.get(name) is None:
            here.pop(name, None)
            there.pop(name, None)
    return sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))


def is_text(name: str) -> bool:
    """Ask whether the field `name` of a page is part of what it says."""
    return name not in _NOT_TEXT


def content_columns(model: type[models.Model]) -> list[str]:
    """Return the columns of `model`'s own table that readers may see: all but what is no text."""
    return [
        str(field.column)
        for field in model._meta.local_concrete_fields
        if field.name not in _NOT_TEXT and not field.primary_key
    ]


def _text(content: Text) -> dict[str, Any]:
    return {name: _without_keys(value) for name, value in content.items() if name not in _NOT_TEXT}


def _without_keys(value: Any) -> Any:
    """A child row gets its key when it is first published: it says nothing; nor does the order of JSON's names."""
    if isinstance(value, str) and value.startswith(("[", "{")):
        try:  # a stream: PostgreSQL stores its names in another order
            return json.loads(value)
        except ValueError:
            return value
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return [{name: part for name, part in each.items() if name != "pk"} for each in value]
    return value


def _canonical(text: Text) -> bytes:
    return json.dumps(text, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder).encode()
