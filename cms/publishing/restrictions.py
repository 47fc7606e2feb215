"""Which branches of the page tree are not for everybody."""

from wagtail.models import PageViewRestriction

from cms.publishing import epoch, recording


def restricted_paths(number: int) -> tuple[str, ...]:
    """Return the tree paths behind a view restriction as of epoch `number`; all below them is private."""
    return epoch.remembered(number, "restricted-paths", _read)


def _read() -> tuple[str, ...]:
    # Nothing to record: a restriction set or lifted is a change of every page below it.
    with recording.reading():
        rows = PageViewRestriction.objects.order_by("page__path")
        return tuple(rows.values_list("page__path", flat=True))
