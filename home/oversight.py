"""Who stands above several offices: the moderators and auditors of a province, and the offices below it."""

from collections.abc import Iterator

from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from wagtail.models import GroupPagePermission, Page

from cms.accounts.models import User
from home.models import HomePage
from home.roles import AUDITOR, MODERATOR

# Read below; a moderator's "publish" takes pages down, nobody's makes one live (cms.moderation.page_rights).
RIGHTS = {MODERATOR: ("view_page", "publish_page"), AUDITOR: ("view_page",)}
_HEADS = (HomePage.Level.NATIONAL, HomePage.Level.PROVINCE)


def ensure_oversight(home: HomePage) -> None:
    """Let the moderators and auditors of `home` and of the offices above it find it in their care.

    Groups are made for an office that has others below it by its level; an office that stands alone has an auditor.
    """
    for head in (home, *offices_above(home)):
        for role in _roles_of(head):
            group = _group_headed_by(head, role)
            if group is None:
                group = _make(head, role)
                _put_in_care(group, role, [head, *offices_below(head)])
            _put_in_care(group, role, [home])


def offices_above(home: HomePage) -> list[HomePage]:
    """Return the offices above `home`, the nearest first."""
    found: list[HomePage] = []
    above = home.parent_office
    while above and above.pk not in {home.pk, *(each.pk for each in found)}:
        found.append(above)
        above = above.parent_office
    return found


def offices_below(home: HomePage) -> list[HomePage]:
    """Return the offices below `home`, and those below these."""
    found: dict[int, HomePage] = {}
    level = [home]
    while level:
        below = HomePage.objects.filter(parent_office__in=level).exclude(pk__in=[home.pk, *found])
        level = list(below.order_by("code", "pk"))
        found |= {each.pk: each for each in level}
    return list(found.values())


def _roles_of(head: HomePage) -> Iterator[str]:
    if head.level in _HEADS:
        yield MODERATOR
    if head.level in _HEADS or head.parent_office is None:
        yield AUDITOR


def _group_headed_by(head: HomePage, role: str) -> Group | None:
    """Return the group that has `head` in its care, and nothing above it: found by rights, as every group is."""
    mine = _groups(role).filter(page_permissions__page=head)
    return mine.exclude(page_permissions__page__in=offices_above(head)).order_by("pk").first()


def _groups(role: str) -> QuerySet[Group]:
    return Group.objects.filter(name__startswith=f"{role} ·")


def _make(head: HomePage, role: str) -> Group:
    group = Group.objects.create(name=f"{role} · {head.short_name}")
    group.permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    )
    return group


def _put_in_care(group: Group, role: str, homes: list[HomePage]) -> None:
    rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=RIGHTS[role])
    for home in homes:
        if not GroupPagePermission.objects.filter(group=group, page=home).exists():
            GroupPagePermission.objects.bulk_create(
                GroupPagePermission(group=group, page=home, permission=right)
                for right in rights.order_by("pk")
            )


class Above:
    """What moderation asks about offices (cms.moderation.eligible.register_above)."""

    def groups_above(self, page: Page) -> QuerySet[Group]:
        """Return the groups whose people moderate above the office of `page`: those that have it in their care."""
        office = page.path[: 2 * Page.steplen]  # an office is a child of the root
        return _groups(MODERATOR).filter(page_permissions__page__path=office).distinct()

    def paths_below(self, user: User) -> list[str]:
        """Return the tree paths of the offices above which `user` moderates."""
        care = GroupPagePermission.objects.filter(
            group__user=user, group__name__startswith=f"{MODERATOR} ·", page__depth=2
        )
        return sorted(set(care.order_by().values_list("page__path", flat=True)))
