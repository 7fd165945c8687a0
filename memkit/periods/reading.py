"""Times found in a text, in whatever language each is said."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final

from memkit.dates import to_micros
from memkit.periods.chinese import CHINESE, chinese_time
from memkit.periods.english import ENGLISH
from memkit.periods.french import FRENCH
from memkit.periods.german import GERMAN
from memkit.periods.grammar import Table
from memkit.periods.resolving import Asked, Found, found_in
from memkit.periods.spanish import SPANISH

_SPACED: Final = (ENGLISH, SPANISH, GERMAN, FRENCH)
"""The first is taken for numbers in a text that speaks no language."""
_ANCHORS: Final = frozenset[str]().union(*(table.anchors for table in _SPACED))
_YEARS: Final = frozenset(str(year) for year in range(1900, 2100))
_DIGITS: Final = re.compile(r"\d(?:[/.-]\d\d?[/.-]|st\b|nd\b|rd\b|th\b|0s\b|0ern?\b)|['’]\d\d\b")
_WORD: Final = re.compile(r"\w+")
_SURE: Final = 2
"""What a word of time that one language alone has counts among its frequent words."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time said in a text: its characters [start, end), and the days [since, until) meant.

    An open beginning or end is None ("until March", "since 2019"), and both are None where the
    words alone do not tell the days ("recently", "when I was ten"). `approximate` says that the
    words are vague ("two weeks ago" is a week around that day, "last summer" three months).
    """

    start: int
    end: int
    text: str
    since: date | None
    until: date | None
    approximate: bool = False


def phrases(
    text: str, now: datetime, *, future: bool | None = None, born: date | None = None
) -> list[Phrase]:
    """The times that a statement names, in the order named; none overlaps another.

    Days begin at midnight where `now`, the moment of the statement, is. A weekday alone and a date
    without a year are the next ones if `future`, else the last; None takes the tense of the
    sentence, and where no verb tells, the next weekday and the nearer date. `born`, the day the
    speaker was born, resolves "when I was ten".
    """
    return [
        Phrase(found.start, found.end, text[found.start : found.end], found.days.since,
               found.days.until, found.days.approximate)
        for found in _every(Asked(text, now, False, future, born))
    ]  # fmt: skip


def periods(text: str, now: datetime) -> list[tuple[int, int]]:
    """The periods named in a question as UTC microseconds [start, end), in the order named.

    Days begin at midnight where `now` is. A date without a year is the latest that has begun.
    "From A to B" is one period, "until B" has an open beginning, and "since A" ends with today.
    Times that the words alone do not tell are left out.
    """
    found = []
    for each in _every(Asked(text, now, asked=True)):
        since, until = each.days.since, each.days.until
        if since is not None or until is not None:
            today = now.date() + timedelta(days=1)
            found.append((_midnight(since or date.min, now), _midnight(until or today, now)))
    return found


def _midnight(day: date, now: datetime) -> int:
    return to_micros(datetime.combine(day, time(), UTC if day == date.min else now.tzinfo))


def _every(asked: Asked) -> list[Found]:
    """Of what the languages find, the longest where two overlap."""
    tables, spoken = _languages(asked.text)
    found: list[Found] = []
    for table in tables:
        own = found_in(asked, table)
        found += own if table in spoken else [each for each in own if _is_sure(each, asked, table)]
    if len(tables) < 2:
        return found
    kept: list[Found] = []
    for each in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(each.end <= other.start or each.start >= other.end for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def _is_sure(found: Found, asked: Asked, table: Table) -> bool:
    """Whether the phrase has a word of time that no other language has."""
    said = asked.text[found.start : found.end]
    return any(map(_is_han, said)) if table is CHINESE else not _words(said).isdisjoint(table.sure)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _words(text: str) -> frozenset[str]:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return frozenset(_WORD.findall(text.lower()))


def _languages(text: str) -> tuple[list[Table], list[Table]]:
    """The languages in which the text may name a time, and those that it may be in."""
    said = _words(text)
    found = [] if _ANCHORS.isdisjoint(said) else [t for t in _SPACED if t.anchors & said]
    digits = not _YEARS.isdisjoint(said) or _DIGITS.search(text) is not None
    chinese = not text.isascii() and chinese_time(text)
    if not (found or digits or chinese):
        return [], []
    spoken = _spoken(said) or [CHINESE if chinese else ENGLISH]
    if digits:
        found += [table for table in spoken if table not in found]
    if chinese and CHINESE not in found:
        found.append(CHINESE)
    return found, spoken


def _spoken(said: frozenset[str]) -> list[Table]:
    """The languages that most of the frequent words are of; none without such words."""
    scores = [0.0] * len(_SPACED)
    weights = _weights()
    for word in said:
        for number, weight in weights.get(word, ()):
            scores[number] += weight
    most = max(scores)
    return [t for t, score in zip(_SPACED, scores, strict=True) if score > most - 0.01] * (most > 0)


@cache
def _weights() -> dict[str, list[tuple[int, float]]]:
    """What each word says for which languages: the more have it, the less."""
    known = [table.common | table.sure for table in _SPACED]
    found: dict[str, list[tuple[int, float]]] = {}
    for word in frozenset[str]().union(*known):
        of = [number for number, words in enumerate(known) if word in words]
        sure = [_SURE if word in _SPACED[number].sure else 1.0 for number in of]
        found[word] = [(number, weight / len(of)) for number, weight in zip(of, sure, strict=True)]
    return found
