"""A gate at intake: what was said just now in nearly the same words is archived at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar, Final

from memkit.contracts import IntakeGate
from memkit.marks import dates, denies, names, numbers
from memkit.models import Turn, Verdict
from memkit.text import stem, words

_FEWEST: Final = 4
"""Words that it takes to say something again: "yes" is another answer every time."""


class NoveltyGate(IntakeGate):
    """Lets pass what is new among the latest turns, and all that could matter.

    How new a turn is: 1 less the largest share of its words that it has in common with one of the
    latest turns of its speaker, both sets of words together being the whole. What holds a number, a
    date or a denial always passes, as does a name that the other turn does not hold, and
    whatever has fewer than four words.
    """

    name: ClassVar[str] = "novelty"

    def __init__(self, *, last: int = 50, least: float = 0.2) -> None:
        """Among the `last` turns; what is less new than `least`, 0..1, is archived."""
        self.last = last
        self._least = least

    def judge(self, turn: Turn, recent: Sequence[Turn]) -> Verdict:
        """Keep, or archive naming the turn that it repeats."""
        own = _words(turn.text)
        if len(own) < _FEWEST or _could_matter(turn.text):
            return Verdict(turn.id, "keep", "it may matter by itself")
        likest, share = None, 0.0
        for other in reversed(recent):
            if (other.speaker, other.role) != (turn.speaker, turn.role):
                continue
            there = _words(other.text)
            alike = len(own & there) / len(own | there)
            if alike > share and names(turn.text) <= names(other.text):
                likest, share = other, alike
        if likest is None or 1.0 - share >= self._least:
            return Verdict(turn.id, "keep", "it is new", 1.0 - share)
        return Verdict(turn.id, "archive", f"{turn.id} repeats {likest.id}", 1.0 - share)


def _could_matter(text: str) -> bool:
    return bool(numbers(text) or dates(text)) or denies(text)


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))
