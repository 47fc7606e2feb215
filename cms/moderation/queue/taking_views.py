"""Taking a manuscript in hand, letting go of it, handing it to a colleague."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.letters import writing
from cms.moderation.queue import claims
from cms.moderation.queue.claims import AlreadyClaimed, AlreadyDecided
from cms.moderation.queue.forms import HandOverForm
from cms.moderation.queue.manuscripts import open_manuscript, who_decided
from cms.publishing.telling import moment_by_clock_of


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the person have the manuscript in hand; who comes second is told who has it."""
    user: User = request.user  # ty: ignore[invalid-assignment]
    try:
        manuscript = open_manuscript(pk, user)
        if not manuscript.actions:
            messages.error(request, _("Naskah ini menunggu keputusan orang lain."))
            return redirect("moderation_review", pk)
        claims.take(pk, user)
    except AlreadyDecided:
        return say_decided(request, pk)
    except AlreadyClaimed as error:
        said = {"name": user_display_name(error.user)}
        messages.warning(request, _("Naskah ini sudah ditangani %(name)s.") % said)
    else:
        messages.success(request, _("Naskah ini sekarang Anda tangani."))
    return redirect("moderation_review", pk)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the person go of the manuscript."""
    if claims.release(pk, request.user):  # ty: ignore[invalid-argument-type]
        messages.success(request, _("Naskah ini tidak lagi Anda tangani."))
    return redirect("moderation_queue")


@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the manuscript to a colleague who may decide about it, with a note."""
    user: User = request.user  # ty: ignore[invalid-assignment]
    try:
        manuscript = open_manuscript(pk, user)
        form = HandOverForm(request.POST, colleagues=manuscript.colleagues())
        if not form.is_valid():
            for errors in form.errors.values():
                messages.error(request, " ".join(map(str, errors)))
            return redirect("moderation_review", pk)
        claim = claims.hand_over(pk, user, form.taker, form.cleaned_data["note"])
    except AlreadyDecided:
        return say_decided(request, pk)
    if claim.user_id != user.pk:
        writing.handed_over(claim)
    said = {"name": user_display_name(form.taker)}
    messages.success(request, _("Naskah ini sekarang ditangani %(name)s.") % said)
    return redirect("moderation_queue")


def say_decided(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead back to the queue and tell who was faster."""
    state = who_decided(pk)
    if state and state.finished_by and state.finished_at:
        page = Page.objects.filter(pk=state.workflow_state.object_id).first()
        said = {
            "name": user_display_name(state.finished_by),
            "when": moment_by_clock_of(page, state.finished_at),
        }
        messages.warning(request, _("Naskah ini sudah diputuskan oleh %(name)s (%(when)s).") % said)
    else:
        messages.warning(request, _("Naskah ini tidak lagi menunggu keputusan."))
    return redirect("moderation_queue")
