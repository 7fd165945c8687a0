"""Records with equal rows: one stands for the others.

Much of what is said is said again, word for word: "ok", "thanks". A graph over near neighbours
breaks on that: records at no distance take up one another's links, and what leads away is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from memkit.types import Floats, Ints, Mask, Terms

RowsAt = Callable[[Ints], Floats]
"""The rows of records, by their ordinals."""

_AT_ONCE: Final = 1024
_NONE: Final = np.zeros(0, np.int64)


class Pairs:
    """Values under keys: arrays in ascending order of the keys, and for one key as they came."""

    def __init__(self, keys: npt.NDArray[Any], values: Ints) -> None:
        """Takes pairs that are in order."""
        self.keys, self.values = keys, values

    def insert(self, keys: npt.NDArray[Any], values: Ints) -> None:
        """Put pairs among those there are; costs a copy of all."""
        if len(keys):
            order = np.argsort(keys, kind="stable")
            places = np.searchsorted(self.keys, keys[order], "right")
            self.keys = np.insert(self.keys, places, keys[order])
            self.values = np.insert(self.values, places, values[order])

    def spans(self, keys: npt.NDArray[Any]) -> tuple[Ints, Ints]:
        """Where the values under each key begin and end."""
        return np.searchsorted(self.keys, keys, "left"), np.searchsorted(self.keys, keys, "right")

    def firsts(self, keys: npt.NDArray[Any]) -> Ints:
        """The first value under each key, or -1."""
        starts, stops = self.spans(keys)
        return np.append(self.values, -1)[np.where(stops > starts, starts, -1)]


class Twins:
    """Which records have the row of an earlier one; the first with a row stands for all."""

    def __init__(self) -> None:
        self._twins = Pairs(_NONE, _NONE)
        self._hashes = Pairs(np.zeros(0, np.uint64), _NONE)
        self._unhashed = _NONE

    def take_in(self, ordinals: Ints, rows_at: RowsAt) -> Ints:
        """Look at further records, in ascending order; those whose rows are new."""
        if len(self._unhashed):
            self._hashes.insert(_hashes(self._unhashed, rows_at), self._unhashed)
            self._unhashed = _NONE
        hashes, first, which = np.unique(
            _hashes(ordinals, rows_at), return_index=True, return_inverse=True
        )
        known = self._hashes.firsts(hashes)
        before = np.where(known >= 0, known, ordinals[first])[which]
        same = before != ordinals
        same[same] = _equal(before[same], ordinals[same], rows_at)
        self._twins.insert(before[same], ordinals[same])
        self._hashes.insert(hashes[known < 0], ordinals[first[known < 0]])
        fresh: Ints = ordinals[~same]
        return fresh

    def spread(self, firsts: Ints, most: int, allowed: Mask | None) -> Ints:
        """The first of these and their twins, `most` and few more, as far as allowed; ascending."""
        starts, stops = self._twins.spans(firsts)
        if (starts == stops).all():
            return np.sort(firsts if allowed is None else firsts[allowed[firsts]])
        found, count = [_NONE], 0
        for place, (start, stop) in enumerate(zip(starts.tolist(), stops.tolist(), strict=True)):
            alike = np.append(firsts[place], self._twins.values[start:stop])
            found.append((alike if allowed is None else alike[allowed[alike]])[:most])
            count += len(found[-1])
            if count >= most:
                break
        return np.sort(np.concatenate(found))

    def state(self) -> dict[str, npt.NDArray[Any]]:
        """Each twin, under the record that stands for it."""
        return {"firsts": self._twins.keys, "twins": self._twins.values}

    def restore(self, state: Mapping[str, npt.NDArray[Any]], ordinals: Ints) -> Ints:
        """Take up the twins among these records; the others. Raises `ValueError`."""
        firsts, twins = state["firsts"], state["twins"]
        fresh = ordinals[~np.isin(ordinals, twins)]
        if (
            firsts.dtype != np.int64 or twins.dtype != np.int64
            or firsts.ndim != 1 or firsts.shape != twins.shape
            or len(fresh) + len(twins) != len(ordinals) or (np.diff(firsts) < 0).any()
            or not np.isin(firsts, fresh).all()
        ):  # fmt: skip
            raise ValueError("twins that are not among the records")
        self._twins = Pairs(firsts, twins)
        self._unhashed = fresh
        return fresh


def _hashes(ordinals: Ints, rows_at: RowsAt) -> Terms:
    """Equal for equal rows; multilinear over the numbers' bits, modulo 2**64."""
    found = np.empty(len(ordinals), np.uint64)
    for start in range(0, len(ordinals), _AT_ONCE):
        bits = rows_at(ordinals[start : start + _AT_ONCE]).view(np.uint32).astype(np.uint64)
        factors = np.random.default_rng(0).integers(1 << 63, size=bits.shape[1], dtype=np.uint64)
        found[start : start + _AT_ONCE] = bits @ (2 * factors + 1)
    return found


def _equal(ones: Ints, others: Ints, rows_at: RowsAt) -> Mask:
    """Which pairs of records have equal rows: a hash alone could err."""
    equal = np.empty(len(ones), np.bool_)
    for start in range(0, len(ones), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        equal[part] = (rows_at(ones[part]) == rows_at(others[part])).all(axis=1)
    return equal
