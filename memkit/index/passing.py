"""Which records pass a filter: worked out once for each, since records never change."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

import numpy as np

from memkit.filters import Condition
from memkit.storage.rows import Rows
from memkit.types import Ints

_MOST: Final = 2_000_000
"""Record numbers held, of all filters of a scope together: 16 MB. Filters count, too, by length."""
_FILTERS: Final = 256
"""Filters held: one that asks for the last hour is another each time, and may let nothing pass."""


class Passing:
    """The records of one scope that passed the filters asked for lately.

    A filter that is asked again is put to new records alone. What is removed stays in, and is
    nobody's number any more.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[Any, ...], tuple[int, Ints]] = OrderedDict()

    def __len__(self) -> int:
        """How many filters are remembered."""
        return len(self._held)

    def numbers(self, rows: Rows, scope: int, condition: Condition, last: int) -> Ints:
        """The numbers of the records that meet it, at least of those up to `last`.

        `last` is the newest record of the scope in that transaction. Where another one was ahead of
        it, what that one saw is among them.
        """
        where, values = condition
        key = (where, *values)
        seen, known = self._held.get(key, (0, np.zeros(0, np.int64)))
        if seen < last:
            fresh = rows.records.numbers(scope, f"record > ? AND ({where})", [seen, *values])
            known = np.concatenate([known, np.array(fresh, np.int64)])
            self._held[key] = (last, known)
            self._held.move_to_end(key)
            self._shrink()
        else:
            self._held.move_to_end(key)
        return known

    def _shrink(self) -> None:
        held = sum(_weight(key, numbers) for key, (_, numbers) in self._held.items())
        while len(self._held) > 1 and (held > _MOST or len(self._held) > _FILTERS):
            key, (_, numbers) = self._held.popitem(last=False)
            held -= _weight(key, numbers)


def _weight(key: tuple[Any, ...], numbers: Ints) -> int:
    """Record numbers, and as many more as the filter takes the place of."""
    return len(numbers) + sum(len(part) for part in key if isinstance(part, str)) // 8
