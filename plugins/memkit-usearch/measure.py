"""The nearest ten by each index over the vectors of synthetic turns: how fast, and how sure.

python measure.py 10000 100000
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice

import numpy as np
from memkit_usearch import UsearchIndex

from memkit import MemoryStore
from memkit.contracts import ChangeSet, Indexer
from memkit.evals.bench import synthetic
from memkit.evals.nearest import Collected, K, collect
from memkit.index.exact import ExactIndex
from memkit.index.hnsw import HNSWIndex
from memkit.index.vector import VectorIndex

_BATCH = 10_000
_QUERIES = 200
_VIEWS = ("turn", "window")


def _collected(size: int) -> Collected:
    """The vectors of so many turns in one scope, and queries that none of them is."""
    with MemoryStore(":memory:") as store:
        scope, turns = store.scope(user="bench"), synthetic(size, 1)
        while batch := list(islice(turns, _BATCH)):
            scope.add(batch)
        return collect(scope, [turn["content"] for turn in synthetic(_QUERIES, 2)])


def _indexes() -> Iterator[tuple[str, Indexer]]:
    yield "exact", ExactIndex()
    yield "vector (default)", VectorIndex()
    if find_spec("hnswlib") is not None:
        yield "hnsw", HNSWIndex()
    yield "usearch", UsearchIndex()


def _measured(index: Indexer, collected: Collected) -> Iterator[tuple[float, list[set[int]]]]:
    """For each view the median milliseconds of a query, and what was found."""
    for view in _VIEWS:
        times, answers = [], []
        for query in collected.queries:
            began = time.perf_counter()
            found = index.search(query, K, view=view)
            times.append(time.perf_counter() - began)
            answers.append(set(found.ordinals.tolist()))
        yield float(np.median(times)) * 1000, answers


def _measure(size: int) -> None:
    collected = _collected(size)
    rows = collected.vectors
    change = ChangeSet(
        0, True, np.zeros(0, np.uint64), np.zeros(len(rows) + 1, np.int64), rows,
        collected.sessions, collected.previous,
    )  # fmt: skip
    oracle: list[list[set[int]]] = []
    for name, index in _indexes():
        index.apply(change)
        began = time.perf_counter()
        index.search(collected.queries[0], K)  # which links the records
        built = time.perf_counter() - began
        measured = list(_measured(index, collected))
        oracle = oracle or [answers for _, answers in measured]
        parts = [f"{size:>8,} {name:<17} first {built:7.1f} s"]
        for view, (milliseconds, answers), best in zip(_VIEWS, measured, oracle, strict=True):
            shares = [len(one & two) / len(two) for one, two in zip(answers, best, strict=True)]
            parts.append(f"{view} {milliseconds:6.2f} ms, recall@10 {np.mean(shares):.3f}")
        sys.stdout.write("   ".join(parts) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    for given in sys.argv[1:]:
        _measure(int(given))
