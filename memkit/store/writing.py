"""`add`: one batch, one transaction, and nothing of it visible before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime

from memkit.dates import to_micros
from memkit.models import Turn
from memkit.storage.records import NewRecord, Row
from memkit.storage.rows import Rows
from memkit.store import gating
from memkit.store.intake import Incoming, Message, made_up_number, read_messages
from memkit.store.parts import Encoded, Parts, UseCounts
from memkit.types import Progress


def add(
    parts: Parts, keys: str, given: Message | Iterable[Message], now: datetime,
    progress: Progress | None,
) -> list[Turn]:  # fmt: skip
    """Store messages; the turns as stored, in the order given.

    Embedding happens before the transaction, so a slow model never blocks another writer.
    """
    incoming = read_messages(given, now, parts.zone)
    if not incoming:
        return []
    tell = progress if progress is not None else _untold
    total = len(incoming)
    encoded = parts.encode(
        [one.indexed for one in incoming], lambda done: done < total and tell(done, total)
    )
    with ExitStack() as stack:
        stack.callback(gating.done, parts)
        gating.prepare(parts, keys, [one.text for one in incoming])
        rows = stack.enter_context(parts.storage.write())
        write_uses(rows, parts.uses.take(), now)
        stored = store_incoming(parts, rows, keys, incoming, encoded, to_micros(now))
    tell(total, total)
    return [row.turn() for row in stored]


def _untold(done: int, total: int) -> None:
    """For a caller who does not ask about progress."""


def write_uses(rows: Rows, counts: UseCounts, now: datetime) -> None:
    """Write the uses counted since the last time."""
    for field, records in counts.items():
        rows.uses.add(field, records, to_micros(now))


def store_incoming(
    parts: Parts, rows: Rows, keys: str, incoming: Sequence[Incoming],
    encoded: Encoded | None, added: int, *, journalled: bool = True,
) -> list[Row]:  # fmt: skip
    """Store messages and their vectors in an open transaction; the rows in the order given.

    Noted in the journal as `add`, unless the caller makes a note of its own.
    """
    state = rows.scopes.ensure(keys)
    known = rows.records.by_ids(state.scope, (one.id for one in incoming if one.id is not None))
    echoes = _echoes(rows, state.scope, incoming)
    numbered = max([state.numbered, *(made_up_number(one.id) for one in incoming if one.id)])
    fresh: list[tuple[NewRecord, int]] = []
    first_of: dict[str, Incoming] = {}
    ids: list[str] = []
    for place, one in enumerate(incoming):
        if one.id is None:
            numbered += 1
        id = one.id if one.id is not None else f"t{numbered}"
        ids.append(id)
        if id in known:
            one.require_same(known[id])
        elif id in first_of:
            one.require_same(_as_row(first_of[id], id))
        else:
            first_of[id] = one
            fresh.append((one.record(id, place in echoes), place))
    if not fresh:
        return [known[id] for id in ids]
    first = rows.records.insert(state.scope, [record for record, _ in fresh], added)
    last = first + len(fresh) - 1
    parts.store_vectors(rows, encoded, ((first + n, at) for n, (_, at) in enumerate(fresh)))
    rows.scopes.appended(state.scope, last, numbered)
    parts.note_growth(state.scope, len(fresh))
    if journalled:
        rows.journal.write(state.scope, added, "add", span=(first, last))
        gating.pass_gate(parts, rows, keys, (first, last), added)
    known.update(
        (record.id, _stored(record, first + n, added)) for n, (record, _) in enumerate(fresh)
    )
    return [known[id] for id in ids]


def _echoes(rows: Rows, scope: int, incoming: Sequence[Incoming]) -> set[int]:
    """Places of messages that only give back what `context` had handed out."""
    blocks = {place for place, one in enumerate(incoming) if one.is_block()}
    long = {place: one.digest for place, one in enumerate(incoming) if one.could_echo()}
    shown = rows.records.shown_digests(scope, list(long.values()))
    return blocks | {place for place, found in long.items() if found in shown}


def _as_row(one: Incoming, id: str) -> Row:
    return _stored(one.record(id, echo=False), 0, 0)


def _stored(record: NewRecord, number: int, added: int) -> Row:
    return Row(
        number, record.id, record.kind, None, record.at, record.zone, added, record.speaker,
        record.role, record.session, record.origin, record.extractor,
        json.loads(record.metadata) if record.metadata else {}, record.text,
    )  # fmt: skip
