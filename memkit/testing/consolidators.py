"""The kit for consolidators."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from memkit.contracts import Consolidator, Proposal
from memkit.models import Memory
from memkit.testing.rules import Rule, require_name, require_whole_number
from memkit.testing.samples import NOW, SHIFTS, derived

_ROUNDS = 8


def check_consolidator(
    make: Callable[[], Consolidator], memories: Sequence[Memory] | None = None
) -> None:
    """Raise `BrokenRule` unless what `make` gives keeps the contract of `Consolidator`.

    Give `memories` (with ids and sources) for which it has something to propose, where facts
    about a move from Porto to Lisbon, one of them twice, give it nothing to do.
    """
    given = list(memories) if memories is not None else derived()
    untouched = copy.deepcopy(given)
    consolidator = make()
    require_name(consolidator)
    require_whole_number(consolidator, "version")
    with Rule("no records give no proposals"):
        assert not list(consolidator.propose([], NOW)), "proposals out of nothing"
    found = _proposed(consolidator, given, NOW)
    if memories is not None:
        with Rule("the records that were given to the kit yield a proposal"):
            assert found, "none"
    with Rule("the records that were given are not changed"):
        assert given == untouched, "records that are others after the call"
    for proposal in found:
        _check_proposal(proposal, given)
    _check_pure(make, given, found)
    _check_rest(make, given)


def _proposed(consolidator: Consolidator, given: Sequence[Memory], now: datetime) -> list[Proposal]:
    with Rule("records of any kind can be read"):
        found = list(consolidator.propose(given, now))
    with Rule("every proposal is a `Proposal`"):
        for proposal in found:
            assert isinstance(proposal, Proposal), f"a {type(proposal).__name__}"
    return found


def _check_proposal(proposal: Proposal, given: Sequence[Memory]) -> None:
    ids = {memory.id for memory in given}
    reach: dict[str, int] = {}
    for memory in given:
        for source in memory.sources:
            reach[source.turn] = max(reach.get(source.turn, 0), source.end)
    with Rule("a proposal proposes something, and says why"):
        assert proposal.memories or proposal.links or proposal.supersedes, "an empty proposal"
        assert proposal.reason.strip(), "no reason"
    with Rule("what is superseded or linked is among the records that were given"):
        ends = {end for link in proposal.links for end in (link.source, link.target)}
        unknown = {*proposal.supersedes, *ends} - ids
        assert not unknown, f"{sorted(map(str, unknown))}"
    with Rule("a link has a kind and a finite weight"):
        for link in proposal.links:
            assert link.kind, "no kind"
            assert math.isfinite(link.weight), f"the weight {link.weight!r}"
    with Rule("a new record has a kind of its own and a text"):
        for memory in proposal.memories:
            assert memory.kind not in ("", "turn"), f"the kind {memory.kind!r}"
            assert memory.text.strip(), "no text"
    with Rule("a new record rests on words that the records given rest on"):
        for memory in proposal.memories:
            assert memory.sources, f"no source for {memory.text[:40]!r}"
            for source in memory.sources:
                assert source.turn in reach, f"the turn {source.turn!r}"
                assert 0 <= source.start < source.end <= reach[source.turn], f"{source}"


def _check_pure(
    make: Callable[[], Consolidator], given: Sequence[Memory], found: Sequence[Proposal]
) -> None:
    with Rule("the same records and moment give the same proposals"):
        assert _proposed(make(), given, NOW) == list(found), "others from a second consolidator"
    with Rule("no clock is read: records and moment moved together get the same proposals"):
        expected = [(len(p.memories), p.links, p.supersedes) for p in found]
        for shift in SHIFTS:
            moved = [_moved(memory, shift) for memory in given]
            again = _proposed(make(), moved, NOW + shift)
            assert [(len(p.memories), p.links, p.supersedes) for p in again] == expected, (
                f"others when all is moved by {shift.days} days"
            )


def _check_rest(make: Callable[[], Consolidator], given: Sequence[Memory]) -> None:
    """What was proposed and applied is not proposed again."""
    standing = list(given)
    with Rule("nothing is proposed where nothing is due: applying its proposals brings it to rest"):
        for round_ in range(_ROUNDS):
            due = [p for p in _proposed(make(), standing, NOW) if p.memories or p.supersedes]
            if not due:
                return
            gone = {id for proposal in due for id in proposal.supersedes}
            fresh = [memory for proposal in due for memory in proposal.memories]
            standing = [memory for memory in standing if memory.id not in gone]
            standing += [replace(m, id=f"n{round_}.{n}") for n, m in enumerate(fresh)]
        raise AssertionError(f"still proposing after {_ROUNDS} rounds")


def _moved(memory: Memory, shift: timedelta) -> Memory:
    return replace(memory, when=memory.when + shift if memory.when is not None else None)
