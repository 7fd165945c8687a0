"""One writer at a time, across threads and processes.

SQLite up to 3.51.2 can lose pages when a commit in one process meets a checkpoint that resets
the write-ahead log in another; the SQLite linked into Python is often older. Every commit,
checkpoint and close therefore happens while an advisory lock on a file beside the store is held.
The operating system drops the lock when its holder dies.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from memkit.errors import LockedStore, StorageFailure

_FIRST_PAUSE = 0.0002
_LONGEST_PAUSE = 0.01

if sys.platform == "win32":
    import msvcrt

    def _try_lock(fd: int) -> bool:
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(fd: int) -> None:
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _try_lock(fd: int) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)


class FairLock:
    """A lock of threads that goes to those who wait in the order in which they came.

    The standard library's goes to whoever asks first when it is free, which with two hundred
    threads left one of them waiting for half a minute.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def acquire(self, timeout: float) -> bool:
        """Whether it was got within so many seconds."""
        with self._mutex:
            if not self._taken:
                self._taken = True
                return True
            ticket = threading.Lock()
            ticket.acquire()
            self._waiting.append(ticket)
        got = False
        try:
            got = ticket.acquire(timeout=timeout)
        finally:
            if not got and not self._withdrawn(ticket):
                self.release()  # it was handed on in the last moment, to one who waits no more
        return got

    def release(self) -> None:
        """Hand it to the one who has waited longest."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _withdrawn(self, ticket: threading.Lock) -> bool:
        with self._mutex:
            if ticket not in self._waiting:
                return False
            self._waiting.remove(ticket)
            return True


class WriteLock:
    """The right to write to one store. Not re-entrant."""

    def __init__(self, path: Path | None, timeout: float) -> None:
        """`path` is the lock file, None for a store in memory; `timeout` is in seconds."""
        self._path = path
        self._timeout = timeout
        self._threads = FairLock()
        self._fd: int | None = None
        self._holder: int | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; raises `LockedStore` when another holder keeps it past the time-out."""
        deadline = time.monotonic() + self._timeout
        if not self._threads.acquire(timeout=self._timeout):
            raise self._timed_out()
        try:
            self._holder = threading.get_ident()
            with self._held_by_process(deadline):
                yield
        finally:
            self._holder = None
            self._threads.release()

    @contextmanager
    def _held_by_process(self, deadline: float) -> Iterator[None]:
        fd = self._acquire(deadline)
        try:
            yield
        finally:
            if fd is not None:
                _unlock(fd)

    def close(self) -> None:
        """Close the lock file; the next use opens it again."""
        fd, self._fd = self._fd, None
        if fd is not None:
            os.close(fd)

    @contextmanager
    def resting(self, seconds: float) -> Iterator[None]:
        """Keep this process's other writers out while it is forked, if they are done in time."""
        inside = self._holder == threading.get_ident()  # waiting for oneself is no use
        mine = not inside and self._threads.acquire(timeout=seconds)
        try:
            yield
        finally:
            if mine:
                self._threads.release()

    @contextmanager
    def closing(self, seconds: float) -> Iterator[None]:
        """While `resting`: keep other processes out as well, if they are done in time."""
        with ExitStack() as stack:
            if self._holder == threading.get_ident():
                yield  # this thread keeps them out already, and goes on doing so
                return
            with suppress(LockedStore, StorageFailure):
                stack.enter_context(self._held_by_process(time.monotonic() + seconds))
            yield

    def after_fork(self) -> None:
        """Let go of the parent's open file in a forked child: it carries the parent's lock."""
        self._threads, self._holder = FairLock(), None
        self.close()

    def _acquire(self, deadline: float) -> int | None:
        if self._path is None:
            return None
        if self._fd is None:
            self._fd = _opened(self._path)
        pause = _FIRST_PAUSE
        while not _try_lock(self._fd):
            if time.monotonic() > deadline:
                raise self._timed_out()
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)
        return self._fd

    def _timed_out(self) -> LockedStore:
        return LockedStore(
            f"Waited {self._timeout:g} s to write to the store, but another process or thread "
            f"still holds {self._path or 'it'}. Try again, or end the holder."
        )


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageFailure(
            f"Opening the lock file {path} failed: {error.strerror}. A store is written to with a "
            "lock file beside it: check that you may write to the folder."
        ) from error
