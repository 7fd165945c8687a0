"""What must be made afresh in a forked child: locks, connections, anything another thread held.

A child starts with one thread, but with a copy of every lock as it stood: one that another
thread of the parent held would never be released in the child.
"""

from __future__ import annotations

import os
import weakref
from typing import Protocol


class Forkable(Protocol):
    """An object that knows how to go on in a forked child."""

    def after_fork(self) -> None:
        """Called in the child, before anything else runs there."""


_alive: weakref.WeakSet[Forkable] = weakref.WeakSet()


def renewed_in_children(one: Forkable) -> None:
    """Have `one.after_fork()` called in every child that is forked while it lives."""
    _alive.add(one)


def _renew() -> None:
    for one in list(_alive):
        one.after_fork()


if hasattr(os, "register_at_fork"):  # not on Windows, which cannot fork
    os.register_at_fork(after_in_child=_renew)
