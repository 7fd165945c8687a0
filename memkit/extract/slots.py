"""Readers of the kinds of value that attributes ask for: towns, trades, firms, likes, things."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from memkit.extract import lexicon as lx
from memkit.extract import lexicon_more as more
from memkit.extract.values import (
    ENDS_PHRASE,
    POINTERS,
    Reader,
    Value,
    is_caseless,
    list_of,
    person,
    phrase,
    proper,
    skip,
    value_at,
)
from memkit.extract.verbs import FORMS
from memkit.extract.words import COMMON, listed

__all__ = ["SLOTS"]

_I: Final = re.IGNORECASE


def _run(words: str, *, after: str = "") -> re.Pattern[str]:
    """A pattern for any number of these words, parted by "|", in a row."""
    return re.compile(rf"(?:(?:{words})\s+)*{after}", _I)


def _after(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    match = pattern.match(text, start, end)
    return match.end() if match else start


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
    lead = _after(_PLACE_LEAD, text, start, end)
    if lead > start and text[start].isupper() and not _THE.match(text, start, end):
        lead = start  # "Old Town" and the like are all name
    the = _THE.match(text, start, end) is not None
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
    return [value_at(text, start, _after(_DISTRICT, text, stop, end))]


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
_FILLERS: Final = _run(
    r"a lot of|loads of|tons of|a|an|some|any|really|all|eating|drinking|having|both|also|lots "
    r"of|most|anything with|(?:a|any|all) (?:kinds?|types?|sorts?) of"
)
_THE: Final = re.compile(r"the\s+", _I)
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
    begin = _after(_FILLERS, text, skip(text, start, end), end)
    after = _after(_THE, text, begin, end)
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


_ALLERGEN_LEAD: Final = _run(
    r"the|a|an|all|some|any|both|most|certain|my|anything with|eating|wearing|(?:all |any "
    r")?(?:kinds|types|sorts) of"
)


def allergens(text: str, start: int, end: int) -> list[Value]:
    """What one is allergic to, listed."""
    return list_of(text, start, end, _allergen)


def _allergen(text: str, start: int, end: int) -> Value | None:
    begin = _after(_ALLERGEN_LEAD, text, skip(text, start, end), end)
    span = phrase(text, begin, end, soft=False, most=3)
    if span is None or span[0] != begin:
        return None
    first = text[slice(*span)].lower().split(" ")[0]
    return None if first in POINTERS or first in COMMON else value_at(text, *span)


_ARTICLES: Final = _run(
    r"a|an|the|my|our|his|her|their|some|any|this|that|brand[- ]new|new|used|second[- ]?hand|old|"
    r"little|small|couple of|pair of"
)


def thing(text: str, start: int, end: int) -> list[Value]:
    """One concrete thing with its article trimmed: "a red bike" gives "red bike"."""
    begin = _after(_ARTICLES, text, skip(text, start, end), end)
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
    kept = [one for one in found if not _ends_in(one.text, _CONSUMED)]
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
    return [one for one in thing(text, start, end) if _ends_in(one.text, lx.OWNABLE)]


def _ends_in(words: str, known: frozenset[str]) -> bool:
    low = words.lower().split(" ")
    return low[-1] in known or " ".join(low[-2:]) in known


_JOB_LEAD: Final = _run(
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
    begin = _after(_JOB_LEAD, text, skip(text, start, end), end)
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
    if all(part[0].isupper() for part in words.split(" ") if part not in ("of", "and", "the")):
        return words.lower() not in COMMON
    return _TRADE_END.search(words) is not None and words.lower().split(" ")[-1] not in _NO_TRADE


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
_FIRM_LEAD: Final = _run(
    r"the|a|an|my|our|this|called|named|company|firm|startup|local|small|big|large|new|tech|"
    r"giant|software|consultancy|agency"
)
_INDEFINITE: Final = re.compile(r"(?:an?|the|my)\s+", _I)


def workplace(text: str, start: int, end: int) -> list[Value]:
    """ "A bakery", "the city hospital"."""
    begin = skip(text, start, end)
    if _INDEFINITE.match(text, begin, end) is None:
        return []
    return [one for one in thing(text, begin, end) if _ends_in(one.text, lx.WORKPLACES)]


def organisation(text: str, start: int, end: int) -> list[Value]:
    """A firm or institution: a proper noun, or "a hospital"."""
    begin = skip(text, start, end)
    lead = _after(_FIRM_LEAD, text, begin, end)
    run = proper(text, lead, end, whole=True)
    if run is None or run[0] != lead:
        return workplace(text, begin, end)
    if text[slice(*run)].lower() in lx.NATIONALITIES:
        return []
    more = proper(text, run[1] + 3, end, most=2) if text[run[1] : run[1] + 3] == " & " else None
    return [value_at(text, run[0], more[1] if more else run[1])]


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


def is_job_like(words: str) -> bool:
    """Whether capitalised words name a trade or anything of it: "Senior Analyst"."""
    return lx.is_job(words.lower()) or words.lower() in lx.JOBS


def school(text: str, start: int, end: int) -> list[Value]:
    """A proper noun after "study at"."""
    begin = skip(text, start, end)
    for at in dict.fromkeys((begin, _after(_THE, text, begin, end))):
        run = proper(text, at, end, whole=True)
        if run is not None and run[0] == at:
            return [value_at(text, *run)]
    return []


def named_school(text: str, start: int, end: int) -> list[Value]:
    """A proper noun with a word for a school in it."""
    found = school(text, start, end)
    return [one for one in found if set(one.text.lower().split()) & lx.SCHOOL]


_KNOWN_LEAD: Final = _run(
    r"an?|the|my|some|a (?:little|bit of|little bit of|tiny bit of)|fluent|basic|decent|good|bad|"
    r"broken|conversational|native|practi[cs]ing|strict|devout|committed|lifelong|little|bit of|"
    r"perfect|passable|both|full|proud|naturali[sz]ed|also|of course"
)
_KNOWN_WORDS: Final = re.compile(
    r"[^\W_]+(?:['\u2019-][^\W_]+)*(?: [^\W_]+(?:['\u2019-][^\W_]+)*){0,2}"
)


def _known(allowed: frozenset[str]) -> Callable[[str, int, int], Value | None]:
    def read(text: str, start: int, end: int) -> Value | None:
        begin = _after(_KNOWN_LEAD, text, skip(text, start, end), end)
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


_CAR_LEAD: Final = _run(
    r"an?|the|my|our|new|used|second[- ]?hand|old|brand[- ]new|red|blue|black|white|gr[ea]y|"
    r"silver|green|yellow|little|electric|hybrid|trusty|beat-up|\d{4}"
)
_CAR: Final = re.compile(
    r"([^\W_]+(?:-[^\W_]+)*)((?: (?:[^\W_a-z][^\W_]*|\d+|model [\w\d]|\w\d+)(?![^\W_]))*)"
)
_COMMON_MAKES: Final = listed("focus mini seat smart golf polo")


def car(text: str, start: int, end: int) -> list[Value]:
    """A car by its make."""
    begin = _after(_CAR_LEAD, text, skip(text, start, end), end)
    match = _CAR.match(text, begin, end)
    if match is None:
        return []
    two = " ".join(match.group().lower().split(" ")[:2])
    if match[1].lower() not in lx.BRANDS and two not in lx.BRANDS:
        return []
    if match[1].lower() in _COMMON_MAKES and not match[1][0].isupper():
        return []
    return [value_at(text, *match.span())]


_FREE_LEAD: Final = _run(
    r"a|an|the|definitely|probably|still|now|currently|always|actually|called|of course|easily|"
    r"hands down,?|by far|without a doubt,?|obviously|got to be|going to be|nowadays|lately|"
    r"these days|by now|right now|today|personally|honestly|without (?:a )?doubt,?"
)
_TRAILING: Final = re.compile(r"(?: [^\W\d_][\w'-]*){1,3}(?=\s*(?:[.,!?;]|$))")


def free(text: str, start: int, end: int) -> list[Value]:
    """Whatever stands there, up to the end of the clause; where the subject makes it clear."""
    begin = _after(_FREE_LEAD, text, skip(text, start, end), end)
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
