"""The kit for gates at intake."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from memkit.contracts import IntakeGate
from memkit.models import Turn, Verdict
from memkit.store import MemoryStore
from memkit.testing.rules import Rule, require_name, require_whole_number
from memkit.testing.samples import NOW, SHIFTS, conversation


def check_gate(make: Callable[[], IntakeGate], turns: Sequence[Turn] | None = None) -> None:
    """Raise `BrokenRule` unless what `make` gives keeps the contract of `IntakeGate`.

    Give `turns` of which it lets all but the last pass to see that it holds that one back.
    """
    given = list(turns) if turns is not None else conversation() * 3
    given = [replace(turn, id=f"k{place}") for place, turn in enumerate(given, 1)]
    gate = make()
    require_name(gate)
    require_whole_number(gate, "last")
    with Rule("`reach` is a whole number, 0 for a gate that learns nothing"):
        assert isinstance(gate.reach, int), f"reach is {gate.reach!r}"
        assert gate.reach >= 0, f"reach is {gate.reach!r}"
    untouched = copy.deepcopy(given)
    verdicts = _judged(gate.fresh(), given)
    with Rule("the turns that were given are not changed"):
        assert given == untouched, "turns that are others after the call"
    _check_verdicts(given, verdicts)
    if turns is not None:
        with Rule("of the turns given to the kit it holds back the last one alone"):
            held = [verdict.id for verdict in verdicts if verdict.action != "keep"]
            assert held == [given[-1].id], f"{held}"
    _check_pure(make, gate, given, verdicts)
    _check_learning(make, given)
    _check_stored(make, given)


def _judged(gate: IntakeGate, turns: Sequence[Turn]) -> list[Verdict]:
    """What becomes of turns, one after another, as in a store."""
    live: list[Turn] = []
    found = []
    with Rule("any turn can be judged, after any others"):
        for turn in turns:
            verdict = gate.judge(turn, live[-gate.last :])
            found.append(verdict)
            if verdict.action == "keep":
                live.append(turn)
            gate.learn([turn])
    return found


def _check_verdicts(turns: Sequence[Turn], verdicts: Sequence[Verdict]) -> None:
    with Rule("a verdict is on the turn that was given, to keep or archive it, with a reason"):
        for turn, verdict in zip(turns, verdicts, strict=True):
            assert verdict.id == turn.id, f"a verdict on {verdict.id!r}"
            assert verdict.action in ("keep", "archive"), f"the action {verdict.action!r}"
            assert verdict.reason.strip(), f"no reason for {verdict.id!r}"
    with Rule("a strength is a finite number, or None"):
        for verdict in verdicts:
            strength = verdict.strength
            assert strength is None or math.isfinite(strength), f"{strength!r}"
    with Rule("the first turn of all passes"):
        assert verdicts[0].action == "keep", verdicts[0].reason


def _check_pure(
    make: Callable[[], IntakeGate], gate: IntakeGate, turns: Sequence[Turn],
    verdicts: Sequence[Verdict],
) -> None:  # fmt: skip
    with Rule("the same turns get the same verdicts, of every gate made alike"):
        assert _judged(make(), turns) == list(verdicts), "others from a second gate"
        assert _judged(gate.fresh(), turns) == list(verdicts), "others from a fresh one"
    with Rule("no clock is read: turns moved in time get the same verdicts"):
        for shift in SHIFTS:
            moved = [replace(turn, when=(turn.when or NOW) + shift) for turn in turns]
            actions = [verdict.action for verdict in _judged(make(), moved)]
            assert actions == [verdict.action for verdict in verdicts], f"others {shift} away"


def _check_learning(make: Callable[[], IntakeGate], turns: Sequence[Turn]) -> None:
    *before, last = turns
    by_one, at_once = make(), make()
    for turn in before:
        by_one.learn([turn])
    expected = by_one.judge(last, before[-by_one.last :])
    with Rule("to judge is not to learn: a second verdict on a turn is the first"):
        assert by_one.judge(last, before[-by_one.last :]) == expected, "another one"
    with Rule("what is learned at once is what is learned turn by turn"):
        at_once.learn(before)
        at_once.learn([])
        assert at_once.judge(last, before[-at_once.last :]) == expected, "another verdict"
    with Rule("a fresh gate knows nothing of what the other has learned"):
        fresh = at_once.fresh()
        assert fresh.judge(last, []) == make().judge(last, []), "another verdict"
        fresh.learn(before[:1])
        assert at_once.judge(last, before[-at_once.last :]) == expected, "the other learned too"


def _check_stored(make: Callable[[], IntakeGate], turns: Sequence[Turn]) -> None:
    with (
        Rule("a store keeps every word of what is held back, and finds it again by `undo`"),
        MemoryStore(":memory:", embedder=None, extractors=[], gate=make()) as store,
    ):
        scope = store.scope(kit="gates")
        scope.add([_message(turn) for turn in turns], now=NOW)
        assert [turn.text for turn in scope.turns()] == [turn.text for turn in turns]
        for entry in scope.journal():
            if entry.action == "judge":
                scope.undo(entry.id, now=NOW)
        assert len(list(scope.turns(archived=False))) == len(turns), "some stay away"
        assert store.check().ok, f"{store.check().problems}"


def _message(turn: Turn) -> dict[str, object]:
    """What `add` takes for a turn."""
    fields = {"name": turn.speaker, "role": turn.role, "session": turn.session}
    known = {name: value for name, value in fields.items() if value is not None}
    return {"content": turn.text, "id": turn.id, "timestamp": turn.when, **known}
