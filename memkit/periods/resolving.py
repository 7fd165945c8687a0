"""What one language's grammar finds in a text, resolved to days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from memkit.periods import named
from memkit.periods.calendar import NOTHING, UNKNOWN, Days, Unit, beside
from memkit.periods.grammar import Line, Read, Table
from memkit.periods.moments import Moment

_RANGES: Final = (named.days_of, named.years)
_OPENING: Final = ("since", "after", "later")


Leaning = Callable[[], bool | None]
"""Whether the days looked for lie ahead; None where nothing tells."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, and what its times are resolved with."""

    text: str
    now: datetime
    asked: bool = False
    future: bool | None = None
    born: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Characters [start, end), and the days meant."""

    start: int
    end: int
    days: Days


def found_in(asked: Asked, table: Table) -> list[Found]:
    """The times that the language finds, from left to right."""
    line = table.grammar.line(asked.text)
    resolver = _Resolver(asked, table, line)
    found: list[Found] = []
    position = 0
    for start in range(len(line.symbols)):
        if start < position:
            continue
        for read in table.grammar.reads(line, start):
            each, end = resolver.resolved(read)
            if end:
                position = end
                found += [each] if each is not None else []
                break
    return found


def _ahead() -> bool:
    return True


def _back() -> bool:
    return False


def _undecided() -> None:
    return None


class _Resolver:
    """From forms to days, for one text in one language."""

    def __init__(self, asked: Asked, table: Table, line: Line) -> None:
        self._asked = asked
        self._table = table
        self._line = line

    def resolved(self, first: Read) -> tuple[Found | None, int]:
        """What a form means, with what is joined to it, and the word to read on from.

        That is 0 for a form that is none here, so that others may be tried.
        """
        days = self._days(first, led=bool(first.lead))
        if days is None:
            return None, 0
        if days is NOTHING:
            return None, first.end
        for second in self._table.grammar.linked(self._line, first):
            joined = self._joined(first, days, second)
            if joined is not None:
                return self._found(first.start, second.end, joined), second.end
        if first.lead in ("from", "between"):
            return self._unjoined(first, days)
        return self._found(first.start, first.end, self._opened(first, days)), first.end

    def _unjoined(self, read: Read, days: Days) -> tuple[Found | None, int]:
        """ "From" and "between" without a second: the first stands for itself."""
        whole = read.meaning in _RANGES
        if not whole and self._days(read, led=False) is None:
            return None, 0
        if self._asked.asked and read.lead == "from" and not whole:
            days = self._open_end(days)
        return self._found(read.start if whole else read.body, read.end, days), read.end

    def _joined(self, first: Read, days: Days, second: Read) -> Days | None:
        """From the one to the other; what the words leave open is taken from the other."""
        last = self._days(second, led=True)
        if last is None or last.since is None or last.until is None or days.since is None:
            return None
        if days.loose:
            days = self._days(first, led=True, today=last.since, leaning=_back) or days
        elif last.loose:
            last = self._days(second, led=True, today=days.since, leaning=_ahead) or last
        if days.since is None or last.since is None or days.since > last.since:
            return None
        return Days(days.since, last.until, days.approximate or last.approximate)

    def _opened(self, read: Read, days: Days) -> Days:
        """With an open beginning or end, where a word before the form says so."""
        if read.lead in ("earlier", "later") and not self._asked.asked:
            return self._beside(read, days)
        if read.lead in ("since", "starting") and days.loose and not self._asked.asked:
            leaning = _back if read.lead == "since" else _undecided
            days = self._days(read, led=True, leaning=leaning) or days
        if not read.lead or days.since is None or days.until is None:
            return days
        if self._asked.asked:
            return self._asked_about(read.lead, days)
        if read.lead == "after":
            return replace(days, since=days.until, until=None)
        if read.lead == "before":
            return replace(days, since=None, until=days.since)
        if read.lead == "until":
            return replace(days, since=None)
        return replace(days, until=None)

    def _asked_about(self, lead: str, days: Days) -> Days:
        """In a question the named days themselves count, whatever side of them is meant."""
        if lead in _OPENING:
            return self._open_end(days)
        return days if lead == "starting" else replace(days, since=None)

    def _beside(self, read: Read, days: Days) -> Days:
        """So many units before or after the days that the form means."""
        said: dict[str, int] = {}
        for values in self._line.values[read.start : read.body]:
            said |= values
        if days.since is None or days.until is None or "few" in said:
            return UNKNOWN
        unit = said.get("unit", Unit.DAY)
        if unit < Unit.DAY:
            return days
        count = said.get("count", said.get("article"))
        start, sign = (days.since, -1) if read.lead == "earlier" else (days.until, 1)
        try:
            return beside(start, sign, count, unit)
        except (ValueError, OverflowError):
            return UNKNOWN

    def _open_end(self, days: Days) -> Days:
        tomorrow = self._asked.now.date() + timedelta(days=1)
        return replace(days, until=max(days.until, tomorrow) if days.until else None)

    def _days(
        self, read: Read, *, led: bool, today: date | None = None, leaning: Leaning | None = None
    ) -> Days | None:
        """The days a form means; `NOTHING` for those that no calendar has."""
        said = {**read.said, "led": 1} if led else read.said
        try:
            return read.meaning(said, self._moment(read, today, leaning))
        except (ValueError, OverflowError):
            return NOTHING

    def _moment(self, read: Read, today: date | None, leaning: Leaning | None) -> Moment:
        asked, tense = self._asked, self._table.tense
        start, end = self._characters(read.start, read.end)

        def told() -> bool | None:
            if asked.asked or asked.future is not None:
                return bool(asked.future)
            return tense.looks_ahead(asked.text, start, end)

        def still() -> bool:
            return tense.goes_on(asked.text, start, end)

        now = asked.now
        return Moment(now, today or now.date(), asked.asked, asked.born, leaning or told, still)

    def _characters(self, start: int, end: int) -> tuple[int, int]:
        return self._line.places[start][0], self._line.places[end - 1][1]

    def _found(self, start: int, end: int, days: Days) -> Found:
        return Found(*self._characters(start, end), days)
