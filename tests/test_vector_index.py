"""The default vector index in large scopes: near the exact one, by a fraction of the products."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from conftest import NOON

from memkit.contracts import ChangeSet, Indexer, Query
from memkit.index.exact import ExactIndex
from memkit.index.vector import VectorIndex
from memkit.testing import check_indexer
from memkit.types import Floats

_DIM = 128


def rows_of(count: int, seed: int = 4) -> Floats:
    """Unit rows around thirty centres, the same for every seed."""
    centres = np.random.default_rng(1).standard_normal((30, _DIM))
    draw = np.random.default_rng(seed)
    rows = centres[draw.integers(0, 30, count)] + 0.7 * draw.standard_normal((count, _DIM))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32)


def fed(index: Indexer, rows: Floats, step: int) -> Indexer:
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        ordinals = np.arange(start, start + len(part))
        index.apply(ChangeSet(
            start, start == 0, np.zeros(0, np.uint64), np.zeros(len(part) + 1, np.int64), part,
            ordinals // 10, np.where(ordinals % 10, ordinals - 1, -1),
        ))  # fmt: skip
    return index


def asked(vector: Floats) -> Query:
    return Query("", NOON, 10, (), np.zeros(0, np.uint64), vector)


def test_it_keeps_the_contract_on_both_sides_of_its_bound() -> None:
    check_indexer(VectorIndex)
    check_indexer(partial(VectorIndex, components=1))


@pytest.mark.parametrize("view", ["turn", "window"])
def test_the_nearest_are_those_of_the_exact_index(view: str) -> None:
    rows = rows_of(6000)
    index = fed(VectorIndex(components=1 << 16, shortlist=400), rows, 1000)
    exact = fed(ExactIndex(), rows, 6000)
    shares = []
    for vector in rows_of(40, seed=9):
        found = index.search(asked(vector), 10, view=view)
        best = exact.search(asked(vector), 10, view=view)
        shares.append(np.isin(found.ordinals, best.ordinals).mean())
        whole = exact.search(asked(vector), 6000, view=view)
        true = dict(zip(whole.ordinals.tolist(), whole.scores.tolist(), strict=True))
        for ordinal, score in zip(found.ordinals.tolist(), found.scores.tolist(), strict=True):
            assert score == pytest.approx(true[ordinal], abs=1e-4)
    assert np.mean(shares) >= 0.95


@pytest.mark.parametrize("view", ["turn", "window"])
def test_it_does_not_matter_in_which_portions_records_came(view: str) -> None:
    rows = rows_of(1500)
    rows[[3, 700, 1499]] = 0.0
    ways = [fed(VectorIndex(components=1 << 16, shortlist=90), rows, n) for n in (1500, 1, 333)]
    for vector in rows_of(8, seed=9):
        first, *others = [way.search(asked(vector), 40, view=view) for way in ways]
        for other in others:
            assert np.array_equal(first.ordinals, other.ordinals)
            assert np.array_equal(first.scores, other.scores)
        if view == "turn":
            assert not np.isin([3, 700, 1499], first.ordinals).any()


def test_few_allowed_records_are_all_compared() -> None:
    rows = rows_of(3000)
    index = fed(VectorIndex(components=1 << 16, shortlist=100), rows, 3000)
    exact = fed(ExactIndex(), rows, 3000)
    allowed = np.zeros(3000, bool)
    allowed[7::40] = True
    for vector in rows_of(8, seed=9):
        found = index.search(asked(vector), 20, allowed=allowed)
        best = exact.search(asked(vector), 20, allowed=allowed)
        assert np.array_equal(found.ordinals, best.ordinals)


def test_as_many_as_are_asked_for_are_found() -> None:
    rows = rows_of(3000)
    index = fed(VectorIndex(components=1 << 16, shortlist=100), rows, 3000)
    assert len(index.search(asked(rows[0]), 2000).ordinals) == 2000
    assert len(index.search(asked(rows[0]), 9000, view="window").ordinals) == 3000


def test_short_vectors_are_always_compared_exactly() -> None:
    rows = rows_of(400)[:, :32].copy()
    index = fed(VectorIndex(components=64, shortlist=5), rows, 400)
    exact = fed(ExactIndex(), rows, 400)
    found, best = (one.search(asked(rows[5]), 50) for one in (index, exact))
    assert np.array_equal(found.scores, best.scores)
