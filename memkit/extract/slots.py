"""Readers of the kinds of value that attributes ask for: towns, names, what a list knows.

Things are in `memkit.extract.slots_things`, trades, firms and schools in `slots_work`; `SLOTS` has
them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from memkit.extract import lexicon as lx
from memkit.extract import lexicon_more as more
from memkit.extract.slots_things import (
    THE,
    allergens,
    car,
    free,
    lead_of,
    ownable,
    past,
    possession,
    possessions,
    thing,
    things,
)
from memkit.extract.slots_work import (
    is_job_like,
    job,
    named_school,
    organisation,
    post,
    role,
    school,
    trade,
    workplace,
)
from memkit.extract.values import (
    Reader,
    Value,
    is_caseless,
    list_of,
    person,
    proper,
    skip,
    value_at,
)
from memkit.extract.words import COMMON, listed

__all__ = ["SLOTS", "called"]

_I: Final = re.IGNORECASE
_NO_PLACE: Final = listed(
    "fear hope peace harmony denial debt sin love pain style luxury poverty town here there a "
    "the an my your his her our their this that these those sync with touch silence darkness "
    "general fact it me him them us one two what where which who bed person time public private "
    "theory constant new old same different another some any every each all most many much "
    "school work college university hospital prison church court home office class danger "
    "trouble tears shock charge progress control between and or but so because for from about "
    "less more"
)
_PLACE_LEAD: Final = re.compile(
    r"(?:the\s+)?(?:(?:cit(?:y|ies)|town|village|suburbs?|outskirts|state|country|province|"
    r"region|continent|island|cent(?:re|er)|heart|middle|(?:north|south|east|west)(?:ern)?(?: "
    r"(?:part|side|end))?|beautiful|sunny|rainy|lovely|downtown|central|greater|"
    r"old)\s+(?:city\s+)?(?:of\s+)?)?(?:the\s+)?",
    _I,
)
_LOWER_PLACE: Final = re.compile(
    r"([^\W\d_]{3,})\s*(?=[.,!?;)]|$|(?:now|and|with|for|since|but|last|next|in|these|this|"
    r"because|two|until|so)\b)"
)
_WORDS: Final = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,3}")
_LAST_WORD: Final = re.compile(r"[ -]?[^\W\d_]+\Z")
_AMBIGUOUS: Final = listed("nice bath split cork reading la sf")
_POSSESSIVE: Final = re.compile(r"['\u2019]s\b")
_ACRONYMS: Final = listed("uk usa us uae ny nyc la dc sf drc")
_QUOTES: Final = frozenset('"\u201c\u201d\u00ab*')
_AND_OWNED: Final = re.compile(r" and [^\W\d_a-z][\w-]*['\u2019]s\b")
_DISTRICT: Final = re.compile(r",? D\.C\.?")


def place(text: str, start: int, end: int) -> list[Value]:
    """A town, region or country: a proper noun, or one that is known, in lower case."""
    if text[start : start + 1] in _QUOTES:
        return []  # a title
    start = skip(text, start, end)
    lead = past(_PLACE_LEAD, text, start, end)
    if lead > start and text[start].isupper() and not THE.match(text, start, end):
        lead = start  # "Old Town" and the like are all name
    the = THE.match(text, start, end) is not None
    for begin in dict.fromkeys((lead, start)):
        run = proper(text, begin, end, most=5)
        if run is not None and run[0] == begin and _AND_OWNED.match(text, run[1], end):
            return []  # "Mike and Sarah's party"
        if run is not None and run[0] == begin:
            owned = _POSSESSIVE.match(text, run[1], end)
            return [] if owned else _capital_place(text, *run, end)
        known = _known_place(text, begin, end)
        if known is not None:
            return [known]
    if not the and is_caseless(text[max(0, start - 80) : end]):
        match = _LOWER_PLACE.match(text, lead, end)
        if match and match[1] not in _NO_PLACE and match[1] not in COMMON:
            return [value_at(text, *match.span(1), sure=0.7)]
    return []


def _capital_place(text: str, start: int, stop: int, end: int) -> list[Value]:
    low = text[start:stop].lower()
    if low in lx.FIRMS or low in lx.LANGUAGES or low in lx.NATIONALITIES or low in COMMON:
        return []
    if " " in low and low.split(" ")[-1] in lx.SCHOOL:
        return []
    if text[start:stop].isupper() and stop - start < 4 and low not in _ACRONYMS:
        return []
    return [value_at(text, start, past(_DISTRICT, text, stop, end))]


def _known_place(text: str, start: int, end: int) -> Value | None:
    words = _WORDS.match(text, start, end)
    run = words.group() if words else ""
    while run:
        if run.lower() in lx.PLACES and run not in _AMBIGUOUS:
            return value_at(text, start, start + len(run))
        run = _LAST_WORD.sub("", run)
    return None


_LOWER_NAME: Final = re.compile(
    r"[\s\"']*([^\W\d_]{2,20})(?=\s*(?:[.,!?;\"')]|$|and\b|who\b))(?:(?:,? and |, "
    r")([^\W\d_]{2,20})(?=\s*(?:[.,!?;)]|$)))?"
)


def called(text: str, start: int, end: int) -> list[Value]:
    """Names after "called" or "is": there a name may be in lower case."""
    found = person(text, start, end)
    if found or not is_caseless(text[max(0, start - 60) : end]):
        return found
    match = _LOWER_NAME.match(text, start, end)
    if match is None:
        return []
    names = [n for n in (1, 2) if match[n] and match[n] not in COMMON | _NO_PLACE | lx.JOBS]
    return [value_at(text, *match.span(n), sure=0.8) for n in names] if names[:1] == [1] else []


_SELF_END: Final = re.compile(
    r"\s*(?:[.,!;)]|$|and\b|from\b|by the way\b|btw\b|nice to\b|\U0001f44b)", _I
)
_NOT_SELF: Final = lx.NATIONALITIES | lx.RELIGIONS | lx.LANGUAGES | lx.PLACES | lx.DIETS | lx.FIRMS


def self_named(text: str, start: int, end: int) -> list[Value]:
    """A name after "I'm": a proper noun that is no nationality, town or the like."""
    run = proper(text, start, end, most=3)
    if run is None or run[0] != start or _SELF_END.match(text, run[1], end) is None:
        return []
    said = text[slice(*run)]
    if said.isupper() or said.lower() in _NOT_SELF or said.lower() in COMMON:
        return []
    return [] if is_job_like(said) else [value_at(text, *run)]


_KNOWN_LEAD: Final = lead_of(
    r"an?|the|my|some|a (?:little|bit of|little bit of|tiny bit of)|fluent|basic|decent|good|bad|"
    r"broken|conversational|native|practi[cs]ing|strict|devout|committed|lifelong|little|bit of|"
    r"perfect|passable|both|full|proud|naturali[sz]ed|also|of course"
)
_KNOWN_WORDS: Final = re.compile(
    r"[^\W_]+(?:['\u2019-][^\W_]+)*(?: [^\W_]+(?:['\u2019-][^\W_]+)*){0,2}"
)


def _known(allowed: frozenset[str]) -> Callable[[str, int, int], Value | None]:
    def read(text: str, start: int, end: int) -> Value | None:
        begin = past(_KNOWN_LEAD, text, skip(text, start, end), end)
        match = _KNOWN_WORDS.match(text, begin, end)
        run = match.group() if match else ""
        while run:
            if run.lower().replace("\u2019", "'") in allowed:
                return value_at(text, begin, begin + len(run))
            run = run.rpartition(" ")[0]
        return None

    return read


def _several_of(allowed: frozenset[str]) -> Reader:
    read = _known(allowed)
    return lambda text, start, end: list_of(text, start, end, read)


def _one_of(allowed: frozenset[str]) -> Reader:
    read = _known(allowed)

    def one(text: str, start: int, end: int) -> list[Value]:
        found = read(text, start, end)
        return [found] if found else []

    return one


_CODE: Final = re.compile(r"[A-Za-z]*\d[\w.:+-]*\w|\d|(?:AB|[ABO])[+-]")
_ENDS_CLAUSE: Final = re.compile(r"[\"']?\s*(?:[.,!?;)]|$|and\b|but\b|now\b)")


def exact(text: str, start: int, end: int) -> list[Value]:
    """A proper noun, number or code that ends its clause: for nouns that no row knows."""
    begin = skip(text, start, end)
    span = proper(text, begin, end)
    if span is None or span[0] != begin:
        code = _CODE.match(text, begin, end)
        span = code.span() if code else None
    if span is None or _ENDS_CLAUSE.match(text, span[1], end) is None:
        return []
    return [] if text[slice(*span)].lower() in COMMON else [value_at(text, *span, sure=0.8)]


SLOTS: Final[Mapping[str, Reader]] = {
    "place": place, "person": person, "called": called, "things": things, "thing": thing,
    "allergens": allergens, "job": job, "role": role, "post": post, "self": self_named,
    "workplace": workplace,
    "trade": trade, "org": organisation,
    "school": school,
    "named_school": named_school, "car": car, "ownable": ownable, "possession": possession,
    "possessions": possessions,
    "free": free, "exact": exact,
    "language": _several_of(lx.LANGUAGES), "instrument": _several_of(lx.INSTRUMENTS),
    "sport": _several_of(lx.SPORTS), "pastime": _several_of(more.PASTIMES | lx.SPORTS),
    "nationality": _one_of(lx.NATIONALITIES),
    "religion": _one_of(lx.RELIGIONS), "diet": _one_of(lx.DIETS),
}  # fmt: skip
"""Kinds of value by name; those with numbers are in `memkit.extract.amounts`."""
