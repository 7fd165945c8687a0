"""Records that come to stand otherwise: archived or live again, and noted in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from memkit.storage.ledger import ScopeState
from memkit.storage.records import Row
from memkit.storage.rows import Rows
from memkit.storage.standing import FORGOTTEN, REPLACED, Standing

RECORD_FIELDS: Final = ("archived", "standing")
"""What the journal notes of a record itself; its other fields are counters of uses."""


class Change(NamedTuple):
    """How a record stood, and how it is to stand."""

    record: int
    before: Standing
    after: Standing


def is_faded(row: Row) -> bool:
    """Whether maintenance archived it, and nothing stands in its place for good."""
    return row.archived is not None and row.why not in (FORGOTTEN, REPLACED)


def archive(
    rows: Rows, state: ScopeState, entry: int, chosen: Iterable[Row], standing: Standing
) -> list[Row]:
    """Archive those of these rows that are live, noted under a journal entry; these."""
    live = [row for row in chosen if row.archived is None]
    apply(rows, state, entry, [Change(row.record, row.standing, standing) for row in live])
    return live


def apply(rows: Rows, state: ScopeState, entry: int, changes: Sequence[Change]) -> None:
    """Let records stand otherwise, noted under a journal entry."""
    if not changes:
        return
    woken = rows.standings.set((change.record, change.after) for change in changes)
    for place, field in enumerate(RECORD_FIELDS):
        rows.journal.note(
            entry, field,
            [(c.record, c.before[place], c.after[place]) for c in changes
             if c.before[place] != c.after[place]],
        )  # fmt: skip
    touched = rows.facts.touched(change.record for change in changes)
    rows.facts.refold(state.scope, {slot for _, slot in touched})
    rows.scopes.revised(state.scope)
    if woken:
        rows.scopes.rebuilt(state.scope)
