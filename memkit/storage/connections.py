"""Connections to the file: opened lazily, one caller at a time each, never across a fork."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
# NORMAL: a commit outlives the process; a power cut may take the last ones, never the file.
_WRITING_PRAGMAS: Final = ("PRAGMA synchronous = NORMAL",)
_ABANDONED: Final[list[sqlite3.Connection]] = []
"""Connections that a fork has copied: SQLite forbids using, and even closing, them."""


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


_DAMAGE: Final = ("malformed", "no such table", "no such column", "no such index")


@contextmanager
def translated(act: str, where: str) -> Iterator[None]:
    """Turn SQLite's errors into memkit's, saying what was attempted on which file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _operational(act, where, error) from error
    except sqlite3.IntegrityError as error:
        raise CorruptStore(
            f"{act} failed: {where} would no longer agree with itself ({error}). Nothing of this "
            "act was stored. Run `memkit check` on it."
        ) from error
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
    if "Could not decode" in text:
        return CorruptStore(f"{act} failed: {where} is damaged (a text in it is not UTF-8).")
    if any(sign in text for sign in _DAMAGE):
        return CorruptStore(f"{act} failed: {where} is damaged ({text}).")
    advice = {
        "full": "The disk is full: free some space. Nothing of this act was stored.",
        "readonly": "The file or its folder is read-only: change its permissions.",
        "unable to open": "Check that the folder exists and that you may write to it.",
        "disk I/O": "The disk is full or failing. Nothing of this act was stored.",
    }
    for sign, what in advice.items():
        if sign in text:
            return StorageFailure(f"{act} failed on {where}: {text}. {what}")
    return StorageFailure(f"{act} failed on {where}: {text}.")


class Connections:
    """A pool over one file, or the single connection of a store in memory."""

    def __init__(self, path: Path | None, timeout: float, target: str | None = None) -> None:
        """`target` is the URI by which to open a file that may only be read."""
        self._path = path
        self._timeout = timeout
        self._target = target
        self._idle: list[sqlite3.Connection] = []
        self._lent = self._generation = 0
        self.closed = self._drained = self._forked_in_use = self._resting = False
        self._inside = threading.local()
        self._single = threading.RLock() if path is None else None
        self._returned = threading.Condition()

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

    def close(self) -> bool:
        """Wait for the calls under way, then close; false if one outlasted the time-out.

        A connection that is still lent then closes when it comes back.
        """
        with self._returned:
            self.closed = True
            all_back = self._returned.wait_for(lambda: not self._lent, self._timeout)
            self._drained = True
            idle, self._idle = self._idle, []
        for db in idle:
            db.close()
        return all_back

    def require_open(self) -> None:
        """Raise `ClosedStore` once the store was closed."""
        if self.closed:
            raise ClosedStore(f"{self.where} was closed; open it again with MemoryStore(path).")
        if self._forked_in_use:
            raise ClosedStore(
                f"{self.where} was in use at the moment when this process was forked from another, "
                "and cannot be used here. Fork between calls, or before opening the store."
            )

    def rest(self, seconds: float) -> None:
        """Before a fork: wait for the calls under way, close, and let nobody open.

        Calls that take longer, or that the forking thread is in itself, stay under way. None
        begins meanwhile, or among several busy threads there would never be a moment of rest.
        """
        self._returned.acquire()
        self._resting = True
        mine = getattr(self._inside, "calls", 0)
        self._returned.wait_for(lambda: self._lent <= mine, seconds)
        if self._path is not None:
            idle, self._idle = self._idle, []
            for db in idle:
                db.close()

    def wake(self) -> None:
        """After a fork, in the parent: go on."""
        self._resting = False
        self._returned.notify_all()
        self._returned.release()

    def after_fork(self) -> None:
        """After a fork, in the child: go on if everything was at rest.

        Otherwise SQLite believes that this process holds locks which are the parent's.
        """
        self._returned, self._inside = threading.Condition(), threading.local()
        self._resting = False
        self._single = threading.RLock() if self._path is None else None
        self._forked_in_use = self._forked_in_use or self._lent > 0
        self._generation += 1
        self._lent = 0

    def _lend(self) -> Iterator[sqlite3.Connection]:
        db, generation = self._take(), self._generation
        inside = self._inside
        inside.calls = getattr(inside, "calls", 0) + 1
        try:
            yield db
        finally:
            inside.calls -= 1
            if generation == self._generation:
                self._give_back(db)
            else:
                _ABANDONED.append(db)

    def _take(self) -> sqlite3.Connection:
        with self._returned:
            if not getattr(self._inside, "calls", 0):  # a call that is under way may go on
                self._returned.wait_for(lambda: not self._resting)
            self.require_open()
            self._lent += 1
            if self._idle:
                return self._idle.pop()
        with ExitStack() as on_error:
            on_error.callback(self._count_back, None)
            db = self._open()
            on_error.pop_all()
        return db

    def _give_back(self, db: sqlite3.Connection) -> None:
        kept: sqlite3.Connection | None = None
        try:
            if db.in_transaction:
                db.execute("ROLLBACK")
            kept = db
        finally:
            if kept is None:
                db.close()
            self._count_back(kept)

    def _count_back(self, db: sqlite3.Connection | None) -> None:
        with self._returned:
            self._lent -= 1
            late = self._drained
            if db is not None and not late:
                self._idle.append(db)
            self._returned.notify_all()
        if db is not None and late:
            db.close()

    def _open(self) -> sqlite3.Connection:
        with translated("Opening", self.where):
            if self._path is None:
                db = connect(":memory:", self._timeout, uri=False)
            elif self._target is not None:
                db = connect(self._target, self._timeout, uri=True)
            else:
                db = connect(str(self._path), self._timeout, uri=False)
            try:
                for pragma in _PRAGMAS if self._target is not None else _PRAGMAS + _WRITING_PRAGMAS:
                    db.execute(pragma)
            except sqlite3.Error:
                db.close()
                raise
            except UnicodeDecodeError as error:  # of SQLite's own message, which quotes the damage
                db.close()
                raise sqlite3.DatabaseError("malformed schema") from error
        return db
