"""The offices around one: the office above it, those beside it, those below."""

from dataclasses import dataclass

from cms.publishing import epoch, recording
from cms.publishing.office import Link, Office
from cms.publishing.restrictions import open_pages
from home.models import HomePage


@dataclass(frozen=True)
class Family:
    """The offices of one branch, in the order of their codes; `name` is who stands at its head."""

    name: str
    offices: tuple[Link, ...]


def family_of(office: Office) -> Family | None:
    """Return the other offices under the same head (or under `office` itself); None if it stands alone."""

    def read() -> Family | None:
        recording.note("offices")
        with recording.reading():
            return find()

    def find() -> Family | None:
        home = HomePage.objects.select_related("parent_office").get(pk=office.page_id)
        head = home if home.child_offices.live().exists() else home.parent_office
        if head is None:
            return None
        members = open_pages(head.child_offices.all(), office.epoch).exclude(pk=home.pk).order_by("code")
        links = tuple(Link(member.name, url) for member in members if (url := member.full_url))
        return Family(head.short_name, links) if links else None

    return epoch.remembered(office.epoch, ("family", office.site_id), read)
