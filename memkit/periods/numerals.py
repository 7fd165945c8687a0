"""Numbers and dates in digits, the same in every language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

_TIME: Final = r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z\b|[+-]\d\d:?\d\d)?)?"
_SHAPES: Final = {
    "iso": r"(?:19|20)\d\d-[01]?\d-[0-3]?\d(?!\d)" + _TIME,
    "yearmonth": r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d-])",
    "date": r"(?:19|20)\d\d(?:/\d\d?/|\.\d\d?\.)\d\d?(?!\d)"
    r"|\d\d?(?:/\d\d?/|\.\d\d?\.|-\d\d?-)(?:19|20)\d\d(?!\d)|\d\d?/\d\d?/\d\d(?![/\d])",
    "dotted": r"\d\d?\.\d\d?\.(?:\d\d(?![.\d])|(?![.\d]))",
    "digits": r"\d+(?:[.,]\d{1,3}(?!\d))+",
    "clock": r"\d\d?:\d\d(?::\d\d)?(?: ?[ap]\.?m\b\.?)?"
    r"|\d\d?(?: ?[ap]m\b| ?[ap]\.m\.| uhr\b| ?h\d*\b)",
    "decade": r"(?<!\w)['’]?\d{1,3}0(?:s|ern?)\b",
    "ordinal": r"\d+(?:st|nd|rd|th|ers?|[ºª])\b",
    "shortyear": r"(?<!\w)['’]\d\d\b",
    "plain": r"\d+",
}  # fmt: skip
DOTTED: Final = r"\b\d\d?\."
"""A number that a dot makes an ordinal, where a language has such."""
TOKENS: Final = "|".join(_SHAPES.values())
"""What is read as one word, to be compiled without regard to case."""

KINDS: Final = {
    "month": frozenset({"count", "day", "hour", "num"}),
    "day": frozenset({"count", "day", "hour"}),
    "count": frozenset({"count"}),
    "year": frozenset({"year", "anyyear"}),
    "oldyear": frozenset({"oldyear", "anyyear"}),
    "ordinal": frozenset({"nth", "day", "th"}),
    "nth": frozenset({"nth"}),
    "dotday": frozenset({"nth", "day", "dotday"}),
    **{
        kind: frozenset({kind})
        for kind in "decade tens shortyear date dotted daymonth yearmonth clock digits".split()
    },
}
"""What a number may stand for; "month" is one up to 12, "day" one up to 31."""

_SHAPE: Final = re.compile(
    "|".join(f"(?P<{name}>{s})" for name, s in {**_SHAPES, "dotday": DOTTED}.items()), re.I
)
_NUMBER: Final = re.compile(r"\d+")
HAN_DIGITS: Final = "零〇一二三四五六七八九"
_HAN: Final = str.maketrans(HAN_DIGITS, "00123456789")
_PIVOT: Final = 50
"""Two digits from here on are of the last century."""

Kind = tuple[str, Mapping[str, int]]


def numeral(token: str, *, day_first: bool) -> Kind | None:
    """What a number may stand for, and its value in each slot; None for what is no number.

    Of 5/6/2023 the first is the month, unless the language puts the day first or it is above 12;
    with dots the day is first, and a year of four digits is first wherever it stands first. A date
    that no calendar has is mere digits.
    """
    if token[0] in HAN_DIGITS:
        token = token.translate(_HAN)
    shape = _SHAPE.fullmatch(token)
    if shape is None or shape.lastgroup is None:
        return None
    numbers = [int(number) for number in _NUMBER.findall(token)]
    kind = shape.lastgroup
    if kind in ("iso", "date", "dotted"):
        return _dated(kind, numbers[:3], day_first or "." in token)
    if kind == "yearmonth":
        return kind, {kind: numbers[0] * 100 + numbers[1]}
    if kind == "decade":
        return _decade(token, numbers[0])
    if kind == "shortyear":
        return kind, {kind: _full(numbers[0])}
    if kind == "ordinal":
        number = numbers[0]
        said = {"nth": number, "day": number, "th": number}
        return ("ordinal" if 1 <= number <= 31 else "nth"), said
    if kind == "dotday":
        return kind, {"nth": numbers[0], "day": numbers[0], "dotday": numbers[0]}
    return _plain(token, numbers[0]) if kind == "plain" else (kind, {kind: 0})


def _plain(token: str, number: int) -> Kind:
    if 1900 <= number < 2100 and len(token) == 4:
        return "year", {"year": number, "anyyear": number}
    if 1000 <= number < 1900 and len(token) == 4:
        return "oldyear", {"oldyear": number, "anyyear": number}
    if not 1 <= number <= 999 or len(token) > 3:
        return "digits", {"digits": 0}
    kind = "month" if number <= 12 else "day" if number <= 31 else "count"
    return kind, {"count": number, "day": number, "hour": number, "num": number}


def _dated(kind: str, numbers: list[int], day_first: bool) -> Kind:
    if len(numbers) == 2:
        day, month = numbers
        valid = 1 <= month <= 12 and 1 <= day <= 31
        return ("daymonth", {"daymonth": month * 100 + day}) if valid else ("digits", {"digits": 0})
    first, middle, last = numbers
    if first > 31:
        year, month, day = _full(first), middle, last
    elif day_first:
        year, month, day = _full(last), middle, first
    else:
        year, month, day = _full(last), first, middle
    if month > 12 >= day:
        month, day = day, month
    try:
        found = date(year, month, day).toordinal()
    except ValueError:
        return "digits", {"digits": 0}
    slot = "dotted" if kind == "dotted" else "date"
    return slot, {slot: found}


def _decade(token: str, number: int) -> Kind:
    if number >= 1000:
        return "decade", {"decade": number}
    if not 30 <= number < 100:  # "the 20s" may be of either century
        return "digits", {"digits": 0}
    kind = "decade" if token[0] in "'’" else "tens"
    return kind, {kind: 1900 + number}


def _full(year: int) -> int:
    if year >= 100:
        return year
    return year + (1900 if year >= _PIVOT else 2000)
