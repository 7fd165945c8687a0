"""When a statement holds: the times it names, as bounds of an interval."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from memkit.extract.sentences import Span

__all__ = ["NOWHEN", "Bounds", "Said", "Times", "bounds", "lasting", "said_times"]


class Said(Protocol):
    """A time as said: its place, and the days [since, until) that are meant."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """First character after it."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def since(self) -> date | None:
        """First day, None for an open beginning."""

    @property
    def until(self) -> date | None:
        """First day after, None for an open end."""


Times = Callable[..., Sequence[Said]]
"""`memkit.periods.phrases`, or what stands in for it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """From when to when a claim holds, by what was said; `since_by` is the latest start."""

    since: date | None = None
    since_by: date | None = None
    until: date | None = None
    phrase: str | None = None
    open: bool = False
    """The time goes on into the present ("since 2019", "for two years now")."""


NOWHEN: Final = Bounds()
"""No time said."""

_HINT: Final = re.compile(
    r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:january|february|march|april|may|june|"
    r"july|"
    r"august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|"
    r"\b(?:yesterday|today|tonight|tomorrow|ago|last|next|since|until|till|week|weekend|month|year|"
    r"summer|winter|spring|autumn|fall|morning|christmas|easter|decade|days?|weeks|months|years|"
    r"night)\b|"
    "[\u5e74\u6708\u65e5\u5929]|\\b(?:ayer|ma\u00f1ana|gestern|morgen|hier|demain|desde|seit|"
    "depuis)\\b",
    re.IGNORECASE,
)
_NUMBER: Final = (r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
                  r"twenty|"
                  r"thirty|\d{1,3}|a couple of|a few|several|many)")  # fmt: skip
_LASTING: Final = re.compile(
    rf"\b(?:for|over|in)?\s*(?:about|around|over|almost|nearly|more than|the (?:past|last)|at "
    rf"least|roughly|some|like|well over|just over|exactly)?\s*"
    rf"(?P<n>{_NUMBER})(?: or so)?(?: and a half)? (?P<unit>day|week|month|year|decade)s?(?: "
    rf"(?P<now>now|already|and counting))?\b(?! (?:old|ago|later|before|after|from now|away))",
    re.IGNORECASE,
)
_COUNTS: Final = {w: n for n, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve".split())} | {
    "a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "a couple of": 2,
}  # fmt: skip
_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}


def said_times(
    text: str, span: Span, when: datetime | None, times: Times | None, *, future: bool | None = None
) -> list[Said]:
    """The times named in text[start:end], with their places in the whole text."""
    start, end = span
    if when is None or times is None or _HINT.search(text, start, end) is None:
        return []
    return [_Moved(one, start) for one in times(text[start:end], when, future=future)]


@dataclass(frozen=True, slots=True)
class _Moved:
    """A time that was found in a part of the text, at its place in the whole."""

    one: Said
    by: int

    @property
    def start(self) -> int:
        return self.one.start + self.by

    @property
    def end(self) -> int:
        return self.one.end + self.by

    @property
    def text(self) -> str:
        return self.one.text

    @property
    def since(self) -> date | None:
        return self.one.since

    @property
    def until(self) -> date | None:
        return self.one.until


_BEFORE: Final = re.compile(
    r"\b(since|until|till|from|by|before|after|starting|as of)\s+(?:the |about |around )?\Z",
    re.IGNORECASE,
)


def bounds(text: str, found: Sequence[Said]) -> Bounds:
    """What the first time named says of an interval, with the words before it."""
    if not found:
        return Bounds()
    one = found[0]
    lead = _BEFORE.search(text, max(0, one.start - 20), one.start)
    word = (lead[1] if lead else one.text.split(" ", 1)[0]).lower()
    phrase = text[lead.start(1) if lead else one.start : one.end]
    if word in ("until", "till", "before"):
        return Bounds(None, None, one.until if word != "before" else one.since or one.until, phrase)
    if word in ("since", "after", "starting", "as of"):
        return Bounds(one.since, None, None, phrase, open=True)
    last = found[1] if len(found) > 1 else None
    if (
        last is not None
        and word == "from"
        and re.search(r"\b(?:to|until|till|through|-|\u2013)\s*\Z", text[one.end : last.start])
    ):
        return Bounds(one.since, None, last.until, text[one.start : last.end])
    latest = (
        one.until - timedelta(days=1) if one.until is not None and one.since is not None else None
    )
    return Bounds(one.since, latest if latest != one.since else None, one.until, phrase)


def lasting(text: str, span: Span, when: datetime | None) -> Bounds | None:
    """A duration up to now: "for two years (now)" said in 2024 begins in 2022."""
    if when is None:
        return None
    match = _LASTING.search(text, *span)
    if match is None or match["n"].lower() in ("a few", "several", "many"):
        return None
    said = match["n"].lower()
    count = int(said) if said.isdigit() else _COUNTS.get(said, 0)
    if not count:
        return None
    unit = match["unit"].lower()
    day = when.date()
    try:
        since = _years_before(day, count * (10 if unit == "decade" else 1)) if unit in ("year",
        "decade") else (
            day - timedelta(days=count * _DAYS[unit]))  # fmt: skip
    except (ValueError, OverflowError):
        return None
    return Bounds(since, None, None, match.group().strip(), open=True)


def _years_before(day: date, years: int) -> date:
    if day.month == 2 and day.day == 29:
        day = day.replace(day=28)
    return day.replace(year=day.year - years)
