"""Readers of what one does and where: trades, firms, schools."""

from __future__ import annotations

import re
from typing import Final

from memkit.extract import lexicon as lx
from memkit.extract.slots_things import THE, ends_in, lead_of, past, thing
from memkit.extract.values import POINTERS, Value, phrase, proper, skip, value_at
from memkit.extract.words import COMMON, listed

__all__ = [
    "is_job_like",
    "job",
    "named_school",
    "organisation",
    "post",
    "role",
    "school",
    "trade",
    "workplace",
]

_I: Final = re.IGNORECASE
_JOB_LEAD: Final = lead_of(
    r"\d{1,2}[- ]years?[- ]old|being|becoming|working as|to be|an?|the|my|their|our|its|his|her|"
    r"some kind of|sort of|kind of|(?:full|part)[- ]time|freelance(?= \w+ing)|new(?:est)?|very "
    r"own"
)
_WORKING: Final = re.compile(
    r"\b(?:living|based|working|who|from|turned|specialising|specializing|here)\b", _I
)
_OF: Final = re.compile(r" of (?:the )?[^\W\d_][\w&-]*(?: (?:and )?[^\W\d_A-Z][\w-]*){0,2}")
_HEADS: Final = listed(
    "head director vice_president vp president professor chief manager lead captain secretary "
    "minister dean chair chairman chairwoman teacher doctor officer"
)


def job(text: str, start: int, end: int) -> list[Value]:
    """A trade after "work as", "promoted to" and the like: any noun phrase."""
    begin = past(_JOB_LEAD, text, skip(text, start, end), end)
    working = _WORKING.search(text, begin, end)
    span = phrase(text, begin, working.start() if working else end, soft=False, most=4)
    if span is None or span[0] != begin:
        return []
    stop = span[1]
    field = _OF.match(text, stop, end)
    if field is not None and text[begin:stop].lower().split(" ")[-1] in _HEADS:
        inside = phrase(text, stop + 4, field.end(), soft=False, most=4)
        stop = inside[1] if inside else stop
    low = text[begin:stop].lower()
    if low.split(" ")[0] in POINTERS or low in COMMON or low in lx.WORKPLACES or low.isdigit():
        return []
    if low.startswith("secretly"):
        return []
    return [value_at(text, begin, stop)]


_TRADE_END: Final = re.compile(r"[a-z]{3,}(?:er|or|ist|ian|ress|man|woman)\Z", _I)
_NO_TRADE: Final = listed(
    "better harder easier bigger killer nightmare disaster lifesaver blessing challenger never "
    "other over forever together another matter number bummer stressor mover joker drainer "
    "monster chore bother boring winner keeper loser horror error mirror terror minor major "
    "later later-on greater"
)


def post(text: str, start: int, end: int) -> list[Value]:
    """What "my job is" leads to: a trade by the list, by its ending, or with capitals."""
    found = job(text, start, end)
    return [one for one in found if lx.is_job(one.text.lower()) or _is_post(one.text)]


def _is_post(words: str) -> bool:
    if all(part[0].isupper() for part in words.split() if part not in ("of", "and", "the")):
        return words.lower() not in COMMON
    return _TRADE_END.search(words) is not None and words.lower().split()[-1] not in _NO_TRADE


_ROLE_LEAD: Final = re.compile(
    r"(?:being |becoming )?(?:an?|the|my|their|our|its|his|her|head|chief|director|vice)\b", _I
)


def role(text: str, start: int, end: int) -> list[Value]:
    """A trade after "work as": with an article, or one that is known ("as hard as" is none)."""
    begin = skip(text, start, end)
    led = _ROLE_LEAD.match(text, begin, end) is not None
    found = job(text, begin, end)
    if found and text[found[0].end :].lstrip()[:3].lower() == "as ":
        return []
    return [one for one in found if led or lx.is_job(one.text.lower())]


def trade(text: str, start: int, end: int) -> list[Value]:
    """A trade after "I'm a": only what the list of trades knows."""
    found = [one for one in job(text, start, end) if lx.is_job(one.text.lower())]
    return [one for one in found if not _LEARNING.match(text, one.start, end)]


_LEARNING: Final = re.compile(
    r"(?:[\w-]+ )?(?:student|pupil|undergraduate|undergrad)\s+(?:at|of|again)\b", _I
)
"""Who goes to a school may have a job all the same."""
_FIRM_LEAD: Final = lead_of(
    r"the|a|an|my|our|this|called|named|company|firm|startup|local|small|big|large|new|tech|"
    r"giant|software|consultancy|agency"
)
_INDEFINITE: Final = re.compile(r"(?:an?|the|my)\s+", _I)


def workplace(text: str, start: int, end: int) -> list[Value]:
    """ "A bakery", "the city hospital"."""
    begin = skip(text, start, end)
    if _INDEFINITE.match(text, begin, end) is None:
        return []
    return [one for one in thing(text, begin, end) if ends_in(one.text, lx.WORKPLACES)]


def organisation(text: str, start: int, end: int) -> list[Value]:
    """A firm or institution: a proper noun, or "a hospital"."""
    begin = skip(text, start, end)
    lead = past(_FIRM_LEAD, text, begin, end)
    run = proper(text, lead, end, whole=True)
    if run is None or run[0] != lead:
        return workplace(text, begin, end)
    if text[slice(*run)].lower() in lx.NATIONALITIES:
        return []
    more = proper(text, run[1] + 3, end, most=2) if text[run[1] : run[1] + 3] == " & " else None
    return [value_at(text, run[0], more[1] if more else run[1])]


def is_job_like(words: str) -> bool:
    """Whether capitalised words name a trade or anything of it: "Senior Analyst"."""
    return lx.is_job(words.lower()) or words.lower() in lx.JOBS


def school(text: str, start: int, end: int) -> list[Value]:
    """A proper noun after "study at"."""
    begin = skip(text, start, end)
    for at in dict.fromkeys((begin, past(THE, text, begin, end))):
        run = proper(text, at, end, whole=True)
        if run is not None and run[0] == at:
            return [value_at(text, *run)]
    return []


def named_school(text: str, start: int, end: int) -> list[Value]:
    """A proper noun with a word for a school in it."""
    found = school(text, start, end)
    return [one for one in found if set(one.text.lower().split()) & lx.SCHOOL]
