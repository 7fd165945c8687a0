"""A graph over rows, and what every library's has in common: order, twins, soundness."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

import numpy as np
import numpy.typing as npt

from memkit.index.twins import RowsAt, Twins
from memkit.types import Floats, Ints, Mask

Arrays = Mapping[str, npt.NDArray[Any]]

_AT_ONCE: Final = 1 << 16


class Links(ABC):
    """A graph over unit rows, each labelled with its ordinal; of equal rows only the first.

    One thread links the rows in the order of their ordinals, so the links depend on the rows alone.
    `covered` is the number of records looked at so far, those without a vector among them.
    """

    ordered: ClassVar[bool] = True
    """Whether a walk gives what it finds in the order of the rows' own cosines."""

    def __init__(self) -> None:
        self.covered = 0
        self._twins = Twins()

    @abstractmethod
    def __len__(self) -> int:
        """The number of rows."""

    @abstractmethod
    def link(self, fresh: Ints, rows_at: RowsAt) -> None:
        """Link records whose rows are new, in ascending order: one of the `portions`."""

    @abstractmethod
    def walk(self, vector: Floats, width: int) -> Ints:
        """Which of about the `width` nearest rows, nearest first; none where links lead nowhere.

        For those equal to them see `spread`.
        """

    @abstractmethod
    def state(self) -> dict[str, npt.NDArray[Any]]:
        """The links without the rows, and what they were made with."""

    @abstractmethod
    def restore(self, state: Arrays, ordinals: Ints, rows_at: RowsAt) -> None:
        """Take up the links of these records, of all that there were; raises `ValueError`."""

    @abstractmethod
    def resumable(self) -> bool:
        """Whether a graph taken up goes on as if it had never been written down."""

    def reach(self, size: int) -> int:
        """How many of so many records are linked; those after them are compared."""
        return size

    def portions(self, size: int) -> Iterable[int]:
        """Where each portion ends in which records beyond `covered` are linked."""
        return (size,) if size > self.covered else ()

    def cover(self, known: Mask, rows_at: RowsAt) -> None:
        """Link those of these records that are `known`, as far as they are within `reach`.

        A graph that this leaves halfway is of no use.
        """
        for stop in self.portions(len(known)):
            self.grow(self.covered + np.flatnonzero(known[self.covered : stop]), rows_at)
            self.covered = stop

    def grow(self, ordinals: Ints, rows_at: RowsAt) -> None:
        """Link a portion of further records, in ascending order."""
        self.link(self._twins.take_in(ordinals, rows_at), rows_at)

    def spread(self, found: Ints, most: int, allowed: Mask | None) -> Ints:
        """The records with those rows: `most` and few more, as far as allowed; ascending."""
        return self._twins.spread(found, most, allowed)


def require_sound(
    lowest: npt.NDArray[Any], levels: npt.NDArray[Any], upper: npt.NDArray[Any], m: int
) -> None:
    """Raise `ValueError` where following the links would lead outside the graph.

    Libraries follow them without looking. A list is a count, and then room for so many numbers
    of elements as may be linked: one list of 2m in the lowest layer (`lowest`, uint32
    [n, 1 + 2m]), one of m in each above (`upper`, uint32, element after element, up to its level).
    """
    kinds = [(lowest, np.uint32, 2), (levels, np.int32, 1), (upper, np.uint32, 1)]
    if any(array.dtype != kind or array.ndim != axes for array, kind, axes in kinds):
        raise ValueError("a graph of other numbers")
    if lowest.shape != (len(levels), 1 + 2 * m) or not len(levels) or levels.min() < 0:
        raise ValueError("a graph that is not whole")
    if len(upper) != int(levels.sum(dtype=np.int64)) * (1 + m):
        raise ValueError("a graph that is not whole")
    first = np.cumsum(levels) - levels
    layers = 1 + np.arange(len(upper) // (1 + m)) - np.repeat(first, levels)
    _require_inside(lowest, np.zeros(len(lowest), np.int64), levels)
    _require_inside(upper.reshape(-1, 1 + m), layers, levels)


def _require_inside(lists: npt.NDArray[Any], layers: Ints, levels: npt.NDArray[Any]) -> None:
    """Every element that a list names must reach up to the list's layer."""
    for start in range(0, len(lists), _AT_ONCE):
        part = lists[start : start + _AT_ONCE]
        counts, numbers = part[:, 0], part[:, 1:]
        if int(counts.max()) > numbers.shape[1]:
            raise ValueError("a graph with a list that is too long")
        named = numbers[np.arange(numbers.shape[1]) < counts[:, None]]
        if len(named) and int(named.max()) >= len(levels):
            raise ValueError("a graph with a link that leads outside")
        if (levels[named] < np.repeat(layers[start : start + _AT_ONCE], counts)).any():
            raise ValueError("a graph with a link that leads to another layer")
