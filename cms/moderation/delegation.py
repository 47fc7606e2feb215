"""Delegation: somebody on leave lets a colleague decide, for some days."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.moderation.days import Days, in_order


class Delegations(models.QuerySet["Delegation"]):
    """Who stands in for whom."""

    def running(self, day: dt.date) -> "Delegations":
        """Return those that hold on `day`."""
        return self.filter(starts__lte=day, ends__gte=day).order_by("pk")


class Delegation(Days):
    """From its first day to its last, `taker` may decide what `giver` may decide; never about own texts."""

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="delegations_given",
        verbose_name=_("yang diwakili"),
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="delegations_taken",
        verbose_name=_("yang mewakili"),
    )
    reason = models.CharField(_("alasan"), max_length=200)

    objects = Delegations.as_manager()

    class Meta:
        ordering = ["-starts", "pk"]
        verbose_name = _("perwakilan")
        verbose_name_plural = _("perwakilan")
        constraints = [
            in_order("delegation_in_order"),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("taker")),
                name="delegation_to_another",
                violation_error_message=_("Pilih orang lain sebagai wakil."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} \u2192 {self.taker}"

    def clean(self) -> None:
        """Refuse a stand-in for nobody in particular."""
        if self.giver_id and not self.giver.is_active:
            raise ValidationError({"giver": _("Akun ini tidak aktif.")})
