"""Appointments and plans: what is to happen on which day.

"I have a dentist appointment next Tuesday" claims (speaker, "dentist appointment", the day in ISO
8601); "I'm going to visit my aunt in July" a plan with its time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from memkit.extract.lexicon import EVENTS
from memkit.extract.parties import Clause
from memkit.extract.sentences import Span
from memkit.extract.times import Said
from memkit.extract.values import Value

__all__ = ["Event", "appointments", "may_hold", "planned"]

_I: Final = re.IGNORECASE
_NOUN: Final = "|".join(sorted((re.escape(event) for event in EVENTS), key=len, reverse=True))
_KIND: Final = rf"(?P<what>(?:[^\W\d_][\w'-]* ){{0,3}}?(?:{_NOUN}))(?!-)"
_WITH: Final = r"(?: (?:with|at|for) (?:my |our |the |a |an )?(?P<who>[^\W\d_][\w' -]{2,25}?))?"
_MADE: Final = re.compile(
    rf"\b(?:i|we)(?:'ve| have| had| just| already| also| finally| only| now|'m| am|'re| are)* "
    rf"(?:have|got|booked|scheduled|made|arranged|set up|having|attending) (?:an?|my|our|the|"
    rf"another|this)\s+{_KIND}\b",
    _I,
)
_OURS: Final = re.compile(rf"\b(?:i|we)'ve (?:an?|my|our|another)\s+{_KIND}\b", _I)
_IS: Final = re.compile(
    rf"\b(?P<mine>my|our|the) (?:next |new |upcoming |big |own )*{_KIND}\b"
    r"(?: (?:with|at|to|in|for)(?: (?!and\b|it\b|is\b|was\b)[\w']+){1,3}?)?"
    r"(?:'s| is| will be| takes place| leaves| departs| takes off| got| has been| had to be| "
    r"was(?= (?:moved|resch|postp|push|"
    r"brought|changed|"
    r"shift|cancel|called|delayed))| is going to be| starts)(?: now| finally| still| been)* ?"
    r"(?P<moved>moved|rescheduled|postponed|pushed(?: back)?|brought forward|changed|shifted|"
    r"booked|scheduled|set|"
    r"planned|cancelled|canceled|called off|delayed)?",
    _I,
)
_GIVEN: Final = re.compile(
    rf"\b(?:(?:they|he|she|the [\w-]+|my [\w-]+)(?:'ve| have| has|'s)? (?:just )?(?:gave|given|"
    rf"put|booked|signed|squeezed|pencilled|scheduled|got|moved|offered|entered|slotted)(?: me| "
    rf"us| my| mine)?(?: down| in| up)*|i(?:'ve| have)? (?:to be at|to go to|got to be at|am "
    rf"expected at|must be at)|i(?:'ve| have)? (?:got|have)|i have|i(?:'m| am) (?:down|booked in|"
    rf"scheduled|booked|due|in|signed up|going in)(?: for)?|there's|there is|don't let me forget|"
    rf"remind me(?: of| about| that)?|(?:put|note|mark|add)(?: down| in)?)(?: "
    rf"[^.;]{{0,32}}?)?\b(?:for|of|to|about|that)? ?(?P<mine>my|our|the|an?) {_KIND}\b",
    _I,
)
_MOVED: Final = re.compile(
    rf"\b(?:i|we|they|he|she|the \w+|my \w+)(?:'ve| have| had to| has)? (?:moved|rescheduled|"
    rf"postponed|pushed(?: back)?|changed|shifted|brought forward) (?P<mine>my|our|the) (?:next |"
    rf"upcoming )*{_KIND}\b",
    _I,
)
_PERSONAL: Final = re.compile(
    r"(?:appointment|test|check|check-?up|scan|x-ray|mri|interview|surgery|operation|haircut|"
    r"cleaning|screening|ultrasound|biopsy|vaccination|fitting|exam|hearing)\Z"
)
"""What "the" may stand before although it was not spoken of: it is nobody else's."""
_CANCELLED: Final = re.compile(
    rf"\b(?:i|we|they|he|she|the \w+)(?:'ve| have| had to| has)? (?:cancelled|canceled|called "
    rf"off) (?P<mine>my|our|the) {_KIND}\b",
    _I,
)
_BOOKED: Final = re.compile(
    r"\b(?:i|we)(?:'ve| have| just|'m| am)* (?:booked|seeing|going to see) the (?P<what>dentist|"
    r"doctor|vet|optician|hairdresser|therapist|gp|physio)\b", _I)  # fmt: skip
_WORDS_OUT: Final = re.compile(
    r"\b(?:new|next|upcoming|big|little|first|quick|short|long|important|final|last|another|"
    r"follow-up(?= \w)|super|really|very|great|wonderful|lovely|nice|huge|fun|exciting|busy|"
    r"scheduled|own)\s+",
    _I,
)
_NO_EVENT: Final = re.compile(
    r"\b(?:great|good|first|best|last|no|any|some|every|each|weekly|daily|regular|monthly)\b", _I
)
_PLACED: Final = re.compile(
    r" (?:with|at) (?:my |our |the |a |an )?(?P<who>dentist|doctor|vet|gp|therapist|optician|"
    r"hairdresser|bank|lawyer|physio|dermatologist|cardiologist|gynecologist|surgeon|"
    r"orthodontist)\b", _I)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """An appointment: what, when (empty where it was called off), and where it is said."""

    name: str
    value: Value
    start: int
    end: int


Known = Callable[[str], str]
"""Of a noun as "appointment": the name of the appointment that was spoken of last, or nothing."""


_HINTS: Final = frozenset(re.findall(r"[^\W_]+", " ".join(EVENTS))) | {
    "dentist", "doctor", "vet", "optician", "hairdresser", "therapist", "gp", "physio",
}  # fmt: skip


def may_hold(words: frozenset[str]) -> bool:
    """Whether a sentence of these words can be about an appointment."""
    return not _HINTS.isdisjoint(words)


def appointments(
    text: str, span: Span, said: Callable[[], list[Said]], known: Known
) -> Iterator[Event]:
    """The appointments that a sentence sets, moves or calls off; `said` gives its times."""
    start, end = span
    off = _CANCELLED.search(text, start, end)
    if off is not None:
        name = _named(off, text, known)
        if name:
            yield Event(name, Value("", off.end(), off.end()), off.start(), off.end())
        return
    for pattern in (_MADE, _OURS, _IS, _MOVED, _BOOKED, _GIVEN):
        match = pattern.search(text, start, end)
        if match is None:
            continue
        name = (
            f"{match['what'].lower()} appointment"
            if pattern is _BOOKED
            else _named(match, text, known)
        )
        moved = (match.groupdict().get("moved") or "").lower()
        if name and moved[:6] in ("cancel", "called"):
            yield Event(name, Value("", match.end(), match.end()), match.start(), match.end())
            return
        shifted = pattern is _MOVED or bool(moved)
        day = _day(said(), match.end(), shifted=shifted) if name else None
        if day is not None:
            yield Event(name, day, match.start(), max(day.end, match.end()))
            return


def _named(match: re.Match[str], text: str, known: Known) -> str:
    if _NO_EVENT.search(match["what"].lower()):
        return ""
    what = _WORDS_OUT.sub("", match["what"].lower()).strip()
    if _NO_EVENT.search(what) or what.split(" ")[0] in (
        "of",
        "for",
        "in",
        "to",
        "and",
        "is",
        "was",
        "that",
        "on",
        "about",
    ):
        return ""
    with_whom = _PLACED.match(text, match.end("what"))
    if with_whom is not None and " " not in what:
        what = f"{with_whom['who'].lower()} {what}"
    mine = (match.groupdict().get("mine") or "").lower()
    before = known(what.split(" ")[-1])
    if " " not in what and before.endswith(what):
        return before
    moved = (match.groupdict().get("moved") or "") != "" or match.re is _MOVED
    return what if mine != "the" or before or moved or " " in what or _PERSONAL.search(what) else ""


def _day(said: list[Said], after: int, *, shifted: bool) -> Value | None:
    """The day, or the month, that is named behind the event; else one that is named before it.

    Of "moved from Tuesday to Thursday" it is the last.
    """
    exact = [
        one
        for one in said
        if one.since is not None and one.until is not None and not one.approximate
    ]
    fitting = [one for one in exact if one.start >= after - 2] or [
        one for one in exact if one.end <= after
    ]
    if not fitting:
        return None
    one = fitting[-1] if shifted else fitting[0]
    assert one.since is not None
    assert one.until is not None
    days = (one.until - one.since).days
    if shifted and 1 < days < 28:
        last = one.until - timedelta(days=1)
        return Value(last.isoformat(), one.start, one.end, phrase=one.text)
    if days == 1:
        return Value(one.since.isoformat(), one.start, one.end, phrase=one.text)
    if 28 <= days <= 31 and one.since.day == 1:
        return Value(one.since.isoformat()[:7], one.start, one.end, phrase=one.text)
    return None


_PLAN_END: Final = re.compile(
    r"[.,](?!\d)|[;:!?()\u2013\u2014]|\s-\s|\s(?:and (?:i|we|then|maybe|hopefully)|because|so "
    r"(?:i|we|that)|but|since|if|when|while|after|before|until|unless|as soon as|which|who|where|"
    r"lol|haha|actually|hopefully|for (?:the first|my|our) (?:time|birthday))\b",
    _I,
)
_TRIVIAL: Final = frozenset(
    "be have try let tell keep say think see know ask check want need get do make take give go "
    "come look feel stay like love miss hope help start stop call talk send use find put show "
    "mean wait".split()
)
"""Verbs of small talk ("I'll try"): plans only with a day and more words."""


def planned(text: str, clause: Clause, said: list[Said]) -> tuple[Value, Said | None] | None:
    """What a clause in the future says is planned, and the time; None for small talk."""
    begin = clause.verb
    if begin < 0 or begin >= clause.end:
        return None
    ahead = next((one for one in said if one.since is not None and one.start > begin), None)
    early = next((one for one in said if one.since is not None and one.end <= clause.start), None)
    stop = _PLAN_END.search(text, begin, clause.end)
    end = min(stop.start() if stop else clause.end, ahead.start if ahead else clause.end)
    words = _LOOSE_END.sub("", text[begin:end].strip())
    time = ahead or early
    if not words[-1:].isalnum() or not 2 <= len(words.split()) <= 9 or _VAGUE_PLAN.search(words):
        return None
    if _GOING_ON.search(text, clause.start, begin):
        return None
    if time is None and not _INTENT.search(text, clause.start, begin):
        return None
    if (
        clause.group.lemma in _TRIVIAL - {"go", "see", "start", "take", "get", "have", "make"}
        or len(words.split()) < 2
    ):
        return None
    return Value(words, begin, begin + len(words)), time


_GOING_ON: Final = re.compile(r"\bkeep\b|\bstill\b", _I)
_LOOSE_END: Final = re.compile(
    r"(?:\s+(?:on|in|at|by|for|to|the|a|an|my|our|his|her|their|your|some|some other|another|"
    r"this|next|and|or|over|around|about|from|sometime|early|late|with|of|as well|too|also|then|"
    r"first|\d+ \w+))+\Z",
    _I,
)
_INTENT: Final = re.compile(r"\b(?:plan|plans|planning|intend|intending) (?:to|on)\s*\Z", _I)
_VAGUE_PLAN: Final = re.compile(
    r"\b(?:it|that|this|those|these|them|him|her|you|something|anything|everything|there|soon)\b",
    _I,
)
