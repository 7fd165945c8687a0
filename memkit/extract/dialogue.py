"""One conversation as it goes on: who confirms, answers, corrects and takes back what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from memkit.extract.attributes import Rows
from memkit.extract.claims import Claim
from memkit.extract.moods import is_question
from memkit.extract.parties import Party, Voices
from memkit.extract.replies import answer
from memkit.extract.saying import Saying
from memkit.extract.sentences import Span, sentences
from memkit.extract.times import Times
from memkit.models import Turn

__all__ = ["Dialogue"]

_YES: Final = re.compile(
    r"\s*(?:(?:oh|haha\w*|well|ah|hm+|mm+)[,!.]?\s+)*(?:yes|yeah|yep|yup|yea|ya|right|exactly|"
    r"correct|indeed|true|absolutely|that's (?:right|correct|true|it)|that is (?:right|correct|"
    r"true)|spot on|you got it|of course|sure (?:do|am|is|did|have)|i (?:do|am|did|have)|"
    r"definitely|precisely|you remembered|good memory|you're right|s\u00ed|si|ja|genau|oui|"
    r"exacto|\u662f\u7684?|\u5bf9\u7684?)(?![^\W_]|-)",
    re.IGNORECASE,
)
_BUT: Final = re.compile(
    r"\b(?:but|although|though|except|used to|not any ?more|no longer|actually|well,? not)\b",
    re.IGNORECASE,
)
_RECENT: Final = 24
"""Claims of a speaker that a later correction may mean."""


@dataclass(frozen=True, slots=True)
class _Before:
    """The turn before in the session: what it says of the other, and what it asks at its end."""

    speaker: str
    turn: Turn
    about_other: tuple[Claim, ...]
    question: Span | None


class _Told:
    """What a speaker has claimed of late: what a correction or retraction may mean."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self._sizes = [0]

    def next_turn(self) -> None:
        """Another turn of theirs begins."""
        self._sizes = [*self._sizes[-1:], 0]
        del self.claims[:-_RECENT]

    def add(self, claims: Sequence[Claim]) -> None:
        """They claim this, too."""
        self.claims += claims
        self._sizes[-1] += len(claims)

    @property
    def fresh(self) -> int:
        """How many of the last claims are of this turn or the one before."""
        return min(sum(self._sizes), len(self.claims))

    @property
    def earlier(self) -> int:
        """How many are of the turn before."""
        return self._sizes[0] if len(self._sizes) > 1 else 0

    def known(self, subject: str, value: str) -> str:
        """The attribute that this value was last claimed of; no subject stands for anyone."""
        for claim in reversed(self.claims):
            if claim.value.text.lower() == value.lower() and subject in ("", claim.subject):
                return claim.attribute
        return ""


class Dialogue:
    """The turns of one session in order."""

    def __init__(self, rows: Rows, times: Times | None) -> None:
        """With these attributes, and this reader of times."""
        self._rows = rows
        self._times = times
        self._before: _Before | None = None
        self._told: dict[str, _Told] = {}

    def hear(self, turn: Turn, who: Voices) -> list[Claim]:
        """The claims that one more turn makes or confirms."""
        if turn.role in ("system", "tool") or turn.origin in ("system", "tool", "echo"):
            return []
        spans = sentences(turn.text)
        told = self._told.setdefault(who.speaker, _Told())
        told.next_turn()
        found = list(self._replied(turn, who, spans))
        told.add(found)
        own, other = Saying(self._rows, self._times, (turn, who), told).claims(spans)
        asked = spans[-1] if spans and is_question(turn.text, spans[-1]) else None
        self._before = _Before(who.speaker, turn, tuple(other), asked)
        return _settled([*found, *own]) if found or own else []

    def _replied(self, turn: Turn, who: Voices, spans: Sequence[Span]) -> Iterator[Claim]:
        """What the first sentence says by what was said to the speaker before."""
        before = self._before
        if before is None or before.speaker == who.speaker or not spans:
            return
        start, end = spans[0]
        yes = _YES.match(turn.text, start, end)
        if before.about_other and yes and not _BUT.search(turn.text, start, end):
            for claim in before.about_other:
                yield replace(claim, spans=(*claim.spans, (turn.id, start, end)))
        if before.question is not None:
            yield from self._answered(before, turn, who, spans[0])

    def _answered(self, before: _Before, turn: Turn, who: Voices, span: Span) -> Iterator[Claim]:
        assert before.question is not None
        found = answer(self._rows, before.turn.text[slice(*before.question)], turn.text, span)
        for value in found[1] if found else ():
            assert found is not None
            row = found[0]
            yield Claim(
                who.speaker, row.name, value, "assertion", row.several,
                ((turn.id, value.start, value.end), (before.turn.id, *before.question)),
                sure=0.85, about=Party(who.speaker, "first"), row=row,
            )  # fmt: skip


def _settled(claims: Sequence[Claim]) -> list[Claim]:
    """Each claim once, without what another of the turn says better.

    A dog that is named is no longer just a dog; of a pet that died it is not claimed that it is
    there; and if "Marco and I broke up", it is Marco who is no longer the partner.
    """
    gone = {claim.slot for claim in claims if claim.mood in ("negation", "correction")}
    empty = {
        claim.slot[:2] for claim in claims if claim.mood == "negation" and not claim.value.text
    }
    better = {(claim.slot[0], claim.attribute, claim.instead) for claim in claims if claim.instead}
    found: dict[tuple[str, ...], Claim] = {}
    for claim in claims:
        if claim.mood == "assertion" and claim.slot in gone:
            continue
        if claim.mood == "assertion" and claim.instead and claim.slot[:2] in empty:
            claim = replace(claim, mood="negation")
        if (*claim.slot[:2], claim.slot[2].removesuffix("s")) in better and not claim.instead:
            continue
        known = (*claim.slot, claim.mood)
        if known not in found or found[known].sure < claim.sure:
            found[known] = claim
    named = {
        claim.slot[:2] for claim in found.values() if claim.mood == "negation" and claim.instead
    }
    return [c for c in found.values() if c.value.text or c.slot[:2] not in named]
