"""Which mail a person wants, and when."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User

HOUR = 7  # o'clock, where the office is


class MailChoice(models.Model):
    """The choice of one account; who has made none gets mail at once."""

    class When(models.TextChoices):
        NOW = "now", _("Segera, satu surel untuk setiap kejadian")
        DAILY = "daily", _("Ringkasan sekali sehari, pukul 07.00 waktu kantor")
        MINE = "mine", _("Hanya yang ditujukan kepada saya, segera")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice"
    )
    when = models.CharField(
        _("surel tentang naskah"),
        max_length=5,
        choices=When,
        default=When.NOW,
        help_text=_(
            "“Ditujukan kepada saya”: keputusan atas naskah yang saya tulis, dan naskah yang dialihkan kepada saya."
        ),
    )

    class Meta:
        verbose_name = _("pilihan surel")
        verbose_name_plural = _("pilihan surel")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.when}"


def choice_of(user: User) -> MailChoice.When:
    """Return what `user` has chosen."""
    row = MailChoice.objects.filter(user=user).first()
    return MailChoice.When(row.when) if row else MailChoice.When.NOW


def next_digest(now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the next 07.00 in `zone`."""
    local = now.astimezone(zone)
    today = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return today if local < today else today + dt.timedelta(days=1)
