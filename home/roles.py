"""The people of an office: a group for each role, and the room where its pictures and files lie.

An administrator is no group but a superuser of the installation, bound by four eyes like everybody.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.media.models import Document, Image
from home.models import HomePage

WRITER, EDITOR, APPROVER = "Penulis", "Penyunting", "Penyetuju"
MODERATOR, AUDITOR = "Moderator Provinsi", "Auditor"  # of several offices: home.oversight

# A writer who may only add pages still edits those they made themselves: Wagtail's own rule.
_PAGE_RIGHTS = {
    WRITER: ("add",),
    EDITOR: ("add", "change", "lock"),
    APPROVER: ("add", "change", "publish", "lock", "unlock"),
}
_FILE_RIGHTS = {
    WRITER: ("add", "choose"),
    EDITOR: ("add", "change", "choose"),
    APPROVER: ("add", "change", "choose"),
}
_SECTION_RIGHTS = {WRITER: (), EDITOR: ("add", "change"), APPROVER: ("add", "change", "delete")}


def ensure_groups(home: HomePage) -> dict[str, Group]:
    """Return the groups of an office by role; a missing one is made, with rights on this office alone."""
    groups = {role: group_of(home, role) for role in _PAGE_RIGHTS}
    missing = [role for role, group in groups.items() if group is None]
    if missing:
        room = ensure_collection(home)
        groups |= {role: _make_group(home, role, room) for role in missing}
    return groups  # ty: ignore[invalid-return-type]


def group_of(home: HomePage, role: str) -> Group | None:
    """Return the office's group for `role`, found by its rights, so that it may be renamed after the dot."""
    return (
        Group.objects.filter(page_permissions__page=home, name__startswith=f"{role} ·").order_by("pk").first()
    )


def ensure_collection(home: HomePage) -> Collection:
    """Return the collection of an office, found through its groups; made if there is none."""
    known = (
        Collection.objects.filter(group_permissions__group__page_permissions__page=home, depth=2)
        .order_by("path")
        .first()
    )
    if known:
        return known
    return Collection.get_first_root_node().add_child(instance=Collection(name=home.short_name))


def _make_group(home: HomePage, role: str, room: Collection) -> Group:
    group = Group.objects.create(name=f"{role} · {home.short_name}")
    group.permissions.add(
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    )
    group.permissions.add(*_permissions("news", (f"{right}_section" for right in _SECTION_RIGHTS[role])))
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page=home, permission=permission)
        for permission in _permissions("wagtailcore", (f"{right}_page" for right in _PAGE_RIGHTS[role]))
    )
    names = (
        f"{right}_{model._meta.model_name}" for right in _FILE_RIGHTS[role] for model in (Image, Document)
    )
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=room, permission=permission)
        for permission in _permissions(Image._meta.app_label, names)
    )
    return group


def _permissions(app: str, codenames: Iterable[str]) -> list[Permission]:
    wanted = Q(content_type__app_label=app, codename__in=list(codenames))
    return list(Permission.objects.filter(wanted).order_by("pk"))
