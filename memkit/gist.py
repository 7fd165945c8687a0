"""The sentences that say most of what was said, copied and never rewritten.

A sentence is worth the weight of its words in the whole (centroid-based summaries, Radev et al.
2004), over the root of its length; a word that a chosen sentence holds already counts a tenth
(after SumBasic, Nenkova and Vanderwende 2005). Numbers, times, names and the first person speak
for a sentence; questions, exclamations, what is said of the other and assistants against it. On
LoCoMo twice as many of the sentences are evidence for a question as by chance, and more than by
vectors or LexRank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from memkit.keywords import Word, telling, weight

_DATED: Final = re.compile(
    r"\d|\b(?:yesterday|today|tonight|tomorrow|last|next|ago|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|weeks?|weekend|months?|years?|january|february|march|april|june|july|august|september|october"
    r"|november|december|gestern|heute|morgen|ayer|hoy|mañana|hier|demain)\b|[年月日]|昨天|今天|明天"
)
"""In small letters."""
_NAMING: Final = re.compile(
    r"(?<=[a-z\u00df-\u00ff,;] )[A-Z][^\W\d_]+|[\"\u201c][A-Z]|\b[A-Z]{2,}\b"
)
_OWN: Final = re.compile(
    r"\b(?:I|[Mm]y|[Ww]e|[Oo]ur|me|[Ii]ch|[Mm]eine?|[Ww]ir|[Yy]o|[Mm]is?|[Jj]e|[Mm](?:on|a|es)|[Nn]ous)\b"
    r"|\bJ'|[我私僕]"
)
_YOURS: Final = re.compile(r"\b[Yy]ou(?:rs?)?\b")
_BONUS: Final = 0.4
_ENDINGS: Final = {"?": 0.5, "\uff1f": 0.5, "!": 0.2, "\uff01": 0.2}
_ANSWERED: Final = 0.5
"""What a sentence of an assistant, a tool or a system counts beside one of a person."""
_REPEATED: Final = 0.1
_LENGTH_PRIOR: Final = 36
"""Characters that even the shortest sentence is taken to have."""
_LEAST: Final = 0.2
"""A sentence is left out that adds less than this share of what the first one said."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its place in a turn's text, who said it, and whether a person did.

    `words` are its telling words, with their places in the sentence; `factor` is what its form
    speaks for.
    """

    text: str
    turn: str
    start: int
    end: int
    speaker: str | None
    personal: bool
    words: tuple[Word, ...]
    factor: float


def sentence(
    text: str, place: tuple[str, int, int], speaker: str | None, *, personal: bool
) -> Sentence:
    """A sentence that stands at `place`: turn, start, end."""
    return Sentence(
        text, *place, speaker, personal, tuple(telling(text)), _factor(text, personal=personal)
    )


def chosen(
    said: Sequence[Sentence], budget: int, *, without: frozenset[str] = frozenset()
) -> list[int]:
    """Which of these sentences say most in at most `budget` characters, best first.

    `without` are keys of words that count nothing, such as the speakers' names. Sentences longer
    than the budget, or without a telling word, are not chosen.
    """
    keys = [tuple(sorted({word.key for word in one.words} - without)) for one in said]
    counts = Counter(key for row in keys for key in row)
    worth = {key: weight(key) * log(1 + count) for key, count in counts.items()}
    lengths = [sqrt(len(one.text) + _LENGTH_PRIOR) for one in said]
    left = [n for n, one in enumerate(said) if keys[n] and len(one.text) <= budget]
    found: list[int] = []
    covered: set[str] = set()
    least = 0.0
    while left:
        says = {n: said[n].factor * sum(worth[key] for key in keys[n]) for n in left}
        left = [n for n in left if says[n] > least]
        if not left:
            break
        best = max(left, key=lambda n: (says[n] / lengths[n], -n))
        least = least or _LEAST * says[best]
        found.append(best)
        budget -= len(said[best].text)
        worth |= {key: worth[key] * _REPEATED for key in keys[best] if key not in covered}
        covered.update(keys[best])
        left = [n for n in left if n != best and len(said[n].text) <= budget]
    return found


def written(said: Sequence[Sentence]) -> tuple[str, list[tuple[str | None, int]]]:
    """The sentences as one text, each speaker named once in a row; who says each, and where."""
    text = ""
    places: list[tuple[str | None, int]] = []
    for one in said:
        text += " " if text else ""
        if one.speaker and (not places or one.speaker != places[-1][0]):
            text += f"{one.speaker}: "
        places.append((one.speaker, len(text)))
        text += one.text
    return text, places


def _factor(text: str, *, personal: bool) -> float:
    own = _OWN.search(text) is not None
    signs = (_DATED.search(text.lower()) is not None, _NAMING.search(text) is not None, own)
    bonus = 1 + _BONUS * sum(signs)
    if not own and _YOURS.search(text):
        bonus -= _BONUS
    bonus -= _ENDINGS.get(text[-1:], 0.0)
    return bonus * (1.0 if personal else _ANSWERED)
