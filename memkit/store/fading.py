"""What a forgetting policy decides, applied: archived, expired, or compressed; never deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from memkit.consolidate.compression import Digested, digested, quotable
from memkit.dates import to_micros
from memkit.models import Verdict
from memkit.storage.ledger import ScopeState
from memkit.storage.records import TURN, Row
from memkit.storage.rows import Rows
from memkit.storage.standing import ARCHIVED, COMPRESSED, EXPIRED, Standing
from memkit.store import deriving, judging
from memkit.store.applying import archive
from memkit.store.parts import Parts
from memkit.store.running import Run

_ACTS: Final = {"archive": ("judge", ARCHIVED), "expire": ("expire", EXPIRED)}
"""What the journal calls each verdict, and how its records stand."""
_LONGEST: Final = 16
"""Turns in a stretch that is compressed as one."""
_PAUSE: Final = 8 * 3_600_000_000
"""Microseconds between two turns that do not belong together any more."""
_COMPRESSING: Final = "compressing"
"""The name of the cursor to the last stretch that was tried."""
MANY: Final = 256
_SHARE: Final = 4
"""Indexes begin anew without what is archived, once that is so much and a quarter of them."""


def judge(parts: Parts, key: str, run: Run, now: datetime) -> None:
    """Ask the policy about every live record, and apply its verdicts."""
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        if state is None:
            return
        records = judging.records(rows, state.scope)
    run.step()
    verdicts = [v for v in parts.forgetting.judge(records, now) if v.action != "keep"]
    if run.dry:
        for verdict in verdicts:
            if verdict.action in _ACTS:
                run.plan(verdict.action, [verdict.id], _signed(parts, verdict.reason))
    else:
        for action in _ACTS:
            _let_go(parts, key, run, [v for v in verdicts if v.action == action], to_micros(now))
    _compress(parts, key, run, {v.id: v for v in verdicts if v.action == "compress"}, now)


def make_room(parts: Parts, key: str) -> None:
    """Have the indexes leave out what is archived, once it is a good part of them."""
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        if state is None or not _is_much(rows, state):
            return
    with parts.storage.write() as rows:
        state = rows.scopes.find(key)
        if state is not None and _is_much(rows, state):
            rows.standings.lay_dormant(state.scope)
            rows.scopes.rebuilt(state.scope)


def _is_much(rows: Rows, state: ScopeState) -> bool:
    every, archived = rows.standings.held(state.scope)
    return archived >= MANY and archived * _SHARE > every


def _signed(parts: Parts, reason: str) -> str:
    return f"policy {parts.forgetting.name}: {reason}"


def _let_go(parts: Parts, key: str, run: Run, verdicts: Sequence[Verdict], at: int) -> None:
    """Archive records, as one journalled change."""
    if not verdicts:
        return
    act, why = _ACTS[verdicts[0].action]
    with parts.storage.write() as rows:
        state = rows.scopes.find(key)
        if state is None:
            return
        found = rows.records.by_ids(state.scope, (verdict.id for verdict in verdicts))
        live = [row for row in found.values() if row.archived is None]
        if live:
            reason = f"policy {parts.forgetting.name}"
            entry = rows.journal.write(state.scope, at, act, reason=reason)
            archive(rows, state, entry, live, Standing(at, why))
    run.let_go[verdicts[0].action] += len(live)


def _compress(
    parts: Parts, key: str, run: Run, verdicts: Mapping[str, Verdict], now: datetime
) -> None:
    """Put digests in the place of stretches of turns, one journalled change each.

    What a digest would lose too much of is kept, and tried again when all others were. Derived
    records are as short as they get, and are kept.
    """
    if not verdicts:
        return
    tried = 0
    for stretch in _in_turn(parts, key, _stretches(parts, key, verdicts)):
        for rows, found in _digests(stretch):
            _compress_one(parts, key, run, rows, found, verdicts, now)
        if not run.has_time():
            tried = stretch[0].record
            break
    if not run.dry:
        _note_tried(parts, key, tried)


def _digests(stretch: Sequence[Row]) -> Iterator[tuple[list[Row], Digested]]:
    """The stretch in parts, each with its digest or what there is against one.

    A turn that holds what its sentences do not, in a table or a caption, divides it.
    """
    # Here, because a store that compresses nothing need not load it.
    from memkit.extract.utterances import said

    part: list[Row] = []
    for row in [*stretch, None]:
        turn = row.turn() if row is not None else None
        if row is not None and turn is not None and quotable(turn, said([turn])):
            part.append(row)
            continue
        if part:
            turns = [one.turn() for one in part]
            yield part, digested(turns, said(turns))
        if row is not None:
            yield [row], Digested(None, "a digest would lose what is not in sentences")
        part = []


def _compress_one(
    parts: Parts, key: str, run: Run, chosen: Sequence[Row], found: Digested,
    verdicts: Mapping[str, Verdict], now: datetime,
) -> None:  # fmt: skip
    ids = [row.id for row in chosen]
    if run.dry:
        why = _signed(parts, f"{verdicts[ids[0]].reason}; {found.reason}")
        run.plan("compress" if found.memory is not None else "keep", ids, why)
        return
    if found.memory is None:
        return
    derived, refused = deriving.accepted([found.memory], {row.id: row for row in chosen})
    if refused:
        run.errors.append(f"{parts.forgetting.name}: {deriving.described(refused[0])}")
        return
    encoded, at = deriving.encode(parts, derived), to_micros(now)
    with parts.storage.write() as rows:
        state = rows.scopes.find(key)
        standing = rows.records.by_ids(state.scope, ids) if state is not None else {}
        if state is None or any(
            id not in standing or standing[id].archived is not None for id in ids
        ):
            return  # another process was faster
        span = deriving.insert(parts, rows, state, _COMPRESSING, derived, encoded, at)
        reason = _signed(parts, found.reason)
        entry = rows.journal.write(state.scope, at, "compress", reason=reason, span=span)
        archive(rows, state, entry, standing.values(), Standing(at, COMPRESSED))
    run.let_go["compress"] += len(ids)


def _stretches(parts: Parts, key: str, verdicts: Mapping[str, Verdict]) -> list[list[Row]]:
    """The turns to compress, as runs of neighbours in their sessions that are not too long."""
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        if state is None:
            return []
        places = rows.records.sessions_of_turns(state.scope)
        found = {row.record: row for row in rows.records.by_ids(state.scope, verdicts).values()}
    sessions: dict[str | None, list[int]] = {}
    for record, session in places:
        sessions.setdefault(session, []).append(record)
    return [run for session in sessions.values() for run in _runs(session, found)]


def _runs(session: Sequence[int], chosen: Mapping[int, Row]) -> Iterator[list[Row]]:
    """The limits are those of all turns that were ever said: the same ones every time."""
    run: list[Row] = []
    for place, record in enumerate(session):
        row = chosen.get(record)
        if row is not None and not _is_live_turn(row):
            row = None
        ends = row is None or not place % _LONGEST or (run and abs(row.at - run[-1].at) > _PAUSE)
        if run and ends:
            yield run
            run = []
        if row is not None:
            run.append(row)
    if run:
        yield run


def _is_live_turn(row: Row) -> bool:
    return row.kind == TURN and row.origin != "echo" and row.archived is None


def _in_turn(parts: Parts, key: str, stretches: list[list[Row]]) -> list[list[Row]]:
    """The stretches in the order stored, from the one after the last that was tried."""
    stretches.sort(key=lambda stretch: stretch[0].record)
    with parts.storage.read() as rows:
        state = rows.scopes.find(key)
        seen = rows.cursors.get(state.scope, _COMPRESSING) if state is not None else None
    tried = seen[1] if seen is not None else 0
    later = [stretch for stretch in stretches if stretch[0].record > tried]
    return later + stretches[: len(stretches) - len(later)]


def _note_tried(parts: Parts, key: str, record: int) -> None:
    with parts.storage.write() as rows:
        state = rows.scopes.find(key)
        if state is not None:
            rows.cursors.set(state.scope, _COMPRESSING, 1, record)
