"""Times counted from the moment something is said, or from a birth."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from memkit.periods.calendar import (
    UNKNOWN,
    Days,
    Unit,
    around,
    moved,
    one_day,
    weekend_of,
)
from memkit.periods.moments import Moment, Said, part_said
from memkit.periods.relative import weekday

_A_FEW: Final = 3
_HALF_YEAR: Final = 45


def ago(said: Said, moment: Moment) -> Days:
    """So many units before now."""
    return _counted(said, moment, -1)


def hence(said: Said, moment: Moment) -> Days:
    """So many units after now. In the past tense "in three days" is how long it took."""
    if moment.ahead is False and "from" not in said:
        return UNKNOWN
    return _counted(said, moment, 1)


def _counted(said: Said, moment: Moment, sign: int) -> Days:
    unit = said["unit"]
    if "few" in said:
        if not moment.asked:
            return UNKNOWN
        said = {**said, "count": _A_FEW}
    half = said.get("half", 0)
    count = sign * said.get("count", 0 if half else 1)
    if unit < Unit.DAY:
        hours = timedelta(hours=count) if unit == Unit.HOUR else timedelta(minutes=count)
        return one_day((moment.now + hours).date())
    if half and unit == Unit.YEAR:
        return around(moved(moment.today, 12 * count + 6 * sign, Unit.MONTH), unit, _HALF_YEAR)
    middle = moved(moment.today, count, unit)
    if half:
        days = {Unit.WEEK: 3, Unit.MONTH: 15, Unit.DECADE: 1826}.get(Unit(unit), 0)
        middle += timedelta(days=days * sign)
    if unit == Unit.WEEKEND:
        return weekend_of(middle)
    if "about" in said and unit == Unit.DAY:
        return around(middle, unit, 1)
    return around(middle, unit)


def hence_from(said: Said, moment: Moment) -> Days:
    """So many units after a weekday to come, "a week from Friday", or that many before one."""
    start = weekday({**said, "shift": said.get("shift", 1)}, moment).since
    assert start is not None
    return one_day(moved(start, said.get("sign", 1) * said.get("count", 1), said["unit"]))


def hence_from_day(said: Said, moment: Moment) -> Days:
    """So many units from yesterday, today or tomorrow."""
    return one_day(moved(moment.today + timedelta(days=said["near"]), said["count"], said["unit"]))


def weekdays_ago(said: Said, moment: Moment) -> Days:
    """The second, third ... last day of that name before today."""
    last = weekday({"weekday": said["weekday"], "shift": -1}, moment).since
    assert last is not None
    return one_day(last - timedelta(weeks=said["count"] - 1))


def past(said: Said, moment: Moment) -> Days:
    """The last so many units, with today."""
    if "few" in said and not moment.asked:
        return UNKNOWN
    return Days(_back(said, moment), moment.today + timedelta(days=1), "few" in said)


def coming(said: Said, moment: Moment) -> Days:
    """The next so many units, from today on."""
    if "few" in said and not moment.asked:
        return UNKNOWN
    end = moved(moment.today, said.get("count", _A_FEW if "few" in said else 1), said["unit"])
    return Days(moment.today, end + timedelta(days=1), "few" in said)


def lasting(said: Said, moment: Moment) -> Days:
    """From so many units ago until now and on."""
    if "few" in said and not moment.asked:
        return UNKNOWN
    return Days(_back(said, moment), None, approximate=True)


def _back(said: Said, moment: Moment) -> date:
    unit, count = said["unit"], said.get("count", _A_FEW if "few" in said else 1)
    if "half" in said and unit == Unit.YEAR:
        return moved(moment.today, -12 * said.get("count", 0) - 6, Unit.MONTH)
    return moved(moment.today, -count, unit)


def aged(said: Said, moment: Moment) -> Days:
    """The year between two birthdays of the one who speaks, or ten with `decade`."""
    if moment.born is None:
        return UNKNOWN
    count, born = said["count"], moment.born
    until = moved(born, count + said.get("years", 1), Unit.YEAR)
    return part_said(Days(moved(born, count, Unit.YEAR), until), said, moment)


def birthday(said: Said, moment: Moment) -> Days:
    """A birthday by its number."""
    if moment.born is None:
        return UNKNOWN
    return one_day(moved(moment.born, said["nth"], Unit.YEAR))
