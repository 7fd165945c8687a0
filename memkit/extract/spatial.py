"""Where things are said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from memkit.contracts import Extractor
from memkit.extract.moods import moods
from memkit.extract.sentences import sentences
from memkit.models import Memory, Source, Turn

PLACE: Final = "place"
_RELATION: Final = re.compile(
    r"\b(?:the|a|an|my|our)\s+(?P<thing>[a-z][\w-]*(?: [a-z][\w-]*)?)\s+(?:is|was put|is now|lies|"
    r"stands|hangs)\s+(?P<where>(?:in|on|under|behind|beside|inside|above|near|next to)\s+"
    r"(?:the|a|an|my|our)\s+[a-z][\w-]*(?: (?!(?:now|again|today|still|too|and|but|or|so|as|where|"
    r"which|because|since|when|while|a|an|the|my|our|of|by|at|with|for|to|from|if)\b)[a-z][\w-]*)?)\b",
    re.IGNORECASE,
)


_LEFT_OPEN: Final = re.compile(r".?\?|\s+or\b", re.IGNORECASE)
"""What follows a relation that is asked, or one of two."""
_DOUBTED: Final = re.compile(
    r"\b(?:doubt|(?:not|n['\u2019]?t|never)\s+(?:think|believe|say|said|sure|know|true))\b",
    re.IGNORECASE,
)


class SpatialExtractor(Extractor):
    """Where things are said to be: triples "thing | place | on the shelf", one at a time."""

    name: ClassVar[str] = "spatial"
    version: ClassVar[int] = 2
    deferred: ClassVar[bool] = False

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        """One triple for each relation that a turn states, not asks or supposes."""
        for turn in turns:
            for match in _stated(turn.text):
                thing, where = match["thing"].lower(), match["where"]
                yield Memory(
                    "triple", f"{thing} | {PLACE} | {where}",
                    (Source(turn.id, match.start(), match.end()),),
                    speaker=turn.speaker, session=turn.session, when=turn.when,
                    metadata={
                        "subject": thing, "attribute": PLACE, "value": where,
                        "mood": "assertion", "confidence": 0.9,
                    },
                )  # fmt: skip


def _stated(text: str) -> Iterator[re.Match[str]]:
    """The relations in sentences that are meant, and not doubted before they come to it."""
    spans = sentences(text)
    for (start, end), mood in zip(spans, moods(text, spans), strict=True):
        if mood in ("assertion", "correction"):
            for match in _RELATION.finditer(text, start, end):
                left_open = _LEFT_OPEN.match(text, match.end(), end)
                if not left_open and not _DOUBTED.search(text, start, match.start()):
                    yield match
