"""A store for LangGraph, `create_agent`, langmem and deepagents, in a memkit file.

Every namespace is a drawer of its own (see `memkit.store.documents`): what one holds is never
looked at for another, and maintenance leaves items as they are.
"""

from __future__ import annotations

import asyncio
import copy
import json
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from memkit.adapters.extras import needs
from memkit.adapters.matching import matches, require_filter
from memkit.adapters.sweeping import Sweeper
from memkit.adapters.vectors import Vectors, best_cosine, kept, packed
from memkit.errors import InvalidInput
from memkit.models import Receipt
from memkit.store import MemoryStore
from memkit.store.documents import Changes, Content, Document, Drawer, drawers, write_all
from memkit.store.parts import VERBATIM

with needs("langgraph"):
    from langgraph.store.base import (
        BaseStore,
        GetOp,
        IndexConfig,
        Item,
        ListNamespacesOp,
        MatchCondition,
        Op,
        PutOp,
        Result,
        SearchItem,
        SearchOp,
        TTLConfig,
        ensure_embeddings,
        get_text_at_path,
        tokenize_path,
    )

__all__ = ["OWN_SEARCH", "MemkitStore", "labels", "namespace"]

OWN_SEARCH: Final = cast(IndexConfig, {})
"""Search by the words and vectors of the memkit store itself; no embedder has to be given."""

Namespace = tuple[str, ...]
_VIEWS: Final = 64
"""So many namespaces are held ready for searches."""
_RESERVED: Final = "langgraph"


def namespace(*texts: str) -> Namespace:
    """A namespace of any texts: dots and other characters that labels may not hold are escaped.

    >>> namespace("users", "ana@example.com")
    ('users', 'ana@example%2Ecom')
    """
    if not texts or not all(texts):
        raise InvalidInput(f"A namespace needs labels, none of them empty; found {texts!r}.")
    escaped = [
        text.replace("%", "%25").replace(".", "%2E").replace("\x00", "%00") for text in texts
    ]
    if escaped[0] == _RESERVED:
        escaped[0] = f"%{ord(_RESERVED[0]):X}{_RESERVED[1:]}"
    return tuple(escaped)


def labels(given: Iterable[str]) -> tuple[str, ...]:
    """The texts of a namespace that `namespace` made.

    >>> labels(namespace("users", "ana@example.com"))
    ('users', 'ana@example.com')
    """
    from urllib.parse import unquote

    return tuple(map(unquote, given))


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item with where it is."""

    space: Namespace
    document: Document

    @property
    def value(self) -> dict[str, Any]:
        found: dict[str, Any] = self.document.data["value"]
        return found

    @property
    def vectors(self) -> Any:
        return self.document.data.get("vectors")


class MemkitStore(BaseStore):
    """LangGraph's `BaseStore` over one memkit file. Safe for threads, loops and processes.

    Searches rank by the memkit store's own words and vectors unless `index` says otherwise: with
    `embed`, by the cosine of those embeddings; with None, `query` is passed over, as the protocol
    has it for a store without an index. Keyword arguments beyond `index` and `ttl` name the owner
    of it all, such as `app="support"`.
    """

    supports_ttl = True

    def __init__(
        self, store: MemoryStore, *, index: IndexConfig | None = OWN_SEARCH,
        ttl: TTLConfig | None = None, **keys: str,
    ) -> None:  # fmt: skip
        self.memory = store
        self.index_config = index
        self.ttl_config = ttl
        embed = (index or {}).get("embed")
        self.embeddings = ensure_embeddings(embed) if embed is not None else None
        self._keys = {**keys, VERBATIM: "langgraph"}
        self._lock = threading.RLock()
        self._views: OrderedDict[Namespace, tuple[tuple[int, ...], list[_Entry]]] = OrderedDict()
        self._sweeper: Sweeper | None = None

    def batch(self, ops: Iterable[Op]) -> list[Result]:
        """Answer operations in order, all reads before all writes; the writes are one transaction.

        The last write to a key wins.
        """
        given = list(ops)
        texts, queries = self._to_embed(given)
        found = Vectors()
        if self.embeddings is not None:
            if texts:
                found.documents = dict(
                    zip(texts, self.embeddings.embed_documents(texts), strict=True)
                )
            found.queries = {query: self.embeddings.embed_query(query) for query in queries}
        return self._run(given, found)

    async def abatch(self, ops: Iterable[Op]) -> list[Result]:
        """`batch` without blocking the loop: in a thread, or awaited where an embedder can be."""
        given = list(ops)
        texts, queries = self._to_embed(given)
        found = Vectors()
        if self.embeddings is not None:
            if texts:
                made = await self.embeddings.aembed_documents(texts)
                found.documents = dict(zip(texts, made, strict=True))
            found.queries = {query: await self.embeddings.aembed_query(query) for query in queries}
        return await asyncio.to_thread(self._run, given, found)

    def erase(self, space: Sequence[str], key: str | None = None) -> Receipt:
        """Remove an item, or all of one namespace, for good: every version, from every page."""
        with self._lock:
            return self._drawer(tuple(space)).erase(key)

    def sweep_ttl(self) -> int:
        """Let go of every item that has expired; how many."""
        spaces = self._spaces(())
        return sum(self._drawer(space).sweep() for space in spaces)

    def start_ttl_sweeper(self, sweep_interval_minutes: float | None = None) -> None:
        """Sweep from time to time in a thread, until `stop_ttl_sweeper`."""
        configured = (self.ttl_config or {}).get("sweep_interval_minutes")
        minutes = sweep_interval_minutes or configured or 5
        if self._sweeper is None or not self._sweeper.is_alive():
            self._sweeper = Sweeper(self.sweep_ttl, minutes * 60)
            self._sweeper.start()

    def stop_ttl_sweeper(self, timeout: float | None = None) -> bool:
        """Stop the thread; whether it has ended."""
        sweeper, self._sweeper = self._sweeper, None
        return sweeper is None or sweeper.end(timeout)

    def _to_embed(self, ops: Sequence[Op]) -> tuple[list[str], list[str]]:
        """The texts to store and the queries that an embedder of its own is needed for."""
        if self.embeddings is None:
            return [], []
        texts = [text for op in ops if isinstance(op, PutOp) for text in self._texts(op)]
        queries = [op.query for op in ops if isinstance(op, SearchOp) and op.query]
        return list(dict.fromkeys(texts)), list(dict.fromkeys(queries))

    def _texts(self, op: PutOp) -> list[str]:
        """What of an item is to be searched, one text for each path and element."""
        if op.value is None or op.index is False or self.index_config is None:
            return []
        fields = op.index or self.index_config.get("fields")
        if fields is None and self.embeddings is None:
            return ["\n".join(_leaves(op.value))]
        return [
            text
            for field in fields or ["$"]
            for text in get_text_at_path(
                op.value, cast(Any, field if field == "$" else tokenize_path(field))
            )
        ]

    def _run(self, ops: Sequence[Op], found: Vectors) -> list[Result]:
        with self._lock:
            results = [self._answer(op, found) for op in ops]
            self._write([op for op in ops if isinstance(op, PutOp)], found)
        return results

    def _answer(self, op: Op, found: Vectors) -> Result:
        if isinstance(op, GetOp):
            return self._get(op)
        if isinstance(op, SearchOp):
            return self._search(op, found)
        if isinstance(op, ListNamespacesOp):
            return self._list(op)
        if isinstance(op, PutOp):
            return None
        raise ValueError(f"Unknown operation: {type(op).__name__}.")

    def _write(self, puts: Sequence[PutOp], found: Vectors) -> None:
        last = {(tuple(op.namespace), op.key): op for op in puts}
        changes: dict[Namespace, dict[str, Content | None]] = {}
        for (space, key), op in last.items():
            changes.setdefault(space, {})[key] = self._content(op, found)
        write_all(
            [(self._drawer(space), cast(Changes, changed)) for space, changed in changes.items()]
        )

    def _content(self, op: PutOp, found: Vectors) -> Content | None:
        if op.value is None:
            return None
        texts = self._texts(op)
        data: dict[str, Any] = {"value": dict(op.value)}
        if self.embeddings is not None and texts:
            data["vectors"] = packed([found.documents[text] for text in texts])
        return Content(data, "\n".join(texts), op.ttl)

    def _get(self, op: GetOp) -> Item | None:
        drawer = self._drawer(tuple(op.namespace))
        document = drawer.get([op.key]).get(op.key)
        if document is None or self._is_hidden(document):
            return None
        if op.refresh_ttl:
            drawer.use([document])
        return _item(Item, _Entry(tuple(op.namespace), document))

    def _search(self, op: SearchOp, found: Vectors) -> list[SearchItem]:
        require_filter(op.filter or {})
        prefix = tuple(op.namespace_prefix)
        every = [entry for space in self._spaces(prefix) for entry in self._entries(space)]
        if (self.ttl_config or {}).get("omit_expired"):
            entries = [entry for entry in every if not self._is_hidden(entry.document)]
        else:
            entries = every
        if op.filter:
            entries = [entry for entry in entries if matches(entry.value, op.filter)]
        entries = sorted(entries, key=lambda entry: entry.document.updated, reverse=True)
        ranked = self._ranked(op, entries, found, some=len(entries) < len(every))
        page = ranked[op.offset : op.offset + op.limit]
        if op.refresh_ttl:
            for entry, _ in page:
                self._drawer(entry.space).use([entry.document])
        return [_item(SearchItem, entry, score=score) for entry, score in page]

    def _ranked(
        self, op: SearchOp, entries: Sequence[_Entry], found: Vectors, *, some: bool
    ) -> list[tuple[_Entry, float | None]]:
        """Entries with their scores, best first; then those without one.

        `some`: that others are in these namespaces, too.
        """
        scores: Mapping[tuple[Namespace, str], float] = {}
        if op.query and self.index_config is not None:
            if self.embeddings is not None:
                scores = best_cosine(
                    found.queries[op.query],
                    [((e.space, e.document.key), kept(e.vectors)) for e in entries if e.vectors],
                )
            else:
                scores = self._own_scores(op.query, entries, op.offset + op.limit, some=some)
        scored: list[tuple[_Entry, float | None]] = []
        unscored: list[tuple[_Entry, float | None]] = []
        for entry in entries:
            score = scores.get((entry.space, entry.document.key)) if scores else None
            (unscored if score is None else scored).append((entry, score))
        return sorted(scored, key=lambda pair: pair[1] or 0.0, reverse=True) + unscored

    def _own_scores(
        self, query: str, entries: Sequence[_Entry], limit: int, *, some: bool
    ) -> dict[tuple[Namespace, str], float]:
        by_space: dict[Namespace, list[str]] = {}
        for entry in entries:
            if entry.document.text:
                by_space.setdefault(entry.space, []).append(entry.document.key)
        return {
            (space, key): score
            for space, keys in by_space.items()
            for key, score in self._drawer(space)
            .search(query, limit, among=keys if some else None)
            .items()
        }

    def _list(self, op: ListNamespacesOp) -> list[Namespace]:
        listed = {
            space[: op.max_depth] if op.max_depth is not None else space
            for space in self._spaces((), filled=True)
            if all(_fits(condition, space) for condition in op.match_conditions or ())
        }
        return sorted(listed)[op.offset : op.offset + op.limit]

    def _spaces(self, prefix: Namespace, *, filled: bool = False) -> list[Namespace]:
        """The namespaces under a prefix, in the order of their making; `filled`: not empty ones."""
        found = drawers(self.memory, self._keys, filled=filled)
        own = [keys for keys in found if len(keys) == len(self._keys) + 1]  # no other owner's
        spaces = [tuple(json.loads(keys["namespace"])) for keys in own]
        under = [space for space in spaces if space[: len(prefix)] == prefix]
        if filled and (self.ttl_config or {}).get("omit_expired"):
            return [space for space in under if not all(
                self._is_hidden(entry.document) for entry in self._entries(space)
            )]  # fmt: skip
        return under

    def _entries(self, space: Namespace) -> list[_Entry]:
        """The items of a namespace, read again when anything in it has changed."""
        drawer = self._drawer(space)
        state = drawer.state()
        known = self._views.get(space)
        if known is not None and known[0] == state:
            self._views.move_to_end(space)
            return known[1]
        before = [entry.document for entry in known[1]] if known is not None else []
        entries = [_Entry(space, document) for document in drawer.documents(before).values()]
        if not any(entry.document.expires for entry in entries):  # a use would not be noticed
            self._views[space] = (state, entries)
            while len(self._views) > _VIEWS:
                self._views.popitem(last=False)
        return entries

    def _is_hidden(self, document: Document) -> bool:
        omit = bool((self.ttl_config or {}).get("omit_expired"))
        return omit and document.expires is not None and document.expires <= self._now()

    def _now(self) -> datetime:
        return self.memory._parts.now(None)

    def _drawer(self, space: Namespace) -> Drawer:
        return Drawer(self.memory, {**self._keys, "namespace": json.dumps(list(space))})


def _item(kind: Any, entry: _Entry, **more: Any) -> Any:
    document = entry.document
    return kind(
        namespace=entry.space, key=document.key, value=copy.deepcopy(entry.value),
        created_at=document.created, updated_at=document.updated, **more,
    )  # fmt: skip


def _fits(condition: MatchCondition, space: Namespace) -> bool:
    path = tuple(condition.path)
    if len(space) < len(path):
        return False
    if condition.match_type == "prefix":
        part = space[: len(path)]
    elif condition.match_type == "suffix":
        part = space[len(space) - len(path) :]
    else:
        raise ValueError(f"Unsupported match type: {condition.match_type!r}.")
    return all(wanted in ("*", label) for wanted, label in zip(path, part, strict=True))


def _leaves(value: object) -> Iterable[str]:
    """The words of a value, without the names of its fields."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None:
        yield str(value)
