"""What stands around the records: settings, scopes, journal, uses, vectors, cursors."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from memkit.models import JournalEntry
from memkit.storage.records import kept_json, kept_moment, require_ascending


class ScopeState(NamedTuple):
    """A scope's counters: see the `scopes` table."""

    scope: int
    last: int
    revision: int
    epoch: int
    numbered: int


class Use(NamedTuple):
    """How often a record was retrieved, shown, useful and useless; when last (UTC microseconds).

    `recent` holds the latest uses, see `events`.
    """

    retrieved: int = 0
    shown: int = 0
    useful: int = 0
    useless: int = 0
    last: int | None = None
    recent: str = ""

    @property
    def events(self) -> list[tuple[int, str]]:
        """(moment, counter) of the latest uses, in the order they were noted."""
        return [
            (int(self.recent[place : place + EVENT - 1]), _KINDS[self.recent[place + EVENT - 1]])
            for place in range(0, len(self.recent) - EVENT + 1, EVENT)
        ]


_LETTERS: Final = {"retrieved": "r", "shown": "s", "useful": "u", "useless": "x"}
_KINDS: Final = {letter: name for name, letter in _LETTERS.items()}
EVENT: Final = 21
"""Characters of one use in `recent`."""
_CONSOLIDATOR: Final = "consolidator "
"""Before the names of consolidators among those of extractors."""
_TOGETHER: Final = 100
"""Judged at once, they are tied to each other."""
_EVENTS: Final = 16
"""So many of the latest uses are known by their moments."""


class Settings:
    """Names and values that every opener of the file must agree on."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, name: str) -> str | None:
        """The value, or None when it was never set."""
        row = self._db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set(self, name: str, value: str) -> None:
        """Set a value."""
        self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def all(self) -> dict[str, str]:
        """Every setting."""
        return dict(self._db.execute("SELECT name, value FROM settings ORDER BY name"))


class Scopes:
    """Whose memory: canonical JSON keys, compared by equality only."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def find(self, keys: str) -> ScopeState | None:
        """The scope with exactly these keys."""
        row = self._db.execute(
            "SELECT scope, last, revision, epoch, numbered FROM scopes WHERE keys = ?", (keys,)
        ).fetchone()
        return ScopeState(*row) if row else None

    def numbered(self, scope: int) -> ScopeState | None:
        """The scope of that number."""
        row = self._db.execute(
            "SELECT scope, last, revision, epoch, numbered FROM scopes WHERE scope = ?", (scope,)
        ).fetchone()
        return ScopeState(*row) if row else None

    def ensure(self, keys: str, number: int | None = None) -> ScopeState:
        """The scope with exactly these keys, made (with this number) if it does not exist."""
        self._db.execute(
            "INSERT INTO scopes (scope, keys) VALUES (?, ?) ON CONFLICT (keys) DO NOTHING",
            (number, keys),
        )
        found = self.find(keys)
        assert found is not None
        return found

    def list(self) -> list[tuple[int, dict[str, str]]]:
        """(number, keys) of every scope in the order of their making."""
        rows = self._db.execute("SELECT scope, keys FROM scopes ORDER BY scope")
        return [(scope, kept_json(keys)) for scope, keys in rows]

    def appended(self, scope: int, last: int, numbered: int) -> None:
        """Note the newest record, and the last id made up."""
        self._db.execute(
            "UPDATE scopes SET last = ?, numbered = ? WHERE scope = ?", (last, numbered, scope)
        )

    def revised(self, scope: int) -> None:
        """Note that records that are there changed their standing."""
        self._db.execute("UPDATE scopes SET revision = revision + 1 WHERE scope = ?", (scope,))

    def rebuilt(self, scope: int | None = None) -> None:
        """Note that what was derived from a scope, or from every one, must be made again."""
        where, values = ("scope = ?", (scope,)) if scope is not None else ("1", ())
        self._db.execute(f"UPDATE scopes SET epoch = epoch + 1 WHERE {where}", values)

    def delete(self, scope: int) -> int:
        """Remove a scope without records: its journal, cursors and keys; how many entries."""
        self._db.execute(
            "DELETE FROM changes WHERE entry IN (SELECT entry FROM journal WHERE scope = ?)",
            (scope,),
        )
        entries = self._db.execute("DELETE FROM journal WHERE scope = ?", (scope,)).rowcount
        for table in ("facts", "quarantine", "cursors", "scopes"):
            self._db.execute(f"DELETE FROM {table} WHERE scope = ?", (scope,))
        return entries


class Journal:
    """Every change, in order, with what is needed to take it back."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def write(
        self, scope: int, at: int, action: str, *, reason: str = "",
        span: tuple[int, int] | None = None, undoes: int | None = None,
    ) -> int:  # fmt: skip
        """Add an entry; `span` is the first and last record it appended. Returns its number."""
        first, last = span or (None, None)
        cursor = self._db.execute(
            "INSERT INTO journal (scope, at, action, reason, first, last, undoes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (scope, at, action, reason, first, last, undoes),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def note(
        self, entry: int, field: str, changes: Iterable[tuple[int, int | None, int | None]]
    ) -> None:
        """Add to an entry the (record, before, after) of a field it changed."""
        self._db.executemany(
            "INSERT INTO changes (entry, record, field, before, after) VALUES (?, ?, ?, ?, ?)",
            [(entry, record, field, before, after) for record, before, after in changes],
        )

    def changes(self, entry: int) -> list[tuple[int, str, int | None, int | None]]:
        """(record, field, before, after) of an entry, ascending."""
        return self._db.execute(
            "SELECT record, field, before, after FROM changes WHERE entry = ?"
            " ORDER BY record, field",
            (entry,),
        ).fetchall()

    def span(self, entry: int) -> tuple[int, int] | None:
        """The first and last record that an entry appended."""
        row = self._db.execute(
            "SELECT first, last FROM journal WHERE entry = ?", (entry,)
        ).fetchone()
        return (row[0], row[1]) if row and row[0] is not None else None

    def entries(
        self, scope: int, *, entry: int | None = None, record: int | None = None,
        after: int = 0, limit: int = -1,
    ) -> list[JournalEntry]:  # fmt: skip
        """Entries in order: one by number, those that touched a record, or all beyond `after`."""
        where, values = "entry > ?", [after]
        if entry is not None:
            where, values = "entry = ?", [entry]
        elif record is not None:
            where = (
                "(first <= ? AND last >= ?) OR entry IN"
                " (SELECT entry FROM changes WHERE record = ? UNION SELECT entry FROM link_changes"
                " WHERE source = ? OR target = ?)"
            )
            values = [record] * 5
        rows = self._db.execute(
            "SELECT entry, at, action, reason, undoes, first, last,"
            " (SELECT max(u.entry) FROM journal u WHERE u.undoes = j.entry) FROM journal j"
            f" WHERE scope = ? AND ({where}) ORDER BY entry LIMIT ?",
            (scope, *values, limit),
        ).fetchall()
        return [
            JournalEntry(
                number, kept_moment(at), action, reason,
                self._touched(scope, number, first, last), undoes, undone_by,
            )
            for number, at, action, reason, undoes, first, last, undone_by in rows
        ]  # fmt: skip

    def newest(self) -> int:
        """The last entry of any scope; 0 without one."""
        found = self._db.execute("SELECT max(entry) FROM journal").fetchone()
        return found[0] or 0

    def has_since(self, scope: int, entry: int, action: str) -> bool:
        """Whether an act of that kind is in the journal of a scope beyond an entry."""
        found = self._db.execute(
            "SELECT 1 FROM journal WHERE entry > ? AND +scope = ? AND action = ? LIMIT 1",
            (entry, scope, action),
        ).fetchone()
        return found is not None

    def useful_together(self, scope: int) -> list[tuple[str, str, int]]:
        """(id, id, times) of live records that were judged useful at once; not if it was undone.

        What was undone, and brought back by undoing that, counts again. Who finds more than a
        hundred of use at once says little of any two, and there would be too many pairs of them.
        """
        return self._db.execute(
            "WITH RECURSIVE undone (told, entry, times) AS"
            " (SELECT j.entry, u.entry, 1 FROM journal j JOIN journal u ON u.undoes = j.entry"
            " WHERE j.scope = ?1 AND j.action = 'feedback' UNION ALL"
            " SELECT told, u.entry, times + 1"
            " FROM undone JOIN journal u ON u.undoes = undone.entry)"
            " SELECT x.id, y.id, count(*) FROM journal j"
            " JOIN changes a ON a.entry = j.entry AND a.field = 'useful'"
            " JOIN changes b ON b.entry = j.entry AND b.field = 'useful' AND b.record > a.record"
            " JOIN records x ON x.record = a.record JOIN records y ON y.record = b.record"
            " WHERE j.scope = ?1 AND j.action = 'feedback'"
            " AND j.entry NOT IN (SELECT told FROM undone GROUP BY told HAVING max(times) % 2)"
            " AND (SELECT count(*) FROM changes c WHERE c.entry = j.entry AND c.field = 'useful')"
            f" <= {_TOGETHER}"
            " AND x.archived IS NULL AND y.archived IS NULL"
            " GROUP BY a.record, b.record ORDER BY a.record, b.record",
            (scope,),
        ).fetchall()

    def judged_until(self, scope: int) -> int:
        """The last entry of a scope that judged records, or took something back; 0 without one."""
        found = self._db.execute(
            "SELECT max(entry) FROM journal WHERE scope = ? AND action IN ('feedback', 'undo')",
            (scope,),
        ).fetchone()
        return found[0] or 0

    def forget_records(self, scope: int, numbers: Sequence[int]) -> int:
        """Blank the reasons of all entries that touched these records; returns how many.

        `numbers` ascend. Called before the records are deleted: a reason is free text and may
        quote them.
        """
        touched = {
            entry
            for entry, first, last in self._db.execute(
                "SELECT entry, first, last FROM journal"
                " WHERE scope = ? AND reason != '' AND first IS NOT NULL",
                (scope,),
            )
            if any_between(numbers, first, last)
        }
        for number in numbers:
            touched.update(
                row[0]
                for row in self._db.execute(
                    "SELECT entry FROM journal WHERE reason != '' AND entry IN"
                    " (SELECT entry FROM changes WHERE record = ?1 UNION SELECT entry"
                    " FROM link_changes WHERE source = ?1 OR target = ?1)",
                    (number,),
                )
            )
        self._db.executemany(
            "UPDATE journal SET reason = '' WHERE entry = ?", [(entry,) for entry in touched]
        )
        return len(touched)

    def _touched(
        self, scope: int, entry: int, first: int | None, last: int | None
    ) -> tuple[str, ...]:
        # CROSS JOIN keeps the order; SQLite would rather begin with every record of the scope.
        rows = self._db.execute(
            "SELECT record, id FROM records WHERE scope = ?1 AND record BETWEEN ?2 AND ?3"
            " UNION SELECT r.record, r.id FROM changes c"
            " CROSS JOIN records r ON r.record = c.record WHERE c.entry = ?4 AND r.scope = ?1"
            " UNION SELECT r.record, r.id FROM link_changes c"
            " CROSS JOIN records r ON r.record IN (c.source, c.target)"
            " WHERE c.entry = ?4 AND r.scope = ?1 ORDER BY 1",
            (scope, first if first is not None else 0, last if last is not None else -1, entry),
        )
        return tuple(row[1] for row in rows)


def any_between(numbers: Sequence[int], first: int, last: int) -> bool:
    """Whether one of these ascending numbers lies in [first, last]."""
    place = bisect_left(numbers, first)
    return place < len(numbers) and numbers[place] <= last


class Uses:
    """Counters of what became of a record after it was found."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, field: str, counts: Mapping[int, int], at: int) -> None:
        """Add to one counter (`retrieved`, `shown`, `useful`, `useless`) of each record.

        Records that were erased meanwhile are passed over.
        """
        assert field in _LETTERS
        self._db.executemany(
            f"INSERT INTO uses (record, {field}, last, recent)"
            " SELECT record, ?2, ?3, ?4 FROM records WHERE record = ?1"
            f" ON CONFLICT (record) DO UPDATE SET {field} = {field} + ?2,"
            " last = max(coalesce(last, ?3), ?3),"
            f" recent = substr(recent || ?4, -{EVENT * _EVENTS})",
            [(record, count, at, _event(field, at)) for record, count in counts.items()],
        )

    def take_back(self, field: str, record: int, at: int) -> None:
        """Undo one use that was noted at a moment."""
        assert field in _LETTERS
        row = self._db.execute(
            "SELECT retrieved, shown, useful, useless, last, recent FROM uses WHERE record = ?",
            (record,),
        ).fetchone()
        if row is None:
            return
        before = Use(*row)
        recent = before.recent.replace(_event(field, at), "", 1)
        known = [at for at, _ in Use(recent=recent).events]
        last = max(known, default=before.last if sum(before[:4]) > 1 else None)
        self._db.execute(
            f"UPDATE uses SET {field} = {field} - 1, recent = ?, last = ? WHERE record = ?",
            (recent, last, record),
        )

    def bring_back(self, field: str, record: int, at: int) -> None:
        """Count a use again that was undone, among the others in the order of their moments."""
        self.add(field, {record: 1}, at)
        row = self._db.execute("SELECT recent FROM uses WHERE record = ?", (record,)).fetchone()
        if row is not None:
            events = sorted(Use(recent=row[0]).events, key=lambda event: event[0])
            recent = "".join(_event(kind, moment) for moment, kind in events)
            self._db.execute("UPDATE uses SET recent = ? WHERE record = ?", (recent, record))

    def of(self, scope: int) -> dict[int, Use]:
        """The counters of all records of a scope that have any."""
        rows = self._db.execute(
            "SELECT u.record, retrieved, shown, useful, useless, last, recent FROM uses u"
            " JOIN records r ON r.record = u.record WHERE r.scope = ?",
            (scope,),
        )
        return {row[0]: Use(*row[1:]) for row in rows}


def _event(field: str, at: int) -> str:
    return f"{at:+020d}{_LETTERS[field]}"


class Vectors:
    """What an embedder made of each record, one space per embedder identity."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def space(self, identity: str) -> int | None:
        """The number of an embedder's space, or None."""
        row = self._db.execute("SELECT space FROM spaces WHERE identity = ?", (identity,))
        found = row.fetchone()
        return found[0] if found else None

    def ensure_space(self, identity: str, dim: int, form: str) -> int:
        """The number of an embedder's space, made if it does not exist."""
        self._db.execute(
            "INSERT OR IGNORE INTO spaces (identity, dim, form) VALUES (?, ?, ?)",
            (identity, dim, form),
        )
        found = self.space(identity)
        assert found is not None
        return found

    def spaces(self) -> list[tuple[int, str, int, str, int]]:
        """(number, identity, dim, form, vectors stored) of every space."""
        return self._db.execute(
            "SELECT s.space, identity, dim, form, count(v.record) FROM spaces s"
            " LEFT JOIN vectors v ON v.space = s.space GROUP BY s.space"
        ).fetchall()

    def insert(self, space: int, rows: Iterable[tuple[int, bytes]]) -> None:
        """Store (record, data); an older vector of the record in that space is replaced."""
        self._db.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            [(space, record, data) for record, data in rows],
        )

    def missing(
        self, space: int, after: int, last: int, limit: int
    ) -> list[tuple[int, str | None, str]]:
        """(record, speaker, text) of records without a vector: beyond `after`, up to `last`."""
        found = self._db.execute(
            "SELECT record, speaker, text FROM records r WHERE record > ? AND record <= ?"
            " AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.space = ? AND v.record = r.record)"
            " ORDER BY record LIMIT ?",
            (after, last, space, limit),
        ).fetchall()
        require_ascending([row[0] for row in found], after)
        return found

    def stored(self, space: int) -> int:
        """The number of vectors in a space."""
        return int(
            self._db.execute("SELECT count(*) FROM vectors WHERE space = ?", (space,)).fetchone()[0]
        )

    def missing_span(self, space: int) -> tuple[int, int]:
        """The number of records without a vector in a space, and the newest of them (or 0)."""
        found: tuple[int, int] = self._db.execute(
            "SELECT count(*), coalesce(max(record), 0) FROM records r WHERE NOT EXISTS"
            " (SELECT 1 FROM vectors v WHERE v.space = ? AND v.record = r.record)",
            (space,),
        ).fetchone()
        return found

    def insert_alive(self, space: int, rows: Iterable[tuple[int, bytes]]) -> None:
        """Store (record, data) of the records that were not erased meanwhile."""
        self._db.executemany(
            "INSERT OR REPLACE INTO vectors SELECT ?1, record, ?3 FROM records WHERE record = ?2",
            [(space, record, data) for record, data in rows],
        )

    def drop_other_spaces(self, space: int) -> None:
        """Remove every space but one, with its vectors."""
        self._db.execute("DELETE FROM vectors WHERE space != ?", (space,))
        self._db.execute("DELETE FROM spaces WHERE space != ?", (space,))


class Cursors:
    """How far each extractor has read each scope."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, scope: int, extractor: str) -> tuple[int, int] | None:
        """(version, last record read), or None for an extractor that never ran here."""
        found: tuple[int, int] | None = self._db.execute(
            "SELECT version, record FROM cursors WHERE scope = ? AND extractor = ?",
            (scope, extractor),
        ).fetchone()
        return found

    def set(self, scope: int, extractor: str, version: int, record: int) -> None:
        """Move a cursor."""
        self._db.execute(
            "INSERT OR REPLACE INTO cursors (scope, extractor, version, record)"
            " VALUES (?, ?, ?, ?)",
            (scope, extractor, version, record),
        )

    def rested(self, state: ScopeState, consolidator: str, version: int) -> bool:
        """Whether a consolidator found nothing to do in the scope as it still stands."""
        found = self._db.execute(
            "SELECT version, record, revision FROM cursors WHERE scope = ? AND extractor = ?",
            (state.scope, _CONSOLIDATOR + consolidator),
        ).fetchone()
        return found is not None and tuple(found) == (
            version, state.last, state.revision + state.epoch,
        )  # fmt: skip

    def rest(self, state: ScopeState, consolidator: str, version: int) -> None:
        """Note that a consolidator found nothing to do in the scope as it stands."""
        self._db.execute(
            "INSERT OR REPLACE INTO cursors (scope, extractor, version, record, revision)"
            " VALUES (?, ?, ?, ?, ?)",  # both numbers only ever rise
            (
                state.scope,
                _CONSOLIDATOR + consolidator,
                version,
                state.last,
                state.revision + state.epoch,
            ),
        )

    def rewind(self, scope: int, extractors: Iterable[str]) -> None:
        """Make these extractors read the scope from its beginning."""
        self._db.executemany(
            "DELETE FROM cursors WHERE scope = ? AND extractor = ?",
            [(scope, name) for name in extractors],
        )
