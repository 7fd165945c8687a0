"""What a store is made of, shared by all its scopes."""

from __future__ import annotations

import json
import threading
import warnings
from collections import Counter as Tally
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property, partial

from memkit.contracts import (
    Consolidator,
    Embedder,
    Extractor,
    ForgettingPolicy,
    IntakeGate,
    Reranker,
    Retriever,
    Storage,
)
from memkit.dates import moment
from memkit.errors import EmbedderMismatch, InvalidInput, ScopeRequired
from memkit.index.cache import ScopeCache
from memkit.index.layer import IndexerFactory
from memkit.index.scope import ScopeIndex
from memkit.index.snapshot import Snapshots
from memkit.index.space import DenseSpace, TokenSpace, space_for
from memkit.storage.forking import at_rest_in_forks
from memkit.storage.records import kept_json
from memkit.storage.rows import Rows
from memkit.text import require_text
from memkit.tokens import Counter
from memkit.types import Clock, When

_EMBED_BATCH = 512
VERBATIM = "verbatim"
"""The key that makes a scope a drawer of documents, see `memkit.store.documents`."""
UseCounts = dict[str, dict[int, int]]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the vector table is to keep of some texts, and the space it belongs to."""

    space: int
    data: Sequence[bytes]


class PendingUses:
    """Uses not yet written: reading never waits for a write.

    They are written with the next act that writes, and at `close`; a crash loses them, by design.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._counts: dict[str, Tally[int]] = {}

    def note(self, field: str, records: Iterable[int]) -> None:
        """Count one use of each record."""
        with self._mutex:
            self._counts.setdefault(field, Tally()).update(records)

    def take(self) -> UseCounts:
        """What was counted since the last call."""
        with self._mutex:
            taken, self._counts = self._counts, {}
        return {field: dict(tally) for field, tally in taken.items()}


@dataclass(slots=True)
class LearnedGate:
    """The gate of one scope, and up to which turn it has learned."""

    gate: IntakeGate
    epoch: int
    record: int = 0
    digest: bytes = b""


class LearnedGates:
    """What gates have learned in memory, by scope; the least recently used go first."""

    def __init__(self, most: int = 32) -> None:
        self._most = most
        self._mutex = threading.Lock()
        self._scopes: OrderedDict[int, LearnedGate] = OrderedDict()

    def take(self, scope: int) -> LearnedGate | None:
        """A scope's, which no other thread is given until it is kept again."""
        with self._mutex:
            return self._scopes.pop(scope, None)

    def keep(self, scope: int, learned: LearnedGate) -> None:
        """Hold a scope's for the next time."""
        with self._mutex:
            self._scopes[scope] = learned
            while len(self._scopes) > self._most:
                self._scopes.popitem(last=False)


@dataclass(eq=False)
class Parts:
    """The objects a store was opened with."""

    storage: Storage[Rows]
    embedder: Embedder | None
    factories: Sequence[IndexerFactory]
    make_extractors: Callable[[], Sequence[Extractor]]
    consolidators: Sequence[Consolidator]
    retriever: Retriever
    rerankers: Sequence[Reranker]
    forgetting: ForgettingPolicy
    gate: IntakeGate | None
    zone: tzinfo
    counter: Counter
    clock: Clock
    snapshots: Snapshots | None = None
    space_number: int = 0
    uses: PendingUses = field(init=False)
    learned: LearnedGates = field(init=False)
    cache: ScopeCache = field(init=False)

    def __post_init__(self) -> None:
        self.after_fork()
        at_rest_in_forks(self)

    def before_fork(self) -> None:
        """Nothing to wait for: what other threads hold is left behind."""

    def after_fork_in_parent(self) -> None:
        """Nothing was held."""

    def after_fork(self) -> None:
        """Leave behind another thread's locks, and the uses that the parent will write."""
        self.uses = PendingUses()
        self.learned = LearnedGates()
        self.cache = ScopeCache(partial(ScopeIndex, self.factories, self.make_space))
        self._grown: Tally[int] = Tally()

    @cached_property
    def extractors(self) -> tuple[Extractor, ...]:
        """The extractors, made at first need: those built in take a moment to load."""
        return tuple(self.make_extractors())

    @property
    def read_only(self) -> bool:
        """Whether the store's file may only be read."""
        return bool(getattr(self.storage, "read_only", False))

    def note_growth(self, scope: int, records: int) -> None:
        """Remember how much this process added to a scope; a lost count costs a snapshot only."""
        self._grown[scope] += records

    def take_grown(self) -> dict[int, int]:
        """Records added by scope, since the last call."""
        taken, self._grown = self._grown, Tally()
        return dict(taken)

    @property
    def has_vectors(self) -> bool:
        """Whether records are embedded and searched by vector."""
        return self.embedder is not None and self.space_number > 0

    def make_space(self) -> DenseSpace | TokenSpace | None:
        """A fresh vector space for one scope, or None in lexical mode."""
        return space_for(self.embedder) if self.embedder and self.has_vectors else None

    def encode(
        self, texts: Sequence[str], step: Callable[[int], object] | None = None
    ) -> Encoded | None:
        """Call the embedder; None in lexical mode. `step` is told the number done as it rises."""
        number, embedder = self.space_number, self.embedder  # in this order: see use_embedder
        if embedder is None or not number:
            return None
        space, data = space_for(embedder), list[bytes]()
        for start in range(0, len(texts), _EMBED_BATCH):
            data += space.encode(texts[start : start + _EMBED_BATCH])
            if step is not None:
                step(len(data))
        return Encoded(number, data)

    def store_vectors(
        self, rows: Rows, encoded: Encoded | None, places: Iterable[tuple[int, int]]
    ) -> None:
        """Store the vector at each (record, place), unless the store searches by others now."""
        if encoded is not None and self.space_stands(rows) and self.space_number == encoded.space:
            rows.vectors.insert(
                encoded.space, [(record, encoded.data[place]) for record, place in places]
            )

    def space_stands(self, rows: Rows) -> bool:
        """Whether the file still searches by this embedder's vectors.

        Another process may have called `reembed`; then this one goes on by keywords, and warns.
        """
        if self.embedder and rows.vectors.space(self.embedder.identity) == self.space_number:
            return True
        if self.space_number:
            self.space_number = 0
            self.cache.drop()
            given = self.embedder.identity if self.embedder else "none"
            _warn_of_mismatch(str(_kept_identity(rows)), given)
        return False

    def now(self, given: When | None) -> datetime:
        """The moment given, or the clock's."""
        return moment(self.clock() if given is None else given, self.zone, "now")

    def use_embedder(self, embedder: Embedder | None) -> None:
        """Compare the embedder with the file's; a new file takes it as its own.

        With another one than the file's the store works without vectors, and warns.
        """
        self.space_number = 0  # first: no thread may take the one embedder for the other's space
        self.embedder = embedder
        if embedder is not None:
            with self.storage.read() as rows:
                kept = _kept_identity(rows)
            if kept is None and not self.read_only:
                kept = self._adopt(embedder)
            if kept == embedder.identity:
                with self.storage.read() as rows:
                    self.space_number = rows.vectors.space(embedder.identity) or 0
            elif kept is not None:
                _warn_of_mismatch(kept, embedder.identity)
        self.cache.drop()

    def _adopt(self, embedder: Embedder) -> str:
        """Make the embedder the file's, unless another process was faster; the file's identity."""
        with self.storage.write() as rows:
            kept = _kept_identity(rows)
            if kept is None:
                identity = {"identity": embedder.identity, "dim": embedder.dim}
                rows.settings.set("embedder", json.dumps(identity))
                rows.vectors.ensure_space(embedder.identity, embedder.dim, space_for(embedder).form)
        return kept or embedder.identity


def _kept_identity(rows: Rows) -> str | None:
    kept = rows.settings.get("embedder")
    return None if kept is None else str(kept_json(kept).get("identity"))


def _warn_of_mismatch(kept: str, given: str) -> None:
    warnings.warn(
        f"This store's vectors were made by {kept!r}, but it was opened with {given!r}. It works "
        "by keywords alone until you call store.reembed(embedder), or open it with the first one.",
        EmbedderMismatch,
        stacklevel=5,
    )


def is_verbatim(keys: str) -> bool:
    """Whether a scope holds documents, which maintenance leaves as they are."""
    return VERBATIM in keys and VERBATIM in json.loads(keys)


def scope_key(keys: Mapping[str, str]) -> str:
    """Canonical JSON of a scope's keys; raises `ScopeRequired` for none or unusable ones."""
    if not keys:
        raise ScopeRequired(
            "A scope needs at least one key, such as store.scope(user='ana'). "
            "Memory without an owner is never read or written."
        )
    for name, value in keys.items():
        if not isinstance(value, str):
            raise TypeError(
                f"Scope key {name}={value!r} must be text; found {type(value).__name__}."
            )
        if not name.strip():
            raise ScopeRequired(f"A scope key needs a name; found {name!r}={value!r}.")
        if not value.strip():
            raise ScopeRequired(
                f"Scope key {name}={value!r} is empty: an owner that was never filled in "
                "would share its memory with every other such owner."
            )
        require_text(name, "a scope key's name")
        require_text(value, f"scope key {name}")
    return json.dumps(dict(keys), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def require_count(value: int, name: str) -> int:
    """`value` if it is a whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be a whole number; found {type(value).__name__}.")
    if value < 1:
        raise InvalidInput(f"{name}={value} asks for nothing; give at least 1.")
    return value


Make = Callable[[], object]
