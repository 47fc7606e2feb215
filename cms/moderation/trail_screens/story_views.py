"""The pages "Jejak naskah": the history of one article in sentences, and what one text changed of another."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page, Revision

from cms.accounts.models import User
from cms.moderation.difference.comparing import compare
from cms.moderation.texts import digest_of
from cms.moderation.trail_entries import TrailEntry
from cms.moderation.trail_screens import paging
from cms.moderation.trail_screens.lines import Line, lines
from cms.moderation.trail_screens.list_views import chain_now
from cms.moderation.trail_screens.readers import entries_of
from cms.moderation.trail_screens.story import days_of


class _OneArticleView(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 404 for an article of which the person may read nothing."""
        user: User = request.user  # ty: ignore[invalid-assignment]
        self.history = entries_of(kwargs["page_id"], user)
        self.newest = self.history.first()
        self.page = Page.objects.filter(pk=kwargs["page_id"]).first()
        self.may_edit = bool(self.page and self.page.specific_deferred.permissions_for_user(user).can_edit())
        if self.newest is None and not self.may_edit:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the article."""
        return [*super().get_breadcrumbs_items(), {"url": self._story_address(), "label": self.title}]

    @property
    def title(self) -> str:
        """Return what the article is called now, or was when it was last heard of."""
        if self.page:
            return self.page.get_admin_display_title()
        return self.newest.page_title if self.newest else ""

    def _story_address(self) -> str:
        return reverse("trail_of_page", args=[self.kwargs["page_id"]])


class StoryView(_OneArticleView):
    """Everything that was done to one article."""

    template_name = "moderation/trail_story.html"
    page_title = _("Jejak naskah")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """End with this page; the article's name would not fit a phone."""
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the days of one page of it."""
        shown = paging.page_of(self.history, self.request.GET)
        return super().get_context_data(**kwargs) | {
            "title": self.title,
            "page_id": self.kwargs["page_id"],
            "edit_url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]) if self.may_edit else "",
            "days": days_of(shown.entries, self.history),
            "chain": chain_now(),
            "older": f"?{paging.OLDER_THAN}={shown.older_than}" if shown.older_than else "",
            "newer": f"?{paging.NEWER_THAN}={shown.newer_than}" if shown.newer_than else "",
        }


class TextsView(_OneArticleView):
    """What the text of one entry changed of the text of another."""

    template_name = "moderation/trail_texts.html"
    page_title = _("Perbedaan teks")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """End with this page."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both texts and what lies between them."""
        (before, old), (after, new) = (self._text(kwargs[name]) for name in ("before", "after"))
        return super().get_context_data(**kwargs) | {
            "before_label": _("Sebelumnya"),
            "after_label": _("Sesudahnya"),
            "nothing_label": _("Kedua teks sama."),
            "sides": [self._side(before, old), self._side(after, new)],
            "story_address": self._story_address(),
            "difference": compare(old.as_object(), new.as_object()),
        }

    def _text(self, number: int) -> tuple[TrailEntry, Revision]:
        """Return an entry of the article with its revision; Http404 where one of them is not there."""
        entry = get_object_or_404(self.history, number=number)
        known = Revision.page_revisions.filter(object_id=str(self.kwargs["page_id"]))
        return entry, get_object_or_404(known, pk=entry.revision_id)

    def _side(self, entry: TrailEntry, revision: Revision) -> dict[str, Line | bool]:
        """A revision may have been overwritten since by the same sitting: then that is said."""
        return {"line": lines([entry])[0], "is_as_told": digest_of(revision.content) == entry.digest}
