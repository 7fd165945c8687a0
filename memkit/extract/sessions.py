"""Where one sitting of a conversation ends and the next begins, and which are over.

A named session that is taken up again after a long pause counts as two here: what is derived from
it must not depend on whether `maintain` ran in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from memkit.extract.tiling import cohesion
from memkit.models import Turn

PAUSE: Final = timedelta(hours=8)
"""Silence that ends a session."""


def sessions(turns: Sequence[Turn]) -> list[list[Turn]]:
    """The turns of each session, in order; sessions in the order of their first turns."""
    return [[turns[place] for place in own] for own in places(turns)]


def places(turns: Sequence[Turn]) -> list[list[int]]:
    """The places of the turns of each session, in order."""
    found: list[list[int]] = []
    current: dict[str | None, list[int]] = {}
    for place, turn in enumerate(turns):
        own = current.get(turn.session)
        if own is None or _is_pause(turns[own[-1]].when, turn.when):
            own = current[turn.session] = []
            found.append(own)
        own.append(place)
    return found


def latest(turns: Sequence[Turn]) -> datetime | None:
    """The last moment of these turns, None where none is known."""
    return max((turn.when for turn in turns if turn.when is not None), default=None)


def settled(turns: Sequence[Turn], now: datetime, batch: int) -> int:
    """How many of the turns, from the first on, belong to sessions that are over.

    A session is over when another began after its last turn, or 8 hours have passed. What ends
    with a full batch may go on behind it. Of a session that fills a batch, the turns up to where
    its words change most, in the second half, are settled.
    """
    full = len(turns) >= batch
    until = latest(turns) if full else now
    every = places(turns)
    count = reach = 0
    for own in every:
        if own[0] > reach:
            count = own[0]
        if every[-1][0] <= own[-1] and not _has_passed(turns[own[-1]].when, until):
            return count or (_divided(turns) if full else 0)
        reach = max(reach, own[-1])
    return len(turns)


def _has_passed(then: datetime | None, now: datetime | None) -> bool:
    return then is not None and now is not None and now - then >= PAUSE


def _divided(turns: Sequence[Turn]) -> int:
    """Where a session that is longer than a batch is best cut: late, between two topics."""
    if len(turns) < 4:
        return len(turns)
    half = len(turns) // 2
    return half + int(cohesion(turns, None)[half - 1 :].argmin())


def _is_pause(before: datetime | None, after: datetime | None) -> bool:
    return before is not None and after is not None and abs(after - before) >= PAUSE
