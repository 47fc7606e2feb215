"""A tree in a bucket of an S3-compatible service, through django-storages.

A bucket has neither a rename nor a batch: files are put one by one, what is pointed at before what points, then the
rest is taken away; a batch that was cut off is done once more (cms.publishing.owing is its journal). Objects have one
form each, the plain one: S3 does not choose between encodings, a CDN before it compresses.
"""

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from html import unescape
from itertools import groupby
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from cms.publishing.causes import KnownError
from cms.publishing.outputs import File
from cms.publishing.reading.leaving import headers_of

_AT_ONCE = 8  # requests; one takes 10 to 50 ms, nearly all of it waiting
_MOST = 5 * 1024**3  # bytes: what one request may put. An object put in parts has no digest in the listing
_CONFIG = {
    "connect_timeout": 5,
    "read_timeout": 30,
    "retries": {"mode": "standard", "total_max_attempts": 3},
    "max_pool_connections": _AT_ONCE,
    "signature_version": "s3v4",
    # Services other than Amazon's refuse the newer checksums.
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}
_PARAMETERS = {
    "content-type": "ContentType",
    "cache-control": "CacheControl",
    "content-disposition": "ContentDisposition",
}
_CAUSES = {  # by what services call it
    "AccessDenied": "bucket_forbidden",
    "InvalidAccessKeyId": "bucket_forbidden",
    "NoSuchBucket": "bucket_missing",
    "SignatureDoesNotMatch": "bucket_forbidden",
}
# As templates/errors/moved.html says it. A bucket only knows 301: where an address leads for now, the page does it.
_MOVED = re.compile(rb'<meta http-equiv="refresh" content="0; url=([^"]+)">\s*<link rel="canonical"')
_HEAD = 1000  # bytes in which a stub says so


class _Storage(S3Storage):
    """Puts each object with the headers readers get with the file from the embedded server."""

    def get_object_parameters(self, name: str) -> dict[str, str]:
        """Return type and cache time of the object `name` (with its prefix)."""
        path = name.removeprefix(f"{self.location}/")
        given = super().get_object_parameters(name)
        return given | {
            _PARAMETERS[key]: value for key, value in headers_of(f"/{path}") if key in _PARAMETERS
        }

    def _get_write_parameters(self, name: str, content: ContentFile | None = None) -> dict[str, str]:
        parameters = super()._get_write_parameters(name, content)
        target = _moved_to(content) if content else None
        return parameters | ({"WebsiteRedirectLocation": target} if target else {})


def _moved_to(content: ContentFile) -> str | None:
    """Return where a stub at an old address leads: as a website the bucket then redirects by itself."""
    content.seek(0)
    found = _MOVED.search(content.read(_HEAD))
    return unescape(found[1].decode()) if found else None


class BucketTree:
    """The tree of one host, below the host's name in the bucket. One publisher at a time (cms.publishing.locks)."""

    def __init__(self, hostname: str) -> None:
        """Take the host's name; the bucket is that of the settings."""
        self._storage = _storage(hostname, tuple(sorted(settings.PUBLIC_BUCKET.items())))
        self.address = "/".join(
            (self._storage.endpoint_url, self._storage.bucket_name, self._storage.location)
        )
        self._staged: list[tuple[int, File]] = []

    def recover(self) -> bool:
        """Nothing is kept here of a batch that was cut off: whoever carries it here begins anew."""
        self.discard()
        return False

    def stage(self, file: File, turn: int) -> None:
        """Keep a file, in memory, for the batch to come."""
        self._staged.append((turn, file))

    def commit(self, removals: Sequence[str]) -> None:
        """Put the staged files, each in its turn, then take `removals` away. Raises KnownError."""
        with _known():
            ordered = sorted(self._staged, key=lambda staged: staged[0])
            for _turn, part in groupby(ordered, key=lambda staged: staged[0]):
                _at_once(self._put, [file for _turn, file in part])
            _at_once(self._storage.delete, removals)
        self._staged = []

    def _put(self, file: File) -> None:
        self._storage.save(file.path, ContentFile(file.content))

    def settle(self) -> None:
        """Nothing is left to be said: a commit that returned has happened."""

    def discard(self) -> None:
        """Drop what was staged."""
        self._staged = []

    def read(self, path: str) -> bytes | None:
        """Return the bytes of an object; None if it is not there. Raises KnownError."""
        with _known():
            try:
                with self._storage.open(path) as stored:
                    return stored.read()
            except FileNotFoundError:
                return None

    def forms_agree(self, path: str, content: bytes) -> bool:
        """Return True: a bucket has no compressed forms beside its objects."""
        return True

    def paths(self) -> Iterator[tuple[str, int]]:
        """Yield path and size (bytes) of every object. Raises KnownError."""
        yield from ((path, size) for path, size, _digest in self.listing())

    def listing(self) -> Iterator[tuple[str, int, str]]:
        """Yield path, size (bytes) and MD5 of every object; where the service tells none, something else."""
        with _known():
            prefix = f"{self._storage.location}/"
            for each in self._storage.bucket.objects.filter(Prefix=prefix):
                yield each.key.removeprefix(prefix), each.size, each.e_tag.strip('"')


@lru_cache(maxsize=100)
def _storage(hostname: str, configured: tuple[tuple[str, str], ...]) -> _Storage:
    """Return the storage of one host, kept with its connections."""
    given = dict(configured)
    style = {"addressing_style": given.pop("addressing_style", "path")}
    return _Storage(
        **{**given, "location": "/".join(filter(None, [given.get("location"), hostname]))},
        querystring_auth=False,
        client_config=Config(s3=style, **_CONFIG),
        transfer_config=TransferConfig(use_threads=False, multipart_threshold=_MOST),
    )


def _at_once(act: Callable[[Any], object], things: Iterable[Any]) -> None:
    """Do `act` with all of `things`, a few at a time; after a failure, which is raised, none is begun any more."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for _done in threads.map(act, things):
            pass


@contextmanager
def _known() -> Generator[None]:
    """Raise what went wrong at the service as KnownError."""
    try:
        yield
    except ClientError as error:
        told = error.response.get("Error", {})
        code, message = str(told.get("Code", "")), str(told.get("Message", ""))
        raise KnownError(f"{code}: {message}", _CAUSES.get(code, "bucket")) from error
    except (BotoCoreError, Boto3Error) as error:
        raise KnownError(str(error), "bucket_gone") from error
