"""A stretch of turns as the sentences that say most of it, if these keep what must not get lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from memkit import gist
from memkit.gist import Sentence
from memkit.keywords import named, telling, weight
from memkit.marks import marks
from memkit.models import Memory, Source, Turn
from memkit.storage.standing import DIGEST

LEAST_COVERED: Final = 0.6
"""Share of the weight of a stretch's telling words that its digest must hold."""
LONGEST: Final = 0.8
"""Share of a stretch's characters beyond which a digest spares too little."""
SHORTEST: Final = 200
"""Characters of a stretch that is worth a digest."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a summary keeps of its source.

    `lost` are the numbers, dates and names that it does not hold; `words` is the share, 0..1, of
    the weight of the source's telling words that it holds.
    """

    lost: tuple[str, ...]
    words: float

    @property
    def stands(self) -> bool:
        """Whether the summary may take the place of its source."""
        return not self.lost and self.words >= LEAST_COVERED


@dataclass(frozen=True, slots=True)
class Digested:
    """A digest, or None; and how long it is, or why there is none."""

    memory: Memory | None
    reason: str


def coverage(source: Sequence[str], summary: str) -> Coverage:
    """What a summary keeps of these texts."""
    kept = marks(summary)
    lost = sorted({mark for text in source for mark in marks(text)} - kept)
    told, held = _told(source), _told([summary])
    mass = sum(map(weight, sorted(told)))
    share = sum(map(weight, sorted(told & held))) / mass if mass else 1.0
    return Coverage(tuple(lost), share)


def quotable(turn: Turn, said: Sequence[Sentence]) -> bool:
    """Whether the turn's sentences hold all its numbers, dates and names."""
    return not coverage([turn.text], " ".join(one.text for one in said)).lost


def digested(turns: Sequence[Turn], said: Sequence[Sentence]) -> Digested:
    """One record that may stand for these turns of one session; `said` are their sentences.

    Copies the sentences that hold the numbers, dates and names, then those that say most, until
    six tenths of the weight of the telling words are there. Its sources are the turns whole.
    """
    texts = [turn.text for turn in turns]
    size = sum(map(len, texts))
    if size < SHORTEST:
        return Digested(None, f"{size} characters are short enough")
    picked = _sufficient(texts, said)
    text, _ = gist.written([said[n] for n in sorted(picked)])
    if not picked or len(text) > LONGEST * size:
        return Digested(None, f"a digest would have {len(text)} of {size} characters")
    found = coverage(texts, text)
    if not found.stands:
        lacking = ", ".join(found.lost[:3]) or f"{1 - found.words:.0%} of the telling words"
        return Digested(None, f"a digest would lose {lacking}")
    when = max((turn.when for turn in turns if turn.when is not None), default=None)
    memory = Memory(
        DIGEST, text, tuple(Source(turn.id, 0, len(turn.text)) for turn in turns),
        session=turns[0].session, when=when,
        metadata={"turns": len(turns), "kept": round(found.words, 3)},
    )  # fmt: skip
    return Digested(memory, f"{len(turns)} turns, {len(text)} of {size} characters")


def _sufficient(texts: Sequence[str], said: Sequence[Sentence]) -> set[int]:
    """Places of sentences that hold all marks and enough of the words; of all where none do."""
    missing = {mark for text in texts for mark in marks(text)}
    holds = [marks(one.text) for one in said]
    picked: set[int] = set()
    while missing:
        best = max(
            (n for n in range(len(said)) if n not in picked and holds[n] & missing),
            key=lambda n: (len(holds[n] & missing) / (len(said[n].text) + 40), -n), default=None,
        )  # fmt: skip
        if best is None:
            break
        picked.add(best)
        missing -= holds[best]
    speakers = named(one.speaker for one in said)
    order = gist.chosen(said, sum(map(len, texts)), without=speakers)
    rest = [n for n in range(len(said)) if n not in order]
    for n in [*order, *rest]:
        if coverage(texts, " ".join(said[p].text for p in sorted(picked))).words >= LEAST_COVERED:
            break
        picked.add(n)
    return picked


def _told(texts: Sequence[str]) -> set[str]:
    return {word.key for text in texts for word in telling(text)}
