"""Which records have the row of an earlier one."""

from __future__ import annotations

import numpy as np
import pytest

from memkit.index.twins import Twins
from memkit.types import Floats


def distinct_rows() -> Floats:
    """Forty rows, no two alike."""
    return np.random.default_rng(4).standard_normal((40, 24)).astype(np.float32)


def test_rows_whose_hashes_meet_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = distinct_rows()
    rows[[10, 30]] = rows[3]
    rows[20] = rows[0]
    monkeypatch.setattr(
        "memkit.index.twins._hashes", lambda ordinals, rows_at: np.zeros(len(ordinals), np.uint64)
    )
    for stops in ([40], [5, 20, 21, 40]):
        twins, start, fresh = Twins(), 0, list[int]()
        for stop in stops:
            fresh += twins.take_in(np.arange(start, stop), rows.__getitem__).tolist()
            start = stop
        assert fresh == [ordinal for ordinal in range(40) if ordinal != 20]
        assert twins.spread(np.array([0]), 9, None).tolist() == [0, 20]


def test_twins_are_spread_nearest_first_and_no_more_than_needed() -> None:
    rows = distinct_rows()
    rows[20:30] = rows[4]
    rows[[8, 35]] = rows[6]
    twins = Twins()
    assert len(twins.take_in(np.arange(40), rows.__getitem__)) == 28
    assert twins.spread(np.array([6, 1, 4]), 2, None).tolist() == [6, 8]
    assert twins.spread(np.array([6, 1, 4]), 5, None).tolist() == [1, 4, 6, 8, 20, 21, 22, 23, 35]
    allowed = np.ones(40, np.bool_)
    allowed[[4, 6, 20, 21]] = False
    assert twins.spread(np.array([4, 6]), 3, allowed).tolist() == [22, 23, 24]
    assert twins.spread(np.array([4, 6]), 99, allowed).tolist() == [8, *range(22, 30), 35]
    assert twins.spread(np.array([2, 1]), 1, None).tolist() == [1, 2]
