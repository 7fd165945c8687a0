"""The store of LangGraph in SQLite (`SqliteStore`, not a checkpointer).

One row per item: the namespace with its labels joined by dots, the key, and the value as JSON.
Times are UTC. Seen of langgraph-checkpoint-sqlite 3.1.2.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.importing.foreign.entries import (
    Entry,
    columns,
    first_text,
    opened,
    stated_time,
    time_of,
)

EXPECTED: Final = "a database of LangGraph's SqliteStore"
TABLES: Final = frozenset({"store", "store_migrations"})
_NAMES: Final = ("content", "text", "memory", "data", "value", "summary", "fact", "document")
"""Where a value keeps what a person would read; langmem puts another value under `content`."""


def read(path: Path, refused: list[str] | None = None) -> Iterator[Entry]:
    """Every item, by namespace and age; a value without a readable text is given as JSON.

    `keys` hold the namespace as it is. An item whose value is not JSON raises `InvalidInput`, or
    is told of in `refused` where such a list is given.
    """
    with opened(path) as db:
        expires = "expires_at" if "expires_at" in columns(db, "store") else "NULL"
        for prefix, key, value, written, until in db.execute(
            f"SELECT prefix, key, value, created_at, {expires} FROM store"
            " ORDER BY prefix, created_at, key"
        ):
            try:
                kept = json.loads(value)
            except (ValueError, RecursionError) as error:
                _refuse(f"{prefix} {key}: its value is not JSON ({error})", refused)
                continue
            values = kept if isinstance(kept, dict) else {"value": kept}
            made = time_of(written)  # which the library hands out with the item
            yield Entry(
                str(key), _text(values), values, stated_time(values) or made,
                {"namespace": prefix} if prefix else {}, str(prefix), made, time_of(until),
            )  # fmt: skip


def _text(values: dict[str, Any]) -> str:
    inner = values.get("content")
    if isinstance(inner, dict):
        return _text(inner)
    found = first_text(values, _NAMES)
    if found or not any(value not in (None, "", [], {}) for value in values.values()):
        return found
    return json.dumps(values, ensure_ascii=False)


def _refuse(reason: str, refused: list[str] | None) -> None:
    if refused is None:
        raise InvalidInput(f"An item cannot be read: {reason}.")
    refused.append(reason)
