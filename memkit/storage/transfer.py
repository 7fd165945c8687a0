"""Everything in the file that cannot be made again, as JSON lines, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from memkit.dates import from_micros, moment, offset_seconds, to_micros
from memkit.errors import ConflictingTurn, InvalidInput
from memkit.storage.ledger import Scopes
from memkit.storage.records import NewRecord, Records, metadata_json
from memkit.text import digest, indexed_text, term_ids, terms

VERSION: Final = 1

_TABLES: Final = {
    "source": ("sources", ("memory", "turn", "start", "stop")),
    "link": ("links", ("source", "target", "kind", "weight")),
    "use": ("uses", ("record", "retrieved", "shown", "useful", "useless", "last")),
    "entry": (
        "journal", ("entry", "scope", "at", "action", "reason", "first", "last", "undoes"),
    ),
    "change": ("changes", ("entry", "record", "field", "before", "after")),
    "cursor": ("cursors", ("scope", "extractor", "version", "record")),
}  # fmt: skip
_RECORD_COLUMNS: Final = frozenset({"memory", "turn", "source", "target", "record"})

Line = Mapping[str, Any]


class Transfer:
    """Dump and load. Vectors, index terms and checksums are derived, and made anew."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def dump(self) -> Iterator[Line]:
        """One dict per scope, record, source, link, use, journal entry, change and cursor."""
        yield {"type": "memkit", "version": VERSION}
        for scope, keys, numbered in self._db.execute(
            "SELECT scope, keys, numbered FROM scopes ORDER BY scope"
        ):
            yield {"type": "scope", "scope": scope, "keys": json.loads(keys), "numbered": numbered}
        columns = (
            "record, scope, id, kind, archived, at, zone, added, speaker, role, session, origin,"
            " extractor, metadata, text"
        )
        names = [name.strip() for name in columns.split(",")]
        for row in self._db.execute(f"SELECT {columns} FROM records ORDER BY record"):
            yield _record_line(dict(zip(names, row, strict=True)))
        for kind, (table, fields) in _TABLES.items():
            order = ", ".join(fields[:2])
            for row in self._db.execute(
                f"SELECT {', '.join(fields)} FROM {table} ORDER BY {order}"
            ):
                yield {"type": kind, **dict(zip(fields, row, strict=True))}

    def load(self, lines: Iterable[Line]) -> int:
        """Add what `dump` gave to this file; how many records are new.

        A record that is there already, under its scope and id, must have the same content.
        """
        loading = _Loading(self._db)
        for place, line in enumerate(lines, 1):
            try:
                loading.take(line)
            except (KeyError, TypeError) as error:
                raise InvalidInput(
                    f"Line {place} is not of a memkit export ({type(error).__name__}: {error}). "
                    "Nothing was imported."
                ) from error
        loading.finish()
        return loading.new_records


def _record_line(row: dict[str, Any]) -> Line:
    when = from_micros(row.pop("at"), row.pop("zone")).isoformat()
    metadata = row.pop("metadata")
    line = {"type": "record", **row, "when": when}
    if metadata is not None:
        line["metadata"] = json.loads(metadata)
    return {key: value for key, value in line.items() if value is not None}


class _Loading:
    """Old numbers to new ones, as the lines come by: referents stand before references."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._records = Records(db)
        self._scopes: dict[int, int] = {}
        self._numbers: dict[int, int] = {}
        self._entries: dict[int, int] = {}
        self._seen_header = False
        self.new_records = 0

    def take(self, line: Line) -> None:
        kind = line["type"]
        if kind == "memkit":
            _require_version(line)
            self._seen_header = True
        elif not self._seen_header:
            raise InvalidInput("This is not a memkit export: its first line names no version.")
        elif kind == "scope":
            self._take_scope(line)
        elif kind == "record":
            self._take_record(line)
        elif kind in _TABLES:
            self._take_row(kind, line)
        else:
            raise InvalidInput(
                f"Unknown line of type {kind!r} in the export; nothing was imported."
            )

    def finish(self) -> None:
        if not self._seen_header:
            raise InvalidInput("The export is empty: it holds no line with its version.")
        for scope in self._scopes.values():
            self._db.execute(
                "UPDATE scopes SET epoch = epoch + 1, last ="
                " coalesce((SELECT max(record) FROM records WHERE scope = ?1), 0) WHERE scope = ?1",
                (scope,),
            )

    def _take_scope(self, line: Line) -> None:
        keys = json.dumps(line["keys"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        state = Scopes(self._db).ensure(keys)
        self._scopes[line["scope"]] = state.scope
        self._db.execute(
            "UPDATE scopes SET numbered = max(numbered, ?) WHERE scope = ?",
            (line["numbered"], state.scope),
        )

    def _take_record(self, line: Line) -> None:
        scope = self._scopes[line["scope"]]
        known = self._records.by_ids(scope, [line["id"]]).get(line["id"])
        if known is not None:
            if (known.text, known.kind, known.speaker) != (
                line["text"], line["kind"], line.get("speaker"),
            ):  # fmt: skip
                raise ConflictingTurn(
                    f"Record {line['id']!r} is already stored with other content. "
                    "Nothing was imported."
                )
            self._numbers[line["record"]] = known.record
            return
        number = self._records.insert(scope, [_new_record(line)], line["added"])
        self._numbers[line["record"]] = number
        self.new_records += 1
        if line.get("archived") is not None:
            self._records.set_archived([(line["archived"], number)])

    def _take_row(self, kind: str, line: Line) -> None:
        table, fields = _TABLES[kind]
        values = {name: line[name] for name in fields}
        for name in _RECORD_COLUMNS & set(fields):
            values[name] = self._numbers[values[name]] if values[name] else values[name]
        if "scope" in values:
            values["scope"] = self._scopes[values["scope"]]
        if kind == "entry":
            self._take_entry(values)
            return
        if kind == "change":
            values["entry"] = self._entries[values["entry"]]
        marks = ", ".join("?" * len(fields))
        self._db.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", list(values.values()))

    def _take_entry(self, values: dict[str, Any]) -> None:
        if values["first"] is not None:
            span = [
                self._numbers[number]
                for number in range(values["first"], values["last"] + 1)
                if number in self._numbers
            ]
            values["first"], values["last"] = (min(span), max(span)) if span else (None, None)
        if values["undoes"] is not None:
            values["undoes"] = self._entries[values["undoes"]]
        names = [name for name in values if name != "entry"]
        cursor = self._db.execute(
            f"INSERT INTO journal ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
            [values[name] for name in names],
        )
        assert cursor.lastrowid is not None
        self._entries[values["entry"]] = cursor.lastrowid


def _require_version(line: Line) -> None:
    if line["version"] != VERSION:
        raise InvalidInput(
            f"The export has version {line['version']!r}; this memkit reads version {VERSION}."
        )


def _new_record(line: Line) -> NewRecord:
    when = moment(line["when"])
    speaker, text = line.get("speaker"), line["text"]
    return NewRecord(
        line["id"], line["kind"], to_micros(when), offset_seconds(when), speaker,
        line.get("role"), line.get("session"), line["origin"], line.get("extractor"),
        metadata_json(line.get("metadata", {})), digest(text),
        term_ids(terms(indexed_text(text, speaker))).tobytes(), text,
    )  # fmt: skip
