"""What recipes cost at length: each in a race with the default, in one process.

Both are given the same turns and asked the same questions in alternation, so that whatever else
the machine does falls on both. Times are the processor's, over all threads.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from memkit.evals import bench
from memkit.evals.verbs import Verbs, verbs
from memkit.recipe import Recipe
from memkit.store import MemoryStore, Scope

WITHIN: Final = 10.0
"""How many times the default's time a recipe may take, or its card says why not."""
ADD: Final = "add"
FIRST: Final = "first"
MAINTAIN: Final = "maintain"
ONE: Final = "one"
AGAIN: Final = "again"
SEARCH: Final = "search"
WRITE: Final = "write"
RECALL: Final = "recall"
ACTS: Final = (ADD, FIRST, MAINTAIN, ONE, AGAIN, SEARCH, WRITE, RECALL)
"""All turns in batches; the first search, which makes the indexes; `maintain` of them all; a turn
by itself; `maintain` after a session more; a search; the recipe's own way to write, beside a turn
by itself; its own way to ask, beside a search. In this order."""

_UNTOLD: Final = "first again"
_BATCH: Final = 1000
_SESSION: Final = 30
_QUERIES: Final = 100


@dataclass(frozen=True, slots=True)
class Act:
    """Milliseconds of the recipe and of the default, and their ratio: medians over the runs."""

    milliseconds: float
    default: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Pace:
    """What a recipe's acts take in a scope of so many turns, by name; see `ACTS`."""

    recipe: str
    turns: int
    acts: Mapping[str, Act]

    @property
    def beyond(self) -> tuple[str, ...]:
        """The acts that take more than ten times what the default does."""
        return tuple(name for name, act in self.acts.items() if act.ratio > WITHIN)


Makers = Mapping[str, Callable[[], Recipe]]


def races(recipes: Makers, turns: int, seed: int = 0, runs: int = 1) -> Iterator[Pace]:
    """Each recipe beside the default, as they are measured."""
    for name, make in recipes.items():
        # Whatever is loaded at first use, and the stems of the words, which are kept.
        _race(name, make, min(turns, _BATCH), seed, 0)
        found = [_race(name, make, turns, seed, run) for run in range(runs)]
        acts: dict[str, Act] = {
            act: Act(*(float(np.median([run[act][which] for run in found])) for which in range(3)))
            for act in ACTS
            if act in found[0]
        }
        yield Pace(name, turns, acts)


@dataclass
class _Runner:
    """One of the two: its scope, and the milliseconds that each of its acts took."""

    scope: Scope
    recipe: Recipe | None = None
    own: Verbs = field(default_factory=Verbs)
    took: dict[str, list[float]] = field(default_factory=dict)

    def run(self, act: str, what: Callable[[], object]) -> None:
        """Do it, and note the time."""
        began = time.process_time()
        what()
        self.took.setdefault(act, []).append((time.process_time() - began) * 1000)


def _race(
    name: str, make: Callable[[], Recipe], turns: int, seed: int, run: int
) -> dict[str, tuple[float, float, float]]:
    """By act: what the recipe took, what the default did, and the ratio."""
    own, recipe = verbs(name), make()
    course = _Course(turns, seed, own)
    with _opened(None, course.end) as plain, _opened(recipe, course.end) as composed:
        runners = [_Runner(composed, recipe, own), _Runner(plain)]
        _run(runners[:: -1 if run % 2 else 1], course)
    times, default = ({a: _sum(a, t) for a, t in one.took.items()} for one in runners)
    del times[_UNTOLD]
    beside = {**default, WRITE: default[ONE], RECALL: default[SEARCH]}
    return {act: (took, beside[act], took / beside[act]) for act, took in times.items()}


def _sum(act: str, times: Sequence[float]) -> float:
    return float(np.sum(times) if act == ADD else np.median(times))


@contextmanager
def _opened(recipe: Recipe | None, end: datetime) -> Iterator[Scope]:
    with (
        TemporaryDirectory(prefix="memkit-") as folder,
        MemoryStore(Path(folder) / "pace.mem", recipe=recipe, clock=lambda: end) as store,
    ):
        yield store.scope(user="bench")


class _Course:
    """The turns and questions of a race, and the moment at its end."""

    def __init__(self, turns: int, seed: int, own: Verbs) -> None:
        self.size = turns
        self.queries = bench.queries(seed)[:_QUERIES]
        self.end = bench.BEGAN + timedelta(minutes=turns + 2 * _SESSION)
        self._places = count()
        self._own = own
        self._messages = bench.synthetic(turns + 2 * _SESSION, seed)

    def batches(self) -> Iterator[list[dict[str, Any]]]:
        """All turns, but for those that come one by one."""
        for start in range(0, self.size, _BATCH):
            yield self.session(min(_BATCH, self.size - start))

    def session(self, size: int = _SESSION) -> list[dict[str, Any]]:
        """The next messages, as the recipe's own verbs would have stored them."""
        taken = list(islice(self._messages, size))
        for message, place in zip(taken, self._places, strict=False):
            message["metadata"] = self._own.metadata(place, str(message["content"]))
        return taken


def _run(runners: Sequence[_Runner], course: _Course) -> None:
    for batch in course.batches():
        _each(runners, ADD, lambda scope: scope.add(batch))  # noqa: B023  # called at once
    _each(runners, FIRST, lambda scope: scope.search(course.queries[0]))
    _each(runners, MAINTAIN, lambda scope: scope.maintain())
    for message in course.session():
        _each(runners, ONE, lambda scope: scope.add(message))  # noqa: B023
    _each(runners, AGAIN, lambda scope: scope.maintain())
    _each(runners, _UNTOLD, lambda scope: scope.search(course.queries[0]))
    for query in course.queries:
        _each(runners, SEARCH, lambda scope: scope.search(query))  # noqa: B023
    texts = [str(message["content"]) for message in course.session()]
    for runner in runners:
        _own(runner, texts, course.queries)


def _each(runners: Sequence[_Runner], act: str, what: Callable[[Scope], object]) -> None:
    for one in runners:
        one.run(act, partial(what, one.scope))


def _own(one: _Runner, texts: Sequence[str], queries: Sequence[str]) -> None:
    """The recipe's own verbs; the default has none."""
    if one.own.ready is not None:
        one.own.ready(one.recipe, one.scope, "")
    for act, verb, given in ((WRITE, one.own.write, texts), (RECALL, one.own.recall, queries)):
        if verb is not None:
            for text in given:
                one.run(act, partial(verb, one.recipe, one.scope, text))
