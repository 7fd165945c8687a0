"""Claims about the world beside those about people: what frames add to the claims of a turn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from memkit.extract.claims import Claim
from memkit.extract.frames import Frame, frame, personal
from memkit.extract.moods import JOKE_AFTER, mood
from memkit.extract.parties import Voices
from memkit.extract.relations import RELATIONS
from memkit.extract.sentences import Span, sentences
from memkit.extract.values import Value
from memkit.extract.voices import is_assistant
from memkit.models import Turn

__all__ = ["worldly"]

_PERSONAL: Final = re.compile(
    r"\b(?:my|me|we|us|our|your?|it|it's|this|that's|there|here|let's|thanks)\b"
    r"|\bI(?:'| (?!of\b|is\b|was\b|the\b)[a-z])"
)
_SMALL_TALK: Final = re.compile(
    r"(?:My|We|Our|Your?|It|It's|This|That's|There|Here|Let's|Thanks),? [a-z]"
)
"""Words of small talk, which no frame holds; titles do, but with capitals ("Drive My Car")."""


_OF_THINGS: Final = ("located", "headquarters")
_HOMES: Final = re.compile(
    r"\b(?:lives?|living|resides?|based|moved|settled|home)\b", re.IGNORECASE
)
"""Attributes by which frames say where somebody lives, for which people have a name."""


def worldly(turn: Turn, who: Voices, claims: Sequence[Claim]) -> list[Claim]:
    """The claims of a turn, with those of sentences that are nothing but a subject and a value.

    In such a sentence the clauses may have cut a long name short, and they know no attributes but
    people's. What they say of the same subject and value is better said; what they say of another
    subject is dropped.
    """
    found = list(claims)
    if turn.role in ("system", "tool") or turn.origin in ("system", "tool", "echo"):
        return found
    spans = sentences(turn.text)
    for place, span in enumerate(spans):
        if _PERSONAL.search(turn.text, *span) or _SMALL_TALK.match(turn.text, *span):
            continue
        told = frame(turn.text, span)
        if told is not None and turn.text[slice(*told.value)].startswith(("called ", "named ")):
            told = None  # "Rosa's dog is called Milo" is about a name
        if told is not None and _is_meant(turn, who, told, spans[place : place + 2]):
            inside = [claim for claim in found if _is_inside(claim, turn, span)]
            found = [claim for claim in found if claim not in inside]
            found += _with(told, turn, span, inside)
    return found


def _is_meant(turn: Turn, who: Voices, told: Frame, spans: Sequence[Span]) -> bool:
    """Whether the first of these sentences is no quote and no joke, nor about whom it is told."""
    subject = turn.text[slice(*told.subject)].lower()
    if is_assistant(turn) and (who.addressee or "user").lower() in subject:
        return False
    if mood(turn.text, spans[0]) in ("quote", "joke"):
        return False
    return not any(JOKE_AFTER.match(turn.text, *one) for one in spans[1:])


def _is_inside(claim: Claim, turn: Turn, span: Span) -> bool:
    return all(
        id == turn.id and span[0] <= start and end <= span[1] for id, start, end in claim.spans
    )


def _with(told: Frame, turn: Turn, span: Span, claims: Sequence[Claim]) -> list[Claim]:
    """The claim of a frame, with what else the clauses of its sentence say of the same person."""
    subject = turn.text[slice(*told.subject)]
    value = Value(turn.text[slice(*told.value)], *told.value, sure=told.confidence / 0.9)
    kept = [claim for claim in claims if claim.subject == subject and claim.value.text]
    if told.attribute.startswith(_OF_THINGS):
        kept = []  # "Lima is located in South America": it has no home there
    if any(claim.value.text == value.text for claim in kept):
        return kept
    if _HOMES.search(told.attribute) and any(one.attribute == "home" for one in kept):
        return kept
    kept = kept if personal(told.attribute) else []
    kin = RELATIONS.get(told.attribute)
    several = told.several or (kin is not None and kin.several)
    mine = Claim(subject, told.attribute, value, told.mood, several, ((turn.id, *span),))
    return [mine, *(claim for claim in kept if claim.attribute != told.attribute)]
