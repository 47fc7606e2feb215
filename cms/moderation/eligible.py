"""Who may decide about a manuscript at a stage: its groups, who stands in for them, and who helps a small office."""

from typing import Protocol

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision, Task

from cms.accounts.models import User
from cms.moderation.approvals import Approval
from cms.moderation.delegation import Delegation

ENOUGH = 2  # people who may decide; an office with fewer is helped from above


class Above(Protocol):
    """What an upper layer, which knows offices, says of those who help a small one."""

    def groups_above(self, page: Page) -> QuerySet[Group]:
        """Return the groups whose people moderate above the office of `page`."""
        ...

    def paths_below(self, user: User) -> list[str]:
        """Return the tree paths of the offices above which `user` moderates."""
        ...


_above: list[Above] = []


def register_above(above: Above) -> None:
    """Let `above` say who helps the office of a page."""
    _above[:] = [above]


def paths_below(user: User) -> list[str]:
    """Return the tree paths of the offices above which `user` moderates."""
    return _above[0].paths_below(user) if _above and user.is_active else []


def is_above(user: User, page: Page) -> bool:
    """Ask whether `user` moderates above the office of `page`."""
    return any(page.path.startswith(path) for path in paths_below(user))


def people_of(task: Task) -> QuerySet[User]:
    """Return the active people of a task's groups, and who stands in for one of them today; in a fixed order."""
    groups = task.specific.groups.all()
    delegated = Delegation.objects.running(timezone.localdate()).filter(giver__groups__in=groups)
    return (
        User.objects.filter(Q(groups__in=groups) | Q(delegations_taken__in=delegated), is_active=True)
        .distinct()
        .order_by("pk")
    )


def stands_in_for(user: User, task: Task) -> bool:
    """Ask whether `user` decides today in place of somebody of the groups of `task`."""
    running = Delegation.objects.running(timezone.localdate())
    return running.filter(taker=user, giver__groups__in=task.specific.groups.all()).exists()


def people_above(page: Page) -> QuerySet[User]:
    """Return the active people who moderate above the office of `page`; in a fixed order."""
    groups = _above[0].groups_above(page) if _above else Group.objects.none()
    return User.objects.filter(groups__in=groups, is_active=True).distinct().order_by("pk")


def administrators() -> QuerySet[User]:
    """Return who may do everything."""
    return User.objects.filter(is_superuser=True, is_active=True).order_by("pk")


def people_for(page: Page, task: Task) -> QuerySet[User]:
    """Return whose task it is to decide about the newest text of `page` at `task`."""
    writers = writers_of(page) if task.specific.is_final else set()
    own = people_of(task).exclude(pk__in=writers)
    if own.count() >= ENOUGH:
        return own
    return (people_of(task) | people_above(page)).exclude(pk__in=writers).distinct().order_by("pk")


def may_help(user: User, page: Page, task: Task) -> bool:
    """Ask whether `user` may decide at `task`: whose task it is, and who moderates above and may always step in."""
    return is_above(user, page) or people_for(page, task).filter(pk=user.pk).exists()


def writers_of(page: Page) -> set[int]:
    """Return the ids of those who wrote the newest text of `page` since its last approval."""
    revision: Revision | None = page.get_latest_revision()
    return set(Approval.objects.contributors(revision)) if revision else set()
