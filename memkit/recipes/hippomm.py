"""HippoMM: episodes over several channels, recalled across them by the time they share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Final

import numpy as np

from memkit.contracts import Extractor
from memkit.embed.supplied import SuppliedVectors
from memkit.errors import InvalidInput
from memkit.extract.segments import SegmentExtractor
from memkit.extract.summaries import SummaryExtractor
from memkit.models import Hit, Memory, Turn
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.granular import MultiGranularRetriever
from memkit.store import Scope
from memkit.types import When

CHANNEL: Final = "channel"
_LATEST: Final = 50


@dataclass(frozen=True, slots=True)
class Recall:
    """Hits, what other channels hold at their time, and whether the fast path was sure of itself.

    `gists` are the two best events for the question, by which the fast path is taken.
    """

    hits: tuple[Hit, ...]
    across: Mapping[str, tuple[Turn, ...]]
    fast: bool
    gists: tuple[Hit, ...]


class Events(SegmentExtractor):
    """Segments cut where the supplied vectors change, each in the middle of what it holds."""

    def __init__(self, given: SuppliedVectors) -> None:
        super().__init__(embedder=given)
        self._given = given

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        """As segments; each is given the mean vector of its turns, unless it has one."""
        texts = {turn.id: turn.text for turn in turns}
        for memory in super().extract(turns):
            if not self._given.gives(memory.text):
                held = self._given.embed([texts[source.turn] for source in memory.sources])
                self._given.give(memory.text, held.mean(axis=0).tolist())
            yield memory


class HippoMM(Recipe):
    """Records of a channel in `metadata["channel"]`; `recall` goes over to the others by time."""

    name: ClassVar[str] = "hippomm"
    card: ClassVar[Card] = Card(
        paper="HippoMM: Hippocampal-inspired Multimodal Memory (2025)",
        source="arXiv 2504.10739",
        known_for="long sound and vision in episodes: what one channel holds leads to what another "
        "held at the same time",
        kept="segments of events; what is nearly the same as something kept lately is separated "
        "off (cosine .9 and more); a fast path over the gists of events that is taken when it is "
        "sure, else the windows of every hit; +- one window of time in the other channels",
        mended="the published fast path is taken when a model says it is confident, and looks at "
        "nothing else: here the lead of the first event over the second is measured, the first hit "
        "must lie in it, and it decides only where other channels are read (hits of the event "
        "alone took recall at 10 from .74 to .39); thresholds that paper and code disagree on are "
        "options",
        model="captions frames, writes gists, answers",
        without="captions, transcripts and their vectors are the caller's; gists are quoted, "
        "and lie in the middle of what they stand for",
    )

    def __init__(
        self, *, window: timedelta = timedelta(seconds=1), margin: float = 0.1,
        vectors: SuppliedVectors | None = None,
    ) -> None:  # fmt: skip
        """Other channels are read within `window`; the first event must lead by `margin`.

        With `vectors`, which must be the store's embedder as well, events are cut by them, and
        each gets the mean of its records'. The margin is a share of the first event's score.
        """
        self._vectors = vectors
        self._window = window
        self._margin = margin

    def compose(self) -> Composition:
        """Segments and their gists, and granularities that are asked together."""
        gists: tuple[Extractor, ...] = (SegmentExtractor(), SummaryExtractor())
        if self._vectors is not None:
            gists = (Events(self._vectors),)
        return Composition(extractors=gists, retriever=MultiGranularRetriever())

    @staticmethod
    def separate(
        scope: Scope, message: Mapping[str, Any], vectors: SuppliedVectors, *, most: float = 0.9
    ) -> list[Turn]:
        """Store a record unless one of the latest of its channel is nearly the same; [] then."""
        text, channel = message.get("content"), (message.get("metadata") or {}).get(CHANNEL)
        if not isinstance(text, str) or not isinstance(channel, str):
            raise InvalidInput(
                f"A record has `content` and `metadata[{CHANNEL!r}]`; found {text!r} and "
                f"{channel!r}. Nothing was stored."
            )
        latest = list(scope.turns(filter={f"meta.{CHANNEL}": channel}, last=_LATEST))
        own, *others = vectors.embed([text, *(turn.text for turn in latest)])
        if any(float(np.dot(own, other)) >= most for other in others):
            return []
        return scope.add(dict(message))

    def recall(
        self, scope: Scope, query: str, k: int = 5, *, channel: str | None = None,
        now: When | None = None,
    ) -> Recall:  # fmt: skip
        """The best of a channel, and what the others hold within the window of each hit.

        Where the first event leads by the margin and has the first hit, only the windows of its own
        hits are read: `fast`.
        """
        own = {f"meta.{CHANNEL}": channel} if channel is not None else None
        hits = scope.search(query, k, filter=own, now=now)
        gists = scope.search(query, 2, filter={"kind": "segment"}, now=now)
        event = frozenset(gists[0].sources) if self._leads(gists) else frozenset[str]()
        fast = bool(hits) and not event.isdisjoint(hits[0].sources)
        near = [hit for hit in hits if not (fast and event.isdisjoint(hit.sources))]
        across: dict[str, dict[str, Turn]] = {}
        for turn in (turn for hit in near for turn in self._beside(scope, hit)):
            across.setdefault(turn.metadata[CHANNEL], {})[turn.id] = turn
        found = {name: tuple(turns.values()) for name, turns in sorted(across.items())}
        return Recall(tuple(hits), found, fast, tuple(gists))

    def _leads(self, gists: Sequence[Hit]) -> bool:
        scores = [gist.score for gist in gists]
        return len(scores) > 1 and scores[0] - scores[1] >= self._margin * scores[0]

    def _beside(self, scope: Scope, hit: Hit) -> list[Turn]:
        if hit.when is None:
            return []
        own = {turn.metadata.get(CHANNEL) for turn in hit.turns}
        around = scope.turns(since=hit.when - self._window, until=hit.when + self._window)
        return [turn for turn in around if turn.metadata.get(CHANNEL) not in (None, *own)]
