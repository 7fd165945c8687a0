"""Serving the page on loopback until somebody presses Ctrl-C."""

from __future__ import annotations

import secrets
from typing import Final, Self

import uvicorn

from memkit.ui.loopback import ADDRESS, bound
from memkit.ui.pages import Site, application

_PATIENCE_SECONDS: Final = 2
"""How long a request that is under way keeps the page from closing."""


class LocalPage:
    """A page that is bound to loopback, and waits for `serve`; `address` opens it.

    Use it in a `with` statement: at the end its port is free again.
    """

    def __init__(self, site: Site, port: int = 0) -> None:
        """Port 0 takes any that is free. Raises `InvalidInput` for one that cannot be had."""
        self._socket = bound(port)
        port = self._socket.getsockname()[1]
        token = secrets.token_urlsafe(24)
        self.address = f"http://{ADDRESS}:{port}/?token={token}"
        hosts = [f"{ADDRESS}:{port}", f"localhost:{port}"]
        config = uvicorn.Config(
            application(site, token=token, hosts=hosts), log_config=None, access_log=False,
            lifespan="off", ws="none", http="h11", loop="asyncio", server_header=False,
            proxy_headers=False, timeout_graceful_shutdown=_PATIENCE_SECONDS,
        )  # fmt: skip
        self._server = uvicorn.Server(config)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._socket.close()

    def serve(self) -> None:
        """Answer until interrupted, or told to `stop`; requests under way are finished."""
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Have `serve`, in another thread, come to its end."""
        self._server.should_exit = True
