"""Derived records: checked against the words they rest on, then stored with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from memkit import trust
from memkit.dates import offset_seconds, to_micros
from memkit.errors import InvalidInput
from memkit.models import Memory, Rejected
from memkit.storage.facts import TRIPLE, claimed
from memkit.storage.ledger import ScopeState
from memkit.storage.records import TURN, NewRecord, Row
from memkit.storage.rows import Rows
from memkit.store.intake import storable_metadata
from memkit.store.parts import Encoded, Parts
from memkit.text import digest, indexed_text, record_terms, require_text
from memkit.trust import reads_like_an_instruction as instructs


@dataclass(frozen=True, slots=True)
class Derived:
    """A memory whose every span was found: (turn record, start, end) each.

    `origin` is the least trusted one of its sources.
    """

    memory: Memory
    spans: list[tuple[int, int, int]]
    source: Row
    origin: str


def accepted(
    proposed: Iterable[Memory | Rejected], turns: Mapping[str, Row]
) -> tuple[list[Derived], list[Rejected]]:
    """The memories that may be stored, and the others with what keeps them out."""
    good: list[Derived] = []
    refused: list[Rejected] = []
    for one in proposed:
        if isinstance(one, Rejected):
            refused.append(one)
            continue
        fault = _fault(one, turns)
        if fault is not None:
            known = tuple(dict.fromkeys(s.turn for s in one.sources if s.turn in turns))
            refused.append(Rejected(str(one.kind), str(one.text), fault, known))
            continue
        spans = [(turns[s.turn].record, s.start, s.end) for s in one.sources]
        origin = _origin(one, turns)
        good.append(Derived(one, spans, turns[one.sources[0].turn], origin))
    return good, refused


def described(refused: Rejected) -> str:
    """One line on what was rejected and why."""
    return f"rejected {refused.kind} {refused.text[:40]!r}: {refused.reason}"


def quarantine(
    rows: Rows, state: ScopeState, author: str, refused: Iterable[Rejected],
    turns: Mapping[str, Row], at: int,
) -> None:  # fmt: skip
    """Keep what was rejected where it can be looked at."""
    for one in refused:
        item = [
            text.encode("utf-8", "replace").decode().replace("\x00", "")
            for text in (author, one.kind, one.text, one.reason)
        ]
        given = [turns[id].record for id in one.turns or turns if id in turns]
        rows.quarantine.put(state.scope, at, item, given)


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
    rows.facts.insert(
        [
            claimed(first + n, state.scope, new[n].at, new[n].zone, one.memory.metadata)
            for n, one in enumerate(derived)
            if one.memory.kind == TRIPLE
        ]
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
    return _unbelievable(memory, turns)


def _unbelievable(memory: Memory, turns: Mapping[str, Row]) -> str | None:
    """Strangers do not tell a memory what to do or to believe."""
    for source in memory.sources:
        row = turns[source.turn]
        said = (memory.text, row.text[source.start : source.end])
        if trust.rank(row.origin) <= trust.LOW and any(map(instructs, said)):
            return f"turn {row.id!r} is of origin {row.origin} and reads like an instruction"
    return None


def _origin(memory: Memory, turns: Mapping[str, Row]) -> str:
    origins = [turns[source.turn].origin for source in memory.sources]
    if memory.metadata.get("confirmed"):
        return max(origins, key=trust.rank)  # what a user confirms the user has said
    return trust.least(origins)


def _require_storable(memory: Memory) -> None:
    if not require_text(memory.text, "its text").strip():
        raise InvalidInput("it has no text")
    for name in ("kind", "speaker", "session"):
        if getattr(memory, name) is not None:
            require_text(getattr(memory, name), f"its {name}")
    if memory.when is not None and memory.when.tzinfo is None:
        raise InvalidInput("its moment names no time zone")
    storable_metadata(memory.metadata, "its metadata")
    if memory.kind == TRIPLE:
        claimed(0, 0, 0, 0, memory.metadata)


def _record(derived: Derived, id: str, author: str) -> NewRecord:
    memory, source = derived.memory, derived.source
    when = memory.when or source.when
    return NewRecord(
        id, memory.kind, to_micros(when), offset_seconds(when), memory.speaker, None,
        memory.session or source.session, derived.origin, author,
        storable_metadata(memory.metadata, "metadata"),
        digest(memory.text),
        record_terms(memory.text, memory.speaker), memory.text,
    )  # fmt: skip
