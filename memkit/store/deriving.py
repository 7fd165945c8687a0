"""Derived records: checked against the words they rest on, then stored with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from memkit.dates import offset_seconds, to_micros
from memkit.errors import InvalidInput
from memkit.models import Memory
from memkit.storage.ledger import ScopeState
from memkit.storage.records import TURN, NewRecord, Row
from memkit.storage.rows import Rows
from memkit.store.intake import storable_metadata
from memkit.store.parts import Encoded, Parts
from memkit.text import digest, indexed_text, record_terms, require_text


@dataclass(frozen=True, slots=True)
class Derived:
    """A memory whose every span was found: (turn record, start, end) each."""

    memory: Memory
    spans: list[tuple[int, int, int]]
    source: Row


def accepted(
    memories: Iterable[Memory], turns: Mapping[str, Row]
) -> tuple[list[Derived], list[str]]:
    """The memories that may be stored, and why each of the others may not."""
    good: list[Derived] = []
    rejected: list[str] = []
    for memory in memories:
        fault = _fault(memory, turns)
        if fault is not None:
            rejected.append(f"rejected {memory.kind} {str(memory.text)[:40]!r}: {fault}")
            continue
        spans = [(turns[s.turn].record, s.start, s.end) for s in memory.sources]
        good.append(Derived(memory, spans, turns[memory.sources[0].turn]))
    return good, rejected


def encode(parts: Parts, derived: Sequence[Derived]) -> Encoded | None:
    """What the vector table keeps of them, or None in lexical mode; calls the embedder."""
    return parts.encode([indexed_text(one.memory.text, one.memory.speaker) for one in derived])


def unknown(
    rows: Rows, state: ScopeState, author: str, derived: list[Derived], encoded: Encoded | None
) -> tuple[list[Derived], Encoded | None]:
    """Those the author has not stored already: it may have had to read some turns again."""
    digests = [digest(one.memory.text) for one in derived]
    known = rows.records.derived_by(state.scope, author, digests)
    new = [
        place
        for place, one in enumerate(derived)
        if (one.memory.kind, digests[place], frozenset(one.spans)) not in known
    ]
    if encoded is not None:
        encoded = Encoded(encoded.space, [encoded.data[place] for place in new])
    return [derived[place] for place in new], encoded


def insert(
    parts: Parts, rows: Rows, state: ScopeState, author: str, derived: Sequence[Derived],
    encoded: Encoded | None, at: int,
) -> tuple[int, int]:  # fmt: skip
    """Store derived records in an open transaction; the first and last record number."""
    new = [_record(one, f"m{state.numbered + n}", author) for n, one in enumerate(derived, 1)]
    first = rows.records.insert(state.scope, new, at)
    rows.records.add_sources(
        (first + n, *span) for n, one in enumerate(derived) for span in one.spans
    )
    parts.store_vectors(rows, encoded, ((first + n, n) for n in range(len(new))))
    rows.scopes.appended(state.scope, first + len(new) - 1, state.numbered + len(new))
    return first, first + len(new) - 1


def _fault(memory: Memory, turns: Mapping[str, Row]) -> str | None:
    if memory.kind == TURN or not memory.kind:
        return "its kind must name what it is, and turns come from add() alone"
    try:
        _require_storable(memory)
    except (TypeError, ValueError) as error:
        return str(error)
    if not memory.sources:
        return "it names no source"
    for source in memory.sources:
        row = turns.get(source.turn)
        if row is None:
            return f"turn {source.turn!r} is not among those it was given"
        if not (isinstance(source.start, int) and isinstance(source.end, int)):
            return f"its span in turn {source.turn!r} is not given in whole numbers"
        if not 0 <= source.start < source.end <= len(row.text):
            return f"characters {source.start}-{source.end} are not in turn {source.turn!r}"
    return None


def _require_storable(memory: Memory) -> None:
    if not require_text(memory.text, "its text").strip():
        raise InvalidInput("it has no text")
    for name in ("kind", "speaker", "session"):
        if getattr(memory, name) is not None:
            require_text(getattr(memory, name), f"its {name}")
    if memory.when is not None and memory.when.tzinfo is None:
        raise InvalidInput("its moment names no time zone")
    storable_metadata(memory.metadata, "its metadata")


def _record(derived: Derived, id: str, author: str) -> NewRecord:
    memory, source = derived.memory, derived.source
    when = memory.when or source.when
    return NewRecord(
        id, memory.kind, to_micros(when), offset_seconds(when), memory.speaker, None,
        memory.session or source.session, source.origin, author,
        storable_metadata(memory.metadata, "metadata"),
        digest(memory.text),
        record_terms(memory.text, memory.speaker), memory.text,
    )  # fmt: skip
