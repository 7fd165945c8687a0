"""Recipes that decide before they search, ask side by side, or cross channels by time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from memkit import MemoryStore, Scope
from memkit.embed.supplied import SuppliedVectors
from memkit.errors import InvalidInput, InvalidVector
from memkit.recipe import Recipe
from memkit.recipes.caim import CAIM, needs_memory
from memkit.recipes.hippomm import HippoMM
from memkit.recipes.robomemory import RoboMemory
from memkit.testing.samples import NOW
from memkit.types import When

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@contextmanager
def opened(recipe: Recipe, **options: Any) -> Iterator[Scope]:
    with MemoryStore(":memory:", recipe=recipe, clock=lambda: NOW, **options) as store:
        yield store.scope(user="ana")
        assert store.check().problems == ()


@pytest.mark.parametrize(
    ("query", "needed"),
    [
        ("What did I tell you about the boat?", True),
        ("Where does Clara live?", True),
        ("What is my sister's name?", True),
        ("What is the square root of 2?", False),
        ("Write a haiku about the sea.", False),
    ],
)
def test_caim_opens_the_gate_for_what_is_somebodys_own(query: str, needed: bool) -> None:
    assert needs_memory(query) is needed


def test_caim_fetches_by_time_and_says_when_there_is_not_enough() -> None:
    with opened(CAIM()) as scope:
        for id, place, when in (("a", "pier", "2024-03-04"), ("b", "mill", "2024-05-06")):
            text = f"I had lunch at the {place}."
            scope.add({"id": id, "name": "Ana", "content": text, "timestamp": when})
        found = CAIM.recall(scope, "Where did I have lunch in March?", now=NOW)
        assert found.hits[0].sources == ("a",)
        assert found.periods
        assert CAIM.recall(scope, "What is the square root of 2?", now=NOW) == CAIM.recall(
            scope, "Name a prime number.", now=NOW
        )
        assert CAIM.recall(scope, "Name a prime number.", now=NOW).enough
    with opened(CAIM()) as scope:
        nothing = CAIM.recall(scope, "Where did I have lunch in March?", now=NOW)
        assert nothing.needed
        assert not nothing.enough


def test_caim_tags_are_whole_words() -> None:
    """The published tags are matched as parts of a string: "art" is in "party"."""
    with opened(CAIM()) as scope:
        for n in range(12):
            about = (
                "the party with balloons and a cake" if n % 2 else "the rocket engine and its fuel"
            )
            scope.add({"name": "Ana", "content": f"We talked of {about}.", "session": f"s{n}"})
        CAIM.review(scope, now=NOW + DAY)
        assert CAIM.tags(scope, "art") == []
        before = scope.journal()
        CAIM.review(scope, now=NOW + DAY)
        assert scope.journal() == before


def test_robomemory_follows_a_thing_from_place_to_place() -> None:
    with opened(RoboMemory()) as scope:
        scope.add({"content": "The cup is on the table.", "timestamp": NOW - 3 * DAY})
        scope.add({"content": "The cup is in the sink now.", "timestamp": NOW - DAY})
        scope.add({"content": "Is the cup on the roof?", "timestamp": NOW})
        now, then = RoboMemory.where(scope, "Cup"), RoboMemory.where(scope, "cup", at=NOW - 2 * DAY)
        assert now is not None
        assert then is not None
        assert (then.value, now.value) == ("on the table", "in the sink")
        assert [fact.status for fact in scope.history("cup", "place")] == ["superseded", "current"]
        assert RoboMemory.where(scope, "kettle") is None


def test_robomemory_asks_all_four_at_once_so_that_the_slowest_counts() -> None:
    """Each waits for the others: one after the other they would never be done."""
    together = threading.Barrier(4, timeout=30)

    class Waiting(RoboMemory):
        def memories(
            self, scope: Scope, query: str, now: When | None
        ) -> dict[str, Callable[[], Sequence[Any]]]:
            def met(ask: Callable[[], Sequence[Any]]) -> Callable[[], Sequence[Any]]:
                def asked() -> Sequence[Any]:
                    together.wait()
                    return ask()

                return asked

            return {name: met(ask) for name, ask in super().memories(scope, query, now).items()}

    recipe = Waiting(steps=1)
    with opened(recipe) as scope:
        scope.add(
            [
                {"content": "The drill is on the shelf.", "session": "1"},
                {"content": "I tried the drill on steel and it broke.", "session": "2"},
                {"content": "Nothing else.", "session": "3"},
            ]
        )
        found = recipe.recall(scope, "Where is the drill?")
        assert set(found.parts) == {"temporal", "spatial", "semantic", "episodic"}
        assert [turn.text for turn in found.parts["temporal"]] == ["Nothing else."]
        assert [fact.value for fact in found.parts["spatial"]] == ["on the shelf"]
        assert set(found.parts["episodic"]) >= {"1", "2"}
        assert found.seconds < sum(found.took.values()) + 30


def vectors() -> SuppliedVectors:
    made = SuppliedVectors("joint", 3)
    for text, row in {
        "frame: a red kite": (1, 0.1, 0), "frame: the same red kite": (1, 0.12, 0),
        "frame: a grey dog": (0, 1, 0.2), "sound: wind in a line": (0.3, 0, 1),
        "sound: barking": (0, 0.9, 0.5), "said: look how high it flies": (0.6, 0, 0.6),
        "a kite": (1, 0, 0.05), "a dog": (0, 1, 0.1),
    }.items():  # fmt: skip
        made.give(text, row)
    return made


def record(text: str, channel: str, second: float) -> dict[str, Any]:
    when = NOW + second * SECOND
    return {"content": text, "timestamp": when, "metadata": {"channel": channel}}


def test_hippomm_goes_from_one_channel_to_what_the_others_held_then() -> None:
    recipe, made = HippoMM(window=2 * SECOND), vectors()
    with opened(recipe, embedder=made, extractors=()) as scope:
        for one in (
            record("frame: a red kite", "image", 10), record("sound: wind in a line", "audio", 11),
            record("said: look how high it flies", "text", 11.5),
            record("frame: a grey dog", "image", 60), record("sound: barking", "audio", 61),
        ):  # fmt: skip
            assert HippoMM.separate(scope, one, made)
        found = recipe.recall(scope, "a dog", 2, channel="image", now=NOW + 100 * SECOND)
        assert found.hits[0].text == "frame: a grey dog"
        assert "sound: barking" in [turn.text for turn in found.across["audio"]]
        kite = recipe.recall(scope, "a kite", 1, channel="image", now=NOW + 100 * SECOND)
        assert [turn.text for turn in kite.across["text"]] == ["said: look how high it flies"]
        assert [turn.text for turn in kite.across["audio"]] == ["sound: wind in a line"]


def test_hippomm_separates_what_is_nearly_the_same_in_one_channel() -> None:
    made = vectors()
    with opened(HippoMM(), embedder=made, extractors=()) as scope:
        assert HippoMM.separate(scope, record("frame: a red kite", "image", 1), made)
        assert HippoMM.separate(scope, record("frame: the same red kite", "image", 2), made) == []
        assert HippoMM.separate(scope, record("frame: the same red kite", "other", 2), made)
        with pytest.raises(InvalidInput, match="Nothing was stored"):
            HippoMM.separate(scope, {"content": "frame: a red kite"}, made)


def test_supplied_vectors_are_checked_and_a_text_without_one_is_refused() -> None:
    made = SuppliedVectors("joint", 2)
    for wrong in ((1.0,), (0.0, 0.0), (float("nan"), 1.0)):
        with pytest.raises(InvalidVector, match="Nothing was kept"):
            made.give("x", wrong)
    made.give("x", (3.0, 4.0))
    assert np.allclose(made.embed(["x"]), [[0.6, 0.8]])
    with opened(HippoMM(), embedder=made, extractors=()) as scope:
        with pytest.raises(InvalidVector, match="No vector was given for 'y'"):
            scope.add("y")
        assert list(scope.turns()) == []
