"""How the tables of the languages write their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_WORDS = re.compile(r"\w+")


def ranked(words: str, first: int = 0) -> dict[str, int]:
    """Words in order, each with the next number; `a|b` are two words for one, `_` is a space."""
    return {
        word.replace("_", " "): rank
        for rank, alike in enumerate(words.split(), first)
        for word in alike.split("|")
    }


def alike(words: str, value: int = 0) -> dict[str, int]:
    """Words of one value; `_` is a space."""
    return {word.replace("_", " "): value for word in words.split()}


def single(slots: Iterable[Mapping[str, int]], more: str = "") -> frozenset[str]:
    """The single words, in lower case, of these slots and of `more`."""
    texts = [more, *(word for words in slots for word in words)]
    return frozenset(word for text in texts for word in _WORDS.findall(text.lower()))
