"""Corrections of what was said before, told by where the wrong value and the right one stand.

A sentence puts right a claim of the same talk where it names the value that was claimed as said,
wrong or not so ("not Porto", "I wrote Porto", "Porto was a slip"), names another value of the same
kind as what is so, and otherwise speaks of nothing else. How it does so is left to the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from memkit.extract.attributes import READERS
from memkit.extract.claims import Claim
from memkit.extract.sentences import Span
from memkit.extract.times import Said
from memkit.extract.values import Value
from memkit.extract.words import COMMON, listed

__all__ = ["amended", "changes", "disowned", "slips"]

_I: Final = re.IGNORECASE
_MOST: Final = 170
"""Characters of a correction; what is longer tells a story."""
_DENIED: Final = re.compile(
    r"(?:\b(?:not|never|nor|no|without|instead of|rather than|as opposed to|in place of|said|"
    r"saying|(?<!meant to )(?<!mean to )(?<!wanted to )say|wrote|write|typed?|told you|put|"
    r"mentioned|called|replace|scratch|strike|scrap|forget|ignore|disregard|delete|drop|change|"
    r"swap|correct|where i \w+|confus\w+|mixed (?:\w+ )?up with|confus\w+ (?:\w+ )?with|mistook|"
    r"mistake|old|former|typo:?|(?:is|was|do|does|did|am|are|were|has|have|ca|wo)n't|isnt|wasnt|"
    r"dont|didnt)\b)(?:(?!\b(?:but|it's|it is|he's|she's|i'm|that's|meant?|should|read|really|"
    r"actually|rather|with|is)\b|[.;:!?>\u2192\u2013\u2014]|, (?!the\b|an?\b|in\b|at\b)|"
    r"->).){0,32}\Z",
    _I,
)
"""What stands before a value that is not so."""
_WRONG_AFTER: Final = re.compile(
    r"[\"'\u201d]?(?:\s+(?:bit|thing|part|stuff)\b|\s+(?:earlier |before |there )?(?:(?:was|is|"
    r"were|are) (?:[\w']+ ){0,3}?(?:wrong|slip|mistake|error|typo|incorrect|not|nonsense|false|"
    r"mix-up|mixed up|confusion|auto-?correct|missp\w+|mistyped|old|former|previous|out of)\b|"
    r"(?:isn't|wasn't|aren't|is not|was not)\b(?! (?:what|who|how|only|just|far|bad|that)\b)|"
    r"came (?:from|out)|should)|\?|\s*(?:->|=>|\u2192))",
    _I,
)
"""What stands after a value that is not so: "Porto was a slip", "Porto? No"."""
_READ_FOR: Final = re.compile(r"\bread\s+\S.{0,40}\bfor\s+\Z", _I)
_LEAD: Final = re.compile(
    r"(?:\A|[,.;:!?>\u2192\u2013\u2014*\"'(]|-|\b(?:meant?|mean to \w+|meant to \w+|is|are|it's|"
    r"that's|he's|she's|i'm|'s|was|be|been|but|read|really|actually|say|said|write|with|to|for|"
    r"as|called|named|rather|just|in|at|on|from|by|an?|the|my|of|live|make|born|prefer|by|always|"
    r"have|drive|speak|simply|indeed|now|than))\s*\Z",
    _I,
)
_END: Final = re.compile(
    r"[\"'\u201d)*]*(?:\s*(?:[.,;:!?\u2026\u2013\u2014(-]|\Z)|\s+(?:not|and not|instead|rather|"
    r"is|was|i mean|i meant|i wanted|i live|i work|i drive|where|that|for|of course|sorry|"
    r"actually|now|and|but|in place|as opposed)\b)",
    _I,
)
_STRONG: Final = re.compile(
    r"\b(?:i (?:had |only )?mean(?:t)?|meant|typo\w*|mistyp\w+|mis-?spo\w+|misspok\w+|mistak\w+|"
    r"mistook|error|wrong|slip(?:ped)?|mix(?:ed|ing)? (?:\w+ ){0,3}up|mix-up|confus\w+|"
    r"correct(?:ion|ing|ed)?|auto-?correct\w*|oops|whoops|sorry|apolog\w+|scratch|strike|did i "
    r"(?:really |just )?(?:say|write|type|tell|put)|i (?:said|wrote|typed|told you|put|"
    r"mentioned)|should (?:be|have been|read|say|have said)|why i|my bad|silly me|brain fart|"
    r"what am i (?:saying|writing)|slip of|replace|misremembered|misread|get (?:it|that) right|"
    r"let me (?:fix|put|rephrase)|take (?:that|it) back|thinking of|forget|ignore|disregard)\b|"
    r"->|=>|\u2192|\A\W*\*",
    _I,
)
"""Words of those who correct themselves."""
_SLIPS: Final = re.compile(
    r"\b(?:typo|mistyped|mistake|wrong (?!with\b)|(?:a|my) slip|slipped up|correction|misspoke|"
    r"mixed (?:\w+ ){1,3}up|autocorrect|i (?:actually )?meant)\b",
    _I,
)
_CHANGE: Final = re.compile(
    r"\b(?:used to|any ?more|any longer|no longer|these days|nowadays|moved|changed|switched|"
    r"since (?:then|\w+day)|last (?:week|month|year)|ago|now)\b",
    _I,
)
"""Words of those who tell that the world has changed."""
_TALK: Final = listed(
    "oops whoops sorry apologies apology make scratch strike please edit update typo correction "
    "wait actually hold hang on no not nope hm hmm um ah oh ugh argh well but and or it is it's "
    "its isn't wasn't that's that this was be been i i'm i've i'd i'll me my we our you your he "
    "she him her his the a an in at of to for with by from as on really just of_course course "
    "rather than instead mean meant said say wrote typed write bad mistake made silly wrong one "
    "right correct rightly should have read never don't do did does didn't didnt isnt so then "
    "all live lives living home house flat city town place address work works working employed "
    "employer company firm job boss born birthday date month day year number name names named "
    "called call kind dog cat pet rabbit parrot hamster horse kitten puppy sister brother mother "
    "father mum dad partner wife husband friend son daughter car drive school study student go "
    "favourite favorite colour color food film movie book band song sport city's speak language "
    "play email address phone what who where when why know came come kidding let there put "
    "please note again too also always ever still yes yeah okay ok earlier before precise exact "
    "exactly mixed them up both half asleep autocorrect fingers keyboard brain head thinking "
    "mixing keep keeps"
)
"""Words of which a correction may be made, besides the two values."""
_CLOSED: Final = frozenset({"place", "person", "called", "org", "school", "car", "day", "date",
                            "language", "nationality", "religion", "diet", "instrument", "email",
                            "phone", "age", "duration", "price", "measure", "mass",
                            "named_school", "self"})  # fmt: skip
"""Kinds of value that are known by themselves, wherever they stand."""
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


def amended(
    text: str, span: Span, recent: Sequence[Claim], said: Sequence[Said]
) -> tuple[Claim, Value] | None:
    """The claim that the words at `span` put right, and the right value.

    `recent` are the speaker's claims, oldest first; `said` the times that the words name.
    """
    start, end = span
    if end - start > _MOST:
        return None
    seen: set[tuple[str, str, str]] = set()
    for claim in reversed(recent):
        if claim.row is None or not claim.value.text or claim.slot in seen:
            continue
        seen.add(claim.slot)
        if claim.mood not in ("assertion", "correction", "plan"):
            continue
        olds = list(_mentions(text, span, claim))
        if not any(_is_disowned(text, span, old) for old in olds):
            continue
        found = sorted(_others(text, span, claim, olds, said), key=lambda one: one.start == start)
        for value in found:
            loose = claim.row.value not in _CLOSED
            if _is_correction(text, span, (*olds, (value.start, value.end)), loose=loose):
                return claim, value
    return None


def disowned(text: str, span: Span, claim: Claim) -> bool:
    """Whether the words at `span` name the value of a claim as not so, or only as said."""
    if span[1] - span[0] > _MOST:
        return False
    return any(_is_disowned(text, span, old) for old in _mentions(text, span, claim))


def changes(text: str, span: Span) -> bool:
    """Whether the words tell that the world has changed, rather than that a word was wrong."""
    return _CHANGE.search(text, *span) is not None


def slips(text: str, span: Span) -> bool:
    """Whether the words say outright that what was said was wrong."""
    return span[1] - span[0] <= _MOST and _SLIPS.search(text, *span) is not None


def _is_disowned(text: str, span: Span, old: Span) -> bool:
    """Whether what stands at `old` is said not to be so, or only to have been said."""
    plain = text[span[0] : old[0]].replace("\u2019", "'")
    after = text[old[1] : span[1]].replace("\u2019", "'")
    if _DENIED.search(plain) or _READ_FOR.search(plain):
        return True
    return _WRONG_AFTER.match(after) is not None


def _mentions(text: str, span: Span, claim: Claim) -> Iterator[Span]:
    """Where the value of a claim stands."""
    if claim.row is not None and claim.row.value == "day":
        yield from _same_day(text, span, claim)
    for said in dict.fromkeys((claim.value.text, claim.value.phrase or "")):
        if len(said) > 1:
            pattern = re.compile(rf"(?<!\w){re.escape(said)}(?!\w)", _I)
            yield from (match.span() for match in pattern.finditer(text, *span))


def _same_day(text: str, span: Span, claim: Claim) -> Iterator[Span]:
    """Where the day of a claim stands, perhaps without its year or in another order."""
    day = _day_of(claim.value.text)
    for word in _WORD.finditer(text, *span):
        for value in READERS["day"](text, word.start(), span[1])[:1]:
            if value.start == word.start() and len(day) > 1 and _day_of(value.text) == day:
                yield value.start, value.end


def _day_of(words: str) -> set[str]:
    """The day of the month and the month that words name: "10th of March 1998"."""
    found = re.findall(r"\d+|[^\W\d_]{3,}", words.lower())
    return {one[:3] for one in found if len(one) < 4 or one.isalpha()} - {"the"}


def _others(
    text: str, span: Span, claim: Claim, olds: Sequence[Span], said: Sequence[Said]
) -> Iterator[Value]:
    """Other values of the claim's kind that the words give as what is so."""
    assert claim.row is not None
    kind = claim.row.value
    if kind == "date":
        days = [Value(one.since.isoformat(), one.start, one.end, phrase=one.text)
                for one in said if one.since is not None]  # fmt: skip
        yield from (day for day in days if _stands(text, span, claim, olds, day))
        return
    read = READERS.get(kind if kind in READERS else "free", READERS["free"])
    stop = -1
    for word in _WORD.finditer(text, *span):
        if word.start() < stop or any(a <= word.start() < b for a, b in olds):
            continue
        low = word.group().lower().replace("\u2019", "'")
        if (
            kind not in ("date", "day", "age", "price")
            and low in _TALK
            and not _is_titled(text, word)
        ):
            continue
        for value in read(text, word.start(), span[1])[:1]:
            if value.start <= word.start() + 4 and _stands(text, span, claim, olds, value):
                stop = value.end
                yield value


def _is_titled(text: str, word: re.Match[str]) -> bool:
    """Whether an article belongs to a name: "The Quiet Harbour"."""
    after = text[word.end() : word.end() + 2]
    return word.group() in ("The", "A", "An", "My") and after[1:].isupper()


def _stands(text: str, span: Span, claim: Claim, olds: Sequence[Span], value: Value) -> bool:
    """Whether a value is said to be so, and is another than the old one."""
    at = (value.start, value.end)
    if any(a < value.end and value.start < b for a, b in olds):
        return False
    low, old = value.text.lower(), claim.value.text.lower()
    if low == old or low in _TALK or low in COMMON or set(low.split()) <= set(old.split()):
        return False
    after = max((b for _, b in olds if b <= value.start), default=span[0])
    if _is_disowned(text, (after, span[1]), at) or _END.match(text[value.end : span[1]]) is None:
        return False
    return _LEAD.search(text[span[0] : value.start].replace("\u2019", "'")) is not None


def _is_correction(text: str, span: Span, values: Sequence[Span], *, loose: bool) -> bool:
    """Whether the words speak of a slip, or of nothing but the two values and what they are of.

    `loose`: values of the kind are not known by themselves, so that a slip must be spoken of.
    """
    said = text[slice(*span)].replace("\u2019", "'")
    strong = _STRONG.search(said) is not None
    rest = [
        m.group().lower().replace("\u2019", "'") for m in _WORD.finditer(text, *span)
        if not any(a <= m.start() < b for a, b in values)
    ]  # fmt: skip
    strange = [word for word in rest if word not in _TALK]
    return len(strange) <= (8 if strong else 0 if loose else 1)
