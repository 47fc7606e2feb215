"""Which pages a person may know of: what readers read, and what lies on the desks of the person's offices."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from cms.accounts.models import User
from cms.moderation.reading_policy import READ
from cms.moderation.trash.hiding import in_trash
from cms.moderation.trash.policy import PagesOutsideTrash


def pages_known_to(user: User) -> Q:
    """Return the condition for pages: live, or in the explorer of `user`, ancestors of the office included.

    Nobody knows of what lies in a trash.
    """
    if user.is_superuser:
        return ~in_trash()
    own = PagesOutsideTrash(Page).explorable_instances(user)
    return Q(live=True) | Q(pk__in=own.order_by().values("pk"))


def is_known_to(user: User, pk: int) -> bool:
    """Ask whether `user` may know of page `pk`."""
    return Page.objects.filter(pages_known_to(user), pk=pk).exists()


def keep_known(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Leave in the page chooser only what the person who chooses may know of."""
    return pages.filter(pages_known_to(request.user))  # ty: ignore[invalid-argument-type]


def may_read(user: User, page: Page) -> bool:
    """Ask whether `user` may read drafts and history of `page`: who edits it, decides about it, or audits it."""
    rights = page.permissions_for_user(user)
    if rights.can_edit():
        return True
    granted = PagesOutsideTrash(Page).user_has_any_permission_for_instance(user, {READ, "publish"}, page)
    return granted and not page.is_root()
