"""HippoMM: episodes over several channels, recalled across them by the time they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Final

import numpy as np

from memkit.embed.supplied import SuppliedVectors
from memkit.errors import InvalidInput
from memkit.extract.segments import SegmentExtractor
from memkit.extract.summaries import SummaryExtractor
from memkit.models import Hit, Turn
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.granular import MultiGranularRetriever
from memkit.store import Scope
from memkit.types import When

CHANNEL: Final = "channel"
_LATEST: Final = 50


@dataclass(frozen=True, slots=True)
class Recall:
    """Hits, what other channels hold around them, and whether the fast path was sure of itself."""

    hits: tuple[Hit, ...]
    across: Mapping[str, tuple[Turn, ...]]
    fast: bool


class HippoMM(Recipe):
    """Records of a channel in `metadata["channel"]`; `recall` goes over to the others by time."""

    name: ClassVar[str] = "hippomm"
    card: ClassVar[Card] = Card(
        paper="HippoMM: Hippocampal-inspired Multimodal Memory (2025)",
        source="arXiv 2504.10739",
        known_for="long sound and vision in episodes: what one channel holds leads to what another "
        "held at the same time",
        kept="segments of events; what is nearly the same as something kept lately is separated "
        "off (cosine .9 and more); a fast path over gists that is taken when it is sure, else "
        "detailed recall; +- one window of time in the other channels",
        mended="the published fast path is taken when a model says it is confident: here its "
        "margin is measured; thresholds that paper and code disagree on are options",
        model="captions frames, writes gists, answers",
        without="captions, transcripts and their vectors are the caller's; gists are quoted",
    )

    def __init__(self, *, window: timedelta = timedelta(seconds=1), margin: float = 0.1) -> None:
        """Other channels are read within `window`; `margin` is what the first hit must lead by."""
        self._window = window
        self._margin = margin

    def compose(self) -> Composition:
        """Segments and their gists, and granularities that are asked together."""
        return Composition(
            extractors=(SegmentExtractor(), SummaryExtractor()), retriever=MultiGranularRetriever()
        )

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

        Where the first hit leads by the margin, its window alone is read.
        """
        chosen = {f"meta.{CHANNEL}": channel} if channel is not None else None
        hits = scope.search(query, k, filter=chosen, now=now)
        scores = [hit.score for hit in hits]
        fast = len(scores) > 1 and scores[0] - scores[1] >= self._margin * scores[0]
        across: dict[str, dict[str, Turn]] = {}
        for hit in hits[:1] if fast else hits:
            for turn in self._beside(scope, hit):
                across.setdefault(turn.metadata[CHANNEL], {})[turn.id] = turn
        return Recall(
            tuple(hits),
            {name: tuple(turns.values()) for name, turns in sorted(across.items())},
            fast,
        )

    def _beside(self, scope: Scope, hit: Hit) -> list[Turn]:
        if hit.when is None:
            return []
        own = {turn.metadata.get(CHANNEL) for turn in hit.turns}
        around = scope.turns(since=hit.when - self._window, until=hit.when + self._window)
        return [turn for turn in around if turn.metadata.get(CHANNEL) not in (None, *own)]
