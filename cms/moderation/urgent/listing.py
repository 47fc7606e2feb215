"""Marks in the explorer what was published at once and waits for a second person."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from cms.moderation.urgent.after_reviews import AfterReview


def mark_what_is_owed(parent: Page, pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Let each of `pages` know whether its review is still owed (hook); the listing says so beside its title."""
    owed = AfterReview.objects.waiting().order_by().filter(page_id=OuterRef("pk"))
    return pages.annotate(owes_review=Exists(owed))
