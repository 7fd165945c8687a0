"""Readers of things: what is liked, done, collected, owned, driven, or stands there at all."""

from __future__ import annotations

import re
from typing import Final

from memkit.extract import lexicon as lx
from memkit.extract.values import (
    ENDS_PHRASE,
    POINTERS,
    Value,
    list_of,
    phrase,
    proper,
    skip,
    value_at,
)
from memkit.extract.verbs import FORMS
from memkit.extract.words import COMMON, listed

__all__ = [
    "THE",
    "allergens",
    "car",
    "ends_in",
    "free",
    "lead_of",
    "ownable",
    "past",
    "possession",
    "possessions",
    "thing",
    "things",
]

_I: Final = re.IGNORECASE


def lead_of(words: str) -> re.Pattern[str]:
    """A pattern for any number of these words, parted by "|", in a row."""
    return re.compile(rf"(?:(?:{words})\s+)*", _I)


def past(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """The place after what the pattern matches at `start`; `start` where it does not."""
    match = pattern.match(text, start, end)
    return match.end() if match else start


_BESIDE: Final = re.compile(
    r"\s+(?:in the (?:morning|mornings|evening|evenings|afternoon|winter|summer|world|end|"
    r"meantime)|at (?:night|the moment|home|work|least)|on (?:weekends|sundays|saturdays|my own|"
    r"fridays)|during|over|for|every|all the|a lot|so much|very much|too much|most of all|a bit|"
    r"more than|better than|the most|as well|too|either|lately|recently|anymore|any more|now|"
    r"these days|nowadays|though|tbh|lol|haha|actually|again|together|with all|to death|to "
    r"bits)\b.*\Z",
    _I | re.DOTALL,
)
_MORE: Final = re.compile(r"\s+(?:more|most|best|better|too|a lot|so much|very much)\Z", _I)
_HANGING: Final = re.compile(r"\s+(?:in|on|to|about|into|of|over|near|around|under)\Z", _I)
_FILLERS: Final = lead_of(
    r"a lot of|loads of|tons of|a|an|some|any|really|all|eating|drinking|having|both|also|lots "
    r"of|most|anything with|(?:a|any|all) (?:kinds?|types?|sorts?) of"
)
THE: Final = re.compile(r"the\s+", _I)
_GENERIC: Final = listed(
    "beach outdoors ocean sea mountains rain snow theatre theater gym cold heat winter summer "
    "opera cinema countryside sun piano guitar violin drums dark dentist beatles office simpsons "
    "wire sopranos rolling_stones wilderness circus ballet news smiths cure clash"
)
_GOES_ON: Final = re.compile(
    r"\s+(?:is|are|was|were|has|have|do|does|did|can|will|would|keeps?|makes?|gets?|goes|came|"
    r"went)\b|\s*['\u2019](?:s|re|m|ve|d|ll)\b",
    _I,
)
_OWNED: Final = listed("my our their his her your")
_DOING: Final = re.compile(r"\w+ing \w", _I)


def things(text: str, start: int, end: int) -> list[Value]:
    """What one likes, collects, does...: generic noun phrases or gerunds, listed."""
    found = list_of(text, start, end, _generic)
    if len(found) > 1 and _DOING.match(found[0].text):
        # "sharing skills and knowledge": what follows is shared, too
        found = found[:1] + [one for one in found[1:] if one.text.split(" ")[0].endswith("ing")]
    return found


def _generic(text: str, start: int, end: int) -> Value | None:
    begin = past(_FILLERS, text, skip(text, start, end), end)
    after = past(THE, text, begin, end)
    span = phrase(text, after, end, soft=True, most=6)
    if span is None or span[0] != after:
        return None
    said = _MORE.sub("", _BESIDE.sub("", text[slice(*span)]).rstrip())
    if _HANGING.search(said) or not _is_kind(said, generic=after > begin):
        return None
    stop = after + len(said)
    if _GOES_ON.match(text, stop, end) or (
        said[-1] != "g" and _ADJECTIVE.search(text, after, stop + 2)
    ):
        return None
    vague = said.lower().split(" ")[0] in _VAGUE
    if _PARTICLE.search(said) and _CUT_VAGUE.match(text, stop):
        return None
    cut = (_CUT_VAGUE if vague else _CUT).match(text, stop)
    bare = " " not in said.replace("spending time", "spending")
    return None if cut and bare else value_at(text, after, stop)


_VAGUE: Final = listed(
    "spending coming hanging playing being getting going making doing having working talking "
    "seeing giving taking trying curling putting bringing helping sharing experimenting escaping "
    "using looking finding keeping meeting catching sitting turning"
)
"""Gerunds that say little without what follows them."""
_CUT: Final = re.compile(r"\s+(?:that|this|these(?! days)|those|it|him|her|them|you|your)\b", _I)
_CUT_VAGUE: Final = re.compile(
    r"\s+(?:that|this|these|those|it|him|her|them|you|your|with|at|from|by|for|up|out|to|my|our|"
    r"new|in|on)\b",
    _I,
)
_PARTICLE: Final = re.compile(r"ing (?:up|down|out|off|in|on|around|back|together|over|away)\Z", _I)
_ADJECTIVE: Final = re.compile(r"\ban? [\w-]+, ")
_SELF: Final = re.compile(r"\b(?:my|your|him|her|it|them|our)sel(?:f|ves)\b", _I)


def _is_kind(said: str, *, generic: bool) -> bool:
    """Whether words name a kind of thing or doing; `generic`: "the" stood before them."""
    low = said.lower()
    first = low.split(" ")[0]
    if len(low) < 2 or first in POINTERS or first in _OWNED or low.isdigit() or low in COMMON:
        return False
    if low.rpartition(" ")[2] in _LAST_POINTERS:
        return False
    if generic and low not in _GENERIC and not said[0].isupper():
        return False
    if any(kind == "present" for _, kind in FORMS.get(first, ())) and first not in _NOUN_TOO:
        return False
    return not (_SELF.search(low) or (low.endswith("ly") and " " not in low and low not in _LY))


_LAST_POINTERS: Final = listed("them it that this him her you me us these those there here")
_NOUN_TOO: Final = listed(
    "dances works walks runs rides drives plays drinks sails books plans swims"
)
_LY: Final = listed("family italy jelly holly lily emily billy")
_ALLERGEN_LEAD: Final = lead_of(
    r"the|a|an|all|some|any|both|most|certain|my|anything with|eating|wearing|(?:all |any "
    r")?(?:kinds|types|sorts) of"
)


def allergens(text: str, start: int, end: int) -> list[Value]:
    """What one is allergic to, listed."""
    return list_of(text, start, end, _allergen)


def _allergen(text: str, start: int, end: int) -> Value | None:
    begin = past(_ALLERGEN_LEAD, text, skip(text, start, end), end)
    span = phrase(text, begin, end, soft=False, most=3)
    if span is None or span[0] != begin:
        return None
    first = text[slice(*span)].lower().split(" ")[0]
    return None if first in POINTERS or first in COMMON else value_at(text, *span)


_ARTICLES: Final = lead_of(
    r"a|an|the|my|our|his|her|their|some|any|this|that|brand[- ]new|new|used|second[- ]?hand|old|"
    r"little|small|couple of|pair of"
)


def thing(text: str, start: int, end: int) -> list[Value]:
    """One concrete thing with its article trimmed: "a red bike" gives "red bike"."""
    begin = past(_ARTICLES, text, skip(text, start, end), end)
    span = phrase(text, begin, end, soft=False, most=5)
    if span is None or span[0] != begin:
        return []
    low = text[slice(*span)].lower()
    return [] if low.split(" ")[0] in POINTERS or low in COMMON else [value_at(text, *span)]


_CONSUMED: Final = listed(
    "job way mind temper weight count track patience interest appetite voice hope faith touch "
    "balance game match bet race argument keys wallet coffee tea beer wine drink drinks ticket "
    "tickets sandwich pizza cake lunch dinner breakfast meal snack gift present round bottle "
    "glass cup pack box bag bread milk food groceries ice_cream cookie haircut headache cold "
    "chance break call raise lot bunch bit couple few pair slice bite time"
)


def possession(text: str, start: int, end: int) -> list[Value]:
    """A thing that was bought or sold and is not eaten, drunk or gone in a day."""
    found = thing(text, start, end)
    kept = [one for one in found if not ends_in(one.text, _CONSUMED)]
    return [one for one in kept if one.text[0].isalpha()]


def possessions(text: str, start: int, end: int) -> list[Value]:
    """Things that are owned, listed: "two bicycles and a kayak"."""
    found = possession(text, start, end)
    while found:
        joint = _AND_A.match(text, found[-1].end, end)
        more = possession(text, joint.end(), end) if joint else []
        if not more:
            break
        found += more
    return found


_AND_A: Final = re.compile(r"(?:,? and|,) (?=(?:an?|my|our|two|three|\d)\b)", _I)


def ownable(text: str, start: int, end: int) -> list[Value]:
    """A thing that people say they own, by its last word."""
    return [one for one in thing(text, start, end) if ends_in(one.text, lx.OWNABLE)]


def ends_in(words: str, known: frozenset[str]) -> bool:
    """Whether the last word, or the last two, are among those known."""
    low = words.lower().split(" ")
    return low[-1] in known or " ".join(low[-2:]) in known


_CAR_LEAD: Final = lead_of(
    r"an?|the|my|our|new|used|second[- ]?hand|old|brand[- ]new|red|blue|black|white|gr[ea]y|"
    r"silver|green|yellow|little|electric|hybrid|trusty|beat-up|\d{4}"
)
_CAR: Final = re.compile(
    r"([^\W_]+(?:-[^\W_]+)*)((?: (?:[^\W_a-z][^\W_]*|\d+|model [\w\d]|\w\d+)(?![^\W_]))*)"
)
_COMMON_MAKES: Final = listed("focus mini seat smart golf polo")


def car(text: str, start: int, end: int) -> list[Value]:
    """A car by its make."""
    begin = past(_CAR_LEAD, text, skip(text, start, end), end)
    match = _CAR.match(text, begin, end)
    if match is None:
        return []
    two = " ".join(match.group().lower().split(" ")[:2])
    if match[1].lower() not in lx.BRANDS and two not in lx.BRANDS:
        return []
    if match[1].lower() in _COMMON_MAKES and not match[1][0].isupper():
        return []
    return [value_at(text, *match.span())]


_FREE_LEAD: Final = lead_of(
    r"a|an|the|definitely|probably|still|now|currently|always|actually|called|of course|easily|"
    r"hands down,?|by far|without a doubt,?|obviously|got to be|going to be|nowadays|lately|"
    r"these days|by now|right now|today|personally|honestly|without (?:a )?doubt,?"
)
_TRAILING: Final = re.compile(r"(?: [^\W\d_][\w'-]*){1,3}(?=\s*(?:[.,!?;]|$))")


def free(text: str, start: int, end: int) -> list[Value]:
    """Whatever stands there, up to the end of the clause; where the subject makes it clear."""
    begin = past(_FREE_LEAD, text, skip(text, start, end), end)
    if begin > start + 3 and text[begin - 4 : begin] == "The " and text[begin].isupper():
        begin -= 4  # a title: "The Hobbit"
    run = proper(text, begin + 4 if text.startswith("The ", begin) else begin, end)
    if run is not None and text.startswith("The ", begin) and run[0] == begin + 4:
        run = (begin, run[1])
    if run is not None and run[0] == begin:
        tail = _TRAILING.match(text, run[1], end)
        if tail is None or set(tail.group().lower().split()) & (ENDS_PHRASE | _OWNED):
            return [value_at(text, *run)]
        return [value_at(text, begin, tail.end())]
    span = phrase(text, begin, end, soft=True, most=6)
    if span is None or span[0] != begin:
        return []
    said = _BESIDE.sub("", text[slice(*span)]).rstrip()
    low = said.lower()
    if len(said) < 2 or low.split(" ")[0] in POINTERS or low in COMMON:
        return []
    return [value_at(text, begin, begin + len(said))]
