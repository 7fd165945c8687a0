"""Typed, weighted edges between records, and which journal entries made them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

_SAME: Final = 0.005
"""Weights that differ by less are one: the same cosine comes out a little otherwise every time."""


class Edge(NamedTuple):
    """An edge between two records."""

    source: int
    target: int
    kind: str
    weight: float


class Relink(NamedTuple):
    """What an entry did to one edge; a weight of None: there is no such edge."""

    source: int
    target: int
    kind: str
    before: float | None
    after: float | None


class Links:
    """The edges of one transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def of(self, record: int) -> list[Edge]:
        """The edges of one record in either direction."""
        rows = self._db.execute(
            "SELECT source, target, kind, weight FROM links WHERE source = ?1 OR target = ?1"
            " ORDER BY source, target, kind",
            (record,),
        )
        return [Edge(*row) for row in rows]

    def of_kind(self, scope: int, kind: str) -> list[Edge]:
        """The edges of that kind between live records of a scope."""
        rows = self._db.execute(
            "SELECT l.source, l.target, l.kind, l.weight FROM links l"
            " JOIN records s ON s.record = l.source JOIN records t ON t.record = l.target"
            " WHERE s.scope = ? AND l.kind = ? AND s.archived IS NULL AND t.archived IS NULL"
            " ORDER BY l.source, l.target",
            (scope, kind),
        )
        return [Edge(*row) for row in rows]

    def between_live(self, scope: int) -> list[tuple[str, str, str, float]]:
        """(source id, target id, kind, weight) of every edge between live records of a scope."""
        return self._db.execute(
            "SELECT s.id, t.id, l.kind, l.weight FROM links l"
            " JOIN records s ON s.record = l.source JOIN records t ON t.record = l.target"
            " WHERE s.scope = ?1 AND t.scope = ?1 AND s.archived IS NULL AND t.archived IS NULL"
            " ORDER BY l.source, l.target, l.kind",
            (scope,),
        ).fetchall()

    def fresh(self, edges: Iterable[Edge]) -> list[Relink]:
        """What would change if these edges were there, each with its weight."""
        wanted = {edge[:3]: edge.weight for edge in edges}
        found = []
        for (source, target, kind), weight in wanted.items():
            row = self._db.execute(
                "SELECT weight FROM links WHERE source = ? AND target = ? AND kind = ?",
                (source, target, kind),
            ).fetchone()
            if row is None or abs(row[0] - weight) > _SAME:
                found.append(Relink(source, target, kind, row[0] if row else None, weight))
        return found

    def apply(self, entry: int, changes: Sequence[Relink]) -> None:
        """Make these changes, noted under a journal entry."""
        self._db.executemany(
            "DELETE FROM links WHERE source = ? AND target = ? AND kind = ?",
            [change[:3] for change in changes],
        )
        self._db.executemany(
            "INSERT INTO links (source, target, kind, weight) VALUES (?, ?, ?, ?)",
            [(*change[:3], change.after) for change in changes if change.after is not None],
        )
        self._db.executemany(
            "INSERT INTO link_changes (entry, source, target, kind, before, after)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [(entry, *change) for change in changes],
        )

    def changes(self, entry: int) -> list[Relink]:
        """What an entry did to edges between records that are still there."""
        rows = self._db.execute(
            "SELECT source, target, kind, before, after FROM link_changes WHERE entry = ?"
            " ORDER BY source, target, kind",
            (entry,),
        )
        return [Relink(*row) for row in rows]
