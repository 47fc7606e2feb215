"""The only receiver of accounts: a new password opens a locked door."""

from axes.utils import reset
from django.db.models.signals import post_save

from cms.accounts.models import User


def _unlock(instance: User, raw: bool = False, **kwargs: object) -> None:
    # Django keeps the plain password until the row is written: the sign that it has just been set.
    if instance._password is not None and not raw:
        reset(username=instance.username)


def connect() -> None:
    """Connect the receiver, once, when the applications are ready."""
    post_save.connect(_unlock, sender=User, dispatch_uid="accounts-unlock")
