"""Times as a person would tell them, from words said relative to the moment of a message.

"Last Friday", said on 14 August 2023, becomes "the Friday before 14 August 2023": what the words
leave open stays open, and the answer can be understood on any other day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from memkit.periods import Phrase

_WEEKDAY: Final = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.I
)
_COUNTED: Final = re.compile(
    r"\b(an?|a few|a couple(?: of)?|several|\w+) (day|week|weekend|month|year)s? "
    r"(ago|back|earlier)\b",
    re.I,
)
_SEASON: Final = re.compile(r"\b(spring|summer|fall|autumn|winter)\b", re.I)
_HAPPENED: Final = re.compile(r"\b(?:last|past|previous|ago|back|yesterday|earlier)\b", re.I)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_YEAR: Final = 360


def told(found: Sequence[Phrase], said: datetime, *, unit: str = "") -> str:
    """When something was, of the times its sentence names; without any, the day it was said.

    `unit` is what was asked for: `year`, `month`, `day`, `season` or nothing in particular.
    """
    known = [phrase for phrase in found if phrase.since is not None and phrase.until is not None]
    day = said.date()
    if unit in _UNITS:
        since = known[0].since if known else day
        assert since is not None
        return _UNITS[unit](since)
    if known:
        return _as_said(known[0], day)
    return next((text for each in found if (text := _vague(each, day))), day_of(day))


def day_of(day: date) -> str:
    """As in "7 May 2023"."""
    return f"{day.day} {day:%B %Y}"


def _month_of(day: date) -> str:
    return f"{day:%B %Y}"


def _year_of(day: date) -> str:
    return str(day.year)


_UNITS: Final = {"year": _year_of, "month": _month_of, "day": day_of, "date": day_of}


def _as_said(phrase: Phrase, said: date) -> str:
    since, until = phrase.since, phrase.until
    assert since is not None and until is not None
    counted = _COUNTED.search(phrase.text)
    length = (until - since).days
    if counted and counted[2].lower().startswith("week"):
        return f"{_number(counted[1], counted[2])} before {day_of(said)}"
    if length <= 1:
        return _on_day(phrase, since, said)
    if length <= 11:
        return _in_week(phrase, since, until, said)
    if season := _SEASON.search(phrase.text):
        return f"{season[1].lower()} {since.year}"
    if length <= 31:
        return _month_of(since)
    if counted and counted[2].lower() == "month":
        return _month_of(_middle(since, until))
    return str(_middle(since, until).year) if length >= _YEAR else _month_of(since)


def _on_day(phrase: Phrase, since: date, said: date) -> str:
    if _WEEKDAY.search(phrase.text) and not any(map(str.isdigit, phrase.text)):
        weekday = _DAYS[since.weekday()]
        if 0 < (said - since).days <= 7:
            return f"the {weekday} before {day_of(said)}"
        if 0 < (since - said).days <= 7:
            return f"the {weekday} after {day_of(said)}"
    return day_of(since)


def _in_week(phrase: Phrase, since: date, until: date, said: date) -> str:
    unit = "weekend" if (until - since).days <= 3 else "week"
    if until <= said or _HAPPENED.search(phrase.text):
        return f"the {unit} before {day_of(said)}"
    if since > said and unit == "week":
        return f"the week after {day_of(said)}"
    if (since - said).days > 6:
        return f"the {unit} after {day_of(said)}"
    return f"the {unit} of {day_of(said)}"


def _vague(phrase: Phrase, said: date) -> str:
    """What is counted in a few, from the day it was said; nothing for "recently" and the like."""
    counted = _COUNTED.search(phrase.text)
    return f"{_number(counted[1], counted[2])} before {day_of(said)}" if counted else ""


def _number(count: str, unit: str) -> str:
    if count.lower() in ("a", "an", "one"):
        return f"the {unit.lower()}"
    return f"{count.lower()} {unit.lower()}s"


def _middle(since: date, until: date) -> date:
    return since + (until - since) / 2
