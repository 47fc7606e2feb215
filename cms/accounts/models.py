"""The user: a name, an address, a position; nothing that points at Wagtail or at content."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody who may log in; what they may do, and for which office, is said by their groups."""

    position = models.CharField(_("jabatan"), max_length=120, blank=True)

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="user_email_unique",
                violation_error_message=_("Alamat surel ini sudah dipakai pengguna lain."),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_unique",
                violation_error_message=_("Nama pengguna ini sudah dipakai."),
            ),
        ]
