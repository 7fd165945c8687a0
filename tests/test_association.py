"""The graph of records: which are bound, how heavily, and what retrievers make of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memkit import MemoryStore
from memkit.contracts import Query, Ranking, Retriever, View
from memkit.embed.hashing import HashingEmbedder
from memkit.index import association
from memkit.index.association import AssociationIndex, Edge
from memkit.index.association_edges import Adjacency, Pairs
from memkit.index.association_mixture import Mixture, fitted
from memkit.index.association_vectors import Rows
from memkit.index.exact import ExactIndex
from memkit.index.keyword import KeywordIndex
from memkit.retrieve.associated import AssociatedRetriever
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.scaling import ranked
from memkit.testing.tables import Table, query, table
from memkit.testing.views import SampleView, layer
from memkit.types import Floats, Mask

_INDEXERS = (KeywordIndex, ExactIndex, AssociationIndex)


def _normal(count: int, mean: float, deviation: float) -> np.ndarray:
    """Evenly spread quantiles of a normal distribution."""
    shares = (np.arange(count) + 0.5) / count
    return np.array([NormalDist(mean, deviation).inv_cdf(share) for share in shares])


def _table(rows: Sequence[str], vectors: Floats | None = None, alone: bool = True) -> Table:
    words = tuple(tuple(row.split()) for row in rows)
    sessions = np.arange(len(rows)) if alone else np.zeros(len(rows), np.int64)
    return Table(words, vectors, sessions.astype(np.int64))


def _filled(records: Table, cuts: Sequence[int] = (), **options: int) -> AssociationIndex:
    index = AssociationIndex(**options)
    for change in records.changes(cuts):
        index.apply(change)
    return index


def _every_edge(index: AssociationIndex, size: int) -> list[list[Edge]]:
    return [index.edges(ordinal) for ordinal in range(size)]


def _filler(count: int) -> list[str]:
    return [f"common{n % 3} own{n}" for n in range(count)]


# The mixture


def test_the_parameters_of_a_mixture_are_found() -> None:
    found = fitted(np.concatenate([_normal(900, 0.0, 0.05), _normal(300, 0.5, 0.1)]))
    assert found is not None
    assert found.shares == pytest.approx((0.75, 0.25), abs=0.005)
    assert found.means == pytest.approx((0.0, 0.5), abs=0.005)
    assert found.deviations == pytest.approx((0.05, 0.1), abs=0.005)


def test_between_equal_components_the_bound_is_in_the_middle() -> None:
    assert Mixture((0.5, 0.5), (0.0, 1.0), (0.1, 0.1)).bound() == pytest.approx(0.5)
    unequal = Mixture((0.9, 0.1), (0.0, 1.0), (0.5, 0.5)).bound()
    assert unequal == pytest.approx(0.5 + 0.25 * math.log(9.0))  # variance x ln(.9 / .1)


@pytest.mark.parametrize(
    "mixture",
    [
        Mixture((0.9, 0.1), (0.0, 0.05), (0.05, 0.2)),  # broad: the bound is above its mean
        Mixture((0.6, 0.4), (0.0, 0.4), (0.1, 0.02)),
        Mixture((0.75, 0.25), (0.0, 0.5), (0.05, 0.1)),
    ],
)
def test_at_the_bound_both_components_are_as_likely(mixture: Mixture) -> None:
    bound = mixture.bound()
    assert bound is not None
    densities = [
        share * NormalDist(mean, deviation).pdf(bound)
        for share, mean, deviation in zip(
            mixture.shares, mixture.means, mixture.deviations, strict=True
        )
    ]
    assert densities[0] == pytest.approx(densities[1])
    assert bound > mixture.means[0]


def test_there_is_no_bound_where_the_upper_component_is_everywhere() -> None:
    assert Mixture((0.01, 0.99), (0.0, 0.01), (0.2, 0.2)).bound() is None


@pytest.mark.parametrize(
    "values",
    [
        np.zeros(0),
        np.array([0.1, 0.9] * 10),
        np.full(500, 0.25),
        _normal(800, 0.1, 0.2),
    ],
    ids=["none", "few", "all alike", "one distribution"],
)
def test_where_there_is_no_mixture_none_is_found(values: np.ndarray) -> None:
    assert fitted(values) is None


# Which records are bound


_SAMPLE = table(150)
_WHOLE = _filled(_SAMPLE)


def test_neighbours_are_bound_both_ways() -> None:
    index = _filled(_table(["a b", "c d", "e f"], alone=False))
    assert index.edges(1) == [Edge(0, ("neighbour",), 1.0), Edge(2, ("neighbour",), 1.0)]
    assert [edge.ordinal for edge in index.edges(0)] == [1]


def test_a_shared_rare_word_binds_by_its_rarity_and_the_lengths() -> None:
    rows = _filler(64)
    rows[5], rows[40] = "the lighthouse keeper sang", "lighthouse"
    index = _filled(_table(rows))
    idf = math.log(65 / 2) / math.log(65)
    weight = round(idf * 1024) / 1024 / math.sqrt(4 * 1)
    assert [edge[:2] for edge in index.edges(5)] == [(40, ("shared term",))]
    assert [edge[:2] for edge in index.edges(40)] == [(5, ("shared term",))]
    assert index.edges(5)[0].weight == pytest.approx(weight)


def test_words_of_many_records_bind_none() -> None:
    rows = [f"ana own{n}" for n in range(64)]
    assert _every_edge(_filled(_table(rows)), 64) == [[]] * 64


def test_a_word_may_be_held_by_no_more_records_than_asked_for() -> None:
    rows = _filler(256)
    for ordinal in (3, 50, 90, 200):
        rows[ordinal] = "lighthouse"
    assert len(_filled(_table(rows), rare=4).edges(3)) == 3
    assert _filled(_table(rows), rare=3).edges(3) == []


def test_after_a_checkpoint_a_word_binds_until_too_many_hold_it() -> None:
    rows = _filler(40)
    rows[10] = rows[32] = rows[34] = "lighthouse"
    index = _filled(_table(rows))  # made anew at 32 records; at most 2 of them may hold a word
    assert [edge.ordinal for edge in index.edges(32)] == [10]
    assert index.edges(34) == []


def _clustered(size: int = 80, near: float = 0.4) -> Table:
    """Eight groups of vectors that are alike, the rest of their components drawn."""
    drawn = np.random.default_rng(5)
    rows = drawn.standard_normal((size, 32)) * near + np.eye(8, 32)[np.arange(size) % 8] * 4
    unit = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return _table(_filler(size), unit)


def test_records_beyond_the_fitted_bound_are_bound_as_similar() -> None:
    records = _clustered()
    index = _filled(records)
    assert 0.3 < index.bound < 0.9
    assert records.vectors is not None
    for ordinal in range(80):
        for edge in index.edges(ordinal):
            assert edge.kinds == ("similar",)
            assert edge.ordinal % 8 == ordinal % 8
            cosine = float(records.vectors[ordinal] @ records.vectors[edge.ordinal])
            assert edge.weight == pytest.approx(cosine, abs=1e-3)


def test_without_vectors_that_stand_out_there_is_no_bound() -> None:
    rows = np.random.default_rng(2).standard_normal((100, 32)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert math.isinf(_filled(_table(_filler(100), rows)).bound)
    assert math.isinf(_filled(_table(_filler(100))).bound)
    assert math.isinf(_filled(_table(_filler(3), rows[:3])).bound)


def test_reasons_of_one_pair_are_one_edge() -> None:
    records = _clustered()
    words = list(records.words)
    words[0] = words[8] = ("lighthouse",)
    one = next(
        edge
        for edge in _filled(Table(words, records.vectors, records.sessions)).edges(0)
        if edge.ordinal == 8
    )
    assert one.kinds == ("shared term", "similar")
    assert one.weight > 1.0


def test_in_large_scopes_only_records_that_share_a_word_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(association, "_COMPARED", 16)
    records = _clustered()
    words = list(records.words)
    words[0] = words[8] = words[1] = ("lighthouse",)
    index = _filled(Table(words, records.vectors, records.sessions))
    assert {edge.ordinal: edge.kinds for edge in index.edges(0)} == {
        8: ("shared term", "similar"),
        1: ("shared term",),
    }
    assert index.edges(16) == []


def test_the_strongest_edges_are_kept_and_of_equal_ones_the_earliest() -> None:
    kept = Adjacency(2)
    kept.grow(5)
    for others, weights in (([3, 4], [0.5, 0.9]), ([1, 2], [0.5, 0.5])):
        ones = np.zeros(2, np.int64)
        kept.offer(Pairs.of(ones, np.array(others), np.array(weights), 1))
    assert kept.edges(np.array([0]))[0].targets.tolist() == [4, 1]
    assert kept.edges(np.array([3]))[0].targets.tolist() == [0]


def test_no_record_keeps_more_edges_than_asked_for() -> None:
    index = _filled(_clustered(), degree=3)
    lengths = [len(index.edges(ordinal)) for ordinal in range(80)]
    assert max(lengths) == 3
    weights = [edge.weight for edge in index.edges(40)]
    assert weights == sorted(weights, reverse=True)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(1, 150), max_size=6))
def test_edges_do_not_depend_on_how_records_came(cuts: list[int]) -> None:
    assert _every_edge(_filled(_SAMPLE, sorted(cuts)), 150) == _every_edge(_WHOLE, 150)


def test_edges_do_not_depend_on_how_similar_records_came() -> None:
    records = _clustered(150)
    one_by_one = _filled(records, range(1, 150))
    assert one_by_one.bound == _filled(records).bound
    assert _every_edge(one_by_one, 150) == _every_edge(_filled(records), 150)


def test_products_are_the_same_in_any_company() -> None:
    records = _clustered(150)
    assert records.vectors is not None
    rows = Rows.of_dim(32)
    rows.extend(records.vectors)
    together = rows.near_before(0, 150, 0.2, 4)
    apart = [rows.near_before(n, n + 1, 0.2, 4) for n in range(150)]
    assert together.weights.tolist() == Pairs.united(apart).weights.tolist()


def test_a_state_of_other_parameters_is_refused() -> None:
    state = _filled(table(50), degree=4).state()
    with pytest.raises(ValueError, match="degree 4 "):
        AssociationIndex().restore(state)
    torn = {**_filled(table(50)).state(), "lengths": np.zeros(3, np.int64)}
    with pytest.raises(ValueError, match="differ in length"):
        AssociationIndex().restore(torn)


def test_a_restored_index_has_the_same_edges_and_goes_on_alike() -> None:
    records = _clustered(150)
    first, second = records.changes([70])
    given_up, taken_up = AssociationIndex(), AssociationIndex()
    given_up.apply(first)
    taken_up.restore({name: array.copy() for name, array in given_up.state().items()})
    taken_up.apply(second)
    assert _every_edge(taken_up, 150) == _every_edge(_filled(records), 150)


# What a search finds


def test_a_search_reaches_what_the_matches_lead_to() -> None:
    rows = _filler(64)
    rows[5], rows[40] = "harbour festival opened marguerite", "marguerite grenoble"
    index = _filled(_table(rows))
    found = index.search(query(["harbour", "festival"], None), 10)
    assert found.ordinals.tolist() == [5, 40]
    assert found.scores.tolist() == pytest.approx([1.0, 1.0])  # its only edge takes all of it


# Retrievers


def test_no_edge_leads_to_what_a_query_may_not_see() -> None:
    rows = _table(["a", "b", "c"], np.eye(3, 16, dtype=np.float32), alone=False)
    allowed: Mask = np.array([True, True, False])
    turns = layer(rows, allowed)
    assert turns.associated(np.array([1])).targets.tolist() == [0]
    store = MemoryStore(":memory:", embedder=None, indexers=_INDEXERS)
    ana = store.scope(user="ana")
    ana.add(["The harbour festival.", "It was opened by Marguerite.", "What a day."])
    ana.forget("t3")
    seen = _Looking()
    ana.search("harbour", retriever=seen)
    assert seen.edges == [(1, 0)]


class _Looking(Retriever):
    """Notes the edges of the second turn."""

    name: ClassVar[str] = "looking"
    edges: list[tuple[int, int]]

    def retrieve(self, query: Query, view: View) -> Ranking:
        found = view.turns.associated(np.array([1]))
        self.edges = list(zip(found.sources.tolist(), found.targets.tolist(), strict=True))
        return FusedRetriever().retrieve(query, view)


class _Fixed(Retriever):
    """Ranks the ordinals it was made with."""

    name: ClassVar[str] = "fixed"

    def __init__(self, *scored: tuple[int, float]) -> None:
        self._scored = dict(sorted(scored))

    def retrieve(self, query: Query, view: View) -> Ranking:
        scores = np.array(list(self._scored.values()), np.float32)
        return ranked(np.array(list(self._scored), np.int64), scores, {"own": scores})


def _view(rows: Sequence[str]) -> SampleView:
    drawn = np.random.default_rng(1).standard_normal((len(rows), 16)).astype(np.float32)
    records = _table(rows, drawn / np.linalg.norm(drawn, axis=1, keepdims=True))
    nothing = Table((), None, np.zeros(0, np.int64))
    return SampleView(
        layer(records, np.ones(len(rows), np.bool_)), layer(nothing, np.zeros(0, np.bool_))
    )


def test_a_walk_raises_what_the_first_hits_lead_to() -> None:
    rows = _filler(64)
    rows[5], rows[40] = "harbour festival marguerite", "marguerite grenoble"
    base = _Fixed((5, 0.9), (20, 0.05), (21, 0.04))
    found = AssociatedRetriever(base).retrieve(query(["harbour"], None), _view(rows))
    assert found.ordinals.tolist() == [5, 40, 20, 21]
    walked = dict(zip(found.ordinals.tolist(), found.signals["associated"].tolist(), strict=True))
    assert walked[5] > walked[40] > walked[20] >= walked[21]
    assert "own" in found.signals


def _turns() -> list[dict[str, Any]]:
    lines = [f"Small talk number {n} about rain{n} and wind{n % 7}." for n in range(60)]
    lines[11] = "The harbour festival was opened by Marguerite Duval."
    lines[31] = "Duval, Marguerite: born in a village near Grenoble."
    return [{"text": line, "session": f"s{n % 9}"} for n, line in enumerate(lines)]


def _asked(indexers: Sequence[Any], retriever: Retriever) -> list[tuple[str, float]]:
    with MemoryStore(":memory:", embedder=HashingEmbedder(64), indexers=indexers) as store:
        scope = store.scope(user="ana")
        scope.add(_turns())
        hits = scope.search("Who opened the harbour festival?", 30, retriever=retriever)
        return [(hit.id, hit.score) for hit in hits]


def test_the_index_alone_changes_no_other_ranking() -> None:
    plain = (KeywordIndex, ExactIndex)
    assert _asked(_INDEXERS, FusedRetriever()) == _asked(plain, FusedRetriever())


def test_without_the_index_the_ranking_is_the_base_s() -> None:
    plain = (KeywordIndex, ExactIndex)
    assert _asked(plain, AssociatedRetriever()) == _asked(plain, FusedRetriever())


def test_in_a_store_an_edge_raises_the_second_turn() -> None:
    def rank(retriever: Retriever) -> int:
        return [id for id, _ in _asked(_INDEXERS, retriever)].index("t32")

    assert rank(AssociatedRetriever()) <= rank(FusedRetriever())
    assert _asked(_INDEXERS, AssociatedRetriever())[0][0] == "t12"


def test_what_is_erased_leaves_the_graph() -> None:
    with MemoryStore(":memory:", embedder=None, indexers=_INDEXERS) as store:
        scope = store.scope(user="ana")
        scope.add(["Before.", "Between.", "After."])
        looking = _Looking()
        scope.search("between", retriever=looking)
        assert looking.edges == [(1, 0), (1, 2)]
        scope.erase("t1")
        scope.search("between", retriever=looking)
        assert looking.edges == [(1, 0)]  # "After." beside "Between."
