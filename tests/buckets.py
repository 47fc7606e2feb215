"""A bucket for the tests: a real HTTP server that speaks S3, and the line to it, which can be watched and cut."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
from moto.server import ThreadedMotoServer

BUCKET = "warta"
_PUBLIC = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": f"arn:aws:s3:::{BUCKET}/*",
            }
        ],
    }
)
Answer = tuple[int, dict[str, str], bytes]
_HELD_BACK = {"connection", "transfer-encoding", "content-length", "server", "date"}


class Line:
    """Passes requests on to the service, keeps a list of those that were answered, refuses what it is told to."""

    def __init__(self, service: str) -> None:
        self._service = service
        self.passed: list[tuple[str, str]] = []
        self.refuses: Callable[[str, str], bool] = lambda method, path: False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def changes(self) -> list[tuple[str, str]]:
        """Method and key of each request that changed an object, in order."""
        return [
            (method, path.removeprefix(f"/{BUCKET}/").partition("?")[0])
            for method, path in self.passed
            if method in ("PUT", "DELETE")
        ]

    def get(self, path: str) -> tuple[bytes, dict[str, str]]:
        """What anybody gets of an object: its bytes and headers."""
        with urllib.request.urlopen(f"{self._service}/{BUCKET}/{path}", timeout=10) as answer:
            return answer.read(), {key.lower(): value for key, value in answer.headers.items()}

    def close(self) -> None:
        """Cut the line for good."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """Ask the service, or refuse."""
        if self.refuses(method, path):
            return 403, {}, b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>"
        request = urllib.request.Request(f"{self._service}{path}", body or None, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                self.passed.append((method, path))
                return answer.status, dict(answer.headers.items()), answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers.items()), error.read()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, line: Line, *arguments) -> None:
        self._line = line
        super().__init__(*arguments)

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        status, headers, content = self._line.answer(
            self.command, self.path, dict(self.headers.items()), body
        )
        self.send_response(status)
        for key, value in headers.items():
            if key.lower() not in _HELD_BACK:
                self.send_header(key, value)
        size = headers.get("Content-Length", "0") if self.command == "HEAD" else str(len(content))
        self.send_header("Content-Length", size)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_PUT = do_DELETE = do_HEAD = do_POST = _pass_on

    def log_message(self, *_: object) -> None:
        """The tests' output is not its place."""


@contextmanager
def service() -> Iterator[str]:
    """An S3 service of its own; yields its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@contextmanager
def line_to(address: str) -> Iterator[Line]:
    """A line to the service at `address`, where the bucket is new and empty; everybody may read from it."""
    reset = urllib.request.Request(f"{address}/moto-api/reset", b"", method="POST")
    urllib.request.urlopen(reset, timeout=10).close()
    client = boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="kunci",
        aws_secret_access_key="sandi",
    )
    client.create_bucket(Bucket=BUCKET)
    client.put_bucket_policy(Bucket=BUCKET, Policy=_PUBLIC)
    client.close()
    line = Line(address)
    try:
        yield line
    finally:
        line.close()
