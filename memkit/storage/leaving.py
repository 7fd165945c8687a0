"""What can leave the file without anything that stays missing it: archived, and read by no other.

A turn goes only with every record that rests on it, and a record only with every turn that it
rests on: what stays can still be read to its sources, and what goes is whole by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, Final, Self

from memkit.storage.dumping import VERSION, lines_of
from memkit.storage.records import kept_json

_BY_RECORD: Final = {
    "use": "record IN leaving",
    "source": "memory IN leaving",
    "link": "source IN leaving OR target IN leaving",
    "change": "record IN leaving",
    "relink": "source IN leaving OR target IN leaving",
}
# Each span is looked up among the records, by their number. Joined the other way round, every
# record that goes was compared with every entry: a store of two years took minutes.
_GOING: Final = (
    "SELECT entry FROM changes WHERE record IN leaving UNION SELECT entry FROM link_changes"
    " WHERE source IN leaving OR target IN leaving UNION"
    " SELECT entry FROM journal j WHERE first IS NOT NULL AND EXISTS (SELECT 1 FROM leaving l"
    " CROSS JOIN records r ON r.record = l.record"
    " WHERE l.record BETWEEN j.first AND j.last AND r.scope = j.scope)"
)
_STAYING: Final = (
    "SELECT entry FROM changes WHERE record NOT IN leaving UNION SELECT entry FROM link_changes"
    " WHERE source NOT IN leaving OR target NOT IN leaving UNION"
    " SELECT entry FROM journal j WHERE first IS NOT NULL AND EXISTS (SELECT 1 FROM records r"
    " WHERE r.record BETWEEN j.first AND j.last AND r.scope = j.scope"
    " AND r.record NOT IN leaving)"
)
"""The entries that touch what goes, and what stays."""


class Leaving:
    """The records of one transaction that are to go; `with` it, or what it noted stays behind."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> Self:
        self._db.execute("CREATE TEMP TABLE leaving (record INTEGER PRIMARY KEY)")
        self._db.execute("CREATE TEMP TABLE done (entry INTEGER PRIMARY KEY)")
        return self

    def __exit__(self, kind: type[BaseException] | None, *exc: object) -> None:
        if kind is None:  # else the transaction takes them with it
            self._db.execute("DROP TABLE temp.leaving")
            self._db.execute("DROP TABLE temp.done")

    def choose(self, before: int) -> dict[int, list[int]]:
        """The records that can go of those archived before a moment, ascending, by scope."""
        self._db.execute(
            "INSERT INTO leaving SELECT record FROM records"
            " WHERE archived IS NOT NULL AND archived < ?",
            (before,),
        )
        while self._held_back("turn", "memory") + self._held_back("memory", "turn"):
            pass
        found: dict[int, list[int]] = {}
        for record, scope in self._db.execute(
            "SELECT r.record, r.scope FROM leaving l JOIN records r ON r.record = l.record"
            " ORDER BY r.record"
        ):
            found.setdefault(scope, []).append(record)
        if found:
            self._choose_entries()
        return found

    def lines(self, store: str) -> Iterator[Mapping[str, Any]]:
        """The lines of an export of what goes, with every journal entry that touched any of it.

        `store` is the name of the store: there the records take up their numbers again.
        """
        yield {"type": "memkit", "version": VERSION, "store": store}
        for scope, keys, numbered in self._db.execute(
            "SELECT scope, keys, numbered FROM scopes WHERE scope IN"
            " (SELECT r.scope FROM leaving l JOIN records r ON r.record = l.record) ORDER BY scope"
        ):
            yield {"type": "scope", "scope": scope, "keys": kept_json(keys), "numbered": numbered}
        for kind in ("record", "source", "link", "use", "entry", "change", "relink"):
            where = _BY_RECORD.get(kind, "record IN leaving")
            if kind == "entry":
                where = f"entry IN ({_GOING})"
            yield from lines_of(self._db, kind, where)

    def drop_entries(self) -> int:
        """Remove the journal entries of which nothing is left; how many. Records go after them."""
        for table in ("changes", "link_changes"):
            self._db.execute(f"DELETE FROM {table} WHERE entry IN done")
        return self._db.execute("DELETE FROM journal WHERE entry IN done").rowcount

    def _held_back(self, end: str, other: str) -> int:
        return self._db.execute(
            f"DELETE FROM leaving WHERE record IN (SELECT {end} FROM sources"
            f" WHERE {end} IN leaving AND {other} NOT IN leaving)"
        ).rowcount

    def _choose_entries(self) -> None:
        """Entries go that touched nothing that stays; and with one the one that it undid."""
        self._db.execute(
            f"INSERT INTO done SELECT entry FROM ({_GOING}) EXCEPT SELECT entry FROM ({_STAYING})"
        )
        while self._db.execute(
            "DELETE FROM done WHERE entry IN (SELECT entry FROM journal WHERE undoes NOT IN done)"
            " OR entry IN (SELECT undoes FROM journal WHERE entry NOT IN done"
            " AND undoes IS NOT NULL)"
        ).rowcount:
            pass
