"""Pages that the product itself makes live: an office's first pages and the demo."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.moderation.approvals import Approval
from cms.publishing.office import office_of_page


@transaction.atomic
def put_live(page: Page, kind: Approval.Kind, reason: str = "", *, clean: bool = True) -> None:
    """Make `page` live as it stands, under an approval of `kind` that says nobody reviewed it.

    `clean`: refuse what the form would refuse, by ValidationError.
    Raises ValueError for a kind that a person gives, and for an example outside the demo's offices.
    """
    if kind in (Approval.Kind.REVIEW, Approval.Kind.URGENT):
        raise ValueError(kind)
    if kind == Approval.Kind.DEMO and not _is_of_demo(page):
        raise ValueError(f"{page}: {kind}")
    if clean:
        page.full_clean()
    revision = page.save_revision(clean=False, log_action=False)
    Approval.objects.give(revision, kind, reason=reason)
    page.live, page.has_unpublished_changes = True, False
    page.live_revision = page.latest_revision = revision
    page.last_published_at = page.last_published_at or timezone.now()
    page.first_published_at = page.first_published_at or page.last_published_at
    page.save(clean=False)


def _is_of_demo(page: Page) -> bool:
    office = office_of_page(page)
    return office is not None and office.is_demo
