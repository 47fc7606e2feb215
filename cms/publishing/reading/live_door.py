"""Django behind the server's asynchronous door: a few threads, each request handed over when it has arrived."""

import asyncio
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _
from granian.rsgi import HTTPProtocol, ProtocolClosed, Scope

from cms.publishing.reading.taking import take_body

WAITING_MAX = 200  # requests; more would only hold connections that readers of files need
_IN_MEMORY = 1024 * 1024  # bytes of a body; the rest goes to a temporary file
_BLOCK = 256 * 1024  # bytes of an answer sent at once

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class LiveDoor:
    """Answers through a WSGI application in `threads` threads; a slow sender or a long queue holds none of them."""

    def __init__(self, application: Application, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="django")
        self._waiting = 0

    async def answer(
        self, scope: Scope, proto: HTTPProtocol, host: str, *, must_succeed: bool = False
    ) -> bool:
        """Answer one request; `host` is what its Host header, or HTTP/2's own field, says.

        With `must_succeed` an answer that speaks of a failure of ours is not sent; returns False then.
        """
        if self._waiting >= WAITING_MAX:
            if not must_succeed:
                _say_busy(proto)
            return not must_succeed
        with SpooledTemporaryFile(_IN_MEMORY) as body:
            if not await take_body(scope, proto, body):
                return True
            environ = _environ(scope, host, body)
            self._waiting += 1
            try:
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(
                    self._threads, self._run, environ, proto, loop, must_succeed
                )
            finally:
                self._waiting -= 1

    def _run(
        self,
        environ: dict[str, Any],
        proto: HTTPProtocol,
        loop: asyncio.AbstractEventLoop,
        must_succeed: bool,
    ) -> bool:
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            started[:] = int(status[:3]), headers

        answer = self._application(environ, start_response)
        try:
            blocks = _blocks(answer)
            first, second = next(blocks, b""), next(blocks, None)
            if must_succeed and started[0] >= 500:
                return False
            if second is None:
                proto.response_bytes(*started, first)
            else:
                _stream(proto, started, chain((first, second), blocks), loop)
        except ProtocolClosed:
            pass  # the reader has gone
        finally:
            getattr(answer, "close", bool)()
        return True


def _stream(
    proto: HTTPProtocol, started: list[Any], blocks: Iterable[bytes], loop: asyncio.AbstractEventLoop
) -> None:
    transport = proto.response_stream(*started)

    async def send(block: bytes) -> None:
        await transport.send_bytes(block)

    for block in blocks:
        asyncio.run_coroutine_threadsafe(send(block), loop).result()


def _blocks(answer: Iterable[bytes]) -> Iterator[bytes]:
    """Join small pieces: Django cuts files into 4 kB, and each piece costs a change of threads."""
    pieces, size = [], 0
    for piece in answer:
        pieces.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield b"".join(pieces)
            pieces, size = [], 0
    if pieces:
        yield b"".join(pieces)


def _environ(scope: Scope, host: str, body: IO[bytes]) -> dict[str, Any]:
    """Return the request as WSGI sees it."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": scope.server.rpartition(":")[0].strip("[]"),
        "SERVER_PORT": scope.server.rpartition(":")[2],
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:  # it would pass for the header with a hyphen, which our proxy watches over
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_LENGTH", "CONTENT_TYPE") else f"HTTP_{key}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    if host:
        environ["HTTP_HOST"] = host
    return environ


def _say_busy(proto: HTTPProtocol) -> None:
    headers = [
        ("content-type", "text/plain; charset=utf-8"),
        ("retry-after", "5"),
        ("cache-control", "no-store"),
    ]
    proto.response_bytes(503, headers, _("Server sedang sibuk. Coba lagi sebentar lagi.").encode())
