"""Where things are said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from memkit.contracts import Extractor
from memkit.models import Memory, Source, Turn

PLACE: Final = "place"
_RELATION: Final = re.compile(
    r"\b(?:the|a|an|my|our)\s+(?P<thing>[a-z][\w-]*(?: [a-z][\w-]*)?)\s+(?:is|was put|is now|lies|"
    r"stands|hangs)\s+(?P<where>(?:in|on|under|behind|beside|inside|above|near|next to)\s+"
    r"(?:the|a|an|my|our)\s+[a-z][\w-]*(?: (?!(?:now|again|today|still|too|and|but|or|so|as|where|"
    r"which|because|since|when|while)\b)[a-z][\w-]*)?)\b",
    re.IGNORECASE,
)


class SpatialExtractor(Extractor):
    """Where things are said to be: triples "thing | place | on the shelf", one at a time."""

    name: ClassVar[str] = "spatial"
    version: ClassVar[int] = 1
    deferred: ClassVar[bool] = False

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        """One triple for each relation that a turn states; a question states none."""
        for turn in turns:
            for match in _RELATION.finditer(turn.text):
                if "?" not in turn.text[match.end() : match.end() + 2]:
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
