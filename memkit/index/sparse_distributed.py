"""Kanerva's sparse distributed memory: constant in size, tolerant of noise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from memkit.errors import InvalidInput
from memkit.index.hypervectors import Signs, signs

_FULL: Final = (1 << 15) - 1
_STEPS: Final = 8


class SparseDistributedMemory:
    """Words of n signs, each written to the counters of the hard addresses nearest to it.

    Kanerva (1988), autoassociative: a word is its own address, and the `active` nearest of the
    `locations` random addresses take it, in the place of all within a radius, so that every word
    counts alike. Reading adds up the counters of the addresses nearest to the cue and takes the
    signs. Counters stop at 2^15 - 1. Nothing grows: `locations` x n x 2 bytes of counters.

    Measured with the defaults: of 20 random words .90 were recalled from cues with a fifth of the
    signs flipped, of 50 .60, of 100 .33, of 200 none. What was written is told from what was not
    for longer: after 1,000 words `familiarity` is 1.01 +- .05 for these, .00 +- .04 for others.
    """

    def __init__(
        self, bits: int = 256, *, locations: int = 2000, active: int = 20, seed: int = 0
    ) -> None:
        if bits < 1 or not 1 <= active <= locations:
            raise InvalidInput(
                f"A memory of {locations} locations cannot keep {bits} signs in {active} of them; "
                "give at least one sign, and as many locations as are active, or more."
            )
        self.bits = bits
        self._active = active
        self._shape = np.array([bits, locations, active, seed], np.int64)
        drawn = signs(f"addresses {seed}", locations * bits).reshape(locations, bits)
        self._addresses = drawn.astype(np.float32)
        self._counters = np.zeros((locations, bits), np.int16)
        self.written = 0

    def write(self, words: Signs) -> None:
        """Add words, int8 [n, bits] of +1 and -1, in order."""
        for word, places in zip(words, self._nearest(words), strict=True):
            sums = self._counters[places].astype(np.int32) + word
            self._counters[places] = np.clip(sums, -_FULL, _FULL)
        self.written += len(words)

    def read(self, cue: Signs) -> Signs:
        """The word that the cue's addresses hold, int8 [bits]; the cue's own sign where none."""
        sums = self._counters[self._nearest(cue[None])[0]].sum(axis=0, dtype=np.int64)
        word: Signs = np.where(sums == 0, cue, np.sign(sums)).astype(np.int8)
        return word

    def recall(self, cue: Signs) -> Signs:
        """`read` again with what was read, until it stays as it is, eight times at most."""
        for _ in range(_STEPS):
            word = self.read(cue)
            if np.array_equal(word, cue):
                break
            cue = word
        return cue

    def familiarity(self, word: Signs) -> float:
        """About how often the word, or one like it, was written.

        The mean of counter x sign over the word's addresses and signs, without what both have in
        common with the address: words that are unlike, and kept in one place, are like that place.
        So they add noise of mean zero; the mean of |counter| would count whatever was written.
        """
        places = self._nearest(word[None])[0]
        addresses, given = self._addresses[places].astype(np.int64), word.astype(np.int64)
        counters = self._counters[places].astype(np.int64)
        shared = addresses @ given
        common = shared * np.einsum("ij,ij->i", counters, addresses)
        own = (self.bits**2 - shared**2).sum()
        return float((self.bits * (counters @ given) - common).sum() / max(own, 1))

    def state(self) -> Mapping[str, npt.NDArray[Any]]:
        """All that `restore` needs, by name."""
        return {
            "shape": self._shape, "counters": self._counters.copy(),
            "written": np.array(self.written, np.int64),
        }  # fmt: skip

    def restore(self, state: Mapping[str, npt.NDArray[Any]]) -> None:
        """Be what another of the same shape and seed was; raises `ValueError` for any other."""
        if not np.array_equal(state["shape"], self._shape):
            raise ValueError(f"a memory of the shape {state['shape'].tolist()}, not {self._shape}")
        self._counters = np.array(state["counters"], np.int16)
        self.written = int(state["written"])

    def _nearest(self, words: Signs) -> npt.NDArray[np.int64]:
        """The addresses that each word activates, [n, active]; of equally near ones the first."""
        products = np.einsum("ij,kj->ik", words.astype(np.float32), self._addresses)
        count = len(self._addresses)
        keys = products.astype(np.int64) * -count + np.arange(count)
        found: npt.NDArray[np.int64] = np.argpartition(keys, self._active - 1, axis=1)
        return found[:, : self._active]
