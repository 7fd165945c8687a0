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

    def __init__(self, make: Callable[[], ScopeIndex], max_records: int = 2_000_000) -> None:
        self._make = make
        self._max_records = max_records
        self._mutex = threading.Lock()
        self._scopes: OrderedDict[int, CachedScope] = OrderedDict()

    def get(self, scope: int) -> CachedScope:
        """The index of a scope, made empty if it is not held."""
        with self._mutex:
            found = self._scopes.get(scope)
            if found is None:
                found = self._scopes[scope] = CachedScope(self._make())
            self._scopes.move_to_end(scope)
            self._shrink()
            return found

    def drop(self, scope: int | None = None) -> None:
        """Let go of one scope, or of all."""
        with self._mutex:
            if scope is None:
                self._scopes.clear()
            else:
                self._scopes.pop(scope, None)

    def held(self) -> dict[int, int]:
        """Records held, by scope."""
        with self._mutex:
            return {scope: cached.index.size for scope, cached in self._scopes.items()}

    def _shrink(self) -> None:
        total = sum(cached.index.size for cached in self._scopes.values())
        while total > self._max_records and len(self._scopes) > 1:
            _, oldest = self._scopes.popitem(last=False)
            total -= oldest.index.size
