"""`add`: one batch, one transaction, and nothing of it visible before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from memkit.dates import to_micros
from memkit.models import Turn
from memkit.storage.records import NewRecord, Row
from memkit.storage.rows import Rows
from memkit.store.intake import Incoming, Message, made_up_number, read_messages
from memkit.store.parts import Parts, UseCounts
from memkit.types import Progress

_EMBED_BATCH = 512


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
    data = _encode(parts, incoming, progress)
    with parts.storage.write() as rows:
        write_uses(rows, parts.uses.take(), now)
        stored = store_incoming(parts, rows, keys, incoming, data, to_micros(now))
    if progress is not None:
        progress(len(incoming), len(incoming))
    return [row.turn() for row in stored]


def write_uses(rows: Rows, counts: UseCounts, now: datetime) -> None:
    """Write the uses counted since the last time."""
    for field, records in counts.items():
        rows.uses.add(field, records, to_micros(now))


def _encode(
    parts: Parts, incoming: Sequence[Incoming], progress: Progress | None
) -> list[bytes] | None:
    space = parts.make_space()
    if space is None:
        return None
    data: list[bytes] = []
    for start in range(0, len(incoming), _EMBED_BATCH):
        data += space.encode([one.indexed for one in incoming[start : start + _EMBED_BATCH]])
        if progress is not None and len(data) < len(incoming):
            progress(len(data), len(incoming))
    return data


def store_incoming(
    parts: Parts, rows: Rows, keys: str, incoming: Sequence[Incoming],
    data: Sequence[bytes] | None, added: int,
) -> list[Row]:  # fmt: skip
    """Store messages and their vectors in an open transaction; the rows in the order given."""
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
    if data is not None and parts.space_stands(rows):
        rows.vectors.insert(
            parts.space_number,
            [(first + n, data[place]) for n, (_, place) in enumerate(fresh)],
        )
    rows.scopes.appended(state.scope, last, numbered)
    rows.journal.write(state.scope, added, "add", span=(first, last))
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
