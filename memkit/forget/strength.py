"""What policies have in common that give each record a strength and let the weak ones go."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal, get_args

from memkit.contracts import ForgettingPolicy, Record
from memkit.errors import InvalidInput
from memkit.models import Verdict

DAY = 86_400.0
"""Seconds."""

Action = Literal["archive", "compress", "expire"]


class StrengthPolicy(ForgettingPolicy):
    """Archives records whose strength has fallen below a bound."""

    measure: ClassVar[str] = "strength"
    """What the strength is called in reasons."""

    def __init__(self, *, below: float, action: Action = "archive") -> None:
        """Records weaker than `below` get `action`."""
        self._below = below
        self._action: Action = known_action(action)

    @abstractmethod
    def strength(self, record: Record, now: datetime) -> float:
        """A finite number; the weakest records go first."""

    def strengths(self, records: Sequence[Record], now: datetime) -> list[float]:
        """The strength of each record, in order; a policy may compare them with one another."""
        return [self.strength(record, now) for record in records]

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        """One verdict per record, with the strength as its reason."""
        found = zip(records, self.strengths(records, now), strict=True)
        return [self._verdict(record, strength) for record, strength in found]

    def _verdict(self, record: Record, strength: float) -> Verdict:
        stays = strength >= self._below
        sign = "at least" if stays else "below"
        reason = f"{self.measure} {strength:.4g}, {sign} {self._below:g}"
        return Verdict(record.id, "keep" if stays else self._action, reason, strength)


def known_action(action: Action) -> Action:
    """The action; raises `InvalidInput` for one that no verdict has."""
    if action not in get_args(Action):
        raise InvalidInput(f"action={action!r} is none of {', '.join(get_args(Action))}.")
    return action


def age_days(record: Record, now: datetime) -> float:
    """Days since it was said; none for what lies ahead."""
    return max(0.0, (now - record.created).total_seconds() / DAY)


def idle_days(record: Record, now: datetime) -> float:
    """Days since it was last used, or said; a judgement against it is no use."""
    last = record.last_used
    if record.events:
        last = max((one.when for one in record.events if one.kind != "useless"), default=None)
    last = record.created if last is None else max(last, record.created)
    return max(0.0, (now - last).total_seconds() / DAY)


def uses_of(record: Record) -> int:
    """How often it was found, shown or judged useful."""
    return record.retrieved + record.shown + record.useful


def event_ages(record: Record, now: datetime) -> list[float]:
    """Days since each of the uses whose moment is known, newest first; no judgement against it."""
    ages = [
        max(0.0, (now - event.when).total_seconds() / DAY)
        for event in record.events
        if event.kind != "useless"
    ]
    return sorted(ages)
