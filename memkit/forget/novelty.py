"""Gates at intake that ask how new a turn is: by its words, or by the direction of its vector."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from memkit.contracts import Embedder, IntakeGate
from memkit.embed.keys import Keys
from memkit.forget.gatekeeping import could_matter, kept, likest, said_before, same_voice
from memkit.models import Turn, Verdict
from memkit.types import Floats

Numbers = npt.NDArray[np.float64]

_DEPENDENT: Final = 1e-6
"""A vector of which less than this share is left adds rounding errors to a basis, and no more."""


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
        if could_matter(turn.text):
            return kept(turn, "it may matter by itself")
        before, share = likest(turn, said_before(turn, recent))
        if before is None or 1.0 - share >= self._least:
            return kept(turn, "it is new", 1.0 - share)
        return Verdict(turn.id, "archive", f"{turn.id} repeats {before.id}", 1.0 - share)


class OrthogonalGate(IntakeGate):
    """Lets pass what the latest turns of a speaker do not add up to, and all that could matter.

    How new a turn is: ||v - U U^T v|| / ||v||, the share of its vector that is orthogonal to those
    of its speaker's latest turns (the update rule of Lattice, arXiv 2504.05646, as a measure).
    Below `least` it is a duplicate of the nearest of them, unless that lacks one of its names.
    """

    name: ClassVar[str] = "orthogonal"

    def __init__(
        self, *, embedder: Embedder | str = "default", last: int = 100, rank: int = 32,
        least: float = 0.15,
    ) -> None:  # fmt: skip
        """Among the `last` turns, up to `rank` independent ones of the speaker."""
        self.last = last
        self._keys = Keys(embedder)
        self._rank = rank
        self._least = least

    def foresee(self, texts: Sequence[str]) -> None:
        """Have the vectors made of those that it has to look at."""
        self._keys.foresee([text for text in texts if not could_matter(text)])

    def fresh(self) -> OrthogonalGate:
        """One with the same options that holds no vectors."""
        made = copy(self)
        made._keys = self._keys.fresh()
        return made

    def judge(self, turn: Turn, recent: Sequence[Turn]) -> Verdict:
        """Keep, or archive naming the turn that it is nearest to."""
        if could_matter(turn.text):
            return kept(turn, "it may matter by itself")
        voice = [other for other in reversed(recent) if same_voice(turn, other)]
        before = said_before(turn, recent)
        if not before:
            return kept(turn, "nothing like it was said before")
        own, *rows = self._keys.of([turn.text, *(other.text for other in voice)])
        basis = Basis(len(own), self._rank)
        for row in rows:
            basis.add(row)
        novelty = basis.novelty(own)
        if novelty >= self._least:
            return kept(turn, "it is new", novelty)
        near = before[int(np.argmax(self._keys.of([other.text for other in before]) @ own))]
        return Verdict(turn.id, "archive", f"{turn.id} repeats {near.id}", novelty)


class Basis:
    """Orthonormal directions, grown one vector at a time.

    Gram-Schmidt, each time twice, which keeps U^T U the identity to rounding errors whatever the
    vectors (Giraud and Langou 2005).
    """

    def __init__(self, dim: int, most: int = 32) -> None:
        """Up to `most` directions of vectors with `dim` components."""
        self._rows: Numbers = np.zeros((min(most, dim), dim))
        self.rank = 0

    @property
    def rows(self) -> Numbers:
        """U^T: the directions, float64 [rank, dim]."""
        return self._rows[: self.rank]

    def add(self, vector: Floats) -> bool:
        """Take in what a vector adds; False where it adds nothing, or all directions are taken."""
        left, share = self._left(vector)
        if self.rank == len(self._rows) or share <= _DEPENDENT:
            return False
        self._rows[self.rank] = left / np.sqrt(np.dot(left, left))
        self.rank += 1
        return True

    def novelty(self, vector: Floats) -> float:
        """||v - U U^T v|| / ||v||, 0..1; 0 for a vector of zeros, which says nothing."""
        return self._left(vector)[1]

    def _left(self, vector: Floats) -> tuple[Numbers, float]:
        """What is orthogonal to every direction, and its share of the length."""
        left = vector.astype(np.float64)
        whole = float(np.sqrt(np.dot(left, left)))
        for _ in range(2):
            left = left - np.einsum("ij,i->j", self.rows, np.einsum("ij,j->i", self.rows, left))
        share = float(np.sqrt(np.dot(left, left))) / whole if whole > 0.0 else 0.0
        return left, min(share, 1.0)
