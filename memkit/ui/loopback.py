"""Ports of this machine alone."""

from __future__ import annotations

import socket
from typing import Final

from memkit.errors import InvalidInput

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
