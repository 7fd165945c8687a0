"""The row store over one SQLite file."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import Final

from memkit.contracts import Storage
from memkit.errors import CorruptStore, NotAStore, StorageFailure
from memkit.models import CheckReport
from memkit.storage import schema
from memkit.storage.check import check_rows
from memkit.storage.connections import Connections, translated
from memkit.storage.forking import at_rest_in_forks
from memkit.storage.lock import WriteLock
from memkit.storage.rawfile import RawFile
from memkit.storage.rows import Rows

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = 100
_CHUNK: Final = 1 << 24
_REST_SECONDS: Final = 10.0


class SQLiteStorage(Storage[Rows]):
    """One SQLite file in write-ahead-log mode, or a store in memory.

    Safe for any number of threads and processes of one machine. `write` serialises commits
    with a lock file; `read` never waits for a writer.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, timeout: float = 30.0, read_only: bool = False
    ) -> None:
        """Open or create `path` (":memory:" for a store that dies with the object).

        `timeout` is how long to wait for another writer, in seconds. With `read_only` the file must
        be there, SQLite itself refuses to write to it, and nothing brings it up to date. Raises
        `NotAStore`, `NewerFormat`, `CorruptStore` or `StorageFailure` without touching the file.
        """
        # Resolved once: connections are opened later too, when the process may have moved on, and
        # SQLite names its log after the file that a link leads to.
        self.path = None if str(path) == ":memory:" else Path(path).resolve()
        self.read_only = read_only
        if read_only:
            _require_content(self.path)
        self._raw: RawFile | None = None
        with ExitStack() as on_error:
            if self.path is not None:
                self._raw = _hold(self.path)
                on_error.callback(self._raw.release)
                _examine(self.path, self._raw)
                self.read_only = read_only or not os.access(self.path, os.W_OK)
            lock = None if self.path is None or self.read_only else Path(f"{self.path}.lock")
            self._lock = WriteLock(lock, timeout)
            target = reading_only(self.path) if self.path is not None and self.read_only else None
            self._connections = Connections(self.path, timeout, target)
            on_error.callback(self._connections.close)
            self._prepare()
            on_error.pop_all()
        self._rest = ExitStack()
        at_rest_in_forks(self)

    @property
    def where(self) -> str:
        """The file as messages name it."""
        return self._connections.where

    @contextmanager
    def write(self) -> Iterator[Rows]:
        """One IMMEDIATE transaction: committed at the end, or as if it never was."""
        self._require_writable("Writing")
        with (
            self._lock.held(),
            translated("Writing", self.where),
            self._connections.borrowed() as db,
        ):
            db.execute("BEGIN IMMEDIATE")
            yield Rows(db)
            db.execute("COMMIT")

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """One snapshot: every query inside sees the store as of the first."""
        with translated("Reading", self.where), self._connections.borrowed() as db:
            db.execute("BEGIN")
            yield Rows(db)

    @contextmanager
    def query_only(self) -> Iterator[sqlite3.Connection]:
        """A bare connection inside a read transaction, for checks and counts."""
        with translated("Reading", self.where), self._connections.borrowed() as db:
            db.execute("BEGIN")
            yield db

    def check(self, fix: bool = False) -> CheckReport:
        """Compare the file with itself: pages, rows, references, term lists, checksums."""
        if fix:
            self._require_writable("Mending")
            with (
                self._lock.held(),
                translated("Mending", self.where),
                self._connections.borrowed() as db,
            ):
                db.execute("BEGIN IMMEDIATE")
                report = check_rows(db, fix=True)
                db.execute("COMMIT")
                return report
        with self.query_only() as db:
            return check_rows(db, fix=False)

    def compact(self) -> None:
        """Rewrite the file without free space, and empty the write-ahead log.

        Takes time in proportion to the file, and free disk space of its size.
        """
        self._require_writable("Compacting")
        with (
            self._lock.held(),
            translated("Compacting", self.where),
            self._connections.borrowed() as db,
        ):
            db.execute("VACUUM")
            busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise StorageFailure(
                f"Compacting {self.where} could not empty its write-ahead log, because another "
                "process was reading. Call compact() again when it is done."
            )

    def size(self) -> int:
        """Bytes of the file and its log; of the pages for a store in memory."""
        if self._raw is not None:
            log = Path(f"{self.path}-wal")
            return self._raw.size() + (log.stat().st_size if log.exists() else 0)
        with self.query_only() as db:
            pages, page = (
                db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
            )
            return int(pages * page)

    def find_bytes(self, needles: Sequence[bytes]) -> tuple[tuple[str, ...], list[bool]]:
        """The names of the files read, and for each needle whether it occurs in any of them.

        The shared-memory index beside the log is left out: it holds page numbers only, and
        reading it would release SQLite's locks.
        """
        found = [False] * len(needles)
        if self._raw is None or self.path is None:
            return (), found
        overlap = max((len(needle) for needle in needles), default=1) - 1
        log = Path(f"{self.path}-wal")
        for chunk in chain(_chunks(self._raw, overlap), _log_chunks(log, overlap)):
            found = [was or needle in chunk for was, needle in zip(found, needles, strict=True)]
        return (str(self.path), str(log)) if log.exists() else (str(self.path),), found

    def close(self) -> None:
        """Close every connection; the last one of all processes empties the log."""
        with self._lock.held():
            all_closed = self._connections.close()
        self._lock.close()
        if self._raw is not None and all_closed:
            self._raw.release()
            self._raw = None

    def before_fork(self) -> None:
        """See `memkit.storage.forking`: no connection is open while the process is forked."""
        self._rest.enter_context(self._lock.resting(_REST_SECONDS))
        with ExitStack() as stack:
            if not self._connections.closed:
                stack.enter_context(self._lock.closing(_REST_SECONDS))
            self._connections.rest(_REST_SECONDS)

    def after_fork_in_parent(self) -> None:
        """Go on."""
        self._connections.wake()
        self._rest.close()

    def after_fork(self) -> None:
        """Go on in the child."""
        self._rest = ExitStack()
        self._connections.after_fork()
        self._lock.after_fork()

    def _prepare(self) -> None:
        if self.read_only:
            with translated("Opening", self.where), self._connections.borrowed() as db:
                self._refuse_foreign(db)
            return
        with (
            self._lock.held(),
            translated("Opening", self.where),
            self._connections.borrowed() as db,
        ):
            self._refuse_foreign(db)
            db.execute("PRAGMA journal_mode = WAL")  # kept in the file, for every later connection
            schema.migrate(db)

    def _require_writable(self, act: str) -> None:
        self._connections.require_open()
        if self.read_only:
            raise StorageFailure(
                f"{act} failed: {self.where} is read-only. Open it without read_only, change its "
                "permissions, or copy it."
            )

    def _refuse_foreign(self, db: sqlite3.Connection) -> None:
        found = schema.format_of(db)
        owner = db.execute("PRAGMA application_id").fetchone()[0]
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if owner != schema.APPLICATION_ID and (found or tables or self.read_only):
            raise _foreign(self.where)
        schema.refuse_newer(found, self.where)
        if self.read_only and found < schema.FORMAT:
            raise StorageFailure(
                f"{self.where} has file format {found}, which must become {schema.FORMAT} before "
                "it can be read. Open it once for writing, and nothing is lost."
            )


def _require_content(path: Path | None) -> None:
    """Refuse to read what is not there, before opening makes it."""
    if path is None or not path.exists() or (path.is_file() and not path.stat().st_size):
        raise StorageFailure(
            f"Opening {path or 'a store in memory'} for reading only failed: nothing is there. "
            "Give the path of a store, or leave read_only out to make one."
        )


def _hold(path: Path) -> RawFile:
    try:
        mode = path.stat().st_mode if path.exists() else stat.S_IFREG
        if stat.S_ISDIR(mode):
            raise NotAStore(f"{path} is a folder; give the path of a file inside it.")
        if not stat.S_ISREG(mode):
            raise NotAStore(f"{path} is a device or a pipe; give the path of a file.")
        return RawFile(path)
    except OSError as error:
        raise StorageFailure(
            f"Opening {path} failed: {error.strerror}. "
            "Check that its folder exists and that you may write there."
        ) from error


def _examine(path: Path, raw: RawFile) -> None:
    """Refuse what is plainly not a store, or cut off, before SQLite touches it."""
    size, header = raw.size(), raw.read(0, _HEADER)
    if size and header[: len(_MAGIC)] != _MAGIC:
        raise NotAStore(f"{path} is not a memkit store; its content was not touched.")
    log = Path(f"{path}-wal")
    has_log = log.exists() and log.stat().st_size > 0
    if not size and has_log:
        raise CorruptStore(
            f"{path} is empty, but its log {log.name} is not: the file was cut off. Nothing was "
            "touched; restore a backup."
        )
    if not size or has_log:
        return  # new, or a checkpoint may have been under way: SQLite knows better
    if len(header) < _HEADER:
        raise CorruptStore(f"{path} is cut off inside its header; restore a backup.")
    page = int.from_bytes(header[16:18], "big")
    expected = (65536 if page == 1 else page) * int.from_bytes(header[28:32], "big")
    if size < expected:
        raise CorruptStore(
            f"{path} is cut off: {size} bytes of {expected}. Nothing was read; restore a backup."
        )
    owner = int.from_bytes(header[68:72], "big")
    if owner != schema.APPLICATION_ID and int.from_bytes(header[28:32], "big") > 1:
        raise _foreign(path)  # here, so that no lock file is made beside it


def _foreign(path: Path | str) -> NotAStore:
    return NotAStore(
        f"{path} is an SQLite file that memkit did not write. Give another path; `memkit import` "
        "reads those of Chroma, mem0 and LangGraph."
    )


def reading_only(path: Path) -> str:
    """The URI of a file that may not be written to.

    SQLite reads a write-ahead-log file with the help of files beside it. Where those can be
    neither found nor made, the folder is as good as a read-only disk, and nothing changes the file.
    """
    beside = os.access(path.parent, os.W_OK) or Path(f"{path}-shm").exists()
    return f"{path.as_uri()}?mode=ro" + ("" if beside else "&immutable=1")


def _chunks(raw: RawFile, overlap: int) -> Iterator[bytes]:
    for start in range(0, raw.size(), _CHUNK):
        yield raw.read(start, _CHUNK + overlap)


def _log_chunks(log: Path, overlap: int) -> Iterator[bytes]:
    if log.exists():
        with log.open("rb") as file:
            for start in range(0, log.stat().st_size, _CHUNK):
                file.seek(start)
                yield file.read(_CHUNK + overlap)
