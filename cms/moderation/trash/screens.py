"""The screen "Sampah": what an office has deleted, and the way back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.accounts.models import User
from cms.moderation.trash.forms import RestoreForm
from cms.moderation.trash.lines import lines
from cms.moderation.trash.restoring import PlaceNeeded, RestoreRefused, old_place, restore
from cms.moderation.trash.rows import Trashed, TrashedPages
from cms.publishing.seeing import sites_of

PAGE = 20  # lines on a screen


def trash_for(user: User) -> TrashedPages:
    """Return what lies in the trash of the offices `user` works for."""
    return Trashed.objects.standing().filter(office_id__in=_offices_of(user))


def thrown_away_for(user: User) -> QuerySet[Trashed]:
    """Return what ever was put into the trash of the offices `user` works for, back by now or not."""
    return Trashed.objects.filter(office_id__in=_offices_of(user))


def _offices_of(user: User) -> QuerySet:
    return sites_of(user).values("root_page_id")


def _why_gone(row: Trashed) -> str:
    said = {"title": row.title, "name": row.restored_by}
    if row.restored_at and row.restored_by:
        return gettext("“%(title)s” sudah dipulihkan oleh %(name)s.") % said
    return gettext("“%(title)s” sudah tidak ada di Sampah.") % said


class TrashView(WagtailAdminTemplateMixin, TemplateView):
    """What was deleted in the offices of the person who asks, the newest first."""

    template_name = "moderation/trash/list.html"
    page_title = _("Sampah")
    header_icon = "bin"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who works for no office."""
        self.user: User = request.user  # ty: ignore[invalid-assignment]
        self.sites = list(sites_of(self.user))
        if not self.sites:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the screen at its head."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the lines of one page that answer the search."""
        offices = {str(site.root_page_id): site.root_page.title for site in self.sites}
        office, words = self.request.GET.get("kantor", ""), self.request.GET.get("q", "").strip()[:200]
        rows = Trashed.objects.standing().filter(
            office_id__in=[office] if office in offices else list(offices)
        )
        if words:
            rows = rows.filter(title__icontains=words.replace("\0", ""))
        page = Paginator(rows.newest_first(), PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "lines": lines(page.object_list, self.user, self.sites),
            "words": words,
            "office": office if office in offices else "",
            "offices": offices if len(offices) > 1 else {},
        }


class RestoreView(View):
    """Asks below which page it comes back, and brings it back."""

    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Answer 404 for what never was in the trash of the person's offices; say who was faster."""
        row = get_object_or_404(thrown_away_for(request.user), pk=pk)  # ty: ignore[invalid-argument-type]
        page = Page.objects.filter(pk=row.page_id).first()
        if page is None or row.restored_at or row.emptied_at:
            messages.warning(request, _why_gone(row))
            return redirect("trash")
        return super().dispatch(request, row=row, kind=page.specific_class or Page)

    def get(self, request: HttpRequest, row: Trashed, kind: type[Page]) -> HttpResponse:
        """Show the question, with the old place if it is there."""
        place = old_place(row)
        return self._ask(request, row, RestoreForm(kind=kind, initial={"place": place}))

    def post(self, request: HttpRequest, row: Trashed, kind: type[Page]) -> HttpResponse:
        """Bring it back, and open it."""
        form = RestoreForm(request.POST, kind=kind)
        if not form.is_valid():
            return self._ask(request, row, form)
        try:
            page = restore(row, request.user, form.cleaned_data["place"])  # ty: ignore[invalid-argument-type]
        except PlaceNeeded as error:
            form.add_error("place", str(error))
            return self._ask(request, row, form)
        except RestoreRefused as error:
            form.add_error("place", str(error))
            return self._ask(request, row, form)
        words = _("“%(title)s” kembali sebagai konsep. Ajukan bila hendak diterbitkan lagi.")
        edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Buka"))
        messages.success(request, words % {"title": row.title}, buttons=[edit])
        return redirect("trash")

    def _ask(self, request: HttpRequest, row: Trashed, form: RestoreForm) -> HttpResponse:
        context = {"row": row, "form": form, "media": form.media, "has_place": old_place(row) is not None}
        return render(request, "moderation/trash/restore.html", context)


class TrashMenuItem(MenuItem):
    """Shown to who works on pages anywhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask Wagtail's remembered rights: no query of its own."""
        return PagePermissionPolicy().user_has_any_permission(request.user, {"add", "change", "publish"})


def menu_item() -> MenuItem:
    """Return the entry "Sampah"."""
    return TrashMenuItem(_("Sampah"), reverse("trash"), name="trash", icon_name="bin", order=900)


urlpatterns: list[URLPattern] = [
    path("sampah/", TrashView.as_view(), name="trash"),
    path("sampah/<int:pk>/pulihkan/", RestoreView.as_view(), name="trash_restore"),
]
