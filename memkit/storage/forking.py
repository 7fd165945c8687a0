"""Forks: a child starts with one thread, and with a copy of everything as it stood.

A lock that another thread of the parent held would never be released in the child. And SQLite
keeps one book per process of the locks on each file: a child that inherits open connections finds
locks in it that it does not have, and can damage the file. So what is registered here is brought
to rest before a fork, with no connection open, and wakes afterwards on both sides.
"""

from __future__ import annotations

import os
import threading
import weakref
from typing import Protocol


class Forkable(Protocol):
    """An object that must be at rest while its process is forked."""

    def before_fork(self) -> None:
        """Finish what is under way, and keep others from beginning anything."""

    def after_fork_in_parent(self) -> None:
        """Let others go on."""

    def after_fork(self) -> None:
        """Start afresh in the child, before anything else runs there."""


_alive: weakref.WeakSet[Forkable] = weakref.WeakSet()
_resting: list[Forkable] = []
_one_at_a_time = threading.Lock()


def at_rest_in_forks(one: Forkable) -> None:
    """Have `one` told before and after every fork while it lives."""
    _alive.add(one)


def _before() -> None:
    _one_at_a_time.acquire()
    _resting.extend(_alive)
    for one in _resting:
        one.before_fork()


def _after_in_parent() -> None:
    for one in _resting:
        one.after_fork_in_parent()
    _resting.clear()
    _one_at_a_time.release()


def _after_in_child() -> None:
    for one in _resting:
        one.after_fork()
    _resting.clear()
    _one_at_a_time.release()


if hasattr(os, "register_at_fork"):  # not on Windows, which cannot fork
    os.register_at_fork(
        before=_before, after_in_parent=_after_in_parent, after_in_child=_after_in_child
    )
