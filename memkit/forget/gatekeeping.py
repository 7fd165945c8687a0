"""What every gate at intake lets pass, and what a turn may be said to repeat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from memkit.marks import dates, denies, names, numbers
from memkit.models import Turn, Verdict
from memkit.text import held_by_text, stem, words

_FEWEST: Final = 4
"""Words that it takes to say something again: "yes" is another answer every time."""


def could_matter(text: str) -> bool:
    """Whether it is to be kept whatever was said before: few words, a number, a date, a denial."""
    few = len(distinct_words(text)) < _FEWEST
    return few or bool(numbers(text) or dates(text)) or denies(text)


def said_before(turn: Turn, recent: Sequence[Turn]) -> list[Turn]:
    """The turns of its speaker that hold all names of this one, the latest first."""
    own = _names(turn.text)
    return [
        other for other in reversed(recent)
        if same_voice(turn, other) and own <= _names(other.text)
    ]  # fmt: skip


def same_voice(turn: Turn, other: Turn) -> bool:
    """Whether one and the same has said both."""
    return (other.speaker, other.role) == (turn.speaker, turn.role)


def likest(turn: Turn, before: Sequence[Turn]) -> tuple[Turn | None, float]:
    """The first of those that share most words with it, and the share of both sets of words."""
    own = distinct_words(turn.text)
    best, most = None, 0.0
    for other in before:
        there = distinct_words(other.text)
        share = len(own & there) / max(len(own | there), 1)
        if share > most:
            best, most = other, share
    return best, most


_names = held_by_text(1 << 12)(names)


@held_by_text(1 << 12)
def distinct_words(text: str) -> frozenset[str]:
    """The stems of a text's words."""
    return frozenset(map(stem, words(text)))


def kept(turn: Turn, reason: str, strength: float | None = None) -> Verdict:
    """The verdict that lets a turn pass."""
    return Verdict(turn.id, "keep", reason, strength)
