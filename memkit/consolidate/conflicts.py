"""Claims that cannot both be so, and of which none is the later one or the better one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any, ClassVar, Final, NamedTuple

from memkit.contracts import Consolidator, Proposal
from memkit.dates import offset_seconds, to_micros
from memkit.errors import InvalidInput
from memkit.knowledge import Claim, Held, fold, key
from memkit.models import Link, Memory
from memkit.storage.facts import TRIPLE, NewFact, claimed

KIND: Final = "conflict"
LINK: Final = "contradicts"
_MOODS: Final = ("assertion", "correction")


class _Told(NamedTuple):
    """A record and the claim that it makes."""

    memory: Memory
    fact: NewFact


class ConflictConsolidator(Consolidator):
    """Notes where claims of one slot give it different values from the same stated time on.

    Of claims with different times the later one holds, and of a correction and what it corrects
    the correction: these are no conflicts. Nor are values of a set. A conflict is a record that
    rests on the words of both sides, with `subject`, `attribute`, `values` and the ids of the
    `claims` in its metadata, and links of kind `contradicts` between them; it is superseded when
    the claims are others, and goes when it is resolved. No side is taken.
    """

    name: ClassVar[str] = "conflicts"
    version: ClassVar[int] = 1

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterator[Proposal]:
        """One proposal for each slot that has come into a conflict, or out of it."""
        standing = {
            tuple(memory.metadata.get("claims", ())): memory
            for memory in memories
            if memory.kind == KIND and memory.id
        }
        for slot in _slots(memories).values():
            sides = _sides(slot)
            ids = tuple(str(told.memory.id) for told in sides)
            if sides and standing.pop(ids, None) is None:
                links = tuple(
                    Link(str(one.memory.id), str(other.memory.id), LINK)
                    for one, other in combinations(sides, 2)
                    if key(one.fact.value) != key(other.fact.value)
                )
                yield Proposal((_conflict(sides, ids),), links, (), _reason(sides))
        for memory in standing.values():
            yield Proposal(supersedes=(str(memory.id),), reason="its claims no longer contradict")


def _slots(memories: Sequence[Memory]) -> dict[str, list[_Told]]:
    slots: dict[str, list[_Told]] = defaultdict(list)
    for place, memory in enumerate(memories):
        if memory.kind == TRIPLE and memory.id and memory.when is not None:
            at, zone = to_micros(memory.when), offset_seconds(memory.when)
            try:
                fact = claimed(place, 0, at, zone, memory.metadata)
            except InvalidInput:
                continue  # a record that no store would have taken
            slots[fact.slot].append(_Told(memory, fact))
    return slots


def _sides(slot: Sequence[_Told]) -> list[_Told]:
    """The claims that contradict one another, in order; none where all agree."""
    held = fold(_claim(told) for told in slot)
    starts: dict[int, list[_Told]] = defaultdict(list)
    for told in slot:
        stated = told.fact.starts is not None and told.fact.mood in _MOODS
        if stated and not told.fact.several and held[told.fact.record].verdict == "holds":
            starts[told.fact.starts or 0].append(told)
    for since in sorted(starts, reverse=True):
        sides = starts[since]
        several = len({key(told.fact.value) for told in sides}) > 1
        if several and any(_lasts(held[told.fact.record]) for told in sides):
            return sides
    return []


def _lasts(stands: Held) -> bool:
    return stands.until is None


def _claim(told: _Told) -> Claim:
    fact = told.fact
    corrects = key(str(told.memory.metadata.get("corrects", "")))
    return Claim(
        fact.record, key(fact.value), fact.mood, bool(fact.several), fact.said, 0,  # type: ignore[arg-type]
        fact.starts, fact.starts_by, fact.ends, corrects,
    )  # fmt: skip


def _conflict(sides: Sequence[_Told], ids: tuple[str, ...]) -> Memory:
    values = list(dict.fromkeys(told.fact.value for told in sides))
    first = sides[0].fact
    metadata: dict[str, Any] = {
        "subject": first.subject, "attribute": first.attribute, "values": values,
        "claims": list(ids),
    }  # fmt: skip
    sources = tuple(dict.fromkeys(source for told in sides for source in told.memory.sources))
    text = f"{first.subject} | {first.attribute} | {' or '.join(values)}"
    when = max((told.memory.when for told in sides if told.memory.when), default=None)
    return Memory(KIND, text, sources, when=when, metadata=metadata)


def _reason(sides: Sequence[_Told]) -> str:
    return f"{len(sides)} claims contradict one another"
