"""The screens "Penggunaan": what lies in a trash still names a picture, and a list of users says so."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.generic.usage import TitleColumn
from wagtail.admin.views.generic.usage import UsageView as AnyUsageView
from wagtail.admin.views.pages.usage import UsageView
from wagtail.documents.views.documents import UsageView as DocumentUsageView
from wagtail.images.views.images import UsageView as ImageUsageView
from wagtail.models import Page

from cms.moderation.trash.hiding import in_trash
from cms.publishing.seeing import sites_of


class TellsTrash(AnyUsageView):
    """A list of what uses something: pages in the trash are marked, those of the person's offices lead there."""

    def get_table(self, object_list: Iterable[tuple[Any, list]], **kwargs: Any) -> Table:
        """Find out first, with one question, which of them lie in a trash, and whose that is."""
        rows = list(object_list)
        pages = [found.pk for found, _references in rows if isinstance(found, Page)]
        offices = [site.root_page.path for site in sites_of(self.request.user)]
        paths = Page.objects.filter(in_trash(), pk__in=pages).values_list("pk", "path")
        self.in_trash = {pk: any(path.startswith(office) for office in offices) for pk, path in paths}
        return super().get_table(rows, **kwargs)

    @cached_property
    def columns(self) -> list[Column]:
        """Return Wagtail's, the first with the mark."""
        name = TitleColumn("name", label=_("Nama"), accessor=self._name, get_url=self._address)
        return [name, *super().columns[1:]]

    def _name(self, row: dict[str, Any]) -> str:
        page = row["object"]
        if page.pk not in self.in_trash or not isinstance(page, Page):
            return row["label"]
        title = page.get_admin_display_title() if self.in_trash[page.pk] else row["label"]
        return _("%(title)s (di Sampah)") % {"title": title}

    def _address(self, row: dict[str, Any]) -> str | None:
        page = row["object"]
        is_own = isinstance(page, Page) and self.in_trash.get(page.pk, False)
        return reverse("trash") if is_own else row["edit_url"]


class PageUsageView(TellsTrash, UsageView):
    """Of a page."""


class PictureUsageView(TellsTrash, ImageUsageView):
    """Of a picture."""


class FileUsageView(TellsTrash, DocumentUsageView):
    """Of a document."""
