"""Counts that tell how a store is doing."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from memkit.storage.standing import TURNS

_LIVE: Final = "archived IS NULL AND origin != 'echo'"


class Vitals:
    """Counts over all scopes of one transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def live(self) -> int:
        """Live records of any kind, echoes apart."""
        return self._number(f"SELECT count(*) FROM records WHERE {_LIVE}")

    def live_turns(self) -> int:
        """Live turns, and digests that stand for some."""
        return self._number(f"SELECT count(*) FROM records WHERE {_LIVE} AND {TURNS}")

    def added_since(self, moment: int) -> int:
        """Turns that were stored since a moment."""
        return self._number(
            "SELECT count(*) FROM records WHERE kind = 'turn' AND added >= ?", moment
        )

    def repeated(self) -> int:
        """Live turns that say word for word what another one of the same speaker says."""
        return self._number(
            "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM records"
            f" WHERE {_LIVE} AND kind = 'turn' GROUP BY scope, speaker, digest)"
        )

    def unused(self, before: int) -> int:
        """Live turns that were said before a moment and never retrieved, shown or judged."""
        return self._number(
            f"SELECT count(*) FROM records r WHERE {_LIVE} AND {TURNS} AND at < ?"
            " AND NOT EXISTS (SELECT 1 FROM uses u WHERE u.record = r.record"
            " AND retrieved + shown + useful + useless > 0)",
            before,
        )

    def stale(self) -> int:
        """Live derived records all of whose sources were forgotten by request."""
        return self._number(
            "SELECT count(*) FROM records m WHERE m.archived IS NULL AND m.kind != 'turn'"
            " AND NOT EXISTS (SELECT 1 FROM sources s JOIN records t ON t.record = s.turn"
            " WHERE s.memory = m.record AND (t.archived IS NULL OR t.standing != 0))"
        )

    def facts(self) -> tuple[int, int]:
        """Facts that hold with no end, and how many of these are uncertain."""
        row = self._db.execute(
            "SELECT count(*), coalesce(sum(verdict = 'uncertain'), 0) FROM facts"
            " WHERE verdict IN ('holds', 'uncertain') AND until IS NULL AND leader = record"
        ).fetchone()
        return int(row[0]), int(row[1])

    def conflicts(self) -> int:
        """Live records of claims that contradict one another."""
        return self._number(
            "SELECT count(*) FROM records WHERE kind = 'conflict' AND archived IS NULL"
        )

    def without_vector(self, space: int) -> int:
        """Live records that a search by vector cannot find."""
        return self._number(
            f"SELECT count(*) FROM records r WHERE {_LIVE} AND NOT EXISTS"
            " (SELECT 1 FROM vectors v WHERE v.space = ? AND v.record = r.record)",
            space,
        )

    def _number(self, query: str, *values: Any) -> int:
        return int(self._db.execute(query, values).fetchone()[0])
