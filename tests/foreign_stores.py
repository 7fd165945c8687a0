"""Small stores of other libraries, made with the tables those make."""

from __future__ import annotations

import base64
import json
import pickle
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

_CHROMA = """
CREATE TABLE collections (id TEXT PRIMARY KEY, name TEXT NOT NULL, dimension INTEGER);
CREATE TABLE segments (id TEXT PRIMARY KEY, type TEXT NOT NULL, scope TEXT NOT NULL,
    collection TEXT NOT NULL);
CREATE TABLE embeddings (id INTEGER PRIMARY KEY, segment_id TEXT NOT NULL,
    embedding_id TEXT NOT NULL, seq_id BLOB NOT NULL,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, UNIQUE (segment_id, embedding_id));
CREATE TABLE embedding_metadata (id INTEGER REFERENCES embeddings(id), key TEXT NOT NULL,
    string_value TEXT, int_value INTEGER, float_value REAL, bool_value INTEGER,
    PRIMARY KEY (id, key));
CREATE TABLE embedding_metadata_array (id INTEGER NOT NULL, key TEXT NOT NULL, string_value TEXT,
    int_value INTEGER, float_value REAL, bool_value INTEGER);
INSERT INTO collections VALUES ('c1', 'memories', 8);
INSERT INTO segments VALUES ('s1', 'hnsw', 'VECTOR', 'c1'), ('s2', 'sqlite', 'METADATA', 'c1');
"""
_HISTORY = """
CREATE TABLE history (id TEXT PRIMARY KEY, memory_id TEXT, old_memory TEXT, new_memory TEXT,
    event TEXT, created_at DATETIME, updated_at DATETIME, is_deleted INTEGER, actor_id TEXT,
    role TEXT)
"""
_LANGGRAPH = """
CREATE TABLE store_migrations (v INTEGER PRIMARY KEY);
CREATE TABLE store (prefix text NOT NULL, key text NOT NULL, value text NOT NULL,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    expires_at TIMESTAMP, ttl_minutes REAL, PRIMARY KEY (prefix, key));
"""
WRITTEN = "2024-03-02 10:00:00"
Rows = Sequence[tuple[str, str | None, dict[str, Any]]]
"""Id, text and metadata."""


def chroma(folder: Path, rows: Rows) -> Path:
    folder.mkdir()
    with closing(sqlite3.connect(folder / "chroma.sqlite3")) as db, db:
        db.executescript(_CHROMA)
        for number, (id, text, metadata) in enumerate(rows, 1):
            db.execute(
                "INSERT INTO embeddings VALUES (?, 's2', ?, ?, ?)", (number, id, number, WRITTEN)
            )
            values = {**metadata, **({"chroma:document": text} if text is not None else {})}
            for key, value in values.items():
                several = value if isinstance(value, list) else [value]
                table = f"embedding_metadata{'_array' if isinstance(value, list) else ''}"
                for one in several:
                    cells = [one if kind is type(one) else None for kind in (str, int, float, bool)]
                    db.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?)",
                               (number, key, *cells))  # fmt: skip
    return folder


def mem0(folder: Path, rows: Rows, *, raw: Sequence[bytes] = ()) -> Path:
    """Qdrant's folder with one collection; `raw` are points that no library of theirs made."""
    inside = folder / "collection" / "mem0"
    inside.mkdir(parents=True)
    (folder / "meta.json").write_text("{}")
    with closing(sqlite3.connect(inside / "storage.sqlite")) as db, db:
        db.execute("CREATE TABLE points (id TEXT PRIMARY KEY, point BLOB)")
        for id, text, metadata in rows:
            key = base64.b64encode(pickle.dumps(id)).decode()
            payload = {"data": text, "hash": "0", "text_lemmatized": text, **metadata}
            db.execute("INSERT INTO points VALUES (?, ?)", (key, point(id, payload)))
        for number, data in enumerate(raw):
            db.execute("INSERT INTO points VALUES (?, ?)", (f"raw{number}", data))
    return folder


def point(id: str, payload: dict[str, Any]) -> bytes:
    """A point as Qdrant pickles it, without Qdrant."""
    with _someone_elses_class() as made:
        one = made.__new__(made)
        one.__setstate__(
            {"__dict__": {"id": id, "vector": [0.5, 0.25], "payload": payload},
             "__pydantic_extra__": None, "__pydantic_fields_set__": {"id", "vector", "payload"},
             "__pydantic_private__": None}
        )  # fmt: skip
        return pickle.dumps(one)


def history(file: Path, rows: Sequence[tuple[str, str | None, str]]) -> Path:
    """mem0's history: memory, its text from then on, and ADD, UPDATE or DELETE."""
    file.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(_HISTORY)
        for number, (memory, text, event) in enumerate(rows):
            db.execute(
                "INSERT INTO history VALUES (?, ?, NULL, ?, ?, ?, ?, ?, NULL, 'user')",
                (str(number), memory, text, event, WRITTEN, WRITTEN, int(event == "DELETE")),
            )
    return file


def langgraph(file: Path, rows: Sequence[tuple[str, str, Any]], expires: str | None = None) -> Path:
    """Namespace, key, and a value; text is put in as it is."""
    with closing(sqlite3.connect(file)) as db, db:
        db.executescript(_LANGGRAPH)
        for prefix, key, value in rows:
            data = value if isinstance(value, str) else json.dumps(value)
            db.execute(
                "INSERT INTO store VALUES (?, ?, ?, ?, ?, ?, NULL)",
                (prefix, key, data.encode(), WRITTEN, WRITTEN, expires),
            )
    return file


@contextmanager
def _someone_elses_class() -> Iterator[Any]:
    """`qdrant_client.http.models.models.PointStruct`, for as long as it takes to pickle one."""
    name = "qdrant_client.http.models.models"
    module = ModuleType(name)

    class PointStruct:
        def __getstate__(self) -> Any:
            return self.__dict__["kept"]

        def __setstate__(self, state: Any) -> None:
            self.__dict__["kept"] = state

    PointStruct.__module__, PointStruct.__qualname__ = name, "PointStruct"
    module.PointStruct = PointStruct  # type: ignore[attr-defined]
    parts = [name.rsplit(".", n)[0] for n in range(name.count("."), 0, -1)]
    before = {part: sys.modules.get(part) for part in [*parts, name]}
    sys.modules |= {part: ModuleType(part) for part in parts} | {name: module}
    try:
        yield PointStruct
    finally:
        for part, was in before.items():
            if was is None:
                del sys.modules[part]
            else:
                sys.modules[part] = was
