"""Logging in by user name or by e-mail address."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest

from cms.accounts.models import User


def find_person(typed: str) -> User | None:
    """Return the one person whose user name or e-mail address is `typed` (case ignored)."""
    typed = typed.strip()
    found = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).order_by("pk")[:2]
    # Two people whose name and address collide: the one who owns the user name is meant.
    exact = [user for user in found if user.username.lower() == typed.lower()] or list(found)
    return exact[0] if len(exact) == 1 else None


class NameOrEmailBackend(ModelBackend):
    """Accept either of the two names a person remembers; everything else is Django's own rule."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: object,
    ) -> User | None:
        """Return the active user of that name or address (case ignored), if the password fits."""
        if not username or password is None:
            return None
        user = find_person(username)
        if user is None:
            User().set_password(password)  # the same work as a wrong password, so timing tells nothing
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
