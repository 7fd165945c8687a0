"""Ports of this machine alone, and servers on them."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final, Self

from memkit.errors import InvalidInput

if TYPE_CHECKING:
    import uvicorn

ADDRESS: Final = "127.0.0.1"


def bound(port: int, *, option: str = "--port") -> socket.socket:
    """A socket that listens on loopback; port 0 takes any that is free.

    Raises `InvalidInput` for a port that cannot be had; it names the `option` to change.
    """
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((ADDRESS, port))
        made.listen()
    except (OSError, OverflowError) as error:
        made.close()
        raise InvalidInput(
            f"Port {port} of {ADDRESS} cannot be had ({error}). Give another one with {option}; 0 "
            "takes any that is free."
        ) from error
    return made


class Served:
    """A server on a port of its own that waits for `serve`; at the end of a `with` it is free."""

    def __init__(self, listening: socket.socket, server: uvicorn.Server) -> None:
        self._socket = listening
        self._server = server

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
