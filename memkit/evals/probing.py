"""Probes put to a store, and what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Final, TypeVar

from memkit.errors import NotFound
from memkit.evals import probes
from memkit.evals.probes import Changed, Cue, Said
from memkit.models import Hit, Turn
from memkit.store import Scope
from memkit.text import digest

CUT: Final = 10
ERASED: Final = 20
"""At most so many turns are erased in the copy."""
_OTHERS: Final = 5
"""A probe of one scope is put to so many others."""
_PIECE: Final = 48
_SHORTEST: Final = 12
_UNDATED: Final = datetime(2024, 1, 1, tzinfo=UTC)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Probe:
    """One question to the store, whether it did as it should, and what it did otherwise.

    `id` stays the same while the record it is about does, whatever else is stored.
    """

    kind: str
    id: str
    scope: str
    question: str
    expected: str
    passed: bool
    found: str = ""


class Probing:
    """Asks the probes of some scopes, at most `each` of a kind."""

    def __init__(self, said: Sequence[Said], every: Sequence[Scope], each: int) -> None:
        """`every` are all scopes of the store, in which nothing of `said` may come up."""
        self._said = said
        self._every = every
        self._each = each
        self._cues: list[tuple[Said, Cue]] = []

    def probes(self) -> Iterator[Probe]:
        """Everything that changes nothing."""
        self._cues = self._of_turns(probes.sources)
        facts = self._of_scopes(probes.facts, lambda cue: cue.question)
        for kind, cues in (
            ("source", self._cues),
            ("cloze", self._of_turns(probes.clozes)),
            ("paraphrase", self._of_turns(probes.paraphrases)),
            ("fact", facts),
        ):
            yield from (_found(kind, said, cue) for said, cue in cues)
        yield from (_answered(said, cue) for said, cue in facts)
        for said, changed in self._of_scopes(probes.changes, lambda one: one.question):
            yield _updated(said, changed)
        for said, question in self._of_scopes(_unheard(self._each), str):
            yield _abstained(said, question)
        yield from self._leaks()
        for said, cue in self._of_scopes(_forgotten, lambda cue: cue.turn.id):
            yield _hidden("forgotten", said, cue)

    def erased(self) -> Iterator[tuple[Probe, str | None]]:
        """Erase some turns and ask for each; with the piece of its text that must be gone."""
        by_scope: dict[str, list[tuple[Said, Cue]]] = {}
        for said, cue in self._cues[: min(ERASED, self._each)]:
            by_scope.setdefault(said.name, []).append((said, cue))
        for several in by_scope.values():
            several[0][0].scope.erase([cue.turn.id for _, cue in several])
        cues = [pair for several in by_scope.values() for pair in several]
        pieces = self._pieces([cue.turn for _, cue in cues])
        for said, cue in cues:
            yield _gone(said, cue), pieces.get(cue.turn.text[:_PIECE])

    def _pieces(self, gone: Iterable[Turn]) -> dict[str, str]:
        """The beginnings of erased texts that stand in no other record of the store."""
        pieces = {turn.text[:_PIECE] for turn in gone if len(turn.text) >= _SHORTEST}
        for scope in self._every:
            for records in (scope.turns(), scope.memories()):
                for record in records:
                    pieces = {piece for piece in pieces if piece not in record.text}
        return {piece: piece for piece in pieces}

    def _of_turns(self, make: Callable[[Said, Turn], Cue | None]) -> list[tuple[Said, Cue]]:
        """The first turns by lot of which such a question can be made."""
        every = [(said, turn) for said in self._said for turn in said.turns]
        every.sort(key=lambda pair: pair[0].order(pair[1].id))
        made = ((said, make(said, turn)) for said, turn in every)
        return list(islice(((said, cue) for said, cue in made if cue is not None), self._each))

    def _of_scopes(
        self, make: Callable[[Said], Iterable[T]], key: Callable[[T], str]
    ) -> list[tuple[Said, T]]:
        """The first by lot of all that can be asked."""
        every = [(said, one) for said in self._said for one in make(said)]
        every.sort(key=lambda pair: pair[0].order(key(pair[1])))
        return every[: self._each]

    def _leaks(self) -> Iterator[Probe]:
        """What was said in one scope, asked of others: as hits, and as a context."""
        others = {said.name: self._beside(said) for said in self._said}
        texts: dict[int, set[bytes]] = {}
        asked = 0
        for said, cue in self._cues:
            for other in others[said.name]:
                if asked == self._each:
                    return
                own = texts.setdefault(id(other), {digest(turn.text) for turn in other.turns()})
                if digest(cue.turn.text) not in own:  # else it was said there, too
                    asked += 1
                    yield _kept_apart(said, cue, other)

    def _beside(self, said: Said) -> list[Scope]:
        others = [scope for scope in self._every if scope.keys != said.scope.keys]
        others.sort(key=lambda scope: said.order(repr(sorted(scope.keys.items()))))
        return others[:_OTHERS]


def _unheard(each: int) -> Callable[[Said], list[str]]:
    return lambda said: probes.unheard(said, each)


def _hits(said: Said, question: str) -> tuple[Hit, ...]:
    """As searched at the moment of the last turn; the present day changes nothing."""
    return said.scope.trace(question, CUT, now=_now(said)).hits


def _now(said: Said) -> datetime:
    return max((turn.when for turn in said.turns if turn.when is not None), default=_UNDATED)


def _rank(hits: Sequence[Hit], wanted: frozenset[str]) -> int | None:
    """Where the first of these turns stands among the hits, counted from 1."""
    return next((rank for rank, hit in enumerate(hits, 1) if wanted & {*hit.sources}), None)


def _found(kind: str, said: Said, cue: Cue) -> Probe:
    hits = _hits(said, cue.question)
    rank = _rank(hits, cue.right)
    first = hits[0].text if hits else "nothing"
    about = f" {cue.question}" if kind == "fact" else ""
    return Probe(
        kind, f"{kind} {said.name} {cue.turn.id}{about}", said.name, cue.question, cue.turn.text,
        rank is not None, f"found at {rank}" if rank else f"not among {CUT}; first: {first}",
    )  # fmt: skip


def _updated(said: Said, changed: Changed) -> Probe:
    hits = _hits(said, changed.question)
    new, old = _rank(hits, changed.new), _rank(hits, changed.old)
    return Probe(
        "updated", f"updated {said.name} {changed.id}", said.name, changed.question, changed.value,
        new is not None and (old is None or new < old),
        f"newest at {new or 'no place'}, older at {old or 'no place'}",
    )  # fmt: skip


def _answered(said: Said, cue: Cue) -> Probe:
    reading = said.scope.answer(cue.question, now=_now(said))
    return Probe(
        "answered", f"answered {said.name} {cue.turn.id} {cue.question}", said.name, cue.question,
        cue.turn.text, not reading.abstained, f"{reading.answer} ({reading.score:.2f})",
    )  # fmt: skip


def _abstained(said: Said, question: str) -> Probe:
    reading = said.scope.answer(question, now=_now(said))
    return Probe(
        "abstain", f"abstain {said.name} {question}", said.name, question, "no answer",
        reading.abstained, f"{reading.answer} ({reading.score:.2f})",
    )  # fmt: skip


def _kept_apart(said: Said, cue: Cue, other: Scope) -> Probe:
    named = " ".join(f"{key}={value}" for key, value in sorted(other.keys.items()))
    hits = other.trace(cue.question, CUT, now=_now(said)).hits
    same = digest(cue.turn.text)
    leaked = any(digest(text) == same
                 for hit in hits for text in (hit.text, *(turn.text for turn in hit.turns))
                 )  # fmt: skip
    block = other.context(cue.question, 1000, now=_now(said))
    leaked = leaked or (len(cue.turn.text) >= _SHORTEST and cue.turn.text in block.text)
    return Probe(
        "scope", f"scope {said.name} {cue.turn.id} in {named}", named, cue.question,
        f"nothing of {said.name}", not leaked,
        f"leaked: {cue.turn.text}" if leaked else "",
    )  # fmt: skip


def _forgotten(said: Said) -> Iterator[Cue]:
    """What was forgotten by request, and is so still."""
    live = {turn.id for turn in said.turns}
    named: dict[str, None] = {}
    after = 0
    while entries := said.scope.journal(after=after, limit=500):
        for entry in entries:
            if entry.action == "forget" and entry.undone_by is None:
                named |= dict.fromkeys(entry.records)
        after = entries[-1].id
    turns = {turn.id: turn for turn in said.scope.turns() if turn.id in named}
    for id, turn in turns.items():
        if id not in live:
            yield Cue(turn, turn.text[:200], frozenset([id]))


def _hidden(kind: str, said: Said, cue: Cue) -> Probe:
    rank = _rank(_hits(said, cue.question), frozenset([cue.turn.id]))
    return Probe(
        kind, f"{kind} {said.name} {cue.turn.id}", said.name, cue.question, "not found",
        rank is None, f"found at {rank}" if rank else "",
    )  # fmt: skip


def _gone(said: Said, cue: Cue) -> Probe:
    """A probe of a turn that was erased: no hit, and no record."""
    probe = _hidden("erased", said, cue)
    try:
        said.scope.get(cue.turn.id)
    except NotFound:
        return probe
    return Probe(
        probe.kind, probe.id, probe.scope, probe.question, probe.expected, False,
        "the record is there still",
    )  # fmt: skip
