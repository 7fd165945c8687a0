"""What each published system is known for, and its own formula on a worked example."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from memkit import MemoryStore, Scope
from memkit.errors import InvalidInput
from memkit.forget import curves
from memkit.recipe import Recipe
from memkit.recipes.amem import AMem
from memkit.recipes.assomem import AssoMem
from memkit.recipes.assomem_weights import kind_of, shares
from memkit.recipes.hipporag2 import HippoRAG2
from memkit.recipes.hmem import HMem, reaction_of
from memkit.recipes.lightmem import LightMem
from memkit.recipes.memgas import MemGAS
from memkit.recipes.memoryos import MemoryOS, affinity
from memkit.recipes.structural import FORMS, SEARCHES, Form, Search, Structural
from memkit.recipes.xmem import XMem
from memkit.retrieve.granular import uncertainty, weights
from memkit.retrieve.learning import correlation
from memkit.retrieve.single import VectorRetriever
from memkit.retrieve.termgraph import Phrases, TermGraph, term_graph
from memkit.testing.samples import NOW

DAY = timedelta(days=1)


@contextmanager
def opened(recipe: Recipe, said: Sequence[str | dict[str, Any]]) -> Iterator[Scope]:
    with MemoryStore(":memory:", recipe=recipe, clock=lambda: NOW) as store:
        scope = store.scope(user="ana")
        scope.add(
            [
                {
                    "id": f"m{n}",
                    **({"name": "Ana", "content": one} if isinstance(one, str) else one),
                }
                for n, one in enumerate(said)
            ]
        )
        yield scope
        assert store.check().problems == ()


class Turns:
    """A view of turns without words, each alone in its session."""

    def __init__(self, size: int) -> None:
        self.turns: Any = self
        self.size = size
        self.previous = np.full(size, -1)

    def terms(self, ordinals: Any) -> list[Any]:
        return [np.zeros(0, np.uint64) for _ in ordinals]

    def holding(self, terms: Any) -> Any:
        return np.zeros(len(terms), np.int64)


def found(scope: Scope, question: str, k: int = 10) -> list[str]:
    return [source for hit in scope.search(question, k) for source in hit.sources]


def test_memgas_trusts_the_list_that_is_surest_and_not_the_least_sure_one() -> None:
    """The published code has 1 - H, which turns the order round for long lists."""
    assert uncertainty(np.array([0.0, 0.0, 0.0, 0.0], np.float32), 1.0) == pytest.approx(1.0)
    shares = np.array([math.log(3.0), 0.0], np.float32)
    by_hand = -(0.75 * math.log(0.75) + 0.25 * math.log(0.25)) / math.log(2.0)
    assert uncertainty(shares, 1.0) == pytest.approx(by_hand, abs=1e-6)
    sure = np.array([9.0, 1.0, 1.0, 1.0, 1.0], np.float32)
    unsure = np.array([3.0, 2.9, 2.8, 2.7, 2.6], np.float32)
    first, second = weights([sure, unsure])
    assert first > second


def test_memgas_links_granularities_so_that_a_turn_is_found_by_what_it_stands_with() -> None:
    said = [
        "The sourdough starter is called Bubbles.",
        "Bubbles lives in the blue jar above the stove.",
        "The match was rained off.",
        "My aunt sends her love.",
    ]
    with opened(MemGAS(), said) as scope:
        scope.maintain(now=NOW + DAY)
        assert {"m0", "m1"} <= set(found(scope, "Where is the sourdough starter kept?", 3))
        assert any("associated" in hit.why for hit in scope.search("sourdough starter"))


def test_hipporag2_walks_to_the_second_passage() -> None:
    said = [
        "The mayor of Valdoro is Ines Quaresma.",
        "Ines Quaresma keeps bees on the town hall.",
        "Rain is forecast for the weekend.",
        "The bakery opens at seven.",
        "Somebody left a scarf in the hall of mirrors.",
    ]
    with opened(HippoRAG2(), said) as scope:
        assert "m1" in found(scope, "What does the mayor of Valdoro keep?", 2)
        assert any("fact-graph" in hit.why for hit in scope.search("mayor of Valdoro"))


def test_hipporag2_links_a_question_with_facts_and_these_with_their_synonyms() -> None:
    """Three turns, of which the first names phrase 0 and the last its synonym, phrase 1.

    The edges of phrase 0: 1 to its turn, .9 to its synonym; those of phrase 1 likewise.
    """
    view: Any = Turns(3)
    alike = Phrases(np.array([1.0, 0.0]), np.array([0, 1]), np.array([0, 2]), [(0, 1, 0.9)])
    graph = term_graph(np.arange(3), view, alike)
    passed = {
        (int(one), int(other)): float(weight)
        for one, other, weight in zip(graph.sources, graph.targets, graph.weights, strict=True)
    }
    assert passed == {
        (0, 3): 1.0, (2, 4): 1.0, (3, 0): pytest.approx(1 / 1.9), (4, 2): pytest.approx(1 / 1.9),
        (3, 4): pytest.approx(0.9 / 1.9), (4, 3): pytest.approx(0.9 / 1.9),
    }  # fmt: skip
    mass = graph.walk(np.array([0.0, 0.0, 0.0, 1.0, 0.0]), 0.5)
    assert mass[0] > mass[2] > mass[1] == 0.0


def test_hipporag2_walk_reproduces_personalised_pagerank_by_hand() -> None:
    """Two turns and the one term they share, restart at the term, damping 1/2."""
    graph = TermGraph(
        np.array([0, 1]), np.array([7], np.uint64), np.array([2]),
        np.array([2, 2, 0, 1]), np.array([0, 1, 2, 2]), np.array([0.5, 0.5, 1.0, 1.0]),
    )  # fmt: skip
    mass = graph.walk(np.array([0.0, 0.0, 1.0]), 0.5)
    assert mass == pytest.approx([1 / 6, 1 / 6, 2 / 3], abs=1e-6)


def test_hipporag2_filters_by_recognition_where_it_is_given() -> None:
    recipe = HippoRAG2(
        recognise=lambda _, texts: [n for n, text in enumerate(texts) if "s" in text]
    )
    with opened(recipe, ["Faro has a boat.", "Faro has boats."]) as scope:
        assert found(scope, "Faro boat") == ["m0", "m1"]
    silent = HippoRAG2(recognise=lambda _, __: [])
    said = ["Faro has a boat.", "The ferry sails at noon.", "Ships lie in the harbour."]
    with opened(silent, said) as scope:
        by_vectors = scope.search("Faro boat", retriever=VectorRetriever())
        assert [hit.id for hit in scope.search("Faro boat")] == [hit.id for hit in by_vectors]


def test_assomem_brings_up_what_is_of_the_time_that_the_question_names() -> None:
    said = [
        {"name": "Ana", "content": "I had lunch with Bea.", "timestamp": "2023-03-02"},
        {"name": "Ana", "content": "I had lunch with Bea.  ", "timestamp": "2023-07-02"},
        {"name": "Ana", "content": "We painted the fence.", "timestamp": "2023-07-03"},
    ]
    with opened(AssoMem(), said) as scope:
        hits = scope.search("Who did I have lunch with in July 2023?", 1)
        assert "m1" in hits[0].sources
        assert "time" in {name.split(".")[-1] for name in hits[0].why} | set(hits[0].why)


def test_assomem_shares_are_the_softmax_of_mutual_information_by_hand() -> None:
    """Time tells all of ten judgements, the others nothing: tables 6 1, 1 1, 1 6 and 6 6, 1 1, 1 1.

    I of the first: sum p ln(p / q r) - 2 / (2 x 16), of the second 0.
    """
    judged = [((0.1, 0.2, 0.9), True)] * 5 + [((0.1, 0.2, 0.0), False)] * 5
    cells = [(6, 7, 8), (1, 7, 8), (1, 2, 8), (1, 2, 8), (1, 7, 8), (6, 7, 8)]
    told = sum(n / 16 * math.log(n * 16 / (row * column)) for n, row, column in cells) - 2 / 32
    power = math.exp(told / 0.1)
    found = shares(judged)
    assert found["time"] == pytest.approx(power / (power + 2), abs=1e-6)
    assert found["relevance"] == found["importance"] == pytest.approx(1 / (power + 2), abs=1e-6)
    assert list(shares([]).values()) == pytest.approx([1 / 3] * 3)


def test_assomem_learns_for_a_kind_of_question_and_for_no_other() -> None:
    months = ("January", "March", "May", "July", "September", "November")
    said = [
        {"name": "Ana", "content": f"Lunch {n} with Bea at the pier.",
         "timestamp": f"2023-{2 * (n % 6) + 1:02}-02"}
        for n in range(24)
    ]  # fmt: skip
    with opened(AssoMem(), said) as scope:
        asked = "When was lunch with Bea in {} 2023?"
        first = AssoMem.recall(scope, asked.format("May"), 8)
        assert [hit.id for hit in first.hits] == [
            hit.id for hit in scope.search(asked.format("May"), 8)
        ]
        for month in months * 2:
            found = AssoMem.recall(scope, asked.format(month), 8)
            of_use = [hit.id for hit in found.hits if f"{hit.when:%B}" == month]
            AssoMem.judge(scope, found, of_use, useful=True)
            AssoMem.judge(
                scope, found, [hit.id for hit in found.hits if hit.id not in of_use], useful=False
            )
        learned = AssoMem.weights(scope, "when")
        assert max(learned, key=lambda name: learned[name]) == "time"
        assert set(AssoMem.weights(scope, "other").values()) == {1 / 3}
        again = AssoMem.recall(scope, asked.format("May"), 4)
        assert {f"{hit.when:%B}" for hit in again.hits} == {"May"}
        assert not [hit for hit in scope.search("For a question of the kind when") if
                    "kind" in hit.text]  # fmt: skip


def test_assomem_a_judgement_that_is_undone_was_never_made() -> None:
    with opened(AssoMem(), ["Lunch with Bea.", "Lunch with Cem.", "It rained."]) as scope:
        found = AssoMem.recall(scope, "When was lunch?")
        before = AssoMem.weights(scope, "when")
        best, *_, worst = [hit.id for hit in found.hits]
        entries = []
        for _ in range(8):
            entries.append(AssoMem.judge(scope, found, [best], useful=True))
            entries.append(AssoMem.judge(scope, found, [worst], useful=False))
        assert AssoMem.weights(scope, "when") != before
        for entry in entries:
            scope.undo(entry.id)
        assert AssoMem.weights(scope, "when") == before
        with pytest.raises(InvalidInput, match="nothing was changed"):
            AssoMem.judge(scope, found, ["elsewhere"], useful=True)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did Ana move?", "when"), ("How many cats has she?", "count"),
        ("Which wine would you recommend?", "preference"), ("What came after it?", "order"),
        ("Where is the key?", "other"), ("Whenever?", "other"),
    ],
)  # fmt: skip
def test_assomem_tells_kinds_of_questions(question: str, kind: str) -> None:
    assert kind_of(question) == kind


def test_assomem_weighs_a_signal_by_what_it_tells_of_usefulness() -> None:
    """Linfoot's sqrt(1 - exp(-2 I)): near 1 where a signal decides, 0 where it tells nothing."""
    useful = np.array([0.0] * 20 + [1.0] * 20)
    telling, idle = np.arange(40, dtype=float), np.array([0.0, 1.0] * 20)
    assert correlation(telling, useful) > 0.75
    assert correlation(-telling, useful) < -0.75
    assert correlation(idle, useful) == pytest.approx(0.0, abs=1e-6)


def test_lightmem_filters_repetition_early_but_no_numbers_and_works_only_asleep() -> None:
    chatter = "Hello everybody, hope that all of you are doing really well over there"
    said = [chatter, "I planted 17 vines by the gate.", chatter, "I planted 18 vines by the gate."]
    with opened(LightMem(), said) as scope:
        assert not list(scope.memories())
        assert {"m1", "m3"} <= set(found(scope, "How many vines are by the gate?"))
        assert [i for i in found(scope, "hello everybody doing well") if i in ("m0", "m2")] == [
            "m0"
        ]
        scope.maintain(now=NOW + DAY)
        assert {memory.kind for memory in scope.memories()} >= {"fact", "segment"}
        assert [turn.id for turn in scope.turns()] == ["m0", "m1", "m2", "m3"]


def test_memoryos_heat_is_visits_plus_length_plus_recency() -> None:
    assert curves.heat(3, 0.5, 1.0, weights=(1.0, 1.0, 1.0), tau=1.0) == pytest.approx(
        3.5 + math.exp(-1.0), abs=1e-6
    )


@pytest.mark.parametrize(
    ("cosine", "one", "other", "expected"),
    [(0.4, {"boat", "sail"}, {"boat", "mast"}, 0.4 + 1 / 3), (0.5, set(), {"boat"}, 0.5),
     (0.2, {"boat"}, {"boat"}, 1.2)],
)  # fmt: skip
def test_memoryos_affinity_is_cosine_plus_overlap_of_keywords(
    cosine: float, one: set[str], other: set[str], expected: float
) -> None:
    assert affinity(cosine, one, other) == pytest.approx(expected)


def test_memoryos_joins_what_is_of_one_thing_over_sessions() -> None:
    boat = ("The boat needs a new mast and a sail.", "A sail and a mast for the boat cost a lot.")
    cake = ("The birthday cake has cherries and cream.", "Cream and cherries for the cake, please.")
    said = [
        {"name": "Ana", "content": text, "session": f"{n}-{place}"}
        for n, about in enumerate((boat, cake)) for place, text in enumerate(about)
    ]  # fmt: skip
    with opened(MemoryOS(), said) as scope:
        scope.maintain(now=NOW + DAY)
        assert {segment.pages for segment in MemoryOS.segments(scope)} == {
            ("m0", "m1"), ("m2", "m3"),
        }  # fmt: skip


def test_memoryos_lists_what_each_told() -> None:
    said = [
        {"role": "user", "content": "I live in Porto."},
        {"role": "assistant", "content": "The museum of Porto is in Rua Nova."},
        {"role": "user", "content": "My sister Clara has a dog called Rex."},
    ]
    with opened(MemoryOS(), said) as scope:
        known = MemoryOS.knowledge(scope)
        assert {fact.value for fact in known.user} == {"Porto", "Clara", "Rex"}
        assert [fact.value for fact in known.assistant] == ["Rua Nova"]
        assert len(MemoryOS.knowledge(scope, most=1).user) == 1
        assert "Porto" in scope.profile().text


def test_memoryos_pages_out_the_coldest_and_promotes_the_hot() -> None:
    places = {"kite": "attic", "lamp": "cellar", "drum": "shed", "vase": "hall"}
    said = [f"The {thing} is in the {place}." for thing, place in places.items()]
    with opened(MemoryOS(pages=2), said) as scope:
        for day in range(6):
            scope.feedback(["m0"], useful=True, now=NOW + day * DAY)
        scope.feedback(["m2"], useful=True, now=NOW + 5 * DAY)
        later = NOW + 40 * DAY
        scope.maintain(now=later)
        hits = scope.search("Where is the thing? attic cellar shed hall", now=later)
        assert {source for hit in hits for source in hit.sources} == {"m0", "m2"}
        assert "m0" in {one.id for one in scope.tier("long-term", now=later)}
        assert [turn.id for turn in scope.turns()] == ["m0", "m1", "m2", "m3"]


def test_xmem_keeps_within_the_budget_what_was_used_most_for_its_life() -> None:
    """With the exploration bonus sqrt(ln(1 + T) / life) beside uses / life."""
    assert curves.use_per_life(8, 4.0, 16.0) == pytest.approx(
        2.0 + math.sqrt(math.log(17.0) / 4.0), abs=1e-6
    )
    said = [f"Note {n}: the {thing} is due on the {n + 3}th." for n, thing in
            enumerate(("rent", "loan", "visa", "tax", "fee", "bill"))]  # fmt: skip
    with opened(XMem(most=3), said) as scope:
        for day in (1, 2, 3):
            scope.feedback(["m1", "m4"], useful=True, now=NOW + day * DAY)
        scope.maintain(now=NOW + 30 * DAY)
        live = [
            hit for hit in scope.search("note due rent loan visa tax fee bill", 20) if hit.turns
        ]
        alone = {hit.sources[0] for hit in live if hit.kind == "turn"}
        assert {"m1", "m4"} <= alone
        assert len(alone) <= 3
        assert [turn.text for turn in scope.turns()] == said


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Yes, exactly!", "approves"),
        ("That's right, Porto it was.", "approves"),
        ("No, that was my brother.", "rejects"),
        ("Actually it's Lisbon.", "rejects"),
        ("You're mistaken, yes it rained, but not there.", "rejects"),
        ("No worries. What's for dinner?", "none"),
        ("And what about Tuesday?", "none"),
    ],
)
def test_hmem_hears_whether_the_user_agrees(reply: str, expected: str) -> None:
    assert reaction_of(reply) == expected


def test_hmem_strength_moves_with_the_reaction_and_an_unsaid_one_changes_nothing() -> None:
    with opened(
        HMem(days=1), ["The spare key is under the pot.", "The ladder is at Bo's."]
    ) as scope:
        shown = scope.search("spare key", 1)
        assert HMem.react(scope, "Great, thanks, that's it.", shown) == "approves"
        entries = len(scope.journal())
        assert HMem.react(scope, "What time is it?", shown) == "none"
        assert HMem.react(scope, "Yes.", []) == "approves"
        assert len(scope.journal()) == entries
        later = NOW + 4 * DAY
        scope.maintain(now=later)
        assert found(scope, "spare key ladder") == ["m0"]


def test_hmem_denial_halves_the_time_that_a_memory_lasts() -> None:
    """exp(-t / S) falls to .05 after S ln 20: with S = 20 days 60, with half of it 30."""
    replies = {"No, that's wrong.": 40, "So what?": 70, "Yes, exactly.": 130}
    for reply, gone in replies.items():
        with opened(HMem(days=10), ["The spare key is under the pot."]) as scope:
            HMem.react(scope, reply, scope.search("spare key", 1))
            scope.maintain(now=NOW)
            scope.maintain(now=NOW + (gone - 15) * DAY)
            assert found(scope, "spare key") == ["m0"], reply
    for reply, gone in replies.items():
        with opened(HMem(days=10), ["The spare key is under the pot."]) as scope:
            HMem.react(scope, reply, scope.search("spare key", 1))
            scope.maintain(now=NOW)
            scope.maintain(now=NOW + gone * DAY)
            assert found(scope, "spare key") == [], reply


def test_hmem_goes_down_four_layers_and_compares_few_of_the_records() -> None:
    things = ("bread", "football", "surgery", "rocket", "piano", "tax", "fishing", "algebra")
    said = [f"{thing} number {n} went well." for n in range(60) for thing in things]
    with opened(HMem(exact_below=64, rescue=5), said) as scope:
        (told,) = [one for one in scope.trace("piano").stages if "domains" in str(one)]
        for layer in ("domains", "topics", "episodes", "turns"):
            assert layer in str(told)


def test_hmem_is_found_by_words_though_routing_went_elsewhere() -> None:
    said = [f"Page {n} of the log says that all was calm and well." for n in range(300)]
    with opened(HMem(), [*said, "The zephyrometer broke."]) as scope:
        assert found(scope, "What happened to the zephyrometer?", 1) == ["m300"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("search", SEARCHES)
def test_all_fifteen_cells_of_structural_memory_run(form: Form, search: Search) -> None:
    said = ["I live in Faro, near the station.", "My sister Clara lives in Porto.", "It rained."]
    with opened(Structural(form=form, search=search), said) as scope:
        scope.maintain(now=NOW + DAY)
        hits = found(scope, "Where does Clara live?")
        assert hits[:1] == ["m1"] or (form == "summaries" and "m1" in hits)
        if form == "triples":
            assert "m2" not in hits


def test_structural_reranks_by_a_given_scorer_and_a_wrong_one_changes_nothing() -> None:
    said = ["I live in Faro, near the station.", "My sister Clara lives in Porto.", "It rained."]
    asked: list[str] = []

    def last(question: str, texts: Sequence[str]) -> list[float]:
        asked.append(question)
        return [float("rained" in text) for text in texts]

    with opened(Structural(form="mixed", search="rerank", score=last), said) as scope:
        assert found(scope, "Where does Clara live?")[0] == "m2"
        assert asked == ["Where does Clara live?"]
    wrong: list[Any] = [[], [1.0], [1.0, math.nan, 2.0], [1.0, 2.0, 3.0, 4.0], ["good", "b", "c"]]
    for reply in wrong:
        recipe = Structural(search="rerank", score=lambda _, __, reply=reply: reply)  # type: ignore[misc]
        with opened(recipe, said) as scope:
            with pytest.raises(ValueError, match=r"cross-encoder|float"):
                scope.search("Where does Clara live?")
            assert [turn.text for turn in scope.turns()] == said


def test_a_cell_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidInput, match="forms are chunks"):
        Structural(form="poems")  # type: ignore[arg-type]
    with pytest.raises(InvalidInput, match="is for search='rerank'"):
        Structural(score=lambda _, texts: [0.0] * len(texts))


def test_a_mem_notes_inherit_what_their_neighbours_share_and_keep_every_version() -> None:
    """The published library rewrites the note at a rank instead of the neighbour."""
    said = [
        "The sourdough starter needs feeding with rye flour.",
        "Rye flour and water feed the sourdough starter twice.",
        "The sourdough loaf of rye rose well overnight.",
        "Our boat engine needs new spark plugs.",
        "The engine of the boat coughs black smoke.",
    ]
    with opened(AMem(neighbours=3), said) as scope:
        for _ in range(3):
            scope.maintain(now=NOW + DAY)
        notes = {
            memory.sources[0].turn: memory for memory in scope.memories(filter={"kind": "note"})
        }
        assert set(notes) == {f"m{n}" for n in range(5)}
        for id, note in notes.items():
            assert scope.get(id).text in note.text
            assert note.metadata["keywords"]
        evolved = [note for note in notes.values() if note.metadata["tags"]]
        assert evolved
        for note in evolved:
            assert "boat" not in note.metadata["tags"] or note.sources[0].turn in ("m3", "m4")
            acts = [entry.action for entry in scope.history(str(note.id))]
            assert acts
        before = len(scope.journal())
        scope.maintain(now=NOW + DAY)
        assert len(scope.journal()) == before


def test_a_mem_follows_links_with_a_score() -> None:
    said = [
        "The greenhouse pane cracked in the storm.",
        "Glazier Tomas mends any greenhouse pane.",
        "Tomas is away until Easter, his sister answers.",
        "Nothing else happened.",
    ]
    with opened(AMem(), said) as scope:
        scope.maintain(now=NOW + DAY)
        hits = scope.search("Who can mend the cracked greenhouse pane?")
        assert {"m0", "m1"} <= {source for hit in hits[:2] for source in hit.sources}
        assert any("associated" in hit.why for hit in hits)
