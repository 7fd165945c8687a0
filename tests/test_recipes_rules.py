"""Rules of recipes on worked examples, beyond those that stand beside what each is known for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from memkit import MemoryStore, Scope
from memkit.consolidate.compression import coverage
from memkit.consolidate.likeness import nearest
from memkit.contracts import Record
from memkit.embed.supplied import SuppliedVectors
from memkit.extract.spatial import SpatialExtractor
from memkit.keywords import telling, weight
from memkit.models import Turn
from memkit.recipe import Recipe
from memkit.recipes.amem import AMem
from memkit.recipes.caim import ReviewConsolidator
from memkit.recipes.coat import CoAT, Reasoning
from memkit.recipes.hippomm import Events
from memkit.recipes.hipporag2 import Recognition
from memkit.recipes.hmem import HMem
from memkit.recipes.lightmem import LightMem
from memkit.recipes.memalpha import MemAlpha
from memkit.recipes.memorybank import MemoryBank
from memkit.recipes.r3mem import R3Mem
from memkit.recipes.structural import FORMS, SEARCHES
from memkit.recipes.xmem import XMem
from memkit.retrieve.keyed import KeyedRetriever
from memkit.testing import check_consolidator, check_extractor, check_reranker
from memkit.testing.samples import NOW

DAY = timedelta(days=1)


@contextmanager
def opened(recipe: Recipe, *said: dict[str, Any]) -> Iterator[Scope]:
    with MemoryStore(":memory:", recipe=recipe, clock=lambda: NOW) as store:
        scope = store.scope(user="ana")
        scope.add([{"id": f"m{n}", "name": "Ana", **one} for n, one in enumerate(said)])
        yield scope
        assert store.check().problems == ()


def used(useful: int = 0, useless: int = 0) -> Record:
    return Record(
        "a", "turn", NOW, None, retrieved=0, shown=0, useful=useful, useless=useless, size=40
    )


def test_memorybank_retention_is_the_right_way_round() -> None:
    """exp(-t / S), S being a day and two for each use that was judged useful."""
    policy = MemoryBank(days=1).compose().forgetting
    assert policy is not None
    often, once, never = policy.judge([used(2), used(1), used()], NOW + 2 * DAY)
    assert often.strength == pytest.approx(math.exp(-2 / 5))
    assert once.strength == pytest.approx(math.exp(-2 / 3))
    assert never.strength == pytest.approx(math.exp(-2 / 1))
    assert policy.judge([used()], NOW + 3 * DAY)[0].action == "archive"  # exp(-3) < .05


def test_memorybank_has_a_portrait_and_days_that_open_to_what_was_said() -> None:
    said = ({"content": "I am a baker and I live in Faro.", "session": "1"},
            {"content": "We had a long lunch at the pier with Bea.", "session": "1"})  # fmt: skip
    with opened(MemoryBank(), *said) as scope:
        scope.maintain(now=NOW + DAY)
        portrait = scope.profile().text
        assert "Faro" in portrait
        assert "baker" in portrait
        (day,) = [one for one in scope.memories() if one.metadata.get("level") == "day"]
        assert {turn.id for turn in scope.expand(str(day.id))} <= {"m0", "m1"}


def test_hmem_strength_by_hand() -> None:
    """S = 10 days and 20 for a use judged useful; each denial leaves half of it."""
    policy = HMem(days=10).compose().forgetting
    assert policy is not None
    approved, plain, denied, twice = policy.judge(
        [used(1), used(), used(0, 1), used(0, 2)], NOW + 10 * DAY
    )
    assert approved.strength == pytest.approx(math.exp(-10 / 30))
    assert plain.strength == pytest.approx(math.exp(-10 / 10))
    assert denied.strength == pytest.approx(math.exp(-10 / 5))
    assert twice.strength == pytest.approx(math.exp(-10 / 2.5))


def notes(scope: Scope) -> dict[str, Any]:
    return {one.sources[0].turn: one for one in scope.memories(filter={"kind": "note"})}


BREAD = (
    {"content": "The sourdough starter needs feeding with rye flour."},
    {"content": "Rye flour and water feed the sourdough starter twice."},
    {"content": "The sourdough loaf of rye rose well overnight."},
    {"content": "Our boat engine needs new spark plugs."},
)


def test_a_mem_an_inherited_tag_is_embedded_anew_and_the_old_version_stays_readable() -> None:
    """A note inherits the keywords that two of its mutual neighbours have and it has not."""
    with opened(AMem(neighbours=3), *BREAD) as scope:
        scope.maintain(now=NOW + DAY)
        loaf = notes(scope)["m2"]
        assert "flour" in loaf.metadata["tags"]
        assert "flour" not in scope.get("m2").text
        assert "m2" in [h.id for h in scope.search("flour", retriever=KeyedRetriever(("memory",)))]
        changes = [entry for entry in scope.journal() if (entry.reason or "").startswith("tags")]
        versions = [scope.get(id) for entry in changes for id in entry.records]
        texts = [one.text for one in versions if not isinstance(one, Turn)
                 and one.sources[0].turn == "m2" and one.id != loaf.id]  # fmt: skip
        assert texts
        assert all("flour" not in text.partition("(also ")[2] for text in texts)


def test_a_mem_links_notes_in_both_directions_and_only_those_that_are_each_others_nearest() -> None:
    """Of three vectors the second is the nearest of both others, but only one is its nearest."""
    rows = np.array([[1.0, 0.0], [0.9, 0.436], [0.3, 0.954]], np.float32)
    assert nearest(rows, 1)[0].tolist() == [[1], [0], [1]]
    with opened(AMem(neighbours=3), *BREAD) as scope:
        scope.maintain(now=NOW + DAY)
        own = {id: str(note.id) for id, note in notes(scope).items()}
        named = {note: id for id, note in own.items()}
        for note in own.values():
            for link in scope.links(note):
                assert link.kind == "alike"
                assert {link.source, link.target} <= set(named)
                assert link in scope.links(link.target)
                assert link in scope.links(link.source)
        assert not scope.links(own["m3"])


def test_xmem_folds_what_goes_into_a_prototype_that_opens_to_its_words() -> None:
    ferry = "The ferry to Cacilhas leaves from the pier behind the old market hall, {}."
    asides = ("they say", "as ever", "I think", "it seems", "so I hear", "of course", "once more",
              "people say")  # fmt: skip
    said = [{"session": "s", "content": ferry.format(aside)} for aside in asides]
    more = [{"session": "u", "content": one} for one in ("The rent is 700.", "Clara sings.")]
    with opened(XMem(most=12), *said, *more) as scope:
        for day in (1, 2, 3):
            scope.feedback(["m8", "m9"], useful=True, now=NOW + day * DAY)
        assert scope.maintain(now=NOW + 30 * DAY).compressed == 4
        (folded,) = scope.memories(filter={"kind": "digest"})
        behind = {turn.id for turn in scope.expand(str(folded.id))}
        assert len(behind) == 4
        assert behind < {f"m{n}" for n in range(8)}
        hits = scope.search("Where does the ferry leave?", 20, now=NOW + 30 * DAY)
        assert folded.id in {hit.id for hit in hits}
        assert not behind & {hit.id for hit in hits}
        assert len(list(scope.turns())) == 10


def test_xmem_stays_within_its_budget_and_what_is_new_stays_at_work() -> None:
    with opened(XMem(most=12), {"content": "Note 0: a tax of 40 is due."}) as scope:
        for week in range(1, 5):
            later = NOW + 7 * week * DAY
            new = scope.add(
                [f"Note {10 * week + n}: a fee of {week * n} is due." for n in range(10)], now=later
            )
            scope.maintain(now=later)
            live = {hit.id for hit in scope.search("note fee tax due", 100, now=later)}
            assert len(live) <= 12
            assert {turn.id for turn in new} <= live
        assert len(list(scope.turns())) == 41


def test_lightmem_novelty_is_one_less_the_share_of_words_in_common() -> None:
    """Seven words in common of eleven in all: 1 - 7 / 11 = .36 passes; nine of ten, .1, do not."""
    gate = LightMem().compose().gate
    assert gate is not None
    before = turn("a", "alpha beta gamma delta epsilon zeta eta theta iota")
    news = turn("b", "alpha beta gamma delta epsilon zeta eta kappa lambda")
    again = turn("c", "iota theta eta zeta epsilon delta gamma beta alpha kappa")
    assert gate.judge(news, [before]).action == "keep"
    assert gate.judge(again, [before]).action == "archive"


def turn(id: str, text: str) -> Turn:
    with MemoryStore(":memory:", embedder=None, clock=lambda: NOW) as store:
        (made,) = store.scope(user="ana").add({"id": id, "content": text})
    return made


def test_lightmem_holds_a_topic_together_and_begins_another() -> None:
    boat = "The boat needs a mast, a sail, a keel and varnish before the regatta in {} days."
    cake = "The cake needs cherries, cream, flour and an oven for the birthday in {} days."
    said = [{"content": text.format(n), "session": "s"} for text in (boat, cake)
            for n in range(21, 25)]  # fmt: skip
    with opened(LightMem(), *said) as scope:
        scope.maintain(now=NOW + DAY)
        buffers = scope.memories(filter={"kind": "segment"})
        assert [[source.turn for source in one.sources] for one in buffers] == [
            ["m0", "m1", "m2", "m3"], ["m4", "m5", "m6", "m7"],
        ]  # fmt: skip


def test_lightmem_lets_only_what_was_said_later_change_what_was_said_before() -> None:
    said = ({"content": "I live in Porto.", "timestamp": "2024-01-02"},
            {"content": "I live in Lisbon now.", "timestamp": "2024-03-04"})  # fmt: skip
    for order in (said, said[::-1]):
        with opened(LightMem(), *order) as scope:
            scope.maintain(now=NOW + DAY)
            assert [fact.value for fact in scope.facts("Ana", "home", at=NOW)] == ["Lisbon"]
            assert len(list(scope.turns())) == 2


@pytest.mark.parametrize(
    ("known", "brought"),
    [
        ("tortoise lettuce", ["m0"]),  # with straw three of five words are known: .4 are new
        ("tortoise lettuce cellar", []),  # four of five: .2
    ],
)
def test_coat_brings_what_is_four_tenths_new_and_nothing_less(
    known: str, brought: list[str]
) -> None:
    with opened(CoAT(), {"content": "Tortoise, lettuce, cellar, winter, straw."}) as scope:
        state = Reasoning("What of it?", thoughts=[known])
        found = CoAT().recall_step(scope, state, "Look at straw!")
        assert [hit.id for hit in found] == brought


def test_r3mem_a_summary_stands_by_the_weight_of_the_words_it_keeps_and_loses_no_number() -> None:
    source = "Olga picked figs and lemons in the orchard."
    weights = [weight(word.key) for word in telling(source)]
    kept = [weight(word.key) for word in telling("Figs, lemons, orchard.")]
    by_hand = coverage([source], "Figs, lemons, orchard.")
    assert by_hand.words == pytest.approx(sum(kept) / sum(weights))
    assert by_hand.lost == ("olga",) or by_hand.lost == ("Olga",)
    assert not by_hand.stands
    said = [{"content": f"Olga picked {n} crates of figs in the old orchard.", "session": "1"}
            for n in range(20, 60)]  # fmt: skip
    with opened(R3Mem(), *said) as scope:
        scope.maintain(now=NOW + 40 * DAY)
        levels = [one for one in scope.memories() if one.kind == "summary"]
        for one in levels:
            back = R3Mem.reconstruct(scope, str(one.id))
            assert {turn.text for turn in scope.expand(str(one.id))} == set(back.text.split("\n"))
            assert {number for number in back.lost if number.isdigit()} == {
                str(n) for n in range(20, 60)
                if str(n) in back.text.split() and str(n) not in one.text.split()
            }  # fmt: skip
            assert not (back.lost and back.stands)


def test_mem_alpha_without_a_model_writes_by_its_rules() -> None:
    with opened(MemAlpha(), {"content": "Hello."}) as scope:
        MemAlpha.write(scope, "I live in Faro.", now=NOW)
        MemAlpha.write(scope, "We flew to Oslo yesterday.", now=NOW)
        parts = {one.text: one.metadata.get("alpha") for one in scope.turns()}
        assert parts == {
            "Hello.": None, "I live in Faro.": "semantic", "We flew to Oslo yesterday.": "episodic",
        }  # fmt: skip
        assert all(one.when == NOW for one in scope.turns())
        assert "Faro" in MemAlpha.core(scope)


def test_structural_memory_has_fifteen_cells() -> None:
    assert len(FORMS) * len(SEARCHES) == 15


def test_what_recipes_bring_of_their_own_keeps_its_contract() -> None:
    vectors = SuppliedVectors("joint", 4)
    check_extractor(SpatialExtractor)
    check_consolidator(ReviewConsolidator)
    check_reranker(lambda: Recognition(lambda _, texts: list(range(0, len(texts), 2))))
    check_reranker(lambda: Recognition(lambda _, texts: []))
    assert Events(vectors).name == "segments"
    assert not vectors.gives("a text")
