"""Turns before the gate: what says nothing new is archived as it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from memkit.contracts import IntakeGate
from memkit.storage.ledger import ScopeState
from memkit.storage.records import Row
from memkit.storage.rows import Rows
from memkit.storage.standing import REPEATED, Standing
from memkit.store.applying import archive
from memkit.store.parts import LearnedGate, Parts

_NAMED: Final = 20
"""So many are named in the journal's reason."""
_PAGE: Final = 1000
_SAID: Final = "kind = 'turn' AND origin != 'echo' AND record <= ?"


def prepare(parts: Parts, keys: str, texts: Sequence[str]) -> None:
    """Have the gate do what takes long, while no one waits for the file.

    One that learns reads what the scope holds; and it is told what is to come.
    """
    if parts.gate is None:
        return
    parts.gate.foresee(texts)
    if parts.gate.reach:
        with parts.storage.read() as rows:
            state = rows.scopes.find(keys)
            if state is not None:
                _keep(parts, rows, state, _learned(parts, rows, state, parts.gate, state.last))


def done(parts: Parts) -> None:
    """Have the gate let go of what it foresaw."""
    if parts.gate is not None:
        parts.gate.foresee(())


def pass_gate(parts: Parts, rows: Rows, keys: str, span: tuple[int, int], at: int) -> None:
    """Let the gate look at the turns just stored, as one journalled change."""
    state = rows.scopes.find(keys)
    if parts.gate is None or state is None:
        return
    first, last = span
    learned = _learned(parts, rows, state, parts.gate, first - 1)
    gate = learned.gate
    recent = [row.turn() for row in rows.records.latest_turns(state.scope, first, gate.last)]
    repeated: list[Row] = []
    reasons: list[str] = []
    for row in rows.records.after(state.scope, first - 1, last - first + 1, "record <= ?", [last]):
        if row.origin == "echo":
            continue
        turn = row.turn()
        verdict = gate.judge(turn, recent)
        if verdict.action != "keep":
            repeated.append(row)
            reasons.append(verdict.reason)
        else:
            recent = [*recent, turn][-gate.last :]
        gate.learn([turn])
    learned.record = last
    _keep(parts, rows, state, learned)
    if repeated:
        more = f", and {len(reasons) - _NAMED} more" if len(reasons) > _NAMED else ""
        reason = f"gate {gate.name}: {', '.join(reasons[:_NAMED])}{more}"
        entry = rows.journal.write(state.scope, at, "judge", reason=reason)
        archive(rows, state, entry, repeated, Standing(at, REPEATED))


def _learned(
    parts: Parts, rows: Rows, state: ScopeState, gate: IntakeGate, until: int
) -> LearnedGate:
    """The scope's own gate, which has learned from the turns up to that record.

    One that learned from what is no longer there, as after an erasure, begins anew.
    """
    if not gate.reach:
        return LearnedGate(gate, state.epoch)
    found = parts.learned.take(state.scope)
    # There are no more turns than record numbers: one that reaches so far begins at the first.
    short = gate.reach < until
    oldest = rows.records.turn_before(state.scope, until, gate.reach) if short else 0
    if (
        found is None
        or found.epoch != state.epoch
        or not oldest <= found.record <= until
        or rows.records.digest(state.scope, found.record) != found.digest
    ):
        found = LearnedGate(gate.fresh(), state.epoch, oldest)
    while page := rows.records.after(state.scope, found.record, _PAGE, _SAID, [until]):
        found.gate.learn([row.turn() for row in page])
        found.record = page[-1].record
    found.record = max(found.record, until)
    return found


def _keep(parts: Parts, rows: Rows, state: ScopeState, learned: LearnedGate) -> None:
    """For the next time; told by its last record's words whether the file still goes on from it."""
    if learned.gate.reach:
        learned.digest = rows.records.digest(state.scope, learned.record)
        parts.learned.keep(state.scope, learned)
