"""Which scopes are held in memory: the least recently used go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from memkit.index.scope import ScopeIndex


class CachedScope:
    """A scope's index and the lock that its users hold."""

    def __init__(self, index: ScopeIndex) -> None:
        self.index = index
        self.mutex = threading.RLock()


class ScopeCache:
    """Indexes of scopes, at most `max_records` records in all beyond the one just used."""

    def __init__(self, make: Callable[[bool], ScopeIndex], max_records: int = 2_000_000) -> None:
        """`make` is told whether the index is to hold what has long been archived, too."""
        self._make = make
        self._max_records = max_records
        self._mutex = threading.Lock()
        self._scopes: OrderedDict[tuple[int, bool], CachedScope] = OrderedDict()

    def get(self, scope: int, *, whole: bool = False) -> CachedScope:
        """The index of a scope, made empty if it is not held."""
        key = scope, whole
        with self._mutex:
            found = self._scopes.get(key)
            if found is None:
                found = self._scopes[key] = CachedScope(self._make(whole))
            self._scopes.move_to_end(key)
            self._shrink()
            return found

    def drop(self, scope: int | None = None) -> None:
        """Let go of one scope, or of all."""
        with self._mutex:
            if scope is None:
                self._scopes.clear()
            else:
                for whole in (False, True):
                    self._scopes.pop((scope, whole), None)

    def held(self) -> dict[int, int]:
        """Records held, by scope; indexes of what has long been archived are left out."""
        with self._mutex:
            return {
                scope: cached.index.size
                for (scope, whole), cached in self._scopes.items()
                if not whole
            }

    def _shrink(self) -> None:
        total = sum(cached.index.size for cached in self._scopes.values())
        while total > self._max_records and len(self._scopes) > 1:
            _, oldest = self._scopes.popitem(last=False)
            total -= oldest.index.size
