"""A thread that lets go of what has expired, from time to time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from memkit.errors import ClosedStore, MemkitError

_LOG: Final = logging.getLogger("memkit.adapters")


class Sweeper(threading.Thread):
    """Sweeps until it is told to end, or the store is closed. A sweep that fails is logged."""

    def __init__(self, sweep: Callable[[], int], seconds: float) -> None:
        super().__init__(name="memkit-ttl-sweeper", daemon=True)
        self._sweep = sweep
        self._seconds = seconds
        self._ending = threading.Event()

    def run(self) -> None:
        """Wait, sweep, and again."""
        while not self._ending.wait(self._seconds):
            try:
                self._sweep()
            except ClosedStore:
                return
            except MemkitError:  # another process may be writing: the next one will do
                _LOG.warning("Expired items were not let go of this time.", exc_info=True)

    def end(self, timeout: float | None) -> bool:
        """Ask it to end, and wait for that; whether it has ended."""
        self._ending.set()
        self.join(timeout)
        return not self.is_alive()
