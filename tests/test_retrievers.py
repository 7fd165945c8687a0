"""What each retriever beyond the default is for, and the numbers of its formulas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar

import numpy as np
import pytest

from memkit import MemoryStore, Scope
from memkit.contracts import Query, Ranking, Retriever, View
from memkit.embed.hashing import HashingEmbedder
from memkit.retrieve.adding import Base, certainty
from memkit.retrieve.associative import AssociativeRetriever, recalled
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.granular import MultiGranularRetriever, uncertainty, weights
from memkit.retrieve.graph import GraphRetriever, SpreadingRetriever
from memkit.retrieve.iterative import IterativeRetriever
from memkit.retrieve.reciprocal import ReciprocalRetriever
from memkit.retrieve.scaling import nearness, ranked
from memkit.retrieve.single import KeywordRetriever, RecencyRetriever, VectorRetriever
from memkit.retrieve.termgraph import TermGraph, term_graph
from memkit.retrieve.timed import TimeAwareRetriever
from memkit.testing.tables import Table, query, table
from memkit.testing.views import SampleView, layer
from memkit.types import Floats, Ints

_NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
_DAY = 86_400_000_000
_FILLER = [f"Small talk number {n} about the weather, rain{n} and wind{n}." for n in range(40)]


class Fixed(Retriever):
    """Ranks the ordinals it was made with."""

    name: ClassVar[str] = "fixed"

    def __init__(self, *scored: tuple[int, float]) -> None:
        self._ordinals = np.array([ordinal for ordinal, _ in scored], np.int64)
        self._scores = np.array([score for _, score in scored], np.float32)

    def retrieve(self, query: Query, view: View) -> Ranking:
        order = np.argsort(self._ordinals)
        return ranked(self._ordinals[order], self._scores[order], {})


class Recording(Fixed):
    """Keeps the query it was asked."""

    asked: Query

    def retrieve(self, query: Query, view: View) -> Ranking:
        self.asked = query
        return super().retrieve(query, view)


def _scope(lines: Sequence[str | dict[str, object]], *, vectors: bool = True) -> Scope:
    store = MemoryStore(":memory:", embedder=HashingEmbedder(64) if vectors else None)
    scope = store.scope(user="ana")
    scope.add(list(lines))
    return scope


def _view(rows: Sequence[str], sessions: Sequence[int] | None = None) -> SampleView:
    words = tuple(tuple(row.split()) for row in rows)
    numbers = np.array(sessions or [0] * len(rows), np.int64)
    drawn = np.random.default_rng(1).standard_normal((len(rows), 16)).astype(np.float32)
    records = Table(words, drawn / np.linalg.norm(drawn, axis=1, keepdims=True), numbers)
    nothing = Table((), None, np.zeros(0, np.int64))
    everything = np.ones(len(rows), np.bool_)
    return SampleView(layer(records, everything), layer(nothing, np.zeros(0, np.bool_)))


def _place(scope: Scope, asked: str, wanted: str, retriever: Retriever) -> int:
    """The rank of the first hit with those words in it, counting from 1."""
    hits = scope.search(asked, 30, now=_NOW, retriever=retriever)
    found = [rank for rank, hit in enumerate(hits, 1) if wanted in hit.text]
    return found[0] if found else 1000


# Adding evidence to a base ranking


def _base(*scores: float) -> Base:
    values = np.array(scores, np.float32)
    return Base.of(ranked(np.arange(len(scores)), values, {"own": values}))


def test_no_evidence_leaves_a_ranking_as_it_was() -> None:
    base = _base(0.2, 0.8, 0.4)
    found = base.plus("none", np.zeros(3, np.float32))
    assert found.ordinals.tolist() == [1, 2, 0]
    assert found.scores == pytest.approx([0.8, 0.4, 0.2])
    assert found.signals["own"] == pytest.approx([0.8, 0.4, 0.2])


def test_evidence_is_added_in_deviations_of_the_logarithms() -> None:
    base = _base(0.8, 0.2)  # ln: half of ln 4 to each side of the mean
    deviation = math.hypot(math.log(4) / 2, 0.1)
    assert float(base.deviation) == pytest.approx(deviation)
    found = base.plus("more", np.array([0.0, 1.0], np.float32))
    assert found.scores == pytest.approx([0.8, 0.2 * math.exp(deviation)])


def test_a_turn_that_the_base_does_not_hold_starts_at_its_lowest_score() -> None:
    base = Base.of(_base(0.8, 0.2).plus("x", np.zeros(2, np.float32)), np.array([1, 5]))
    assert base.ordinals.tolist() == [0, 1, 5]
    assert np.exp(base.logs) == pytest.approx([0.8, 0.2, 0.2])
    assert base.signals["own"].tolist() == pytest.approx([0.8, 0.2, 0.0])


def test_evidence_decides_where_all_scores_are_alike() -> None:
    found = _base(0.5, 0.5).plus("more", np.array([0.0, 1.0], np.float32))
    assert found.ordinals.tolist() == [1, 0]
    assert float(found.scores[0]) == pytest.approx(0.5)


def test_certainty_is_the_best_cosine_or_word_score() -> None:
    view = _view(["ana lives in lisbon", "rain"])
    asked = query(["lisbon"], None)
    found = view.turns.search("keyword", asked, 5)
    best = float(found.scores[0])
    assert certainty({"keyword.turn": found}) == pytest.approx(best / (best + 5.0))
    assert certainty({}) == pytest.approx(1e-3)


# Reciprocal rank fusion


def test_reciprocal_ranks_are_summed_by_weight() -> None:
    one, other = Fixed((0, 0.9), (1, 0.5)), RecencyRetriever()  # recency: 2, 1, 0
    fused = ReciprocalRetriever(one, other, weights={"fixed": 2.0}, k=10.0)
    found = fused.retrieve(query(["x"], None), _view(["a", "b", "c"]))
    most = 3.0 / 11
    expected = {0: 2 / 11 + 1 / 13, 1: 2 / 12 + 1 / 12, 2: 1 / 11}
    assert dict(zip(found.ordinals.tolist(), found.scores.tolist(), strict=True)) == (
        pytest.approx({ordinal: score / most for ordinal, score in expected.items()})
    )
    assert found.signals["fixed"][0] == pytest.approx(2 / 11)


def test_reciprocal_fusion_does_not_care_about_scales() -> None:
    def found(scale: float) -> list[int]:
        lists = Fixed((0, 0.9 * scale), (1, 0.5 * scale)), Fixed((1, 0.3), (2, 0.2))
        view = _view(["a", "b", "c"])
        fused = ReciprocalRetriever(*lists).retrieve(query(["x"], None), view)
        return [int(ordinal) for ordinal in fused.ordinals]

    assert found(1.0) == found(0.001) == [1, 0, 2]


# Several granularities


def test_a_list_is_trusted_as_far_as_one_candidate_stands_out() -> None:
    sharp = np.array([9.0, *[1.0] * 20], np.float32)
    flat = np.linspace(1.0, 1.2, 21).astype(np.float32)
    middling = np.array([*[3.0] * 4, *[1.0] * 17], np.float32)
    found = weights([flat, sharp, middling])
    assert found[1] == max(found)
    assert found[1] > 0.5 > found[0]


def test_the_median_uncertainty_is_brought_to_one_half() -> None:
    drawn = np.random.default_rng(3)
    lists = [drawn.exponential(1.0, size).astype(np.float32) for size in (40, 80, 160)]
    assert float(np.median(weights(lists))) == pytest.approx(0.5, abs=1e-3)


def test_uncertainty_is_entropy_as_a_share_of_the_most_there_can_be() -> None:
    assert uncertainty(np.zeros(8, np.float32), 1.0) == pytest.approx(1.0)
    shares = np.array([0.5, 0.25, 0.25])
    entropy = -(shares * np.log(shares)).sum() / math.log(3)
    assert uncertainty(np.log(shares).astype(np.float32), 1.0) == pytest.approx(entropy)
    assert uncertainty(np.array([50.0, 0.0], np.float32), 1.0) == pytest.approx(0.0, abs=1e-9)


def test_a_list_of_one_gets_a_middling_weight() -> None:
    assert weights([np.array([3.0], np.float32)]) == [0.5]


def test_a_session_leads_to_turns_that_lack_the_words() -> None:
    rows = ["harbour boats", "harbour nets", "it was cold", "rain", "wind", "snow"]
    found = MultiGranularRetriever().retrieve(
        query(["harbour", "boats"], None), _view(rows, [0, 0, 0, 1, 1, 1])
    )
    assert found.ordinals[:3].tolist() == [0, 1, 2]
    assert {"keyword.turn", "keyword.window", "keyword.session"} <= set(found.signals)


def test_derived_records_lead_to_the_turns_they_rest_on() -> None:
    turns = layer(table(20), np.ones(20, np.bool_))
    memories = layer(table(12, seed=5), np.ones(12, np.bool_))
    asked = query(table(12, seed=5).words[4], None)
    found = MultiGranularRetriever().retrieve(asked, SampleView(turns, memories))
    assert "keyword.memory" in found.signals
    best = found.ordinals[np.argmax(found.signals["keyword.memory"])]
    top = int(memories.search("keyword", asked, 1).ordinals[0])
    assert best in SampleView(turns, memories).sources(top)


# Graphs


def test_a_walk_agrees_with_the_stationary_equations() -> None:
    # Turns A and B share the term t: p_t = 1/2 + (p_A + p_B)/2 and p_A = p_B = p_t/4.
    graph = TermGraph(
        np.array([0, 1]), np.array([7], np.uint64), np.array([2]),
        np.array([0, 1, 2, 2]), np.array([2, 2, 0, 1]), np.array([1.0, 1.0, 0.5, 0.5]),
    )  # fmt: skip
    mass = graph.walk(np.array([0.0, 0.0, 1.0]), 0.5)
    assert mass == pytest.approx([1 / 6, 1 / 6, 2 / 3], abs=1e-6)


def test_only_rare_words_and_what_follows_connect_turns() -> None:
    rows = [f"ana word{n}" for n in range(50)]
    rows[3], rows[30] = "ana lighthouse", "ana lighthouse"
    view = _view(rows, [n % 25 for n in range(50)])
    graph = term_graph(np.array([3, 5, 28, 30]), view)
    assert len(graph.terms) == 1  # lighthouse: not ana, nor the words of one turn alone
    edges = set(zip(graph.sources.tolist(), graph.targets.tolist(), strict=True))
    assert edges == {(0, 4), (4, 0), (3, 4), (4, 3), (0, 2), (2, 0), (1, 3), (3, 1)}
    assert np.bincount(graph.sources, weights=graph.weights) == pytest.approx(1.0)


def test_a_walk_reaches_the_turn_that_shares_a_rare_word_with_the_answer() -> None:
    lines = [*_FILLER]
    lines[5] = "The harbour festival was opened by Marguerite Duval."
    lines[25] = "Duval, Marguerite: born in a village near Grenoble."
    scope = _scope([{"text": line, "session": f"s{n % 8}"} for n, line in enumerate(lines)],
                   vectors=False)  # fmt: skip
    asked = "Who opened the harbour festival?"
    graph = GraphRetriever(KeywordRetriever(), weight=0.5)
    assert _place(scope, asked, "Grenoble", KeywordRetriever()) == 1000
    base = FusedRetriever()
    assert _place(scope, asked, "harbour festival", GraphRetriever(base)) == 1
    assert _place(scope, asked, "harbour festival", graph) == 1


def test_activation_spreads_to_neighbours_and_fades() -> None:
    view = _view(["a", "b", "c", "d", "e"])
    base = Fixed((0, 0.001), (1, 0.001), (2, 0.9), (3, 0.001), (4, 0.001))
    found = SpreadingRetriever(base, share=0.2, steps=1).retrieve(query(["x"], None), view)
    spread = dict(zip(found.ordinals.tolist(), found.signals["spreading"].tolist(), strict=True))
    start = Base.of(base.retrieve(query(["x"], None), view))
    activation = float(start.strengths.max() - start.strengths.min())
    passed = 0.2 * activation / math.sqrt(2)
    assert spread == pytest.approx({0: 0.0, 1: passed, 2: 0.0, 3: passed, 4: 0.0})


def test_two_steps_reach_the_neighbours_of_neighbours() -> None:
    view = _view(["a", "b", "c", "d", "e"])
    base = Fixed((2, 0.9), (4, 0.01))
    found = SpreadingRetriever(base, steps=2).retrieve(query(["x"], None), view)
    assert sorted(found.ordinals.tolist()) == [0, 1, 2, 3, 4]
    spread = dict(zip(found.ordinals.tolist(), found.signals["spreading"].tolist(), strict=True))
    assert 0 < spread[0] < spread[1]


# Hops


def test_the_words_of_the_first_hits_lead_to_what_the_question_does_not_name() -> None:
    lines = [*_FILLER]
    lines[4] = "Our dentist is Doctor Abernathy, in Mill Street."
    lines[33] = "Abernathy moved the practice to Mill Street 14."
    scope = _scope(lines, vectors=False)
    asked = "Who is our dentist?"
    assert _place(scope, asked, "practice", KeywordRetriever()) == 1000
    assert _place(scope, asked, "practice", IterativeRetriever(KeywordRetriever())) == 2
    assert _place(scope, asked, "dentist", IterativeRetriever(KeywordRetriever())) == 1


def test_each_round_may_lead_one_word_further() -> None:
    lines = [*_FILLER, *(line.replace("number", "item") for line in _FILLER)]
    for place, words in enumerate(("anchor bosun", "bosun capstan", "capstan dinghy")):
        lines[3 + 9 * place] = f"The {words}."
        lines[6 + 9 * place] = f"Their {words}."
    scope = _scope(lines, vectors=False)
    hops = {n: IterativeRetriever(KeywordRetriever(), rounds=n) for n in (1, 2, 3)}
    reached = {n: _place(scope, "anchor?", "dinghy", each) < 1000 for n, each in hops.items()}
    assert reached == {1: False, 2: True, 3: True}


def test_hopping_stops_when_nothing_changes() -> None:
    scope = _scope(["Alpha beta.", "Gamma delta.", "Epsilon zeta."], vectors=False)
    hits = scope.search("alpha", retriever=IterativeRetriever(KeywordRetriever()))
    assert [hit.text for hit in hits] == ["Alpha beta."]
    assert "feedback" not in hits[0].why


# Association


def test_a_hopfield_step_is_a_softmax_mean_of_the_keys() -> None:
    keys = np.eye(2, 3, dtype=np.float32)
    state = np.array([0.6, 0.8, 0.0], np.float32)
    shares = np.exp(np.array([6.0, 8.0])) / np.exp(np.array([6.0, 8.0])).sum()
    assert recalled(state, keys, 10.0) == pytest.approx([*shares, 0.0], abs=1e-6)


def test_a_query_is_completed_towards_the_nearest_records() -> None:
    view = _view([f"row{n}" for n in range(30)])
    kept = view.turns.vectors(np.array([4]))
    assert kept is not None
    noise = np.random.default_rng(5).standard_normal(16).astype(np.float32)
    noisy = _unit(kept[0] + 0.6 * noise / np.linalg.norm(noise))
    base = Recording((0, 0.5))
    AssociativeRetriever(base, beta=50.0).retrieve(query(["x"], noisy), view)
    completed = base.asked.vector
    assert completed is not None
    assert float(np.linalg.norm(completed)) == pytest.approx(1.0, abs=1e-5)
    assert float(completed @ kept[0]) > float(noisy @ kept[0])


def test_without_vectors_association_asks_as_it_was_asked() -> None:
    base = Recording((0, 0.5))
    AssociativeRetriever(base).retrieve(query(["a"], None), _view(["a", "b"]))
    assert base.asked.vector is None
    scope = _scope(["I like tea."], vectors=False)
    assert scope.search("tea", retriever=AssociativeRetriever())[0].text == "I like tea."


def _unit(vector: Floats) -> Floats:
    scaled: Floats = (vector / np.linalg.norm(vector)).astype(np.float32)
    return scaled


def test_a_layer_gives_the_vectors_it_searches_by() -> None:
    seen: dict[str, Floats | None] = {}

    class Looking(VectorRetriever):
        def retrieve(self, query: Query, view: View) -> Ranking:
            found = super().retrieve(query, view)
            seen["query"], seen["rows"] = query.vector, view.turns.vectors(found.ordinals)
            seen["scores"] = view.turns.search("vector", query, 10).scores
            return found

    scope = _scope([f"Line {n} of the {word}." for n, word in enumerate(("sea", "sky", "sun"))])
    scope.search("the sky", retriever=Looking())
    vector, rows = seen["query"], seen["rows"]
    assert vector is not None
    assert rows is not None
    assert rows @ vector == pytest.approx(seen["scores"], abs=1e-5)
    bare = _scope(["One line."], vectors=False)
    bare.search("line", retriever=Looking())
    assert seen["rows"] is None


# Time


def test_nearness_falls_with_the_gap_to_the_nearest_period() -> None:
    when: Ints = np.array([0, 10, 19, 20, 30], np.int64) * _DAY
    periods = [(10 * _DAY, 20 * _DAY)]
    gaps = np.array([10.0, 0.0, 0.0, 1 / _DAY, 10.0 + 1 / _DAY])
    expected = np.exp(-gaps / 7.0)
    assert nearness(when, periods, 7.0 * _DAY) == pytest.approx(expected, abs=1e-6)


def _diary(*, vectors: bool = True) -> Scope:
    return _scope(
        [
            {"text": f"We had soup for lunch{' again' * (month % 3)}.", "session": f"s{month}",
             "timestamp": datetime(2023, month, 10, 12, tzinfo=UTC)}
            for month in range(1, 13)
        ],
        vectors=vectors,
    )  # fmt: skip


def test_what_was_said_in_the_month_comes_first() -> None:
    hits = _diary().search("What was for lunch in September 2023?", 12, now=_NOW,
                           retriever=TimeAwareRetriever(weight=3.0))  # fmt: skip
    assert hits[0].when is not None
    assert hits[0].when.month == 9
    assert len(hits) >= 3  # never a filter; equal words are merged


def test_relative_words_are_counted_from_now() -> None:
    scope = _diary()
    retriever = TimeAwareRetriever(weight=3.0)
    now = datetime(2023, 8, 2, tzinfo=UTC)
    hits = scope.search("What was for lunch last month?", 12, now=now, retriever=retriever)
    assert hits[0].when is not None
    assert hits[0].when.month == 7


def test_a_turn_of_that_day_is_found_whatever_its_words() -> None:
    scope = _diary(vectors=False)
    asked = "2023-04-10"
    assert scope.search(asked, now=_NOW, retriever=KeywordRetriever()) == []
    base: Retriever = KeywordRetriever()
    (hit,) = scope.search(asked, now=_NOW, retriever=TimeAwareRetriever(base))
    assert hit.when == datetime(2023, 4, 10, 12, tzinfo=UTC)
    assert hit.score == pytest.approx(0.1)
    assert scope.search("1999-01-01", now=_NOW, retriever=TimeAwareRetriever(base)) == []
    base = Fixed((0, 0.9))
    found = scope.search(asked, now=_NOW, retriever=TimeAwareRetriever(base, weight=9.0))
    assert found[0].sources == ("t4", "t1")  # the same words, and April first


def test_a_question_without_a_time_is_ranked_as_the_base_ranks_it() -> None:
    scope = _diary()
    asked = "What was for lunch?"
    assert scope.search(asked, retriever=TimeAwareRetriever()) == (
        scope.search(asked, retriever=FusedRetriever())
    )
