"""RoboMemory: what just happened, where things are, what holds, and past attempts, all at once."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from memkit.extract.facts import FactExtractor
from memkit.extract.spatial import PLACE, SpatialExtractor
from memkit.extract.summaries import SummaryExtractor
from memkit.extract.triples import TripleExtractor
from memkit.models import Fact, Hit, Turn
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.keyed import KeyedRetriever
from memkit.store import Scope
from memkit.types import When

_RANKS: Final = 60
_EMPTY: Final = frozenset(
    "the a an my our is are was were where what which who in on under behind beside inside above "
    "near next to of and or it".split()
)


@dataclass(frozen=True, slots=True)
class Recalled:
    """What each memory gave, and how long each took and all together, in seconds.

    `temporal` has turns, oldest first, `spatial` facts, `semantic` hits, and `episodic` the best
    hit of each session; `fused` has the turns that these lead to, best first.
    """

    parts: Mapping[str, Sequence[Any]]
    took: Mapping[str, float]
    seconds: float
    fused: tuple[str, ...]

    @property
    def slowest(self) -> str:
        """The memory that took longest, which is what the answer waited for."""
        return max(self.took, key=lambda name: self.took[name])


class RoboMemory(Recipe):
    """`recall` asks four memories side by side; `where` follows things through their places."""

    name: ClassVar[str] = "robomemory"
    card: ClassVar[Card] = Card(
        paper="RoboMemory: A Brain-inspired Multi-memory Agentic Framework (2025)",
        source="arXiv 2508.01415",
        known_for="four memories asked in parallel, so that an answer takes as long as the slowest "
        "and not as long as all of them",
        kept="temporal (the last steps), spatial (relations between things and places), semantic "
        "(what holds), episodic (whole attempts); one list of each, five episodes at most; places "
        "two relations away; all fused to one list of turns",
        mended="the published spatial graph is edited by a model and forgets where things were: "
        "here a thing has one place at a time, a new one closes the interval of the old, and each "
        "keeps its source; steps are not summarised over and over",
        model="sees, plans and criticises",
        without="relations are read off sentences ('the cup is on the table')",
    )

    def __init__(self, *, steps: int = 4, episodes: int = 5, hops: int = 2) -> None:
        """The last `steps` turns, at most `episodes` sessions, places `hops` relations away."""
        self._hops = hops
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
        return Recalled(parts, took, time.perf_counter() - began, fused(parts))

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

    def _around(self, scope: Scope, query: str, now: When | None) -> list[Fact]:
        """Where what the question names is, then where that is, `hops` times."""
        left = scope.facts(attribute=PLACE, at=now)
        reached, found = _words(query), list[Fact]()
        for _ in range(self._hops):
            near = [fact for fact in left if reached & _words(f"{fact.subject} {fact.value}")]
            left = [fact for fact in left if fact not in near]
            found += near
            reached = frozenset().union(*(_words(fact.value) for fact in near))
        return found


def fused(parts: Mapping[str, Sequence[Any]]) -> tuple[str, ...]:
    """The turns behind several lists, by the sum of 1 / (60 + rank) over them (Cormack 2009)."""
    scores: defaultdict[str, float] = defaultdict(float)
    for found in parts.values():
        turns = list(dict.fromkeys(id for one in found for id in _turns(one)))
        for rank, id in enumerate(turns, 1):
            scores[id] += 1.0 / (_RANKS + rank)
    return tuple(sorted(scores, key=lambda turn: (-scores[turn], turn)))


def _turns(one: Turn | Hit | Fact) -> Sequence[str]:
    if isinstance(one, Turn):
        return (one.id,)
    return one.sources if isinstance(one, Hit) else [source.turn for source in one.sources]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w-]+", text.lower())) - _EMPTY


def _timed(ask: Callable[[], Sequence[Any]]) -> tuple[Sequence[Any], float]:
    began = time.perf_counter()
    found = ask()
    return found, time.perf_counter() - began


def _episodes(hits: Sequence[Hit], most: int) -> list[Hit]:
    """The best hit of each session, best first."""
    best = {hit.session: hit for hit in reversed(hits)}
    return sorted(best.values(), key=lambda hit: -hit.score)[:most]
