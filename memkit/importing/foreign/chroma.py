"""Chroma's own folder: `chroma.sqlite3` beside folders of vectors, which are not needed.

One row of `embeddings` per record and segment; the metadata segments are read, each of which
belongs to a collection. A record's metadata are rows of `embedding_metadata`, one per key, with
the value in the column of its type; its text is the one under `chroma:document`. Since 1.5 lists
lie in `embedding_metadata_array`. Seen of chromadb 1.5.9.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from memkit.importing.foreign.entries import Entry, columns, opened, owner, stated_time, time_of

FILE: Final = "chroma.sqlite3"
EXPECTED: Final = f"a folder of Chroma, or its {FILE}"
TABLES: Final = frozenset({"collections", "segments", "embeddings", "embedding_metadata"})
"""What a database needs to be read as one of Chroma."""
_TEXT: Final = "chroma:document"
_VALUES: Final = ("string_value", "int_value", "float_value", "bool_value")


def database(path: Path) -> Path:
    """The database of a folder, or the file itself."""
    return path / FILE if path.is_dir() else path


def read(path: Path) -> Iterator[Entry]:
    """Every record of every collection, in the order stored; one without a document has no text."""
    with opened(database(path)) as db:
        metadata = _metadata(db)
        for row, record, collection, written in db.execute(
            "SELECT e.id, e.embedding_id, c.name, e.created_at FROM embeddings e"
            " JOIN segments s ON s.id = e.segment_id JOIN collections c ON c.id = s.collection"
            " WHERE s.scope = 'METADATA' ORDER BY c.name, e.id"
        ):
            kept = metadata.pop(row, {})
            text = kept.pop(_TEXT, "")
            yield Entry(
                str(record), text if isinstance(text, str) else "", kept, stated_time(kept),
                owner(kept), str(collection), time_of(written),
            )  # fmt: skip


def _metadata(db: sqlite3.Connection) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for row, key, value in _values(db, "embedding_metadata"):
        found[row][key] = value
    for row, key, value in _values(db, "embedding_metadata_array"):
        found[row].setdefault(key, []).append(value)
    return found


def _values(db: sqlite3.Connection, table: str) -> Iterator[tuple[int, str, Any]]:
    there = columns(db, table)
    kinds = [name for name in _VALUES if name in there]
    if not kinds:
        return
    for row, key, *values in db.execute(f"SELECT id, key, {', '.join(kinds)} FROM {table}"):
        kind, value = next(
            ((name, one) for name, one in zip(kinds, values, strict=True) if one is not None),
            ("", None),
        )
        yield row, key, bool(value) if kind == "bool_value" else value
