"""Moments as people read them: "3 days ago" on a terminal, the date where that says more."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Final, Literal

VARIABLE: Final = "MEMKIT_TIMES"
Times = Literal["auto", "relative", "absolute"]
_RECENT: Final = timedelta(days=30)
"""Longer ago, a date says more."""
_STEPS: Final = (
    (timedelta(weeks=1), "week"), (timedelta(days=1), "day"), (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)  # fmt: skip
_PRESENT: ContextVar[datetime | None] = ContextVar("present", default=None)
"""From when times are told; None where they are told as dates."""


@contextmanager
def told_from(now: datetime, times: Times) -> Iterator[None]:
    """Tell times inside as `times` says; `auto` is relative on a terminal."""
    relative = times == "relative" or (times == "auto" and sys.stdout.isatty())
    token = _PRESENT.set(now if relative else None)
    try:
        yield
    finally:
        _PRESENT.reset(token)


def minute(when: datetime | None) -> str:
    """A moment as a date and a time, in the offset it was given with; "" for none."""
    return when.replace(tzinfo=None).isoformat(" ", "minutes") if when is not None else ""


def told(when: datetime | None, *, short: bool = False) -> str:
    """A moment as this call tells them; where a date, `short` leaves the time of day out."""
    now = _PRESENT.get()
    if when is not None and now is not None and abs(now - when) < _RECENT:
        return ago(now - when)
    return minute(when)[: 10 if short else 16]


def ago(passed: timedelta) -> str:
    """`3 days ago`, `in 2 hours`, `just now`; whole steps, rounded down."""
    size = abs(passed)
    for step, name in _STEPS:
        if size >= step:
            count = size // step
            told = f"{count} {name}{'' if count == 1 else 's'}"
            return f"{told} ago" if passed > timedelta(0) else f"in {told}"
    return "just now"
