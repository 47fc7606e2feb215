"""Comparing a tree with what a clean build of the same database at the same instant would give."""

from wagtail.models import Site

from cms.publishing import recording, whole
from cms.publishing.models import Publication
from cms.publishing.office import office_of_site
from cms.publishing.snapshot import snapshot
from cms.publishing.trees.contract import Tree, digest_of


def verify(site: Site, tree: Tree) -> list[str]:
    """Return the paths at which the tree of an office is not what a clean build would give; [] if it is right."""
    lying = {path: digest_of(tree, path) for path, _size in tree.paths()}
    with snapshot():
        publication = Publication.objects.filter(pk=site.pk).first()
        office = office_of_site(site)
        if office is None or publication is None or publication.as_of is None:
            return sorted(lying)
        with recording.as_of(publication.as_of):
            return whole.differences(office, lying)
