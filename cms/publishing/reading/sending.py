"""Sending an answer of the tree: bytes at once, a large file piece by piece from the very file the headers tell of."""

import asyncio
import os

from granian.rsgi import HTTPProtocol, ProtocolClosed

from cms.publishing.reading.shelf import open_file, stamp_of
from cms.publishing.reading.tree_reader import Answer

_BLOCK = 256 * 1024  # bytes of a file sent at once


async def send(proto: HTTPProtocol, answer: Answer, method: str) -> bool:
    """Send an answer; False, with nothing sent, when another file has come to lie where its file lay."""
    if answer.file is None:
        proto.response_bytes(answer.status, answer.headers, answer.body)
        return True
    handle = open_file(answer.file.path)
    if handle is None:
        return False
    try:
        if stamp_of(os.fstat(handle)) != answer.file.stamp:
            return False
        if method == "HEAD":
            proto.response_bytes(answer.status, answer.headers, b"")
        else:
            await _send_pieces(proto, answer, handle)
    finally:
        os.close(handle)
    return True


async def _send_pieces(proto: HTTPProtocol, answer: Answer, handle: int) -> None:
    loop = asyncio.get_running_loop()
    transport = proto.response_stream(answer.status, answer.headers)
    for start in range(answer.start, answer.end, _BLOCK):
        size = min(_BLOCK, answer.end - start)
        # In a thread: the disk may keep us waiting, and nobody else should wait with us.
        block = await loop.run_in_executor(None, os.pread, handle, size, start)
        try:
            await transport.send_bytes(block)
        except ProtocolClosed:  # the reader has gone
            return
