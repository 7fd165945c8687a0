"""A server on this machine that speaks OpenAI's protocol, and misbehaves on demand.

Each request takes the next of the replies that were queued, or what `default` makes of it. A reply
is a function that is given the connection's writer and the request, so that a test can break any
rule of HTTP, JSON or good manners.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

_CONNECT = socket.socket.connect
_LOOK_UP = socket.getaddrinfo

Behave = Callable[["Handling"], None]


class Handling(BaseHTTPRequestHandler):
    """One request: `body` is its JSON, `stop` is set when the server closes."""

    protocol_version = "HTTP/1.1"
    server: _Server
    body: dict[str, Any]

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        self.body = json.loads(self.rfile.read(size))
        own = self.server.own
        with own.mutex:
            own.requests.append(self.body)
            own.headers.append(dict(self.headers))
            own.paths.append(self.path)
            behave = own.queue.pop(0) if own.queue else own.default
            own.running += 1
            own.most_running = max(own.most_running, own.running)
        try:
            behave(self)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the client did not wait, as it should
        finally:
            self.close_connection = True
            with own.mutex:
                own.running -= 1

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    @property
    def stop(self) -> threading.Event:
        return self.server.own.closing


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    own: ModelServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are the point of many tests."""


@dataclass
class ModelServer:
    """What it was asked, and how it will answer."""

    default: Behave = field(default_factory=lambda: says([]))
    queue: list[Behave] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    running: int = 0
    most_running: int = 0
    mutex: threading.Lock = field(default_factory=threading.Lock)
    closing: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def url(self) -> str:
        host = "127.0.0.1"
        return f"http://{host}:{self.port}/v1"

    def prompts(self) -> list[str]:
        """The user's part of every request."""
        return [request["messages"][-1]["content"] for request in self.requests]


@contextmanager
def running_server() -> Iterator[ModelServer]:
    """A server on a free port of the loopback interface."""
    own = ModelServer()
    server = _Server(("127.0.0.1", 0), Handling)
    server.own, own.port = own, server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield own
    finally:
        own.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def model_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A running server, and sockets that reach this machine and no other."""
    allow_loopback(monkeypatch)
    with running_server() as server:
        yield server


def allow_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sockets connect to this machine."""

    def guarded(self: socket.socket, address: Any, /) -> None:
        _require_here(address[0])
        _CONNECT(self, address)

    def looked_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        _require_here(host)
        return _LOOK_UP(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)


def _require_here(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    assert name in ("127.0.0.1", "localhost"), f"a test tried to reach {name!r}"


def completion(content: Any, *, finish: str = "stop", usage: Any = "default") -> bytes:
    """A chat completion whose message is `content`: text as it is, anything else as JSON items."""
    text = content if isinstance(content, str) else json.dumps({"items": content})
    counted = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    message = {"role": "assistant", "content": text}
    return json.dumps(
        {
            "id": "c1", "object": "chat.completion", "created": 0, "model": "m",
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": counted if usage == "default" else usage,
        }
    ).encode()  # fmt: skip


def says(content: Any, *, finish: str = "stop", usage: Any = "default") -> Behave:
    """An answer as it should be."""
    return lambda one: one.send(
        200, completion(content, finish=finish, usage=usage), Content_Type="application/json"
    )


def thinks(make: Callable[[dict[str, Any]], Any]) -> Behave:
    """An answer made from the request."""
    return lambda one: one.send(200, completion(make(one.body)), Content_Type="application/json")


def fails(status: int, body: str = "", **headers: str) -> Behave:
    """An HTTP error."""
    return lambda one: one.send(status, body.encode(), **headers)


def sends(raw: bytes) -> Behave:
    """Any body under status 200."""
    return lambda one: one.send(200, raw)


def hangs(one: Handling) -> None:
    """No answer at all."""
    one.stop.wait(30)


def drips(one: Handling) -> None:
    """An answer of one byte every hundredth of a second, so that no single wait is long."""
    one.send_response(200)
    one.send_header("Content-Length", "100000")
    one.end_headers()
    while not one.stop.wait(0.01):
        one.wfile.write(b" ")


def drips_headers(one: Handling) -> None:
    """A header that never ends."""
    one.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not one.stop.wait(0.01):
        one.wfile.write(b"a")


def breaks_off(one: Handling) -> None:
    """Half of the body that the header promises."""
    whole = completion([])
    one.send_response(200)
    one.send_header("Content-Length", str(len(whole)))
    one.end_headers()
    one.wfile.write(whole[: len(whole) // 2])


def hangs_up(one: Handling) -> None:
    """The connection closed without a word."""
