"""What all the readers give, and how they open a database that belongs to someone else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from memkit.dates import moment
from memkit.errors import InvalidInput, NotFound

MAGIC: Final = b"SQLite format 3\x00"
_SCOPE: Final = {
    "user_id": "user", "userId": "user", "user": "user", "agent_id": "agent", "app_id": "app",
    "run_id": "run", "org_id": "org", "tenant_id": "tenant", "tenant": "tenant",
}  # fmt: skip
"""What other libraries call the owner of a memory, as keys of a scope."""
_TIMES: Final = ("created_at", "createdAt", "timestamp", "datetime", "date", "time", "when")
_MILLISECONDS: Final = 1e11
"""Epoch numbers from here on (the year 5138 in seconds) are milliseconds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One memory of another library's store, as it is kept there.

    `text` is empty where nothing readable is kept. `keys` are whose it is, by the names that
    memkit's scopes commonly have. `when` is the moment that its own data state, `written` the
    moment its row was made; either may be unknown. `place` is the collection or namespace.
    `role` is who said it, and `session` in which conversation, where that is kept.
    """

    id: str
    text: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    when: datetime | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    written: datetime | None = None
    expires: datetime | None = None
    role: str | None = None
    session: str | None = None


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that reads a database and leaves the file, and its folder, as they are."""
    if not path.is_file():
        raise NotFound(f"There is no file {path}.")
    # A file in write-ahead mode without a log would get a new one, even from a reader.
    resting = _has_log_mode(path) and not path.with_name(f"{path.name}-wal").exists()
    mode = "immutable=1" if resting else "mode=ro"
    db = sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, timeout=10)
    try:
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA query_only = ON")
        yield db
    except sqlite3.Error as error:
        raise InvalidInput(f"Reading {path} failed: {error}. Nothing was changed.") from error
    finally:
        db.close()


def tables(path: Path) -> set[str]:
    """The names of a database's tables; empty for what is no database."""
    if not path.is_file():
        return set()
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return set()
    with opened(path) as db:
        return {name for (name,) in db.execute("SELECT name FROM sqlite_master")}


def columns(db: sqlite3.Connection, table: str) -> set[str]:
    """The names of a table's columns."""
    return {row[1] for row in db.execute(f"PRAGMA table_info({table})")}


def owner(metadata: Mapping[str, Any]) -> dict[str, str]:
    """Whose a memory is, as its metadata name it."""
    found: dict[str, str] = {}
    for name, key in _SCOPE.items():
        value = metadata.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            found.setdefault(key, str(value))
    return found


def stated_time(metadata: Mapping[str, Any]) -> datetime | None:
    """The moment that metadata state, if they do in a way that can be read."""
    return next(filter(None, (time_of(metadata.get(name)) for name in _TIMES)), None)


def time_of(value: object) -> datetime | None:
    """ISO text or an epoch number (in seconds, or milliseconds) as a moment; else None."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float, datetime)):
        return None
    if isinstance(value, (int, float)) and abs(value) >= _MILLISECONDS:
        value = value / 1000
    try:
        return moment(value, UTC)
    except InvalidInput:
        return None


def first_text(values: Mapping[str, Any], names: Iterable[str]) -> str:
    """The first of these values that is a text with something in it; "" for none."""
    for name in names:
        value = values.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _has_log_mode(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(20)
    return len(head) == 20 and head[18] == 2
