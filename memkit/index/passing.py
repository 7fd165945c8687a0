"""Which records pass a filter: worked out once for each, since records never change."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

import numpy as np

from memkit.filters import Condition
from memkit.storage.rows import Rows
from memkit.types import Ints

_MOST: Final = 2_000_000
"""Record numbers held, of all filters of a scope together: 16 MB."""


class Passing:
    """The records of one scope that passed the filters asked for lately.

    A filter that is asked again is put to new records alone. What is removed stays in, and is
    nobody's number any more.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[Any, ...], tuple[int, Ints]] = OrderedDict()

    def numbers(self, rows: Rows, scope: int, condition: Condition, last: int) -> Ints:
        """The numbers of the records up to `last`, the newest of the scope, that meet it."""
        where, values = condition
        key = (where, *values)
        seen, known = self._held.get(key, (0, np.zeros(0, np.int64)))
        if seen < last:
            fresh = rows.records.numbers(scope, f"record > ? AND ({where})", [seen, *values])
            known = np.concatenate([known, np.array(fresh, np.int64)])
        self._held[key] = (last, known)
        self._held.move_to_end(key)
        held = sum(len(numbers) for _, numbers in self._held.values())
        while held > _MOST and len(self._held) > 1:
            held -= len(self._held.popitem(last=False)[1][1])
        return known
