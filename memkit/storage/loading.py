"""JSON lines of an export, taken into a file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import ValidationError

from memkit.dates import moment, offset_seconds, to_micros
from memkit.errors import ConflictingTurn, InvalidInput
from memkit.storage.dumping import TABLES, VERSION, Line
from memkit.storage.facts import Facts
from memkit.storage.ledger import Scopes
from memkit.storage.lines import LINES, EntryLine, RecordLine, ScopeLine
from memkit.storage.records import NewRecord, Records, metadata_json
from memkit.storage.standing import Standing, Standings
from memkit.text import digest, record_terms

_RECORD_COLUMNS: Final = frozenset({"memory", "turn", "source", "target", "record"})


def load(db: sqlite3.Connection, lines: Iterable[Line]) -> int:
    """Add the lines of an export to a file; how many records are new."""
    loading = _Loading(db)
    for place, line in enumerate(lines, 1):
        try:
            loading.take(line)
        except KeyError as error:
            raise InvalidInput(
                f"Line {place} of the export refers to number {error}, which no line before it "
                "has. Nothing was imported."
            ) from error
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in fault["loc"])
            raise InvalidInput(
                f"Line {place} is not of a memkit export ({where}: {fault['msg']}). "
                "Nothing was imported."
            ) from error
    loading.finish()
    return loading.new_records


class _Loading:
    """Old numbers to new ones, as the lines come by: referents stand before references."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._records, self._standings = Records(db), Standings(db)
        self._scopes: dict[int, int] = {}
        self._numbers: dict[int, int] = {}
        self._entries: dict[int, int] = {}
        self._matched: set[int] = set()
        self._highest = 0
        # An empty file takes the numbers of the export, so that journal ids stay what they were.
        self._fresh = all(
            db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None
            for table in ("scopes", "records", "journal")
        )
        self._own = False  # an export of what left this very file, which takes up its numbers
        self._moved = False
        self._journal: dict[tuple[Any, ...], list[tuple[int, int | None, int | None]]] = {}
        for *act, entry, first, last in db.execute(
            "SELECT scope, at, action, reason, undoes, entry, first, last FROM journal"
        ):
            self._journal.setdefault(tuple(act), []).append((entry, first, last))
        self._seen_header = False
        self.new_records = 0

    def take(self, line: Line) -> None:
        kind = line.get("type")
        if kind == "memkit":
            _require_version(line)
            self._seen_header = True
            self._moved = "store" in line
            self._own = not self._fresh and self._moved and line["store"] == self._name()
        elif not self._seen_header:
            raise InvalidInput("This is not a memkit export: its first line names no version.")
        elif kind == "scope":
            self._take_scope(ScopeLine.model_validate(line))
        elif kind == "record":
            self._take_record(RecordLine.model_validate(line))
        elif kind == "entry":
            self._take_entry(EntryLine.model_validate(line))
        elif kind in LINES:
            self._take_row(kind, LINES[kind].model_validate(line).model_dump(exclude={"type"}))
        else:
            raise InvalidInput(
                f"Unknown line of type {kind!r} in the export; nothing was imported."
            )

    def finish(self) -> None:
        if not self._seen_header:
            raise InvalidInput("The export is empty: it holds no line with its version.")
        if self._fresh and self._highest:  # numbers of erased records are never given out again
            self._db.execute("DELETE FROM sqlite_sequence WHERE name = 'records'")
            self._db.execute("INSERT INTO sqlite_sequence VALUES ('records', ?)", (self._highest,))
        for scope in self._scopes.values():
            self._db.execute(
                "UPDATE scopes SET epoch = epoch + 1, last ="
                " coalesce((SELECT max(record) FROM records WHERE scope = ?1), 0) WHERE scope = ?1",
                (scope,),
            )
            Facts(self._db).rebuild(scope)

    def _take_scope(self, line: ScopeLine) -> None:
        keys = json.dumps(line.keys, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        state = Scopes(self._db).ensure(keys, line.scope if self._fresh else None)
        self._scopes[line.scope] = state.scope
        self._db.execute(
            "UPDATE scopes SET numbered = max(numbered, ?) WHERE scope = ?",
            (line.numbered, state.scope),
        )

    def _take_record(self, line: RecordLine) -> None:
        scope = self._scopes[line.scope]
        given = _new_record(line)
        known = self._records.by_ids(scope, [line.id]).get(line.id)
        if known is not None:
            if not known.holds(given):
                raise ConflictingTurn(
                    f"Record {line.id!r} is already stored with other content. "
                    "Nothing was imported."
                )
            self._numbers[line.record] = known.record
            return
        kept = line.record if self._fresh or self._own else None
        number = self._records.insert(scope, [given], line.added, kept)
        self._highest = max(self._highest, number)
        self._numbers[line.record] = number
        self.new_records += 1
        if line.archived is not None:
            self._standings.set([(number, Standing(line.archived, line.standing))])

    def _name(self) -> str | None:
        found = self._db.execute("SELECT value FROM settings WHERE name = 'store'").fetchone()
        return found[0] if found else None

    def _take_row(self, kind: str, values: dict[str, Any]) -> None:
        table, fields = TABLES[kind]
        if kind in ("link", "relink") and self._moved and not self._holds_ends(values):
            return  # the other end stayed in the store that this was moved out of
        for name in _RECORD_COLUMNS & set(fields):
            values[name] = (
                self._cursor(values[name]) if kind == "cursor" else self._numbers[values[name]]
            )
        if "scope" in values:
            values["scope"] = self._scopes[values["scope"]]
        if "entry" in values:
            values["entry"] = self._entries[values["entry"]]
        marks = ", ".join("?" * len(fields))
        self._db.execute(
            f"INSERT OR IGNORE INTO {table} ({', '.join(fields)}) VALUES ({marks})",
            [values[name] for name in fields],
        )

    def _holds_ends(self, values: Mapping[str, Any]) -> bool:
        """Whether both ends of an edge are here; those that stayed are, under their numbers."""
        for end in (values["source"], values["target"]):
            if end not in self._numbers and self._own and self._is_here(end):
                self._numbers[end] = end
        return {values["source"], values["target"]} <= self._numbers.keys()

    def _is_here(self, record: int) -> bool:
        found = self._db.execute("SELECT 1 FROM records WHERE record = ?", (record,))
        return found.fetchone() is not None

    def _cursor(self, record: int) -> int:
        """Where a cursor stands here; the record it stood at may have been erased."""
        self._highest = max(self._highest, record)
        if self._fresh:
            return record
        return max((new for old, new in self._numbers.items() if old <= record), default=0)

    def _take_entry(self, line: EntryLine) -> None:
        values = line.model_dump(exclude={"type", "entry"})
        values["scope"] = self._scopes[line.scope]
        if line.undoes is not None:
            values["undoes"] = self._undone(line.undoes)
        self._highest = max(self._highest, line.last or 0)
        if self._fresh or (self._own and not self._has_entry(line.entry)):
            self._entries[line.entry] = self._insert_entry({"entry": line.entry, **values})
            return
        if self._own:
            self._entries[line.entry] = line.entry
            return
        if line.first is not None and line.last is not None:
            span = self._span(line.first, line.last)
            values["first"], values["last"] = (span[0], span[-1]) if span else (None, None)
        entry = self._known_entry(values, spans=line.first is not None)
        entry = entry if entry is not None else self._insert_entry(values)
        self._entries[line.entry] = entry
        self._matched.add(entry)

    def _has_entry(self, entry: int) -> bool:
        found = self._db.execute("SELECT 1 FROM journal WHERE entry = ?", (entry,))
        return found.fetchone() is not None

    def _undone(self, entry: int) -> int | None:
        """The entry that is undone; None where it stayed in a store that this is not."""
        if entry not in self._entries and self._moved:
            return entry if self._own and self._has_entry(entry) else None
        return self._entries[entry]

    def _span(self, first: int, last: int) -> list[int]:
        numbers = range(first, last + 1)
        if len(numbers) > len(self._numbers):
            return sorted(new for old, new in self._numbers.items() if old in numbers)
        return sorted(self._numbers[old] for old in numbers if old in self._numbers)

    def _known_entry(self, values: Mapping[str, Any], *, spans: bool) -> int | None:
        """The same entry from an earlier import; of several equal ones the next.

        Its span may be wider than the one given: records in it may have been erased.
        """
        act = tuple(values[name] for name in ("scope", "at", "action", "reason", "undoes"))
        for entry, first, last in self._journal.get(act, ()):
            covers = values["first"] is None or (first or 0) <= values["first"] <= (last or 0)
            if entry not in self._matched and spans == (first is not None) and covers:
                return entry
        return None

    def _insert_entry(self, values: dict[str, Any]) -> int:
        cursor = self._db.execute(
            f"INSERT INTO journal ({', '.join(values)})"
            f" VALUES ({', '.join(f':{name}' for name in values)})",
            values,
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid


def _require_version(line: Line) -> None:
    if line.get("version") != VERSION:
        raise InvalidInput(
            f"The export has version {line.get('version')!r}; this memkit reads version {VERSION}."
        )


def _new_record(line: RecordLine) -> NewRecord:
    when = moment(line.when)
    return NewRecord(
        line.id, line.kind, to_micros(when), offset_seconds(when), line.speaker, line.role,
        line.session, line.origin, line.extractor, metadata_json(line.metadata), digest(line.text),
        record_terms(line.text, line.speaker), line.text,
    )  # fmt: skip
