"""Whose task it is: who decides at a stage, and which offices are somebody's own."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
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
from cms.publishing.office import office_of_site
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


def own_offices(user: User) -> tuple[list[Site], list[Site]]:
    """Return the sites of the offices `user` works for: their own, and those below one of their own."""
    number = epoch.current()
    sites = list(sites_of(user))
    below: set[int] = set()
    for site in sites:
        office = office_of_site(site, number)
        below |= set(office.child_sites) if office else set()
    return [site for site in sites if site.pk not in below], [site for site in sites if site.pk in below]
