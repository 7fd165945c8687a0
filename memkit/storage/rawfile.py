"""Reading a store's bytes without hurting its locks.

POSIX drops all of a process's locks on a file when *any* of its descriptors of that file is
closed (fcntl(2)), and SQLite's locks are such locks. So a descriptor opened here is kept until
the last store of this process that uses the file has closed its connections.
"""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

_FLAGS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)  # each where there is one
_mutex = threading.Lock()
_held: dict[tuple[int, int], tuple[int, int]] = {}  # (device, inode) -> (descriptor, holders)


class RawFile:
    """The bytes of one file, created empty with mode 0600 if it is missing."""

    def __init__(self, path: Path) -> None:
        """Raises `OSError` as `os.open` does."""
        with _mutex:
            self._key = _identity(path)
            if self._key is None or self._key not in _held:
                fd = _open(path)
                status = os.fstat(fd)
                self._key = (status.st_dev, status.st_ino)
                _held[self._key] = (fd, 0)
            self._fd, holders = _held[self._key]
            _held[self._key] = (self._fd, holders + 1)

    def size(self) -> int:
        """The length of the file in bytes."""
        return os.fstat(self._fd).st_size

    def read(self, start: int, length: int) -> bytes:
        """Up to `length` bytes from `start`."""
        with _mutex:
            os.lseek(self._fd, start, os.SEEK_SET)
            return os.read(self._fd, length)

    def release(self) -> None:
        """Let go of the file; call it once, after the connections are closed."""
        with _mutex:
            assert self._key is not None
            fd, holders = _held[self._key]
            if holders > 1:
                _held[self._key] = (fd, holders - 1)
            else:
                del _held[self._key]
                os.close(fd)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | _FLAGS, 0o600)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS) or not path.exists():
            raise
        return os.open(path, os.O_RDONLY | _FLAGS)
