"""One run of `maintain`: what it did, or would do, and whether time is left."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence

from memkit.models import MaintainReport, Planned, Rejected
from memkit.store import deriving


class Run:
    """Counts what one call did so far; a dry one writes down what would be done instead."""

    def __init__(self, budget_ms: float | None, *, dry: bool = False) -> None:
        """`budget_ms` None: as long as it takes; 0: nothing."""
        self._began = time.perf_counter()
        self._budget_ms = budget_ms
        self._finished = True
        self._stepped = budget_ms == 0
        self.dry = dry
        self.extracted: Counter[str] = Counter()
        self.rejected: Counter[str] = Counter()
        self.consolidated: Counter[str] = Counter()
        self.let_go: Counter[str] = Counter()
        self.errors: list[str] = []
        self.planned: list[Planned] = []

    def has_time(self) -> bool:
        """False, and noted as unfinished, once the budget is spent and a step was made.

        At least one, so that however small the budget some runs get through: to load the extractors
        alone may take longer.
        """
        if self._stepped and self._is_spent():
            self._finished = False
            return False
        return True

    def step(self) -> None:
        """Note that something is being done that takes time."""
        self._stepped = True

    def goes_on(self) -> bool:
        """Whether there is time for another step, which is then made."""
        has_time = self.has_time()
        self._stepped = True
        return has_time

    def note(self, name: str, extracted: int, refused: Sequence[Rejected]) -> None:
        """Count what one batch gave."""
        self.extracted[name] += extracted
        self.rejected[name] += len(refused)
        self.errors.extend(f"{name}: {deriving.described(one)}" for one in refused)

    def plan(self, act: str, records: Iterable[str], reason: str) -> None:
        """Write down what a run that is not dry would do."""
        self.planned.append(Planned(act, tuple(records), reason))

    def report(self) -> MaintainReport:
        """What was done, and how long it took."""
        return MaintainReport(
            self._finished, dict(self.extracted), dict(self.rejected), dict(self.consolidated),
            self.let_go["archive"], self.let_go["expire"], tuple(self.errors),
            round(self._milliseconds(), 3), self.let_go["compress"], tuple(self.planned),
        )  # fmt: skip

    def _is_spent(self) -> bool:
        return self._budget_ms is not None and self._milliseconds() >= self._budget_ms

    def _milliseconds(self) -> float:
        return (time.perf_counter() - self._began) * 1000
