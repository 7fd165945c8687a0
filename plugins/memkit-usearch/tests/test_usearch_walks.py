"""The graph finds what the exact index finds, and leaves to it what a graph cannot do."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
import pytest
from clustered import (
    DIM,
    VIEWS,
    ask,
    change,
    fed,
    recall,
    require_equal_states,
    require_same,
    rows_of,
    small,
)
from memkit_usearch import UsearchIndex
from memkit_usearch.graph import Graph

from memkit.contracts import Indexer
from memkit.errors import PluginError
from memkit.index.exact import ExactIndex
from memkit.testing import check_indexer

_SIZE = 4100  # of which the last four are not linked


@pytest.fixture(scope="module")
def exact() -> Indexer:
    index: Indexer = fed(ExactIndex(), rows_of(_SIZE))
    return index


@pytest.fixture(scope="module")
def walked() -> UsearchIndex:
    """An index of 4,100 records, which no test changes."""
    index: UsearchIndex = fed(small(), rows_of(_SIZE))
    return index


def test_it_keeps_the_contract_with_and_without_a_graph() -> None:
    check_indexer(UsearchIndex)
    check_indexer(partial(UsearchIndex, exact_below=8, ef_search=400))


@pytest.mark.parametrize("view", VIEWS)
def test_the_nearest_are_those_of_the_exact_index(
    view: str, walked: UsearchIndex, exact: Indexer
) -> None:
    assert recall(walked, exact, view=view) >= 0.98
    for vector in rows_of(20, seed=9):
        found, best = ask(walked, vector, 50, view), ask(exact, vector, _SIZE, view)
        true = dict(zip(best.ordinals.tolist(), best.scores.tolist(), strict=True))
        assert found.scores.tolist() == pytest.approx(
            [true[ordinal] for ordinal in found.ordinals.tolist()], abs=1e-5
        )


@pytest.mark.parametrize("view", VIEWS)
def test_it_grows_from_comparing_all_to_walking(view: str) -> None:
    rows, index, oracle = rows_of(2600), small(), ExactIndex()
    for start in range(0, 2600, 200):
        for each in (index, oracle):
            each.apply(change(rows, start, start + 200))
        if start < 800:
            assert index._graph is None
            for vector in rows_of(5, seed=9):
                require_same(ask(index, vector, view=view), ask(oracle, vector, view=view))
        else:
            assert recall(index, oracle, view=view) >= 0.98
            assert index._graph is not None
            assert 0 <= start + 200 - len(index._graph) < (start + 200) / 32


@pytest.mark.parametrize("view", VIEWS)
def test_the_newest_records_are_found_before_they_are_linked(view: str) -> None:
    rows = rows_of(2111)
    index, oracle = fed(small(), rows), fed(ExactIndex(), rows)
    for ordinal in range(2048, 2111):
        found, best = (ask(each, rows[ordinal], view=view) for each in (index, oracle))
        assert found.ordinals[0] == best.ordinals[0]
    assert index._graph.covered == 2048


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("share", [0.95, 0.6, 0.3, 0.05, 0.002])
def test_a_filter_loses_no_hit(
    share: float, view: str, walked: UsearchIndex, exact: Indexer
) -> None:
    allowed = np.random.default_rng(2).random(_SIZE) < share
    for limit in (3, 30):
        assert recall(walked, exact, view=view, limit=limit, allowed=allowed) >= 0.98
    if share <= 0.2:
        for vector in rows_of(5, seed=9):
            require_same(
                ask(walked, vector, 10, view, allowed), ask(exact, vector, 10, view, allowed)
            )


@pytest.mark.parametrize("view", VIEWS)
def test_where_only_what_is_far_away_is_allowed_everything_is_compared(
    view: str, walked: UsearchIndex, exact: Indexer
) -> None:
    for vector in rows_of(5, seed=9):
        allowed = np.zeros(_SIZE, np.bool_)
        allowed[ask(exact, vector, _SIZE, view).ordinals[2000:]] = True
        require_same(ask(walked, vector, 10, view, allowed), ask(exact, vector, 10, view, allowed))


def test_links_that_lead_to_too_few_are_made_up_for(
    monkeypatch: pytest.MonkeyPatch, walked: UsearchIndex, exact: Indexer
) -> None:
    monkeypatch.setattr(Graph, "walk", lambda *_: np.array([3], np.int64))
    for vector in rows_of(5, seed=9):
        require_same(ask(walked, vector), ask(exact, vector))


@pytest.mark.parametrize("view", VIEWS)
def test_a_limit_beyond_the_size_gives_all_and_one_of_nothing_nothing(
    view: str, walked: UsearchIndex, exact: Indexer
) -> None:
    vector = rows_of(1, seed=9)[0]
    require_same(ask(walked, vector, 9000, view), ask(exact, vector, 9000, view))
    assert len(ask(walked, vector, 1000, view).ordinals) == 1000
    assert not len(ask(walked, vector, 0, view).ordinals)


@pytest.mark.parametrize(("share", "kinds"), [(0.4, 1), (0.4, 30), (0.9, 5)])
def test_what_is_said_again_and_again_hides_nothing(share: float, kinds: int) -> None:
    rows, draw = rows_of(3000), np.random.default_rng(3)
    again = draw.random(3000) < share
    rows[again] = rows[:kinds][draw.integers(0, kinds, again.sum())]
    index, oracle = fed(small(), rows), fed(ExactIndex(), rows)
    assert recall(index, oracle) >= 0.98
    for limit in (5, 40):
        found = ask(index, rows[0], limit)
        assert found.ordinals.tolist() == ask(oracle, rows[0], limit).ordinals.tolist()
        assert len(set(found.scores.tolist())) == 1


def test_a_record_without_a_vector_is_never_found() -> None:
    rows = rows_of(2000)
    holes = np.r_[0, 7:1900:3, 1999]
    rows[holes] = 0.0
    index, oracle = fed(small(), rows), fed(ExactIndex(), rows)
    assert recall(index, oracle) >= 0.98
    for vector in rows_of(10, seed=9):
        for limit in (10, 2000):
            assert not np.isin(ask(index, vector, limit).ordinals, holes).any()


@pytest.mark.parametrize("count", [0, 1, 1500])
def test_nothing_but_records_without_vectors_is_nothing(count: int) -> None:
    index = fed(small(exact_below=1), np.zeros((count, DIM), np.float32))
    for view in VIEWS:
        assert not len(ask(index, rows_of(1)[0], view=view).ordinals)


def test_the_graph_of_before_a_reset_is_gone() -> None:
    index = fed(small(), rows_of(1500, seed=1))
    ask(index, rows_of(1)[0])
    rows = rows_of(1200, seed=2)
    require_equal_states(fed(index, rows), fed(small(), rows))


def test_linking_that_was_broken_off_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(2500)
    index, link, left = fed(small(), rows), Graph.link, iter(range(40))

    def interrupted(*given: Any) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        link(*given)

    with monkeypatch.context() as patch:
        patch.setattr(Graph, "link", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ask(index, rows[0])
    require_equal_states(index, fed(small(), rows))


def test_threads_may_search_while_another_adds() -> None:
    rows, index = rows_of(3000), small()
    index.apply(change(rows, 0, 1200))

    def search(seed: int) -> list[int]:
        found = [ask(index, v, view=VIEWS[seed % 2]) for v in rows_of(60, seed)]
        return [len(each.ordinals) for each in found]

    with ThreadPoolExecutor(4) as pool:
        searching = [pool.submit(search, seed) for seed in range(4)]
        for start in range(1200, 3000, 60):
            index.apply(change(rows, start, start + 60))
    assert [each.result() for each in searching] == [[10] * 60] * 4
    require_equal_states(index, fed(small(), rows))


def test_without_usearch_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usearch", None)
    with pytest.raises(PluginError, match=r"pip install --force-reinstall usearch"):
        UsearchIndex()
