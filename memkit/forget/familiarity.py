"""A gate at intake of constant size that knows whether something like it was said at any time."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from copy import copy
from typing import ClassVar, Final

import numpy as np

from memkit.contracts import Embedder, IntakeGate
from memkit.embed.keys import Keys
from memkit.forget.gatekeeping import could_matter, kept
from memkit.index.hypervectors import Signs, projected, symbol
from memkit.index.sparse_distributed import SparseDistributedMemory
from memkit.marks import names
from memkit.models import Turn, Verdict

_HELD: Final = 16
"""Texts whose vectors are held: a turn is learned right after it was judged."""


class FamiliarityGate(IntakeGate):
    """Lets pass what is not familiar from all that its speaker has said, and all that could matter.

    A turn is the signs of random projections of its vector, bound to its speaker, in a sparse
    distributed memory (Kanerva 1988), whose size is the same however much was said. It tells about
    how often something like it was said; `most` and beyond is archived. It cannot tell when, nor
    which names were heard: what holds a name passes, as does a number, a date or a denial.
    """

    name: ClassVar[str] = "familiarity"

    def __init__(
        self, *, embedder: Embedder | str = "default", bits: int = 256, locations: int = 2000,
        most: float = 0.9,
    ) -> None:  # fmt: skip
        """A memory of `locations` x `bits` counters for each scope, 1 MB by default."""
        self.last = 1
        self.reach = sys.maxsize
        self._keys = Keys(embedder, most=_HELD)
        self._shape = bits, locations
        self._most = most
        self._memory = SparseDistributedMemory(bits, locations=locations)

    def judge(self, turn: Turn, recent: Sequence[Turn]) -> Verdict:
        """Keep, or archive saying how familiar it is."""
        if could_matter(turn.text) or names(turn.text):
            return kept(turn, "it may matter by itself")
        familiar = self._memory.familiarity(self._words([turn])[0])
        if familiar < self._most:
            return kept(turn, "it is not familiar", 1.0 - familiar)
        reason = f"{turn.id} is familiar: as if said {familiar:.1f} times before"
        return Verdict(turn.id, "archive", reason, 1.0 - familiar)

    def foresee(self, texts: Sequence[str]) -> None:
        """Have their vectors made."""
        self._keys.foresee(texts)

    def fresh(self) -> FamiliarityGate:
        """One with the same options to which nothing is familiar."""
        made = copy(self)
        made._keys = self._keys.fresh()
        bits, locations = self._shape
        made._memory = SparseDistributedMemory(bits, locations=locations)
        return made

    def learn(self, turns: Sequence[Turn]) -> None:
        """Write what was said into the memory."""
        if turns:
            self._memory.write(self._words(turns))

    def _words(self, turns: Sequence[Turn]) -> Signs:
        bits = self._shape[0]
        voices = [symbol(f"voice {turn.role} {turn.speaker}", bits) for turn in turns]
        found: Signs = projected(self._keys.of([turn.text for turn in turns]), bits)
        return found * np.stack(voices)
