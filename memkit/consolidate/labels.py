"""What groups of records are about, among all the others: a few of their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from memkit.keywords import key_terms, named, telling

_SPEAKER: Final = re.compile(r"(?:^|[.!?] )([^\W\d_][^.!?:\n]{0,40}): ")
"""Who is quoted in a text."""


class Labels:
    """Key terms of some of these texts, in contrast to the rest."""

    def __init__(self, texts: Sequence[str], speakers: Iterable[str | None] = ()) -> None:
        """No term is one of the `speakers`, or of those who are quoted."""
        self._texts = list(texts)
        self._said = [telling(text) for text in self._texts]
        self._every = Counter(word.key for row in self._said for word in row)
        self._speakers = named(
            [*speakers, *(name for text in self._texts for name in _SPEAKER.findall(text))]
        )

    def of(self, places: Sequence[int], limit: int) -> tuple[str, ...]:
        """Up to `limit` terms of the texts at these places, best first; none that speakers are."""
        words = [self._said[place] for place in places]
        own = Counter(word.key for row in words for word in row)
        shared = frozenset(key for key, count in own.items() if count > 1)
        return key_terms(
            [(self._texts[place], row) for place, row in zip(places, words, strict=True)],
            self._every - own, central=shared, without=self._speakers, limit=limit,
        )  # fmt: skip
