"""When snapshots of indexes are taken, used and thrown away.

They are taken where somebody waits for nothing: when a store is closed or maintained, and once a
search had to build much of an index anyway. A store works the same without them, only its first
search of a large scope takes longer.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from memkit.errors import LockedStore, StorageFailure
from memkit.index.cache import CachedScope
from memkit.index.scope import ScopeIndex
from memkit.index.snapshot import Snapshots, Stamp
from memkit.storage.ledger import ScopeState
from memkit.storage.rows import Rows
from memkit.store.parts import Parts
from memkit.text import ANALYZER

LEAST_RECORDS: Final = 4096
"""A smaller scope is built in less than a fifth of a second."""
_MUCH: Final = 4
"""A search that took in more than a quarter of a scope has it written down."""
_LITTLE: Final = 64
"""When the store is closed, a sixty-fourth is worth it."""


def beside(path: Path | None) -> Snapshots | None:
    """The snapshots of the store at that path; None for one in memory."""
    return Snapshots(path) if path is not None else None


def take_up(parts: Parts, rows: Rows, state: ScopeState, index: ScopeIndex) -> None:
    """Start a new index from the scope's snapshot, if there is one that fits."""
    if parts.snapshots is None or not index.is_new or state.last < LEAST_RECORDS:
        return
    if not index.can_be_kept:
        return
    found = parts.snapshots.read(state.scope, _origin(parts, rows, state, index))
    if found is None:
        return
    stamp, arrays = found
    if stamp.last <= state.last and stamp.digest == _digest(rows, state, stamp.last):
        try:
            index.restore(rows, arrays, stamp.last)
        except (ValueError, KeyError):
            index.start_over()
            parts.snapshots.drop(state.scope)


def write_due(parts: Parts, state: ScopeState, cached: CachedScope) -> None:
    """After a search that built much: write the snapshot, so that the next process need not."""
    if cached.index.unsaved > max(LEAST_RECORDS, cached.index.size // _MUCH):
        _save(parts, state, cached)


def write_all(parts: Parts, *, build: bool) -> None:
    """Write the snapshots that are behind; `build` what was added and never searched, too."""
    if parts.snapshots is None or parts.read_only:
        return
    grown = parts.take_grown() if build else {}
    for scope in sorted({*parts.cache.held(), *grown}):
        with parts.storage.read() as rows:
            state = rows.scopes.numbered(scope)
            if state is None:
                continue
            cached = parts.cache.get(scope)
            if grown.get(scope, 0) >= LEAST_RECORDS and cached.index.can_be_kept:
                with cached.mutex:
                    take_up(parts, rows, state, cached.index)
                    cached.index.refresh(rows, state, parts.space_number)
        if cached.index.unsaved > max(LEAST_RECORDS // _MUCH, cached.index.size // _LITTLE):
            _save(parts, state, cached)


def remove(parts: Parts, scope: int | None = None) -> None:
    """Remove the snapshot of a scope, or all; raises `StorageFailure`."""
    if parts.snapshots is not None:
        try:
            parts.snapshots.drop(scope)
        except OSError as error:
            raise StorageFailure(
                f"Removing snapshots in {parts.snapshots.folder} failed: {error.strerror}. "
                "They hold hashes and vectors of what is in the store. Nothing was changed."
            ) from error


def _save(parts: Parts, state: ScopeState, cached: CachedScope) -> None:
    if parts.snapshots is None or parts.read_only or cached.index.size < LEAST_RECORDS:
        return
    # A snapshot spares work; that it could not be written is no reason to fail.
    with suppress(OSError, LockedStore, StorageFailure), cached.mutex:
        arrays = cached.index.state() if cached.index.can_be_kept else None
        if arrays is None:
            return
        with parts.storage.read() as rows:
            stamp = _stamp(parts, rows, state, cached.index)
        part = parts.snapshots.write(state.scope, stamp, arrays)
        with parts.storage.write() as rows:  # nothing is erased until it is in its place
            now = rows.scopes.numbered(state.scope)
            if now is not None and _origin(parts, rows, now, cached.index) == stamp.origin:
                parts.snapshots.publish(state.scope, part)
                cached.index.saved()
        part.unlink(missing_ok=True)


def _stamp(parts: Parts, rows: Rows, state: ScopeState, index: ScopeIndex) -> Stamp:
    origin = _origin(parts, rows, state._replace(epoch=index.epoch), index)
    return Stamp(origin, index.last, _digest(rows, state, index.last))


def _origin(parts: Parts, rows: Rows, state: ScopeState, index: ScopeIndex) -> tuple[str, ...]:
    """The store, the scope, how it is indexed, and how often something was removed from it."""
    embedder = parts.embedder.identity if parts.embedder is not None and parts.has_vectors else ""
    classes = [type(one) for one in index.turns.indexers.values()]
    return (
        rows.settings.get("store") or "", str(state.scope), str(state.epoch), ANALYZER,
        str(parts.space_number), embedder, *(f"{c.__module__}:{c.__qualname__}" for c in classes),
    )  # fmt: skip


def _digest(rows: Rows, state: ScopeState, last: int) -> str:
    return rows.records.digest(state.scope, last).hex()
