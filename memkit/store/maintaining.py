"""`maintain`: extract what is behind, consolidate, judge, apply; in budget, restartable."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from memkit.contracts import Consolidator, Extractor, Proposal
from memkit.dates import to_micros
from memkit.errors import BudgetSpent, ModelUnavailable, UnusableReply
from memkit.models import MaintainReport, Memory, Rejected, Turn
from memkit.storage.ledger import ScopeState
from memkit.storage.records import TURN
from memkit.storage.rows import Rows
from memkit.store import deriving, judging, reembedding, snapshots
from memkit.store.changing import archive
from memkit.store.parts import Parts
from memkit.store.writing import write_uses

_LIVE_TURNS = "kind = 'turn' AND origin != 'echo' AND archived IS NULL"


class _Run:
    """One `maintain` call: what it did so far, and whether time is left."""

    def __init__(self, budget_ms: float | None) -> None:
        self._began = time.perf_counter()
        self._budget_ms = budget_ms
        self._finished = True
        self.extracted: Counter[str] = Counter()
        self.rejected: Counter[str] = Counter()
        self.consolidated: Counter[str] = Counter()
        self.archived = 0
        self.expired = 0
        self.errors: list[str] = []

    def has_time(self) -> bool:
        """False, and noted as unfinished, once the budget is spent."""
        if self._budget_ms is not None and self._milliseconds() >= self._budget_ms:
            self._finished = False
            return False
        return True

    def note(self, name: str, extracted: int, refused: Sequence[Rejected]) -> None:
        """Count what one batch gave."""
        self.extracted[name] += extracted
        self.rejected[name] += len(refused)
        self.errors.extend(f"{name}: {deriving.described(one)}" for one in refused)

    def report(self) -> MaintainReport:
        return MaintainReport(
            self._finished, dict(self.extracted), dict(self.rejected), dict(self.consolidated),
            self.archived, self.expired, tuple(self.errors), round(self._milliseconds(), 3),
        )  # fmt: skip

    def _milliseconds(self) -> float:
        return (time.perf_counter() - self._began) * 1000


def maintain(
    parts: Parts, keys: Sequence[str], budget_ms: float | None, now: datetime
) -> MaintainReport:
    """Bring the derived records of these scopes up to date, then apply the forgetting policy.

    First, records that were stored without a vector (while the store was open with another
    embedder or none, or by an import that was cut off) get one.
    """
    run = _Run(budget_ms)
    with parts.storage.write() as rows:
        write_uses(rows, parts.uses.take(), now)
    if parts.embedder is not None and parts.has_vectors:
        reembedding.fill(parts, parts.embedder, parts.space_number, None, run.has_time)
    for key in keys:
        for extractor in parts.extractors:
            while run.has_time() and _extract_batch(parts, key, extractor, run, now):
                pass
        for consolidator in parts.consolidators:
            if run.has_time():
                _consolidate(parts, key, consolidator, run, now)
        if parts.forgetting.forgets and run.has_time():
            _judge(parts, key, run, now)
    snapshots.write_all(parts, build=run.has_time())
    return run.report()


def catch_up(parts: Parts, key: str, now: datetime) -> None:
    """Run the extractors that are not deferred, where they are behind; for a read of knowledge."""
    run = _Run(None)
    for extractor in parts.extractors:
        if not extractor.deferred and not parts.read_only:
            while _extract_batch(parts, key, extractor, run, now):
                pass


def _extract_batch(parts: Parts, key: str, extractor: Extractor, run: _Run, now: datetime) -> bool:
    """One batch of turns through one extractor; false when there was none left."""
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        if state is None:
            return False
        seen = rows.cursors.get(state.scope, extractor.name)
        rebuild = seen is not None and seen[0] != extractor.version
        after = seen[1] if seen is not None and not rebuild else 0
        batch = rows.records.after(state.scope, after, extractor.batch, _LIVE_TURNS)
    turns = _ready(extractor, [row.turn() for row in batch], now)
    batch = batch[: len(turns)]
    if not batch and not rebuild:
        return False
    try:
        proposed = list(extractor.extract(turns)) if turns else []
    except (ModelUnavailable, UnusableReply, BudgetSpent) as error:
        run.errors.append(f"{extractor.name}: {error}")
        return False
    given = {row.id: row for row in batch}
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


def _consolidate(
    parts: Parts, key: str, consolidator: Consolidator, run: _Run, now: datetime
) -> None:
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        memories = _memories(rows, state) if state is not None else []
    for proposal in consolidator.propose(memories, now) if memories else ():
        if not run.has_time():
            return
        fault = _apply(parts, key, consolidator.name, proposal, to_micros(now))
        if fault:
            run.rejected[consolidator.name] += 1
            run.errors.append(f"{consolidator.name}: {fault}")
        else:
            run.consolidated[consolidator.name] += 1


def _memories(rows: Rows, state: ScopeState) -> list[Memory]:
    found = rows.records.after(state.scope, 0, -1, "kind != 'turn' AND archived IS NULL")
    sources = rows.records.sources(row.record for row in found)
    return [row.memory(tuple(source for _, source in sources.get(row.record, ()))) for row in found]


def _apply(parts: Parts, key: str, name: str, proposal: Proposal, at: int) -> str:
    """Apply one proposal as one journalled change; why it was refused, or nothing."""
    wanted = {source.turn for memory in proposal.memories for source in memory.sources}
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        found = rows.records.by_ids(state.scope, wanted) if state is not None else {}
    turns = {id: row for id, row in found.items() if row.kind == TURN}
    derived, rejected = deriving.accepted(proposal.memories, turns)
    if rejected:
        return deriving.described(rejected[0])
    encoded = deriving.encode(parts, derived)
    with parts.storage.write() as rows:
        state = rows.scopes.find(key)
        mentioned = {*proposal.supersedes}
        mentioned.update(end for link in proposal.links for end in (link.source, link.target))
        known = rows.records.by_ids(state.scope, mentioned) if state is not None else {}
        missing = mentioned - set(known)
        if state is None or missing:
            return f"no record {', '.join(sorted(missing)[:3])} in this scope any more"
        span = deriving.insert(parts, rows, state, name, derived, encoded, at) if derived else None
        entry = rows.journal.write(
            state.scope, at, "consolidate", reason=proposal.reason or name, span=span
        )
        rows.records.add_links(
            (known[link.source].record, known[link.target].record, link.kind, link.weight)
            for link in proposal.links
        )
        superseded = [known[id] for id in proposal.supersedes if known[id].archived is None]
        archive(rows, state, entry, [(row.record, None, at) for row in superseded])
    return ""


def _judge(parts: Parts, key: str, run: _Run, now: datetime) -> None:
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        if state is None:
            return
        records = judging.records(rows, state.scope)
    verdicts = parts.forgetting.judge(records, now)
    dropped = {v.id: v for v in verdicts if v.action in ("archive", "expire")}
    if not dropped:
        return
    at = to_micros(now)
    with parts.storage.write() as rows:
        state = rows.scopes.find(key)
        if state is None:
            return
        found = rows.records.by_ids(state.scope, dropped)
        chosen = [row for row in found.values() if row.archived is None]
        entry = rows.journal.write(
            state.scope, at, "judge", reason=f"policy {parts.forgetting.name}"
        )
        archive(rows, state, entry, [(row.record, None, at) for row in chosen])
    run.expired += sum(dropped[row.id].action == "expire" for row in chosen)
    run.archived += sum(dropped[row.id].action == "archive" for row in chosen)
