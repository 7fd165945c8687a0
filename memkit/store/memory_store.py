"""`MemoryStore`: one file, opened."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import Any, Self

from memkit.contracts import (
    Consolidator,
    Embedder,
    EmbedFunction,
    Extractor,
    ForgettingPolicy,
    IntakeGate,
    Reranker,
    Retriever,
)
from memkit.dates import moment, to_micros, utc_now, zone
from memkit.embed import static
from memkit.embed.callable import CallableEmbedder
from memkit.errors import StorageFailure
from memkit.forget.never import NeverForget
from memkit.index.keyword import KeywordIndex
from memkit.index.layer import IndexerFactory
from memkit.index.vector import VectorIndex
from memkit.models import CheckReport, Health, Hit, MaintainReport, ReembedReport, plain
from memkit.recipe import Recipe, composed
from memkit.retrieve.fused import FusedRetriever
from memkit.storage.records import kept_json
from memkit.storage.sqlite import SQLiteStorage
from memkit.store import maintaining, reembedding, searching, snapshots, transferring
from memkit.store.ledger import StoreLedger
from memkit.store.parts import Parts, scope_key
from memkit.store.running import Run
from memkit.store.scope import Scope
from memkit.store.writing import write_uses
from memkit.text import ANALYZER
from memkit.tokens import Counter, default_counter
from memkit.types import Clock, Filter, Progress, When


class _ImportDoor:
    """`store.import_(path)` adds to that store; `MemoryStore.import_(path)` makes one in memory.

    Both return the store that now holds the export. `MemoryStore.import_(path, into="new.mem")`
    opens, or creates, that file.
    """

    def __get__(self, store: MemoryStore | None, owner: type[MemoryStore]) -> Callable[..., Any]:
        def import_(
            path: str | os.PathLike[str], *, into: str | os.PathLike[str] | None = None
        ) -> MemoryStore:
            """Add a JSON lines export, whole or not at all; the store that holds it."""
            if store is not None and into is not None:
                raise TypeError("An open store imports into itself; leave `into` out.")
            if store is not None:
                transferring.load(store._parts, Path(path))
                return store
            with ExitStack() as on_error:
                made = on_error.enter_context(owner(into or ":memory:"))
                transferring.load(made._parts, Path(path))
                on_error.pop_all()
            return made

        return import_


class MemoryStore:
    """The memory of any number of scopes in one SQLite file.

    Safe for threads, and for several processes on one machine. Close it, or use it in a `with`
    statement; a store that is dropped unclosed loses use counters only.

    >>> from memkit import MemoryStore
    >>> with MemoryStore(":memory:") as store:
    ...     ana = store.scope(user="ana")
    ...     _ = ana.add("I moved from Porto to Lisbon in March.")
    ...     ana.search("Where does Ana live?")[0].text
    'I moved from Porto to Lisbon in March.'
    """

    def __init__(
        self, path: str | os.PathLike[str], *,
        embedder: Embedder | EmbedFunction | str | None = "default",
        indexers: Sequence[IndexerFactory] | None = None,
        extractors: Iterable[Extractor] | None = None,
        consolidators: Iterable[Consolidator] | None = None,
        retriever: Retriever | None = None, rerankers: Iterable[Reranker] | None = None,
        forgetting: ForgettingPolicy | None = None, gate: IntakeGate | None = None,
        recipe: Recipe | str | None = None,
        timezone: str | None = None, tokenizer: Callable[[str], int] | None = None,
        clock: Clock = utc_now, read_only: bool = False,
    ) -> None:  # fmt: skip
        """Open the file, or create it; ":memory:" is a store that dies with the object.

        With `read_only` the file must be there, and SQLite itself refuses to write to it.
        `embedder` is an `Embedder`, any callable from a list of texts to rows of numbers, or None
        for keywords alone; left out, it is the static one. `timezone` (IANA name) is that of
        naive times; it is stored at creation, as is the embedder's identity. `tokenizer` counts
        tokens for `context`. `extractors` derive records from turns; left out, those that need no
        model and have earned their place: see `docs/extractors.md`. `gate` looks at each turn as it
        is stored, and may archive it at once. `rerankers` look at the hits
        of every search, each at what the one before leaves. `recipe` is a published system by
        name, which brings its own parts but for those given here: see `docs/recipes.md`. `clock`
        gives the present moment where a call is given no `now`.
        """
        chosen, _ = _as_embedder(embedder), zone(timezone or "UTC")  # before a file is made
        own = composed(
            _as_recipe(recipe), indexers=indexers, extractors=extractors,
            consolidators=consolidators, retriever=retriever, rerankers=rerankers,
            forgetting=forgetting, gate=gate,
        )  # fmt: skip
        storage = SQLiteStorage(path, read_only=read_only)
        with ExitStack() as on_error:
            on_error.callback(storage.close)
            _agree_on_terms(storage)
            self._parts = Parts(
                storage=storage, embedder=None,
                factories=tuple(
                    own.indexers if own.indexers is not None else (KeywordIndex, VectorIndex)
                ),
                make_extractors=partial(self._ready, own.extractors),
                consolidators=tuple(own.consolidators or ()),
                retriever=own.retriever or FusedRetriever(),
                rerankers=tuple(own.rerankers or ()),
                forgetting=own.forgetting or NeverForget(), gate=own.gate,
                zone=zone(_agreed_timezone(storage, timezone)),
                counter=Counter("custom", tokenizer) if tokenizer else default_counter(),
                clock=clock, snapshots=snapshots.beside(storage.path),
            )  # fmt: skip
            self._parts.use_embedder(chosen)
            on_error.pop_all()
        self._closed = False

    import_ = _ImportDoor()

    @property
    def aio(self) -> Any:
        """The same methods, awaited: each runs in a thread."""
        from memkit.aio import Forwarded

        return Forwarded(self)

    def __repr__(self) -> str:
        return f"MemoryStore({self._storage.where!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exc: object) -> None:
        self._close(build=kind is None)  # who is interrupted does not want to wait

    def scope(self, **keys: str) -> Scope:
        """The memory of one owner, named by any keywords: user, agent, app...

        Two scopes are the same when all their keys are equal, character by character. Raises
        `ScopeRequired` without keys, or for an empty value.
        """
        return Scope(self._parts, keys)

    def scopes(self) -> list[dict[str, str]]:
        """The keys of every scope that was written to."""
        with self._parts.storage.read() as rows:
            return [keys for _, keys in rows.scopes.list()]

    def search(
        self, query: str, k: int = 10, *, scopes: Iterable[Scope], filter: Filter | None = None,
        as_of: When | None = None, now: When | None = None,
    ) -> list[Hit]:  # fmt: skip
        """The best hits of several scopes, each ranked by its own statistics, then merged."""
        searching.ask(self._parts, query, k, filter, as_of, now, None)  # refuse before any scope
        found = [
            (hit, place)
            for place, scope in enumerate(_distinct(scopes))
            for hit in scope.search(query, k, filter=filter, as_of=as_of, now=now)
        ]
        found.sort(key=lambda pair: (-pair[0].score, pair[1]))
        return [hit for hit, _ in found[:k]]

    def maintain(
        self, budget_ms: float | None = None, now: When | None = None, *, dry_run: bool = False
    ) -> MaintainReport:
        """`Scope.maintain` for every scope, within one budget."""
        keys = [scope_key(keys) for keys in self.scopes()]
        run = Run(budget_ms, dry=dry_run)
        return maintaining.maintain(self._parts, keys, run, self._parts.now(now))

    def check(self, fix: bool = False) -> CheckReport:
        """Compare the file with itself; with `fix`, mend what is derived.

        >>> from memkit import MemoryStore
        >>> MemoryStore(":memory:").check().ok
        True
        """
        report = self._parts.storage.check(fix)
        if report.fixed:
            snapshots.remove(self._parts)
            self._parts.cache.drop()
        return report

    def compact(
        self, move_to: str | os.PathLike[str] | None = None, *, before: When | None = None
    ) -> int:
        """Rewrite the file without free space; how many records were moved out of it.

        With `move_to`, what was archived (before a moment) is first moved to a new JSON lines file
        of that path, but for the words that a record which stays rests on. `import_` of that file
        brings it back as it was.
        """
        moved = 0
        if move_to is not None:
            now = self._parts.now(None)
            limit = now if before is None else moment(before, self._parts.zone, "before")
            at = to_micros(now)
            moved = transferring.move_out(self._parts, Path(move_to), to_micros(limit), at)
        self._storage.compact()
        return moved

    def stats(self) -> dict[str, Any]:
        """Counts, sizes and settings, JSON-ready."""
        with self._parts.storage.read() as rows:
            counts = rows.records.counts()
            per_scope = [
                {"keys": keys, **rows.records.counts(number)} for number, keys in rows.scopes.list()
            ]
            settings = rows.settings.all()
            spaces, standing = rows.vectors.spaces(), rows.standings.counts()
            quarantined, models = rows.quarantine.count(), rows.expenses.all()
        return {
            "path": self._storage.where,
            "bytes": self._storage.size(),
            "turns": counts.get("turn", 0),
            "archived": counts["archived"],
            "standing": standing,
            "records": {kind: n for kind, n in counts.items() if kind != "archived"},
            "scopes": per_scope,
            "embedder": kept_json(settings["embedder"]) if "embedder" in settings else None,
            "vectors": {identity: stored for _, identity, _, _, stored in spaces},
            "mode": "hybrid" if self._parts.has_vectors else "lexical",
            "timezone": settings.get("timezone", "UTC"),
            "token_counter": self._parts.counter.name,
            "quarantined": quarantined,
            "models": {name: plain(spent) for name, spent in models.items()},
        }

    def health(self, now: When | None = None) -> Health:
        """How the store is doing: growth, repetition, what is never used, stale or unsure, and
        whether the indexes have drifted from the rows. Each measure has its limit, or none."""
        from memkit.store import health

        return health.examine(self._parts, self._parts.now(now), self._storage.size())

    def export(self, path: str | os.PathLike[str]) -> int:
        """Write everything as JSON lines; how many. An existing file is replaced at the end."""
        return transferring.export(self._parts, Path(path))

    def reembed(
        self, embedder: Embedder | EmbedFunction, *, progress: Progress | None = None
    ) -> ReembedReport:
        """Search by another embedder's vectors from now on.

        Resumable: the old vectors serve until all new ones are made.
        """
        chosen = _as_embedder(embedder)
        if chosen is None:
            raise TypeError("reembed takes an Embedder or a callable; found None.")
        return reembedding.reembed(self._parts, chosen, progress)

    def close(self) -> None:
        """Write what is pending and let go of the file; a second call does nothing.

        Pending are counts of uses, and the snapshot that lets the next process open a large scope
        at once: after adding 100,000 turns it takes a few seconds to make.
        """
        self._close(build=True)

    def _close(self, *, build: bool) -> None:
        if self._closed:
            return
        pending = self._parts.uses.take()
        try:
            if pending and not self._storage.read_only:
                with self._parts.storage.write() as rows:
                    write_uses(rows, pending, self._parts.now(None))
            snapshots.write_all(self._parts, build=build)
        finally:
            self._storage.close()
            self._closed = True

    def _ready(self, given: Sequence[Extractor] | None) -> Sequence[Extractor]:
        """The extractors that were given, or the built-in ones, told where replies are kept."""
        chosen = _default_extractors() if given is None else given
        for extractor in chosen:
            extractor.attach(StoreLedger(self._parts))
        return chosen

    @property
    def _storage(self) -> SQLiteStorage:
        assert isinstance(self._parts.storage, SQLiteStorage)
        return self._parts.storage


@cache
def _default_extractors() -> tuple[Extractor, ...]:
    """Made once for all stores of the process: they keep nothing, and take a second to make."""
    from memkit.extract.facts import FactExtractor
    from memkit.extract.triples import TripleExtractor

    return FactExtractor(which="dated"), TripleExtractor()


def _as_embedder(given: Embedder | EmbedFunction | str | None) -> Embedder | None:
    if given == "default":
        return static.shared()
    if given is None or isinstance(given, Embedder):
        return given
    if callable(given):
        return CallableEmbedder(given)
    raise TypeError(
        f"embedder must be an Embedder, a callable or None; found {given!r}. "
        "Names are for the command line: memkit.registry.create('embedders', name) makes one."
    )


def _as_recipe(given: Recipe | str | None) -> Recipe | None:
    if isinstance(given, str):
        from memkit import registry

        made: Recipe = registry.create("recipes", given)
        return made
    if given is None or isinstance(given, Recipe):
        return given
    raise TypeError(f"recipe must be a Recipe or the name of one; found {given!r}.")


def _agreed_timezone(storage: SQLiteStorage, given: str | None) -> str:
    """The file's time zone; a new file takes the one given, and a name for its snapshots."""
    with storage.read() as rows:
        kept, name = rows.settings.get("timezone"), rows.settings.get("store")
    if (kept is None or name is None) and not storage.read_only:
        with storage.write() as rows:
            kept = rows.settings.get("timezone")  # another process may have been faster
            if kept is None:
                kept = given or "UTC"
                rows.settings.set("timezone", kept)
                rows.settings.set("analyzer", ANALYZER)
            if rows.settings.get("store") is None:
                rows.settings.set("store", secrets.token_hex(8))
    if kept is not None and given is not None and kept != given:
        raise StorageFailure(
            f"{storage.where} keeps naive times in {kept!r}, but was opened with "
            f"timezone={given!r}. Open it without timezone=, or with {kept!r}."
        )
    return kept or given or "UTC"


def _agree_on_terms(storage: SQLiteStorage) -> None:
    """Index a file that another version of the analysis has indexed once more."""
    with storage.read() as rows:
        kept = rows.settings.get("analyzer")
    if kept in (None, ANALYZER) or storage.read_only:
        return
    storage.check(fix=True)
    with storage.write() as rows:
        rows.settings.set("analyzer", ANALYZER)


def _distinct(scopes: Iterable[Scope]) -> list[Scope]:
    return list({scope_key(scope.keys): scope for scope in scopes}.values())
