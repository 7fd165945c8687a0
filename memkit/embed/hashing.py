"""An embedder that needs nothing: hashed words and character trigrams."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from memkit.contracts import Embedder, Role
from memkit.errors import InvalidInput
from memkit.text import stem, term_id, words
from memkit.types import Floats

_TRIGRAM_WEIGHT = 0.35


class HashingEmbedder(Embedder):
    """Feature hashing (Weinberger et al. 2009) of stems and their character trigrams.

    Deterministic across machines. Knows spelling, not meaning: for tests, for other languages
    than the default embedder's, and for installations that must stay tiny.
    """

    def __init__(self, dim: int = 256) -> None:
        """`dim` is the number of components, at least 8."""
        if dim < 8:
            raise InvalidInput(f"dim={dim} is too small for hashing; give at least 8.")
        self.dim = dim
        self.identity = f"hashing-2:{dim}"

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """Unit rows, float32 [n, dim]; a text without words gives a row of zeros."""
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text):
                places, values = _features(stem(word), self.dim)
                np.add.at(row, places, values)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return rows


@lru_cache(maxsize=1 << 15)
def _features(word: str, dim: int) -> tuple[np.ndarray, np.ndarray]:
    padded = f"<{word}>"
    grams = [word] + [f"3:{padded[i : i + 3]}" for i in range(len(padded) - 2)]
    hashes = np.array([term_id(gram) for gram in grams], dtype=np.uint64)
    signs = np.where(hashes >> np.uint64(63), 1.0, -1.0)
    signs[1:] *= _TRIGRAM_WEIGHT
    return (hashes % np.uint64(dim)).astype(np.int64), signs.astype(np.float32)
