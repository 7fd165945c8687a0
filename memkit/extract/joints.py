"""Verbs without a subject of their own: shared with the clause before, left out, or of a thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from memkit.extract.parties import Clause
from memkit.extract.verbs import FORMS, Group, group
from memkit.extract.words import ADVERBS, Token, listed

__all__ = ["BEING", "being", "elided", "is_contracted", "shared"]

BEING: Final = listed("is was 's are were")
_CONTRACTED: Final = listed(
    "a an the been not in from based allergic married called named going gonna got at turning "
    "with on to my our so very"
)

_FITTING: Final = {
    "past": frozenset(("past",)),
    "present": frozenset(("base", "present")),
    "perfect": frozenset(("participle", "past")),
    "progressive": frozenset(("ing",)),
    "future": frozenset(("base",)),
}
_COMPOUND: Final = frozenset(("progressive", "future", "perfect"))
_TOLD: Final = frozenset(("present", "perfect", "past"))
_FINITE: Final = listed("was did used will can")
_FIRST: Final = listed("am 'm have do don't")
_THIRD: Final = listed("is has does 's")
"""Forms that agree with the speaker, and with anyone else."""


def _low(found: Sequence[Token], place: int) -> str:
    return found[place].low if 0 <= place < len(found) else ""


def being(found: Sequence[Token], verb: int) -> Group:
    """ "My job is teaching": what follows is what the thing is, no form of a verb."""
    group = Group("be", "past" if _low(found, verb) in ("was", "were") else "present", verb + 1)
    while _low(found, group.rest) in ADVERBS or _low(found, group.rest) in ("not", "n't"):
        group.denied |= _low(found, group.rest) in ("not", "n't")
        group.adverbs.add(_low(found, group.rest))
        group.rest += 1
    return group


def is_contracted(found: Sequence[Token], place: int) -> bool:
    """Whether "'s" at this token is "is" or "has", not a possessive."""
    low = _low(found, place + 1)
    if low in ADVERBS or low in _CONTRACTED:
        return True
    if _low(found, place + 2) in BEING:
        return False  # "my sister's wedding is"
    return any(kind in ("ing", "participle") for _, kind in FORMS.get(low, ()))


def shared(found: Sequence[Token], place: int, at: int, last: Clause) -> Group | None:
    """The verb group at token `at` if it can belong to the subject of the clause before."""
    tense, third = last.group.tense, last.subject.kind == "third"
    kinds = {kind for _, kind in FORMS.get(_low(found, at), ())}
    fits = _FITTING.get(tense, frozenset())
    if tense == "present" and third:
        fits = frozenset(("present",))
    if _low(found, place) == "," and _low(found, place + 1) not in ("and", "then", "but", "also"):
        fits = frozenset(("past", "present")) & fits if tense != "present" or third else frozenset()
    finite = _FINITE | (_THIRD if third else _FIRST)
    if _low(found, at) in finite or ("past" in kinds and "base" not in kinds and tense in _TOLD):
        return group(found, at)
    if not kinds & fits or (tense == "present" and _may_be_noun(found, at)):
        return None
    return _carried(found, at, last.group) if tense in _COMPOUND else group(found, at)


def _may_be_noun(found: Sequence[Token], at: int) -> bool:
    """Whether a word that may be verb or noun is left open by what follows it: "and love songs"."""
    if _low(found, at) not in _NOUNS_TOO:
        return False
    after = _low(found, at + 1)
    return after not in _OBJECT_BEGINS and not after.endswith("ing")


_NOUNS_TOO: Final = listed(
    "love like work study travel dance hate play drive drink cook run ride plan visit walk read "
    "own name call date rent pay cost cut")  # fmt: skip
_OBJECT_BEGINS: Final = listed(
    "to the a an my our in at as for with being it this that on from part-time full-time both some"
)


def _carried(found: Sequence[Token], at: int, before: Group) -> Group:
    """The group of a verb that shares the auxiliary of the one before it."""
    lemma = next(lemma for lemma, kind in FORMS[_low(found, at)] if kind != "present")
    after = at + 1
    while _low(found, after) in ADVERBS:
        after += 1
    return Group(lemma, before.tense, after, unreal=before.unreal, ongoing=before.ongoing)


def elided(found: Sequence[Token], verb: int) -> Group | None:
    """The verb group of a sentence that leaves "I" out: "Just moved to Porto!"."""
    low = _low(found, verb)
    kinds = {kind for _, kind in FORMS.get(low, ())}
    if low == "been":
        return group(found, verb, given="'ve")
    if low in ("gonna", "going") or "ing" in kinds:
        return group(found, verb, given="'m")
    if low in ("born", "allergic", "based", "originally", "married", "engaged") or (
        verb and low == "from"
    ):
        return Group("be", "past" if low == "born" else "present", verb)
    if "past" in kinds and ("base" not in kinds or low in ("quit", "split")):
        return group(found, verb)
    if low in ("love", "hate", "speak", "live", "work", "have"):
        return group(found, verb)
    return None
