"""Deleting pages that were ticked in a list: into the trash, all or none."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.trash.forms import ThrowForm
from cms.moderation.trash.hiding import lies_in_trash
from cms.moderation.trash.moving import branch_of
from cms.moderation.trash.throwing import MOST_SINGLE, TrashRefused, put_in_trash, why_not


class ThrowTogether(PageBulkAction):
    """Wagtail's bulk action "delete"."""

    display_name = _("Buang ke Sampah")
    action_type = "delete"
    aria_label = _("Buang halaman yang dipilih ke Sampah")
    template_name = "moderation/trash/throw_together.html"
    action_priority = 30
    classes = {"serious"}
    form_class = ThrowForm

    def check_perm(self, obj: Page) -> bool:
        """Ask whether the person may delete a page and nobody holds it."""
        return not why_not(obj.specific, self.request.user)  # ty: ignore[invalid-argument-type]

    def object_context(self, obj: Page) -> dict[str, Any]:
        """Add how many go along and how many are live."""
        branch = branch_of(obj)
        counts = {"below": branch.count() - 1, "live": branch.filter(live=True).count()}
        return super().object_context(obj) | counts

    def form_valid(self, form: ThrowForm) -> HttpResponse:
        """Ask for a reason where any page is live; do nothing if one cannot go, and say so if none can."""
        pages, _others = self.get_actionable_objects()
        if not pages:
            messages.error(
                self.request, _("Tidak satu pun halaman yang dicentang dapat Anda buang ke Sampah.")
            )
            return redirect(self.next_url)
        if not form.ask_for_reason(has_live=any(_has_live(page) for page in pages)):
            return self.form_invalid(form)
        try:
            return super().form_valid(form)
        except TrashRefused as error:
            messages.error(self.request, str(error))
            return redirect(self.next_url)

    def get_execution_context(self) -> dict[str, Any]:
        """Hand on who and why."""
        return super().get_execution_context() | {"why": self.cleaned_form.cleaned_data["reason"]}

    @classmethod
    def execute_action(cls, objects: list[Page], user: User, why: str, **kwargs: object) -> tuple[int, int]:
        """Put all into the trash; one that went with another above it is there already. Raises TrashRefused."""
        if len(objects) > MOST_SINGLE:
            said = {"count": len(objects), "most": MOST_SINGLE}
            raise TrashRefused(
                _("%(count)d halaman dicentang; paling banyak %(most)d sekaligus. Centang lebih sedikit.")
                % said
            )
        count = below = 0
        for page in sorted(objects, key=lambda each: each.path):
            now = Page.objects.get(pk=page.pk)
            if not lies_in_trash(now):
                row = put_in_trash(now, user, why)
                count, below = count + 1, below + row.pages - 1
        return count, below

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Say how many are in the trash."""
        count = num_parent_objects + num_child_objects
        return ngettext("%(count)d halaman ada di Sampah.", "%(count)d halaman ada di Sampah.", count) % {
            "count": count
        }


def _has_live(page: Page) -> bool:
    return branch_of(page).filter(live=True).exists()
