"""What AssoMem's three signals count for a kind of question, by what was judged useful for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

import numpy as np

from memkit.models import Hit
from memkit.retrieve.learning import BINS, ENOUGH, mutual_information
from memkit.retrieve.reordering import min_max, relevances

Kind = Literal["when", "count", "preference", "order", "other"]
SIGNALS: Final = ("relevance", "importance", "time")
_TEMPERATURE: Final = 0.1
_WORDS: Final[Mapping[Kind, str]] = {
    "when": r"when|how long|(?:what|which) (?:day|date|month|year|time)",
    "count": r"how (?:many|much|often)",
    "preference": r"prefer|recommend|suggest|favou?rites?|should i|would i like",
    "order": r"before|after|first|last|latest|earlier|later",
}
_KINDS: Final = {
    kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _WORDS.items()
}

Judged = tuple[Sequence[float], bool]
"""The three signals of a record, each in 0..1, and whether it was of use."""


def kind_of(question: str) -> Kind:
    """The kind of a question by its words, the first that fits."""
    return next((kind for kind, words in _KINDS.items() if words.search(question)), "other")


def signals(hits: Sequence[Hit]) -> list[tuple[float, ...]]:
    """Relevance, importance and nearness in time of each hit, each scaled to 0..1 over the hits.

    Relevance sums the lists of words and vectors (`keyword.turn` and its like in `why`).
    """
    relevance = [sum(value for name, value in hit.why.items() if "." in name) for hit in hits]
    importance = [hit.why.get("associated", 0.0) for hit in hits]
    near = [hit.why.get("time", 0.0) for hit in hits]
    columns = (min_max(relevance), min_max(importance), min_max(near))
    return list(zip(*columns, strict=True))


def shares(judged: Sequence[Judged]) -> dict[str, float]:
    """softmax(I / .1) over the signals, I being the mutual information of each with usefulness.

    A signal is low, middle or high (thirds of 0..1); every cell of its table starts from one. The
    shares are equal before anything was judged.
    """
    found = []
    for place in range(len(SIGNALS)):
        table = np.ones((BINS, 2))
        for values, useful in judged:
            table[min(int(values[place] * BINS), BINS - 1), int(useful)] += 1
        found.append(mutual_information(table))
    powers = np.exp((np.array(found) - max(found)) / _TEMPERATURE)
    return dict(zip(SIGNALS, (powers / powers.sum()).tolist(), strict=True))


def values(hits: Sequence[Hit], judged: Sequence[Judged]) -> list[float]:
    """What each hit is worth: its own score at first, the weighed signals as judgements come.

    The share of the signals is n / (n + 50) for n judged records.
    """
    learned = len(judged) / (len(judged) + ENOUGH)
    weights = list(shares(judged).values())
    return [
        (1.0 - learned) * own + learned * float(np.dot(weights, row))
        for own, row in zip(relevances(hits), signals(hits), strict=True)
    ]
