"""What mem0 keeps on a disk by default: Qdrant's local folder, and the `history.db` beside it.

The folder holds a `storage.sqlite` per collection with one pickled point per memory, whose payload
has the text under `data`. The history knows each memory's changes, but not whose it is: it is read
where there is nothing better. Seen of mem0ai 2.2.1 with qdrant-client 1.20.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.importing.foreign import plain
from memkit.importing.foreign.entries import (
    Entry,
    columns,
    first_text,
    opened,
    owner,
    stated_time,
    tables,
    time_of,
)

EXPECTED: Final = "mem0's Qdrant folder, its storage.sqlite, or mem0's history.db"
POINTS: Final = frozenset({"points"})
"""What Qdrant's local mode keeps a collection in."""
_HISTORY: Final = frozenset({"memory_id", "new_memory", "event", "created_at", "is_deleted"})
_TEXTS: Final = ("data", "memory", "page_content", "document", "text", "content")
"""Where payloads keep the text: mem0's name first, then those of others who use Qdrant."""
_OWN: Final = ("data", "hash", "text_lemmatized")
"""Made of the text; of no use to anyone else."""


def recognises(path: Path, there: set[str]) -> bool:
    """Whether a database with these tables is one of mem0's."""
    if "points" in there or "history" not in there:
        return there >= POINTS
    with opened(path) as db:
        return columns(db, "history") >= _HISTORY


def databases(path: Path) -> list[Path]:
    """The files to read: every collection's points, or the history where there are none."""
    if not path.is_dir():
        return [path]
    points = sorted(found for found in path.rglob("storage.sqlite") if _is_memory(found))
    history = path / "history.db"
    return points or ([history] if history.is_file() else [])


def read(path: Path, refused: list[str] | None = None) -> Iterator[Entry]:
    """Every memory, in the order stored.

    A point that is not plain data raises `InvalidInput`, or is told of in `refused` where such a
    list is given: no pickle is ever run.
    """
    for database in databases(path):
        there = tables(database)
        yield from _points(database, refused) if there >= POINTS else _history(database)


def _is_memory(database: Path) -> bool:
    # Beside the memories mem0 keeps an index of entities, and who has used it.
    name = database.parent.name
    return name != "mem0migrations" and not name.endswith("_entities")


def _points(database: Path, refused: list[str] | None) -> Iterator[Entry]:
    with opened(database) as db:
        for (data,) in db.execute("SELECT point FROM points ORDER BY rowid"):
            try:
                point = plain.fields(data)
            except InvalidInput as error:
                if refused is None:
                    raise InvalidInput(f"A point of {database} cannot be read: {error}.") from error
                refused.append(f"a point of {database.parent.name}: {error}")
                continue
            yield _entry(point, database.parent.name)


def _entry(point: dict[str, Any], place: str) -> Entry:
    payload = point.get("payload")
    kept = dict(payload) if isinstance(payload, dict) else {}
    inner = kept.get("metadata")
    known = kept | inner if isinstance(inner, dict) else kept  # LangChain nests them
    metadata = {name: value for name, value in kept.items() if name not in _OWN}
    return Entry(
        str(point.get("id")), first_text(kept, _TEXTS), metadata, stated_time(known), owner(known),
        place, None, time_of(kept.get("expiration_date")),
    )  # fmt: skip


def _history(database: Path) -> Iterator[Entry]:
    """The memories that the history leaves standing, by their first change."""
    live: dict[str, Entry] = {}
    with opened(database) as db:
        for memory, text, event, made, deleted, role in db.execute(
            "SELECT memory_id, new_memory, event, created_at, is_deleted, role FROM history"
            " ORDER BY rowid"
        ):
            if event == "DELETE" or deleted:
                live.pop(memory, None)
            else:
                metadata = {"role": role} if role else {}
                when = time_of(made)
                live[memory] = Entry(str(memory), text or "", metadata, when, {}, "history", when)
    yield from live.values()
