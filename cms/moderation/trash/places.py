"""The page below which an office keeps what was deleted; made when it is first needed."""

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, PagePermissionTester

from cms.accounts.models import User
from cms.moderation.recording import meant
from cms.moderation.trail_entries import Act
from cms.moderation.trash.rights import NoRights


class TrashPage(Page):
    """The trash of one office: no person makes, opens, moves or publishes it, and readers never see it."""

    office_id = models.PositiveBigIntegerField(unique=True, editable=False)  # the page of the office

    template = "errors/not_found.html"
    is_creatable = False
    parent_page_types: list[str] = []
    subpage_types: list[str] = []
    preview_modes: list[tuple[str, str]] = []

    class Meta:
        verbose_name = gettext_lazy("Sampah")
        verbose_name_plural = gettext_lazy("Sampah")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer that nothing is here."""
        raise Http404

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        """Let nobody do anything with it."""
        return NoRights(user, self)


def trash_of(office: Page) -> TrashPage:
    """Return the trash of an office, in a transaction; two people who need the first one wait for each other."""
    above = Page.objects.select_for_update().get(pk=office.pk)
    known = TrashPage.objects.filter(office_id=above.pk).first()
    if known:
        return known
    # Nobody chooses this slug for a page of their own, which would be told that it is taken.
    made = TrashPage(title=_("Sampah"), slug=f"sampah-{above.pk}", live=False, office_id=above.pk)
    with meant({"wagtail.create": Act.STRUCTURE}):  # nobody has written anything
        return above.add_child(instance=made)
