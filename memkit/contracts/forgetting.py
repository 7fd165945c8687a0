"""What is kept at hand and what is not: as a turn is stored, and as time passes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from memkit.models import Turn, Verdict

__all__ = ["ForgettingPolicy", "IntakeGate", "Record", "UseEvent"]


@dataclass(frozen=True, slots=True)
class UseEvent:
    """One use of a record: when, and what became of it."""

    when: datetime
    kind: Literal["retrieved", "shown", "useful", "useless"]


@dataclass(frozen=True, slots=True)
class Record:
    """What a forgetting policy may look at: arithmetic, no text.

    `created` is when it was said. `last_used` is when it was last retrieved, shown or judged; the
    counters say how often, and `events` are the latest of these uses (16 at most). `size` is that
    of its text in bytes of UTF-8. `importance`, 0..1, is what its words tell, among the records
    that are judged together: 0.5 for one in the middle.
    """

    id: str
    kind: str
    created: datetime
    last_used: datetime | None
    retrieved: int
    shown: int
    useful: int
    useless: int
    size: int
    importance: float = 0.5
    events: tuple[UseEvent, ...] = ()


class ForgettingPolicy(ABC):
    """Records and a moment to verdicts with reasons; never deletes, never reads a clock.

    A policy that keeps everything says so in `forgets`, and is not asked.
    """

    name: ClassVar[str]
    forgets: ClassVar[bool] = True

    @abstractmethod
    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        """One verdict per record, in the same order; independent of the order of records.

        Records and `now` moved together by any time get the same verdicts.
        """


class IntakeGate(ABC):
    """What becomes of a turn as it is stored; every word is kept, whatever the verdict.

    `last` is how many of the latest live turns of the scope it is shown. A gate that goes by more
    than these learns: `reach` says by how much, and `fresh` and `learn` are its own. What it has
    learned is never stored: it is a function of the turns that the scope holds, and `judge` adds
    nothing to it.
    """

    name: ClassVar[str]
    last: int
    reach: int = 0
    """How many of the latest turns, archived or not, it has learned from; 0 if it never does."""

    @abstractmethod
    def judge(self, turn: Turn, recent: Sequence[Turn]) -> Verdict:
        """Keep, or archive at once, with the reason; `recent` is in the order stored."""

    def foresee(self, texts: Sequence[str]) -> None:  # noqa: B027 - few have work to do before
        """Told, before the file is held, what it or a `fresh` one will judge; then of nothing."""

    def fresh(self) -> IntakeGate:
        """One with the same options that has learned nothing; the store has one for each scope."""
        return self

    def learn(self, turns: Sequence[Turn]) -> None:  # noqa: B027 - most learn nothing
        """Told of the scope's turns in the order stored; of all of `reach` when it is opened."""
