"""One conversation as it goes on: who confirms, answers, corrects and takes back what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from memkit.extract.attributes import Rows
from memkit.extract.claims import ME, Claim, Reading
from memkit.extract.clauses import Scan
from memkit.extract.frames import frame, personal
from memkit.extract.moods import is_conditional, moods, quoted, unreal
from memkit.extract.parties import Clause, Voices
from memkit.extract.relations import RELATIONS
from memkit.extract.sentences import Span, sentences
from memkit.extract.times import Times
from memkit.extract.values import Value
from memkit.extract.voices import is_assistant
from memkit.models import Turn

__all__ = ["Dialogue"]

_TELLING: Final = re.compile(
    r"\s*(?:\w+[,!] )?(?:did i (?:ever |already )?(?:tell you|mention)|have i (?:ever |already "
    r")?(?:told you|mentioned)|"
    r"(?:do |did )?(?:you|u) (?:know|remember|hear)|guess what)(?: that| how)?[:,?!]?\s+(?=(?:i|"
    r"i'm|i've|we|we're|my|our)\b)",
    re.IGNORECASE,
)
_YES: Final = re.compile(
    r"\s*(?:(?:oh|haha\w*|well|ah|hm+|mm+)[,!.]?\s+)*(?:yes|yeah|yep|yup|yea|ya|right|exactly|"
    r"correct|indeed|true|absolutely|"
    r"that's (?:right|correct|true|it)|that is (?:right|correct|true)|spot on|you got it|of course|"
    r"sure (?:do|am|is|did|have)|"
    r"i (?:do|am|did|have)|definitely|precisely|you remembered|good memory|you're right|s\u00ed|si|"
    r"ja|genau|oui|exacto|"
    r"\u662f\u7684?|\u5bf9\u7684?)(?![^\W_]|-)",
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


class Dialogue:
    """The turns of one session in order."""

    def __init__(self, rows: Rows, times: Times | None) -> None:
        """With these attributes, and this reader of times."""
        self._rows = rows
        self._times = times
        self._before: _Before | None = None
        self._recent: dict[str, list[Claim]] = {}

    def hear(self, turn: Turn, who: Voices) -> list[Claim]:
        """The claims that one more turn makes or confirms."""
        if turn.role in ("system", "tool") or turn.origin in ("system", "tool", "echo"):
            return []
        spans = sentences(turn.text)
        meant = moods(turn.text, spans)
        said = _Said(self._rows, self._times, turn, who)
        found = list(self._confirmed(turn, who, spans))
        own, other = said.claims(spans, meant)
        found += own
        self._remember(turn, who, found, other, spans, meant)
        return found

    def _confirmed(self, turn: Turn, who: Voices, spans: Sequence[Span]) -> Iterator[Claim]:
        before = self._before
        if before is None or before.speaker == who.speaker or not spans:
            return
        start, end = spans[0]
        if (
            before.about_other
            and _YES.match(turn.text, start, end)
            and not _BUT.search(turn.text, start, end)
        ):
            for claim in before.about_other:
                yield replace(claim, spans=(*claim.spans, (turn.id, start, end)))

    def _remember(
        self,
        turn: Turn,
        who: Voices,
        found: Sequence[Claim],
        other: Sequence[Claim],
        spans: Sequence[Span],
        meant: Sequence[str],
    ) -> None:
        asked = spans[-1] if spans and meant[-1] == "question" else None
        self._before = _Before(who.speaker, turn, tuple(other), asked)
        recent = self._recent.setdefault(who.speaker, [])
        recent += found
        del recent[:-_RECENT]


class _Said:
    """What one turn says by itself."""

    def __init__(self, rows: Rows, times: Times | None, turn: Turn, who: Voices) -> None:
        self._turn = turn
        self._who = who
        self._text = turn.text
        self._reading = Reading(rows, times, (turn.id, turn.text, turn.when))
        self._scan = Scan(turn.text, who, rows.nouns)
        self._quotes = quoted(turn.text)

    def claims(
        self, spans: Sequence[Span], meant: Sequence[str]
    ) -> tuple[list[Claim], list[Claim]]:
        """The claims that count at once, and those about the other that wait for a yes."""
        own: list[Claim] = []
        other: list[Claim] = []
        for span, mood in zip(spans, meant, strict=True):
            telling = _TELLING.match(self._text, *span) if mood == "question" else None
            if telling is not None:
                span, mood = (telling.end(), span[1]), "assertion"
            if mood in ("joke", "quote", "retraction"):
                continue
            found = list(self._sentence(span, mood))
            other += [claim for claim in found if _is_second(claim)]
            if mood != "question":
                found = self._of_world(span, found)
                own += [claim for claim in found if not _is_second(claim) and self._may_say(claim)]
        return _without_kinds(own), other

    def _of_world(self, span: Span, found: list[Claim]) -> list[Claim]:
        """The claims of a sentence, by its frame where it is nothing but a subject and a value.

        The clauses may have cut a long name short there, and know no attributes but people's.
        """
        told = frame(self._text, span)
        if told is None:
            return found
        subject, value = (
            self._text[slice(*told.subject)],
            Value(self._text[slice(*told.value)], *told.value, sure=told.confidence / 0.9),
        )
        kept = [
            claim
            for claim in found
            if claim.subject == subject and personal(told.attribute) and claim.value.text
        ]
        if any((c.attribute, c.value.text) == (told.attribute, value.text) for c in kept):
            return kept
        kin = RELATIONS.get(told.attribute)
        several = told.several or (kin is not None and kin.several)
        source = (self._turn.id, *span)
        mine = Claim(subject, told.attribute, value, told.mood, several, (source,))
        return [mine, *(claim for claim in kept if claim.attribute != told.attribute)]

    def _may_say(self, claim: Claim) -> bool:
        """An assistant says nothing about the one it speaks to, not by name either."""
        if not is_assistant(self._turn):
            return True
        other = (self._who.addressee or "user").lower()
        return other not in claim.subject.lower() and claim.subject != "user"

    def _sentence(self, span: Span, mood: str) -> Iterator[Claim]:
        scan, text = self._scan, self._text
        scan.kin.clear()
        scan.had.clear()
        clauses = scan.sentence(span, asked=mood == "question")
        aside = [
            *unreal(text, span),
            *(q for q in self._quotes if q[0] < span[1] and q[1] > span[0]),
        ]
        conditional = is_conditional(text, span)
        edges = _windows(clauses, span)
        for clause, window in zip(clauses, edges, strict=True):
            if _inside(clause.start, aside) or (conditional and clause.group.tense == "future"):
                continue
            for claim in self._reading.clause(clause, window, mood == "correction"):
                yield self._named(claim)
        for one in scan.had:
            if not _inside(one.clause.start, aside):
                window = edges[clauses.index(one.clause)]
                yield from map(self._named, self._reading.had(one, window))
        if mood == "question":
            return
        for kin in scan.kin:
            if not _inside(kin.start, aside) and not kin.former and kin.owner.name:
                yield self._named(self._reading.kin(kin))

    def _named(self, claim: Claim) -> Claim:
        if claim.subject == ME:
            return replace(claim, subject=self._who.speaker, about=self._scan.first)
        return claim


def _is_second(claim: Claim) -> bool:
    return claim.about is not None and claim.about.second


def _inside(place: int, spans: Sequence[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _windows(clauses: Sequence[Clause], span: Span) -> list[Span]:
    """Where the times of each clause may stand: from the end of the one before on."""
    found: list[Span] = []
    begin = span[0]
    for clause in clauses:
        found.append((begin, clause.end))
        begin = clause.end
    return found


def _without_kinds(claims: list[Claim]) -> list[Claim]:
    """Without what a later claim of the turn says better: a dog that is named, a pet that died."""
    gone = {(c.subject, c.attribute, c.value.text) for c in claims if c.mood == "negation"}
    return [
        c
        for c in claims
        if c.mood == "negation" or (c.subject, c.attribute, c.value.text) not in gone
    ]
