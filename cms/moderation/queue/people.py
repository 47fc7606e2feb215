"""Whose task it is: who decides at a stage, who moderates above an office, which offices are somebody's own."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import AbstractGroupApprovalTask, GroupPagePermission, Page, Site, TaskState

from cms.accounts.models import User
from cms.moderation import eligible
from cms.moderation.approvals import Contribution
from cms.moderation.deciders import may_decide
from cms.moderation.delegation import Delegation
from cms.moderation.eligible import people_of
from cms.moderation.four_eyes_task import FourEyesTask
from cms.publishing import epoch
from cms.publishing.office import office_of_page, office_of_site
from cms.publishing.seeing import sites_of

_PUBLISH = "publish_page"


def task_models() -> list[type[AbstractGroupApprovalTask]]:
    """Return the kinds of stage at which groups decide."""
    return [model for model in apps.get_models() if issubclass(model, AbstractGroupApprovalTask)]


def stages_of(user: User) -> Q:
    """Return the condition for the states of stages at which `user` decides, or stands in for who does."""
    found = Q(pk__in=[])
    for model in task_models():
        found |= Q(task_id__in=model.objects.filter(_groups_for(user)).order_by().values("pk"))
    return found


def own_texts_of(user: User) -> Q:
    """Return the condition for the states in which the four eyes forbid `user` to decide."""
    wrote = Exists(Contribution.objects.open_of(user, OuterRef("workflow_state")))
    final, earlier = Q(task__foureyestask__is_final=True), Q(task__foureyestask__is_final=False)
    return (final & Q(wrote)) | (earlier & Q(workflow_state__requested_by=user))


def _groups_for(user: User) -> Q:
    running = Delegation.objects.running(timezone.localdate()).filter(taker=user)
    return Q(groups__user=user) | Q(groups__user__in=running.order_by().values("giver"))


def moderated_paths(user: User) -> list[str]:
    """Return the tree paths of the pages below which `user` lets things go live."""
    grants = GroupPagePermission.objects.filter(group__user=user, permission__codename=_PUBLISH)
    return sorted(set(grants.values_list("page__path", flat=True)))


def decides_anywhere(user: User) -> bool:
    """Ask whether the queue is of any use to `user`."""
    if user.is_superuser:
        return True
    return any(model.objects.filter(_groups_for(user)).exists() for model in task_models()) or bool(
        moderated_paths(user)
    )


def deciders(state: TaskState, page: Page) -> list[User]:
    """Return the active people who may decide about `page` at `state` now; in a fixed order."""
    task = state.task.specific
    if isinstance(task, FourEyesTask):
        return [user for user in eligible.people_for(page, task) if may_decide(user, page, state)]
    members = people_of(task) if isinstance(task, AbstractGroupApprovalTask) else User.objects.none()
    return [user for user in members if task.get_actions(page, user)]


def people_above(page: Page) -> QuerySet[User]:
    """Return the active people who moderate above the office of `page`; administrators where there is nobody.

    Above are groups that publish over a page that stands above the office, or over its parent office.
    """
    if (helpers := eligible.people_above(page)).exists():
        return helpers
    number = epoch.current()
    office = office_of_page(page, number)
    paths = _paths_above(office.path if office else page.path)
    if office:
        parents = (office_of_site(site, number) for site in Site.objects.order_by("pk"))
        paths += [parent.path for parent in parents if parent and office.site_id in parent.child_sites]
    groups = GroupPagePermission.objects.filter(page__path__in=paths, permission__codename=_PUBLISH)
    people = User.objects.filter(groups__in=groups.values("group"), is_active=True).distinct().order_by("pk")
    return people if people.exists() else administrators()


def administrators() -> QuerySet[User]:
    """Return who may do everything."""
    return User.objects.filter(is_superuser=True, is_active=True).order_by("pk")


def own_offices(user: User) -> tuple[list[Site], list[Site]]:
    """Return the sites of the offices `user` works for: their own, and those below one of their own."""
    number = epoch.current()
    sites = list(sites_of(user))
    below: set[int] = set()
    for site in sites:
        office = office_of_site(site, number)
        below |= set(office.child_sites) if office else set()
    return [site for site in sites if site.pk not in below], [site for site in sites if site.pk in below]


def _paths_above(path: str) -> list[str]:
    return [path[:length] for length in range(Page.steplen, len(path), Page.steplen)]
