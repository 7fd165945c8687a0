"""Arrays that grow, and the choice of the best of many scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from memkit.contracts import Scored
from memkit.types import Floats, Ints, Mask

_FIRST_ROOM = 64
_MANY = 2048
"""Fewer scores are soon sorted."""


class Growing:
    """A numpy array with room at its end; appending costs amortised constant time per row."""

    def __init__(self, dtype: npt.DTypeLike, width: int | None = None) -> None:
        """Empty, of shape [0] or [0, width]."""
        self._shape = () if width is None else (width,)
        self._room: npt.NDArray[Any] = np.zeros((0, *self._shape), dtype=dtype)
        self._size = 0

    @classmethod
    def of(cls, rows: npt.NDArray[Any]) -> Growing:
        """Those rows, to grow from; the array is taken over."""
        made = cls(rows.dtype, *rows.shape[1:])
        made._room, made._size = rows, len(rows)
        return made

    @property
    def values(self) -> npt.NDArray[Any]:
        """The rows so far, as a view that may be written through."""
        return self._room[: self._size]

    def __len__(self) -> int:
        return self._size

    def extend(self, rows: npt.ArrayLike) -> None:
        """Append rows."""
        given = np.asarray(rows, dtype=self._room.dtype)
        needed = self._size + len(given)
        if needed > len(self._room):
            room = np.zeros((max(needed, 2 * len(self._room), _FIRST_ROOM), *self._shape),
                            dtype=self._room.dtype)  # fmt: skip
            room[: self._size] = self.values
            self._room = room
        self._room[self._size : needed] = given
        self._size = needed


class Neighbours:
    """The record before and the one after each in its session; -1 where there is none."""

    def __init__(self) -> None:
        self._previous = Growing(np.int64)
        self._following = Growing(np.int64)

    @classmethod
    def of(cls, previous: Ints) -> Neighbours:
        """The neighbours of records whose predecessors are known."""
        made = cls()
        made.extend(0, previous)
        return made

    @property
    def previous(self) -> Ints:
        """Ordinal of the record before, or -1."""
        return self._previous.values

    @property
    def following(self) -> Ints:
        """Ordinal of the record after, or -1."""
        return self._following.values

    def extend(self, start: int, previous: Ints) -> tuple[Ints, Ints]:
        """Append records from ordinal `start` on; returns the pairs (before, after) this made."""
        self._previous.extend(previous)
        self._following.extend(np.full(len(previous), -1))
        has = previous >= 0
        before, after = previous[has], np.arange(start, start + len(previous))[has]
        self._following.values[before] = after
        return before, after


def best(scores: Floats, limit: int, allowed: Mask | None = None, floor: float = -np.inf) -> Scored:
    """The `limit` highest scores above `floor` among `allowed`; ties in ascending order."""
    ordinals = None  # for all of them
    if allowed is not None or scores.min(initial=np.inf) <= floor:
        eligible = scores > floor
        ordinals = np.flatnonzero(eligible if allowed is None else eligible & allowed)
        scores = scores[ordinals]
    part = _highest(scores, limit) if len(scores) > limit else np.arange(len(scores))
    places = part[_falling(scores[part])]
    found = places if ordinals is None else ordinals[places]
    return Scored(found.astype(np.int64, copy=False), scores[places].astype(np.float32, copy=False))


def distinct(places: Sequence[Ints]) -> Ints:
    """Every different one of these, ascending."""
    every = np.concatenate(places)
    every.sort()
    first = np.ones(len(every), np.bool_)
    np.not_equal(every[1:], every[:-1], out=first[1:])
    found: Ints = every[first]
    return found


def _highest(scores: Floats, limit: int) -> Ints:
    """Places of the `limit` highest, ascending; of those that tie for the last one the first."""
    if not limit:
        return np.zeros(0, np.int64)
    last = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    places: Ints = np.flatnonzero(scores >= last)
    if len(places) > limit:
        level = np.flatnonzero(scores[places] == last)
        places = np.delete(places, level[limit - len(places) :])
    return places


def _falling(scores: Floats) -> Ints:
    """Places of the scores from the highest to the lowest, ties ascending."""
    if len(scores) < _MANY:
        return np.argsort(-scores, kind="stable")
    # One sort of numbers made of score and place, in a tenth of the time of a stable argsort.
    bits = (scores.astype(np.float32) + np.float32(0.0)).view(np.int32).astype(np.int64)
    bits ^= (bits >> 31) & 0x7FFFFFFF  # as numbers in the order of the floats
    keys = (-bits << 32) + np.arange(len(scores))
    keys.sort()
    return keys & 0xFFFFFFFF
