"""A URL that speaks OpenAI's chat-completions protocol, over the standard library.

No client library is needed for one POST, and none of the common ones bounds the whole of it: their
time-outs start again with every byte that drips in. Here one deadline holds from connecting to the
last byte. Proxies of the environment are used, except for this machine; no redirect is followed,
since it could carry the key to another host.
"""

from __future__ import annotations

import io
import json
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler
from urllib.request import Request as HttpRequest

from memkit.errors import InvalidInput
from memkit.llm.exchange import RETRIED, Answer, CallFailed, Request
from memkit.types import Clock

_MOST_BYTES: Final = 4 << 20
_PIECE: Final = 1 << 16
_SHOWN: Final = 200
_REFUSES_SCHEMA: Final = frozenset({400, 404, 415, 422, 501})
"""Statuses by which servers refuse a `response_format` that they do not know."""


class PlainLine:
    """The model of a server that speaks OpenAI's protocol: vLLM, llama.cpp, Ollama, LM Studio...

    The schema is sent with the request; a server that refuses it is given the schema as text, from
    then on. `identity` leaves out user and password of the URL.
    """

    def __init__(
        self, model: str, base_url: str, api_key: str | None, price: tuple[float, float] | None,
        clock: Clock,
    ) -> None:  # fmt: skip
        self._url, shown = _endpoint(base_url)
        self._model, self._price, self._clock = model, price, clock
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if api_key:
            if not api_key.isascii() or not api_key.isprintable():
                raise InvalidInput("api_key holds characters that no header may hold.")
            self._headers["Authorization"] = f"Bearer {api_key}"
        self.identity = f"{model} at {shown}"
        self._takes_schema = True

    def price(self) -> tuple[float, float] | None:
        """As given."""
        return self._price

    def call(self, request: Request) -> Answer:
        """One POST, or a second one without the schema where the first was refused."""
        deadline = time.monotonic() + request.timeout
        if self._takes_schema:
            try:
                return self._post(request, deadline, structured=True)
            except CallFailed as refused:
                if refused.status not in _REFUSES_SCHEMA:
                    raise
                answer = self._post(request, deadline, structured=False)
                self._takes_schema = False  # the schema it was that was refused
                return answer
        return self._post(request, deadline, structured=False)

    def _post(self, request: Request, deadline: float, *, structured: bool) -> Answer:
        body = _body(self._model, request, structured=structured)
        status, headers, raw = _exchange(self._url, self._headers, body, deadline)
        if status != 200:
            raise CallFailed(
                f"HTTP status {status}: {_shown(raw)}",
                retry=status in RETRIED, status=status,
                after=_seconds_to_wait(headers.get("Retry-After"), self._clock),
            )  # fmt: skip
        return read_completion(raw)


def read_completion(raw: bytes) -> Answer:
    """The first choice of a chat completion; raises `CallFailed` for anything else."""
    try:
        reply = json.loads(raw.decode("utf-8", "replace"))
        choice = reply["choices"][0]
        content = choice["message"].get("content")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise CallFailed(f"no chat completion: {_shown(raw)}", charged=True) from error
    if isinstance(content, list):  # parts of a message
        content = "".join(str(p.get("text", "")) for p in content if isinstance(p, dict))
    usage = reply.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    return Answer(
        content if isinstance(content, str) else "",
        _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")),
        choice.get("finish_reason") == "length",
    )  # fmt: skip


def _count(value: Any) -> int | None:
    """A number of tokens; servers send null, or nothing."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 0 <= value < 1 << 40 else None


def _body(model: str, request: Request, *, structured: bool) -> bytes:
    asked = request if structured else request.with_schema_text()
    body: dict[str, Any] = {
        "model": model, "messages": asked.messages(), "temperature": request.temperature,
        "max_tokens": request.max_reply_tokens, "stream": False,
    }  # fmt: skip
    if structured:
        body["response_format"] = request.response_format()
    body.update(request.options)
    kept = {name: value for name, value in body.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace")


def _endpoint(base_url: str) -> tuple[str, str]:
    """The address to post to, and what may be shown of the one given."""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidInput(
            f"base_url must be an http or https address, such as 'https://host/v1'; "
            f"found {base_url!r}."
        )
    if parts.username or parts.password:
        raise InvalidInput("base_url must not hold a password; give api_key=.")
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    shown = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    return urlunsplit((parts.scheme, parts.netloc, path + "/chat/completions", parts.query, "")), (
        shown
    )


def _exchange(
    url: str, headers: Mapping[str, str], body: bytes, deadline: float
) -> tuple[int, HTTPMessage, bytes]:
    """Status, headers and body of a POST that ends by the deadline (`time.monotonic`)."""
    post = HttpRequest(url, data=body, headers=dict(headers), method="POST")  # noqa: S310
    left = deadline - time.monotonic()
    if left <= 0:
        raise CallFailed("no time was left for it")
    try:
        with _opener(url, deadline).open(post, timeout=left) as response:
            return response.status, response.headers, _read(response)
    except TimeoutError as error:
        raise CallFailed("it did not answer in time", charged=True) from error
    except URLError as error:  # before anything was asked
        untrusted = isinstance(error.reason, ssl.SSLCertVerificationError)
        raise CallFailed(f"it cannot be reached: {error.reason}", retry=not untrusted) from error
    except (OSError, HTTPException) as error:
        raise CallFailed(f"the answer broke off: {error!r}", charged=True) from error


def _read(response: HTTPResponse) -> bytes:
    pieces, size = list[bytes](), 0
    while piece := response.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > _MOST_BYTES:
            raise CallFailed(f"its answer is longer than {_MOST_BYTES} bytes", charged=True)
    if response.length:
        raise CallFailed(
            f"the answer broke off {response.length} bytes before its end", charged=True
        )
    return b"".join(pieces)


def _opener(url: str, deadline: float) -> OpenerDirector:
    """Without the parts that follow redirects or raise for a status."""
    opener = OpenerDirector()
    if not _is_here(urlsplit(url).hostname or ""):
        opener.add_handler(ProxyHandler())
    opener.add_handler(_Http(deadline))
    opener.add_handler(_Https(deadline))
    return opener


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class _Http(HTTPHandler):
    def __init__(self, deadline: float) -> None:
        super().__init__()
        self._deadline = deadline

    def http_open(self, req: HttpRequest) -> HTTPResponse:
        return self.do_open(partial(_Connection, deadline=self._deadline), req)


class _Https(HTTPSHandler):
    def __init__(self, deadline: float) -> None:
        super().__init__()
        self._deadline = deadline

    def https_open(self, req: HttpRequest) -> HTTPResponse:
        return self.do_open(partial(_SecureConnection, deadline=self._deadline), req)


class _UntilDeadline(HTTPConnection):
    """A connection whose every wait ends at one moment."""

    def __init__(self, host: str, *, deadline: float, **options: Any) -> None:
        super().__init__(host, **options)
        self._deadline = deadline
        self.response_class = partial(_Response, deadline=deadline)  # type: ignore[assignment]

    def connect(self) -> None:
        super().connect()
        self.sock.settimeout(_left(self._deadline))


class _Connection(_UntilDeadline):
    pass


class _SecureConnection(_UntilDeadline, HTTPSConnection):
    pass


class _Response(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, deadline: float, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        raw = self.fp.detach()
        self.fp = io.BufferedReader(_Bytes(raw, sock, partial(_left, deadline)))


class _Bytes(io.RawIOBase):
    """The bytes of a socket, waited for no longer than is left."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, left: Callable[[], float]) -> None:
        self._raw, self._sock, self._left = raw, sock, left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        if not self._raw.closed and self._sock.fileno() >= 0:
            self._sock.settimeout(self._left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the deadline has passed")
    return left


def _seconds_to_wait(value: str | None, clock: Clock) -> float | None:
    """`Retry-After`: seconds, or a date; None for neither."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    zoned = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    now: datetime = clock()
    return max(0.0, (zoned - now).total_seconds())


def _shown(raw: bytes) -> str:
    text = " ".join(raw[: 4 * _SHOWN].decode("utf-8", "replace").split())
    return text[:_SHOWN] or "an empty answer"
