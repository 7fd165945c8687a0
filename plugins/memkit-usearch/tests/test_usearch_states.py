"""A graph that is written down goes on as if it had not been; one that does not fit is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from clustered import (
    VIEWS,
    ask,
    change,
    copied,
    fed,
    require_equal_states,
    require_same,
    rows_of,
    small,
)
from memkit_usearch import UsearchIndex, graph
from memkit_usearch.graph import Graph

from memkit.index.exact import ExactIndex

_SIZE = 4096


@pytest.fixture(scope="module")
def walked() -> UsearchIndex:
    """An index of 4,096 records, which no test changes."""
    index: UsearchIndex = fed(small(), rows_of(_SIZE))
    return index


@pytest.fixture
def another_format(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A usearch that writes graphs down in another way."""
    monkeypatch.setattr(graph, "_HEAD", np.dtype([*graph._HEAD.descr, ("more", "<u8")]))
    graph._understood.cache_clear()
    yield
    graph._understood.cache_clear()


def test_what_this_usearch_writes_down_is_understood() -> None:
    assert graph._understood()


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
        require_equal_states(first, other)


@pytest.mark.parametrize("first", [2047, 1500, 400])
def test_a_graph_taken_up_goes_on_as_if_it_had_never_been_written_down(first: int) -> None:
    rows = rows_of(2400)
    rows[[3, 700]] = 0.0
    rows[5:2400:9] = rows[4]
    rows[2000:] = rows[1000:1400]
    whole = fed(small(), rows[:first])
    resumed = small()
    resumed.restore(copied(whole.state()))
    for start, stop in ((first, first), (first, first + 1), (first + 1, 2400)):
        if stop > start:
            whole.apply(change(rows, start, stop))
            resumed.apply(change(rows, start, stop))
        for vector in rows_of(20, seed=9):
            for view in VIEWS:
                found, expected = (ask(each, vector, view=view) for each in (resumed, whole))
                assert found.ordinals.tolist() == expected.ordinals.tolist()
                assert found.scores.tolist() == expected.scores.tolist()
    require_equal_states(resumed, whole)


def test_a_graph_taken_up_is_not_linked_anew(
    walked: UsearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = copied(walked.state())
    resumed = small()
    resumed.restore(state)
    monkeypatch.setattr(Graph, "link", None)
    vector = rows_of(1, seed=9)[0]
    assert ask(resumed, vector).ordinals.tolist() == ask(walked, vector).ordinals.tolist()


@pytest.mark.usefixtures("another_format")
def test_where_graphs_are_written_in_another_way_they_are_made_anew(walked: UsearchIndex) -> None:
    assert not graph._understood()
    assert not [name for name in walked.state() if name.startswith("graph.")]


def test_links_of_a_way_that_is_not_known_are_left_alone(
    walked: UsearchIndex, request: pytest.FixtureRequest
) -> None:
    state = copied(walked.state())
    request.getfixturevalue("another_format")
    resumed = small()
    resumed.restore(state)
    assert resumed._graph is None
    vector = rows_of(1, seed=9)[0]
    assert ask(resumed, vector).ordinals.tolist() == ask(walked, vector).ordinals.tolist()


@pytest.mark.parametrize("options", [{"m": 8}, {"ef_construction": 100}])
def test_a_graph_made_with_other_parameters_is_refused(
    options: dict[str, int], walked: UsearchIndex
) -> None:
    with pytest.raises(ValueError, match="other parameters"):
        small(**options).restore(copied(walked.state()))


def _another_usearch(state: dict[str, Any]) -> None:
    state["graph.made"][17] += 1  # the second number of the version


def _outside(state: dict[str, Any]) -> None:
    state["graph.lowest"][5, 1] = _SIZE


def _long(state: dict[str, Any]) -> None:
    state["graph.lowest"][5, 0] = 2**31


def _too_low(state: dict[str, Any]) -> None:
    state["graph.upper"][1] = np.flatnonzero(state["graph.levels"] == 0)[0]


def _higher(state: dict[str, Any]) -> None:
    state["graph.levels"][9] += 1


def _below_zero(state: dict[str, Any]) -> None:
    state["graph.levels"][9] = -1


def _short(state: dict[str, Any]) -> None:
    state["graph.lowest"] = state["graph.lowest"][:-1]


def _narrow(state: dict[str, Any]) -> None:
    state["graph.lowest"] = state["graph.lowest"].astype(np.uint16)


def _fewer(state: dict[str, Any]) -> None:
    for name in ("rows", "norms", "known", "previous"):
        state[name] = state[name][:-1]


def _flat_rows(state: dict[str, Any]) -> None:
    state["rows"] = state["rows"][:, 0].copy()


def _doubles(state: dict[str, Any]) -> None:
    state["rows"] = state["rows"].astype(np.float64)


def _stranger(state: dict[str, Any]) -> None:
    state["graph.twins"] = np.array([_SIZE])
    state["graph.firsts"] = np.array([5])


def _unnamed(state: dict[str, Any]) -> None:
    del state["graph.levels"]


@pytest.mark.parametrize(
    "spoil",
    [_another_usearch, _outside, _long, _too_low, _higher, _below_zero, _short, _narrow, _fewer,
     _flat_rows, _doubles, _unnamed, _stranger],
)  # fmt: skip
def test_a_graph_that_would_lead_astray_is_refused(
    spoil: Callable[[dict[str, Any]], None], walked: UsearchIndex
) -> None:
    state = copied(walked.state())
    spoil(state)
    index = small()
    with pytest.raises((ValueError, KeyError)):
        index.restore(state)
    rows = rows_of(1200)
    require_same(ask(fed(index, rows), rows[5]), ask(fed(ExactIndex(), rows), rows[5]))
