"""What the publishing tests share: a tree of its own, publishing into it, and what a clean build would give."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

from cms.publishing import publisher
from cms.publishing.trees.local import LocalTree
from cms.publishing.verifying import verify


def address(page) -> str:
    """Where readers find a page."""
    return urlsplit(page.full_url).path


@dataclass
class PublishedSite:
    """The published files of one office."""

    hostname: str

    @property
    def folder(self) -> Path:
        """The folder readers are served from."""
        return Path(settings.PUBLIC_ROOT) / self.hostname

    def publish(self, as_of=None) -> list:
        """Publish what waits, everywhere; returns the batches."""
        return [batch for _site, batch in publisher.publish_pending(as_of)]

    def differences(self) -> list[str]:
        """Where the tree is not what a clean build would give."""
        return verify(Site.objects.get(hostname=self.hostname), LocalTree(self.hostname))

    def page(self, address: str) -> str:
        """The HTML a reader gets at an address; "" if there is no file."""
        path = self.folder / address.strip("/") / "index.html"
        return path.read_text() if path.is_file() else ""

    def paths(self) -> set[str]:
        """Every file, compressed forms left out."""
        return {path for path, _size in LocalTree(self.hostname).paths()}
