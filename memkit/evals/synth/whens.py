"""Days put into words as they are seen from another day, and what the words may mean."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from memkit.evals.synth.claims import Span

MONTHS: Final = tuple(calendar.month_name)
_DAYS: Final = tuple(calendar.day_name)
NUMBERS: Final = tuple(
    """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
""".split()
)
_TENS: Final = tuple("_ _ twenty thirty forty fifty sixty seventy eighty ninety".split())
_MONTH_DAYS: Final = 30.44


@dataclass(frozen=True, slots=True)
class When:
    """Words for a time and the days that they may mean."""

    text: str
    span: Span


def in_words(number: int) -> str:
    """0 to 99 in letters."""
    if number < len(NUMBERS):
        return NUMBERS[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{NUMBERS[ones]}" if ones else "")


def ordinal(day: int) -> str:
    """`3rd`."""
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def whole_month(year: int, month: int) -> Span:
    """The first and the last day."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def named(day: date, draw: Random, *, year: bool) -> str:
    """A day of the calendar as people write it."""
    month, tail = MONTHS[day.month], f" {day.year}" if year else ""
    comma = f", {day.year}" if year else ""
    return draw.choice(
        [
            f"{day.day} {month}{tail}", f"{month} {ordinal(day.day)}{comma}",
            f"the {ordinal(day.day)} of {month}{tail}", f"{month} {day.day}{comma}",
        ]
    )  # fmt: skip


def past(event: date, said: date, draw: Random) -> When:
    """Words for a day that is over, such as "two weeks ago", "last March", "in 2019"."""
    gap = (said - event).days
    if gap < 0:
        raise ValueError(f"{event} is not over on {said}.")
    if gap == 0:
        return When(draw.choice(["today", "this morning"]), (event, event))
    if gap == 1:
        return When("yesterday", (event, event))
    return draw.choice(_past_choices(event, said, gap, draw))


def _past_choices(event: date, said: date, gap: int, draw: Random) -> list[When]:
    exact = (event, event)
    found = [When(f"on {named(event, draw, year=event.year != said.year)}", exact)]
    weekday = _DAYS[event.weekday()]
    if gap < 7:
        found += [When(f"{in_words(gap)} days ago", exact), When(f"on {weekday}", exact)]
        found += [When(f"last {weekday}", exact)]
    weeks = round(gap / 7)
    if gap >= 7 and weeks <= 6:
        around = (said - timedelta(7 * weeks + 4), said - timedelta(7 * weeks - 4))
        text = "a week ago" if weeks == 1 else f"{in_words(weeks)} weeks ago"
        found += [When(text, around), When(text, around)]
    if _week(said) - _week(event) == 1:
        start = said - timedelta(said.weekday() + 7)
        found.append(When("last week", (start, start + timedelta(6))))
    return found + _past_months(event, said, gap)


def _past_months(event: date, said: date, gap: int) -> list[When]:
    found = []
    apart = 12 * (said.year - event.year) + said.month - event.month
    whole, month = whole_month(event.year, event.month), MONTHS[event.month]
    if apart == 1:
        found += [When("last month", whole)]
    if apart >= 1 and event.year == said.year:
        found += [When(f"in {month}", whole), When(f"back in {month}", whole)]
    if event.year == said.year - 1 and event.month > said.month:
        found += [When(f"last {month}", whole)] * 2
    months = round(gap / _MONTH_DAYS)
    if 2 <= months <= 11:
        middle = said - timedelta(round(months * _MONTH_DAYS))
        around = (middle - timedelta(20), middle + timedelta(20))
        found += [When(f"{in_words(months)} months ago", around)]
    if apart >= 10:
        found += [When(f"in {month} {event.year}", whole)] * 2
    if event.year < said.year - 1:
        year = (date(event.year, 1, 1), date(event.year, 12, 31))
        found += [When(f"in {event.year}", year), When(f"back in {event.year}", year)]
    return found


def past_bare(event: date, said: date, draw: Random) -> When:
    """Words that stand behind "since" or "as of": `March`, `last week`, `May 2023`."""
    found = [each for each in _past_choices(event, said, max((said - event).days, 2), draw)
             if each.text.startswith(("in ", "last ", "on "))]  # fmt: skip
    chosen = draw.choice(found)
    return When(chosen.text.removeprefix("in ").removeprefix("on "), chosen.span)


def future(event: date, said: date, draw: Random) -> When:
    """Words for a day to come, such as "tomorrow", "next month", "on 3 June"."""
    gap = (event - said).days
    if gap < 1:
        raise ValueError(f"{event} is not to come on {said}.")
    if gap == 1:
        return When("tomorrow", (event, event))
    exact = (event, event)
    found = [When(f"on {named(event, draw, year=event.year != said.year)}", exact)]
    if gap < 7:
        found += [When(f"on {_DAYS[event.weekday()]}", exact)]
        found += [When(f"in {in_words(gap)} days", exact)]
    weeks = round(gap / 7)
    if gap >= 10 and weeks <= 6:
        around = (said + timedelta(7 * weeks - 4), said + timedelta(7 * weeks + 4))
        found += [When(f"in {in_words(weeks)} weeks", around)]
    if _week(event) - _week(said) == 1:
        start = said + timedelta(7 - said.weekday())
        found += [When("next week", (start, start + timedelta(6)))]
    apart = 12 * (event.year - said.year) + event.month - said.month
    whole = whole_month(event.year, event.month)
    if apart == 1:
        found += [When("next month", whole)] * 2
    if 1 <= apart <= 9:
        found += [When(f"in {MONTHS[event.month]}", whole)]
    return draw.choice(found)


def future_bare(event: date, said: date, draw: Random) -> When:
    """Words that stand behind "from": `June`, `next month`, `the 3rd of June`."""
    return _bare(future, event, said, draw, ("in ",))


def appointed(event: date, said: date, draw: Random) -> tuple[str, str]:
    """A day to come, to the day: as "on Friday", and as what stands behind "for", "Friday"."""
    gap = (event - said).days
    choices = [named(event, draw, year=event.year != said.year)] * 2
    if 2 <= gap < 7:
        choices += [_DAYS[event.weekday()]] * 2
    if gap == 1:
        choices = ["tomorrow"]
    if gap == 2:
        choices += ["the day after tomorrow"]
    chosen = draw.choice(choices)
    alone = chosen in ("tomorrow", "the day after tomorrow")
    return (chosen if alone else f"on {chosen}"), chosen


def _bare(
    words: Callable[[date, date, Random], When], event: date, said: date, draw: Random,
    unwanted: tuple[str, ...],
) -> When:  # fmt: skip
    """The same without its preposition; "in three weeks" cannot do without, so it is drawn anew."""
    while True:
        found = words(event, said, draw)
        text = found.text.removeprefix("on ")
        if text.startswith("in ") and text[3:] in MONTHS:
            text = text[3:]
        if not text.startswith(unwanted):
            return When(text, found.span)


def _week(day: date) -> int:
    """Weeks since a Monday long ago."""
    return (day.toordinal() - 1) // 7
