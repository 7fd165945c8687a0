"""Each rule of the kit for gates catches the class that breaks it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from kit_rules import rules_of

from memkit.contracts import IntakeGate
from memkit.models import Turn, Verdict
from memkit.testing import BrokenRule, check_gate, gates
from memkit.testing.samples import conversation


class Echoing(IntakeGate):
    """Sound: archives what was ever said word for word; what it has learned are the words."""

    name: ClassVar[str] = "echoing"
    made: ClassVar[int] = 0

    def __init__(self, **fields: Any) -> None:
        self.last = 5
        self.reach = 1000
        self.heard: set[str] = set()
        type(self).made += 1
        self.number = type(self).made
        vars(self).update(fields)

    def judge(self, turn: Turn, recent: Sequence[Turn]) -> Verdict:
        action = "archive" if turn.text in self.heard else "keep"
        return Verdict(turn.id, action, "heard" if action == "archive" else "new")  # type: ignore[arg-type]

    def fresh(self) -> IntakeGate:
        return type(self)()

    def learn(self, turns: Sequence[Turn]) -> None:
        self.heard.update(turn.text for turn in turns)


def spoiled(spoil: Callable[[Any, Turn, Verdict], Verdict]) -> Callable[[], IntakeGate]:
    class Spoiled(Echoing):
        def judge(self, turn: Turn, recent: Sequence[Turn]) -> Verdict:
            return spoil(self, turn, super().judge(turn, recent))

    return Spoiled


def with_fields(**fields: Any) -> Callable[[], IntakeGate]:
    return spoiled(lambda me, turn, verdict: dataclasses.replace(verdict, **fields))


def changing(me: Any, turn: Turn, verdict: Verdict) -> Verdict:
    turn.metadata["seen"] = True  # type: ignore[index]
    return verdict


def by_number(me: Any, turn: Turn, verdict: Verdict) -> Verdict:
    return dataclasses.replace(verdict, reason=f"gate {me.number}")


def by_clock(me: Any, turn: Turn, verdict: Verdict) -> Verdict:
    assert turn.when is not None
    old = (datetime.now(UTC) - turn.when).days > 9000
    return dataclasses.replace(verdict, action="keep" if old else verdict.action)


def counting(me: Any, turn: Turn, verdict: Verdict) -> Verdict:
    me.calls = getattr(me, "calls", 0) + 1
    return dataclasses.replace(verdict, reason=f"call {me.calls}")


def out_of_the_file(me: Any, turn: Turn, verdict: Verdict) -> Verdict:
    if turn.id == "k3" and not turn.metadata:
        raise LookupError("what a store hands out is another turn")
    return verdict


class Failing(Echoing):
    def judge(self, turn: Turn, recent: Sequence[Turn]) -> Verdict:
        return super().judge(recent[99] if len(recent) > 2 else turn, recent)


class Deaf(Echoing):
    """Learns from single turns alone."""

    def learn(self, turns: Sequence[Turn]) -> None:
        if len(turns) == 1:
            super().learn(turns)


class Heir(Echoing):
    """What it has learned is passed on."""

    def fresh(self) -> IntakeGate:
        return Heir(heard=set(self.heard))


GATES: dict[str, Callable[[], IntakeGate]] = {
    "`name` is text without white space": lambda: Echoing(name="an echo"),
    "`last` is a whole number of at least 1": lambda: Echoing(last=0),
    "`reach` is a whole number, 0 for a gate that learns nothing": lambda: Echoing(reach=-1),
    "any turn can be judged, after any others": Failing,
    "a verdict is on the turn that was given, to keep or archive it, with a reason": with_fields(
        action="expire"
    ),
    "a strength is a finite number, or None": with_fields(strength=float("nan")),
    "the first turn of all passes": with_fields(action="archive"),
    "of the turns given to the kit it holds back the last one alone": with_fields(action="keep"),
    "the turns that were given are not changed": spoiled(changing),
    "the same turns get the same verdicts, of every gate made alike": spoiled(by_number),
    "no clock is read: turns moved in time get the same verdicts": spoiled(by_clock),
    "to judge is not to learn: a second verdict on a turn is the first": spoiled(counting),
    "what is learned at once is what is learned turn by turn": Deaf,
    "a fresh gate knows nothing of what the other has learned": Heir,
    "a store keeps every word of what is held back, and finds it again by `undo`": spoiled(
        out_of_the_file
    ),
}


@pytest.mark.parametrize("rule", GATES)
def test_a_gate_that_breaks_a_rule_is_caught(rule: str) -> None:
    given = conversation()[:5]
    with pytest.raises(BrokenRule) as caught:
        check_gate(GATES[rule], [*given, given[0]])
    assert caught.value.rule == rule


def test_a_sound_gate_passes() -> None:
    given = conversation()[:5]
    check_gate(Echoing, [*given, given[0]])


def test_every_rule_has_one_that_breaks_it() -> None:
    assert set(GATES) == rules_of(gates)
