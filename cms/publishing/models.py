"""What publishing remembers beside the pages themselves."""

from django.db import models


class Epoch(models.Model):
    """A number that moves whenever anything a page may show has moved; what is memoised is memoised under it."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="epoch_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)
