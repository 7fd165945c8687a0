"""What models proposed: replies kept, their cost, and the records that did not hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from memkit.models import Quarantined, Spending
from memkit.storage.records import kept_moment


class Replies:
    """What models answered, by a digest of what they were asked."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, digest: bytes) -> str | None:
        """The reply kept under a digest."""
        row = self._db.execute("SELECT reply FROM replies WHERE digest = ?", (digest,)).fetchone()
        return row[0] if row else None

    def put(self, digest: bytes, reply: str, at: int) -> None:
        """Keep a reply, in the place of an older one."""
        self._db.execute("INSERT OR REPLACE INTO replies VALUES (?, ?, ?)", (digest, at, reply))

    def clear(self) -> None:
        """Drop every reply: each may quote what it was given. Noted, see `cleared`."""
        self._db.execute("DELETE FROM replies")
        self._db.execute(
            "INSERT INTO settings VALUES ('replies cleared', '1') ON CONFLICT (name)"
            " DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )

    def cleared(self) -> str:
        """Differs before and after a `clear`."""
        found = self._db.execute("SELECT value FROM settings WHERE name = 'replies cleared'")
        row = found.fetchone()
        return str(row[0]) if row else ""


class Expenses:
    """What each model has cost."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, model: str, more: Spending) -> None:
        """Add to what a model has cost."""
        self._db.execute(
            "INSERT INTO spending VALUES (?, ?, ?, ?, ?) ON CONFLICT (model) DO UPDATE SET"
            " calls = calls + excluded.calls,"
            " prompt_tokens = prompt_tokens + excluded.prompt_tokens,"
            " completion_tokens = completion_tokens + excluded.completion_tokens,"
            " cost = cost + excluded.cost",
            (model, more.calls, more.prompt_tokens, more.completion_tokens, more.cost),
        )

    def all(self) -> dict[str, Spending]:
        """The cost of each model, by name."""
        return {
            model: Spending(*counts)
            for model, *counts in self._db.execute("SELECT * FROM spending ORDER BY model")
        }


class Quarantine:
    """Records that were proposed and did not hold."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, scope: int, at: int, item: Sequence[str], turns: Iterable[int]) -> None:
        """Keep (extractor, kind, text, reason), once, with the turns it was for."""
        self._db.execute(
            "INSERT INTO quarantine (scope, at, extractor, kind, text, reason)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (scope, at, *item),
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO quarantine_turns SELECT item, ? FROM quarantine WHERE scope = ?"
            " AND extractor = ? AND kind = ? AND text = ? AND reason = ?",
            [(turn, scope, *item) for turn in turns],
        )

    def of(self, scope: int) -> list[Quarantined]:
        """Every item of a scope, oldest first."""
        turns: dict[int, list[str]] = {}
        for item, id in self._db.execute(
            "SELECT q.item, r.id FROM quarantine q JOIN quarantine_turns t ON t.item = q.item"
            " JOIN records r ON r.record = t.turn WHERE q.scope = ? ORDER BY q.item, t.turn",
            (scope,),
        ):
            turns.setdefault(item, []).append(id)
        rows = self._db.execute(
            "SELECT item, kind, text, reason, extractor, at FROM quarantine WHERE scope = ?"
            " ORDER BY item",
            (scope,),
        )
        return [
            Quarantined(
                item, kind, text, reason, extractor, kept_moment(at), tuple(turns.get(item, ()))
            )
            for item, kind, text, reason, extractor, at in rows
        ]

    def count(self) -> int:
        """How many items the file holds."""
        return int(self._db.execute("SELECT count(*) FROM quarantine").fetchone()[0])

    def drop_output(self, scope: int, extractor: str) -> None:
        """Remove what one extractor proposed in a scope."""
        self._delete("scope = ? AND extractor = ?", (scope, extractor))

    def drop_of_turns(self, numbers: Iterable[int]) -> None:
        """Remove every item that was made of one of these turns."""
        if self.count():
            for number in numbers:
                made = "item IN (SELECT item FROM quarantine_turns WHERE turn = ?)"
                self._delete(made, (number,))

    def _delete(self, where: str, values: Sequence[object]) -> None:
        items = self._db.execute(f"SELECT item FROM quarantine WHERE {where}", values).fetchall()
        self._db.executemany("DELETE FROM quarantine_turns WHERE item = ?", items)
        self._db.executemany("DELETE FROM quarantine WHERE item = ?", items)
