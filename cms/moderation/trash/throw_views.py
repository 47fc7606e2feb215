"""The doors by which the admin deletes a page: each asks our question and leads to the trash."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from rest_framework.response import Response
from wagtail.admin import messages
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page, ReferenceIndex

from cms.moderation.trash.forms import ThrowForm
from cms.moderation.trash.moving import branch_of
from cms.moderation.trash.rows import Trashed
from cms.moderation.trash.screens import trash_for
from cms.moderation.trash.throwing import TrashRefused, aliases_outside, put_in_trash, why_not, why_too_much

_delete = page_viewset_registry.as_view("delete", page_id_kwarg="page_id")


@never_cache
def throw(request: HttpRequest, page_id: int) -> HttpResponse:
    """Answer as Wagtail does, which asks us (throw_instead); say so where it was thrown away a moment ago."""
    row = trash_for(request.user).filter(page_id=page_id).first()  # ty: ignore[invalid-argument-type]
    if row is None:
        return _delete(request, page_id=page_id)
    messages.warning(request, _("“%(title)s” sudah ada di Sampah.") % {"title": row.title}, [_way_back(row)])
    return redirect("trash")


def throw_instead(request: HttpRequest, page: Page) -> HttpResponse:
    """Answer in the place of Wagtail's question "delete this page?" (hook); who may not has been refused."""
    refused = why_not(page, request.user) or why_too_much(page)  # ty: ignore[invalid-argument-type]
    branch = branch_of(page)
    form = ThrowForm(request.POST if request.method == "POST" else None)
    if refused or not form.is_valid() or not form.ask_for_reason(has_live=branch.filter(live=True).exists()):
        return _ask(request, page, branch, form, refused)
    try:
        row = put_in_trash(page, request.user, form.cleaned_data["reason"])  # ty: ignore[invalid-argument-type]
    except TrashRefused as error:
        return _ask(request, page, branch, form, str(error))
    tell(request, row)
    return redirect(
        get_valid_next_url_from_request(request) or reverse("wagtailadmin_explore", args=[row.parent_id])
    )


def tell(request: HttpRequest, row: Trashed) -> None:
    """Say that it is in the trash, and offer the way back."""
    words = _("“%(title)s” ada di Sampah.") % {"title": row.title}
    messages.success(request, words, [_way_back(row)])


def _way_back(row: Trashed) -> tuple:
    return messages.button(reverse("trash_restore", args=[row.pk]), _("Pulihkan"))


def _ask(
    request: HttpRequest, page: Page, branch: QuerySet[Page], form: ThrowForm, refused: str
) -> HttpResponse:
    below, live = branch.count() - 1, branch.filter(live=True).count()
    context = {
        "page": page,
        "form": form,
        "refused": refused,
        "facts": [] if refused else _facts(below, live, len(aliases_outside(page))),
        "usage_count": ReferenceIndex.get_references_to(page).group_by_source_object().count(),
        "usage_url": f"{reverse('wagtailadmin_pages:usage', args=[page.pk])}?describe_on_delete=1",
        "next": get_valid_next_url_from_request(request),
        "back": reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
    }
    return render(request, "moderation/trash/throw.html", context)


def _facts(below: int, live: int, aliases: int) -> list[str]:
    found = []
    if below:
        words = ngettext(
            "%(count)d halaman di bawahnya ikut ke Sampah.",
            "%(count)d halaman di bawahnya ikut ke Sampah.",
            below,
        )
        found.append(words % {"count": below})
    if live:
        words = ngettext(
            "%(count)d halaman sedang terbit dan hilang dari situs sekarang juga; alamatnya menjawab “sudah dihapus”.",
            "%(count)d halaman sedang terbit dan hilang dari situs sekarang juga; alamatnya menjawab “sudah dihapus”.",
            live,
        )
        found.append(words % {"count": live})
    if aliases:
        words = ngettext(
            "%(count)d alias di tempat lain ikut ke Sampah, dan ikut kembali.",
            "%(count)d alias di tempat lain ikut ke Sampah, dan ikut kembali.",
            aliases,
        )
        found.append(words % {"count": aliases})
    return found


class _Throw(DeletePageAPIAction):
    """What the API of Wagtail's own screens does where it would delete."""

    def execute(self, instance: Page, data: dict) -> Response:
        put_in_trash(instance, self.request.user)  # ty: ignore[invalid-argument-type]
        return Response(status=204)


class _Pages(PagesAdminAPIViewSet):
    actions = PagesAdminAPIViewSet.actions | {"delete": _Throw}


def throw_by_admin_api(router: WagtailAPIRouter) -> None:
    """Let that API know the trash (hook)."""
    router.register_endpoint("pages", _Pages)
