"""What a number in a manuscript stands for: a picture, a document, a page; each looked up once."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

_SHOWN = "max-320x320"


class Names:
    """Answers for one comparison."""

    def __init__(self) -> None:
        self._known: dict[tuple[type[models.Model], Any], models.Model | None] = {}

    def row(self, model: type[models.Model], pk: Any) -> models.Model | None:
        """Return a row, or None if it has gone."""
        key = model, pk
        if key not in self._known:
            self._known[key] = model._default_manager.filter(pk=pk).first() if pk else None
        return self._known[key]

    def name(self, model: type[models.Model], pk: Any) -> str:
        """Return what people call a row; "" for none."""
        if not pk:
            return ""
        row = self.row(model, pk)
        if row is None:
            return _("(sudah dihapus: %(number)s)") % {"number": pk}
        return str(getattr(row, "title", "") or row)

    def picture(self, pk: Any) -> SafeString | str:
        """Return a picture as a picture with its title."""
        image = self.row(get_image_model(), pk)
        if image is None:
            return self.name(get_image_model(), pk)
        try:
            shown = image.get_rendition(_SHOWN)
        except OSError:  # the file has gone; its name has not
            return str(image)
        return format_html(
            '<img class="warta-picture" src="{}" width="{}" height="{}" alt="">{}',
            default_storage.url(shown.file.name),
            shown.width,
            shown.height,
            str(image),
        )

    def target(self, attributes: dict[str, str | None]) -> str:
        """Return where a link of rich text leads."""
        kinds = {"page": Page, "document": get_document_model()}
        model = kinds.get(attributes.get("linktype") or "")
        if model is None:
            return attributes.get("href") or attributes.get("url") or ""
        pk = attributes.get("id") or ""
        return self.name(model, int(pk) if pk.isdecimal() else None)
