"""Dates as people say them: the periods that a question names, counted from a given moment.

English and ISO dates only. What is not understood is left out; nothing is guessed from words that
merely look like dates, such as `may` and `march` without a day, a year or a preposition.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from memkit.dates import to_micros

Days = tuple[date, date]
"""The first day, and the first day after."""

_MONTHS = ("january february march april may june july august september october november "
           "december").split()  # fmt: skip
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NUMBERS: Final = {
    word: number
    for number, words in enumerate(
        ("", "a an one", "two couple", "three few", "four", "five", "six", "seven", "eight",
         "nine", "ten", "eleven", "twelve")
    )
    for word in words.split()
}  # fmt: skip
_APPROXIMATE = {"day": 0, "week": 3, "month": 15, "year": 183}
"""Days on each side that "two weeks ago" may mean."""

# What leads up to a period; its own first word may be the one that tells, as in "since June".
_OWN = r"[ -](?:the )?(?:\S+ )?$"
_UNTIL: Final = re.compile(r"\b(?:until|till|by|before|up to|through)" + _OWN)
_SINCE: Final = re.compile(r"\b(?:since|after|from)" + _OWN)
_BETWEEN: Final = re.compile(r"\bbetween" + _OWN)
_TO: Final = re.compile(r"^,? ?(?:to|until|till|through|-|–)" + _OWN)
_AND: Final = re.compile(r"^,? and" + _OWN)

_MONTH = r"(?P<month>" + "|".join([*_MONTHS, *(m[:3] for m in _MONTHS), "sept"]) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(_NUMBERS) + r")(?: of)?"
_UNIT = r"(?P<unit>day|week|month|year)s?\b"


def periods(text: str, now: datetime) -> list[tuple[int, int]]:
    """The periods named in a text as UTC microseconds [start, end), in the order named.

    Days begin at midnight where `now` is. A date without a year is the latest that has begun.
    "From A to B" is one period, "until B" has an open beginning, and "since A" ends with today.
    """
    said = rest = text.lower()
    found: list[tuple[int, int, Days]] = []
    for pattern, meaning in _GRAMMAR:
        for match in pattern.finditer(rest):
            days = _understood(meaning, match, now.date())
            if days is not None:
                found.append((match.start(), match.end(), days))
        rest = pattern.sub(lambda match: "\x00" * len(match.group()), rest)  # said once, read once
    named: list[Days] = []
    lead, after = "", 0
    for begin, end, days in sorted(found):
        before, lead = lead, said[after:begin] + said[begin:end].partition(" ")[0] + " "
        closes = _TO.search(lead) or (_AND.search(lead) and _BETWEEN.search(before))
        if named and closes and named[-1][0] <= days[0]:
            named[-1] = (named[-1][0], days[1])
        else:
            named.append(_opened(lead, days, now.date()))
        after = end
    return [(_midnight(start, now), _midnight(end, now)) for start, end in named]


def _opened(lead: str, days: Days, today: date) -> Days:
    if _UNTIL.search(lead):
        return date.min, days[1]
    if _SINCE.search(lead):
        return days[0], max(days[1], today + timedelta(days=1))
    return days


def _midnight(day: date, now: datetime) -> int:
    return to_micros(datetime.combine(day, time(), UTC if day == date.min else now.tzinfo))


Meaning = Callable[["re.Match[str]", date], Days]


def _understood(meaning: Meaning, match: re.Match[str], today: date) -> Days | None:
    """The days meant, or None for a date that does not exist."""
    try:
        return meaning(match, today)
    except (ValueError, OverflowError):
        return None


def _one_day(day: date) -> Days:
    return day, day + timedelta(days=1)


def _iso(match: re.Match[str], _today: date) -> Days:
    year, month, day = match["year"], match["month"], match["day"]
    if day is None:
        return _month_of(int(year), int(month))
    return _one_day(date(int(year), int(month), int(day)))


def _day_of_month(match: re.Match[str], today: date) -> Days:
    month, day = _month_number(match["month"]), int(match["day"])
    if match["year"] is not None:
        return _one_day(date(int(match["year"]), month, day))
    this_year = date(today.year, month, day)
    return _one_day(this_year if this_year <= today else date(today.year - 1, month, day))


def _whole_month(match: re.Match[str], today: date) -> Days:
    month = _month_number(match["month"])
    if "year" in match.re.groupindex and match["year"] is not None:
        return _month_of(int(match["year"]), month)
    return _month_of(today.year - (month > today.month), month)


def _whole_year(match: re.Match[str], _today: date) -> Days:
    return date(int(match["year"]), 1, 1), date(int(match["year"]) + 1, 1, 1)


def _ago(match: re.Match[str], today: date) -> Days:
    unit = match["unit"]
    middle = _earlier(today, _count(match), unit)
    around = timedelta(days=_APPROXIMATE[unit])
    return middle - around, middle + around + timedelta(days=1)


def _past(match: re.Match[str], today: date) -> Days:
    count = _count(match) if match["count"] else 1
    return _earlier(today, count, match["unit"]), today + timedelta(days=1)


def _last_or_this(match: re.Match[str], today: date) -> Days:
    steps = {"last": -1, "previous": -1, "this": 0, "next": 1}[match["which"]]
    unit = match["unit"]
    if unit == "year":
        return date(today.year + steps, 1, 1), date(today.year + steps + 1, 1, 1)
    if unit == "month":
        months = today.year * 12 + today.month - 1 + steps
        return _month_of(months // 12, months % 12 + 1)
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=steps)
    if unit == "weekend":
        return monday + timedelta(days=5), monday + timedelta(days=7)
    return monday, monday + timedelta(days=7)


def _weekday(match: re.Match[str], today: date) -> Days:
    """The latest such day before today; `next` and `this` look ahead."""
    distance = (_WEEKDAYS.index(match["weekday"]) - today.weekday()) % 7
    if match["which"] in ("next", "this"):
        return _one_day(today + timedelta(days=distance or 7))
    return _one_day(today - timedelta(days=7 - distance))


def _near(days: int) -> Meaning:
    return lambda _match, today: _one_day(today + timedelta(days=days))


def _month_of(year: int, month: int) -> Days:
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


def _month_number(name: str) -> int:
    return [month[:3] for month in _MONTHS].index(name[:3]) + 1


def _count(match: re.Match[str]) -> int:
    said = match["count"]
    return int(said) if said.isdigit() else _NUMBERS[said]


def _earlier(today: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return today - timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    first, after = _month_of(months // 12, months % 12 + 1)
    return min(first + timedelta(days=today.day - 1), after - timedelta(days=1))


def _rule(pattern: str, meaning: Meaning) -> tuple[re.Pattern[str], Meaning]:
    return re.compile(r"\b" + pattern), meaning


_GRAMMAR: Final = (
    _rule(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?\b", _iso),
    _rule(rf"{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?", _day_of_month),
    _rule(rf"{_MONTH} {_DAY}(?:,? {_YEAR})?", _day_of_month),
    _rule(rf"{_MONTH},?(?: of)? {_YEAR}", _whole_month),
    _rule(r"(?:in|during|since|until|by|of|last|this|early|late|mid)[ -]"
          rf"(?P<month>{'|'.join(_MONTHS)})\b", _whole_month),
    _rule(rf"(?P<month>{'|'.join(m for m in _MONTHS if m not in ('march', 'may'))})\b",
          _whole_month),
    _rule(rf"(?:a )?{_COUNT} {_UNIT} ago", _ago),
    _rule(rf"(?:last|past|previous) {_COUNT} {_UNIT}", _past),
    _rule(r"past (?P<count>)(?P<unit>week|month|year)\b", _past),
    _rule(r"(?P<which>last|previous|this|next) (?P<unit>weekend|week|month|year)\b", _last_or_this),
    _rule(rf"(?P<which>last|this|next|on|) ?(?P<weekday>{'|'.join(_WEEKDAYS)})\b", _weekday),
    _rule(r"(?:the )?day before yesterday\b", _near(-2)),
    _rule(r"(?:yesterday|last (?:night|evening))\b", _near(-1)),
    _rule(r"(?:today|tonight|this (?:morning|afternoon|evening))\b", _near(0)),
    _rule(r"tomorrow\b", _near(1)),
    _rule(_YEAR, _whole_year),
)  # fmt: skip
"""The longest forms first: what one rule has read, no later one sees."""
