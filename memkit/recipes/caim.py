"""CAIM: is memory needed at all? Then by topic and time; and a review after the talk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Final

from memkit.consolidate.duplicates import DuplicateConsolidator
from memkit.consolidate.topics import TopicConsolidator
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
_NEAR: Final = 0.6
"""Of the first hit's score: what is weaker is left out."""
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
        "fits in time is filtered like the rest; the review is one journalled change for each "
        "merge, where the published one drops rows before it has the answer; neither tag nor "
        "time keeps anything out, they only decide what is looked at first",
        model="decides, tags, filters and reviews, up to five calls for a question",
        without="markers of person, possession and past open the gate, as does a clear first hit; "
        "tags are the topics whose terms the question has",
    )

    def compose(self) -> Composition:
        """Segments and their topics for the tags, facts, and the merging review."""
        return Composition(
            extractors=(SegmentExtractor(), FactExtractor(which="dated")),
            consolidators=(TopicConsolidator(), DuplicateConsolidator()),
        )

    @classmethod
    def recall(cls, scope: Scope, query: str, k: int = 10, *, now: When | None = None) -> Recall:
        """What memory has for a question, if it is one for memory."""
        asked = moment(now, UTC, "now") if now is not None else utc_now()
        hits = scope.search(query, 3 * k, now=asked)
        if not needs_memory(query) and not (hits and hits[0].score >= _CLEAR):
            return Recall(False)
        tags, times = cls.tags(scope, query), periods(query, asked)
        best = hits[0].score if hits else 0.0
        kept = [hit for hit in hits if hit.score >= _NEAR * best]
        inside = [hit for hit in kept if any(a <= _at(hit) < b for a, b in times)]
        ordered = [*inside, *(hit for hit in kept if hit not in inside)]
        return Recall(True, tuple(tags), tuple(times), tuple(ordered[:k]))

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
        """Extract, tag and merge what the talk has left; each merge can be undone by itself."""
        return scope.maintain(now=now)


def needs_memory(query: str) -> bool:
    """Whether a question is about somebody's own affairs or the past, by its words."""
    return bool(_PERSONAL.search(query) or _NAME.search(query))


def _topics(scope: Scope) -> Sequence[Memory]:
    return list(scope.memories(filter={"kind": "topic"}))


def _at(hit: Hit) -> int:
    return to_micros(hit.when) if isinstance(hit.when, datetime) else -1
