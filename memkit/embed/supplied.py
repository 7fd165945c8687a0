"""Vectors that the caller made, of text, image or sound."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from memkit.contracts import Embedder, Role
from memkit.errors import InvalidVector
from memkit.types import Floats


class SuppliedVectors(Embedder):
    """Vectors that the caller has made, of text, image or sound, in one space.

    `give` a vector before its text is stored or asked for; raises `InvalidVector` for a text that
    was given none.

    >>> vectors = SuppliedVectors("imagebind", 2)
    >>> vectors.give("frame 12: a red kite", [3.0, 4.0])
    >>> vectors.embed(["frame 12: a red kite"])
    array([[0.6, 0.8]], dtype=float32)
    """

    def __init__(self, model: str, dim: int) -> None:
        """`model` names the space; vectors of another may not be mixed with these."""
        self.identity = f"supplied:{model}:{dim}"
        self.dim = dim
        self._rows: dict[bytes, Floats] = {}

    def give(self, text: str, vector: Sequence[float]) -> None:
        """The vector of a text, of any length but none; float32 [dim]."""
        try:
            row = np.asarray(vector, np.float64)  # the squares of large numbers are beyond float32
        except (TypeError, ValueError) as error:
            raise InvalidVector(
                f"A vector of {self.identity} is {self.dim} numbers ({error}). Nothing was kept."
            ) from error
        norm = float(np.linalg.norm(row)) if row.shape == (self.dim,) else 0.0
        if not norm > 0.0 or not np.isfinite(norm):
            raise InvalidVector(
                f"A vector of {self.identity} is {self.dim} finite numbers, not all zero; found "
                f"shape {row.shape}. Nothing was kept."
            )
        self._rows[_key(text)] = (row / norm).astype(np.float32)

    def gives(self, text: str) -> bool:
        """Whether the text has a vector."""
        return _key(text) in self._rows

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """The vectors given, float32 [n, dim]."""
        missing = [text for text in texts if _key(text) not in self._rows]
        if missing:
            raise InvalidVector(
                f"No vector was given for {missing[0][:60]!r} and {len(missing) - 1} more; call "
                "give(text, vector) first. Nothing was stored."
            )
        rows = [self._rows[_key(text)] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dim), np.float32)


def _key(text: str) -> bytes:
    """Stands for a text, so that one that is erased from a store is not held here."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
