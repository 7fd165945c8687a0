"""Turns to derived records, and derived records to better ones."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from memkit.models import Link, Memory, Rejected, Spending, Turn

__all__ = ["Consolidator", "Extractor", "Ledger", "LinkConsolidator", "Proposal"]


class Ledger(Protocol):
    """What a store keeps for those who call models: replies, and what they cost.

    A reply may quote what it was given, so all are dropped when anything in the file is erased.
    """

    def reply(self, key: bytes) -> str | None:
        """The reply kept under this key, a digest of the prompt and all else that shapes it."""

    def keep(self, key: bytes, reply: str) -> None:
        """Keep a reply under a key."""

    def spent(self) -> Spending:
        """What has been spent by this file's extractors, in all."""

    def spend(self, model: str, more: Spending) -> None:
        """Add to what a model has cost."""


class Extractor(ABC):
    """Turns to derived records: a materialised view over the conversation.

    `name` and `version` are stored with a cursor; a new version rebuilds its own records only.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    batch: ClassVar[int] = 256
    deferred: ClassVar[bool] = True
    """Whether it runs in `maintain` alone; else what it says is brought up to date by reads too."""
    overlap: ClassVar[int] = 0
    """How many turns before those not seen are given again: "not Porto" means what came before."""

    @abstractmethod
    def extract(self, turns: Sequence[Turn]) -> Iterable[Memory | Rejected]:
        """Derived records for turns not seen before, in the order stored, whole batch at a time.

        With an `overlap`, `turns` begin with so many that were seen; what names none of the others
        as a source is not kept again.

        Must depend on `turns` alone: after a crash a fresh extractor goes on from the cursor. Each
        record names at least one source inside `turns`, by turn id and character span. The store
        checks every span and reports what it rejects. What was proposed and did not hold is given
        as `Rejected`: it goes to the quarantine, where it can be looked at and is never found.
        """

    def ready(self, turns: Sequence[Turn], now: datetime) -> int:
        """How many of these turns, from the first on, may be extracted by now.

        The others are given again, with what comes after them. A full batch of which none is ready
        is extracted whole.
        """
        return len(turns)

    def attach(self, ledger: Ledger) -> None:  # noqa: B027 - most ask no model
        """Told once by the store that will run it: where replies are kept, and spending counted."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change a consolidator proposes: new records, links, and ids they stand in for."""

    memories: tuple[Memory, ...] = ()
    links: tuple[Link, ...] = ()
    supersedes: tuple[str, ...] = ()
    reason: str = ""


class Consolidator(ABC):
    """Records to proposed revisions and links: merge, supersede, promote."""

    name: ClassVar[str]
    version: ClassVar[int] = 1

    @abstractmethod
    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterable[Proposal]:
        """Changes worth making, each of which can be undone; nothing where nothing is due.

        What is superseded or linked is among `memories`; a new record rests on words that they
        rest on. Applying all proposals must, in a few rounds, leave nothing to propose.
        """


class LinkConsolidator(Consolidator):
    """A consolidator that goes by what ties records together, too."""

    @abstractmethod
    def gather(
        self, memories: Sequence[Memory], links: Sequence[Link], now: datetime
    ) -> Iterable[Proposal]:
        """As `propose`, with the links between live records, turns among them.

        Two turns that were judged useful at once are linked by one of kind `recalled` more, whose
        weight is how often they were; feedback that was undone does not count.
        """

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterable[Proposal]:
        """What there is to do where nothing is tied to anything."""
        return self.gather(memories, (), now)
