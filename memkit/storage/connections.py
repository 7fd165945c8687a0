"""Connections to the file: opened lazily, one caller at a time each, never across a fork."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from memkit.errors import ClosedStore, CorruptStore, LockedStore, NotAStore, StorageFailure

_PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
)
_WRITING_PRAGMAS: Final = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")


def connect(target: str, timeout: float, *, uri: bool) -> sqlite3.Connection:
    """A connection without implicit transactions, for use by any one thread at a time."""
    return sqlite3.connect(
        target,
        timeout=timeout,
        isolation_level=None,
        check_same_thread=False,
        uri=uri,
        cached_statements=256,
    )


@contextmanager
def translated(act: str, where: str) -> Iterator[None]:
    """Turn SQLite's errors into memkit's, saying what was attempted on which file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _operational(act, where, error) from error
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        text = str(error)
        if "not a database" in text:
            raise NotAStore(f"{act} failed: {where} is not a memkit store ({text}).") from error
        raise CorruptStore(
            f"{act} failed: {where} is damaged ({text}). Run `memkit check` on it, and restore a "
            "backup or export what can still be read."
        ) from error


def _operational(act: str, where: str, error: sqlite3.OperationalError) -> Exception:
    text = str(error)
    if "locked" in text or "busy" in text:
        return LockedStore(f"{act} failed: {where} is locked by another program ({text}).")
    if "malformed" in text or "no such table" in text or "no such column" in text:
        return CorruptStore(f"{act} failed: {where} is damaged ({text}).")
    advice = {
        "full": "The disk is full: free some space. Nothing of this act was stored.",
        "readonly": "The file or its folder is read-only: change its permissions.",
        "unable to open": "Check that the folder exists and that you may write to it.",
        "disk I/O": "The disk did not answer as it should. Nothing of this act was stored.",
    }
    for sign, what in advice.items():
        if sign in text:
            return StorageFailure(f"{act} failed on {where}: {text}. {what}")
    return StorageFailure(f"{act} failed on {where}: {text}.")


class Connections:
    """A pool over one file, or the single connection of a store in memory."""

    def __init__(self, path: Path | None, timeout: float, *, read_only: bool = False) -> None:
        self._path = path
        self._timeout = timeout
        self._read_only = read_only
        self._pid = os.getpid()
        self._idle: list[sqlite3.Connection] = []
        self._abandoned: list[sqlite3.Connection] = []
        self._closed = False
        self._mutex = threading.Lock()
        self._single = threading.RLock() if path is None else None

    @property
    def where(self) -> str:
        """The file as error messages name it."""
        return str(self._path) if self._path is not None else "the store in memory"

    @contextmanager
    def borrowed(self) -> Iterator[sqlite3.Connection]:
        """One connection for the caller alone; it goes back with no transaction open."""
        if self._single is not None:
            with self._single:
                yield from self._lend()
        else:
            yield from self._lend()

    def close(self) -> None:
        """Close the idle connections; those that are lent close when they come back."""
        with self._mutex:
            self._closed = True
            idle, self._idle = self._idle, []
        for db in idle:
            db.close()

    def _lend(self) -> Iterator[sqlite3.Connection]:
        db = self._take()
        try:
            yield db
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")
            self._give_back(db)

    def _take(self) -> sqlite3.Connection:
        with self._mutex:
            if self._pid != os.getpid():
                self._after_fork()
            if self._closed:
                raise ClosedStore(f"{self.where} was closed; open it again with MemoryStore(path).")
            if self._idle:
                return self._idle.pop()
        return self._open()

    def _give_back(self, db: sqlite3.Connection) -> None:
        with self._mutex:
            if not self._closed and self._pid == os.getpid():
                self._idle.append(db)
                return
        db.close()

    def _open(self) -> sqlite3.Connection:
        with translated("Opening", self.where):
            if self._path is None:
                db = connect(":memory:", self._timeout, uri=False)
            elif self._read_only:
                db = connect(f"{self._path.resolve().as_uri()}?mode=ro", self._timeout, uri=True)
            else:
                db = connect(str(self._path), self._timeout, uri=False)
            try:
                for pragma in _PRAGMAS if self._read_only else _PRAGMAS + _WRITING_PRAGMAS:
                    db.execute(pragma)
            except sqlite3.Error:
                db.close()
                raise
        return db

    def _after_fork(self) -> None:
        # SQLite forbids using, and even closing, a connection that a fork has copied.
        self._abandoned.extend(self._idle)
        self._idle = []
        self._pid = os.getpid()
