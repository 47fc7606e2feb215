"""What a screen that shows a page's status asks, and the line under Wagtail's "has been published"."""

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.publishing.seeing import explorable
from cms.publishing.status import State, status_of
from cms.publishing.telling import again_in, detail_of, label_of, words_of
from cms.publishing.templatetags.publishing_tags import status_context


@require_safe
@never_cache
def page_status(request: HttpRequest, page_id: int) -> JsonResponse:
    """Answer where a page of the person's explorer stands; 404 for every other page."""
    page = get_object_or_404(explorable(request.user), pk=page_id)  # ty: ignore[invalid-argument-type]
    status = status_of(page)
    return JsonResponse(
        {
            "state": status.state.value,
            "words": words_of(status),
            "detail": detail_of(status),
            "label": label_of(status),
            "address": status.address,
            "again": again_in(status),
        }
    )


def tell_after_editing(request: HttpRequest, page: Page) -> None:
    """Show where the page stands when it was published or a decision about it was made."""
    if "action-publish" in request.POST or "action-workflow-action" in request.POST:
        tell(request, page)


def tell(request: HttpRequest, page: Page) -> None:
    """Put the status of a page, kept up to date, among the messages of the next screen."""
    now = Page.objects.get(pk=page.pk)
    status = status_of(now)
    if status.state != State.NOT_PUBLIC:
        messages.info(request, render_to_string("publishing/status.html", status_context(now, status)))
