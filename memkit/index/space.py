"""From what the file keeps of a record to a unit vector fitted to its scope.

Vectors of one scope share a large common part (its speakers, its tone) that says nothing about
any one record. Removing the scope's mean, and for static token vectors the first principal
component, leaves what tells records apart.

A space is fitted to the first F records of a scope, F being the largest of 1, 2, 4, 5, 8, 11, 16,
22, 32... 65,536 (powers of the square root of two, cut to whole numbers) that the scope has
reached. So the vectors depend on the records alone, not on when which process happened to look.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from memkit.contracts import Embedder, TokenEmbedder
from memkit.types import Floats, Ints

SIF_WEIGHT: Final = 1e-3
"""`a` in a / (a + p(token)): Arora, Liang and Ma 2017, section 3."""
TOKENS_PRIOR: Final = 2000
"""Tokens' worth of doubt about the frequencies: in a small scope every token counts in full."""
MEAN_PRIOR: Final = 16
"""Records' worth of doubt about the scope's mean, which a handful of records cannot tell."""
COMPONENT_RECORDS: Final = 32
"""Fewer records than this have no principal component worth removing."""
_MOST: Final = 1 << 16
"""More records would tell no more, and every fit costs a pass over the whole scope."""
_SAMPLE: Final = 4096
"""Records, evenly spread, from which the mean and the component are found in a large scope."""
_TOKENS_AT_ONCE: Final = 1 << 15
_ROWS_AT_ONCE: Final = 2048


def fit_size(records: int) -> int:
    """How many of the first records a space over `records` is fitted to."""
    size = 0
    power = 0
    while (step := int(2 ** (power / 2))) <= min(records, _MOST):
        size = step
        power += 1
    return size


class Space(ABC):
    """Vectors of one scope; `fitted` is the number of records it was fitted to."""

    def __init__(self) -> None:
        self.fitted = 0
        self._mean: Floats | None = None
        self._component: Floats | None = None

    @abstractmethod
    def fit(self, data: Iterable[bytes | None], size: int) -> None:
        """Fit to the first `size` records of the scope, as the file keeps them."""

    @abstractmethod
    def state(self) -> dict[str, npt.NDArray[Any]]:
        """What was fitted, as arrays by name."""

    @abstractmethod
    def _raw(self, data: Sequence[bytes | None]) -> Floats:
        """Vectors before anything common is removed; a zero row for a record without data."""

    @abstractmethod
    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """What the file keeps of texts; calls the embedder."""

    @abstractmethod
    def query(self, text: str) -> Floats:
        """The unit vector of a query in this space, float32 [dim]; calls the embedder."""

    def project(self, data: Sequence[bytes | None]) -> Floats:
        """Unit rows, float32 [n, dim]; a zero row for a record without data."""
        return self._centred(self._raw(data))

    def restore(self, state: Mapping[str, npt.NDArray[Any]]) -> None:
        """Be fitted as the space was that gave this state."""
        self.fitted = int(state["fitted"][0])
        self._mean, self._component = state.get("mean"), state.get("component")

    def _common(self) -> dict[str, npt.NDArray[Any]]:
        parts = {"mean": self._mean, "component": self._component}
        kept = {name: array for name, array in parts.items() if array is not None}
        return {"fitted": np.array([self.fitted]), **kept}

    def _fit_common(self, rows: Floats, *, component: bool) -> None:
        self._mean = self._component = None
        known = rows[np.einsum("ij,ij->i", rows, rows) > 0]
        if not len(known):
            return
        total = known.sum(axis=0, dtype=np.float64)
        self._mean = (total / (len(known) + MEAN_PRIOR)).astype(np.float32)
        if component and len(known) >= COMPONENT_RECORDS:
            sample = known - self._mean
            _, vectors = np.linalg.eigh((sample.T @ sample).astype(np.float64))
            self._component = vectors[:, -1].astype(np.float32)

    def _centred(self, rows: Floats) -> Floats:
        """Take what is common out of each row, in place, and make it a unit row."""
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            self._centre(rows[start : start + _ROWS_AT_ONCE])
        return rows

    def _centre(self, rows: Floats) -> None:
        unknown = np.einsum("ij,ij->i", rows, rows) == 0
        # einsum, not BLAS: a row's result must not depend on how many rows come with it
        if self._mean is not None:
            rows -= self._mean
        if self._component is not None:
            rows -= np.einsum("ij,j->i", rows, self._component)[:, None] * self._component
        _make_unit(rows)
        rows[unknown] = 0.0


class DenseSpace(Space):
    """Vectors of any embedder, centred on the scope's mean."""

    form: Final = "dense"

    def __init__(self, embedder: Embedder) -> None:
        super().__init__()
        self._embedder = embedder

    def fit(self, data: Iterable[bytes | None], size: int) -> None:
        """Find the scope's mean vector."""
        sample = list(islice(data, 0, size, _step(size)))
        self.fitted = size
        self._fit_common(self._raw(sample), component=False)

    def state(self) -> dict[str, npt.NDArray[Any]]:
        """The mean."""
        return self._common()

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """The embedder's vectors, as float32."""
        return [row.tobytes() for row in self._embedder.embed_checked(texts)]

    def query(self, text: str) -> Floats:
        """The embedder's vector for a query, treated like a record's."""
        row = self._embedder.embed_one(text, "query")
        rows = row[None, :].copy()
        _make_unit(rows)
        unit: Floats = self._centred(rows)[0]
        return unit

    def _raw(self, data: Sequence[bytes | None]) -> Floats:
        rows = np.zeros((len(data), self._embedder.dim), np.float32)
        for row, kept in zip(rows, data, strict=True):
            if kept is not None:
                row[:] = np.frombuffer(kept, np.float32)
        _make_unit(rows)
        return rows


class TokenSpace(Space):
    """Sums of token vectors, weighted by smooth inverse frequency within the scope."""

    form: Final = "tokens"

    def __init__(self, embedder: TokenEmbedder) -> None:
        super().__init__()
        self._embedder = embedder
        self._weights = np.ones(embedder.vocabulary, np.float32)

    def fit(self, data: Iterable[bytes | None], size: int) -> None:
        """Count the scope's tokens, then find the mean and the first component."""
        first = [kept or b"" for kept in islice(data, size)]
        ids = np.frombuffer(b"".join(first), np.uint32)
        counts = np.bincount(ids, minlength=self._embedder.vocabulary).astype(np.float64)
        share = counts / (counts.sum() + TOKENS_PRIOR)
        self._weights = (SIF_WEIGHT / (SIF_WEIGHT + share)).astype(np.float32)
        self.fitted = size
        self._fit_common(self._raw(first[:: _step(size)]), component=True)

    def state(self) -> dict[str, npt.NDArray[Any]]:
        """The tokens' weights, the mean, and the component."""
        return {**self._common(), "weights": self._weights}

    def restore(self, state: Mapping[str, npt.NDArray[Any]]) -> None:
        """Be fitted as the space was that gave this state."""
        super().restore(state)
        self._weights = state["weights"]

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """Token ids, as uint32."""
        return [ids.astype(np.uint32).tobytes() for ids in self._embedder.token_ids(texts)]

    def query(self, text: str) -> Floats:
        """The weighted sum of the query's tokens, treated like a record's."""
        ids = self._embedder.token_ids([text])[0]
        row = self._weights[ids] @ self._embedder.token_vectors(ids)
        rows = row.reshape(1, -1)
        _make_unit(rows)
        unit: Floats = self._centred(rows)[0]
        return unit

    def _raw(self, data: Sequence[bytes | None]) -> Floats:
        rows = np.zeros((len(data), self._embedder.dim), np.float32)
        start = 0
        while start < len(data):
            stop, tokens = start, 0
            while stop < len(data) and (tokens < _TOKENS_AT_ONCE or stop == start):
                tokens += len(data[stop] or b"") // 4
                stop += 1
            self._sum_tokens(data[start:stop], rows[start:stop])
            _make_unit(rows[start:stop])
            start = stop
        return rows

    def _sum_tokens(self, data: Sequence[bytes | None], rows: Floats) -> None:
        lengths = np.array([len(kept or b"") // 4 for kept in data])
        if not lengths.any():
            return
        ids: Ints = np.frombuffer(b"".join(kept or b"" for kept in data), np.uint32).astype(
            np.int64
        )
        distinct, places = np.unique(ids, return_inverse=True)
        weighted = self._embedder.token_vectors(distinct) * self._weights[distinct][:, None]
        starts = np.cumsum(lengths) - lengths
        # The p-th tokens of all records at once, longest records first: each row is summed in the
        # order of its tokens whatever comes with it, and in a quarter of the time of reduceat.
        order = np.argsort(-lengths, kind="stable")
        longer = len(data) - np.searchsorted(np.sort(lengths), np.arange(lengths.max()), "right")
        sums = np.zeros((len(data), self._embedder.dim), np.float32)
        for place, count in enumerate(longer.tolist()):
            sums[:count] += weighted[places[starts[order[:count]] + place]]
        rows[order] = sums


def _step(size: int) -> int:
    """Every how many records one is taken for the mean and the component."""
    return max(1, size // _SAMPLE)


def _make_unit(rows: Floats) -> None:
    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    rows /= np.maximum(norms, 1e-9)[:, None]


def space_for(embedder: Embedder) -> DenseSpace | TokenSpace:
    """A fresh space for one scope."""
    if isinstance(embedder, TokenEmbedder):
        return TokenSpace(embedder)
    return DenseSpace(embedder)
