"""Turns before the gate: what says nothing new is archived as it is stored."""

from __future__ import annotations

from memkit.models import Turn
from memkit.storage.records import Row
from memkit.storage.rows import Rows
from memkit.storage.standing import REPEATED, Standing
from memkit.store.applying import archive
from memkit.store.parts import Parts

_NAMED = 20
"""So many are named in the journal's reason."""


def pass_gate(parts: Parts, rows: Rows, keys: str, span: tuple[int, int], at: int) -> None:
    """Let the gate look at the turns just stored, as one journalled change."""
    gate, state = parts.gate, rows.scopes.find(keys)
    if gate is None or state is None:
        return
    first, last = span
    recent = [row.turn() for row in rows.records.latest_turns(state.scope, first, gate.last)]
    repeated: list[Row] = []
    reasons: list[str] = []
    for row in rows.records.after(state.scope, first - 1, last - first + 1, "record <= ?", [last]):
        verdict = gate.judge(row.turn(), recent)
        if verdict.action != "keep" and row.origin != "echo":
            repeated.append(row)
            reasons.append(verdict.reason)
        elif row.origin != "echo":
            recent = _moved_on(recent, row.turn(), gate.last)
    if repeated:
        more = f", and {len(reasons) - _NAMED} more" if len(reasons) > _NAMED else ""
        reason = f"gate {gate.name}: {', '.join(reasons[:_NAMED])}{more}"
        entry = rows.journal.write(state.scope, at, "judge", reason=reason)
        archive(rows, state, entry, repeated, Standing(at, REPEATED))


def _moved_on(recent: list[Turn], turn: Turn, most: int) -> list[Turn]:
    recent.append(turn)
    return recent[-most:]
