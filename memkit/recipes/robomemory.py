"""RoboMemory: what just happened, where things are, what holds, and past attempts, all at once."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, ClassVar

from memkit.extract.facts import FactExtractor
from memkit.extract.spatial import PLACE, SpatialExtractor
from memkit.extract.summaries import SummaryExtractor
from memkit.extract.triples import TripleExtractor
from memkit.models import Fact, Hit
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.keyed import KeyedRetriever
from memkit.store import Scope
from memkit.types import When


@dataclass(frozen=True, slots=True)
class Recalled:
    """What each memory gave, and how long each took and all together, in seconds."""

    parts: Mapping[str, Sequence[Any]]
    took: Mapping[str, float]
    seconds: float


class RoboMemory(Recipe):
    """`recall` asks four memories side by side; `where` follows things through their places."""

    name: ClassVar[str] = "robomemory"
    card: ClassVar[Card] = Card(
        paper="RoboMemory: A Brain-inspired Multi-memory Agentic Framework (2025)",
        source="arXiv 2508.01415",
        known_for="four memories asked in parallel, so that an answer takes as long as the slowest "
        "and not as long as all of them",
        kept="temporal (the last steps), spatial (relations between things and places), semantic "
        "(what holds), episodic (whole attempts); one list of each, five episodes at most",
        mended="the published spatial graph is edited by a model and forgets where things were: "
        "here a thing has one place at a time, a new one closes the interval of the old, and each "
        "keeps its source; steps are not summarised over and over",
        model="sees, plans and criticises",
        without="relations are read off sentences ('the cup is on the table')",
    )

    def __init__(self, *, steps: int = 4, episodes: int = 5) -> None:
        """The last `steps` turns, and at most `episodes` sessions."""
        self._steps = steps
        self._episodes = episodes

    def compose(self) -> Composition:
        """Relations, facts and summaries beside the turns."""
        return Composition(
            extractors=(
                SpatialExtractor(), TripleExtractor(), FactExtractor(which="dated"),
                SummaryExtractor(),
            )
        )  # fmt: skip

    def recall(self, scope: Scope, query: str, *, now: When | None = None) -> Recalled:
        """What the four memories have for a question, each asked in a thread of its own."""
        began = time.perf_counter()
        asks = self.memories(scope, query, now)
        with ThreadPoolExecutor(len(asks)) as pool:
            waiting = {name: pool.submit(_timed, ask) for name, ask in asks.items()}
            done = {name: each.result() for name, each in waiting.items()}
        parts = {name: found for name, (found, _) in done.items()}
        took = {name: seconds for name, (_, seconds) in done.items()}
        return Recalled(parts, took, time.perf_counter() - began)

    def memories(
        self, scope: Scope, query: str, now: When | None
    ) -> dict[str, Callable[[], Sequence[Any]]]:
        """The four ways of asking, by name."""
        meaning = KeyedRetriever(("memory",))
        return {
            "temporal": lambda: list(scope.turns(last=self._steps)),
            "spatial": lambda: self._around(scope, query, now),
            "semantic": lambda: scope.search(query, 4, now=now, retriever=meaning),
            "episodic": lambda: _episodes(scope.search(query, 20, now=now), self._episodes),
        }

    @staticmethod
    def where(scope: Scope, thing: str, *, at: When | None = None) -> Fact | None:
        """Where a thing is, or was at a moment; `scope.history(thing, "place")` has all of it."""
        found = scope.facts(thing.lower(), PLACE, at=at)
        return found[0] if found else None

    @staticmethod
    def _around(scope: Scope, query: str, now: When | None) -> list[Fact]:
        words = set(re.findall(r"[\w-]+", query.lower()))
        return [
            fact for fact in scope.facts(attribute=PLACE, at=now)
            if words & set(re.findall(r"[\w-]+", f"{fact.subject} {fact.value}".lower())) - {"the"}
        ]  # fmt: skip


def _timed(ask: Callable[[], Sequence[Any]]) -> tuple[Sequence[Any], float]:
    began = time.perf_counter()
    found = ask()
    return found, time.perf_counter() - began


def _episodes(hits: Sequence[Hit], most: int) -> list[str | None]:
    """The sessions of the hits, best first."""
    return list(dict.fromkeys(hit.session for hit in hits))[:most]
