"""Who may ask: one reader, by a secret, from this machine, from the page itself.

A page on loopback is reached by every site that the same browser shows, and by every program of the
machine. So each request is judged before anything else looks at it: by the name it was sent to
(a foreign site may have its own name lead here), by where it comes from, and by the secret.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SEAL_HEADER: Final = "x-memkit-seal"
"""What a request that changes something carries besides: the page alone can read it."""
COOKIE: Final = "memkit"
HEADERS: Final = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""Of every response; a page of its own kind may bring another Content-Security-Policy."""
_READS: Final = ("GET", "HEAD")
_FROM_HERE: Final = ("same-origin", "none")
_ENTRANCE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>memkit</title>
<link rel="icon" href="{home}static/icon.svg">
<meta http-equiv="refresh" content="0;url={home}"></head>
<body><p><a href="{home}">To the store</a></p></body></html>
"""


class Guard:
    """Lets through what the reader's own page asks, and adds the headers that confine it.

    The secret comes in once, in the address that the command printed, and from then on in a cookie
    that no script can read and that the browser sends from the page itself alone. Cookies know no
    ports: `home`, a path made up at random, keeps this one from other servers of the machine.
    """

    def __init__(self, app: ASGIApp, *, token: str, hosts: Sequence[str]) -> None:
        """`hosts` are the names, with the port, that the page answers to."""
        self._app = app
        self._token = token
        self._hosts = frozenset(hosts)
        self.home = f"/{secrets.token_urlsafe(9)}/"
        self.seal = secrets.token_urlsafe(24)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse and say why."""
        if scope["type"] != "http":
            return  # nothing here speaks over a socket

        async def confined(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        response = self._refusal(scope) or self._entrance(scope)
        await (response or self._app)(scope, receive, confined)

    def _refusal(self, scope: Scope) -> Response | None:
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        host, origin = headers.get("host", ""), headers.get("origin")
        site = headers.get("sec-fetch-site")
        if host not in self._hosts:
            return _refused(421, "This page answers to its own address alone.")
        if method not in (*_READS, "POST"):
            return _refused(405, "This page takes GET and POST.")
        if origin not in (None, f"http://{host}"):
            return _refused(403, "Another site asked; it gets nothing.")
        if path == "/" and method in _READS:
            return None  # judged by the secret in the address, wherever the link to it stood
        if site not in (None, *_FROM_HERE):
            return _refused(403, "Another site asked; it gets nothing.")
        if not path.startswith(self.home) or not self._knows(_cookie(headers)):
            return _refused(403, "Open the address that `memkit ui` printed: it holds the secret.")
        if method == "POST":
            return self._refusal_to_change(headers, origin, site)
        return None

    def _refusal_to_change(
        self, headers: Headers, origin: str | None, site: str | None
    ) -> Response | None:
        if origin is None and site not in _FROM_HERE:
            return _refused(403, "A change must say where it comes from.")
        if not secrets.compare_digest(headers.get(SEAL_HEADER, "").encode(), self.seal.encode()):
            return _refused(403, "A change must come from the page itself.")
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _refused(415, "A change is asked for in JSON.")
        return None

    def _entrance(self, scope: Scope) -> Response | None:
        """Where the secret becomes a cookie.

        A page that leads on, not a redirect: a browser that was sent here by another program would
        count the redirect as that program's, and keep the cookie back.
        """
        if scope["path"] != "/":
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if not self._knows(given):
            return _refused(403, "Open the address that `memkit ui` printed: it holds the secret.")
        made = HTMLResponse(_ENTRANCE.format(home=escape(self.home)))
        made.set_cookie(COOKIE, self._token, path=self.home, httponly=True, samesite="strict")
        return made

    def _knows(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self._token.encode())


def _cookie(headers: Headers) -> str:
    return cookie_parser(headers.get("cookie", "")).get(COOKIE, "")


def _refused(status: int, why: str) -> Response:
    return PlainTextResponse(f"{why}\n", status)
