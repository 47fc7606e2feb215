"""Who hands decisions over, to whom they can go, and which delegations somebody may see."""

from django.db.models import Q, QuerySet

from cms.accounts.models import User
from cms.moderation.delegation import Delegation
from cms.moderation.queue.people import task_models
from cms.publishing.seeing import sites_of

_WORK = ("add_page", "change_page", "publish_page")  # who only reads an office decides nothing for it


def givers() -> QuerySet[User]:
    """Return the active people who decide at a stage themselves; in a fixed order."""
    found = Q(pk__in=[])
    for model in task_models():
        found |= Q(groups__in=model.objects.order_by().values("groups"))
    return User.objects.filter(found, is_active=True).distinct().order_by("first_name", "username", "pk")


def decides_in_person(user: User) -> bool:
    """Ask whether `user` has decisions of their own to hand over."""
    return givers().filter(pk=user.pk).exists()


def takers_for(giver: User) -> QuerySet[User]:
    """Return the active people who work in the offices of `giver` and may enter the admin; in a fixed order."""
    homes = sites_of(giver).order_by().values("root_page_id")
    works = Q(
        groups__page_permissions__page__in=homes, groups__page_permissions__permission__codename__in=_WORK
    )
    enters = Q(
        groups__permissions__codename="access_admin",
        groups__permissions__content_type__app_label="wagtailadmin",
    )
    people = User.objects.filter(works, is_active=True).filter(enters | Q(is_superuser=True))
    return people.exclude(pk=giver.pk).distinct().order_by("first_name", "username", "pk")


def delegations_of(user: User) -> QuerySet[Delegation]:
    """Return what concerns `user`, the newest first; everything for an administrator."""
    rows = Delegation.objects.select_related("giver", "taker").order_by("-starts", "pk")
    return rows if user.is_superuser else rows.filter(Q(giver=user) | Q(taker=user))


def may_open(user: User) -> bool:
    """Ask whether the screen is of any use to `user`."""
    return user.is_superuser or decides_in_person(user) or delegations_of(user).exists()


def may_end(user: User, delegation: Delegation) -> bool:
    """Ask whether `user` may end `delegation`: whose decisions they are, or an administrator."""
    return user.is_superuser or delegation.giver_id == user.pk
