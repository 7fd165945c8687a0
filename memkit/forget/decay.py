"""Policies that let what is not used fade: by retention, activation, spaced repetition, heat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from memkit.contracts import Record
from memkit.errors import InvalidInput
from memkit.forget import curves
from memkit.forget.strength import (
    DAY,
    Action,
    StrengthPolicy,
    age_days,
    event_ages,
    idle_days,
    uses_of,
)
from memkit.models import Verdict

_GRADES = {
    "retrieved": curves.HARD, "shown": curves.HARD, "useful": curves.GOOD, "useless": curves.AGAIN,
}  # fmt: skip


class EbbinghausPolicy(StrengthPolicy):
    """Retention exp(-t / S) since the last use, where every use makes S longer.

    MemoryBank (Zhong et al. 2023) takes S = 1 day and adds a day for each recall. A use that was
    judged useful counts twice; one that was judged useless multiplies S by `denied`.
    """

    name: ClassVar[str] = "ebbinghaus"
    measure: ClassVar[str] = "retention"

    def __init__(
        self, *, days: float = 60.0, growth: float = 60.0, denied: float = 1.0,
        below: float = 0.05, action: Action = "archive",
    ) -> None:  # fmt: skip
        """S is `days`, and `growth` days more for each use; `denied` is above 0, at most 1."""
        if not 0 < denied <= 1:
            raise InvalidInput(f"denied={denied} must be above 0 and at most 1.")
        super().__init__(below=below, action=action)
        self._days = days
        self._growth = growth
        self._denied = denied

    def strength(self, record: Record, now: datetime) -> float:
        """Retention, 0..1."""
        uses = uses_of(record) + record.useful
        lasting = (self._days + self._growth * uses) * self._denied**record.useless
        return curves.retention(idle_days(record, now), lasting)


class ActivationPolicy(StrengthPolicy):
    """ACT-R: the probability of recall that follows from when and how often it was used."""

    name: ClassVar[str] = "activation"
    measure: ClassVar[str] = "recall probability"

    def __init__(
        self, *, decay: float = 0.5, threshold: float = -3.0, noise: float = 0.5,
        below: float = 0.2, action: Action = "archive",
    ) -> None:  # fmt: skip
        """`decay` d, retrieval `threshold` tau and `noise` s, with times in days."""
        super().__init__(below=below, action=action)
        self._decay = decay
        self._threshold = threshold
        self._noise = noise

    def strength(self, record: Record, now: datetime) -> float:
        """Probability of recall, 0..1; having been said is the first use."""
        life = age_days(record, now)
        ages = event_ages(record, now)
        count = 1 + max(uses_of(record), len(ages))
        if count == len(ages) + 1:
            ages.append(life)
        level = curves.base_level(ages, count, life, self._decay)
        return curves.recall_probability(level, self._threshold, self._noise)


class FSRSPolicy(StrengthPolicy):
    """FSRS-6: retrievability, with every use as a review.

    Having been said is a first review that went well. Useful is `good`, found or shown without a
    word on it is `hard`, useless is `again`. Two departures, because nobody tests memory here: to
    be judged useless does not count as having been seen, and to be found again within a
    (stretched) day, which would weaken a card, changes nothing.
    """

    name: ClassVar[str] = "fsrs"
    measure: ClassVar[str] = "retrievability"

    def __init__(
        self, *, scale: float = 30.0, below: float = 0.5, action: Action = "archive",
        parameters: Sequence[float] = curves.FSRS,
    ) -> None:  # fmt: skip
        """`scale` stretches time: what a card forgets in a day a record forgets in `scale`."""
        super().__init__(below=below, action=action)
        self._scale = scale
        self._w = tuple(parameters)

    def strength(self, record: Record, now: datetime) -> float:
        """Retrievability, 0..1."""
        stability, difficulty = curves.first_review(curves.GOOD, self._w)
        last = record.created
        for event in sorted(record.events, key=lambda event: event.when):
            gap = (event.when - last).total_seconds() / DAY / self._scale
            grade = _GRADES[event.kind]
            if event.when > now or gap < (1.0 if grade == curves.HARD else 0.0):
                continue
            stability, difficulty = curves.next_review(stability, difficulty, gap, grade, self._w)
            if grade != curves.AGAIN:
                last = event.when
        days = (now - last).total_seconds() / DAY / self._scale
        return curves.retrievability(days, stability, self._w)


class HeatPolicy(StrengthPolicy):
    """MemoryOS heat: visits, words exchanged, and how recent the last visit was."""

    name: ClassVar[str] = "heat"
    measure: ClassVar[str] = "heat"

    def __init__(
        self, *, weights: tuple[float, float, float] = (1.0, 1.0, 1.0), tau: float = 30.0,
        below: float = 0.1, action: Action = "archive",
    ) -> None:  # fmt: skip
        """Weights of visits, length (in 500 bytes) and recency, which fades by e in `tau` days."""
        super().__init__(below=below, action=action)
        self._weights = weights
        self._tau = tau

    def strength(self, record: Record, now: datetime) -> float:
        """Heat, 0 or more."""
        length = min(1.0, record.size / 500)
        idle = idle_days(record, now)
        return curves.heat(uses_of(record), length, idle, weights=self._weights, tau=self._tau)


class ImportancePolicy(StrengthPolicy):
    """Importance that fades with the time since the last use, the more slowly the more uses."""

    name: ClassVar[str] = "importance"
    measure: ClassVar[str] = "importance left"

    def __init__(
        self, *, days: float = 365.0, below: float = 0.05, action: Action = "archive"
    ) -> None:
        """A record of importance 1 that is never used falls to 1 / e in `days`."""
        super().__init__(below=below, action=action)
        self._days = days

    def strength(self, record: Record, now: datetime) -> float:
        """Importance times retention, 0..1."""
        lasting = self._days * (1 + uses_of(record) + record.useful)
        return record.importance * curves.retention(idle_days(record, now), lasting)


class PotentiationPolicy(StrengthPolicy):
    """XMem: uses per life, with a bonus for what had no time to be used, and prototypes.

    The records with the most uses per life are the prototypes: they stay, however low their use
    per life has fallen. With `action="compress"` what goes is folded into digests, as XMem folds
    what it drops into its prototypes; here words are copied, and no vectors are averaged.
    """

    name: ClassVar[str] = "potentiation"
    measure: ClassVar[str] = "use per life"

    def __init__(
        self, *, prototypes: int = 128, below: float = 0.05, action: Action = "archive"
    ) -> None:
        """Lives count in days. At most so many `prototypes`, each used at least once."""
        super().__init__(below=below, action=action)
        self._prototypes = prototypes

    def strength(self, record: Record, now: datetime) -> float:
        """Uses per day of its life, and the bonus."""
        life = age_days(record, now)
        return curves.use_per_life(_reinforced(record), life, life)

    def strengths(self, records: Sequence[Record], now: datetime) -> list[float]:
        """As `strength`; the bonus reckons with the age of the oldest record."""
        lives = [age_days(record, now) for record in records]
        total = max(lives, default=0.0)
        return [
            curves.use_per_life(_reinforced(record), life, total)
            for record, life in zip(records, lives, strict=True)
        ]

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        """As the bound says, but for the prototypes, which stay."""
        verdicts = super().judge(records, now)
        used = {
            place: _reinforced(record) / max(age_days(record, now), 1.0)
            for place, record in enumerate(records)
            if _reinforced(record)
        }
        ranked = sorted(used, key=lambda place: (-used[place], records[place].id))
        for rank, place in enumerate(ranked[: self._prototypes], 1):
            given = verdicts[place]
            reason = f"prototype {rank}, {used[place]:.4g} uses a day"
            verdicts[place] = Verdict(given.id, "keep", reason, given.strength)
        return verdicts


def _reinforced(record: Record) -> int:
    return uses_of(record) + record.useful


class LifespanPolicy(StrengthPolicy):
    """Memoria: engrams that live on by being recalled, and end when their span is used up.

    Each starts with a span of `initial` steps; each use adds `gain`, each `step` days take one
    (Park and Bak 2023, arXiv 2310.03052: 9 steps, and a gain of up to 8 for a recall).
    """

    name: ClassVar[str] = "lifespan"
    measure: ClassVar[str] = "steps to live"

    def __init__(
        self, *, initial: float = 9.0, gain: float = 8.0, step: float = 30.0,
        action: Action = "archive",
    ) -> None:  # fmt: skip
        """`step` is in days; the paper counts a step for each segment of text that is read."""
        super().__init__(below=0.0, action=action)
        self._initial = initial
        self._gain = gain
        self._step = step

    def strength(self, record: Record, now: datetime) -> float:
        """Steps left."""
        uses = uses_of(record) + record.useful
        return self._initial + self._gain * uses - age_days(record, now) / self._step
