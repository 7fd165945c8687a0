"""Policies by one rule: time to live, least recently used, least frequently used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from memkit.contracts import ForgettingPolicy, Record
from memkit.forget.strength import (
    Action,
    StrengthPolicy,
    age_days,
    idle_days,
    known_action,
    uses_of,
)
from memkit.models import Verdict


class TimeToLivePolicy(ForgettingPolicy):
    """Lets records expire at an age, one for all kinds or one for each."""

    name: ClassVar[str] = "ttl"

    def __init__(
        self, days: float | Mapping[str, float] = 365.0, *, action: Action = "expire"
    ) -> None:
        """`days` to live; as a mapping by kind, kinds that are not in it live on."""
        self._days = days
        self._action: Action = known_action(action)

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        """Expire what is too old."""
        return [self._verdict(record, now) for record in records]

    def _verdict(self, record: Record, now: datetime) -> Verdict:
        days = self._days.get(record.kind) if isinstance(self._days, Mapping) else self._days
        if days is None:
            return Verdict(record.id, "keep", f"a {record.kind} lives on")
        left = days - age_days(record, now)
        action = "keep" if left >= 0 else self._action
        return Verdict(record.id, action, f"{abs(left):.1f} days {_side(left)} its end", left)


def _side(left: float) -> str:
    return "before" if left >= 0 else "beyond"


class LeastRecentPolicy(StrengthPolicy):
    """Least recently used: archives what nobody has needed for long."""

    name: ClassVar[str] = "lru"
    measure: ClassVar[str] = "days of use left"

    def __init__(self, *, days: float = 365.0, action: Action = "archive") -> None:
        """`days` without use, counted from the last one, or from the beginning."""
        super().__init__(below=0.0, action=action)
        self._days = days

    def strength(self, record: Record, now: datetime) -> float:
        """Days until it will have been idle for too long."""
        return self._days - idle_days(record, now)


class LeastFrequentPolicy(StrengthPolicy):
    """Least frequently used: archives what is used less often than so many times a year."""

    name: ClassVar[str] = "lfu"
    measure: ClassVar[str] = "uses a year"

    def __init__(
        self, *, a_year: float = 0.5, grace: float = 90.0, action: Action = "archive"
    ) -> None:
        """Fewer uses than `a_year`; nothing younger than `grace` days, counted as one use."""
        super().__init__(below=a_year, action=action)
        self._grace = grace

    def strength(self, record: Record, now: datetime) -> float:
        """Uses per year of its life; having been said is one until the grace is over."""
        age = age_days(record, now)
        uses = uses_of(record) + (1 if age <= self._grace else 0)
        return uses * 365.25 / max(age, self._grace)
