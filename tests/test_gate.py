"""The gate at intake: what says nothing new is kept, and out of the way from the beginning."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import NOON, MakeStore

from memkit import Scope, Turn
from memkit.forget.novelty import NoveltyGate


def gated(make_store: MakeStore, **options: float) -> Scope:
    gate = NoveltyGate(**options)  # type: ignore[arg-type]
    return make_store(gate=gate, extractors=[]).scope(user="ana")


def live(scope: Scope) -> list[str]:
    return [turn.id for turn in scope.turns(archived=False)]


def test_what_is_nearly_the_same_is_kept_and_archived_at_once(make_store: MakeStore) -> None:
    ana = gated(make_store)
    ana.add(
        ["I love the garden behind the house.", "I love the garden behind our house!"], now=NOON
    )
    ana.add("I love that garden behind the house.", now=NOON + timedelta(hours=1))
    assert live(ana) == ["t1"]
    assert [hit.id for hit in ana.search("garden")] == ["t1"]
    assert {hit.id for hit in ana.rescue("garden")} == {"t2", "t3"}
    assert ana.get("t2").text == "I love the garden behind our house!"
    entries = [(entry.action, entry.reason) for entry in ana.journal()]
    assert entries == [
        ("add", ""), ("judge", "gate novelty: t2 repeats t1"),
        ("add", ""), ("judge", "gate novelty: t3 repeats t1"),
    ]  # fmt: skip
    ana.undo(2)
    assert live(ana) == ["t1", "t2"]


@pytest.mark.parametrize(
    "text",
    [
        "I love the 2 gardens behind the house.",
        "I do not love the garden behind the house.",
        "On Monday I love the garden behind the house.",
        "Marta, I love the garden behind the house.",
        "The boat has a leak in the hull again.",
        "yes",
    ],
)
def test_what_could_matter_passes(text: str, make_store: MakeStore) -> None:
    ana = gated(make_store)
    ana.add(["I love the garden behind the house.", "yes", text])
    assert live(ana) == ["t1", "t2", "t3"]


def test_only_the_latest_turns_of_the_same_speaker_count(make_store: MakeStore) -> None:
    ana = gated(make_store, last=2)
    said = "I love the garden behind the house."
    names = ["Ana", "Rui", "Eva", "Eva", "Ana"]
    texts = [said, said, "The boat leaks.", "The oven is broken.", said]
    ana.add([{"name": name, "content": text} for name, text in zip(names, texts, strict=True)])
    assert live(ana) == ["t1", "t2", "t3", "t4", "t5"]


def test_a_repeated_turn_is_no_measure_for_the_next(make_store: MakeStore) -> None:
    """What is archived always says again what a live turn says."""
    ana = gated(make_store, least=0.3)
    ana.add(
        [
            "red green blue yellow brown black white pink",
            "red green blue yellow brown black white grey",
            "red green blue yellow brown black gold grey",
        ]
    )
    assert live(ana) == ["t1", "t3"]


def test_a_correction_passes(make_store: MakeStore) -> None:
    ana = gated(make_store)
    ana.add("I love the garden behind the house.")
    ana.feedback("t1", useful=False, correction="I love the garden behind our house.")
    assert live(ana) == ["t1", "t2"]


def test_the_gate_says_how_new_a_turn_is() -> None:
    gate = NoveltyGate()
    old = Turn("t1", "the boat is in the harbour")
    assert gate.judge(Turn("t2", "the boat is in the harbour"), [old]).strength == 0.0
    fresh = gate.judge(Turn("t2", "my cat sleeps all day"), [old])
    assert (fresh.action, fresh.strength) == ("keep", 1.0)
