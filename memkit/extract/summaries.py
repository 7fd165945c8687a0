"""Summaries that quote: the sentences that say most, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from memkit import gist
from memkit.contracts import Embedder, Extractor
from memkit.extract.segments import segmented
from memkit.extract.sessions import latest, settled
from memkit.gist import Sentence
from memkit.keywords import named
from memkit.models import Memory, Source, Turn


class SummaryExtractor(Extractor):
    """A summary of each session, and of its segments where it has several.

    Its text is sentences copied from the turns, each led by who said it; its sources are those
    sentences. `metadata["level"]` is `session` or `segment`; `metadata["said"]` gives, for each
    source, the speaker and the place of the sentence in the text.
    """

    name: ClassVar[str] = "summaries"
    version: ClassVar[int] = 1

    def __init__(
        self, *, embedder: Embedder | str | None = "default", budget: int = 400,
        segment_budget: int = 160,
    ) -> None:  # fmt: skip
        """The budgets are characters of a session's and a segment's quoted sentences.

        `embedder` finds the segments, as in `SegmentExtractor`. A budget of 0: no such summaries.
        """
        self._embedder = embedder
        self._budget = budget
        self._segment_budget = segment_budget

    def ready(self, turns: Sequence[Turn], now: datetime) -> int:
        """The turns of the sessions that are over."""
        return settled(turns, now, self.batch)

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        """The summary of each session, followed by those of its segments."""
        for stretches in segmented(turns, self._embedder):
            session = [turn for stretch in stretches for turn in stretch.turns]
            every = [sentence for stretch in stretches for sentence in stretch.sentences]
            yield from _summary(session, every, "session", self._budget)
            if len(stretches) > 1:
                for stretch in stretches:
                    yield from _summary(
                        stretch.turns, stretch.sentences, "segment", self._segment_budget
                    )


def _summary(
    turns: Sequence[Turn], sentences: Sequence[Sentence], level: str, budget: int
) -> Iterator[Memory]:
    speakers = named(turn.speaker for turn in turns)
    quoted = [sentences[n] for n in sorted(gist.chosen(sentences, budget, without=speakers))]
    if quoted:
        text, places = gist.written(quoted)
        sources = tuple(Source(one.turn, one.start, one.end) for one in quoted)
        yield Memory(
            "summary", text, sources, session=turns[0].session, when=latest(turns),
            metadata={"level": level, "said": [list(place) for place in places]},
        )  # fmt: skip
