"""Values: proper nouns and noun phrases, read from a place in the text to the character."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from memkit.extract.words import COMMON, listed

__all__ = [
    "ENDS_PHRASE",
    "POINTERS",
    "Reader",
    "Value",
    "is_caseless",
    "list_of",
    "person",
    "phrase",
    "proper",
    "skip",
    "value_at",
]


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its span; `phrase` are its words where it was normalised."""

    text: str
    start: int
    end: int
    unit: str | None = None
    phrase: str | None = None
    sure: float = 1.0


Reader = Callable[[str, int, int], list[Value]]
"""Reads (text, start, end): the values that begin right at `start`, none if there is no such."""

_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019&.+/@-]+[^\W_]+)*[+#]*|[^\w\s]")
_PARTICLES: Final = listed(
    "of the de da do das dos del della di du la le les los las el van von der den ter zu al bin "
    "ibn y e on upon sur am an af av and & no d'"
)
_NEVER_JOIN: Final = listed("and & no on an am upon")
_CALENDAR: Final = listed(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december jan feb mar apr jun jul aug sept sep "
    "oct nov dec mon tue wed thu fri sat sun easter christmas"
)
_NOT_NAMES: Final = listed(
    "i i'm i've i'll i'd we it he she they you my the a an this that yes no ok okay lol haha "
    "because since when where but so btw fyi omg what why how also then just now who which these "
    "those there here his her our your their im do did does is are was were have has if"
)
_SHORT: Final = listed("st mt ft dr mr mrs ms jr sr inc co ltd")
ENDS_PHRASE: Final = listed(
    "and or but because since when while where which that who whom so though although if unless "
    "until for with without after before during by as than lately recently now anymore already "
    "again too either is are was were be am has have had do does did can will would i i'm we you "
    "he she they it especially right today tonight yesterday tomorrow then these this last next "
    "every at from not unlike like even very really currently instead though yet still ever "
    "these also via per isn wasn aren weren hasn doesn didn couldn wouldn"
)
"""Words that no noun phrase holds."""
_SOFT_ENDS: Final = listed("in on to about into of over near around under")
POINTERS: Final = listed(
    "it that this these those him her them you me us your one ones everything anything nothing "
    "something someone everyone how what when where why who being having getting seeing hearing "
    "knowing here there such all both each more most some many few another enough them myself "
    "yours mine his its to no not working talking going doing making having so too very much just"
)
"""First words of what means something only where it was said."""
_OPENING: Final = frozenset("\"'\u201c\u201d\u2018*_:")
_TITLE: Final = re.compile(r"(?:Dr|Mr|Mrs|Ms|Prof)\.? ")
_NEXT_NAME: Final = re.compile(r"[\"'\u201d]?(?:,? (?:and|&|plus) |, (?:and )?)(?=[^\W\d_a-z])")
_JOINT: Final = re.compile(
    r",? (?:and|or|&|nor) (?:also |even |especially )?|, (?:and |or |also )?", re.IGNORECASE
)


def value_at(text: str, start: int, end: int, sure: float = 1.0) -> Value:
    """The characters [start, end) as a value."""
    return Value(text[start:end], start, end, sure=sure)


def skip(text: str, start: int, end: int) -> int:
    """The place after white space and opening marks."""
    while start < end and (text[start].isspace() or text[start] in _OPENING):
        start += 1
    return start


def is_caseless(text: str) -> bool:
    """Whether the writer uses no capital letters, so that names show none either."""
    return not any(c.isupper() for c in text)


def proper(
    text: str, start: int, end: int, *, most: int = 6, whole: bool = False
) -> tuple[int, int] | None:
    """The run of capitalised words that begins at `start`: "Rio de Janeiro", "J. K. Rowling".

    It ends before a possessive "'s" unless `whole`: "McDonald's".
    """
    first = last = -1
    count = 0
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if last >= 0 and not _joined(text, last, match.start(), first):
            break
        if word == "." and last >= 0:
            continue
        if not (word[0].isupper() or (last >= 0 and word[0].isdigit())):
            if first < 0 or not _leads_on(text, match, end):
                break
            continue
        word, stop = (word, match.end()) if whole else _without_possessive(word, match.end())
        low = word.lower()
        if (low in _CALENDAR and (last >= 0 or low != "may")) or low in _NOT_NAMES:
            break
        if low.endswith(("n't", "n\u2019t")):
            break
        first = match.start() if first < 0 else first
        last, count = stop, count + 1
        if stop != match.end() or count >= most:
            break
    return (first, last) if first >= 0 else None


def _without_possessive(word: str, stop: int) -> tuple[str, int]:
    return (word[:-2], stop - 2) if word[-2:] in ("'s", "\u2019s") else (word, stop)


def _joined(text: str, last: int, start: int, first: int) -> bool:
    """Whether what stands between two words lets them be one name: a space, or "St. "."""
    between = text[last:start]
    if not between.strip():
        return "\n" not in between
    if between.strip() != "." or not between.startswith("."):
        # A particle may stand between: judged when it was read.
        return all(word in _PARTICLES for word in between.lower().split())
    word = text[first:last].split()[-1] if last > first else ""
    return len(word) == 1 or word.lower() in _SHORT


def _leads_on(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a small word inside a name is followed by more of it: "Rio de Janeiro"."""
    low = match.group().lower()
    if low not in _PARTICLES or low in _NEVER_JOIN:
        return False
    words = text[match.end() : end].split(None, 2)
    if words and words[0].lower() in _PARTICLES:
        words = words[1:]
    if not words or not words[0][0].isupper():
        return False
    return words[0].lower().strip(".,!?") not in _NOT_NAMES


def person(text: str, start: int, end: int) -> list[Value]:
    """Names of people or animals, one or several: "Leo and Mia"."""
    found: list[Value] = []
    start = skip(text, start, end)
    while True:
        title = _TITLE.match(text, start, end)
        begin = title.end() if title else start
        run = proper(text, begin, end, most=3)
        if run is None or run[0] != begin:
            return found
        if text[slice(*run)].lower() in COMMON:
            return found
        found.append(value_at(text, start, run[1]))
        joint = _NEXT_NAME.match(text, run[1], end)
        if joint is None:
            return found
        start = joint.end()


_TIME_NEXT: Final = re.compile(
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|a few|some|several|a couple "
    r"of)\s+(?:days?|weeks?|weekends?|months?|years?|hours?)\s+(?:ago|back|before|earlier)\b|"
    r"(?:on|in|at|around|by)\s+(?:the\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"spring|summer|autumn|winter)\b|\d)|back (?:in|on|at|when|then)\b|any longer\b|for good\b|"
    r"once and for all\b|altogether\b",
    re.IGNORECASE,
)
"""A time: no noun phrase goes on with one."""


def phrase(text: str, start: int, end: int, *, soft: bool, most: int) -> tuple[int, int] | None:
    """A noun phrase up to a word or mark that ends it; None if it is longer than `most` words.

    With `soft` it may hold prepositions: "walks on the beach".
    """
    begin, stop, count = -1, -1, 0
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        low = word.lower()
        if "'" in low or "\u2019" in low:
            head, _, tail = low.replace("\u2019", "'").partition("'")
            low = head if tail != "s" or head in POINTERS or head in ENDS_PHRASE else low
        if not word[0].isalnum() and word not in "&%$\u20ac\u00a3":
            if begin < 0 and word in "\"'\u201c*":
                continue
            break
        if low in ENDS_PHRASE or (low in _SOFT_ENDS and (not soft or begin < 0)):
            break
        if stop >= 0 and (
            "\n" in text[stop : match.start()] or _TIME_NEXT.match(text, match.start())
        ):
            break
        begin = match.start() if begin < 0 else begin
        stop, count = match.end(), count + 1
        if count > most:
            return None
    return (begin, stop) if begin >= 0 else None


def list_of(
    text: str, start: int, end: int, read: Callable[[str, int, int], Value | None]
) -> list[Value]:
    """What `read` finds one after another: "a, b and c"."""
    found: list[Value] = []
    while start < end and len(found) < 8:
        one = read(text, start, end)
        if one is None:
            break
        found.append(one)
        joint = _JOINT.match(text, one.end, end)
        if joint is None:
            break
        start = joint.end()
    return found
