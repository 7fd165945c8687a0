"""One summary for each calendar month, out of the summaries of its sessions."""

from __future__ import annotations

import hashlib
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

Month = tuple[int, int]


class MonthlyConsolidator(Consolidator):
    """Quotes, of what the summaries of a month's sessions quote, what says most of the month.

    A month is that of the offset in which its sessions are kept. Its summary, with
    `metadata["level"]` `month`, rests on sentences of turns like those of sessions; one that more
    sessions have been added to is superseded by a new one.
    """

    name: ClassVar[str] = "monthly"
    version: ClassVar[int] = 1

    def __init__(self, *, budget: int = 1000) -> None:
        """`budget` is in characters of quoted sentences."""
        self._budget = budget

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterator[Proposal]:
        """One proposal for each month whose sessions are others than its summary was made of."""
        sessions, standing = _by_month(memories, "session"), _by_month(memories, "month")
        for month in sorted({*sessions, *standing}):
            due, old = sessions.get(month, []), standing.get(month, [])
            mark = _mark(due)
            if due and len(old) == 1 and old[0].metadata.get("of") == mark:
                continue
            gone = tuple(memory.id for memory in old if memory.id is not None)
            summary = self._summary(due, month, mark) if due else None
            if summary is not None or gone:
                reason = f"{month[0]:04}-{month[1]:02}: {len(due)} sessions"
                yield Proposal((summary,) if summary else (), (), gone, reason)

    def _summary(self, sessions: Sequence[Memory], month: Month, mark: str) -> Memory | None:
        said = [one for memory in sessions for one in _quoted(memory)]
        speakers = named(one.speaker for one in said)
        chosen = [said[n] for n in sorted(gist.chosen(said, self._budget, without=speakers))]
        if not chosen:
            return None
        text, places = gist.written(chosen)
        metadata = {"level": "month", "month": f"{month[0]:04}-{month[1]:02}", "of": mark,
                    "said": [list(place) for place in places]}  # fmt: skip
        sources = tuple(Source(one.turn, one.start, one.end) for one in chosen)
        return Memory("summary", text, sources, when=sessions[-1].when, metadata=metadata)


def _by_month(memories: Sequence[Memory], level: str) -> dict[Month, list[Memory]]:
    """The summaries of that level, by month and in order of time."""
    found: dict[Month, list[Memory]] = defaultdict(list)
    for memory in memories:
        fits = memory.kind == "summary" and memory.metadata.get("level") == level
        if fits and memory.when is not None and memory.id is not None and _quotes(memory):
            found[memory.when.year, memory.when.month].append(memory)
    for month in found.values():
        month.sort(key=_moment)
    return found


def _moment(memory: Memory) -> datetime:
    assert memory.when is not None
    return memory.when


def _mark(sessions: Sequence[Memory]) -> str:
    """Tells which records a summary was made of; no word of theirs."""
    ids = "\n".join(sorted(str(memory.id) for memory in sessions))
    return hashlib.blake2b(ids.encode("utf-8"), digest_size=8).hexdigest()


def _quotes(memory: Memory) -> bool:
    """Whether it tells where in its text each source is quoted."""
    said = memory.metadata.get("said")
    return isinstance(said, list) and len(said) == len(memory.sources)


def _quoted(memory: Memory) -> list[Sentence]:
    """The sentences that a summary quotes."""
    found = []
    for source, (speaker, place) in zip(memory.sources, memory.metadata["said"], strict=True):
        text = memory.text[place : place + source.end - source.start]
        at = (source.turn, source.start, source.end)
        found.append(gist.sentence(text, at, speaker, personal=speaker not in _ANSWERING))
    return found
