"""`maintain`: extract what is behind, consolidate, judge, apply; in budget, restartable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from memkit.contracts import Extractor
from memkit.dates import to_micros
from memkit.errors import BudgetSpent, ModelUnavailable, UnusableReply
from memkit.models import MaintainReport, Memory, Rejected, Turn
from memkit.storage.ledger import ScopeState
from memkit.storage.records import Row
from memkit.storage.rows import Rows
from memkit.storage.standing import FORGOTTEN
from memkit.store import consolidating, deriving, fading, reembedding, snapshots
from memkit.store.parts import VERBATIM, Parts, is_verbatim
from memkit.store.running import Run
from memkit.store.writing import write_uses
from memkit.text import blanked

_READABLE = f"kind = 'turn' AND origin != 'echo' AND (archived IS NULL OR standing != {FORGOTTEN})"
"""What extractors read: what was said, but for what somebody asked to forget. What maintenance has
archived they read too, or what they make would depend on when it ran."""


def maintain(parts: Parts, keys: Sequence[str], run: Run, now: datetime) -> MaintainReport:
    """Bring the derived records of these scopes up to date, then apply the forgetting policy.

    First, records that were stored without a vector (while the store was open with another
    embedder or none, or by an import that was cut off) get one. Documents are left as they are. A
    dry run writes nothing.
    """
    if run.dry:
        for key in keys:
            if not is_verbatim(key):
                _rehearse(parts, key, run, now)
        return run.report()
    with parts.storage.write() as rows:
        write_uses(rows, parts.uses.take(), now)
    if parts.embedder is not None and parts.has_vectors:
        reembedding.fill(parts, parts.embedder, parts.space_number, None, run.goes_on)
    for key in keys:
        if not is_verbatim(key):
            _tend(parts, key, run, now)
        fading.make_room(parts, key)
    snapshots.write_all(parts, build=run.has_time())
    return run.report()


def _tend(parts: Parts, key: str, run: Run, now: datetime) -> None:
    for extractor in parts.extractors:
        while run.has_time() and _extract_batch(parts, key, extractor, run, now):
            pass
    for consolidator in parts.consolidators:
        if run.has_time():
            consolidating.consolidate(parts, key, consolidator, run, now)
    if parts.forgetting.forgets and run.has_time():
        fading.judge(parts, key, run, now)


def _rehearse(parts: Parts, key: str, run: Run, now: datetime) -> None:
    """What would be read, consolidated and let go, each as if the step before had done nothing."""
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        if state is None:
            return
        for extractor in parts.extractors:
            waiting = _waiting(rows, state, extractor)
            if waiting:
                reason = f"{extractor.name}: {waiting} turns to read"
                run.plan("extract", (), reason)
    for consolidator in parts.consolidators:
        if run.has_time():
            consolidating.consolidate(parts, key, consolidator, run, now)
    if parts.forgetting.forgets and run.has_time():
        fading.judge(parts, key, run, now)


def unread(parts: Parts, rows: Rows) -> int:
    """How many turns extractors have still to read, over all scopes; each extractor's count."""
    scopes = [scope for scope, keys in rows.scopes.list() if VERBATIM not in keys]
    states = [rows.scopes.numbered(scope) for scope in scopes]
    return sum(
        _waiting(rows, state, extractor)
        for extractor in parts.extractors
        for state in states
        if state is not None
    )


def _waiting(rows: Rows, state: ScopeState, extractor: Extractor) -> int:
    seen = rows.cursors.get(state.scope, extractor.name)
    after = seen[1] if seen is not None and seen[0] == extractor.version else 0
    return len(rows.records.numbers(state.scope, f"record > ? AND {_READABLE}", [after]))


def catch_up(parts: Parts, key: str, now: datetime) -> None:
    """Run the extractors that are not deferred, where they are behind; for a read of knowledge."""
    if parts.read_only or is_verbatim(key):
        return
    run = Run(None)
    for extractor in parts.extractors:
        if not extractor.deferred:
            while _extract_batch(parts, key, extractor, run, now):
                pass


def _extract_batch(parts: Parts, key: str, extractor: Extractor, run: Run, now: datetime) -> bool:
    """One batch of turns through one extractor; false when there was none left."""
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        if state is None:
            return False
        seen = rows.cursors.get(state.scope, extractor.name)
        rebuild = seen is not None and seen[0] != extractor.version
        after = seen[1] if seen is not None and not rebuild else 0
        batch = rows.records.after(state.scope, after, extractor.batch, _READABLE)
        before = _seen(rows, state, after, extractor.overlap)
    turns = _ready(extractor, [_told(row) for row in batch], now)
    batch = batch[: len(turns)]
    if not batch and not rebuild:
        return False
    run.step()
    try:
        proposed = _proposed(extractor, before, turns)
    except (ModelUnavailable, UnusableReply, BudgetSpent) as error:
        run.errors.append(f"{extractor.name}: {error}")
        return False
    given = {row.id: row for row in (*before, *batch)}
    derived, refused = deriving.accepted(proposed, given)
    encoded = deriving.encode(parts, derived)
    at = to_micros(now)
    with parts.storage.write() as rows:
        state = rows.scopes.find(key)
        if state is None or rows.cursors.get(state.scope, extractor.name) != seen:
            return True  # another process was faster, or the scope is gone: look again
        if rebuild:
            _drop_output(rows, state, extractor)
        derived, encoded = deriving.unknown(rows, state, extractor.name, derived, encoded)
        if derived:
            span = deriving.insert(parts, rows, state, extractor.name, derived, encoded, at)
            rows.journal.write(state.scope, at, "extract", reason=extractor.name, span=span)
        deriving.quarantine(rows, state, extractor.name, refused, given, at)
        newest = batch[-1].record if batch else 0
        rows.cursors.set(state.scope, extractor.name, extractor.version, newest)
    run.note(extractor.name, len(derived), refused)
    return bool(batch)


def _seen(rows: Rows, state: ScopeState, after: int, count: int) -> list[Row]:
    """The last turns that were read already."""
    if not (after and count):
        return []
    return rows.records.newest(state.scope, count, f"record <= ? AND {_READABLE}", [after])


def _proposed(
    extractor: Extractor, before: Sequence[Row], turns: Sequence[Turn]
) -> list[Memory | Rejected]:
    """What an extractor says of these turns, with those before them told again."""
    if not turns:
        return []
    found = list(extractor.extract([*map(_told, before), *turns]))
    if not before:
        return found
    old = {row.id for row in before}
    return [one for one in found if not _cited(one) or not old.issuperset(_cited(one))]


def _cited(one: Memory | Rejected) -> Sequence[str]:
    return one.turns if isinstance(one, Rejected) else [source.turn for source in one.sources]


def _told(row: Row) -> Turn:
    """The turn as extractors see it: what `context` had handed out is no statement."""
    turn = row.turn()
    return replace(turn, text=blanked(turn.text))


def _ready(extractor: Extractor, turns: list[Turn], now: datetime) -> list[Turn]:
    """The turns that may be extracted by now; a full batch never waits."""
    ready = extractor.ready(turns, now) if turns else 0
    if not ready and len(turns) >= extractor.batch:
        return turns
    return turns[: max(0, ready)]


def _drop_output(rows: Rows, state: ScopeState, extractor: Extractor) -> None:
    numbers = rows.records.numbers(state.scope, "extractor = ?", [extractor.name])
    rows.quarantine.drop_output(state.scope, extractor.name)
    if numbers:
        rows.delete(state.scope, numbers)
        rows.scopes.rebuilt(state.scope)
