"""What holds of the tree of domains, topics and episodes, however it has grown."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from memkit.index.hierarchy_levels import halves
from memkit.index.hierarchy_tree import Shape, Tree
from memkit.types import Floats, Ints, Mask

_DIM = 8
_SMALL = Shape(likeness=0.5, episode=3, topic=4, domain=3, batch=5)


def having(rows: Floats) -> Mask:
    """Which rows are vectors."""
    some: Mask = np.asarray(rows.any(axis=1))
    return some


def records_beneath(tree: Tree) -> list[Ints]:
    """The records of each episode."""
    counts = tree.episodes.counts.values
    return [
        tree.episodes.records_of(np.array([number]))
        if counts[number] > 1
        else tree.episodes.first.values[[number]]
        for number in range(len(tree.episodes))
    ]


def require_sound(tree: Tree, shape: Shape, rows: Floats, previous: Ints) -> None:
    mask = having(rows)
    assert len(rows) - tree.covered < shape.batch and tree.covered % shape.batch == 0
    beneath = records_beneath(tree)
    every = np.concatenate([np.zeros(0, np.int64), *beneath])
    assert sorted(every.tolist()) == np.flatnonzero(mask[: tree.covered]).tolist()
    for records in beneath:
        require_consecutive(records.tolist(), mask, previous)
        assert 1 <= len(records) <= shape.episode
    require_level(tree.topics, tree.episodes.parents.values, shape.topic)
    require_level(tree.domains, tree.topics.parents.values, shape.domain)
    topics = [np.concatenate([beneath[e] for e in kids]) for kids in tree.topics.children]
    domains = [np.concatenate([topics[t] for t in kids]) for kids in tree.domains.children]
    require_means(tree.topics, topics, rows)
    require_means(tree.domains, domains, rows)
    for number, records in enumerate(beneath):
        sums = tree.episodes.vectors(np.array([number]), rows)[0]
        np.testing.assert_allclose(sums / len(records), rows[records].mean(axis=0), atol=1e-5)


def require_consecutive(records: list[int], mask: Mask, previous: Ints) -> None:
    """Each follows the one before it in its session, but for records without vector."""
    for earlier, later in pairwise(records):
        before = int(previous[later])
        while before >= 0 and not mask[before]:
            before = int(previous[before])
        assert before == earlier


def require_level(level: Any, parents: Ints, bound: int) -> None:
    """Children know their parents, parents their children, and none has too many."""
    children = np.concatenate([np.zeros(0, np.int64), *level.children])
    assert sorted(children.tolist()) == list(range(len(parents)))
    for node, kids in enumerate(level.children):
        assert 1 <= len(kids) <= bound
        assert (np.diff(kids) > 0).all()
        assert (parents[kids] == node).all()


def require_means(level: Any, beneath: list[Ints], rows: Floats) -> None:
    for node, records in enumerate(beneath):
        assert level.counts.values[node] == len(records)
        mean = level.sums.values[node] / len(records)
        np.testing.assert_allclose(mean, rows[records].mean(axis=0), atol=1e-5)
        length = np.linalg.norm(level.sums.values[node])
        np.testing.assert_allclose(level.lengths.values[node], length, rtol=1e-5, atol=1e-6)


class Growing(RuleBasedStateMachine):
    """A tree that grows by stretches of any length, in any session, about anything."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = np.zeros((0, _DIM), np.float32)
        self.previous: list[int] = []
        self.latest: dict[int, int] = {}
        self.tree = Tree(_DIM, _SMALL)

    @rule(session=st.integers(0, 3), count=st.integers(1, 12), seed=st.integers(0, 50),
          spread=st.sampled_from([0.0, 0.3, 3.0]))  # fmt: skip
    def say(self, session: int, count: int, seed: int, spread: float) -> None:
        dice = np.random.default_rng(seed)
        rows = dice.standard_normal(_DIM) + spread * dice.standard_normal((count, _DIM))
        rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        self._add(session, rows)

    @rule(session=st.integers(0, 3), count=st.integers(1, 6))
    def say_nothing_of_use(self, session: int, count: int) -> None:
        self._add(session, np.zeros((count, _DIM)))

    def _add(self, session: int, rows: Any) -> None:
        for ordinal in range(len(self.rows), len(self.rows) + len(rows)):
            self.previous.append(self.latest.get(session, -1))
            self.latest[session] = ordinal
        self.rows = np.concatenate([self.rows, rows.astype(np.float32)])
        self.tree.grow(self.rows, having(self.rows), np.array(self.previous))

    @invariant()
    def is_sound(self) -> None:
        require_sound(self.tree, _SMALL, self.rows, np.array(self.previous, np.int64))

    def teardown(self) -> None:
        """However the records came, the tree is the same; and so is one taken up."""
        mask, previous = having(self.rows), np.array(self.previous, np.int64)
        whole, restored = Tree(_DIM, _SMALL), Tree(_DIM, _SMALL)
        whole.grow(self.rows, mask, previous)
        restored.restore(self.tree.state(), self.rows, mask)
        for other in (whole, restored):
            for name, array in self.tree.state().items():
                np.testing.assert_array_equal(other.state()[name], array)
        require_sound(restored, _SMALL, self.rows, previous)


TestGrowing = Growing.TestCase
TestGrowing.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, derandomize=True
)


def test_a_tree_of_many_records_keeps_its_bounds() -> None:
    dice = np.random.default_rng(1)
    rows = np.repeat(dice.standard_normal((200, _DIM)), 10, axis=0)
    rows += 0.4 * dice.standard_normal(rows.shape)
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    rows[dice.random(2000) < 0.1] = 0.0
    previous = np.arange(-7, 1993)  # seven sessions side by side
    previous[:7] = -1
    shape = Shape(likeness=0.5, topic=8, domain=6, batch=64)
    tree = Tree(_DIM, shape)
    tree.grow(rows, having(rows), previous)
    require_sound(tree, shape, rows, previous)
    assert len(tree.domains) > 5 and len(tree.topics) > 30


@pytest.mark.parametrize("bounds", [{"topic": 1}, {"domain": 1}, {"episode": 0}, {"batch": 0}])
def test_bounds_that_hold_nothing_are_refused(bounds: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="cannot hold anything"):
        Shape(**bounds)


def test_two_groups_are_told_apart() -> None:
    dice = np.random.default_rng(3)
    rows = 0.1 * dice.standard_normal((20, _DIM)).astype(np.float32)
    rows[::2, 0] += 1.0
    rows[1::2, 1] += 1.0
    second = halves(rows)
    assert len(set(second[::2])) == len(set(second[1::2])) == 1
    assert second[0] != second[1]


@given(count=st.integers(2, 40), seed=st.integers(0, 20), twins=st.booleans())
def test_no_half_is_much_the_smaller(count: int, seed: int, twins: bool) -> None:
    dice = np.random.default_rng(seed)
    rows = dice.standard_normal((1 if twins else count, _DIM)).astype(np.float32)
    second = halves(np.repeat(rows, count // len(rows), axis=0))
    assert min(second.sum(), (~second).sum()) >= max(1, count // 4)
