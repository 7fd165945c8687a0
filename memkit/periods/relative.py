"""Days, weeks and months beside the one in which something is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from memkit.periods.calendar import (
    Days,
    Unit,
    decade_of,
    months_of,
    one_day,
    week_of,
    weekend_of,
    year_of,
)
from memkit.periods.moments import Moment, Said, nearer, part_said


def nearby(said: Said, moment: Moment) -> Days:
    """The day that many days from today, by its own word."""
    return one_day(moment.today + timedelta(days=said["near"]))


def shifted(said: Said, moment: Moment) -> Days:
    """A whole unit of the calendar: last, this, next, and a `part` of it."""
    steps, today = said["shift"], moment.today
    unit = said["unit"]
    if unit in (Unit.WEEK, Unit.WEEKEND, Unit.FORTNIGHT):
        found = (weekend_of if unit == Unit.WEEKEND else week_of)(today + timedelta(weeks=steps))
    elif unit == Unit.MONTH:
        found = months_of(today.year, today.month + steps)
    elif unit == Unit.QUARTER:
        found = months_of(today.year, (today.month - 1) // 3 * 3 + 1 + 3 * steps, 3)
    elif unit == Unit.DECADE:
        found = decade_of(today.year // 10 * 10 + 10 * steps)
    elif unit == Unit.YEAR:
        found = year_of(today.year + steps)
    else:
        found = one_day(today + timedelta(days=steps))
    return part_said(found, said, moment)


def this_weekend(said: Said, moment: Moment) -> Days:
    """The weekend that the tense asks for; a question's "this weekend" is that of this week."""
    said_this = moment.asked and "shift" in said
    back = moment.ahead is False and not said_this and moment.today.weekday() < 5
    return replace(weekend_of(moment.today - timedelta(weeks=back)), loose=True)


def weekday(said: Said, moment: Moment) -> Days:
    """The day of that name: the latest before today, or the first after it.

    "Last" and "next" are those two; -2 and 2 are the Friday before last and after next. "This"
    is the one to come, or in the past tense the one gone by.
    """
    today, shift = moment.today, said.get("shift", 0)
    this_asked = moment.asked and "shift" in said
    ahead = shift > 0 or (not shift and (this_asked or moment.ahead is not False))
    distance = (said["weekday"] - today.weekday()) % 7
    day = today + timedelta(days=(distance or 7) if ahead else distance - 7)
    if abs(shift) > 1:
        day += timedelta(weeks=shift // 2)
    found = one_day(day)
    return replace(found, loose=True) if "shift" not in said else found


def weekday_of_week(said: Said, moment: Moment) -> Days:
    """The day of that name in last week, this week, next week."""
    monday = week_of(moment.today + timedelta(weeks=said["shift"])).since
    assert monday is not None
    return one_day(monday + timedelta(days=said["weekday"]))


def day_alone(said: Said, moment: Moment) -> Days:
    """A day of this month, or of the nearest that has it."""
    ahead = moment.ahead
    later = _day_alone(said["day"], moment, 1) if ahead is not False else None
    earlier = _day_alone(said["day"], moment, -1) if not ahead else None
    found = nearer(later, earlier, moment.today)
    if found is None:
        raise ValueError("no such day in the months around")
    return replace(found, loose=True)


def _day_alone(day: int, moment: Moment, sign: int) -> Days | None:
    today = moment.today
    for steps in range(3):
        first = months_of(today.year, today.month + sign * steps).since
        assert first is not None
        try:
            found = first.replace(day=day)
        except ValueError:
            continue
        if found >= today if sign > 0 else found <= today:
            return one_day(found)
    return None


def day_of_shifted(said: Said, moment: Moment) -> Days:
    """A day of last, this or next month."""
    first = months_of(moment.today.year, moment.today.month + said["shift"]).since
    assert first is not None
    return one_day(first.replace(day=said["day"]))
