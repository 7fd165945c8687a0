"""Statements made self-contained: names for `I` and `you`, days for `yesterday`.

English only; what is not understood stays as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from memkit.extract.parties import Voices
from memkit.extract.sentences import Span
from memkit.extract.times import Said
from memkit.extract.verbs import FORMS

__all__ = ["dated", "restated"]

_MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()
_CONTRACTED: Final = {"'m": " is", "'re": " is", "'ve": " has", "'ll": " will", "'d": " would"}
_FINITE: Final = {
    "am": "is", "are": "is", "was": "was", "were": "was", "have": "has", "do": "does",
    "don't": "doesn't", "haven't": "hasn't", "aren't": "isn't", "weren't": "wasn't",
}  # fmt: skip
_UNCHANGED: Final = frozenset(
    "will would can could should may might must shall had did has is said went".split()
)
_LEADS: Final = frozenset(
    "really just also actually always never still already only even often usually finally "
    "recently currently definitely totally probably mostly sometimes both".split()
)
_FIRST: Final = re.compile(
    r"\b(?P<subject>I)(?P<short>['\u2019](?:m|ve|ll|d))?\b"
    rf"(?P<verb>(?: (?:{'|'.join(sorted(_LEADS))})\b)* [\w'\u2019]+)?"
    r"|\b(?P<owner>my|mine)\b|\b(?P<object>me|myself)\b",
)
_SECOND: Final = re.compile(
    r"\b(?P<owner>your|yours)\b|\b(?P<object>you|yourself)\b(?P<short>['\u2019](?:re|ve|ll|d))?",
)
_CAPITAL: Final = re.compile(r"\b(?:My|Mine|Me|Myself|Your|Yours|You|Yourself)\b")


def restated(text: str, span: Span, who: Voices, times: Iterable[Said]) -> str:
    """The sentence with its speaker and its days by name.

    "I went there yesterday" said by Ana on 8 May 2023 is "Ana went there yesterday (7 May 2023)".
    """
    parts: list[str] = []
    place = span[0]
    for one in sorted(times, key=lambda said: said.start):
        shown = dated(one)
        if shown and span[0] <= one.start and one.end <= span[1] and one.start >= place:
            parts += [_named(text[place : one.end], who), f" ({shown})"]
            place = one.end
    return " ".join("".join([*parts, _named(text[place : span[1]], who)]).split())


def dated(one: Said) -> str:
    """The days meant, as words: `7 May 2023`, `May 2023`, `2023`, `1 May 2023 to 7 May 2023`.

    Empty for a time without a beginning and an end, and for one that names its year itself.
    """
    if one.since is None or one.until is None or str(one.since.year) in one.text:
        return ""
    last = one.until - timedelta(days=1)
    if last <= one.since:
        return _day(one.since)
    if one.since.day == 1 and one.until.day == 1:
        months = (one.until.year - one.since.year) * 12 + one.until.month - one.since.month
        if months == 1:
            return f"{_MONTHS[one.since.month - 1]} {one.since.year}"
        if months == 12 and one.since.month == 1:
            return str(one.since.year)
    return f"{_day(one.since)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _named(text: str, who: Voices) -> str:
    lowered = _CAPITAL.sub(lambda match: match.group().lower(), text)
    named = _FIRST.sub(lambda match: _first(match, who.speaker), lowered)
    if who.addressee is None:
        return named
    other = who.addressee
    return _SECOND.sub(lambda match: _second(match, other), named)


def _first(match: re.Match[str], name: str) -> str:
    if match["owner"] is not None:
        return f"{name}'s"
    if match["object"] is not None:
        return name
    short = _CONTRACTED.get((match["short"] or "").replace("\u2019", "'"), "")
    verb = match["verb"] or ""
    return name + short + (verb if short else _agreeing(verb))


def _second(match: re.Match[str], name: str) -> str:
    if match["owner"] is not None:
        return f"{name}'s"
    return name + _CONTRACTED.get((match["short"] or "").replace("\u2019", "'"), "")


def _agreeing(verb: str) -> str:
    """What follows `I`, as it follows a name."""
    words = verb.split(" ")
    for place, word in enumerate(words):
        plain = word.lower().replace("\u2019", "'")
        if not word or plain in _LEADS:
            continue
        words[place] = _FINITE.get(plain) or (_third(word) if _is_base(plain) else word)
        break
    return " ".join(words)


def _is_base(word: str) -> bool:
    kinds = {kind for _, kind in FORMS.get(word, ())}
    return "base" in kinds and "past" not in kinds and word not in _UNCHANGED


def _third(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
