"""How records stand: live, archived and why, and whether indexes hold them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

STANDINGS: Final = ("forgotten", "archived", "expired", "compressed", "repeated", "replaced")
"""Why a record is archived, by number. The first is by request; the others are by maintenance."""
FORGOTTEN, ARCHIVED, EXPIRED, COMPRESSED, REPEATED, REPLACED = range(len(STANDINGS))
DIGEST: Final = "digest"
"""The kind of the summaries that stand in the place of turns; indexes hold them among the turns."""
TURNS: Final = f"kind IN ('turn', '{DIGEST}')"
"""What indexes hold in their layer of turns."""
_HELD: Final = (
    "records INDEXED BY records_archived WHERE scope = ? AND archived IS NOT NULL AND dormant = 0"
)
"""Archived, and in the indexes still. Left to itself, SQLite would look at every live record."""
_DORMANT: Final = "records INDEXED BY records_dormant WHERE scope = ? AND dormant = 1"
_PAGE: Final = 400


class Standing(NamedTuple):
    """When a record was archived (UTC microseconds; None: live) and why (see `STANDINGS`)."""

    archived: int | None
    why: int = FORGOTTEN


LIVE: Final = Standing(None)


class Standings:
    """The columns of `records` that may change."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def set(self, standings: Iterable[tuple[int, Standing]]) -> bool:
        """Let each record stand so; whether indexes in memory must begin anew to hold them."""
        given = list(standings)
        waking = [record for record, standing in given if standing.archived is None]
        asleep = [record for page in _pages(waking) for record in self._dormant(page)]
        self._db.executemany(
            "UPDATE records SET archived = ?2, standing = ?3 WHERE record = ?1",
            [(record, *standing) for record, standing in given],
        )
        self._db.executemany(
            "UPDATE records SET dormant = 0 WHERE record = ?", [(record,) for record in asleep]
        )
        return bool(asleep)

    def archived(self, scope: int, *, dormant: bool = False) -> list[tuple[int, int, int]]:
        """(record, moment, why) of the archived rows that indexes hold, ascending; or of all."""
        found = self._db.execute(
            f"SELECT record, archived, standing FROM {_HELD} ORDER BY record",
            (scope,),
        ).fetchall()
        if dormant:
            found += self._db.execute(
                f"SELECT record, archived, standing FROM {_DORMANT}", (scope,)
            ).fetchall()
            found.sort()
        return found

    def faded(self, scope: int) -> int:
        """How many records maintenance has archived, but for those that others replaced."""
        by_need = f" AND standing NOT IN ({FORGOTTEN}, {REPLACED})"
        return self._count(_HELD + by_need, scope) + self._count(_DORMANT + by_need, scope)

    def counts(self, scope: int | None = None) -> dict[str, int]:
        """How many records are archived for each reason; reasons of none are left out."""
        where, values = ("scope = ? AND ", (scope,)) if scope is not None else ("", ())
        rows = self._db.execute(
            f"SELECT standing, count(*) FROM records WHERE {where}archived IS NOT NULL"
            " GROUP BY standing ORDER BY standing",
            values,
        )
        return {STANDINGS[why]: count for why, count in rows if why in range(len(STANDINGS))}

    def held(self, scope: int) -> tuple[int, int]:
        """How many records of a scope indexes hold, and how many of these are archived."""
        return self._count("records WHERE scope = ? AND dormant = 0", scope), self._count(
            _HELD, scope
        )

    def lay_dormant(self, scope: int) -> None:
        """Have indexes leave out what is archived now."""
        self._db.execute(
            "UPDATE records SET dormant = 1 WHERE scope = ? AND archived IS NOT NULL"
            " AND dormant = 0",
            (scope,),
        )

    def latest_dormant(self, scope: int) -> int | None:
        """When the last one of the records that indexes leave out was archived; None: no such."""
        found: tuple[int | None] = self._db.execute(
            f"SELECT max(archived) FROM {_DORMANT}", (scope,)
        ).fetchone()
        return found[0]

    def _count(self, which: str, scope: int) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {which}", (scope,)).fetchone()[0])

    def _dormant(self, page: Sequence[int]) -> list[int]:
        marks = ",".join("?" * len(page))
        rows = self._db.execute(
            f"SELECT record FROM records WHERE record IN ({marks}) AND dormant = 1", page
        )
        return [record for (record,) in rows]


def _pages(values: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(values), _PAGE):
        yield values[start : start + _PAGE]
