"""What the forms of a grammar mean: the words said in one, and the moment, to days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from memkit.periods.calendar import (
    NOTHING,
    UNKNOWN,
    Days,
    Feast,
    Unit,
    around,
    decade_of,
    feast_of,
    months_of,
    moved,
    nth_weekday,
    one_day,
    part_of,
    season_of,
    week_of,
    weekend_of,
    year_of,
)

Said = Mapping[str, int]
"""The values of the words in a form's slots."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is said, and what decides where the words do not.

    `asked`: a question names the time, so that a guess is better than none.
    """

    now: datetime
    today: date
    asked: bool
    born: date | None
    leaning: Callable[[], bool]
    standing: Callable[[], bool]

    @property
    def ahead(self) -> bool:
        """Whether a day without a month, or a month without a year, is the next, not the last."""
        return self.leaning()

    @property
    def still(self) -> bool:
        """Whether what is told goes on."""
        return self.standing()


Meaning = Callable[[Said, Moment], Days | None]
"""Days, `UNKNOWN` for a time that cannot be told, `NOTHING` for words that merely look like one,
None where other forms may be tried.

`ValueError` and `OverflowError` are raised for days that no calendar has.
"""

_A_FEW: Final = 3
_HALF_YEAR: Final = 45


def nothing(_said: Said, _moment: Moment) -> Days:
    """Words that merely look like a time."""
    return NOTHING


def unknown(_said: Said, _moment: Moment) -> Days:
    """A time that the words alone do not tell."""
    return UNKNOWN


def near(days: int) -> Meaning:
    """The day that many days from today."""
    return lambda _said, moment: one_day(moment.today + timedelta(days=days))


def nearby(said: Said, moment: Moment) -> Days:
    """The day that many days from today, by its own word."""
    return one_day(moment.today + timedelta(days=said["near"]))


def valued(meaning: Meaning, **values: int) -> Meaning:
    """The same with these values, where the words themselves say no others."""
    return lambda said, moment: meaning({**values, **said}, moment)


def if_led(meaning: Meaning) -> Meaning:
    """What is a time only after a word such as "since", or before and after "to"."""
    return lambda said, moment: meaning(said, moment) if "led" in said else None


def if_asked(meaning: Meaning) -> Meaning:
    """What is taken for a time in a question only, where a wrong guess does little harm."""
    return lambda said, moment: meaning(said, moment) if moment.asked else None


def if_told(meaning: Meaning) -> Meaning:
    """What is read in statements only."""
    return lambda said, moment: None if moment.asked else meaning(said, moment)


def if_led_or_asked(meaning: Meaning) -> Meaning:
    """What either makes a time."""
    return lambda said, m: meaning(said, m) if m.asked or "led" in said else None


def if_still(meaning: Meaning) -> Meaning:
    """What reaches until now if it is told as still so, as in "I have lived here for a year"."""
    return lambda said, moment: meaning(said, moment) if moment.still else UNKNOWN


def roughly(meaning: Meaning) -> Meaning:
    """The same, approximate."""

    def found(said: Said, moment: Moment) -> Days | None:
        days = meaning(said, moment)
        return None if days is None else replace(days, approximate=True)

    return found


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


def ago(said: Said, moment: Moment) -> Days:
    """So many units before now."""
    return _counted(said, moment, -1)


def hence(said: Said, moment: Moment) -> Days:
    """So many units after now. In the past tense "in three days" is how long it took."""
    if not moment.ahead and "from" not in said:
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


def hence_from_day(said: Said, moment: Moment) -> Days:
    """So many units from yesterday, today or tomorrow."""
    return one_day(moved(moment.today + timedelta(days=said["near"]), said["count"], said["unit"]))


def hence_from(said: Said, moment: Moment) -> Days:
    """So many units after a weekday to come, "a week from Friday", or that many before one."""
    start = weekday({**said, "shift": said.get("shift", 1)}, moment).since
    assert start is not None
    return one_day(moved(start, said.get("sign", 1) * said.get("count", 1), said["unit"]))


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
    return _part(found, said, moment)


def this_weekend(said: Said, moment: Moment) -> Days:
    """The weekend that the tense asks for; a question's "this weekend" is that of this week."""
    said_this = moment.asked and "shift" in said
    back = not moment.ahead and not said_this and moment.today.weekday() < 5
    return replace(weekend_of(moment.today - timedelta(weeks=back)), loose=True)


def weekday(said: Said, moment: Moment) -> Days:
    """The day of that name: the latest before today, or the first after it.

    "Last" and "next" are those two; -2 and 2 are the Friday before last and after next. "This"
    is the one to come, or in the past tense the one gone by.
    """
    today, shift = moment.today, said.get("shift", 0)
    ahead = shift > 0 or (not shift and (moment.ahead or (moment.asked and "shift" in said)))
    distance = (said["weekday"] - today.weekday()) % 7
    day = today + timedelta(days=(distance or 7) if ahead else distance - 7)
    if abs(shift) > 1:
        day += timedelta(weeks=shift // 2)
    found = one_day(day)
    return replace(found, loose=True) if "shift" not in said else found


def weekdays_ago(said: Said, moment: Moment) -> Days:
    """The second, third ... last day of that name before today."""
    last = weekday({"weekday": said["weekday"], "shift": -1}, moment).since
    assert last is not None
    return one_day(last - timedelta(weeks=said["count"] - 1))


def weekday_of_week(said: Said, moment: Moment) -> Days:
    """The day of that name in last week, this week, next week."""
    monday = week_of(moment.today + timedelta(weeks=said["shift"])).since
    assert monday is not None
    return one_day(monday + timedelta(days=said["weekday"]))


def month(said: Said, moment: Moment) -> Days:
    """A month by its name, or a `part` of one."""
    return _part(_of_year(said, moment, lambda year: months_of(year, said["month"])), said, moment)


def season(said: Said, moment: Moment) -> Days:
    """A season by its name, or a `part` of one."""
    return _part(_of_year(said, moment, lambda year: season_of(year, said["season"])), said, moment)


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
    """A day and a month."""
    return _of_year(said, moment, lambda year: one_day(date(year, said["month"], said["day"])))


def days_of(said: Said, moment: Moment) -> Days | None:
    """From one day to another of the same month."""
    if said["day"] > said["last"]:
        return None

    def in_year(year: int) -> Days:
        last = date(year, said["month"], said["last"])
        return Days(date(year, said["month"], said["day"]), last + timedelta(days=1))

    return _of_year(said, moment, in_year)


def day_alone(said: Said, moment: Moment) -> Days:
    """A day of this month, or of the nearest that has it."""
    today = moment.today
    for steps in (-1, 0, 1, 2) if moment.ahead else (1, 0, -1, -2):
        first = months_of(today.year, today.month + steps).since
        assert first is not None
        try:
            day = first.replace(day=said["day"])
        except ValueError:
            continue
        if day >= today if moment.ahead else day <= today:
            return replace(one_day(day), loose=True)
    raise ValueError("no such day in the months around")


def day_of_shifted(said: Said, moment: Moment) -> Days:
    """A day of last, this or next month."""
    first = months_of(moment.today.year, moment.today.month + said["shift"]).since
    assert first is not None
    return one_day(first.replace(day=said["day"]))


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
    return _part(year_of(said["year"]), said, moment)


def years(said: Said, _moment: Moment) -> Days | None:
    """From one year to another."""
    if said["year"] > said["last"]:
        return None
    return Days(year_of(said["year"]).since, year_of(said["last"]).until)


def decade(said: Said, moment: Moment) -> Days:
    """Ten years, or a `part` of them."""
    return _part(decade_of(said["decade"]), said, moment)


def aged(said: Said, moment: Moment) -> Days:
    """The year between two birthdays of the one who speaks, or ten with `decade`."""
    if moment.born is None:
        return UNKNOWN
    count, born = said["count"], moment.born
    until = moved(born, count + said.get("years", 1), Unit.YEAR)
    return _part(Days(moved(born, count, Unit.YEAR), until), said, moment)


def birthday(said: Said, moment: Moment) -> Days:
    """A birthday by its number."""
    if moment.born is None:
        return UNKNOWN
    return one_day(moved(moment.born, said["nth"], Unit.YEAR))


def _part(days: Days, said: Said, moment: Moment) -> Days:
    """The part that is said; a question means the whole, for what is near counts too."""
    return part_of(days, said["part"]) if "part" in said and not moment.asked else days


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
    fits = []
    for found in _made(make, today.year + (-2 if ahead else 2), 1 if ahead else -1):
        since, until = found.since or date.min, found.until or date.max
        if (since if shift else until) > today if ahead else (until if shift else since) <= today:
            fits.append(replace(found, loose=shift is None))
        if len(fits) == abs(shift or 1):
            return fits[-1]
    raise ValueError("no such day in the years around")


def _this(make: Callable[[int], Days], today: date) -> Days:
    """That of this year, or the one that began last year and is not over."""
    for found in _made(make, today.year - 1, 1, 1):
        if found.until is not None and found.until > today:
            return found
    return make(today.year)


def _made(
    make: Callable[[int], Days], first: int, step: int, count: int = 11
) -> Iterator[Days]:
    """One for each year from the first, but for 29 February and years beyond the calendar."""
    for each in range(first, first + step * count, step):
        try:
            yield make(each)
        except (ValueError, OverflowError):
            continue


def decade_short(said: Said, moment: Moment) -> Days | None:
    """Ten years by their first one, or by the tens of the last century alone."""
    tens = said.get("short", 0)
    if tens % 10 or (not tens and "decade" not in said):
        return None
    return decade({"decade": 1900 + tens, **said}, moment)


def yearly(said: Said, moment: Moment) -> Days:
    """A year by its number or by its distance, or a `part` of it."""
    return _part(year_of(said.get("year", moment.today.year + said.get("steps", 0))), said, moment)
