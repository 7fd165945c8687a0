"""Rows of the file, as the JSON lines of an export."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, Final

from memkit.dates import from_micros
from memkit.storage.records import NewRecord, damaged_record, is_sound

VERSION: Final = 1

_RECORD: Final = (
    "record", "scope", "id", "kind", "archived", "at", "zone", "added", "speaker", "role",
    "session", "origin", "extractor", "metadata", "text", "standing",
)  # fmt: skip
TABLES: Final = {
    "source": ("sources", ("memory", "turn", "start", "stop")),
    "link": ("links", ("source", "target", "kind", "weight")),
    "use": ("uses", ("record", "retrieved", "shown", "useful", "useless", "last", "recent")),
    "entry": ("journal", ("entry", "scope", "at", "action", "reason", "first", "last", "undoes")),
    "change": ("changes", ("entry", "record", "field", "before", "after")),
    "relink": ("link_changes", ("entry", "source", "target", "kind", "before", "after")),
    "cursor": ("cursors", ("scope", "extractor", "version", "record")),
}

Line = Mapping[str, Any]


def lines_of(db: sqlite3.Connection, kind: str, where: str = "1") -> Iterator[Line]:
    """The lines of one kind that meet a condition, in order."""
    if kind == "record":
        names = ", ".join(_RECORD)
        for *row, expected in db.execute(
            f"SELECT {names}, checksum FROM records WHERE {where} ORDER BY record"
        ):
            yield _record_line(dict(zip(_RECORD, row, strict=True)), expected)
        return
    table, fields = TABLES[kind]
    order = ", ".join(fields[:3])
    for row in db.execute(
        f"SELECT {', '.join(fields)} FROM {table} WHERE {where} ORDER BY {order}"
    ):
        yield {"type": kind, **dict(zip(fields, row, strict=True))}


def _record_line(row: dict[str, Any], expected: int) -> Line:
    given = NewRecord(*(row.get(name, b"") for name in NewRecord._fields))
    if not is_sound(row["scope"], given, expected):
        raise damaged_record(row["record"], row["id"])
    when = from_micros(row.pop("at"), row.pop("zone")).isoformat()
    metadata, row["standing"] = row.pop("metadata"), row["standing"] or None
    line = {"type": "record", **row, "when": when}
    if metadata is not None:
        line["metadata"] = json.loads(metadata)
    return {key: value for key, value in line.items() if value is not None}
