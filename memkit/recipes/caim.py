"""CAIM: is memory needed at all? Then by topic and time; and a review after the talk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Final

from memkit.consolidate.duplicates import DuplicateConsolidator
from memkit.consolidate.topics import TopicConsolidator
from memkit.contracts import Proposal
from memkit.dates import moment, to_micros, utc_now
from memkit.extract.facts import FactExtractor
from memkit.extract.segments import SegmentExtractor
from memkit.keywords import telling
from memkit.models import Hit, MaintainReport, Memory
from memkit.periods import periods
from memkit.recipe import Card, Composition, Recipe
from memkit.store import Scope
from memkit.types import When

_PERSONAL: Final = re.compile(
    r"\b(?:my|our|mine|ours|i|we|me|us|remember|remind|told|said|mentioned|talked|discussed|again|"
    r"last|ago|yesterday|before|earlier|when did|since|used to|always|usually|favou?rite)\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
_CLEAR: Final = 0.5
"""The score of a first hit that by itself says memory has something on this."""
_NEAR: Final = 0.05
"""Of the first hit's score: what is weaker is left out. Scores are exponentials of evidence, so .6
of one, as the published filter has of cosines, left out a third of what answers."""
_DAY: Final = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Recall:
    """What came of asking: whether memory was needed, by which tags and times, and the hits.

    `enough` is false where memory was needed and has nothing: say so, and do not guess.
    """

    needed: bool
    tags: tuple[str, ...] = ()
    periods: tuple[tuple[int, int], ...] = ()
    hits: tuple[Hit, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether there is something to answer from, or nothing was needed."""
        return not self.needed or bool(self.hits)


class ReviewConsolidator(DuplicateConsolidator):
    """All that says the same, merged in one change: it is made whole, or not at all."""

    name: ClassVar[str] = "review"

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterator[Proposal]:
        """One proposal for all groups of records that say the same."""
        every = list(super().propose(memories, now))
        if every:
            merged = tuple(memory for one in every for memory in one.memories)
            gone = tuple(id for one in every for id in one.supersedes)
            yield Proposal(merged, (), gone, f"{len(gone)} records merged to {len(merged)}")


class CAIM(Recipe):
    """`recall` decides before it searches; `review` tidies up when a talk is over."""

    name: ClassVar[str] = "caim"
    card: ClassVar[Card] = Card(
        paper="CAIM: A Cognitive AI Memory Framework for Long-Term Interaction with Agents (2025)",
        source="arXiv 2505.13044",
        known_for="asking first whether memory is needed, then fetching what fits by topic and by "
        "time, and tidying up after the talk",
        kept="a gate before the search; up to three tags; times of the question; a filter on what "
        "was found; an explicit 'not enough'; a review that merges what says the same",
        mended="tags are compared as sets, not as parts of a string ('art' is in 'party'); what "
        "fits in time is filtered like the rest; all merges of a review are one transaction and "
        "one undo, where the published one drops rows before it has the answer; neither tag nor "
        "time keeps anything out, they only decide what comes first",
        model="decides, tags, filters and reviews, up to five calls for a question",
        without="markers of person, possession and past open the gate, as does a clear first hit; "
        "tags are the topics whose terms the question has",
    )

    def compose(self) -> Composition:
        """Segments and their topics for the tags, facts, and the merging review."""
        return Composition(
            extractors=(SegmentExtractor(), FactExtractor(which="dated")),
            consolidators=(TopicConsolidator(), ReviewConsolidator()),
        )

    @classmethod
    def recall(cls, scope: Scope, query: str, k: int = 10, *, now: When | None = None) -> Recall:
        """What memory has for a question, if it is one for memory.

        What lies in a time that the question names comes first, then what is of its topics.
        """
        asked = moment(now, UTC, "now") if now is not None else utc_now()
        hits = scope.search(query, 3 * k, now=asked)
        if not needs_memory(query) and not (hits and hits[0].score >= _CLEAR):
            return Recall(False)
        tags, times = cls.tags(scope, query), periods(query, asked)
        best = hits[0].score if hits else 0.0
        kept = [hit for hit in hits if hit.score >= _NEAR * best]
        tagged = _under(scope, tags)
        kept.sort(key=lambda hit: (
            not any(a <= _at(hit) < b for a, b in times), tagged.isdisjoint(hit.sources)
        ))  # fmt: skip
        return Recall(True, tuple(tags), tuple(times), tuple(kept[:k]))

    @staticmethod
    def tags(scope: Scope, text: str, most: int = 3) -> list[str]:
        """The topics that share words with a text, the nearest first; whole words, never parts."""
        own = {word.key for word in telling(text)}
        shared: Counter[str] = Counter()
        for topic in _topics(scope):
            common = own & {word.key for word in telling(topic.text)}
            if common:
                shared[topic.text] = len(common)
        return sorted(shared, key=lambda name: (-shared[name], name))[:most]

    @staticmethod
    def review(scope: Scope, *, now: When | None = None) -> MaintainReport:
        """Extract, tag and merge what the talk has left; all merges are one journal entry."""
        return scope.maintain(now=now)


def needs_memory(query: str) -> bool:
    """Whether a question is about somebody's own affairs or the past, by its words."""
    return bool(_PERSONAL.search(query) or _NAME.search(query))


def _topics(scope: Scope) -> Sequence[Memory]:
    return list(scope.memories(filter={"kind": "topic"}))


def _under(scope: Scope, tags: Sequence[str]) -> frozenset[str]:
    """The turns of all segments of these topics."""
    own = [
        id for topic in _topics(scope) if topic.text in tags for id in topic.metadata["segments"]
    ]
    segments = scope.memories(filter={"id": {"in": own}}) if own else ()
    return frozenset(source.turn for segment in segments for source in segment.sources)


def _at(hit: Hit) -> int:
    return to_micros(hit.when) if isinstance(hit.when, datetime) else -1
