"""MemoryOS: memory in tiers, paged like a computer's, promoted by heat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import ClassVar, Final

import numpy as np

from memkit.consolidate.likeness import vectors
from memkit.consolidate.topics import TopicConsolidator
from memkit.extract.segments import SegmentExtractor
from memkit.extract.summaries import SummaryExtractor
from memkit.extract.triples import TripleExtractor
from memkit.forget.combined import BudgetPolicy
from memkit.forget.decay import HeatPolicy
from memkit.models import Fact, Memory
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.granular import MultiGranularRetriever
from memkit.retrieve.reordering import jaccard
from memkit.store import Scope
from memkit.types import Floats, When

_TERMS: Final = 6
_AFFINE: Final = 0.6
"""The affinity from which a stretch goes on with what a segment is about."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What mid-term memory holds on one thing, over all sessions: its terms, and its turns."""

    terms: frozenset[str]
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the user told and what the assistant told, newest first."""

    user: tuple[Fact, ...]
    assistant: tuple[Fact, ...]


class MemoryOS(Recipe):
    """Short-, mid- and long-term memory; `scope.tier(name)` shows what is in each.

    `segments` are those of mid-term memory; `knowledge` and `scope.profile()` what is known.
    """

    name: ClassVar[str] = "memoryos"
    card: ClassVar[Card] = Card(
        paper="Memory OS of AI Agent (EMNLP 2025)",
        source="arXiv 2506.06326",
        known_for="three tiers with paging: what is said often or long grows hot and is promoted, "
        "what stays cold is the first to go",
        kept="sessions are cut by meaning and words, and joined to segments where cosine + overlap "
        "of keywords is .6 or more; heat is visits + length + recency with weights of one; what is "
        "hotter than 5 is long-term; 2,000 pages at most, and the coldest go first; a profile, and "
        "the last 100 facts by the user and by the assistant",
        mended="the published code inserts a page once for each theme it has, keeps the recency of "
        "the moment it was written, and evicts a page that nobody had time to read: here tiers are "
        "views over single records, heat is worked out when it is asked for, and heat never ranks",
        model="tells continued talk from a new theme, writes summaries and the profile",
        without="segments end where vectors and words change; summaries quote; the profile is the "
        "current facts",
    )

    def __init__(self, *, pages: int = 2000, tau_days: float = 1.0) -> None:
        """At most `pages` live turns; recency fades by e in `tau_days`."""
        self._pages = pages
        self._tau = tau_days

    def compose(self) -> Composition:
        """Segments, summaries and facts over the turns, and a budget that goes by heat."""
        return Composition(
            extractors=(SegmentExtractor(), SummaryExtractor(), TripleExtractor()),
            consolidators=(TopicConsolidator(),),
            retriever=MultiGranularRetriever(),
            forgetting=BudgetPolicy(
                self._pages, unit="records", by=HeatPolicy(tau=self._tau, below=0.0)
            ),
        )

    @staticmethod
    def segments(scope: Scope) -> list[Segment]:
        """Stretches on one thing together, in the order begun; each joins the most affine."""
        stretches = list(scope.memories(filter={"kind": "segment"}))
        rows = vectors([one.text for one in stretches], "default")
        found: list[_Growing] = []
        for stretch, row in zip(stretches, rows if rows is not None else (), strict=True):
            own = stretch.metadata["terms"]
            worth = [affinity(group.cosine(row), group.named(), own) for group in found]
            best = max(range(len(found)), key=worth.__getitem__, default=-1)
            if best < 0 or worth[best] < _AFFINE:
                found.append(_Growing(np.zeros_like(row)))
                best = -1
            found[best].take(stretch, row)
        return [Segment(group.named(), tuple(group.pages)) for group in found]

    @staticmethod
    def knowledge(scope: Scope, *, most: int = 100, now: When | None = None) -> Knowledge:
        """What holds by the words of each, the latest `most` of it."""
        known = sorted(scope.facts(at=now), key=lambda fact: fact.said, reverse=True)
        told = [fact for fact in known if fact.origin == "assistant"]
        return Knowledge(
            tuple(fact for fact in known if fact.origin == "user")[:most], tuple(told[:most])
        )


def affinity(cosine: float, one: Collection[str], other: Collection[str]) -> float:
    """Cosine + the share of all keywords that both have (Jaccard), 0..2 for like things."""
    return cosine + jaccard(frozenset(one), frozenset(other))


@dataclass(slots=True)
class _Growing:
    """A segment as it is put together: the sum of its vectors, how often each term, and turns."""

    sum: Floats
    terms: Counter[str] = field(default_factory=Counter)
    pages: dict[str, None] = field(default_factory=dict)

    def named(self) -> frozenset[str]:
        """Its commonest terms."""
        return frozenset(term for term, _ in self.terms.most_common(_TERMS))

    def cosine(self, row: Floats) -> float:
        return float(self.sum @ row) / max(float(np.linalg.norm(self.sum)), 1e-9)

    def take(self, stretch: Memory, row: Floats) -> None:
        self.sum = self.sum + row
        self.terms.update(stretch.metadata["terms"])
        self.pages.update(dict.fromkeys(source.turn for source in stretch.sources))
