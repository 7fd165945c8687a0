"""Needles in a haystack: is one sentence found among any number of others, wherever it stands?"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from memkit.contracts import Embedder
from memkit.recipe import Recipe
from memkit.store import MemoryStore, Scope
from memkit.tokens import default_counter
from memkit.types import Progress

DEPTHS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Where needles stand, as shares of the haystack."""
CONTEXT: Final = 1000
_BATCH: Final = 20_000
_BEGAN: Final = datetime(2020, 1, 1, tzinfo=UTC)
_SUBJECTS: Final = (
    "the market", "our neighbour", "the committee", "a gardener", "the old bridge", "the library",
    "my cousin", "the orchestra", "the weather", "a traveller", "the bakery", "the river",
)  # fmt: skip
_VERBS: Final = (
    "reminded everybody of", "had little to do with", "was praised for", "took a long look at",
    "could not agree on", "waited patiently for", "wrote a letter about", "made room for",
)  # fmt: skip
_OBJECTS: Final = (
    "a quiet afternoon", "the new timetable", "last winter's harvest", "an open window",
    "the colour of the roof", "a borrowed ladder", "the second rehearsal", "a basket of pears",
    "the road to the coast", "an unfinished letter", "the price of flour", "a game of chess",
)  # fmt: skip
_KEPT: Final = (
    "lighthouse", "archive", "greenhouse", "boathouse", "observatory", "cellar", "workshop",
    "chapel", "windmill", "stables",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Needle:
    """One sentence to find: its question, the key that answers, and the share of hay before it."""

    text: str
    question: str
    key: str
    depth: float


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one needle: its rank (0: not among ten), whether the key was in context."""

    tokens: int
    depth: float
    rank: int
    in_context: bool
    seconds: float


def needles(seed: int) -> list[Needle]:
    """One pass key for each depth, and one beside it that differs in the place alone."""
    draw = random.Random(seed)  # noqa: S311
    names = draw.sample(_KEPT, 2 * len(DEPTHS))
    found = []
    for place, name in enumerate(names):
        key = f"{draw.randrange(10_000, 100_000)}"
        text = f"The pass key of the {name} is {key}. Remember it."
        question = f"What is the pass key of the {name}?"
        found.append(Needle(text, question, key, DEPTHS[place % len(DEPTHS)]))
    return found


def hay(seed: int) -> Iterator[str]:
    """Sentences without end that say nothing of keys."""
    draw = random.Random(seed)  # noqa: S311
    while True:
        first, second = draw.sample(_SUBJECTS, 2)
        yield (
            f"{first.capitalize()} {draw.choice(_VERBS)} {draw.choice(_OBJECTS)}, while {second} "
            f"{draw.choice(_VERBS)} {draw.choice(_OBJECTS)}."
        )


def search(
    sizes: Sequence[int], *, seed: int = 0, embedder: Embedder | None,
    recipe: Recipe | None = None, progress: Progress | None = None,
) -> Iterator[Found]:  # fmt: skip
    """Every needle in a haystack of each size (tokens), smallest first.

    The same hay grows: needles at a depth of a larger one stand further down. Each size has a
    store of its own. `progress` is called with (turns stored, turns to store).
    """
    for size in sorted(sizes):
        with MemoryStore(":memory:", embedder=embedder, recipe=recipe) as store:
            scope = store.scope(eval="needle")
            hidden = needles(seed)
            _fill(scope, size, hidden, seed, progress)
            for needle in hidden:
                yield _asked(scope, size, needle)


def _fill(
    scope: Scope, size: int, hidden: Sequence[Needle], seed: int, progress: Progress | None
) -> None:
    count = default_counter().count
    source = hay(seed)
    sample = [next(source) for _ in range(200)]
    each = sum(map(count, sample)) / len(sample)
    total = max(1, round(size / each))
    at: dict[int, list[str]] = {}
    for needle in hidden:
        at.setdefault(min(round(needle.depth * total), total), []).append(needle.text)
    batch: list[dict[str, Any]] = []
    for place, line in zip(range(total + 1), hay(seed), strict=False):
        lines = [*at.get(place, ()), *((line,) if place < total else ())]
        when = _BEGAN + timedelta(minutes=place)
        batch += [
            {"content": one, "timestamp": when, "session": f"s{place // 50}"} for one in lines
        ]
        if len(batch) >= _BATCH or place == total:
            scope.add(batch)
            batch = []
            if progress is not None:
                progress(place, total)


def _asked(scope: Scope, size: int, needle: Needle) -> Found:
    scope.search(needle.question)  # what is built at the first search after a change
    began = time.perf_counter()
    hits = scope.search(needle.question)
    seconds = time.perf_counter() - began
    ranks = [rank for rank, hit in enumerate(hits, 1) if needle.key in hit.text]
    shown = str(scope.context(needle.question, CONTEXT))
    return Found(size, needle.depth, min(ranks, default=0), needle.key in shown, seconds)
