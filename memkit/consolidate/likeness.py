"""How alike texts are: vectors, and what keeps texts apart that are nearly the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from memkit.contracts import Embedder
from memkit.embed.keys import unit_rows
from memkit.marks import denies, marks
from memkit.models import Memory
from memkit.types import Floats, Ints

SENSE: Final = (
    "mood", "since", "until", "type", "unit", "level", "subject", "attribute", "value",
)  # fmt: skip
"""What in a record's metadata says how it is meant."""
_ROWS_AT_ONCE: Final = 1024


def vectors(texts: Sequence[str], embedder: Embedder | str | None) -> Floats | None:
    """A unit row per text, float32 [n, dim]; None without an embedder."""
    if embedder is None or not texts:
        return None
    return unit_rows(texts, embedder)


def sense(memory: Memory) -> tuple[object, ...]:
    """Equal for records of one kind that mean what they say in the same way."""
    return (memory.kind, memory.speaker, *(str(memory.metadata.get(name)) for name in SENSE))


def tells_apart(one: str, other: str) -> bool:
    """Whether a number, a date, a name or a denial stands in one text and not in the other."""
    return marks(one) != marks(other) or denies(one) != denies(other)


def nearest(rows: Floats, count: int) -> tuple[Ints, Floats]:
    """For each row the `count` others that are most alike, best first, and their cosines.

    int64 and float32 [n, min(count, n - 1)]; ties in ascending order.
    """
    count = min(count, len(rows) - 1)
    places = np.zeros((len(rows), count), np.int64)
    cosines = np.zeros((len(rows), count), np.float32)
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        products = rows[start : start + _ROWS_AT_ONCE] @ rows.T
        own = np.arange(len(products))
        products[own, start + own] = -2.0
        order = _largest(products, count)
        places[start : start + _ROWS_AT_ONCE] = order
        cosines[start : start + _ROWS_AT_ONCE] = np.take_along_axis(products, order, axis=1)
    return places, cosines


def _largest(values: Floats, count: int) -> Ints:
    """The places of the `count` largest of each row, best first, ties in ascending order."""
    if not count:
        return np.zeros((len(values), 0), np.int64)
    some = np.sort(np.argpartition(-values, count - 1, axis=1)[:, :count], axis=1)
    found = np.take_along_axis(values, some, axis=1)
    order = np.take_along_axis(some, np.argsort(-found, axis=1, kind="stable"), axis=1)
    # Where others equal the least of those found, a partition may have taken any of them.
    tied = np.count_nonzero(values >= found.min(axis=1)[:, None], axis=1) > count
    order[tied] = np.argsort(-values[tied], axis=1, kind="stable")[:, :count]
    return order
