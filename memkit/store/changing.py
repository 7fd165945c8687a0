"""`forget`, `undo`, `feedback`, `history`: changes that can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Final

from memkit import filters
from memkit.dates import to_micros
from memkit.errors import InvalidInput, NotFound
from memkit.models import Hit, JournalEntry, Memory, Turn
from memkit.storage.ledger import ScopeState
from memkit.storage.links import Edge, Relink
from memkit.storage.records import TURN, Row
from memkit.storage.rows import Rows
from memkit.storage.standing import COMPRESSED, DIGEST, FORGOTTEN, LIVE, Standing
from memkit.store.applying import RECORD_FIELDS, Change, apply, archive, is_faded
from memkit.store.intake import read_messages
from memkit.store.parts import Parts
from memkit.store.writing import store_incoming, write_uses
from memkit.text import require_text
from memkit.types import Filter

LARGEST: Final = (1 << 63) - 1
"""The largest whole number that the file can hold."""
Target = str | Hit | Turn | Memory | Filter | Iterable["str | Hit | Turn | Memory"]
"""Ids, records, or a filter dict."""


def select(rows: Rows, state: ScopeState, target: Target, zone: tzinfo) -> list[Row]:
    """The rows meant; raises `NotFound` naming ids that are not in the scope."""
    if isinstance(target, Mapping):
        where, values = filters.compiled(target, zone)
        numbers = rows.records.numbers(state.scope, where, values)
        return list(rows.records.by_numbers(state.scope, numbers).values())
    ids = ids_of(target)
    found = rows.records.by_ids(state.scope, ids)
    missing = [id for id in ids if id not in found]
    if missing:
        raise NotFound(
            f"No record with id {', '.join(map(repr, missing[:5]))} in this scope"
            f"{f' (and {len(missing) - 5} more)' if len(missing) > 5 else ''}; nothing was changed."
        )
    return [found[id] for id in ids]


def ids_of(target: Any) -> list[str]:
    """The ids named, each once, in order. A hit of repeated words names all its turns."""
    items = [target] if isinstance(target, (str, Hit, Turn, Memory)) else target
    if not isinstance(items, Iterable):
        raise TypeError(
            f"Expected ids, hits, turns or a filter dict; found {type(items).__name__}."
        )
    ids: list[str] = []
    for item in items:
        if isinstance(item, str):
            ids.append(require_text(item, "id"))
        elif isinstance(item, Hit) and item.kind == "turn":
            ids.extend(item.sources)
        elif isinstance(item, (Hit, Turn, Memory)) and item.id is not None:
            ids.append(item.id)
        else:
            raise TypeError(f"Expected an id, a hit or a turn; found {item!r}.")
    return list(dict.fromkeys(ids))


def require_scope(rows: Rows, keys: str) -> ScopeState:
    """The scope's state; raises `NotFound` for a scope that was never written to."""
    state = rows.scopes.find(keys)
    if state is None:
        raise NotFound(f"Nothing was ever stored in scope {keys}; nothing was changed.")
    return state


def forget(parts: Parts, keys: str, target: Target, reason: str, now: datetime) -> JournalEntry:
    """Archive records: out of default search, still readable, taken back by `undo`.

    What maintenance had archived before is found by no search any more. A summary that stands in
    the place of one of these turns goes too, and its other turns come back.
    """
    require_text(reason, "reason")
    at = to_micros(now)
    with parts.storage.write() as rows:
        state = require_scope(rows, keys)
        chosen = select(rows, state, target, parts.zone)
        changes = [
            Change(row.record, row.standing, Standing(at if row.archived is None else row.archived))
            for row in chosen
            if row.standing != Standing(row.archived) or row.archived is None
        ]
        changes += _unstood(rows, state, chosen, at)
        entry = rows.journal.write(state.scope, at, "forget", reason=reason)
        apply(rows, state, entry, changes)
        return rows.journal.entries(state.scope, entry=entry)[0]


def _unstood(rows: Rows, state: ScopeState, chosen: Sequence[Row], at: int) -> list[Change]:
    """What becomes of the digests that stand for some of these turns, and of their other turns."""
    gone = {row.record for row in chosen}
    compressed = [row.record for row in chosen if row.kind == TURN and row.why == COMPRESSED]
    resting = rows.records.by_numbers(state.scope, rows.records.derived_from(compressed) - gone)
    digests = [row for row in resting.values() if row.kind == DIGEST and row.archived is None]
    return [
        *(Change(row.record, row.standing, Standing(at)) for row in digests),
        *uncovered(rows, state, [row.record for row in digests], gone),
    ]


def uncovered(
    rows: Rows, state: ScopeState, digests: Sequence[int], gone: Iterable[int]
) -> list[Change]:
    """The turns, but for those that are gone, that come back when these digests no longer stand."""
    sources = rows.records.sources(digests)
    turns = {turn for pairs in sources.values() for turn, _ in pairs}
    found = rows.records.by_numbers(state.scope, sorted(turns.difference(gone)))
    return [
        Change(row.record, row.standing, LIVE)
        for row in found.values()
        if row.archived is not None and row.why == COMPRESSED
    ]


def undo(parts: Parts, keys: str, entry: int, now: datetime) -> JournalEntry:
    """Take one journal entry back; what it appended is archived, what it changed restored."""
    _require_entry(entry)
    at = to_micros(now)
    with parts.storage.write() as rows:
        state = require_scope(rows, keys)
        found = rows.journal.entries(state.scope, entry=entry)
        if not found:
            raise NotFound(f"No journal entry {entry} in this scope; see journal().")
        _require_undoable(found[0])
        new = rows.journal.write(state.scope, at, "undo", undoes=entry)
        span = rows.journal.span(entry)
        if span is not None:
            rows_of = rows.records.after(
                state.scope, span[0] - 1, span[1] - span[0] + 1, "record <= ?", [span[1]]
            )
            archive(rows, state, new, rows_of, Standing(at))
        _take_back(rows, state, new, entry)
        return rows.journal.entries(state.scope, entry=new)[0]


def feedback(
    parts: Parts, keys: str, target: Target, useful: bool, correction: str | None, now: datetime
) -> JournalEntry:
    """Count records as useful or not; a correction becomes a turn linked to them.

    What maintenance had archived comes back when it is of use. One journal entry for all, so that
    undoing it takes all back.
    """
    if not isinstance(useful, bool):
        raise TypeError(f"useful must be True or False; found {useful!r}.")
    at = to_micros(now)
    field = "useful" if useful else "useless"
    corrected = read_messages(correction, now, parts.zone) if correction is not None else []
    encoded = parts.encode([one.indexed for one in corrected])
    with parts.storage.write() as rows:
        write_uses(rows, parts.uses.take(), now)
        state = require_scope(rows, keys)
        chosen = select(rows, state, target, parts.zone)
        stored = [
            row.record
            for row in store_incoming(parts, rows, keys, corrected, encoded, at, journalled=False)
        ]
        span = (stored[0], stored[-1]) if stored else None
        entry = rows.journal.write(state.scope, at, "feedback", reason=field, span=span)
        rows.uses.add(field, {row.record: 1 for row in chosen}, at)
        rows.journal.note(entry, field, [(row.record, None, at) for row in chosen])
        corrections = [Edge(turn, row.record, "corrects", 1.0) for turn in stored for row in chosen]
        rows.links.apply(entry, rows.links.fresh(corrections))
        if useful:
            back = [row for row in chosen if row.archived is not None and is_faded(row)]
            apply(rows, state, entry, [Change(row.record, row.standing, LIVE) for row in back])
        return rows.journal.entries(state.scope, entry=entry)[0]


def history(parts: Parts, keys: str, id: str) -> list[JournalEntry]:
    """Every journal entry that touched a record, oldest first."""
    require_text(id, "id")
    with parts.storage.read() as rows:
        state = rows.scopes.find(keys)
        row = rows.records.by_ids(state.scope, [id]).get(id) if state is not None else None
        if state is None or row is None:
            raise NotFound(f"No record {id!r} in this scope.")
        return rows.journal.entries(state.scope, record=row.record)


def journal(parts: Parts, keys: str, after: int, limit: int) -> list[JournalEntry]:
    """Entries beyond `after`, oldest first."""
    _require_entry(after)
    with parts.storage.read() as rows:
        state = rows.scopes.find(keys)
        limit = min(limit, LARGEST)
        return rows.journal.entries(state.scope, after=after, limit=limit) if state else []


def _require_entry(entry: int) -> None:
    if isinstance(entry, bool) or not isinstance(entry, int):
        raise TypeError(f"A journal id is a whole number; found {type(entry).__name__}.")
    if abs(entry) > LARGEST:
        raise NotFound(f"No journal entry {entry} in this scope; see journal().")


def _take_back(rows: Rows, state: ScopeState, new: int, entry: int) -> None:
    fields: dict[int, dict[str, int | None]] = {}
    for record, field, before, after in rows.journal.changes(entry):
        if field in RECORD_FIELDS:
            fields.setdefault(record, {})[field] = before
            continue
        if after is not None:
            rows.uses.take_back(field, record, after)
        elif before is not None:
            rows.uses.bring_back(field, record, before)
        rows.journal.note(new, field, [(record, after, before)])
    found = rows.records.by_numbers(state.scope, fields)
    apply(rows, state, new, [_reverted(row, fields[row.record]) for row in found.values()])
    back = [Relink(*c[:3], before=c.after, after=c.before) for c in rows.links.changes(entry)]
    rows.links.apply(new, back)


def _reverted(row: Row, fields: Mapping[str, int | None]) -> Change:
    archived = fields.get("archived", row.archived)
    why = fields.get("standing", row.why) if archived is not None else FORGOTTEN
    return Change(row.record, row.standing, Standing(archived, why or FORGOTTEN))


def _require_undoable(entry: JournalEntry) -> None:
    if entry.action == "erase":
        raise InvalidInput(f"Journal entry {entry.id} erased records; that cannot be undone.")
    if entry.action == "move":
        raise InvalidInput(
            f"Journal entry {entry.id} moved {entry.reason}; import that file to bring them back."
        )
    if entry.undone_by is not None:
        raise InvalidInput(
            f"Journal entry {entry.id} was already undone by entry {entry.undone_by}; "
            f"undo {entry.undone_by} to bring it back."
        )
