"""A read-only door for SQL: one scope, seen through views, for a limited time.

A query may read the views below and nothing else. They are temporary, hold the number of the one
scope, and are gone when the query is. That a table is read on behalf of such a view is shown by the
view's name, so the views that touch tables have names that no query can guess: a query's own
`WITH facts AS (SELECT * FROM records)` carries the name `facts`, and is refused.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.models import Table

_ISO: Final = "strftime('%Y-%m-%dT%H:%M:%SZ', {} / 1000000.0, 'unixepoch')"
_TRUSTED: Final = "('user', 'system', 'assistant')"

VIEWS: Final[Mapping[str, tuple[str, str]]] = {
    "facts": (
        "id, subject, attribute, value, unit, since, until, said, status, confidence, claims,"
        " origin, superseded_by",
        f"""SELECT r.id, f.subject, f.attribute, f.value, f.unit, {_ISO.format("f.since")},
            {_ISO.format("f.until")}, {_ISO.format("f.said")},
            CASE WHEN f.verdict = 'retracted' THEN 'retracted'
              WHEN f.until <= {{now}} AND f.successor IS NOT NULL THEN 'superseded'
              WHEN f.until <= {{now}} THEN 'ended' WHEN f.since > {{now}} THEN 'planned'
              WHEN f.verdict = 'uncertain' THEN 'uncertain' ELSE 'current' END,
            (SELECT max(g.confidence) FROM main.facts g WHERE g.leader = f.record),
            (SELECT count(*) FROM main.facts g WHERE g.leader = f.record), r.origin,
            (SELECT s.id FROM main.records s WHERE s.record = f.successor)
            FROM main.facts f JOIN main.records r ON r.record = f.record WHERE f.scope = {{scope}}
            AND f.verdict IN ('holds', 'uncertain', 'retracted') AND f.leader = f.record
            AND r.origin IN {_TRUSTED}""",
    ),
    "claims": (
        "id, subject, attribute, value, unit, mood, starts, ends, said, confidence, origin, fact",
        f"""SELECT r.id, f.subject, f.attribute, f.value, f.unit, f.mood, {_ISO.format("f.starts")},
            {_ISO.format("f.ends")}, {_ISO.format("f.said")}, f.confidence, r.origin,
            (SELECT l.id FROM main.records l WHERE l.record = f.leader)
            FROM main.facts f JOIN main.records r ON r.record = f.record
            WHERE f.scope = {{scope}}""",
    ),
    "turns": (
        "id, text, speaker, role, session, said, origin, archived",
        f"""SELECT id, text, speaker, role, session, {_ISO.format("at")}, origin,
            archived IS NOT NULL FROM main.records WHERE scope = {{scope}} AND kind = 'turn'""",
    ),
    "memories": (
        "id, kind, text, speaker, session, said, origin, archived, metadata",
        f"""SELECT id, kind, text, speaker, session, {_ISO.format("at")}, origin,
            archived IS NOT NULL, metadata FROM main.records
            WHERE scope = {{scope}} AND kind != 'turn'""",
    ),
    "sources": (
        "memory, turn, start, stop",
        """SELECT m.id, t.id, s.start, s.stop FROM main.records m
            JOIN main.sources s ON s.memory = m.record JOIN main.records t ON t.record = s.turn
            WHERE m.scope = {scope} AND t.scope = {scope}""",
    ),
}
"""The columns of each view, and what it reads; moments are ISO 8601 text in UTC."""

_ALLOWED: Final = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
_FORBIDDEN_FUNCTIONS: Final = frozenset({"load_extension", "fts3_tokenizer"})
_LONGEST: Final = 1 << 24
"""Bytes of one value that a query may build."""
_STEPS: Final = 1000


def select(
    db: sqlite3.Connection, scope: int, now: int, query: str,
    values: Sequence[Any] | Mapping[str, Any], *, most: int, milliseconds: float,
) -> Table:  # fmt: skip
    """The rows of one query over the views of a scope, in the transaction that is open on `db`.

    Raises `InvalidInput` for what is not one query, reads anything else, or takes too long.
    """
    token = secrets.token_hex(8)
    ending = f"\n-- {token}"
    for name, (shown, body) in VIEWS.items():
        filled = body.format(scope=int(scope), now=int(now))
        db.execute(f'CREATE TEMP VIEW "{token}_{name}" ({shown}) AS {filled}')
        db.execute(f'CREATE TEMP VIEW "{name}" AS SELECT * FROM temp."{token}_{name}"')
    deadline = time.monotonic() + milliseconds / 1000
    before = db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    db.set_authorizer(_authorizer(token))
    db.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    try:
        cursor = db.execute(query + ending, values)
        if cursor.description is None:
            raise InvalidInput("The query gives no rows; only SELECT, WITH and VALUES are run.")
        rows = cursor.fetchmany(most + 1)
        # SQLite calls a column that has no name by the text from it to the end.
        columns = tuple(column[0].removesuffix(ending) for column in cursor.description)
        cursor.close()
    except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
        raise _refused(error, milliseconds) from error
    finally:
        db.set_progress_handler(None, 0)
        db.set_authorizer(None)
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, before)
    return Table(columns, tuple(map(tuple, rows[:most])), len(rows) > most)


def _authorizer(token: str) -> Any:
    inner = {f"{token}_{name}" for name in VIEWS}
    views = inner.union(VIEWS)

    def authorize(
        action: int, first: str | None, second: str | None, where: str | None, view: str | None
    ) -> int:
        allowed = action in _ALLOWED and second not in _FORBIDDEN_FUNCTIONS
        if action == sqlite3.SQLITE_READ:
            allowed = view in inner or (where == "temp" and first in views)
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    return authorize


def _refused(error: Exception, milliseconds: float) -> InvalidInput:
    text = str(error)
    if "interrupted" in text:
        return InvalidInput(
            f"The query took longer than {milliseconds:g} ms and was stopped; narrow it, or give "
            "more time with timeout_ms."
        )
    if "prohibited" in text or "not authorized" in text:
        tables = ", ".join(VIEWS)
        return InvalidInput(
            f"The query was refused ({text}): it may read {tables}, and change nothing. The rows "
            "of a WITH are counted by a column, not by *."
        )
    views = f" The views are {described()}." if "no such" in text else ""
    return InvalidInput(f"The query cannot be run: {text.rstrip('.')}.{views}")


def described() -> str:
    """Every view with its columns."""
    return "; ".join(f"{name}({columns})" for name, (columns, _) in VIEWS.items())
