"""Serving the page on loopback until somebody presses Ctrl-C."""

from __future__ import annotations

import secrets
from typing import Final

import uvicorn

from memkit.ui.loopback import ADDRESS, Served, bound
from memkit.ui.pages import Site, application

_PATIENCE_SECONDS: Final = 2
"""How long a request that is under way keeps the page from closing."""


class LocalPage(Served):
    """A page that is bound to loopback, and waits for `serve`; `address` opens it.

    Use it in a `with` statement: at the end its port is free again.
    """

    def __init__(self, site: Site, port: int = 0) -> None:
        """Port 0 takes any that is free. Raises `InvalidInput` for one that cannot be had."""
        listening = bound(port)
        port = listening.getsockname()[1]
        token = secrets.token_urlsafe(24)
        self.address = f"http://{ADDRESS}:{port}/?token={token}"
        hosts = [f"{ADDRESS}:{port}", f"localhost:{port}"]
        config = uvicorn.Config(
            application(site, token=token, hosts=hosts), log_config=None, access_log=False,
            lifespan="off", ws="none", http="h11", loop="asyncio", server_header=False,
            proxy_headers=False, timeout_graceful_shutdown=_PATIENCE_SECONDS,
        )  # fmt: skip
        super().__init__(listening, uvicorn.Server(config))
