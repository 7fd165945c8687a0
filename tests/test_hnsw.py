"""The graph finds what the exact index finds, and leaves to it what a graph cannot do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import numpy as np
import pytest
from conftest import NOON, MakeStore

from memkit import MemoryStore, registry
from memkit.contracts import ChangeSet, Indexer, Query, Scored
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import PluginError
from memkit.index import hnsw_graph
from memkit.index.exact import ExactIndex
from memkit.index.hnsw import HNSWIndex
from memkit.index.hnsw_graph import Graph
from memkit.index.keyword import KeywordIndex
from memkit.testing import check_indexer
from memkit.types import Floats, Ints, Mask

_DIM = 24
_SIZE = 4000
_VIEWS = ["turn", "window"]
small: Callable[..., HNSWIndex] = partial(HNSWIndex, exact_below=1000, ef_search=100)
"""An index that walks from 1,000 records on."""


@pytest.fixture
def without_hnswlib(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without the extra."""
    monkeypatch.setitem(sys.modules, "hnswlib", None)


@pytest.fixture(autouse=True)
def _installed(request: pytest.FixtureRequest) -> None:
    if "without_hnswlib" not in request.fixturenames:
        pytest.importorskip("hnswlib")


@pytest.fixture(scope="module")
def exact() -> Indexer:
    index: Indexer = fed(ExactIndex(), rows_of(_SIZE))
    return index


@pytest.fixture(scope="module")
def walked() -> Iterator[HNSWIndex]:
    """An index of 4,000 records, which no test changes."""
    pytest.importorskip("hnswlib")
    yield fed(small(), rows_of(_SIZE))


def rows_of(count: int, seed: int = 4) -> Floats:
    """Unit rows around forty centres."""
    draw = np.random.default_rng(seed)
    centres = np.random.default_rng(1).standard_normal((40, _DIM))
    rows = centres[draw.integers(0, 40, count)] + 0.6 * draw.standard_normal((count, _DIM))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32)


def change(rows: Floats, start: int, stop: int) -> ChangeSet:
    """Records of sessions of ten turns each."""
    ordinals = np.arange(start, stop)
    count = len(ordinals)
    return ChangeSet(
        start, start == 0, np.zeros(0, np.uint64), np.zeros(count + 1, np.int64), rows[start:stop],
        ordinals // 10, np.where(ordinals % 10, ordinals - 1, -1),
    )  # fmt: skip


def fed(index: Any, rows: Floats, step: int = 1500) -> Any:
    for start in range(0, len(rows), step):
        index.apply(change(rows, start, min(start + step, len(rows))))
    return index


def ask(
    index: Indexer, vector: Floats, limit: int = 10, view: str = "turn", allowed: Mask | None = None
) -> Scored:
    asked = Query("", NOON, limit, (), np.zeros(0, np.uint64), vector)
    return index.search(asked, limit, view=view, allowed=allowed)


def require_same(found: Scored, expected: Scored) -> None:
    assert found.ordinals.tolist() == expected.ordinals.tolist()
    assert found.scores == pytest.approx(expected.scores, abs=1e-5)


def recall(index: Indexer, oracle: Indexer, **options: Any) -> float:
    shares = []
    for vector in rows_of(60, seed=9):
        found, best = ask(index, vector, **options), ask(oracle, vector, **options)
        assert len(found.ordinals) == len(best.ordinals)
        shares.append(np.isin(found.ordinals, best.ordinals).mean())
    return float(np.mean(shares))


def test_it_keeps_the_contract_with_and_without_a_graph() -> None:
    check_indexer(HNSWIndex)
    check_indexer(partial(HNSWIndex, exact_below=8, ef_search=400))


@pytest.mark.parametrize("view", _VIEWS)
def test_the_nearest_are_those_of_the_exact_index(
    view: str, walked: HNSWIndex, exact: Indexer
) -> None:
    assert recall(walked, exact, view=view) >= 0.98
    for vector in rows_of(20, seed=9):
        found, best = ask(walked, vector, 50, view), ask(exact, vector, _SIZE, view)
        true = dict(zip(best.ordinals.tolist(), best.scores.tolist(), strict=True))
        assert found.scores.tolist() == pytest.approx(
            [true[ordinal] for ordinal in found.ordinals.tolist()], abs=1e-5
        )


@pytest.mark.parametrize("view", _VIEWS)
def test_it_grows_from_comparing_all_to_walking(view: str) -> None:
    rows, index, oracle = rows_of(2600), small(), ExactIndex()
    for start in range(0, 2600, 200):
        for each in (index, oracle):
            each.apply(change(rows, start, start + 200))
        assert (index._graph is not None) == (start >= 1000)
        if start < 800:
            for vector in rows_of(5, seed=9):
                require_same(ask(index, vector, view=view), ask(oracle, vector, view=view))
        else:
            assert recall(index, oracle, view=view) >= 0.98
            assert index._graph is not None and len(index._graph) == start + 200


@pytest.mark.parametrize("view", _VIEWS)
@pytest.mark.parametrize("share", [0.95, 0.6, 0.3, 0.05, 0.002])
def test_a_filter_loses_no_hit(share: float, view: str, walked: HNSWIndex, exact: Indexer) -> None:
    allowed = np.random.default_rng(2).random(_SIZE) < share
    for limit in (3, 30):
        assert recall(walked, exact, view=view, limit=limit, allowed=allowed) >= 0.98
    if share <= 0.2:
        for vector in rows_of(5, seed=9):
            require_same(
                ask(walked, vector, 10, view, allowed), ask(exact, vector, 10, view, allowed)
            )


@pytest.mark.parametrize("view", _VIEWS)
def test_where_only_what_is_far_away_is_allowed_everything_is_compared(
    view: str, walked: HNSWIndex, exact: Indexer
) -> None:
    for vector in rows_of(5, seed=9):
        allowed = np.zeros(_SIZE, np.bool_)
        allowed[ask(exact, vector, _SIZE, view).ordinals[2000:]] = True
        require_same(ask(walked, vector, 10, view, allowed), ask(exact, vector, 10, view, allowed))


def test_links_that_lead_to_too_few_are_made_up_for(
    monkeypatch: pytest.MonkeyPatch, walked: HNSWIndex, exact: Indexer
) -> None:
    monkeypatch.setattr(Graph, "walk", lambda *given: np.array([3], np.int64))
    for vector in rows_of(5, seed=9):
        require_same(ask(walked, vector), ask(exact, vector))


def test_a_graph_that_does_not_hold_together_is_made_up_for() -> None:
    rows = rows_of(400)
    index = fed(small(m=2, ef_construction=1, exact_below=1, ef_search=400), rows)
    for vector in rows_of(5, seed=9):
        require_same(ask(index, vector), ask(fed(ExactIndex(), rows), vector))
        assert not len(index._walk(vector, 400))  # hnswlib could not give all


@pytest.mark.parametrize(
    ("view", "share", "kinds"),
    [("turn", 0.4, 1), ("turn", 0.4, 30), ("turn", 0.9, 5), ("window", 0.4, 1),
     ("window", 0.4, 30)],
)  # fmt: skip
def test_what_is_said_again_and_again_hides_nothing(view: str, share: float, kinds: int) -> None:
    rows, draw = rows_of(3000), np.random.default_rng(3)
    again = draw.random(3000) < share
    rows[again] = rows[:kinds][draw.integers(0, kinds, again.sum())]
    index, oracle = fed(small(), rows), fed(ExactIndex(), rows)
    assert recall(index, oracle, view=view) >= 0.98
    assert index._graph is not None and len(index._graph) == len(np.unique(rows, axis=0))
    if view == "turn":
        for limit in (5, 40):
            found = ask(index, rows[0], limit)
            assert found.ordinals.tolist() == ask(oracle, rows[0], limit).ordinals.tolist()
            assert len(set(found.scores.tolist())) == 1
        allowed = draw.random(3000) < 0.5
        allowed[np.flatnonzero(again)[:200]] = False
        assert recall(index, oracle, allowed=allowed) >= 0.98
        require_same(
            ask(index, rows[0], 10, view, allowed), ask(oracle, rows[0], 10, view, allowed)
        )


def test_a_record_without_a_vector_is_never_found() -> None:
    rows = rows_of(2000)
    holes = np.r_[0, 7:1900:3, 1999]
    rows[holes] = 0.0
    index, oracle = fed(small(), rows), fed(ExactIndex(), rows)
    assert recall(index, oracle) >= 0.98
    for vector in rows_of(10, seed=9):
        for limit in (10, 2000):
            assert not np.isin(ask(index, vector, limit).ordinals, holes).any()
    assert index._graph is not None and len(index._graph) == 2000 - len(holes)


def test_nothing_but_records_without_vectors_is_nothing() -> None:
    index = fed(small(), np.zeros((1500, _DIM), np.float32))
    for view in _VIEWS:
        assert not len(ask(index, rows_of(1)[0], view=view).ordinals)


@pytest.mark.parametrize("view", _VIEWS)
def test_a_limit_beyond_the_size_gives_all_and_one_of_nothing_nothing(
    view: str, walked: HNSWIndex, exact: Indexer
) -> None:
    vector = rows_of(1, seed=9)[0]
    require_same(ask(walked, vector, 9000, view), ask(exact, vector, 9000, view))
    assert len(ask(walked, vector, 1000, view).ordinals) == 1000
    assert not len(ask(walked, vector, 0, view).ordinals)


def test_the_links_do_not_depend_on_the_portions_in_which_records_came() -> None:
    rows = rows_of(1600)
    rows[[3, 700, 1599]] = 0.0
    rows[5:1600:9] = rows[4]
    rows[6:1600:50] = rows[2]
    asked_between = fed(small(), rows[:1100])
    for start in range(1100, 1600, 100):
        ask(asked_between, rows[5])
        asked_between.apply(change(rows, start, start + 100))
    first, *others = [fed(small(), rows, step) for step in (1600, 7, 333)] + [asked_between]
    for other in others:
        assert_equal_states(first, other)


def assert_equal_states(one: Indexer, other: Indexer) -> None:
    states = one.state(), other.state()
    assert states[0] is not None and states[1] is not None
    assert "graph.upper" in states[0] and states[0].keys() == states[1].keys()
    for name, array in states[0].items():
        assert np.array_equal(array, states[1][name]), name


class Late(Graph):
    """Links nothing before it has seven hundred records for it, and walks in disorder."""

    ordered = False

    def reach(self, size: int) -> int:
        return size - size % 700

    def portions(self, size: int) -> list[int]:
        return list(range(self.covered + 700, size + 1, 700))

    def walk(self, vector: Floats, width: int) -> Ints:
        return np.random.default_rng(0).permutation(super().walk(vector, width))


class LateIndex(HNSWIndex):
    def _empty_graph(self) -> Graph:
        return Late(_DIM, self._m, self._ef_construction)


@pytest.mark.parametrize("view", _VIEWS)
def test_records_that_are_not_linked_yet_are_found(view: str) -> None:
    rows = rows_of(2799)
    rows[5:2799:9] = rows[4]
    late: LateIndex = fed(LateIndex(exact_below=1000, ef_search=100), rows)
    oracle = fed(ExactIndex(), rows)
    allowed = np.random.default_rng(2).random(2799) < 0.5
    for mask in (None, allowed):
        assert recall(late, oracle, view=view, allowed=mask) >= 0.98
    assert late._graph is not None and late._graph.covered == 2100
    for ordinal in range(2100, 2799, 20):
        found, best = (ask(each, rows[ordinal], 10, view) for each in (late, oracle))
        assert found.ordinals[0] == best.ordinals[0]
    resumed = LateIndex(exact_below=1000, ef_search=100)
    resumed.restore(copied(late.state()))
    for each in (late, resumed):
        each.apply(change(rows_of(2900), 2799, 2900))
    assert_equal_states(resumed, late)
    assert late._graph.covered == 2800


def test_the_graph_of_before_a_reset_is_gone() -> None:
    index = fed(small(), rows_of(1500, seed=1))
    ask(index, rows_of(1)[0])
    rows = rows_of(1200, seed=2)
    assert_equal_states(fed(index, rows), fed(small(), rows))


def test_linking_that_was_broken_off_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(2500)
    index, add, left = fed(small(), rows), Graph.add, iter([False])

    def interrupted(*given: Any) -> None:
        if next(left, True):
            raise KeyboardInterrupt
        add(*given)

    with monkeypatch.context() as patch:
        patch.setattr(Graph, "add", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ask(index, rows[0])
    assert_equal_states(index, fed(small(), rows))


# States


def copied(state: Any) -> dict[str, Any]:
    return {name: array.copy() for name, array in state.items()}


@pytest.mark.parametrize("first", [1500, 400])
def test_a_graph_taken_up_goes_on_as_if_it_had_never_been_written_down(first: int) -> None:
    rows = rows_of(2400)
    rows[[3, 700]] = 0.0
    rows[5:2400:9] = rows[4]
    rows[2000:] = rows[1000:1400]
    whole = fed(small(), rows[:first])
    resumed = small()
    resumed.restore(copied(whole.state()))
    for stop in (first, first + 1, 2400):
        if stop > first:
            start = first if stop == first + 1 else first + 1
            whole.apply(change(rows, start, stop))
            resumed.apply(change(rows, start, stop))
        for vector in rows_of(20, seed=9):
            for view in _VIEWS:
                found, expected = (ask(each, vector, view=view) for each in (resumed, whole))
                assert found.ordinals.tolist() == expected.ordinals.tolist()
                assert found.scores.tolist() == expected.scores.tolist()
    assert_equal_states(resumed, whole)


def test_a_graph_taken_up_is_not_linked_anew(
    walked: HNSWIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = copied(walked.state())
    resumed = small()
    resumed.restore(state)
    monkeypatch.setattr(Graph, "add", None)
    vector = rows_of(1, seed=9)[0]
    assert ask(resumed, vector).ordinals.tolist() == ask(walked, vector).ordinals.tolist()


@pytest.mark.parametrize("options", [{"m": 8}, {"ef_construction": 100}])
def test_a_graph_made_with_other_parameters_is_refused(
    options: dict[str, int], walked: HNSWIndex
) -> None:
    with pytest.raises(ValueError, match="other parameters"):
        small(**options).restore(copied(walked.state()))


def _outside(state: dict[str, Any]) -> None:
    state["graph.lowest"][5, 1] = _SIZE


def _long(state: dict[str, Any]) -> None:
    state["graph.lowest"][5, 0] = 2**31


def _too_low(state: dict[str, Any]) -> None:
    state["graph.upper"][1] = np.flatnonzero(state["graph.levels"] == 0)[0]


def _higher(state: dict[str, Any]) -> None:
    state["graph.levels"][9] += 1


def _swapped(state: dict[str, Any]) -> None:
    levels = state["graph.levels"]
    high, low = int(levels.argmax()), int(levels.argmin())
    levels[[high, low]] = levels[[low, high]]


def _below_zero(state: dict[str, Any]) -> None:
    state["graph.levels"][9] = -1


def _short(state: dict[str, Any]) -> None:
    state["graph.lowest"] = state["graph.lowest"][:-1]


def _narrow(state: dict[str, Any]) -> None:
    state["graph.lowest"] = state["graph.lowest"].astype(np.uint16)


def _fewer(state: dict[str, Any]) -> None:
    for name in ("rows", "norms", "known", "previous"):
        state[name] = state[name][:-1]


def _wider_rows(state: dict[str, Any]) -> None:
    state["rows"] = np.repeat(state["rows"], 2, axis=1)


def _flat_rows(state: dict[str, Any]) -> None:
    state["rows"] = state["rows"][:, 0].copy()


def _doubles(state: dict[str, Any]) -> None:
    state["rows"] = state["rows"].astype(np.float64)


def _rowless(state: dict[str, Any]) -> None:
    del state["rows"]


def _stranger(state: dict[str, Any]) -> None:
    state["graph.twins"] = np.array([_SIZE])
    state["graph.firsts"] = np.array([5])


def _twice(state: dict[str, Any]) -> None:
    state["graph.twins"] = np.array([7, 7])
    state["graph.firsts"] = np.array([5, 5])


def _unnamed(state: dict[str, Any]) -> None:
    del state["graph.levels"]


@pytest.mark.parametrize(
    "spoil",
    [_outside, _long, _too_low, _higher, _swapped, _below_zero, _short, _narrow, _fewer,
     _wider_rows, _flat_rows, _doubles, _rowless, _unnamed,
     _stranger, _twice],
)  # fmt: skip
def test_a_graph_that_would_lead_astray_is_refused(
    spoil: Callable[[dict[str, Any]], None], walked: HNSWIndex
) -> None:
    state = copied(walked.state())
    spoil(state)
    index = small()
    with pytest.raises((ValueError, KeyError)):
        index.restore(state)
    rows = rows_of(1200)
    require_same(ask(fed(index, rows), rows[5]), ask(fed(ExactIndex(), rows), rows[5]))


def test_where_the_draws_are_not_known_graphs_are_made_anew(
    walked: HNSWIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = copied(walked.state())
    monkeypatch.setattr(hnsw_graph, "_MULTIPLIERS", (3,))
    hnsw_graph.per_draw.cache_clear()
    try:
        assert hnsw_graph.per_draw() is None
        assert not [name for name in walked.state() if name.startswith("graph.")]
        resumed = small()
        resumed.restore(state)
        assert resumed._graph is None
        vector = rows_of(1, seed=9)[0]
        assert ask(resumed, vector).ordinals.tolist() == ask(walked, vector).ordinals.tolist()
    finally:
        hnsw_graph.per_draw.cache_clear()


# Threads


def test_threads_may_search_while_another_adds() -> None:
    rows, index = rows_of(3000), small()
    index.apply(change(rows, 0, 1200))

    def search(seed: int) -> list[int]:
        found = [ask(index, v, view=_VIEWS[seed % 2]) for v in rows_of(60, seed)]
        return [len(each.ordinals) for each in found]

    with ThreadPoolExecutor(4) as pool:
        searching = [pool.submit(search, seed) for seed in range(4)]
        for start in range(1200, 3000, 60):
            index.apply(change(rows, start, start + 60))
    assert [each.result() for each in searching] == [[10] * 60] * 4
    assert_equal_states(index, fed(small(), rows))


# Stores

_THINGS = ("boat", "violin", "lamp", "map", "bicycle", "kettle", "ladder", "piano", "mirror", "owl")


def said(count: int) -> list[dict[str, Any]]:
    draw = np.random.default_rng(6)
    return [
        {
            "content": f"The {_THINGS[draw.integers(10)]} number {place} went to the "
            f"{_THINGS[draw.integers(10)]} of {_THINGS[draw.integers(10)]}s.",
            "session": f"s{place // 20}",
            "timestamp": NOON + timedelta(minutes=place),
        }
        for place in range(count)
    ]


def with_graph(**options: Any) -> dict[str, Any]:
    return {"indexers": [KeywordIndex, partial(HNSWIndex, **options)]}


def test_a_store_with_it_answers_a_small_scope_like_one_without(make_store: MakeStore) -> None:
    hits = []
    for name, options in (("graph.mem", with_graph()), ("plain.mem", {})):
        ana = make_store(name, **options).scope(user="ana")
        ana.add(said(300))
        hits.append([ana.search(query, now=NOON) for query in _THINGS])
    assert hits[0] == hits[1]


def test_a_store_that_walks_finds_forgets_and_erases(make_store: MakeStore) -> None:
    store = make_store(**with_graph(exact_below=100, ef_search=100))
    ana = store.scope(user="ana")
    ana.add(said(1200))
    (turn,) = ana.add("Zdravko keeps the zither in the attic.")
    asked = "Where is Zdravko's zither?"
    index = store._parts.cache.get(1).index.turns.indexers["vector"]
    assert ana.search(asked, k=5)[0].id == turn.id
    entry = ana.forget(turn.id)
    assert turn.id not in [hit.id for hit in ana.search(asked, k=50)]
    ana.undo(entry.id)
    assert ana.search(asked, k=5)[0].id == turn.id
    ana.erase(turn.id)
    assert turn.id not in [hit.id for hit in ana.search(asked, k=50)]
    ana.erase()
    assert ana.search(asked) == []
    assert isinstance(index, HNSWIndex)


def test_the_graph_is_in_the_snapshot(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = with_graph(exact_below=1000, ef_search=100)
    with make_store(**options) as store:
        store.scope(user="ana").add(said(4500))
        hits = [store.scope(user="ana").search(thing, now=NOON) for thing in _THINGS]
    monkeypatch.setattr(Graph, "add", None)
    again = make_store(**options).scope(user="ana")
    assert [again.search(thing, now=NOON) for thing in _THINGS] == hits


# Without hnswlib


def test_without_hnswlib_it_says_what_to_install(without_hnswlib: None) -> None:
    with pytest.raises(PluginError, match=r'pip install "memkit-sdk\[hnsw\]"'):
        HNSWIndex()
    with (
        MemoryStore(":memory:", embedder=HashingEmbedder(8), indexers=[HNSWIndex]) as store,
        pytest.raises(PluginError, match="needs the package 'hnswlib'"),
    ):
        store.scope(user="ana").add("I moved.")
        store.scope(user="ana").search("moved")


def test_nothing_else_needs_hnswlib(without_hnswlib: None) -> None:
    assert registry.load("indexers", "hnsw") is HNSWIndex
    with MemoryStore(":memory:", embedder=HashingEmbedder(8)) as store:
        store.scope(user="ana").add("I moved to Lisbon.")
        assert store.scope(user="ana").search("Lisbon")
