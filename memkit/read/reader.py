"""A short answer out of the hits of a question, by rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from memkit.models import Hit, Reading
from memkit.read.times import told
from memkit.text import stem, terms

ABSTENTION: Final = "No information available"
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")
_PICTURE: Final = re.compile(r"\[(?:photo|image|video)\b[^\]]*\]")


class ExtractiveReader:
    """Picks and composes the answer to a question from the turns of its hits.

    Below the `threshold`, 0..1, of its score it abstains: the answer is not in memory.
    """

    def __init__(self, *, threshold: float = 0.1) -> None:
        self.threshold = threshold

    def read(self, question: str, hits: Sequence[Hit], *, now: datetime) -> Reading:
        """The answer, how sure it is (0..1), and the turns it rests on."""
        wanted = set(terms(question))
        best, sentence, hit = 0.0, "", None
        for each in hits:
            for text in _SENTENCE.findall(_PICTURE.sub(" ", each.text)):
                share = len(wanted & {*map(stem, terms(text))}) / (len(wanted) or 1)
                if share + each.score > best and not text.rstrip().endswith("?"):
                    best, sentence, hit = share + each.score, text.strip(), each
        if hit is None or best / 2 < self.threshold:
            return Reading(ABSTENTION, best / 2, True, (), "none")
        if question.lower().startswith("when"):
            return Reading(
                told(sentence, hit.when or now), best / 2, False, hit.sources[:1], "time"
            )
        return Reading(sentence, best / 2, False, hit.sources[:1], "span")
