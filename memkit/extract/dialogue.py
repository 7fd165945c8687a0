"""One conversation as it goes on: who confirms, answers, corrects and takes back what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from memkit.extract.attributes import Rows
from memkit.extract.claims import Claim
from memkit.extract.clauses import Scan
from memkit.extract.drafts import ME
from memkit.extract.moods import is_conditional, moods, quoted, unreal
from memkit.extract.parties import Clause, Party, Voices
from memkit.extract.reading import Reading
from memkit.extract.relations import RELATIONS
from memkit.extract.replies import answer, corrected, is_joke, put_right, retracted, taken_back
from memkit.extract.sentences import Span, sentences
from memkit.extract.slots import called
from memkit.extract.times import Times, said_times
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
        meant = moods(turn.text, spans)
        told = self._told.setdefault(who.speaker, _Told())
        told.next_turn()
        found = list(self._replied(turn, who, spans))
        told.add(found)
        said = _Said(self._rows, self._times, (turn, who), told)
        own, other = said.claims(spans, meant)
        asked = spans[-1] if spans and meant[-1] == "question" else None
        self._before = _Before(who.speaker, turn, tuple(other), asked)
        return _settled(found + own)

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


_SLIPS: Final = re.compile(
    r"\b(?:not|meant|sorry|oops|whoops|wait|actually|correction|rather|instead|make that|make it|"
    r"typo|mistake|bad|"
    r"should)\b|\*",
    re.IGNORECASE,
)


class _Said:
    """What one turn says by itself."""

    def __init__(
        self, rows: Rows, times: Times | None, turn: tuple[Turn, Voices], told: _Told
    ) -> None:
        self._turn, self._who = turn
        self._rows = rows
        self._times = times
        self._told = told
        self._text = self._turn.text
        self._reading = Reading(rows, times, self._turn, told.known)
        self._scan = Scan(self._text, self._who, rows.nouns)
        self._quotes = quoted(self._text)

    def claims(
        self, spans: Sequence[Span], meant: Sequence[str]
    ) -> tuple[list[Claim], list[Claim]]:
        """The claims that count at once, and those about the other that wait for a yes."""
        own: list[Claim] = []
        other: list[Claim] = []
        for place, (span, mood) in enumerate(zip(spans, meant, strict=True)):
            telling = _TELLING.match(self._text, *span) if mood == "question" else None
            if telling is not None:
                span, mood = (telling.end(), span[1]), "assertion"
            if mood == "quote":
                continue
            if mood in ("joke", "retraction"):
                found = (
                    self._back(span, first=place == 0) if mood == "retraction" or not place else []
                )
            else:
                found = list(self._sentence(span, mood))
                other += [claim for claim in found if claim.is_second]
                mine = [claim for claim in found if not claim.is_second and self._may_say(claim)]
                found = mine if mood != "question" else []
                found = found or self._slip(span)
            self._told.add(found)
            own += found
        return own, other

    def _slip(self, span: Span) -> list[Claim]:
        """What the sentence puts right without repeating it: "sorry, I meant Thursday"."""
        told = self._told
        if not told.claims or span[1] - span[0] > 120 or not _SLIPS.search(self._text, *span):
            return []
        said = said_times(self._text, span, self._turn.when, self._times, future=True)
        found = corrected(self._text, span, told.claims, told.fresh, said)
        return [put_right(*found, (self._turn.id, *span))] if found else []

    def _back(self, span: Span, *, first: bool) -> list[Claim]:
        """What the sentence takes back."""
        told = self._told
        if first and is_joke(self._text, span):
            gone = told.claims[len(told.claims) - told.earlier :] if told.earlier else []
        else:
            gone = list(retracted(self._rows, self._text, span, told.claims, told.fresh))
        return [taken_back(claim, (self._turn.id, *span)) for claim in gone]

    def _may_say(self, claim: Claim) -> bool:
        """An assistant says nothing about the one it speaks to, not by name either."""
        if not is_assistant(self._turn):
            return True
        other = (self._who.addressee or "user").lower()
        return other not in claim.subject.lower() and claim.subject != "user"

    def _sentence(self, span: Span, mood: str) -> Iterator[Claim]:
        scan, text, reading = self._scan, self._text, self._reading
        scan.kin.clear()
        seen = len(scan.had)
        clauses = scan.sentence(span, asked=mood == "question")
        aside = [*unreal(text, span), *(q for q in self._quotes if _overlap(q, span))]
        conditional = is_conditional(text, span)
        if mood != "question":
            for kin in scan.kin:
                if not _inside(kin.start, aside) and not kin.former and kin.owner.name:
                    yield reading.kin(kin)
        windows = dict(zip(map(id, clauses), _windows(clauses, span), strict=True))
        for clause in clauses:
            if _inside(clause.start, aside) or (conditional and clause.group.tense == "future"):
                continue
            had = [one for one in scan.had[seen:] if one.clause is clause]
            for claim in reading.clause(clause, windows[id(clause)], mood == "correction"):
                if not (had and claim.attribute == "owns"):
                    yield self._named(claim)
            for one in had:
                yield from reading.had(one, windows[id(clause)])
        if mood != "question" and not aside:
            yield from self._namings(span)
            yield from reading.idioms(span, scan.first)

    def _namings(self, span: Span) -> Iterator[Claim]:
        """ "... and named him Bruno", "the dog is called Biscuit"."""
        for match in _NAMED.finditer(self._text, *span):
            noun = (match["noun"] or "").lower()
            for one in reversed(self._scan.had):
                if one.names or (noun and noun not in one.noun.text.lower()):
                    continue
                for value in called(self._text, match.end(), span[1])[:1]:
                    yield self._reading.named(one, value, match.start())
                break
            else:
                relation = RELATIONS.get(noun)
                if relation is not None and relation.animal:
                    for value in called(self._text, match.end(), span[1])[:1]:
                        yield self._named(self._reading.animal(relation, value, match.start()))

    def _named(self, claim: Claim) -> Claim:
        if claim.about is ME:
            return replace(claim, subject=self._who.speaker, about=self._scan.first)
        return claim


_NAMED: Final = re.compile(
    r"\b(?:(?:named|called|call|name|naming|calling) (?:him|her|it|them|(?:the|our|my) "
    r"(?P<pet>[\w-]+))"
    r"|(?:the|our new|this) (?P<noun>[\w-]+)(?:'s| is) (?:called|named)"
    r"|(?:he|she|it)(?:'s| is) (?:called|named)|(?:its|his|her) name(?:'s| is))\s+",
    re.IGNORECASE,
)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and one[1] > other[0]


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


def _settled(claims: Sequence[Claim]) -> list[Claim]:
    """Each claim once, without what another of the turn says better.

    A dog that is named is no longer just a dog; of a pet that died it is not claimed that it is
    there; and if "Marco and I broke up", it is Marco who is no longer the partner.
    """
    gone = {claim.slot for claim in claims if claim.mood == "negation"}
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
