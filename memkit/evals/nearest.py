"""The nearest ten by several vector indexes over the vectors of one scope: how fast, how sure."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, ClassVar, Final

import numpy as np

from memkit.contracts import ChangeSet, Indexer, Query, Ranking, Retriever, Scored, View
from memkit.index.exact import ExactIndex
from memkit.retrieve.scaling import nothing
from memkit.types import Floats, Ints

K: Final = 10
_AT_ONCE: Final = 1 << 16
_LEVEL: Final = 1e-4
"""A record whose cosine is so near to that of the tenth is as good as the tenth."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One index: median time of a query in milliseconds, share of the exact nearest found."""

    name: str
    milliseconds: float
    recall: float
    build_seconds: float | None
    answers: Sequence[Scored] = field(repr=False)


@dataclass(slots=True)
class Collected:
    """The columns of a scope's turns that vector indexes take, and what the scope's own says."""

    vectors: Floats
    sessions: Ints
    previous: Ints
    queries: list[Query]
    answers: list[Scored]
    seconds: list[float]


class _Collecting(Retriever):
    """Ranks nothing; asks the scope's vector index, and looks at its clock."""

    name: ClassVar[str] = "collecting"

    def __init__(self) -> None:
        self.collected: Collected | None = None

    def retrieve(self, query: Query, view: View) -> Ranking:
        """Nothing."""
        if self.collected is None:
            turns = view.turns
            ordinals = np.arange(turns.size)
            parts = [
                turns.vectors(ordinals[start : start + _AT_ONCE])
                for start in range(0, turns.size, _AT_ONCE)
            ]
            rows = np.concatenate([part for part in parts if part is not None])
            self.collected = Collected(
                rows, turns.sessions.copy(), turns.previous.copy(), [], [], []
            )
        began = time.perf_counter()
        found = view.turns.search("vector", query, K)
        self.collected.seconds.append(time.perf_counter() - began)
        self.collected.queries.append(query)
        self.collected.answers.append(found)
        return nothing()


def collect(scope: Any, queries: Sequence[str]) -> Collected:
    """Ask a scope that has vectors, and copy them."""
    collecting = _Collecting()
    for query in queries:
        scope.search(query, k=K, retriever=collecting)
    assert collecting.collected is not None
    return collecting.collected


def exact(collected: Collected) -> Measured:
    """The exact index: the oracle for the others."""
    index = _filled(ExactIndex(), collected)
    milliseconds, answers = _asked(index, collected.queries)
    return Measured("exact", milliseconds, 1.0, None, answers)


def beside(collected: Collected, oracle: Measured) -> Iterator[Measured]:
    """The scope's own index, the exact one, and where hnswlib is installed the graph."""
    own = float(np.median(collected.seconds)) * 1000
    share = recall(collected.answers, oracle.answers)
    yield Measured("default", own, share, None, collected.answers)
    yield oracle
    if find_spec("hnswlib") is not None:
        yield _graph(collected, oracle)


def recall(found: Sequence[Scored], expected: Sequence[Scored]) -> float:
    """The mean share of each query's nearest that was found; what ties with the last is as good."""
    shares = []
    for one, best in zip(found, expected, strict=True):
        if len(best.ordinals):
            good = np.isin(one.ordinals, best.ordinals) | (one.scores >= best.scores[-1] - _LEVEL)
            shares.append(min(1.0, float(good.sum()) / len(best.ordinals)))
    return float(np.mean(shares)) if shares else 1.0


def _graph(collected: Collected, oracle: Measured) -> Measured:
    from memkit.index.hnsw import HNSWIndex

    began = time.perf_counter()
    index = _filled(HNSWIndex(), collected)
    index.search(collected.queries[0], K)  # which links the records
    built = time.perf_counter() - began
    milliseconds, answers = _asked(index, collected.queries)
    return Measured("HNSW", milliseconds, recall(answers, oracle.answers), built, answers)


def _filled(index: Indexer, collected: Collected) -> Indexer:
    size = len(collected.vectors)
    index.apply(
        ChangeSet(
            0, True, np.zeros(0, np.uint64), np.zeros(size + 1, np.int64), collected.vectors,
            collected.sessions, collected.previous,
        )
    )  # fmt: skip
    return index


def _asked(index: Indexer, queries: Sequence[Query]) -> tuple[float, list[Scored]]:
    """The median time of a query in milliseconds, and the answers."""
    times, answers = [], []
    for query in queries:
        began = time.perf_counter()
        answers.append(index.search(query, K))
        times.append(time.perf_counter() - began)
    return float(np.median(times)) * 1000, answers
