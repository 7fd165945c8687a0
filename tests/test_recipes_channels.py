"""Recipes that decide before they search, ask side by side, or cross channels by time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from memkit import MemoryStore, Scope, Turn
from memkit.embed.supplied import SuppliedVectors
from memkit.errors import InvalidInput, InvalidVector
from memkit.extract.spatial import SpatialExtractor
from memkit.recipe import Recipe
from memkit.recipes.caim import CAIM, needs_memory
from memkit.recipes.hippomm import HippoMM
from memkit.recipes.robomemory import RoboMemory, fused
from memkit.store import consolidating
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


def test_caim_puts_what_is_of_the_topic_first() -> None:
    with opened(CAIM()) as scope:
        for n in range(12):
            party = "the party with balloons and a cake for everybody at the pool"
            rocket = "the rocket engine and its fuel and what the launch will cost"
            scope.add(
                {"id": f"m{n}", "name": "Ana", "content": f"We talked of {(rocket, party)[n % 2]}.",
                 "session": f"s{n}"}
            )  # fmt: skip
        CAIM.review(scope, now=NOW + DAY)
        found = CAIM.recall(scope, "What did we say of the cake and the balloons?", now=NOW + DAY)
        assert len(found.tags) == 1
        assert "cake" in found.tags[0] or "balloons" in found.tags[0]
        assert int(found.hits[0].sources[0][1:]) % 2


def test_caim_merges_all_of_a_review_in_one_change_that_one_undo_takes_back() -> None:
    with opened(CAIM()) as scope:
        said = ["I was born on 3 May 1990 in Faro.", "I bought the boat on 7 June 2021."]
        for n, text in enumerate(said * 2):
            scope.add({"name": "Ana", "content": text, "session": f"s{n}"})
        CAIM.review(scope, now=NOW + DAY)
        merged = [
            entry for entry in scope.journal() if "records merged to 2" in (entry.reason or "")
        ]
        assert len(merged) == 1
        facts = [one for one in scope.memories() if one.kind == "fact"]
        assert sorted(len(one.sources) for one in facts) == [2, 2]
        scope.undo(merged[0].id)
        assert sum(one.kind == "fact" for one in scope.memories()) == 4


def test_caim_a_review_that_fails_halfway_leaves_everything_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with opened(CAIM()) as scope:
        for n in range(4):
            text = ("I was born on 3 May 1990.", "I bought it on 7 June 2021.")[n % 2]
            scope.add({"name": "Ana", "content": text, "session": f"s{n}"})
        with monkeypatch.context() as patched:
            patched.setattr(consolidating, "archive", _breaks)
            with pytest.raises(OSError, match="disk"):
                CAIM.review(scope, now=NOW + DAY)
        facts = [one for one in scope.memories() if one.kind == "fact"]
        assert [len(one.sources) for one in facts] == [1, 1, 1, 1]
        CAIM.review(scope, now=NOW + DAY)
        assert sum(one.kind == "fact" for one in scope.memories()) == 2


def _breaks(*_: object) -> bool:
    raise OSError("the disk is full")


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


def test_robomemory_goes_on_to_where_the_place_of_a_thing_is() -> None:
    with opened(RoboMemory()) as scope:
        scope.add(["The cup is in the box.", "The box is on the cart.", "The cart is in the yard."])
        near = RoboMemory(hops=1).recall(scope, "Where is the cup?").parts["spatial"]
        far = RoboMemory().recall(scope, "Where is the cup?").parts["spatial"]
        assert [fact.value for fact in near] == ["in the box"]
        assert [fact.value for fact in far] == ["in the box", "on the cart"]


def test_robomemory_fuses_by_reciprocal_ranks_by_hand() -> None:
    """Second of one list and first of another: 1/62 + 1/61; first of one alone: 1/61."""
    with opened(RoboMemory()) as scope:
        a, b, c = scope.add(["The cup is red.", "The sink is full.", "It rained."])
        assert fused({"temporal": [a, b], "semantic": [b, c]}) == (b.id, a.id, c.id)
        assert fused({"temporal": [], "spatial": []}) == ()


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
        assert {hit.session for hit in found.parts["episodic"]} >= {"1", "2"}
        assert found.took[found.slowest] == max(found.took.values()) <= found.seconds
        assert set(found.fused) == {turn.id for turn in scope.turns()}
        assert scope.get(found.fused[0]).text == "The drill is on the shelf."


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


def filmed(vectors: SuppliedVectors) -> list[dict[str, Any]]:
    """Three scenes of six frames, an hour apart, each with a sound beside every frame."""
    records = []
    scenes = {"kite": (1.0, 0.0, 0.0), "dog": (0.0, 1.0, 0.0), "boat": (0.0, 0.0, 1.0)}
    for scene, (thing, (x, y, z)) in enumerate(scenes.items()):
        for n in range(6):
            second = 3600.0 * scene + n
            vectors.give(f"frame {n} of a {thing}", (x + 0.1, y + 0.01 * n, z))
            vectors.give(f"sound {n} beside a {thing}", (x, y + 0.2, z + 0.01 * n))
            records.append(record(f"frame {n} of a {thing}", "image", second))
            records.append(record(f"sound {n} beside a {thing}", "audio", second + 0.5))
        vectors.give(f"the {thing}", (x, y, z))
    vectors.give("a kite or a dog", (1.0, 1.0, 0.0))
    return [{**one, "session": "film"} for one in records]


def test_hippomm_cuts_events_by_supplied_vectors_and_gives_gists_their_mean() -> None:
    made = SuppliedVectors("joint", 3)
    said = filmed(made)
    recipe = HippoMM(vectors=made)
    with opened(recipe, embedder=made) as scope:
        scope.add(said)
        scope.maintain(now=NOW + DAY)
        events = [one for one in scope.memories() if one.kind == "segment"]
        assert [len(event.sources) for event in events] == [12, 12, 12]
        held = made.embed([scope.get(source.turn).text for source in events[0].sources])
        mean = held.mean(axis=0)
        assert np.allclose(made.embed([events[0].text])[0], mean / np.linalg.norm(mean))


def test_hippomm_is_fast_where_one_event_leads_and_slow_where_two_are_alike() -> None:
    made = SuppliedVectors("joint", 3)
    said = filmed(made)
    recipe = HippoMM(vectors=made, window=SECOND)
    with opened(recipe, embedder=made) as scope:
        scope.add(said)
        scope.maintain(now=NOW + DAY)
        sure = recipe.recall(scope, "the dog", 9, channel="image", now=NOW + DAY)
        assert sure.fast
        assert sure.gists[0].score - sure.gists[1].score >= 0.1 * sure.gists[0].score
        assert "dog" in sure.hits[0].text
        assert {"dog" in turn.text for turn in sure.across["audio"]} == {True}
        torn = HippoMM(vectors=made, margin=1.0)
        slow = torn.recall(scope, "a kite or a dog", 12, channel="image", now=NOW + DAY)
        assert not slow.fast
        assert {hit.text.split()[-1] for hit in slow.hits} >= {"kite", "dog"}


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


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("The key is on the shelf.", ["on the shelf"]),
        ("No, the key is on the shelf.", ["on the shelf"]),
        ("If the cup is on the table, take it. The key is in my bag.", ["in my bag"]),
        ("The book is in the end a bore.", ["in the end"]),
        ("If the key is on the shelf, call me.", []),
        ("Maybe the key is on the shelf.", []),
        ("I wish the key was put in the drawer.", []),
        ("I doubt the key is on the shelf.", []),
        ("I don't think the key is on the shelf.", []),
        ("Is it so that the key is on the shelf?", []),
        ("The key is on the shelf or in the drawer.", []),
    ],
)
def test_where_a_thing_is_supposed_to_be_is_not_where_it_is(said: str, where: list[str]) -> None:
    """What was supposed, wished or doubted used to close the interval of the true place."""
    found = SpatialExtractor().extract([Turn("t1", said)])
    assert [one.metadata["value"] for one in found] == where


def test_supplied_vectors_may_be_of_any_length_and_hold_no_text() -> None:
    made = SuppliedVectors("joint", 2)
    for length in (1e-40, 1.0, 1e38):
        made.give("a red kite", [3 * length, 4 * length])
        assert made.embed(["a red kite"])[0].tolist() == pytest.approx([0.6, 0.8])
    for wrong in (["a", "b"], [[1.0, 2.0], [3.0]], None):
        with pytest.raises(InvalidVector, match="Nothing was kept"):
            made.give("a red kite", wrong)  # type: ignore[arg-type]
    assert made.gives("a red kite")
    assert not made.gives("a kite")
    assert "kite" not in repr(vars(made)), "what is erased from a store must not stay here"
