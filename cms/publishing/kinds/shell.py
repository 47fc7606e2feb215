"""What every page of an office shows (banner, menu, footer, the office itself): an output without a file.

Other outputs do not record what their shell is made of; when the shell looks different all of them are made again.
"""

import json
from collections.abc import Callable, Iterator, Sequence

from wagtail.models import Site

from cms.publishing import recording
from cms.publishing.lookup import Lookup
from cms.publishing.office import Office, read_office
from cms.publishing.outputs import File, Made, Stage

_parts: list[Callable[[Office], object]] = []


def register_shell_part(show: Callable[[Office], object]) -> None:
    """Let `show(office)`, whose answer tells what it shows, be part of what every page of an office shows."""
    _parts.append(show)


class Shell:
    """The one output of kind `office`; its only "file" has no path and never lies in a tree."""

    name = "office"
    stage = Stage.SHELL

    def idents(self, office: Office) -> Sequence[str]:
        """Return the one there is."""
        return [""]

    def render(self, office: Office, idents: Sequence[str]) -> Iterator[Made]:
        """Tell what all pages show, as bytes that differ when it differs."""
        with recording.reading():
            site = Site.objects.get(pk=office.site_id)
            read_office(site, office.epoch)  # once more, for what it is made of to be recorded
        logo = Lookup(office.epoch, office.hostname, office.zone).picture(office.logo_id)
        shown = [{**vars(office), "epoch": 0}, logo, *(part(office) for part in _parts)]
        content = json.dumps(shown, default=str, sort_keys=True, ensure_ascii=False).encode()
        yield Made("", [File("", content)])

    def find(self, office: Office, path: str) -> None:
        """It has no address."""
        return None
