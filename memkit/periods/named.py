"""Days, months, seasons, feasts and years by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from memkit.periods.calendar import (
    Days,
    Feast,
    Unit,
    decade_of,
    feast_of,
    months_of,
    nth_weekday,
    one_day,
    season_of,
    week_of,
    weekend_of,
    year_of,
)
from memkit.periods.moments import Moment, Said, nearer, part_said


def given(said: Said, _moment: Moment) -> Days:
    """A date in digits."""
    return one_day(date.fromordinal(said["date"]))


def given_day(said: Said, moment: Moment) -> Days:
    """A day and a month in digits."""
    month, day = divmod(said["daymonth"], 100)
    return day_of({**said, "month": month, "day": day}, moment)


def given_month(said: Said, _moment: Moment) -> Days:
    """A year and a month in digits."""
    year, month = divmod(said["yearmonth"], 100)
    date(year, month, 1)
    return months_of(year, month)


def month(said: Said, moment: Moment) -> Days:
    """A month by its name, or a `part` of one."""
    found = _of_year(said, moment, lambda year: months_of(year, said["month"]))
    return part_said(found, said, moment)


def season(said: Said, moment: Moment) -> Days:
    """A season by its name, or a `part` of one."""
    found = _of_year(said, moment, lambda year: season_of(year, said["season"]))
    return part_said(found, said, moment)


def quarter(said: Said, moment: Moment) -> Days:
    """A quarter of a year."""
    first = 3 * said["quarter"] - 2
    if said["quarter"] not in (1, 2, 3, 4):
        raise ValueError("a year has four quarters")
    return _of_year(said, moment, lambda year: months_of(year, first, 3))


def half(said: Said, moment: Moment) -> Days:
    """The first or second half of a year."""
    return _of_year(said, moment, lambda year: months_of(year, 1 if said["nth"] == 1 else 7, 6))


def half_month(said: Said, moment: Moment) -> Days:
    """The first or second half of a month."""

    def in_year(year: int) -> Days:
        whole = months_of(year, said["month"])
        assert whole.since is not None
        middle = whole.since + timedelta(days=15)
        return Days(whole.since, middle) if said["nth"] == 1 else Days(middle, whole.until)

    return _of_year(said, moment, in_year)


def feast(said: Said, moment: Moment) -> Days:
    """A day with a name."""
    return _of_year(said, moment, lambda year: feast_of(Feast(said["feast"]), year))


def day_of(said: Said, moment: Moment) -> Days:
    """A day and a month; of the years around, a weekday tells which."""
    if "weekday" in said and "year" not in said:
        for steps in (0, -1, 1, -2, 2, -3, 3):
            for found in _made(lambda y: one_day(date(y, said["month"], said["day"])),
                               moment.today.year + steps, 1, 1):  # fmt: skip
                if found.since is not None and found.since.weekday() == said["weekday"]:
                    return found
    return _of_year(said, moment, lambda year: one_day(date(year, said["month"], said["day"])))


def days_of(said: Said, moment: Moment) -> Days | None:
    """From one day to another of the same month."""
    if said["day"] > said["last"]:
        return None

    def in_year(year: int) -> Days:
        last = date(year, said["month"], said["last"])
        return Days(date(year, said["month"], said["day"]), last + timedelta(days=1))

    return _of_year(said, moment, in_year)


def week_with(said: Said, moment: Moment) -> Days:
    """The week, or the weekend, in which a day and a month fall."""
    whole = weekend_of if said["unit"] == Unit.WEEKEND else week_of
    return _of_year(said, moment, lambda year: whole(date(year, said["month"], said["day"])))


def weekday_of_month(said: Said, moment: Moment) -> Days:
    """The first, second ... or last day of that name in a month."""

    def found(days: Days) -> Days:
        assert days.since is not None
        assert days.until is not None
        return one_day(nth_weekday(days.since, days.until, said["weekday"], said["nth"]))

    return _in_month(said, moment, found)


def week_of_month(said: Said, moment: Moment) -> Days:
    """Seven days of a month, counted from its first or its last; a weekend from its Saturday."""

    def found(days: Days) -> Days:
        assert days.since is not None
        assert days.until is not None
        if said["unit"] == Unit.WEEKEND:
            return weekend_of(nth_weekday(days.since, days.until, 5, said["nth"]))
        if said["nth"] < 0:
            return Days(days.until - timedelta(days=7), days.until)
        start = days.since + timedelta(days=7 * (said["nth"] - 1))
        if start >= days.until:
            raise ValueError("no such week in that month")
        return Days(start, min(start + timedelta(days=7), days.until))

    return _in_month(said, moment, found)


def _in_month(said: Said, moment: Moment, found: Callable[[Days], Days]) -> Days:
    if "month" in said:
        return _of_year(said, moment, lambda year: found(months_of(year, said["month"])))
    return found(months_of(moment.today.year, moment.today.month + said.get("shift", 0)))


def year(said: Said, moment: Moment) -> Days:
    """A year, or a `part` of it."""
    return part_said(year_of(said["year"]), said, moment)


def yearly(said: Said, moment: Moment) -> Days:
    """A year by its number or by its distance, or a `part` of it."""
    found = year_of(said.get("year", moment.today.year + said.get("steps", 0)))
    return part_said(found, said, moment)


def years(said: Said, _moment: Moment) -> Days | None:
    """From one year to another."""
    if said["year"] > said["last"]:
        return None
    return Days(year_of(said["year"]).since, year_of(said["last"]).until)


def decade(said: Said, moment: Moment) -> Days:
    """Ten years, or a `part` of them."""
    return part_said(decade_of(said["decade"]), said, moment)


def decade_short(said: Said, moment: Moment) -> Days | None:
    """Ten years by their first one, or by the tens of the last century alone."""
    tens = said.get("short", 0)
    if tens % 10 or (not tens and "decade" not in said):
        return None
    return decade({"decade": 1900 + tens, **said}, moment)


def _of_year(said: Said, moment: Moment, make: Callable[[int], Days]) -> Days:
    """What `make` gives for the year said, or for the one that "last" or the tense asks for."""
    today = moment.today
    if "year" in said:
        return make(said["year"])
    if "steps" in said:
        return make(today.year + said["steps"])
    shift = said.get("shift")
    if shift == 0:
        return _this(make, today)
    ahead = shift > 0 if shift else moment.ahead
    later = _fitting(make, today, 1, shift) if ahead is not False else None
    earlier = _fitting(make, today, -1, shift) if not ahead else None
    found = nearer(later, earlier, today)
    if found is None:
        raise ValueError("no such day in the years around")
    return replace(found, loose=shift is None)


def _fitting(make: Callable[[int], Days], today: date, sign: int, shift: int | None) -> Days | None:
    """The first to come or the last gone by; with a shift, those that have today are neither."""
    fits = 0
    for found in _made(make, today.year - 2 * sign, sign):
        since, until = found.since or date.min, found.until or date.max
        if sign > 0:
            fits += (since if shift else until) > today
        else:
            fits += (until if shift else since) <= today
        if fits == abs(shift or 1):
            return found
    return None


def _this(make: Callable[[int], Days], today: date) -> Days:
    """That of this year, or the one that began last year and is not over."""
    for found in _made(make, today.year - 1, 1, 1):
        if found.until is not None and found.until > today:
            return found
    return make(today.year)


def _made(make: Callable[[int], Days], first: int, step: int, count: int = 11) -> Iterator[Days]:
    """One for each year from the first, but for 29 February and years beyond the calendar."""
    for each in range(first, first + step * count, step):
        try:
            yield make(each)
        except (ValueError, OverflowError):
            continue
