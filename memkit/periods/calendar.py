"""Stretches of the calendar, and the arithmetic they need."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from typing import Final


@dataclass(frozen=True, slots=True)
class Days:
    """The days [since, until); None where that side is open, both None where they are unknown.

    `loose` says that the words left open which year, month or week is meant, so that the tense,
    or the other end of "from A to B", decided.
    """

    since: date | None
    until: date | None
    approximate: bool = False
    loose: bool = False


UNKNOWN: Final = Days(None, None)
"""A time is meant, but the words alone do not tell which."""

NOTHING: Final = Days(None, None, approximate=True)
"""No time is meant."""


class Unit(IntEnum):
    """What time is counted in."""

    MINUTE = 0
    HOUR = 1
    DAY = 2
    WEEKEND = 3
    WEEK = 4
    FORTNIGHT = 5
    MONTH = 6
    QUARTER = 7
    YEAR = 8
    DECADE = 9


class Feast(IntEnum):
    """Days with a name. Those that move with the country move as in the United States."""

    NEW_YEAR = 0
    EPIPHANY = 1
    VALENTINE = 2
    PATRICK = 3
    GOOD_FRIDAY = 4
    EASTER = 5
    EASTER_MONDAY = 6
    MAY_DAY = 7
    MOTHERS = 8
    MEMORIAL = 9
    FATHERS = 10
    JUNETEENTH = 11
    FOURTH_OF_JULY = 12
    BASTILLE = 13
    LABOR = 14
    CHINA = 15
    UNITY = 16
    HALLOWEEN = 17
    ALL_SAINTS = 18
    SINGLES = 19
    THANKSGIVING = 20
    BLACK_FRIDAY = 21
    NICHOLAS = 22
    CHRISTMAS_EVE = 23
    CHRISTMAS = 24
    BOXING_DAY = 25
    NEW_YEARS_EVE = 26


_FIXED: Final = {
    Feast.NEW_YEAR: (1, 1), Feast.EPIPHANY: (1, 6), Feast.VALENTINE: (2, 14),
    Feast.PATRICK: (3, 17), Feast.MAY_DAY: (5, 1), Feast.JUNETEENTH: (6, 19),
    Feast.FOURTH_OF_JULY: (7, 4), Feast.BASTILLE: (7, 14), Feast.CHINA: (10, 1),
    Feast.UNITY: (10, 3), Feast.HALLOWEEN: (10, 31), Feast.ALL_SAINTS: (11, 1),
    Feast.SINGLES: (11, 11), Feast.NICHOLAS: (12, 6), Feast.CHRISTMAS_EVE: (12, 24),
    Feast.CHRISTMAS: (12, 25), Feast.BOXING_DAY: (12, 26), Feast.NEW_YEARS_EVE: (12, 31),
}  # fmt: skip
_PARTED: Final = {3: (0, 1, 2, 3), 6: (0, 2, 4, 6), 12: (0, 4, 8, 12), 120: (0, 48, 84, 120)}
"""Months at which the thirds of a quarter, half a year, a year and a decade begin and end."""
_AFTER_EASTER: Final = {Feast.GOOD_FRIDAY: -2, Feast.EASTER: 0, Feast.EASTER_MONDAY: 1}
_BY_WEEKDAY: Final = {  # month, weekday, which of the month, days after
    Feast.MOTHERS: (5, 6, 2, 0), Feast.MEMORIAL: (5, 0, -1, 0), Feast.FATHERS: (6, 6, 3, 0),
    Feast.LABOR: (9, 0, 1, 0), Feast.THANKSGIVING: (11, 3, 4, 0),
    Feast.BLACK_FRIDAY: (11, 3, 4, 1),
}  # fmt: skip


def one_day(day: date) -> Days:
    """That day."""
    return Days(day, day + timedelta(days=1))


def week_of(day: date) -> Days:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=7))


def weekend_of(day: date) -> Days:
    """Saturday and Sunday of the week of that day."""
    saturday = day + timedelta(days=5 - day.weekday())
    return Days(saturday, saturday + timedelta(days=2))


def months_of(year: int, month: int, count: int = 1) -> Days:
    """`count` whole months; `month` may run past December or before January."""
    return Days(_first_of(year, month), _first_of(year, month + count))


def _first_of(year: int, month: int) -> date:
    months = year * 12 + month - 1
    return date(months // 12, months % 12 + 1, 1)


def year_of(year: int) -> Days:
    """The whole year."""
    return months_of(year, 1, 12)


def decade_of(year: int) -> Days:
    """Ten years from that one; a hundred where only the century is said, as in "the 1800s"."""
    if year % 100 == 0 and year < 2000:
        return replace(months_of(year, 1, 1200), approximate=True)
    return months_of(year, 1, 120)


def season_of(year: int, season: int) -> Days:
    """Three months of the north, 0 spring to 3 winter, which ends in the year after."""
    found = months_of(year, 3 + 3 * season, 3)
    return Days(found.since, found.until, approximate=True)


def part_of(days: Days, part: int) -> Days:
    """The first, middle or last third (0, 1, 2) of months, years or any stretch of days."""
    since, until = days.since, days.until
    if since is None or until is None:
        return days
    months = (until.year - since.year) * 12 + until.month - since.month
    length = (until - since).days
    if since.day == until.day == 1 and months in _PARTED:
        edges = [_first_of(since.year, since.month + n) for n in _PARTED[months]]
    elif since.day == until.day == 1 and months == 1:
        edges = [since, since + timedelta(days=10), since + timedelta(days=20), until]
    else:
        edges = [since + timedelta(days=round(length * n / 3)) for n in range(4)]
    return Days(edges[part], edges[part + 1], approximate=True, loose=days.loose)


def nth_weekday(since: date, until: date, weekday: int, nth: int) -> date:
    """That weekday of a stretch, counted from its start, or from its end if `nth` is below zero."""
    if nth > 0:
        found = since + timedelta(days=(weekday - since.weekday()) % 7 + 7 * (nth - 1))
    else:
        last = until - timedelta(days=1)
        found = last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))
    if not since <= found < until:
        raise ValueError("no such day in that stretch")
    return found


def feast_of(feast: Feast, year: int) -> Days:
    """That feast in that year."""
    if feast in _FIXED:
        return one_day(date(year, *_FIXED[feast]))
    if feast in _AFTER_EASTER:
        return one_day(_easter(year) + timedelta(days=_AFTER_EASTER[feast]))
    month, weekday, nth, after = _BY_WEEKDAY[feast]
    first = date(year, month, 1)
    found = nth_weekday(first, _first_of(year, month + 1), weekday, nth)
    return one_day(found + timedelta(days=after))


def _easter(year: int) -> date:
    """The Sunday, by the anonymous Gregorian rule (Meeus, Astronomical Algorithms, chapter 8)."""
    century, of_century = divmod(year, 100)
    moon = (8 * century + 13) // 25 - 2
    epact = (19 * (year % 19) + century - century // 4 - moon + 13) % 30
    if epact == 29 or (epact == 28 and year % 19 > 10):
        epact -= 1
    days = (2 * (century % 4) + 2 * (of_century // 4) - of_century % 4 - epact + 32) % 7
    months, day = divmod(epact + days - 7 * ((year % 19 + 11 * epact + 22 * days) // 451) + 114, 31)
    return date(year, months, day + 1)


def moved(day: date, count: int, unit: int) -> date:
    """That many units later, earlier below zero; a month's end stays in its month.

    Hours and minutes stay in their day.
    """
    if unit < Unit.DAY:
        return day
    if unit in _IN_DAYS:
        return day + timedelta(days=count * _IN_DAYS[Unit(unit)])
    first = _first_of(day.year, day.month + count * _IN_MONTHS[Unit(unit)])
    return min(first + timedelta(days=day.day - 1), _last_of(first))


def _last_of(first: date) -> date:
    return _first_of(first.year, first.month + 1) - timedelta(days=1)


_IN_DAYS: Final = {Unit.DAY: 1, Unit.WEEKEND: 7, Unit.WEEK: 7, Unit.FORTNIGHT: 14}
_IN_MONTHS: Final = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12, Unit.DECADE: 120}
AROUND: Final = {
    Unit.DAY: 0, Unit.WEEKEND: 1, Unit.WEEK: 3, Unit.FORTNIGHT: 3, Unit.MONTH: 15,
    Unit.QUARTER: 30, Unit.YEAR: 183, Unit.DECADE: 365,
}  # fmt: skip
"""Days on each side that a count of such units may mean, as in "two weeks ago"."""


def around(day: date, unit: int, days: int | None = None) -> Days:
    """What "that many units from now" covers when it points at `day`."""
    margin = timedelta(days=AROUND[Unit(unit)] if days is None else days)
    return Days(day - margin, day + margin + timedelta(days=1), approximate=bool(margin))


def beside(edge: date, sign: int, count: int | None, unit: int) -> Days:
    """The unit that ends (`sign` -1) or begins (1) at the edge, or the day so many units from it.

    Before the edge is its own side: two days before the 5th is the 3rd, two days after it the 7th.
    """
    if unit == Unit.WEEKEND:
        saturday = edge + timedelta(days=(5 - edge.weekday()) % 7)
        if sign < 0:
            saturday -= timedelta(days=7)
        return weekend_of(saturday + timedelta(weeks=sign * ((count or 1) - 1)))
    if count is not None:
        day = edge if sign < 0 else edge - timedelta(days=1)
        return around(moved(day, sign * count, unit), unit)
    other = moved(edge, sign, unit)
    return Days(min(edge, other), max(edge, other))
