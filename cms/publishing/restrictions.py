"""Which branches of the page tree are not for everybody."""

from wagtail.models import PageViewRestriction

from cms.publishing import epoch


def restricted_paths(number: int) -> tuple[str, ...]:
    """Return the tree paths behind a view restriction as of epoch `number`; all below them is private."""
    return epoch.remembered(
        number,
        "restricted-paths",
        lambda: tuple(
            PageViewRestriction.objects.order_by("page__path").values_list("page__path", flat=True)
        ),
    )
