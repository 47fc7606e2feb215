"""Who may read which entries of the trail."""

from django.db.models import Q, QuerySet
from wagtail.models import Page, Site
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.accounts.models import User
from cms.moderation.seeing import may_read
from cms.moderation.trail_entries import TrailEntry

READ_ALL = "moderation.read_trail"
# Rights of who answers for the texts of an office, or audits it.
_ANSWERS = {"change_page", "publish_page", "view_page"}


def reads_all(user: User) -> bool:
    """Ask whether `user` reads the entries of every office, and those of none."""
    return user.is_active and user.has_perm(READ_ALL)


def offices_read_by(user: User) -> list[Site]:
    """Return the sites of the offices whose entries `user` reads; in a fixed order."""
    sites = list(Site.objects.select_related("root_page").order_by("root_page__path", "pk"))
    if reads_all(user):
        return sites
    if not user.is_active:
        return []
    granted = PagePermissionPolicy().get_cached_permissions_for_user(user)
    paths = {grant.page.path for grant in granted if grant.permission.codename in _ANSWERS}
    return [site for site in sites if any(site.root_page.path.startswith(path) for path in paths)]


def entries_for(user: User) -> QuerySet[TrailEntry]:
    """Return the entries that `user` may read, newest first."""
    return TrailEntry.objects.filter(_readable(user)).order_by("-number")


def entries_of(page_id: int, user: User) -> QuerySet[TrailEntry]:
    """Return what was done to a page, newest first: also for who may only edit that page."""
    entries = TrailEntry.objects.filter(page_id=page_id).order_by("-number")
    page = Page.objects.filter(pk=page_id).first()
    if page and may_read(user, page.specific_deferred):
        return entries
    return entries.filter(_readable(user))


def _readable(user: User) -> Q:
    if reads_all(user):
        return Q()
    return Q(site_id__in=[site.pk for site in offices_read_by(user)])
