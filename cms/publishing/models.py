"""What publishing remembers beside the pages themselves."""

from django.db import models


class Epoch(models.Model):
    """A mark that changes whenever anything a page may show has changed."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="epoch_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)
