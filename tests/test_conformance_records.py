"""Each rule of the kits for derived records, verdicts and hits catches the class that breaks it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from kit_rules import rules_of

from memkit.contracts import (
    Consolidator,
    Extractor,
    ForgettingPolicy,
    Proposal,
    Record,
    Reranker,
)
from memkit.models import Hit, Link, Memory, Source, Turn, Verdict
from memkit.testing import (
    BrokenRule,
    check_consolidator,
    check_extractor,
    check_forgetting,
    check_reranker,
    consolidators,
    extractors,
    forgetting,
    rerankers,
)
from memkit.testing.samples import conversation, derived

Spoil = Callable[[Any, Any, Any], Any]


def as_it_is(me: Any, given: Any, found: Any) -> Any:
    return found


class Fake:
    """What one function may spoil; `made` and `calls` are what honest classes do not look at."""

    made: ClassVar[int] = 0

    def __init__(self, spoil: Spoil = as_it_is, **fields: Any) -> None:
        type(self).made += 1
        self.number = type(self).made
        self.calls = 0
        self.spoil = spoil
        vars(self).update(fields)


class FirstWords(Fake, Extractor):
    """Sound: the first ten characters of every turn."""

    name: ClassVar[str] = "first-words"

    def extract(self, turns: Sequence[Turn]) -> Iterable[Memory]:
        self.calls += len(turns)
        found = [
            Memory("opening", turn.text[:10], (Source(turn.id, 0, min(10, len(turn.text))),))
            for turn in turns
            if turn.text[:10].strip()
        ]
        return self.spoil(self, turns, found) if turns else found


def each(change: Callable[[Memory], Memory]) -> Spoil:
    return lambda me, turns, found: [change(memory) for memory in found]


def with_fields(**fields: Any) -> Spoil:
    return each(lambda memory: dataclasses.replace(memory, **fields))


def longer_by_calls(me: Any, turns: Any, found: Any) -> Any:
    return [dataclasses.replace(m, text=m.text + "!" * (me.calls - len(turns))) for m in found]


class OutOfNothing(FirstWords):
    def extract(self, turns: Sequence[Turn]) -> Iterable[Memory]:
        return super().extract(turns or conversation())


EXTRACTORS: dict[str, Callable[[], Extractor]] = {
    "`name` is text without white space": lambda: FirstWords(name="first words"),
    "`version` is a whole number of at least 1": lambda: FirstWords(version=0),
    "`batch` is a whole number of at least 1": lambda: FirstWords(batch="all"),
    "no turns give no records": OutOfNothing,
    "every batch of turns can be read": lambda: FirstWords(lambda me, turns, found: turns[99]),
    "`ready` says how many of the turns, from the first on, may be extracted": lambda: FirstWords(
        ready=lambda turns, now: len(turns) + 1
    ),
    "every record is a `Memory`, or `Rejected`": lambda: FirstWords(
        lambda me, turns, found: ["text"]
    ),
    "the turns that were given to the kit yield a record": lambda: FirstWords(
        lambda me, turns, found: []
    ),
    "a record has a kind of its own and a text": lambda: FirstWords(with_fields(kind="turn")),
    "a record names at least one source": lambda: FirstWords(with_fields(sources=())),
    "every source is a span of characters inside a turn that was given": lambda: FirstWords(
        each(lambda m: dataclasses.replace(m, sources=(Source(m.sources[0].turn, 0, 9999),)))
    ),
    "the same turns give the same records, of every extractor made alike": lambda: FirstWords(
        lambda me, turns, found: with_fields(speaker=f"S{me.number}")(me, turns, found)
    ),
    "the turns that were given are not changed": lambda: FirstWords(
        lambda me, turns, found: ([t.metadata.update(seen=1) for t in turns[:1]], found)[1]
    ),
    "a batch gives the same records after a restart as without one": lambda: FirstWords(
        longer_by_calls
    ),
    "the store takes every record, and a second run finds nothing new": lambda: FirstWords(
        with_fields(text="a\x00b")
    ),
}


@pytest.mark.parametrize("rule", EXTRACTORS)
def test_an_extractor_that_breaks_a_rule_is_caught(rule: str) -> None:
    with pytest.raises(BrokenRule) as caught:
        check_extractor(EXTRACTORS[rule], conversation()[:4])
    assert caught.value.rule == rule


class ByAge(Fake, ForgettingPolicy):
    """Sound: archives what is older than ninety days."""

    name: ClassVar[str] = "by-age"

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        self.calls += 1
        found = [
            Verdict(record.id, "archive" if (now - record.created).days > 90 else "keep", "age")
            for record in records
        ]
        return self.spoil(self, (records, now), found) if records else found


class FromTheClock(ByAge):
    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        return super().judge(records, datetime.now(UTC))


class OutOfTheBlue(ByAge):
    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        return super().judge(records, now) or [Verdict("r0", "keep", "why not")]


class Unready(ByAge):
    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        return [Verdict(r.id, "keep", f"{r.last_used - r.created}") for r in records]  # type: ignore[operator]


def verdicts_with(**fields: Any) -> Spoil:
    return lambda me, given, found: [dataclasses.replace(v, **fields) for v in found]


def strength_by_place(me: Any, given: Any, found: Any) -> Any:
    return [dataclasses.replace(v, strength=float(place)) for place, v in enumerate(found)]


POLICIES: dict[str, Callable[[], ForgettingPolicy]] = {
    "`name` is text without white space": lambda: ByAge(name=None),
    "`forgets` is True or False": lambda: ByAge(forgets="sometimes"),
    "no records give no verdicts": OutOfTheBlue,
    "records of any age and use can be judged": Unready,
    "there is one verdict per record, in the order of the records": lambda: ByAge(
        lambda me, given, found: found[::-1]
    ),
    "a verdict is to keep, archive, compress or expire, with a reason": lambda: ByAge(
        verdicts_with(action="delete")
    ),
    "a strength is a finite number, or None": lambda: ByAge(verdicts_with(strength=float("inf"))),
    "a policy that does not forget keeps every record": lambda: ByAge(forgets=False),
    "the same records and moment give the same verdicts, of every policy made alike": (
        lambda: ByAge(lambda me, given, found: verdicts_with(reason=f"{me.calls}")(0, 0, found))
    ),
    "a verdict does not depend on the order of the records": lambda: ByAge(strength_by_place),
    "no clock is read: records and moment moved together get the same verdicts": FromTheClock,
}  # fmt: skip


@pytest.mark.parametrize("rule", POLICIES)
def test_a_policy_that_breaks_a_rule_is_caught(rule: str) -> None:
    with pytest.raises(BrokenRule) as caught:
        check_forgetting(POLICIES[rule])
    assert caught.value.rule == rule


class OncePerText(Fake, Consolidator):
    """Sound: of records with the same text, the later ones are superseded."""

    name: ClassVar[str] = "once-per-text"

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterable[Proposal]:
        seen: set[str] = set()
        found = []
        for memory in memories:
            if memory.text in seen and memory.id is not None:
                found.append(Proposal(supersedes=(memory.id,), reason="said before"))
            seen.add(memory.text)
        return self.spoil(self, (memories, now), found) if memories else found


class ProposesAlways(OncePerText):
    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterable[Proposal]:
        return [*super().propose(memories, now), Proposal(supersedes=("m1",), reason="always")]


def proposing(*, always: bool = False, **fields: Any) -> Spoil:
    """Adds one proposal; but for `always`, only while the repeated records are there."""
    extra = Proposal(**{"reason": "more", **fields})
    return lambda me, given, found: [*found, extra] if found or always else found


def new_memory(**fields: Any) -> Memory:
    return dataclasses.replace(Memory("note", "a note", (Source("t1", 0, 5),)), **fields)


def by_the_year(me: Any, given: Any, found: Any) -> Any:
    return found if given[1].year < 2030 else found[:-1]


CONSOLIDATORS: dict[str, Callable[[], Consolidator]] = {
    "`name` is text without white space": lambda: OncePerText(name=7),
    "`version` is a whole number of at least 1": lambda: OncePerText(version=True),
    "no records give no proposals": ProposesAlways,
    "records of any kind can be read": lambda: OncePerText(
        lambda me, given, found: given[0][999]
    ),
    "every proposal is a `Proposal`": lambda: OncePerText(lambda me, given, found: ["m1"]),
    "the records that were given to the kit yield a proposal": lambda: OncePerText(
        lambda me, given, found: []
    ),
    "a proposal proposes something, and says why": lambda: OncePerText(proposing()),
    "what is superseded or linked is among the records that were given": lambda: OncePerText(
        proposing(links=(Link("m1", "m999", "like"),))
    ),
    "a link has a kind and a finite weight": lambda: OncePerText(
        proposing(links=(Link("m1", "m3", "like", float("nan")),))
    ),
    "a new record has a kind of its own and a text": lambda: OncePerText(
        proposing(memories=(new_memory(text=" "),))
    ),
    "a new record rests on words that the records given rest on": lambda: OncePerText(
        proposing(memories=(new_memory(sources=(Source("t2", 0, 5),)),))
    ),
    "the same records and moment give the same proposals": lambda: OncePerText(
        lambda me, given, found: proposing(
            memories=(new_memory(speaker=f"S{me.number}"),)
        )(me, given, found)
    ),
    "the records that were given are not changed": lambda: OncePerText(
        lambda me, given, found: ([m.metadata.update(seen=1) for m in given[0][:1]], found)[1]
    ),
    "no clock is read: records and moment moved together get the same proposals": (
        lambda: OncePerText(by_the_year)
    ),
    "nothing is proposed where nothing is due: applying its proposals brings it to rest": (
        lambda: OncePerText(proposing(memories=(new_memory(),), always=True))
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", CONSOLIDATORS)
def test_a_consolidator_that_breaks_a_rule_is_caught(rule: str) -> None:
    with pytest.raises(BrokenRule) as caught:
        check_consolidator(CONSOLIDATORS[rule], derived())
    assert caught.value.rule == rule


class AsTheyCame(Fake, Reranker):
    """Sound: the hits as they stand, sorted by score."""

    name: ClassVar[str] = "as-they-came"

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        self.calls += 1
        found = sorted(hits, key=lambda hit: -hit.score)
        return self.spoil(self, hits, found) if hits else found


class Inventive(AsTheyCame):
    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        source = Turn("t0", query)
        return super().rerank(query, hits) or [
            Hit("t0", query, 1.0, ("t0",), None, None, None, "turn", {}, (source,))
        ]


def hits_with(**fields: Any) -> Spoil:
    return lambda me, given, found: [dataclasses.replace(hit, **fields) for hit in found]


RERANKERS: dict[str, Callable[[], Reranker]] = {
    "`name` is text without white space": lambda: AsTheyCame(name=""),
    "no hits give no hits": Inventive,
    "any number of hits can be reranked": lambda: AsTheyCame(
        lambda me, given, found: [hit for hit in found if found[1]]
    ),
    "the hits that were given are not changed": lambda: AsTheyCame(
        lambda me, given, found: (given.reverse(), found)[1]
    ),
    "no hit is invented or rewritten: all but score and why is as it was given": (
        lambda: AsTheyCame(hits_with(text="summary"))
    ),
    "no hit is returned twice": lambda: AsTheyCame(lambda me, given, found: found[:1] + found),
    "scores are in 0..1 and fall with the rank": lambda: AsTheyCame(hits_with(score=1.5)),
    "the same query and hits give the same answer, of every reranker made alike": (
        lambda: AsTheyCame(lambda me, given, found: hits_with(score=1 / me.calls)(me, given, found))
    ),
}


@pytest.mark.parametrize("rule", RERANKERS)
def test_a_reranker_that_breaks_a_rule_is_caught(rule: str) -> None:
    with pytest.raises(BrokenRule) as caught:
        check_reranker(RERANKERS[rule])
    assert caught.value.rule == rule


def test_the_sound_fakes_pass() -> None:
    check_extractor(FirstWords)
    check_extractor(FirstWords, conversation()[:4])
    check_forgetting(ByAge)
    check_consolidator(OncePerText)
    check_consolidator(OncePerText, derived())
    check_reranker(AsTheyCame)


def test_every_rule_has_one_that_breaks_it() -> None:
    assert set(EXTRACTORS) == rules_of(extractors)
    assert set(POLICIES) == rules_of(forgetting)
    assert set(CONSOLIDATORS) == rules_of(consolidators)
    assert set(RERANKERS) == rules_of(rerankers)
