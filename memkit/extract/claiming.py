"""The evidence check for claims: a subject, an attribute and a value that a model proposes."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from memkit.extract.evidence import (
    Cited,
    Evidence,
    Unsupported,
    is_reported,
    require_trusted,
    restricted,
)
from memkit.extract.locating import occurrences
from memkit.extract.support import Ground, Said
from memkit.extract.times import bounds, said_times
from memkit.periods import Phrase, phrases

_CLAIMED: Final = frozenset({"assertion", "negation", "correction", "plan"})
_PAST_STATE: Final = re.compile(
    r"\b(?:used to|lived|resided|worked|studied|was|were|had|owned|belonged|dated)\b", re.IGNORECASE
)
"""What was so for a time, and for all that is said no longer."""
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DAY: Final = timedelta(days=1)


class Claim(NamedTuple):
    """A triple as proposed; `cues` are verbs and nouns one of which says the attribute.

    Without cues the attribute itself must have been said.
    """

    subject: str
    attribute: str
    value: str
    unit: str | None = None
    cues: frozenset[str] = frozenset()


class Borne(NamedTuple):
    """A claim that holds: its mood, its value as it was said, and the words it rests on."""

    mood: str
    value: str
    bearing: Cited
    used: Evidence


def require_claimed(claim: Claim, evidence: Evidence) -> Borne:
    """The claim as the evidence bears it out.

    Raises `Unsupported` where the value does not stand in words that are said to be so, the
    subject neither speaks nor is named there, or nothing there says the attribute.
    """
    require_trusted(f"{claim.subject}: {claim.value}", evidence)
    used = restricted(evidence, f"{claim.subject} {claim.value}", _CLAIMED)
    bearing, value = _bearing(claim.value, used)
    if is_reported(bearing):
        raise Unsupported("it is told as another's words")
    ground = used.ground()
    said = ground.says_one_of(claim.cues)
    faults = [
        *ground.faults(claim.subject),
        *([] if said else ground.faults(claim.attribute)),
        *(ground.faults(claim.unit) if claim.unit else []),
    ]
    if faults:
        raise Unsupported(faults[0].text)
    if not ground.is_named(claim.subject):
        raise Unsupported(f"the subject {claim.subject!r} is no name")
    return Borne(_mood_of(bearing), value, bearing, used)


def claim_times(bearing: Cited) -> dict[str, str]:
    """`since`, `since_by`, `until` and `phrase` of a claim, by the time named with its value.

    Only a past state ends with the time that is named: who moved in March lives there still.
    """
    text, when = bearing.turn.text, bearing.turn.when
    span, future = (bearing.start, bearing.end), True if bearing.mood == "plan" else None
    found = bounds(text, said_times(text, span, when, phrases, future=future))
    ends = found.until
    if not (found.since is None or _PAST_STATE.search(bearing.text) or _is_range(found.phrase)):
        ends = None
    known = {"since": found.since, "since_by": found.since_by, "until": ends}
    times = {name: day.isoformat() for name, day in known.items() if day is not None}
    return {"phrase": found.phrase, **times} if found.phrase and times else times


def _bearing(value: str, used: Evidence) -> tuple[Cited, str]:
    """The words in which a value stands, and how; else those from which a number or day follows."""
    for one in used.holding():
        for start, end in occurrences(value, one.text):
            return one, one.text[start:end]
    for one in used.holding():
        if _follows(value, one):
            return one, value
    raise Unsupported(f"the value {value[:60]!r} is not in the cited words")


def _follows(value: str, one: Cited) -> bool:
    if _ISO.fullmatch(value) and one.turn.when is not None:
        return any(_is_day(value, phrase) for phrase in phrases(one.text, one.turn.when))
    try:
        return Decimal(value.replace(",", "")).normalize() in _numbers(one)
    except InvalidOperation:
        return False


def _is_day(value: str, phrase: Phrase) -> bool:
    since, until = phrase.since, phrase.until
    return since is not None and until == since + _DAY and value == since.isoformat()


def _numbers(one: Cited) -> set[Decimal]:
    return Ground([Said(one.text, holds=True)]).numbers


def _is_range(phrase: str | None) -> bool:
    """Whether a time names its own end: "from May to July", "until June"."""
    return phrase is not None and re.search(r"\b(?:until|till|to|through)\b", phrase) is not None


def _mood_of(bearing: Cited) -> str:
    if bearing.denied:
        return "negation"
    return bearing.mood if bearing.mood in ("plan", "correction") else "assertion"
