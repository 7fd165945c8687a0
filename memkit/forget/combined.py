"""Policies made of others: within a budget, any of them, all of them, or their weighted mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Literal

from memkit.contracts import ForgettingPolicy, Record
from memkit.errors import InvalidInput
from memkit.forget.decay import ImportancePolicy
from memkit.forget.strength import Action, known_action
from memkit.models import Verdict

Unit = Literal["records", "bytes", "tokens"]
_BYTES_A_TOKEN = 4.0
"""Of English text, about; a policy sees sizes, not words."""


class BudgetPolicy(ForgettingPolicy):
    """Keeps the strongest records that fit into a budget; the weakest go first.

    How strong a record is another policy says; the order of equal ones is by age, oldest first,
    then by id, so it does not depend on the order they come in. What was judged useful more often
    than useless goes only when nothing else is left.
    """

    name: ClassVar[str] = "budget"

    def __init__(
        self, most: float = 1e6, *, unit: Unit = "records", by: ForgettingPolicy | None = None,
        action: Action = "archive",
    ) -> None:  # fmt: skip
        """At most `most` records, bytes of text, or tokens (four bytes each)."""
        if unit not in ("records", "bytes", "tokens"):
            raise InvalidInput(f"unit={unit!r} is none of records, bytes, tokens.")
        self._most = most
        self._unit = unit
        self._by = by or ImportancePolicy()
        self._action: Action = known_action(action)

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        """Keep, strongest first, while the budget lasts."""
        judged = self._by.judge(records, now)
        strengths = [verdict.strength or 0.0 for verdict in judged]
        order = sorted(
            range(len(records)),
            key=lambda place: (
                records[place].useful <= records[place].useless, -strengths[place],
                -records[place].created.timestamp(), records[place].id,
            ),
        )  # fmt: skip
        left = self._most
        verdicts: dict[int, Verdict] = {}
        for rank, place in enumerate(order, 1):
            left -= self._cost(records[place])
            action: Literal["keep", "archive", "compress", "expire"] = (
                "keep" if left >= 0 else self._action
            )
            word = "within" if left >= 0 else "beyond"
            reason = f"rank {rank} of {len(order)}, {word} {self._most:g} {self._unit}"
            verdicts[place] = Verdict(records[place].id, action, reason, strengths[place])
        return [verdicts[place] for place in range(len(records))]

    def _cost(self, record: Record) -> float:
        if self._unit == "records":
            return 1.0
        return record.size if self._unit == "bytes" else record.size / _BYTES_A_TOKEN


class AnyPolicy(ForgettingPolicy):
    """Forgets what any of several policies forgets; the first one that does gives the reason."""

    name: ClassVar[str] = "any"

    def __init__(self, *policies: ForgettingPolicy) -> None:
        """At least one."""
        self._policies = _given(policies)

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        """The first verdict that does not keep, or the first."""
        return [
            next((verdict for verdict in said if verdict.action != "keep"), said[0])
            for said in _judged(self._policies, records, now)
        ]


class AllPolicy(ForgettingPolicy):
    """Forgets what all of several policies forget; the first one to keep gives the reason."""

    name: ClassVar[str] = "all"

    def __init__(self, *policies: ForgettingPolicy) -> None:
        """At least one."""
        self._policies = _given(policies)

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        """The first verdict that keeps, or the first."""
        return [
            next((verdict for verdict in said if verdict.action == "keep"), said[0])
            for said in _judged(self._policies, records, now)
        ]


class WeightedPolicy(ForgettingPolicy):
    """Ranks the strengths of several policies, and forgets where the weighted mean is low.

    Ranks within the records that are judged together (0 weakest, 1 strongest), because strengths of
    different policies are on different scales; equal strengths share their mean rank.
    """

    name: ClassVar[str] = "weighted"

    def __init__(
        self, *weighted: tuple[ForgettingPolicy, float], below: float = 0.05,
        action: Action = "archive",
    ) -> None:  # fmt: skip
        """(policy, weight) each; weights are positive."""
        self._policies = _given([policy for policy, _ in weighted])
        self._weights = [weight for _, weight in weighted] or [1.0]
        self._below = below
        self._action: Action = known_action(action)

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        """Compare the weighted mean of ranks with the bound."""
        means = [0.0] * len(records)
        for policy, weight in zip(self._policies, self._weights, strict=True):
            strengths = [verdict.strength or 0.0 for verdict in policy.judge(records, now)]
            for place, rank in enumerate(_ranks(strengths)):
                means[place] += weight / sum(self._weights) * rank
        return [self._verdict(record, mean) for record, mean in zip(records, means, strict=True)]

    def _verdict(self, record: Record, mean: float) -> Verdict:
        stays = mean >= self._below
        reason = f"mean rank {mean:.3f}, {'at least' if stays else 'below'} {self._below:g}"
        return Verdict(record.id, "keep" if stays else self._action, reason, mean)


def _given(policies: Sequence[ForgettingPolicy]) -> tuple[ForgettingPolicy, ...]:
    return tuple(policies) or (ImportancePolicy(),)


def _judged(
    policies: Sequence[ForgettingPolicy], records: Sequence[Record], now: datetime
) -> list[tuple[Verdict, ...]]:
    return list(zip(*(policy.judge(records, now) for policy in policies), strict=True))


def _ranks(values: Sequence[float]) -> list[float]:
    """Share of the others that is weaker, ties counted half; 1 for a record alone."""
    if len(values) < 2:
        return [1.0] * len(values)
    ordered = sorted(values)
    places: dict[float, tuple[int, int]] = {}
    for place, value in enumerate(ordered):
        first, _ = places.get(value, (place, place))
        places[value] = (first, place)
    return [sum(places[value]) / 2 / (len(values) - 1) for value in values]
