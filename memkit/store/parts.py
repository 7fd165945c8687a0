"""What a store is made of, shared by all its scopes."""

from __future__ import annotations

import json
import threading
import warnings
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import partial

from memkit.contracts import (
    Consolidator,
    Embedder,
    Extractor,
    ForgettingPolicy,
    Retriever,
    Storage,
)
from memkit.dates import moment
from memkit.errors import EmbedderMismatch, InvalidInput, ScopeRequired
from memkit.index.cache import ScopeCache
from memkit.index.scope import IndexerFactory, ScopeIndex
from memkit.index.space import DenseSpace, TokenSpace, space_for
from memkit.storage.rows import Rows
from memkit.text import require_text
from memkit.tokens import Counter
from memkit.types import Clock, When

UseCounts = dict[str, dict[int, int]]


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


@dataclass
class Parts:
    """The objects a store was opened with."""

    storage: Storage[Rows]
    embedder: Embedder | None
    factories: Sequence[IndexerFactory]
    extractors: Sequence[Extractor]
    consolidators: Sequence[Consolidator]
    retriever: Retriever
    forgetting: ForgettingPolicy
    zone: tzinfo
    counter: Counter
    clock: Clock
    space_number: int = 0
    uses: PendingUses = field(default_factory=PendingUses)

    def __post_init__(self) -> None:
        self.cache = ScopeCache(partial(ScopeIndex, self.factories, self.make_space))

    @property
    def has_vectors(self) -> bool:
        """Whether records are embedded and searched by vector."""
        return self.embedder is not None and self.space_number > 0

    def make_space(self) -> DenseSpace | TokenSpace | None:
        """A fresh vector space for one scope, or None in lexical mode."""
        return space_for(self.embedder) if self.embedder and self.has_vectors else None

    def space_stands(self, rows: Rows) -> bool:
        """Whether the file still searches by this embedder's vectors.

        Another process may have called `reembed`; then this one goes on by keywords, and warns.
        """
        if self.embedder and rows.vectors.space(self.embedder.identity) == self.space_number:
            return True
        if self.space_number:
            self.space_number = 0
            self.cache.drop()
            kept = json.loads(rows.settings.get("embedder") or "{}").get("identity")
            _warn_of_mismatch(str(kept), self.embedder.identity if self.embedder else "none")
        return False

    def now(self, given: When | None) -> datetime:
        """The moment given, or the clock's."""
        return self.clock() if given is None else moment(given, self.zone, "now")

    def use_embedder(self, embedder: Embedder | None) -> None:
        """Compare the embedder with the file's; a new file takes it as its own.

        With another one than the file's the store works without vectors, and warns.
        """
        self.embedder, self.space_number = embedder, 0
        if embedder is not None:
            with self.storage.read() as rows:
                kept = rows.settings.get("embedder")
                if kept is not None and json.loads(kept)["identity"] == embedder.identity:
                    self.space_number = rows.vectors.space(embedder.identity) or 0
            if kept is None:
                self._adopt(embedder)
            elif json.loads(kept)["identity"] != embedder.identity:
                _warn_of_mismatch(json.loads(kept)["identity"], embedder.identity)
        self.cache.drop()

    def _adopt(self, embedder: Embedder) -> None:
        if getattr(self.storage, "read_only", False):
            return
        identity = {"identity": embedder.identity, "dim": embedder.dim}
        with self.storage.write() as rows:
            if rows.settings.get("embedder") is None:
                rows.settings.set("embedder", json.dumps(identity))
            self.space_number = rows.vectors.ensure_space(
                embedder.identity, embedder.dim, space_for(embedder).form
            )


def _warn_of_mismatch(kept: str, given: str) -> None:
    warnings.warn(
        f"This store's vectors were made by {kept!r}, but it was opened with {given!r}. It works "
        "by keywords alone until you call store.reembed(embedder), or open it with the first one.",
        EmbedderMismatch,
        stacklevel=5,
    )


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
