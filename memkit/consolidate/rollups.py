"""Summaries of longer stretches of time out of the summaries of shorter ones, quoted."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar, Final

from memkit import gist
from memkit.contracts import Consolidator, Proposal
from memkit.gist import Sentence
from memkit.keywords import named
from memkit.models import Memory, Source

_ANSWERING: Final = ("assistant", "tool", "system")


class RollUp(Consolidator):
    """Quotes, of what the summaries of one level quote, what says most of each period.

    Its summaries, with `metadata["level"]` of their own, rest on sentences of turns like those
    that they are made of; one that more have been added to is superseded by a new one.
    """

    level: ClassVar[str]
    """The level of its summaries."""
    out_of: ClassVar[str]
    """The level of those that they are made of."""

    def __init__(self, *, budget: int = 1000) -> None:
        """`budget` is in characters of quoted sentences."""
        self._budget = budget

    @abstractmethod
    def period(self, when: datetime) -> str:
        """The name of the period that a moment lies in; names sort as the periods do."""

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterator[Proposal]:
        """One proposal for each period whose summaries are others than its own was made of."""
        parts, standing = (
            self._by_period(memories, self.out_of),
            self._by_period(memories, self.level),
        )
        for period in sorted({*parts, *standing}):
            due, old = parts.get(period, []), standing.get(period, [])
            mark = _mark(due)
            if due and len(old) == 1 and old[0].metadata.get("of") == mark:
                continue
            gone = tuple(memory.id for memory in old if memory.id is not None)
            summary = self._summary(due, period, mark) if due else None
            if summary is not None or gone:
                reason = f"{period}: {len(due)} {self.out_of}s"
                yield Proposal((summary,) if summary else (), (), gone, reason)

    def _summary(self, parts: Sequence[Memory], period: str, mark: str) -> Memory | None:
        said = [one for memory in parts for one in _quoted(memory)]
        speakers = named(one.speaker for one in said)
        chosen = [said[n] for n in sorted(gist.chosen(said, self._budget, without=speakers))]
        if not chosen:
            return None
        text, places = gist.written(chosen)
        # With turn and start, because a store gives sources back in the order of their turns.
        quoted = [[*place, one.turn, one.start] for place, one in zip(places, chosen, strict=True)]
        metadata = {"level": self.level, self.level: period, "of": mark, "said": quoted}
        sources = tuple(Source(one.turn, one.start, one.end) for one in chosen)
        return Memory("summary", text, sources, when=parts[-1].when, metadata=metadata)

    def _by_period(self, memories: Sequence[Memory], level: str) -> dict[str, list[Memory]]:
        """The summaries of that level, by period and in order of time."""
        found: dict[str, list[Memory]] = defaultdict(list)
        for memory in memories:
            fits = memory.kind == "summary" and memory.metadata.get("level") == level
            if fits and memory.when is not None and memory.id is not None and _quotes(memory):
                found[self.period(memory.when)].append(memory)
        for parts in found.values():
            parts.sort(key=_moment)
        return found


class DailyConsolidator(RollUp):
    """One summary for each day, out of those of its sessions: the diary of MemoryBank (2023)."""

    name: ClassVar[str] = "daily"
    version: ClassVar[int] = 1
    level: ClassVar[str] = "day"
    out_of: ClassVar[str] = "session"

    def period(self, when: datetime) -> str:
        """The date, by the offset in which its sessions are kept."""
        return when.date().isoformat()


class MonthlyConsolidator(RollUp):
    """One summary for each calendar month, out of those of its sessions.

    A month is that of the offset in which its sessions are kept.
    """

    name: ClassVar[str] = "monthly"
    version: ClassVar[int] = 1
    level: ClassVar[str] = "month"
    out_of: ClassVar[str] = "session"

    def period(self, when: datetime) -> str:
        """Year and month."""
        return f"{when.year:04}-{when.month:02}"


class YearlyConsolidator(RollUp):
    """One summary for each calendar year, out of those of its months."""

    name: ClassVar[str] = "yearly"
    version: ClassVar[int] = 1
    level: ClassVar[str] = "year"
    out_of: ClassVar[str] = "month"

    def period(self, when: datetime) -> str:
        """The year."""
        return f"{when.year:04}"


def _moment(memory: Memory) -> datetime:
    assert memory.when is not None
    return memory.when


def _mark(parts: Sequence[Memory]) -> str:
    """Tells which records a summary was made of; no word of theirs."""
    ids = "\n".join(sorted(str(memory.id) for memory in parts))
    return hashlib.blake2b(ids.encode("utf-8"), digest_size=8).hexdigest()


def _quotes(memory: Memory) -> bool:
    """Whether it tells where in its text each source is quoted."""
    said = memory.metadata.get("said")
    return isinstance(said, list) and len(said) == len(memory.sources)


def _quoted(memory: Memory) -> list[Sentence]:
    """The sentences that a summary quotes."""
    found = []
    placed = {(source.turn, source.start): source for source in memory.sources}
    for given, (speaker, place, *of) in zip(memory.sources, memory.metadata["said"], strict=True):
        source = placed.get(tuple(of), given)
        text = memory.text[place : place + source.end - source.start]
        at = (source.turn, source.start, source.end)
        found.append(gist.sentence(text, at, speaker, personal=speaker not in _ANSWERING))
    return found
