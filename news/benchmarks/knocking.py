"""A client that asks for one page again and again on connections it keeps: wrk where it is installed, else our own."""

import re
import selectors
import shutil
import socket
import subprocess
import time

CONNECTIONS = 64
SECONDS = 2
ENCODINGS = "gzip, deflate, br"


def requests_a_second(port: int, path: str) -> float:
    """Return how many answers a second the server on `port` of this machine gives."""
    wrk = shutil.which("wrk")
    return _ask_with_wrk(wrk, port, path) if wrk else _ask(port, path)


def _ask_with_wrk(wrk: str, port: int, path: str) -> float:
    command = [wrk, "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}", "-H", f"Accept-Encoding: {ENCODINGS}"]
    address = f"http://127.0.0.1:{port}{path}"
    told = subprocess.run(  # noqa: S603
        [*command, "-H", "Host: localhost", address], capture_output=True, text=True, check=True
    ).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if rate is None or "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    return float(rate[1])


def _ask(port: int, path: str) -> float:
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {ENCODINGS}\r\n\r\n".encode()
    length = _length_of_answer(port, request)
    with selectors.DefaultSelector() as selector:
        missing: dict[socket.socket, int] = {}
        for _connection in range(CONNECTIONS):
            connection = socket.create_connection(("127.0.0.1", port))
            connection.sendall(request)
            selector.register(connection, selectors.EVENT_READ)
            missing[connection] = length
        began, answers = time.perf_counter(), 0
        while (spent := time.perf_counter() - began) < SECONDS:
            for key, _events in selector.select(1):
                connection = key.fileobj
                missing[connection] -= len(connection.recv(length))
                if missing[connection] <= 0:
                    answers += 1
                    missing[connection] = length
                    connection.sendall(request)
        for connection in missing:
            connection.close()
    return answers / spent


def _length_of_answer(port: int, request: bytes) -> int:
    """Return how many bytes one answer has; raises RuntimeError when it is not the page."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(64 * 1024)
    head, _blank, _body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    if not head.startswith(b"HTTP/1.1 200 ") or length is None:
        raise RuntimeError(head.decode("latin-1"))
    return len(head) + 4 + int(length[1])
