"""Vector search along domains, topics and episodes: what it finds, and what it compares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memkit.contracts import Query, Scored
from memkit.index import hierarchy_routing
from memkit.index.exact import ExactIndex
from memkit.index.hierarchy import HierarchyIndex, Routed, RoutedQuery
from memkit.index.hierarchy_routing import Beam, Effort, Products, Reach
from memkit.index.hierarchy_tree import Shape, Tree
from memkit.testing import check_indexer
from memkit.testing.tables import Table, query, table
from memkit.types import Floats, Ints, Mask

_DIM = 8
_SMALL = Shape(likeness=0.5, episode=3, topic=4, domain=3, batch=5)
_ALL = Beam(10**9, 10**9, 10**9)
_NARROW = Beam(4, 4, 3, margin=-2.0)


def said(count: int, seed: int = 1, sessions: int = 9) -> Table:
    """Records around a dozen subjects; one in ten has no vector."""
    dice = np.random.default_rng(seed)
    subjects = dice.standard_normal((12, _DIM))
    order = np.sort(dice.integers(0, sessions, count))
    about = (order + dice.integers(0, 2, count) * dice.integers(0, 12, count)) % 12
    rows = subjects[about] + 0.4 * dice.standard_normal((count, _DIM))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    rows[dice.random(count) < 0.1] = 0.0
    return Table([("word",)] * count, rows, order)


def filled(records: Table, cuts: Any = (), **options: Any) -> HierarchyIndex:
    index = HierarchyIndex(**{"shape": _SMALL, "exact_below": 0, **options})
    for change in records.changes(list(cuts)):
        index.apply(change)
    return index


def asked(vector: Floats, **options: Any) -> RoutedQuery:
    plain = query([], vector)
    return RoutedQuery(plain.text, plain.now, 10, (), plain.term_ids, vector, **options)


def found(index: HierarchyIndex, question: Query, limit: int = 10, **options: Any) -> Routed:
    answer = index.search(question, limit, **options)
    assert isinstance(answer, Routed)
    return answer


def vectors_of(records: Table) -> Floats:
    assert records.vectors is not None
    return records.vectors


def known(records: Table) -> Mask:
    some: Mask = np.asarray(vectors_of(records).any(axis=1))
    return some


# What a search finds


def test_with_a_beam_over_everything_the_index_keeps_its_contract() -> None:
    shape = Shape(likeness=0.1, episode=3, topic=4, domain=3, batch=8)
    check_indexer(partial(HierarchyIndex, shape=shape, beam=_ALL, exact_below=0))


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    size=st.integers(1, 150), cuts=st.lists(st.integers(0, 150), max_size=6),
    seed=st.integers(0, 9), share=st.sampled_from([1.0, 0.5, 0.1]), limit=st.integers(1, 160),
)  # fmt: skip
def test_a_beam_over_everything_finds_what_comparing_everything_finds(
    size: int, cuts: list[int], seed: int, share: float, limit: int
) -> None:
    records = said(size, seed)
    exact = ExactIndex()
    exact.apply(records.change(0, size, reset=True))
    index = filled(records, sorted(min(cut, size) for cut in cuts), beam=_ALL)
    allowed = np.random.default_rng(seed).random(size) < share
    question = query([], said(1, seed + 40).vectors[0])  # type: ignore[index]
    for view in ("turn", "window"):
        # Here a record without vector is not an answer, not even for its neighbours' sake.
        expected = exact.search(question, limit, view=view, allowed=allowed & known(records))
        answer = found(index, question, limit, view=view, allowed=allowed)
        np.testing.assert_allclose(answer.scores, expected.scores, atol=1e-5)
        assert set(answer.ordinals) == set(expected.ordinals)


def test_small_scopes_are_searched_exactly_and_say_so() -> None:
    records = said(120)
    index = filled(records, exact_below=120, beam=_NARROW)
    exact = ExactIndex()
    exact.apply(records.change(0, 120, reset=True))
    question = asked(vectors_of(records)[4])
    answer, expected = found(index, question), exact.search(question, 10, allowed=known(records))
    assert answer.ordinals.tolist() == expected.ordinals.tolist()
    count = int(known(records).sum())
    assert answer.effort == Effort(count, count)
    assert str(answer.effort) == f"compared {count} of {count} vectors"


def test_without_vectors_nothing_is_found() -> None:
    records = replace(said(30), vectors=None)
    question = query(["word"], np.ones(_DIM, np.float32))
    assert not len(filled(records).search(question, 10).ordinals)
    assert not len(filled(said(30)).search(query(["word"], None), 10).ordinals)


def test_a_record_without_vector_is_never_an_answer() -> None:
    records = said(200)
    blank = set(np.flatnonzero(~known(records)).tolist())
    assert blank
    for exact_below in (0, 1000):
        index = filled(records, exact_below=exact_below, beam=_ALL)
        for view in ("turn", "window"):
            answer = found(index, asked(vectors_of(records)[1]), 200, view=view)
            assert not blank & set(answer.ordinals.tolist())
            assert len(answer.ordinals) == 200 - len(blank)


def test_the_newest_records_are_found_before_they_have_an_episode() -> None:
    records = said(_SMALL.batch * 20 + 3, seed=4)
    index = filled(records, beam=_NARROW)
    for ordinal in range(_SMALL.batch * 20, records.size):
        if known(records)[ordinal]:
            answer = found(index, asked(vectors_of(records)[ordinal].copy()))
            assert ordinal in answer.ordinals


def test_what_is_not_allowed_is_not_found_and_does_not_stand_in_the_way() -> None:
    records = said(600)
    index = filled(records, beam=_NARROW)
    vector = vectors_of(records)[100]
    near = found(index, asked(vector, beam=_ALL), 300).ordinals
    allowed = np.ones(records.size, np.bool_)
    allowed[near] = False  # all that lies on the way the beam would go
    allowed &= known(records)
    answer = found(index, asked(vector), 5, allowed=allowed)
    assert len(answer.ordinals) == 5 and allowed[answer.ordinals].all()
    expected = found(index, asked(vector, beam=_ALL), 1, allowed=allowed)
    assert answer.scores[0] >= expected.scores[0] - 0.5


def test_where_a_mask_leaves_little_that_is_compared_whole() -> None:
    records = said(600)
    index = filled(records, beam=_NARROW, exact_below=50)
    allowed = np.zeros(600, np.bool_)
    allowed[::20] = True
    question = asked(vectors_of(records)[7])
    answer = found(index, question, 30, allowed=allowed)
    expected = np.flatnonzero(allowed & known(records))
    assert sorted(answer.ordinals.tolist()) == expected.tolist()
    assert not answer.effort.routed and answer.effort.compared == len(expected)


def test_as_many_are_found_as_are_asked_for() -> None:
    records = said(600)
    index = filled(records, beam=_NARROW)
    few = found(index, asked(vectors_of(records)[9]), 3).effort
    answer = found(index, asked(vectors_of(records)[9].copy()), 400)
    assert len(answer.ordinals) == 400
    assert answer.effort.widened and not few.widened
    assert answer.effort.compared > few.compared
    everything = found(index, asked(vectors_of(records)[9].copy()), 10_000)
    assert len(everything.ordinals) == known(records).sum()


def test_what_the_caller_asks_for_is_compared_wherever_it_lies() -> None:
    records = said(600)
    index = filled(records, beam=_NARROW)
    missed = 0
    for vector in vectors_of(said(60, seed=8)):
        nearest = found(index, asked(vector, beam=_ALL), 1).ordinals
        if not len(nearest) or nearest[0] in found(index, asked(vector.copy()), 1).ordinals:
            continue
        missed += 1
        assert found(index, asked(vector.copy(), also=nearest), 1).ordinals == nearest
        allowed = np.arange(600) != nearest[0]
        masked = found(index, asked(vector.copy(), also=nearest), 9, allowed=allowed)
        assert nearest[0] not in masked.ordinals
    assert missed > 3


# What it costs


class Counted(Products):
    """Products that write down which rows they read."""

    read: list[int]

    def __init__(self, vector: Floats, size: int, rows: Any) -> None:
        def noted(places: Ints) -> Floats:
            Counted.read += places.tolist()
            found: Floats = rows(places)
            return found

        super().__init__(vector, size, noted)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Counted]]:
    Counted.read = []
    monkeypatch.setattr(hierarchy_routing, "Products", Counted)
    yield Counted


@pytest.mark.parametrize("beam", [_NARROW, Beam(8, 20, 30), _ALL])
def test_every_comparison_is_counted_once(counted: type[Counted], beam: Beam) -> None:
    records = said(500)
    index = filled(records, beam=beam)
    vector = vectors_of(records)[33].copy()
    first = found(index, asked(vector)).effort
    assert first.compared == len(counted.read) and first.size == known(records).sum()
    assert found(index, asked(vector)).effort == first, "nothing is compared again"
    both = found(index, asked(vector), view="window").effort
    assert both.compared == len(counted.read) and both.turns >= first.turns


def test_a_covering_beam_compares_every_node_once() -> None:
    records = said(500)
    index = filled(records)
    tree = Tree(_DIM, _SMALL)
    tree.grow(vectors_of(records), known(records), records.previous)
    effort = found(index, asked(vectors_of(records)[3], beam=_ALL)).effort
    assert effort.domains == len(tree.domains) and effort.topics == len(tree.topics)
    assert effort.episodes == (tree.episodes.counts.values > 1).sum()
    assert effort.turns == effort.size == known(records).sum()
    assert str(effort) == (
        f"compared {effort.compared:,} of {effort.size:,} vectors: {effort.domains} domains, "
        f"{effort.topics} topics, {effort.episodes} episodes, {effort.turns} turns"
    )


def test_a_beam_bounds_what_is_compared() -> None:
    records = said(3000)
    index = filled(records, shape=Shape(likeness=0.5, topic=8, domain=6, batch=50))
    beam = Beam(40, 60, 30, margin=-2.0)
    for ordinal in range(0, 3000, 100):
        effort = found(index, asked(vectors_of(records)[ordinal] + 0.1, beam=beam)).effort
        assert effort.topics <= 40 and effort.episodes <= 60
        assert effort.turns <= 60 + 30 + 50 and not effort.widened


def test_a_close_choice_widens_the_beam() -> None:
    records = said(600)
    vector = vectors_of(records)[50]
    efforts = [
        found(filled(records), asked(vector, beam=Beam(4, 8, 6, margin=margin)), 2).effort
        for margin in (-2.0, 2.0)
    ]
    assert [effort.widened for effort in efforts] == [False, True]
    assert efforts[0].compared < efforts[1].compared
    assert str(efforts[1]).endswith("; beam widened")


def test_a_mask_leaves_out_nodes_without_an_allowed_record() -> None:
    records = said(100)
    tree = Tree(_DIM, _SMALL)
    tree.grow(vectors_of(records), known(records), records.previous)
    every = Reach.of(tree, None)
    assert every.topics.tolist() == [len(kids) for kids in tree.topics.children]
    assert every.domains.tolist() == [len(kids) for kids in tree.domains.children]
    one = np.zeros(100, np.bool_)
    ordinal = int(np.flatnonzero(known(records))[10])
    one[ordinal] = True
    reach = Reach.of(tree, one)
    episode = tree.episodes.of.values[ordinal]
    topic = tree.episodes.parents.values[episode]
    assert reach.episodes is not None and np.flatnonzero(reach.episodes).tolist() == [episode]
    assert np.flatnonzero(reach.topics).tolist() == [topic] and reach.topics.sum() == 1
    assert np.flatnonzero(reach.domains).tolist() == [tree.topics.parents.values[topic]]


# States


def same(one: Scored, other: Scored) -> bool:
    return np.array_equal(one.ordinals, other.ordinals) and np.array_equal(one.scores, other.scores)


def test_a_restored_index_answers_and_grows_like_the_one_that_gave_the_state() -> None:
    records = said(400)
    begun, *rest = records.changes([250, 255])
    index, restored = filled(said(0)), filled(said(0))
    index.apply(begun)
    restored.restore({name: array.copy() for name, array in index.state().items()})
    for change in (None, *rest):
        for one in (index, restored) if change is not None else ():
            one.apply(change)  # type: ignore[arg-type]
        for ordinal in (3, 90, 200):
            question = asked(vectors_of(records)[ordinal], beam=_NARROW)
            assert same(index.search(question, 9), restored.search(question, 9))
    for name, array in index.state().items():
        np.testing.assert_array_equal(restored.state()[name], array)


def test_a_small_scope_has_no_tree_in_its_state() -> None:
    index, restored = filled(said(40), exact_below=40), filled(said(0), exact_below=40)
    assert not [name for name in index.state() if name.startswith("tree.")]
    restored.restore(index.state())
    question = asked(vectors_of(said(40))[3])
    assert same(index.search(question, 9), restored.search(question, 9))


def test_a_state_of_other_bounds_is_refused() -> None:
    state = filled(said(200)).state()
    with pytest.raises(ValueError, match="other bounds"):
        filled(said(0), shape=replace(_SMALL, topic=5)).restore(state)


def _spoiled(state: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in ("episodes", "topics", "domains"):
        key = f"tree.{name}"
        kept = state[key]
        for spoiled in (kept + 1, kept * 0, kept[:-1], kept - 1, kept.astype(np.float64)):
            yield name, {**state, key: spoiled}
    yield "sums", {**state, "tree.topic_sums": state["tree.topic_sums"][:-1]}
    yield "rows", {name: array for name, array in state.items() if name != "rows"}


def test_a_state_that_does_not_fit_its_records_is_refused() -> None:
    state = dict(filled(said(200)).state())
    for name, spoiled in _spoiled(state):
        with pytest.raises(ValueError, match=r"a tree that does not fit|a tree without rows"):
            filled(said(0)).restore(spoiled)
            raise AssertionError(name)
    for name in [name for name in state if name.startswith("tree.")]:
        with pytest.raises(KeyError):
            filled(said(0)).restore({key: one for key, one in state.items() if key != name})


def test_an_interrupted_growth_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    records = said(300)
    index, expected = filled(records), filled(records)
    question = asked(vectors_of(records)[8], beam=_NARROW)

    def interrupted(self: Tree, *args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Tree, "_divide", interrupted)
        with pytest.raises(KeyboardInterrupt):
            index.search(question, 5)
    assert same(index.search(question, 5), expected.search(question, 5))


def test_a_table_of_the_kit_is_routed_alike_however_it_was_split() -> None:
    records = table()
    question = query([], vectors_of(records)[5])
    answers = [
        filled(records, cuts, shape=replace(_SMALL, batch=4), beam=_NARROW).search(question, 12)
        for cuts in ((), (1, 2, 3, 50), range(1, 90))
    ]
    assert same(answers[0], answers[1]) and same(answers[0], answers[2])
