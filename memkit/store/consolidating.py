"""Consolidators at work: each proposal is one journalled change, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from memkit import trust
from memkit.consolidate.associations import RECALLED
from memkit.contracts import Consolidator, LinkConsolidator, Proposal
from memkit.dates import to_micros
from memkit.models import Link, Memory
from memkit.storage.facts import TRIPLE
from memkit.storage.ledger import ScopeState
from memkit.storage.links import Edge, Relink
from memkit.storage.records import TURN, Row
from memkit.storage.rows import Rows
from memkit.storage.standing import REPLACED, Standing
from memkit.store import deriving
from memkit.store.applying import archive
from memkit.store.parts import Parts
from memkit.store.running import Run

_WEIGHT_DIGITS = 6
"""Of an edge's weight; more would tell edges apart that are the same."""


def consolidate(
    parts: Parts, key: str, consolidator: Consolidator, run: Run, now: datetime
) -> None:
    """Apply what a consolidator proposes, one change at a time while the budget lasts.

    At least one is applied, so that however small the budget a few runs get through. A
    consolidator that had nothing to do is asked again after the scope has changed. Where another
    process consolidates the scope meanwhile, what is left of the proposals is let go: they are
    made for a scope that stands no more, and the same ones may have been applied.
    """
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        if state is None:
            return
        stamped = _stamped(rows, state, consolidator)
        if rows.cursors.rested(stamped, consolidator.name, consolidator.version):
            return
        latest = rows.journal.newest()
        memories = _memories(rows, state)
        propose = _proposing(rows, state, consolidator)
    run.step()
    changed = 0
    for proposal in propose(memories, now) if memories else ():
        if run.dry:
            _plan(parts, key, consolidator, proposal, run)
            continue
        entry, fault = _apply(parts, key, consolidator.name, proposal, to_micros(now), latest)
        if entry is None:
            return
        if fault:
            run.rejected[consolidator.name] += 1
            run.errors.append(f"{consolidator.name}: {fault}")
        run.consolidated[consolidator.name] += bool(entry)
        changed += bool(entry or fault)
        latest = entry or latest
        if changed and not run.has_time():
            return
    if not changed and not run.dry:
        with parts.storage.write() as rows:
            found = rows.scopes.find(key)
            if found is not None and found == state:
                rows.cursors.rest(stamped, consolidator.name, consolidator.version)


def _stamped(rows: Rows, state: ScopeState, consolidator: Consolidator) -> ScopeState:
    """The state that a consolidator rests in; feedback brings one that goes by it to work again."""
    if not isinstance(consolidator, LinkConsolidator):
        return state
    return state._replace(revision=state.revision + rows.journal.judged_until(state.scope))


def _proposing(
    rows: Rows, state: ScopeState, consolidator: Consolidator
) -> Callable[[Sequence[Memory], datetime], Iterable[Proposal]]:
    """What gives its proposals; one that goes by links has read them by then."""
    if not isinstance(consolidator, LinkConsolidator):
        return consolidator.propose
    links = [Link(*found) for found in rows.links.between_live(state.scope)]
    links += [
        Link(one, other, RECALLED, float(times))
        for one, other, times in rows.journal.useful_together(state.scope)
    ]
    return lambda memories, now: consolidator.gather(memories, links, now)


def _plan(parts: Parts, key: str, consolidator: Consolidator, proposal: Proposal, run: Run) -> None:
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        known = rows.records.by_ids(state.scope, _mentioned(proposal)) if state is not None else {}
        if proposal.memories or _is_news(rows, proposal, known):
            run.plan("consolidate", sorted(known), f"{consolidator.name}: {proposal.reason}")


def _memories(rows: Rows, state: ScopeState) -> list[Memory]:
    """The live derived records, but for what strangers claim, which is no fact."""
    live = rows.records.after(state.scope, 0, -1, "kind != 'turn' AND archived IS NULL")
    found = [row for row in live if row.kind != TRIPLE or trust.rank(row.origin) > trust.LOW]
    sources = rows.records.sources(row.record for row in found)
    return [row.memory(tuple(source for _, source in sources.get(row.record, ()))) for row in found]


def _mentioned(proposal: Proposal) -> set[str]:
    ends = (end for link in proposal.links for end in (link.source, link.target))
    return {*proposal.supersedes, *ends}


def _is_news(rows: Rows, proposal: Proposal, known: dict[str, Row]) -> bool:
    """Whether links would change, or records be replaced, that are not yet."""
    live = any(id in known and known[id].archived is None for id in proposal.supersedes)
    return live or bool(_relinked(rows, proposal, known))


def _relinked(rows: Rows, proposal: Proposal, known: dict[str, Row]) -> list[Relink]:
    return rows.links.fresh(_edges(proposal, known))


def _edges(proposal: Proposal, known: dict[str, Row]) -> Iterator[Edge]:
    for link in proposal.links:
        if link.source in known and link.target in known:
            weight = round(link.weight, _WEIGHT_DIGITS)
            yield Edge(known[link.source].record, known[link.target].record, link.kind, weight)


def _lowers_trust(derived: Sequence[deriving.Derived], replaced: Sequence[Row]) -> bool:
    """Whether what people said would be replaced by what rests on a stranger's words as well."""
    least = min((trust.rank(one.origin) for one in derived), default=max(trust.TRUST.values()))
    return any(trust.rank(row.origin) > least for row in replaced)


def _apply(
    parts: Parts, key: str, name: str, proposal: Proposal, at: int, latest: int
) -> tuple[int | None, str]:  # fmt: skip
    """Apply one proposal as one journalled change: its entry, or 0, and what is wrong.

    No entry at all where another process has consolidated the scope since the entry `latest`.
    """
    wanted = {source.turn for memory in proposal.memories for source in memory.sources}
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        found = rows.records.by_ids(state.scope, wanted) if state is not None else {}
    turns = {id: row for id, row in found.items() if row.kind == TURN}
    derived, rejected = deriving.accepted(proposal.memories, turns)
    if rejected:
        return 0, deriving.described(rejected[0])
    encoded = deriving.encode(parts, derived)
    with parts.storage.write() as rows:
        state = rows.scopes.find(key)
        if state is not None and rows.journal.has_since(state.scope, latest, "consolidate"):
            return None, ""
        known = rows.records.by_ids(state.scope, _mentioned(proposal)) if state is not None else {}
        missing = _mentioned(proposal) - set(known)
        if state is None or missing:
            return 0, f"no record {', '.join(sorted(missing)[:3])} in this scope any more"
        if not derived and not _is_news(rows, proposal, known):
            return 0, ""
        replaced = [known[id] for id in proposal.supersedes]
        if _lowers_trust(derived, replaced):
            return 0, ""
        span = deriving.insert(parts, rows, state, name, derived, encoded, at) if derived else None
        entry = rows.journal.write(
            state.scope, at, "consolidate", reason=proposal.reason or name, span=span
        )
        relinked = _relinked(rows, proposal, known)
        rows.links.apply(entry, relinked)
        if not archive(rows, state, entry, replaced, Standing(at, REPLACED)) and relinked:
            rows.scopes.revised(state.scope)
    return entry, ""
