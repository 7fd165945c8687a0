"""Files beside a store that spare it the building of its indexes. Every one may be thrown away.

A snapshot holds what one scope's index gave as its state: hashes, numbers, vectors and names. Its
head says what it was made of, and the checksum of each array; one that is torn, damaged, or of
something else is as good as none, and is removed.

The layout: one line of magic, one of a checksum and JSON, then the bytes of the arrays, each from
a multiple of 64 on.

A large array is mapped into memory instead of copied, once all of it was read and found whole: what
is never looked at takes no memory, and the system may take back what is. Nothing ever changes a
snapshot that is in its place, it is only put in the place of another; what changes in an array
afterwards is the process's own.
"""

from __future__ import annotations

import json
import math
import mmap
import os
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import numpy.typing as npt

Arrays = Mapping[str, npt.NDArray[Any]]

_MAGIC: Final = b"memkit snapshot 3\n"
_LONGEST_HEAD: Final = 1 << 24
_ALIGNED: Final = 64
_MAPPED: Final = 1 << 24
"""An array of fewer bytes is soon copied, and needs no descriptor for as long as it is used."""
_AT_ONCE: Final = 1 << 18
_ABANDONED_S: Final = 3600.0
"""A half-written file this old has lost its writer."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a snapshot was made of: only the same may use it.

    `origin` names the store, the scope, the way of indexing and the count of removals; `last` is
    the newest record inside, and `digest` that of its text.
    """

    origin: tuple[str, ...]
    last: int
    digest: str


class Snapshots:
    """The snapshots of one store, a file for each scope."""

    def __init__(self, store: Path) -> None:
        """Beside `store`: to its name, `.snapshot-` and the scope's number are added."""
        self._stem = f"{store.name}.snapshot-"
        self.folder = store.parent

    def write(self, scope: int, stamp: Stamp, arrays: Arrays) -> Path:
        """Write a snapshot that `publish` has still to put in its place; raises `OSError`.

        The arrays must not change meanwhile.
        """
        part = self.folder / f"{self._stem}{scope}.{os.getpid()}-{time.monotonic_ns()}"
        parts = [
            (name, array.dtype.str, array.shape, _checksum(array)) for name, array in arrays.items()
        ]
        head = {"origin": stamp.origin, "last": stamp.last, "digest": stamp.digest, "parts": parts}
        part.touch(mode=0o600, exist_ok=False)
        with part.open("wb") as file:
            line = json.dumps(head).encode()
            file.write(b"%s%08x %s\n" % (_MAGIC, zlib.crc32(line), line))
            for array in arrays.values():
                file.write(bytes(-file.tell() % _ALIGNED))
                np.ascontiguousarray(array).tofile(file)
            file.flush()
            os.fsync(file.fileno())
        return part

    def publish(self, scope: int, part: Path) -> None:
        """Put what `write` wrote in the place of the scope's snapshot; raises `OSError`."""
        part.replace(self._path(scope))
        self._clean()

    def stamp(self, scope: int) -> Stamp | None:
        """What the scope's snapshot was made of; None without a readable one."""
        try:
            with self._path(scope).open("rb") as file:
                return _head(file)[0]
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def read(self, scope: int, origin: tuple[str, ...]) -> tuple[Stamp, Arrays] | None:
        """The scope's snapshot, if it is whole and was made of this; another one is removed."""
        try:
            with self._path(scope).open("rb") as file:
                stamp, parts = _head(file)
                if stamp.origin != origin:
                    raise ValueError("a snapshot of something else")
                arrays = {name: _array(file, *rest) for name, *rest in parts}
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            self.drop(scope)
            return None
        return stamp, arrays

    def drop(self, scope: int | None = None) -> None:
        """Remove the snapshot of a scope, or all, with those that are being written.

        Raises `OSError` where the system does not let it.
        """
        for path in self._files():
            if scope is None or self._scope_of(path) == str(scope):
                path.unlink(missing_ok=True)

    def size(self) -> int:
        """Bytes on disk."""
        return sum(path.stat().st_size for path in self._files() if path.exists())

    def _path(self, scope: int) -> Path:
        return self.folder / f"{self._stem}{scope}"

    def _scope_of(self, path: Path) -> str:
        return path.name[len(self._stem) :].partition(".")[0]

    def _files(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if path.name.startswith(self._stem)]

    def _clean(self) -> None:
        """Remove what a process that was killed left half-written."""
        for path in self._files():
            half = path.name != self._stem + self._scope_of(path)
            if half and path.exists() and time.time() - path.stat().st_mtime > _ABANDONED_S:
                path.unlink(missing_ok=True)


def _head(file: IO[bytes]) -> tuple[Stamp, list[list[Any]]]:
    if file.readline(len(_MAGIC)) != _MAGIC:
        raise ValueError("not a snapshot of this version")
    checksum, _, line = file.readline(_LONGEST_HEAD).rstrip(b"\n").partition(b" ")
    if int(checksum, 16) != zlib.crc32(line):
        raise ValueError("a damaged head")
    head = json.loads(line)
    return Stamp(tuple(head["origin"]), int(head["last"]), head["digest"]), head["parts"]


def _array(file: IO[bytes], dtype: str, shape: list[int], checksum: int) -> npt.NDArray[Any]:
    place, count = file.tell() + -file.tell() % _ALIGNED, math.prod(shape)
    file.seek(place)
    array = _mapped(file, np.dtype(dtype), count)
    if array is not None:
        found = _checksum_of_next(file, array.nbytes)
    else:
        array = np.fromfile(file, dtype, count)
        found = _checksum(array)
    if found != checksum:
        raise ValueError("a damaged array")
    return array.reshape(shape)


def _mapped(file: IO[bytes], dtype: np.dtype[Any], count: int) -> npt.NDArray[Any] | None:
    """The next numbers of the file, to be changed in memory only; None where they are copied."""
    size = count * dtype.itemsize
    if size < _MAPPED or os.name != "posix":  # elsewhere what is mapped can be neither replaced
        return None  # nor removed
    before = file.tell() % mmap.ALLOCATIONGRANULARITY
    with suppress(OSError):  # not every file system maps files
        held = mmap.mmap(
            file.fileno(), before + size, access=mmap.ACCESS_COPY, offset=file.tell() - before
        )
        return np.frombuffer(held, dtype, count, before)
    return None


def _checksum_of_next(file: IO[bytes], size: int) -> int:
    """The checksum of so many bytes, read: a disk that fails now raises `OSError`.

    Were they looked at where they are mapped, it would end the process.
    """
    found, left = 0, size
    while left:
        part = file.read(min(left, _AT_ONCE))
        if not part:
            raise ValueError("a torn array")
        found, left = zlib.crc32(part, found), left - len(part)
    return found


def _checksum(array: npt.NDArray[Any]) -> int:
    return zlib.crc32(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
