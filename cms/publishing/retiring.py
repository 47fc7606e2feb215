"""What becomes of the trees of offices that are gone, or answer to another name now: nobody looks after them."""

import structlog
from wagtail.models import Site

from cms.publishing.models import Publication
from cms.publishing.trees.choosing import bucket_at, hosts_with_trees
from cms.publishing.trees.local import LocalTree

logger = structlog.get_logger(__name__)


def retire_former_tree(site: Site, known: Publication | None) -> None:
    """Remove the tree of the host name an office had when `known` was written down: readers have the new one."""
    if known and known.hostname != site.hostname:
        retire_trees()


def retire_trees() -> None:
    """Remove them, first the copy in the bucket: where that cannot be reached, the next call tries again."""
    hosts = set(Site.objects.values_list("hostname", flat=True))
    for host in sorted(hosts_with_trees() - hosts):
        try:
            if bucket := bucket_at(host):
                bucket.commit(sorted(path for path, _size in bucket.paths()))
        except OSError as error:
            logger.warning("tree_not_retired", host=host, reason=str(error))
            continue
        logger.warning("tree_retired", host=host)
        LocalTree(host).retire()
