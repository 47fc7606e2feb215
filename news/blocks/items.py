"""Lists of a block: items with ids that last, and counts that are refused in words a writer understands."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import ListBlock
from wagtail.blocks.list_block import ListBlockValidationError, ListValue


class Items(ListBlock):
    """A list of `fewest` to `most` items (None: any number)."""

    class Meta:
        fewest = 1
        most = None

    def clean(self, value: Any) -> ListValue:
        """Raise a ListBlockValidationError that says how many there may be."""
        count = len(value)
        if self.meta.most is not None and count > self.meta.most:
            raise _refused(
                _("Paling banyak %(most)d butir; sekarang %(count)d. Hapus yang kurang penting."),
                most=self.meta.most,
                count=count,
            )
        if count < self.meta.fewest and not self.is_deferred_validation:
            raise _refused(
                _("Paling sedikit %(fewest)d butir; sekarang %(count)d."),
                fewest=self.meta.fewest,
                count=count,
            )
        return super().clean(value)


def _refused(message: str, **numbers: int) -> ListBlockValidationError:
    return ListBlockValidationError(non_block_errors=[ValidationError(message % numbers)])
