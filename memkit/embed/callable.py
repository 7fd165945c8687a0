"""Any callable as an embedder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from memkit.contracts import Embedder, EmbedFunction, Role
from memkit.errors import InvalidVector
from memkit.types import Floats


class CallableEmbedder(Embedder):
    """Wraps a function from a list of texts to rows of numbers.

    Its identity is its qualified name and the dimension it gives for one probe text, unless
    `identity` says better: two versions of a model behind one function need two names.
    """

    def __init__(self, function: EmbedFunction, identity: str | None = None) -> None:
        """Calls the function once, to learn the dimension."""
        self._function = function
        probe = self._rows(["dimension"])
        if probe.ndim != 2 or len(probe) != 1 or not probe.shape[1]:
            raise InvalidVector(
                f"The embedder {function!r} was given one text and returned shape {probe.shape}; "
                "expected one row of numbers per text."
            )
        self.dim = int(probe.shape[1])
        self.identity = identity or f"{_name(function)}:{self.dim}"

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """The function's rows, float32 [n, dim]."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return self._rows(list(texts))

    def _rows(self, texts: list[str]) -> Floats:
        try:
            return np.asarray(self._function(texts), dtype=np.float32)
        except (TypeError, ValueError) as error:
            raise InvalidVector(
                f"The embedder {self._function!r} did not return rows of numbers: {error}. "
                "Nothing was stored."
            ) from error


def _name(function: EmbedFunction) -> str:
    owner = function if hasattr(function, "__qualname__") else type(function)
    return f"callable:{owner.__module__}.{owner.__qualname__}"
