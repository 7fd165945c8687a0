"""The addresses of the local page, and what answers at each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route

from memkit.contracts import Embedder
from memkit.errors import InvalidInput, MemkitError, NotFound
from memkit.html import page
from memkit.models import plain
from memkit.store import MemoryStore, Scope
from memkit.ui import answers, reports
from memkit.ui.answers import Asked
from memkit.ui.graph import graph
from memkit.ui.guard import Guard

_TYPES: Final = {
    ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml",
}  # fmt: skip
_LONGEST: Final = 10_000
"""Bytes of a request to change something."""
_OF_A_SCOPE: Final[Mapping[str, Callable[[Scope, Asked], Any]]] = {
    "graph": graph,
    "journal": answers.journal,
    "people": lambda scope, _: answers.people(scope),
    "record": answers.record,
    "search": answers.search,
    "sessions": lambda scope, _: answers.sessions(scope),
    "timeline": answers.timeline,
    "turns": answers.turns,
    "why-not": answers.expectation,
}


@dataclass(frozen=True)
class Site:
    """What is looked at: a store, its file, and what of it may be seen and done.

    With `keys` the page shows that scope alone. `writable` allows undoing; a store that was opened
    to be read refuses by itself. `reports` is the folder of eval reports, if any.
    """

    store: MemoryStore
    file: Path
    keys: Mapping[str, str] = field(default_factory=dict)
    writable: bool = False
    reports: Path | None = None
    embedder: Embedder | str | None = "default"

    def about(self, seal: str) -> dict[str, Any]:
        """What the page must know to start with; its `seal` is for what changes something."""
        return {
            "file": self.file.name,
            "scopes": [dict(self.keys)] if self.keys else self.store.scopes(),
            "stats": plain(self.store.stats()) if not self.keys else None,
            "writable": self.writable,
            "seal": seal,
        }


def application(site: Site, *, token: str, hosts: list[str]) -> Guard:
    """The guarded page as an ASGI application; its `home` is where it lives.

    `token` is the secret, `hosts` are the names with port that it answers to.
    """
    inside = Starlette(exception_handlers={MemkitError: _told})
    guard = Guard(inside, token=token, hosts=hosts)
    inside.router.routes.append(Mount(guard.home.rstrip("/"), routes=_routes(site, guard.seal)))
    return guard


def _routes(site: Site, seal: str) -> list[Route]:
    def of_scope(answer: Callable[[Scope, Asked], Any]) -> Callable[[Request], Response]:
        return lambda request: JSONResponse(
            answer(_scope(site, request.query_params), request.query_params)
        )

    def preview(scope: Scope, asked: Asked) -> Any:
        return answers.preview(scope, asked, site.file, site.embedder)

    return [
        Route("/", partial(_asset, "index.html")),
        Route("/static/{name}", _static),
        Route("/api/store", lambda _: JSONResponse(site.about(seal))),
        Route("/api/policies", lambda _: JSONResponse(answers.policies())),
        Route("/api/preview", of_scope(preview)),
        Route("/api/reports", lambda _: JSONResponse(reports.listing(site.reports))),
        Route("/api/questions", lambda request: JSONResponse(
            reports.questions(site.reports, request.query_params))),
        Route("/reports/{name}", partial(_report, site)),
        Route("/api/undo", partial(_undo, site), methods=["POST"]),
        *(Route(f"/api/{name}", of_scope(answer)) for name, answer in _OF_A_SCOPE.items()),
    ]  # fmt: skip


def _scope(site: Site, asked: Asked) -> Scope:
    return answers.only_scope(site.store, site.keys, asked)


async def _undo(site: Site, request: Request) -> Response:
    if not site.writable:
        raise InvalidInput("This page only reads. Start it with --write to undo from here.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            raise InvalidInput(f"The request is longer than {_LONGEST:,} bytes.")
    try:
        given = json.loads(body)
    except ValueError as error:
        raise InvalidInput(f"The request is not JSON: {error}.") from error
    if not isinstance(given, dict):
        raise InvalidInput("The request must be a JSON object with 'entry'.")
    scope = await run_in_threadpool(_scope, site, request.query_params)
    return JSONResponse(await run_in_threadpool(answers.undo, scope, given))


def _report(site: Site, request: Request) -> Response:
    path = reports.find(site.reports, request.path_params["name"])
    if path.suffix != ".html":
        raise NotFound(f"{path.name} is no page; the list of reports opens it.")
    return FileResponse(
        path, media_type="text/html", headers={"content-security-policy": reports.POLICY}
    )


def _static(request: Request) -> Response:
    return _asset(request.path_params["name"], request)


def _asset(name: str, _: Request) -> Response:
    """One of the page's own files, out of those that were read; no path is ever put together."""
    found = _assets().get(name)
    if found is None:
        raise NotFound(f"The page has no file {name!r}.")
    return Response(found, media_type=f"{_TYPES[Path(name).suffix]}; charset=utf-8")


@lru_cache(maxsize=1)
def _assets() -> dict[str, str]:
    folder = resources.files("memkit.ui").joinpath("static")
    found = {one.name: one.read_text("utf-8") for one in folder.iterdir() if one.is_file()}
    return {**found, "base.css": page.style()}


def _told(_: Request, error: Exception) -> Response:
    """An error as the page shows it."""
    return JSONResponse({"error": str(error)}, 404 if isinstance(error, NotFound) else 400)
