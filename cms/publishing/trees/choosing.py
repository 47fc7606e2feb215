"""Which trees an office has: one in a folder here, always, and its copy in a bucket where there is one."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from wagtail.models import Site

from cms.publishing.trees.local import LocalTree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cms.publishing.trees.bucket import BucketTree
    from cms.publishing.trees.contract import Tree


def tree_of(site: Site) -> LocalTree:
    """Return the tree batches change and the embedded server reads."""
    return LocalTree(site.hostname)


def hosts_with_trees() -> set[str]:
    """Return the hosts readers see a tree of."""
    root = Path(settings.PUBLIC_ROOT)
    return {place.name for place in root.iterdir() if place.is_symlink()} if root.is_dir() else set()


def bucket_of(site: Site) -> "BucketTree | None":
    """Return the copy of the tree in the bucket; None where there is no bucket."""
    return bucket_at(site.hostname)


def bucket_at(hostname: str) -> "BucketTree | None":
    """Return the copy of the tree of a host, also of one that is no office any more."""
    if not settings.PUBLIC_BUCKET:
        return None
    # Imported for those who have a bucket: boto3 takes 30 MB and half a second.
    from cms.publishing.trees.bucket import BucketTree

    return BucketTree(hostname)


def trees_of(site: Site) -> "Iterator[tuple[str, Tree]]":
    """Yield every tree of an office with where it lies, in words for a person."""
    yield site.hostname, tree_of(site)
    if bucket := bucket_of(site):
        yield bucket.address, bucket
