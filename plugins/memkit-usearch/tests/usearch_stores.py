"""Stores whose vectors are walked, as the tests and other processes both open them.

    python usearch_stores.py PATH COUNT

adds messages until the store has COUNT of them, asks, says so, and waits to be closed or killed.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from memkit_usearch import UsearchIndex

from memkit import Hit, MemoryStore, Scope
from memkit.embed.hashing import HashingEmbedder
from memkit.index.keyword import KeywordIndex
from memkit.store import snapshots

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
THINGS = "boat violin lamp map bicycle kettle ladder piano mirror owl".split()


def opened(path: Path, vectors: Any = None) -> MemoryStore:
    """A store that walks from 300 records on, and has snapshots of a few."""
    snapshots.LEAST_RECORDS = 8  # type: ignore[misc]
    walking = partial(UsearchIndex, exact_below=300, ef_search=100)
    ticks = count()
    return MemoryStore(
        path, embedder=HashingEmbedder(32), indexers=[KeywordIndex, vectors or walking],
        clock=lambda: NOON + timedelta(seconds=next(ticks)),
    )  # fmt: skip


def said(size: int) -> list[dict[str, Any]]:
    """The first so many messages."""
    draw = np.random.default_rng(6)
    return [
        {
            "id": f"m{place}",
            "content": f"The {THINGS[draw.integers(10)]} number {place} went to the "
            f"{THINGS[draw.integers(10)]} of {THINGS[draw.integers(10)]}s.",
            "session": f"s{place // 20}",
            "timestamp": NOON + timedelta(minutes=place),
        }
        for place in range(size)
    ]


def answers(scope: Scope) -> list[list[Hit]]:
    """What it says about each thing, by words and vectors."""
    return [scope.search(thing, now=NOON) for thing in THINGS]


def main(path: str, size: int) -> None:
    """Add, ask, say so, wait."""
    with opened(Path(path)) as store:
        ana = store.scope(user="ana")
        ana.add(said(size))
        answers(ana)
        sys.stdout.write("added\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
