"""Documents: content under a key, kept as it is and given back as it was.

The lane of the stores, files and logs of agent frameworks. A *drawer* is a scope with a key
`verbatim`: maintenance derives nothing from it, merges nothing and lets nothing go. Each version of
a document is a turn whose text is what searches look at, and whose metadata holds the content as
JSON. A newer version archives the one before, and so does a removal: until they are erased, old
versions can be read and brought back like anything else that was forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from memkit.dates import from_micros, to_micros
from memkit.errors import InvalidInput
from memkit.models import Receipt
from memkit.storage.ledger import ScopeState, Use
from memkit.storage.records import TURN, Row
from memkit.storage.rows import Rows
from memkit.storage.standing import EXPIRED, REPLACED, Standing
from memkit.store import searching
from memkit.store.applying import archive
from memkit.store.intake import MAX_BYTES, Incoming, read_messages
from memkit.store.memory_store import MemoryStore
from memkit.store.parts import VERBATIM, Encoded, Parts, scope_key
from memkit.store.scope import Scope
from memkit.store.writing import store_incoming, write_uses
from memkit.text import require_text
from memkit.types import Filter, When

_LIVE: Final = f"kind = '{TURN}' AND archived IS NULL"
_UNUSED: Final = Use()
_DIGITS: Final = 10
"""Of a version's number in an id, so that ids sort as versions follow each other."""


class Content(NamedTuple):
    """What to keep. `text` is what searches see; without it the document is not searched.

    `minutes` counts from the last use of the document; after them `sweep` lets it go.
    """

    data: Any
    text: str = ""
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it stands. `expires` is None for one that stays."""

    key: str
    data: Any
    text: str
    created: datetime
    updated: datetime
    expires: datetime | None
    id: str
    record: int


Changes = Mapping[str, Content | None]
"""By key: the new content, or None to remove the document."""


class Drawer:
    """The documents of one owner, by key. Safe for threads and processes."""

    def __init__(self, owner: MemoryStore | Scope, keys: Mapping[str, str]) -> None:
        """`keys` name the scope, one of them `verbatim`; for a `Scope`, those it adds to its own.

        `owner` is the store, or the scope of whom the documents are.
        """
        if isinstance(owner, Scope):
            keys = {**owner.keys, **keys}
        if VERBATIM not in keys:
            raise InvalidInput(
                f"A drawer's keys need one called {VERBATIM!r}, which keeps maintenance away from "
                f"its documents; found {', '.join(keys) or 'none'}."
            )
        self._parts: Parts = owner._parts
        self.keys = scope_key(keys)
        self.scope = Scope(self._parts, keys)

    def get(self, keys: Iterable[str]) -> dict[str, Document]:
        """The documents of these keys; keys without one are left out."""
        with self._parts.storage.read() as rows:
            state = rows.scopes.find(self.keys)
            if state is None:
                return {}
            found = [_live(rows, state.scope, key) for key in dict.fromkeys(keys)]
            return _by_key(rows, state, [row for row in found if row is not None])

    def documents(self, known: Iterable[Document] = ()) -> dict[str, Document]:
        """Every document by its key, in the order last written.

        Those of `known` that still stand are not read again; give none that expires.
        """
        held = {document.record: document for document in known}
        with self._parts.storage.read() as rows:
            state = rows.scopes.find(self.keys)
            if state is None:
                return {}
            if not held:
                return _by_key(rows, state, rows.records.after(state.scope, 0, -1, _LIVE))
            numbers = rows.records.numbers(state.scope, _LIVE, [])
            fresh = rows.records.by_numbers(state.scope, [n for n in numbers if n not in held])
            made = _by_key(rows, state, list(fresh.values())).values()
        held.update((document.record, document) for document in made)
        return {held[number].key: held[number] for number in numbers}

    def search(
        self, query: str, limit: int, *, among: Sequence[str] | None = None
    ) -> dict[str, float]:
        """Keys and scores (0..1) of the best documents that have a text, best first.

        Only those of `among`, if it is given. Counts as no use of a document.
        """
        only: Filter = {"meta.unsearched": None}
        if among is not None:
            only = {"and": [only, {"session": {"in": list(among)}}]}
        asked = searching.ask(self._parts, query, limit, only, None, None, None)
        found = searching.answer(self._parts, self.keys, asked).hits
        return {_key_of(id): hit.score for hit in found for id in hit.sources}

    def state(self) -> tuple[int, ...]:
        """Numbers that are equal as long as no document was written, removed or brought back."""
        with self._parts.storage.read() as rows:
            return tuple(rows.scopes.find(self.keys) or ())

    def write(self, changes: Changes, *, now: When | None = None) -> None:
        """Write and remove documents, all or none of them."""
        write_all([(self, changes)], now=now)

    def use(self, documents: Iterable[Document], *, now: When | None = None) -> None:
        """Note that documents were used: the minutes of those that have any begin anew."""
        numbers = {document.record: 1 for document in documents if document.expires is not None}
        if numbers:
            at = self._parts.now(now)
            with self._parts.storage.write() as rows:
                rows.uses.add("useful", numbers, to_micros(at))

    def sweep(self, *, now: When | None = None) -> int:
        """Let go of what has expired; how many documents."""
        at = self._parts.now(now)
        gone = [one for one in self.documents().values() if one.expires and one.expires <= at]
        if not gone:
            return 0
        with self._parts.storage.write() as rows:
            state = rows.scopes.ensure(self.keys)
            found = rows.records.by_numbers(state.scope, [one.record for one in gone])
            entry = rows.journal.write(state.scope, to_micros(at), "expire", reason="unused")
            standing = Standing(to_micros(at), EXPIRED)
            return len(archive(rows, state, entry, found.values(), standing))

    def append(self, contents: Sequence[Content], *, now: When | None = None) -> None:
        """Add contents without keys, as a log does: in order, all or none of them."""
        at = self._parts.now(now)
        ready = [_incoming(self._parts, "log", content, at) for content in contents]
        encoded = self._parts.encode([one.indexed for one in ready])
        with self._parts.storage.write() as rows:
            store_incoming(self._parts, rows, self.keys, ready, encoded, to_micros(at))

    def newest(self, count: int | None = None) -> list[Any]:
        """What the last `count` documents hold (all, without it), in the order written."""
        with self._parts.storage.read() as rows:
            state = rows.scopes.find(self.keys)
            if state is None:
                return []
            most = count if count is not None else (1 << 63) - 1
            return [_data(row) for row in rows.records.newest(state.scope, most, _LIVE)]

    def pop(self, *, now: When | None = None) -> list[Any]:
        """Remove the document that was written last: what it held, or nothing at all."""
        at = to_micros(self._parts.now(now))
        with self._parts.storage.write() as rows:
            state = rows.scopes.find(self.keys)
            last = rows.records.newest(state.scope, 1, _LIVE) if state is not None else []
            if state is not None and last:
                entry = rows.journal.write(state.scope, at, "forget", reason="popped")
                archive(rows, state, entry, last, Standing(at))
            return [_data(row) for row in last]

    def clear(self, *, now: When | None = None) -> None:
        """Remove every document."""
        at = to_micros(self._parts.now(now))
        with self._parts.storage.write() as rows:
            state = rows.scopes.find(self.keys)
            live = rows.records.after(state.scope, 0, -1, _LIVE) if state is not None else []
            if state is not None and live:
                entry = rows.journal.write(state.scope, at, "forget", reason="cleared")
                archive(rows, state, entry, live, Standing(at))

    def erase(self, key: str | None = None) -> Receipt:
        """Erase every version of one document, or, without a key, of all. Cannot be undone."""
        if key is None:
            return self.scope.erase()
        with self._parts.storage.read() as rows:
            state = rows.scopes.find(self.keys)
            numbers = rows.records.numbers(state.scope, *_versions(key)) if state else []
            found = rows.records.by_numbers(state.scope, numbers) if state else {}
        return self.scope.erase([row.id for row in found.values()])


def write_all(changes: Sequence[tuple[Drawer, Changes]], *, now: When | None = None) -> None:
    """Write to several drawers of one store in one transaction."""
    if not changes:
        return
    parts = changes[0][0]._parts
    at = parts.now(now)
    ready = []
    for drawer, wanted in changes:
        given = {key: _incoming(parts, key, one, at) for key, one in wanted.items() if one}
        encoded = parts.encode([one.indexed for one in given.values()])
        ready.append((drawer, wanted, given, encoded))
    with parts.storage.write() as rows:
        write_uses(rows, parts.uses.take(), at)
        for drawer, wanted, given, encoded in ready:
            _write(parts, rows, (drawer.keys, list(wanted)), (given, encoded), to_micros(at))


def drawers(
    store: MemoryStore, keys: Mapping[str, str], *, filled: bool = True
) -> list[dict[str, str]]:
    """The keys of every drawer that has all these keys; `filled`: and a document in it."""
    with store._parts.storage.read() as rows:
        return [
            named
            for scope, named in rows.scopes.list()
            if keys.items() <= named.items()
            if not filled or rows.records.newest(scope, 1, _LIVE)
        ]


def _write(
    parts: Parts, rows: Rows, wanted: tuple[str, Sequence[str]],
    given: tuple[Mapping[str, Incoming], Encoded | None], at: int,
) -> None:  # fmt: skip
    (keys, changed), (new, encoded) = wanted, given
    state = rows.scopes.ensure(keys)
    before = {key: row for key in changed if (row := _live(rows, state.scope, key)) is not None}
    incoming = [
        replace(
            one, id=_next_id(rows, state.scope, key),
            at=before[key].when if key in before else one.at,
        )
        for key, one in new.items()
    ]  # fmt: skip
    stored = store_incoming(parts, rows, keys, incoming, encoded, at, journalled=False)
    span = (stored[0].record, stored[-1].record) if stored else None
    entry = rows.journal.write(state.scope, at, "write", span=span)
    replaced = [row for key, row in before.items() if key in new]
    archive(rows, state, entry, replaced, Standing(at, REPLACED))
    removed = [row for key, row in before.items() if key not in new]
    archive(rows, state, entry, removed, Standing(at))


def _incoming(parts: Parts, key: str, content: Content, at: datetime) -> Incoming:
    require_text(key, "key")
    metadata: dict[str, Any] = {"content": _as_json(content.data, key)}
    if content.minutes is not None:
        metadata["minutes"] = content.minutes
    text = _searchable(content.text)
    if not text:
        metadata["unsearched"] = True
    message = {"content": text or key or "document", "session": key, "metadata": metadata}
    return read_messages(message, at, parts.zone)[0]


def _searchable(text: str) -> str:
    """What can be indexed of a text; the content itself keeps every character."""
    sound = text.replace("\x00", " ").encode("utf-8", "replace")[:MAX_BYTES]
    return sound.decode("utf-8", "ignore").strip()


def _live(rows: Rows, scope: int, key: str) -> Row | None:
    return rows.records.highest(scope, *_versions(key)[1], live=True)


def _next_id(rows: Rows, scope: int, key: str) -> str:
    last = rows.records.highest(scope, *_versions(key)[1])
    number = int(last.id.rpartition("@")[2]) + 1 if last is not None else 1
    return f"{_escaped(key)}@{number:0{_DIGITS}}"


def _versions(key: str) -> tuple[str, list[str]]:
    """The condition that holds for the ids of all versions of a document."""
    return "id >= ? AND id < ?", [f"{_escaped(key)}@", f"{_escaped(key)}A"]  # A follows @


def _key_of(id: str) -> str:
    return id.rpartition("@")[0].replace("%40", "@").replace("%25", "%")


def _escaped(key: str) -> str:
    return key.replace("%", "%25").replace("@", "%40")


def _by_key(rows: Rows, state: ScopeState, found: Sequence[Row]) -> dict[str, Document]:
    passing = any("minutes" in row.metadata for row in found)
    uses = rows.uses.of(state.scope) if passing else {}
    made = [_document(row, uses.get(row.record, _UNUSED)) for row in found]
    return {document.key: document for document in made}


def _document(row: Row, use: Use) -> Document:
    minutes, expires = row.metadata.get("minutes"), None
    if minutes is not None:
        used = max(row.added, use.last or 0)
        expires = from_micros(used + round(minutes * 60_000_000), 0)
    text = "" if row.metadata.get("unsearched") else row.text
    updated = from_micros(row.added, 0)
    key = row.session or ""
    return Document(key, _data(row), text, row.when, updated, expires, row.id, row.record)


def _data(row: Row) -> Any:
    return json.loads(row.metadata["content"])


def _as_json(data: Any, key: str) -> str:
    """JSON text that gives the same data back; NaN and infinities as Python's json has them."""
    try:
        _require_same_back(data)
        return json.dumps(data)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInput(
            f"The content of {key!r} cannot be kept as JSON: {error}. Nothing was written."
        ) from error


def _require_same_back(data: Any) -> None:
    if isinstance(data, Mapping):
        for name, value in data.items():
            if not isinstance(name, str):
                raise TypeError(f"a key is {type(name).__name__}, not text: {name!r}")
            _require_same_back(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            _require_same_back(value)
