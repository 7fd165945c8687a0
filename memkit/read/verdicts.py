"""Yes or no, and which of two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from memkit.keywords import weight
from memkit.read.evidence import Witness
from memkit.text import terms

_DENIED: Final = re.compile(
    r"\b(?:no|not|never|nope|none|hardly|nobody|nothing|\w+n['\u2019]t)\b", re.IGNORECASE
)
_OR: Final = re.compile(
    r"([\w'-]+(?: [\w'-]+){0,4}) or (?:an? |the )?([\w'-]+(?: [\w'-]+){0,4})\W*$"
)
_LEADS: Final = re.compile(
    r"^.*\b(?:more|rather|a|an|the|in|to|at|be|by|prefer|like|enjoy|reading|watching|going)\s+",
    re.I,
)
_HELD: Final = 0.34
"""Share of the question that its best sentence must have for a yes."""


def verdict(best: Witness) -> str:
    """ "Yes" where a sentence says most of what is asked and denies nothing, else "No"."""
    denies = _DENIED.search(best.sentence.text) is not None
    held = max(best.features["sentence.share"], best.features["turn.share"])
    return "No" if denies or held < _HELD else "Yes"


def choice(question: str, found: Sequence[Witness]) -> str:
    """Of the two that the question offers the one that more is said of; empty if it offers none."""
    offered = _OR.search(question)
    if offered is None:
        return ""
    first = _LEADS.sub("", offered[1])
    return max((first, offered[2]), key=lambda option: _support(option, found))


def _support(option: str, found: Sequence[Witness]) -> float:
    wanted = set(terms(option))
    return sum(
        weight(token.stem) / (1 + each.sentence.rank)
        for each in found
        if each.own and not _DENIED.search(each.sentence.text)
        for token in each.sentence.tokens
        if token.stem in wanted
    )
