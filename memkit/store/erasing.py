"""`erase`: rows, postings, vectors, journal and free pages; proven by reading the bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from memkit.dates import to_micros
from memkit.errors import LockedStore, StorageFailure
from memkit.models import Receipt
from memkit.storage.ledger import ScopeState
from memkit.storage.records import Row
from memkit.storage.rows import Rows
from memkit.storage.sqlite import SQLiteStorage
from memkit.storage.standing import DIGEST
from memkit.store import snapshots
from memkit.store.applying import apply
from memkit.store.changing import Target, require_scope, select, uncovered
from memkit.store.parts import Parts
from memkit.store.writing import write_uses
from memkit.text import let_go_of_texts

_PROBES: Final = 64
_PROBE_BYTES: Final = 48
_SHORTEST_PROBE: Final = 12


def erase(parts: Parts, keys: str, target: Target | None, now: datetime) -> Receipt:
    """Remove records and all that was derived from them, for good; None means the whole scope.

    Turns that an erased summary stood for come back, unless they go too.
    """
    with parts.storage.write() as rows:
        write_uses(rows, parts.uses.take(), now)
        state = require_scope(rows, keys)
        chosen = _chosen(parts, rows, state, target)
        doomed = _with_derived(rows, state, chosen)
        if target is not None:
            _rewind(rows, state, doomed, doomed[len(chosen) :])
        snapshots.remove(parts, state.scope)
        moves = [e.reason for e in rows.journal.entries(state.scope) if e.action == "move"]
        entries = _remove(rows, state, doomed, whole=target is None, at=to_micros(now))
        probes = _probes(rows, doomed)
    _let_go(parts, state)
    note, elsewhere = _compacted(parts), _moved(moves)
    files, found = _searched(parts, probes)
    turns = sum(row.kind == "turn" for row in doomed)
    return Receipt(
        now, tuple(row.id for row in doomed), turns, len(doomed) - turns, entries, files,
        len(probes), sum(found), not any(found) and not note,
        "; ".join(filter(None, (note, elsewhere))),
    )  # fmt: skip


def _let_go(parts: Parts, state: ScopeState) -> None:
    """Nothing of what was erased stays in this process: indexes, vectors, texts looked into."""
    parts.cache.drop(state.scope)
    parts.learned.take(state.scope)
    parts.gate = parts.gate.fresh() if parts.gate is not None else None
    let_go_of_texts()


def _moved(moves: Sequence[str]) -> str:
    return f"not looked into: {', '.join(moves)} of this scope" if moves else ""


def doomed_by(parts: Parts, keys: str, target: Target | None) -> list[str]:
    """The ids that `erase` would remove; changes nothing."""
    with parts.storage.read() as rows:
        state = require_scope(rows, keys)
        return [row.id for row in _with_derived(rows, state, _chosen(parts, rows, state, target))]


def _chosen(parts: Parts, rows: Rows, state: ScopeState, target: Target | None) -> list[Row]:
    if target is None:
        numbers = rows.records.numbers(state.scope, "1", [])
        return list(rows.records.by_numbers(state.scope, numbers).values())
    return select(rows, state, target, parts.zone)


def _with_derived(rows: Rows, state: ScopeState, chosen: Sequence[Row]) -> list[Row]:
    derived = rows.records.derived_from(row.record for row in chosen)
    known = {row.record for row in chosen}
    more = rows.records.by_numbers(state.scope, sorted(derived - known))
    return [*chosen, *more.values()]


def _rewind(
    rows: Rows, state: ScopeState, doomed: Sequence[Row], taken_along: Sequence[Row]
) -> None:
    """Have extractors read again that lose a record which other turns may support still."""
    gone = {row.record for row in doomed}
    sources = rows.records.sources(row.record for row in taken_along)
    rows.cursors.rewind(
        state.scope,
        {
            row.extractor
            for row in taken_along
            if row.extractor is not None
            and any(turn not in gone for turn, _ in sources.get(row.record, ()))
        },
    )


def _remove(rows: Rows, state: ScopeState, doomed: Sequence[Row], *, whole: bool, at: int) -> int:
    numbers = sorted(row.record for row in doomed)
    digests = [row.record for row in doomed if row.kind == DIGEST and row.archived is None]
    back = uncovered(rows, state, digests, numbers)
    entries = rows.journal.forget_records(state.scope, numbers)
    rows.delete(state.scope, numbers)
    rows.replies.clear()
    if whole:
        return rows.scopes.delete(state.scope)
    rows.scopes.rebuilt(state.scope)
    entry = rows.journal.write(state.scope, at, "erase", reason=f"{len(doomed)} records")
    apply(rows, state, entry, back)
    return entries


def _probes(rows: Rows, doomed: Sequence[Row]) -> list[bytes]:
    """Pieces of the erased texts that no remaining record holds."""
    probes: list[bytes] = []
    for row in sorted(doomed, key=lambda row: (-len(row.text), row.record))[:_PROBES]:
        piece = row.text[:_PROBE_BYTES]
        if len(piece) >= _SHORTEST_PROBE and not rows.records.any_holds(piece):
            probes.append(piece.encode("utf-8"))
    return probes


def _compacted(parts: Parts) -> str:
    if not isinstance(parts.storage, SQLiteStorage):
        return "this storage cannot be compacted by memkit"
    try:
        parts.storage.compact()
    except (StorageFailure, LockedStore) as error:
        return str(error)  # the rows are gone already; what is left is in the free pages
    return ""


def _searched(parts: Parts, probes: Sequence[bytes]) -> tuple[tuple[str, ...], list[bool]]:
    if not isinstance(parts.storage, SQLiteStorage):
        return (), [False] * len(probes)
    return parts.storage.find_bytes(probes)
