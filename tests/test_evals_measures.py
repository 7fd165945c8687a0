"""Measures, against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from memkit.evals.measures import (
    bootstrap,
    distinct,
    ndcg,
    paired_bootstrap,
    ranking_measures,
    recall,
    reciprocal_rank,
    wilson,
)

RANKED = ["a", "b", "c", "d", "e", "f"]


def test_recall_is_the_share_of_the_evidence_among_the_first() -> None:
    assert recall(RANKED, ("b", "e", "x"), 1) == 0.0
    assert recall(RANKED, ("b", "e", "x"), 2) == pytest.approx(1 / 3)
    assert recall(RANKED, ("b", "e", "x"), 5) == pytest.approx(2 / 3)
    assert recall([], ("b",), 5) == 0.0


def test_reciprocal_rank_is_of_the_first_evidence() -> None:
    assert reciprocal_rank(RANKED, ("e", "c")) == pytest.approx(1 / 3)
    assert reciprocal_rank(RANKED, ("x",)) == 0.0


def test_ndcg_discounts_by_rank_and_knows_the_best_order() -> None:
    best = 1 + 1 / math.log2(3)
    assert ndcg(RANKED, ("a", "b"), 10) == pytest.approx(1.0)
    assert ndcg(RANKED, ("b", "d"), 10) == pytest.approx(
        (1 / math.log2(3) + 1 / math.log2(5)) / best
    )
    assert ndcg(RANKED, ("b", "d"), 3) == pytest.approx(1 / math.log2(3) / best)
    many = [f"{n}" for n in range(12)]
    assert ndcg(many, many, 10) == pytest.approx(1.0)  # no order can hold 12 in 10


def test_every_measure_of_one_ranking() -> None:
    ranked = [f"r{n}" for n in range(60)]
    found = ranking_measures(ranked, ("r0", "r9", "r19", "r55"))
    assert found["recall@1"] == found["recall@5"] == 0.25
    assert (found["recall@10"], found["recall@20"], found["recall@50"]) == (0.5, 0.75, 0.75)
    assert (found["any@10"], found["all@10"], found["mrr"]) == (1.0, 0.0, 1.0)
    assert (found["any@1"], found["any@20"], found["all@20"]) == (1.0, 1.0, 0.0)
    assert found["ndcg@1"] == 1.0 and found["ndcg@5"] == ndcg(ranked, ("r0", "r9", "r19", "r55"), 5)
    assert ranking_measures(ranked, ("r3", "r4"))["all@10"] == 1.0
    assert ranking_measures(ranked, ("r3", "r4"))["all@5"] == 1.0
    assert ranking_measures(ranked, ("r55",))["mrr"] == 0.0  # beyond the depth


def test_sessions_are_distinct_in_order_of_their_first_hit() -> None:
    assert distinct(["a", "b", "c", "d"], {"a": "s2", "b": "s1", "c": "s2"}) == ["s2", "s1", "d"]


def test_wilson_interval() -> None:
    # 8 of 10, z = 1.96: (0.4901, 0.9433)
    found = wilson(8, 10)
    assert (found.mean, found.n) == (0.8, 10)
    assert found.low == pytest.approx(0.4902, abs=5e-4)
    assert found.high == pytest.approx(0.9433, abs=5e-4)
    assert wilson(0, 5).low == 0.0 and wilson(5, 5).high == 1.0 and wilson(0, 0).n == 0


def test_bootstrap_draws_conversations_and_is_seeded() -> None:
    values = [1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0]
    clusters = ["x"] * 3 + ["y"] * 3 + ["z"] * 3
    found = bootstrap(values, clusters)
    assert found == bootstrap(values, clusters)
    assert found.mean == pytest.approx(2 / 3)
    assert (found.low, found.high) == (0.0, 1.0)  # yyy and xxx are each drawn 1 time in 27
    assert bootstrap([0.5] * 9, clusters) == wilson(4.5, 9).__class__(0.5, 0.5, 0.5, 9)


def test_bootstrap_of_few_conversations_draws_questions() -> None:
    found = bootstrap([1.0, 0.0] * 50, ["x"] * 100)
    assert 0.38 < found.low < 0.43 and 0.57 < found.high < 0.62
    assert bootstrap([], []).n == 0


def test_paired_bootstrap_is_of_the_differences() -> None:
    found = paired_bootstrap([0.9, 0.5, 0.7], [0.8, 0.4, 0.6], ["x", "y", "z"])
    assert found.mean == pytest.approx(0.1)
    assert found.low == pytest.approx(0.1) and found.high == pytest.approx(0.1)
    with pytest.raises(ValueError, match="cannot be paired"):
        paired_bootstrap([1.0], [], ["x"])
