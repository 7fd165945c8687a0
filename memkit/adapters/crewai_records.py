"""Records as CrewAI's memory keeps them: paths, categories, times; and a backend of its own."""

from __future__ import annotations

import asyncio
import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from memkit.adapters.chats import sound
from memkit.adapters.extras import needs
from memkit.adapters.vectors import best_cosine, kept, packed
from memkit.errors import InvalidVector
from memkit.store import Scope
from memkit.store.documents import Content, Document, Drawer
from memkit.store.parts import VERBATIM
from memkit.types import Floats

with needs("crewai"):
    from crewai.memory.types import MemoryRecord, ScopeInfo


class Shelf(ABC):
    """What CrewAI asks of its records besides ranking: here over all of them, in memory.

    A path holds itself and what is below it, label by label: `/a` does not hold `/ab`.
    """

    def __deepcopy__(self, memo: Any) -> Shelf:
        return self  # the copy of a crew remembers in the same file

    @abstractmethod
    def _records(self) -> Iterable[Any]:
        """Every record, in the order last written."""

    @abstractmethod
    def _remove(self, ids: Sequence[str]) -> None:
        """Let go of these records."""

    @abstractmethod
    def get_record(self, record_id: str) -> Any:
        """The record of this id, or None."""

    def list_records(
        self, scope_prefix: str | None = None, limit: int = 200, offset: int = 0
    ) -> list[Any]:
        """A page of the records under a path, newest first."""
        newest = sorted(self._under(scope_prefix), key=_created, reverse=True)
        page = newest[max(0, offset) : max(0, offset) + max(0, limit)]
        return [self._given(one) for one in page]

    def delete(
        self, scope_prefix: str | None = None, categories: Sequence[str] | None = None,
        record_ids: Sequence[str] | None = None, older_than: datetime | None = None,
        metadata_filter: Mapping[str, Any] | None = None,
    ) -> int:  # fmt: skip
        """Forget the records that meet all that is given; how many. `undo` brings them back."""
        wanted = record_ids and [self.get_record(id) for id in dict.fromkeys(record_ids)]
        pool = self._records() if wanted is None else [one for one in wanted if one is not None]
        before = naive(older_than) if older_than is not None else None
        ids = [
            one.id
            for one in _chosen(pool, scope_prefix, categories, metadata_filter)
            if before is None or _created(one) < before
        ]
        self._remove(ids)
        return len(ids)

    def get_scope_info(self, scope: str) -> Any:
        """How many records stand under a path, of which categories and times."""
        found = self._under(scope)
        created = [_created(one) for one in found]
        return ScopeInfo(
            path=path_of(scope), record_count=len(found), categories=sorted(_counted(found)),
            oldest_record=min(created, default=None), newest_record=max(created, default=None),
            child_scopes=_children(found, scope),
        )  # fmt: skip

    def list_scopes(self, parent: str = "/") -> list[str]:
        """The paths one label below this one that have records."""
        return _children(self._under(parent), parent)

    def list_categories(self, scope_prefix: str | None = None) -> dict[str, int]:
        """The categories under a path, with the number of their records."""
        return _counted(self._under(scope_prefix))

    def count(self, scope_prefix: str | None = None) -> int:
        """How many records stand under a path."""
        return len(self._under(scope_prefix))

    def reset(self, scope_prefix: str | None = None) -> None:
        """Forget every record under a path. `undo` brings them back."""
        self.delete(scope_prefix)

    def _given(self, record: Any) -> Any:
        """A record as it is handed out."""
        return record

    def _under(self, path: str | None) -> list[Any]:
        return _chosen(self._records(), path, None, None)


def _chosen(
    records: Iterable[Any], path: str | None, categories: Sequence[str] | None,
    metadata: Mapping[str, Any] | None,
) -> list[Any]:  # fmt: skip
    """The records under a path, of any of the categories, with all of the metadata."""
    top, wanted = path_of(path), metadata or {}
    return [
        one
        for one in records
        if top == "/" or one.scope == top or one.scope.startswith(f"{top}/")
        if not categories or not set(categories).isdisjoint(one.categories)
        if all(key in one.metadata and one.metadata[key] == wanted[key] for key in wanted)
    ]


def path_of(text: str | None) -> str:
    """The text as a path: one slash before each label."""
    return "/" + "/".join(label for label in sound(text or "").split("/") if label)


def _children(records: Iterable[Any], parent: str) -> list[str]:
    top = path_of(parent).rstrip("/")
    below = [one.scope[len(top) + 1 :].partition("/")[0] for one in records]
    return sorted({f"{top}/{label}" for label in below if label})


def _counted(records: Iterable[Any]) -> dict[str, int]:
    return dict(Counter(category for one in records for category in one.categories))


def naive(when: datetime) -> datetime:
    """CrewAI's moments are in UTC, and do not say so."""
    return when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo is not None else when


def _created(record: Any) -> datetime:
    """When a record was made, in UTC, whether it says so or not: some applications' do."""
    return naive(record.created_at)


@dataclass(frozen=True)
class _Entry:
    """A document as a record, and its vector [1, dim], if it has one."""

    number: int
    record: Any
    vector: Floats | None

    def given(self) -> Any:
        """A copy to hand out, as it was saved."""
        vector = self.vector[0].tolist() if self.vector is not None else None
        return self.record.model_copy(deep=True, update={"embedding": vector})


class MemkitStorage(Shelf):
    """A `StorageBackend`: `Memory(storage=MemkitStorage(scope), llm=..., embedder=...)`.

    Records come back as they were saved, vectors in single precision, and rank by the cosine of
    the vectors, which CrewAI's embedder made; searches do not find one that has none. They are in
    a drawer, `records`, that maintenance leaves as it is. Reading writes nothing: `last_accessed`
    is the moment of the last write. Safe for threads.
    """

    def __init__(self, scope: Scope) -> None:
        self.records = Drawer(scope, {VERBATIM: "crewai"})
        self._lock = threading.RLock()
        self._state: tuple[int, ...] = ()
        self._documents: list[Document] = []
        self._known: Mapping[str, _Entry] = {}

    def save(self, records: Sequence[Any]) -> None:
        """Store records, all or none; one whose id is stored already takes its place."""
        with self._lock:
            self._require_one_size(records)
            self.records.write({one.id: _content(one) for one in records})

    def update(self, record: Any) -> None:
        """Put a record in the place of the one with its id."""
        self.save([record])

    def search(
        self, query_embedding: Sequence[float], scope_prefix: str | None = None,
        categories: Sequence[str] | None = None, metadata_filter: Mapping[str, Any] | None = None,
        limit: int = 10, min_score: float = 0.0,
    ) -> list[tuple[Any, float]]:  # fmt: skip
        """Records and scores (0..1), best first; raises `InvalidVector` for another embedder's."""
        known = self._entries()
        every = [entry.record for entry in known.values()]
        chosen = _chosen(every, scope_prefix, categories, metadata_filter)
        rows = [(one.id, row) for one in chosen if (row := known[one.id].vector) is not None]
        scores = best_cosine(query_embedding, rows)
        bounded = ((min(max(0.0, score), 1.0), id) for id, score in scores.items())
        ranked = sorted(bounded, reverse=True)
        best = [(score, id) for score, id in ranked if score >= min_score][: max(0, limit)]
        return [(known[id].given(), score) for score, id in best]

    def get_record(self, record_id: str) -> Any:
        """The record of this id, or None."""
        document = self.records.get([record_id]).get(record_id)
        return _entry(document).given() if document is not None else None

    async def asave(self, records: Sequence[Any]) -> None:
        """`save` in a thread."""
        await asyncio.to_thread(self.save, records)

    async def asearch(self, query_embedding: Sequence[float], **given: Any) -> list[Any]:
        """`search` in a thread."""
        return await asyncio.to_thread(self.search, query_embedding, **given)

    async def adelete(self, scope_prefix: str | None = None, **given: Any) -> int:
        """`delete` in a thread."""
        return await asyncio.to_thread(self.delete, scope_prefix, **given)

    def _records(self) -> list[Any]:
        return [entry.record for entry in self._entries().values()]

    def _given(self, record: Any) -> Any:
        return self._entries()[record.id].given()

    def _remove(self, ids: Sequence[str]) -> None:
        self.records.write(dict.fromkeys(ids))

    def _entries(self) -> Mapping[str, _Entry]:
        """Every document by its id, read again when anything has changed."""
        with self._lock:
            state = self.records.state()
            if state != self._state:
                self._documents = list(self.records.documents(self._documents).values())
                before = {entry.number: entry for entry in self._known.values()}
                self._known = {
                    one.key: before.get(one.record) or _entry(one) for one in self._documents
                }
                self._state = state
            return self._known

    def _require_one_size(self, records: Sequence[Any]) -> None:
        stored = next((e.vector for e in self._entries().values() if e.vector is not None), None)
        sizes = {len(one.embedding) for one in records if one.embedding}
        wanted = stored.shape[1] if stored is not None else next(iter(sizes), 0)
        if sizes - {wanted}:
            raise InvalidVector(
                f"These records have vectors of {', '.join(map(str, sorted(sizes)))} components, "
                f"those beside them {wanted}: they come from different embedders. Use one, or "
                "reset the memory. Nothing was stored."
            )


def _content(record: Any) -> Content:
    data = record.model_dump(exclude={"id", "embedding", "created_at", "last_accessed"})
    data["created_at"] = record.created_at.isoformat()
    data["last_accessed"] = record.last_accessed.isoformat()
    data["scope"] = path_of(record.scope)
    if record.embedding:
        data["vector"] = packed([record.embedding])
    return Content(data, record.content)


def _entry(document: Document) -> _Entry:
    data = {name: value for name, value in document.data.items() if name != "vector"}
    vector = document.data.get("vector")
    record = MemoryRecord(id=document.key, **data)
    return _Entry(document.record, record, kept(vector) if vector else None)
