"""Texts to vectors: the embedder, and the one that adds up token vectors."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np

from memkit.errors import InvalidVector
from memkit.types import Floats, Ints

__all__ = ["EmbedFunction", "Embedder", "Role", "TokenEmbedder"]

Role = Literal["document", "query"]

EmbedFunction = Callable[[Sequence[str]], Any]
"""A callable that serves as an embedder: a batch of texts to rows of numbers."""


class Embedder(ABC):
    """Texts to vectors.

    `identity` names the model and every setting that changes its vectors; it is stored in the
    file and compared on opening. `dim` is the number of components.
    """

    identity: str
    dim: int

    @abstractmethod
    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """One row per text, float32 [n, dim], finite; an empty batch gives [0, dim].

        Must give a text the same row whatever else is in the batch, and in every call. May be
        called from several threads at once.
        """

    def embed_one(self, text: str, role: Role = "document") -> Floats:
        """The vector of one text, float32 [dim], checked."""
        row: Floats = self.embed_checked([text], role)[0]
        return row

    def embed_checked(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """`embed`, with `InvalidVector` raised for a wrong shape, NaN or infinity."""
        rows: Floats = np.asarray(self.embed(texts, role), dtype=np.float32)
        if rows.shape != (len(texts), self.dim):
            raise InvalidVector(
                f"Embedder {self.identity!r} was given {len(texts)} texts and returned shape "
                f"{rows.shape}; expected ({len(texts)}, {self.dim}). Nothing was stored."
            )
        if not np.isfinite(rows).all():
            row = int(np.argmin(np.isfinite(rows).all(axis=1)))
            raise InvalidVector(
                f"Embedder {self.identity!r} returned NaN or infinity for text {row} of "
                f"{len(texts)}. Nothing was stored."
            )
        return rows


class TokenEmbedder(Embedder):
    """An embedder whose text vector is a sum of fixed token vectors.

    The store then keeps token ids instead of vectors, and weighs the tokens by the frequencies
    of each scope (smooth inverse frequency, Arora et al. 2017).
    """

    @abstractmethod
    def token_ids(self, texts: Sequence[str]) -> list[Ints]:
        """The token ids of each text, int64 [number of tokens], each below `vocabulary`."""

    @abstractmethod
    def token_vectors(self, ids: Ints) -> Floats:
        """The vectors of those tokens, float32 [n, dim]."""

    @property
    @abstractmethod
    def vocabulary(self) -> int:
        """The number of different token ids."""

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """The plain mean of the token vectors, for use outside a scope."""
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, ids in zip(rows, self.token_ids(texts), strict=True):
            if len(ids):
                row[:] = self.token_vectors(ids).mean(axis=0)
        return rows
