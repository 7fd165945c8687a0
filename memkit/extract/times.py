"""When a statement holds: the times it names, as bounds of an interval."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from memkit.extract.sentences import Span

__all__ = ["NOWHEN", "Bounds", "Said", "Times", "bounds", "said_times"]


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

    @property
    def approximate(self) -> bool:
        """Whether the days are only about right."""


Times = Callable[..., Sequence[Said]]
"""`memkit.periods.phrases`, or what stands in for it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """From when to when a claim holds, by what was said; `since_by` is the latest start.

    `open`: the time goes on into the present ("since 2019", "for two years now").
    """

    since: date | None = None
    since_by: date | None = None
    until: date | None = None
    phrase: str | None = None
    open: bool = False


NOWHEN: Final = Bounds()
"""No time said."""

_HINT: Final = re.compile(
    r"\d|day\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|tonight|tomorrow|ago|last|next|"
    r"since|until|till|week|weekend|month|year|summer|winter|spring|autumn|fall|morning|evening|"
    r"afternoon|noon|christmas|easter|halloween|thanksgiving|eve|decade|days|weeks|months|years|"
    r"weekends?|night|nineties|eighties|seventies|sixties)\b|[^\x00-\x7f]|\b(?:ayer|pasad[oa]|"
    r"gestern|morgen|heute|hier|demain|desde|hace|seit|vor|depuis|il y a|hoy|semana|mes|"
    r"letzte[rns]?|prochaine?|derni[e\u00e8]re?|jahr|monat|woche|ann\u00e9e|mois|semaine|enero|"
    r"febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|januar|"
    r"februar|juni|juli|oktober|dezember|janvier|mars|avril|mai|juin|juillet|septembre|octobre|"
    r"novembre)\b",
    re.IGNORECASE,
)
"""Words without which no time is named: what is asked before the grammar of times."""


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

    @property
    def approximate(self) -> bool:
        return self.one.approximate


def bounds(_text: str, found: Sequence[Said]) -> Bounds:
    """What the first time named that has a bound says of an interval.

    Of a time that is only about right the start is its middle: "two years ago" is most likely that.
    """
    one = next((one for one in found if one.since is not None or one.until is not None), None)
    if one is None:
        return NOWHEN
    if one.since is None or one.until is None:
        return Bounds(one.since, None, one.until, one.text, open=one.since is not None)
    last = one.until - timedelta(days=1)
    since = one.since + (last - one.since) // 2 if one.approximate else one.since
    return Bounds(since, last if last > since else None, one.until, one.text)
