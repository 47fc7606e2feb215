"""A span of days that has a first and a last one, and holds on both."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Days(models.Model):
    """What holds from one day to another."""

    starts = models.DateField(_("hari pertama"))
    ends = models.DateField(_("hari terakhir"))

    class Meta:
        abstract = True


def in_order(name: str) -> models.CheckConstraint:
    """Return the constraint (called `name`) that the last day is not before the first."""
    return models.CheckConstraint(
        condition=models.Q(ends__gte=models.F("starts")),
        name=name,
        violation_error_message=_("Hari terakhir tidak boleh mendahului hari pertama."),
    )
