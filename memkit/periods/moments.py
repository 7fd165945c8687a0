"""What a moment decides of a time that the words leave open, and conditions on meanings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from memkit.periods.calendar import NOTHING, UNKNOWN, Days, part_of

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
    leaning: Callable[[], bool | None]
    standing: Callable[[], bool]

    @property
    def ahead(self) -> bool | None:
        """Whether a date without its year or month is the next, the last, or (None) the nearer."""
        return self.leaning()

    @property
    def still(self) -> bool:
        """Whether what is told goes on."""
        return self.standing()


def nearer(later: Days | None, earlier: Days | None, today: date) -> Days | None:
    """Of a stretch to come and one gone by, the one that has fewer days between it and today."""
    if later is None or earlier is None or later.since is None or earlier.until is None:
        return later or earlier
    return earlier if today - earlier.until < later.since - today else later


Meaning = Callable[[Said, Moment], Days | None]
"""Days, `UNKNOWN` for a time that cannot be told, `NOTHING` for words that merely look like one,
None where other forms may be tried.

`ValueError` and `OverflowError` are raised for days that no calendar has.
"""


def nothing(_said: Said, _moment: Moment) -> Days:
    """Words that merely look like a time."""
    return NOTHING


def unknown(_said: Said, _moment: Moment) -> Days:
    """A time that the words alone do not tell."""
    return UNKNOWN


def valued(meaning: Meaning, **values: int) -> Meaning:
    """The same with these values, where the words themselves say no others."""
    return lambda said, moment: meaning({**values, **said}, moment)


def roughly(meaning: Meaning) -> Meaning:
    """The same, approximate."""

    def found(said: Said, moment: Moment) -> Days | None:
        days = meaning(said, moment)
        return None if days is None else replace(days, approximate=True)

    return found


def if_led(meaning: Meaning) -> Meaning:
    """What is a time only after a word such as "since", or before and after "to"."""
    return lambda said, moment: meaning(said, moment) if "led" in said else None


def if_asked(meaning: Meaning) -> Meaning:
    """What is taken for a time in a question only, where a wrong guess does little harm."""
    return lambda said, moment: meaning(said, moment) if moment.asked else None


def if_led_or_asked(meaning: Meaning) -> Meaning:
    """What either makes a time."""
    return lambda said, m: meaning(said, m) if m.asked or "led" in said else None


def if_not_led(meaning: Meaning) -> Meaning:
    """What is no time of its own after "from"."""
    return lambda said, moment: None if "led" in said else meaning(said, moment)


def if_told(meaning: Meaning) -> Meaning:
    """What is read in statements only."""
    return lambda said, moment: None if moment.asked else meaning(said, moment)


def if_still(meaning: Meaning) -> Meaning:
    """What reaches until now if it is told as still so, as in "I have lived here for a year"."""
    return lambda said, moment: meaning(said, moment) if moment.still else UNKNOWN


def part_said(days: Days, said: Said, moment: Moment) -> Days:
    """The part that is said; a question means the whole, for what is near counts too."""
    return part_of(days, said["part"]) if "part" in said and not moment.asked else days
