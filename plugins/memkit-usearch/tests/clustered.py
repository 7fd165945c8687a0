"""Rows around centres, change sets of them, and questions to an index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import numpy as np
import pytest
from memkit_usearch import UsearchIndex

from memkit.contracts import ChangeSet, Indexer, Query, Scored
from memkit.types import Floats, Mask

DIM = 24
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
VIEWS = ("turn", "window")
small: Callable[..., UsearchIndex] = partial(UsearchIndex, exact_below=1000, ef_search=100)
"""An index that walks from 1,000 records on."""


def rows_of(count: int, seed: int = 4) -> Floats:
    """Unit rows around forty centres."""
    draw = np.random.default_rng(seed)
    centres = np.random.default_rng(1).standard_normal((40, DIM))
    rows = centres[draw.integers(0, 40, count)] + 0.6 * draw.standard_normal((count, DIM))
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
    """The index, after it has taken in the rows."""
    for start in range(0, len(rows), step):
        index.apply(change(rows, start, min(start + step, len(rows))))
    return index


def ask(
    index: Indexer, vector: Floats, limit: int = 10, view: str = "turn", allowed: Mask | None = None
) -> Scored:
    """What it answers."""
    asked = Query("", NOON, limit, (), np.zeros(0, np.uint64), vector)
    return index.search(asked, limit, view=view, allowed=allowed)


def recall(index: Indexer, oracle: Indexer, **options: Any) -> float:
    """The mean share of the oracle's answers that is found, over sixty queries."""
    shares = []
    for vector in rows_of(60, seed=9):
        found, best = ask(index, vector, **options), ask(oracle, vector, **options)
        assert len(found.ordinals) == len(best.ordinals)
        shares.append(np.isin(found.ordinals, best.ordinals).mean())
    return float(np.mean(shares))


def require_same(found: Scored, expected: Scored) -> None:
    """The same records, and scores but for rounding."""
    assert found.ordinals.tolist() == expected.ordinals.tolist()
    assert found.scores == pytest.approx(expected.scores, abs=1e-5)


def require_equal_states(one: Indexer, other: Indexer) -> None:
    """The same links, to the bit."""
    states = one.state(), other.state()
    assert states[0] is not None and states[1] is not None
    assert "graph.upper" in states[0] and states[0].keys() == states[1].keys()
    for name, array in states[0].items():
        assert np.array_equal(array, states[1][name]), name


def copied(state: Any) -> dict[str, Any]:
    """The state with arrays of its own."""
    return {name: array.copy() for name, array in state.items()}
