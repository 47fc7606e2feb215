"""Many pictures at once: a thread for each core, because the encoders let go of the interpreter's lock."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections

from cms.media.processing import process

MOST_THREADS = 4  # each holds a decoded picture, up to 20 MB


def process_all(ids: Sequence[int]) -> Iterator[tuple[int, bool]]:
    """Make what is missing of each image; yields its id and whether it is ready, in the order of `ids`.

    One at a time inside a transaction: no other thread would see the rows.
    """
    if connection.in_atomic_block:
        yield from ((pk, process(pk)) for pk in ids)
        return
    pool = ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_THREADS))
    try:
        yield from zip(ids, pool.map(_process, ids), strict=True)
    finally:
        pool.shutdown(cancel_futures=True)  # Ctrl-C waits for the pictures in hand, not for all


def _process(pk: int) -> bool:
    try:
        return process(pk)
    finally:
        connections.close_all()  # a thread has connections of its own, and nobody else would close them
