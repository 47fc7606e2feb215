"""Pictures and documents a page may not be given: those the person may not choose, but for what it has already."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from cms.formats.row_numbers import read_row_number
from cms.media.models import Document, Image
from cms.publishing.sent_files import File


def foreign_files(sent: Iterable[File], page: Page, user: Any) -> set[File]:
    """Return those of `sent` that `user` may not choose and `page` does not show, live or in its newest version."""
    foreign = set(sent)
    for model in (Image, Document):
        numbers = [file.pk for file in foreign if file.model is model]
        if numbers:
            policy = policy_registry.get_by_type(model)
            own = policy.instances_user_has_any_permission_for(user, ["choose"]).filter(pk__in=numbers)
            foreign -= {File(model, pk) for pk in own.order_by().values_list("pk", flat=True)}
    return foreign - _shown_already(page) if foreign and page.pk else foreign


def _shown_already(page: Page) -> set[File]:
    saved = Page.objects.get(pk=page.pk)
    models = {str(ContentType.objects.get_for_model(model).pk): model for model in (Image, Document)}
    return {
        File(models[str(kind)], number)
        for version in (saved.specific, saved.get_latest_revision_as_object())
        for kind, pk, _path, _place in ReferenceIndex._extract_references_from_object(version)
        if str(kind) in models and (number := read_row_number(pk)) is not None
    }
