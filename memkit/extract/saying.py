"""What one turn says by itself: sentence by sentence, as closely as each is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Protocol

from memkit.extract.amends import amended, changes, disowned, slips
from memkit.extract.attributes import Rows
from memkit.extract.claims import Claim
from memkit.extract.clauses import Scan
from memkit.extract.drafts import ME
from memkit.extract.events import may_hold
from memkit.extract.foreign import is_foreign
from memkit.extract.gate import words_of
from memkit.extract.moods import (
    JOKE_AFTER,
    is_conditional,
    is_question,
    mood,
    quoted,
    unreal,
)
from memkit.extract.parties import Clause, Kinship, Party, Possession, Voices
from memkit.extract.reading import Reading
from memkit.extract.relations import RELATIONS
from memkit.extract.replies import corrected, is_joke, put_right, retracted, taken_back
from memkit.extract.sentences import Span
from memkit.extract.slots import called
from memkit.extract.times import NOWHEN, Times, said_times
from memkit.extract.topics import self_answered
from memkit.extract.voices import is_assistant
from memkit.extract.withdrawals import expired, in_earnest, restated, takes_back
from memkit.models import Turn

__all__ = ["Saying", "Told"]

_TELLING: Final = re.compile(
    r"\s*(?:\w+[,!] )?(?:did i (?:ever |already )?(?:tell you|mention)|have i (?:ever |already "
    r")?(?:told you|mentioned)|(?:do |did )?(?:you|u) (?:know|remember|hear)|guess what)(?: that|"
    r" how)?[:,?!]?\s+(?=(?:i|i'm|i've|we|we're|my|our)\b)",
    re.IGNORECASE,
)
_SLIPS: Final = re.compile(
    r"\b(?:not|meant|strike|scratch|rephrase|sorry|oops|whoops|wait|actually|correction|rather|"
    r"instead|make that|make it|typo|mistake|bad|should)\b|\*",
    re.IGNORECASE,
)
_BACK: Final = re.compile(
    r"\b(?:forget|ignore|disregard|scrap|scratch|strike|delete|erase|never ?mind|drop|take|made|"
    r"wrong|lied|lying|misspoke|mixed|joke|joking|kidding|jk|true|mistake|mistaken|incorrect|lie|"
    r"false|untrue|misunderstanding|teasing|messing|sarcasm|serious|gotcha|said)\b|/[sj]\b",
    re.IGNORECASE,
)
_PICKS: Final = re.compile(
    r"\bif i (?:had|have) to (?:pick|choose|name|say)\b|\b(?:if|when|whenever) (?:you|people|"
    r"someone|somebody|anyone|they|friends) asks?\b|\byou ask(?:ed)? for\b",
    re.IGNORECASE,
)
"""A choice that is put as if it were none."""
_END: Final = re.compile(r"\s*(?:[.!,;)]|\Z)")
_YOU_KNOW: Final = re.compile(
    r"\W*(?i:(?:so|and|oh|well),? )*(?i:do |did )?(?i:you|u) (?i:know|remember|recall|met|have "
    r"met) (?P<name>[^\W\d_a-z][\w-]*(?: [^\W\d_a-z][\w-]*)?)\s*(?:,[^?]*)?\?\W*\Z"
)
_POINTED: Final = re.compile(
    r"\b(?:that|this|it|here)(?:'s|\u2019s| is| was) (?:my|our) (?:\w+ )?(?P<noun>[\w-]+) (?:in|"
    r"on|over|at|there|here|with|next|behind)\b[^.,!?]{0,30}, (?=[^\W\d_a-z])",
    re.IGNORECASE,
)
_CONTRAST: Final = re.compile(r"\b(?:not|instead of|rather than|but)\b", re.IGNORECASE)
_WITHDRAWS: Final = re.compile(
    r"\b(?:about|that|when i said)\s+(?:me |my |i(?:'m|\u2019m| am) )?[a-z]{2,}ing\b", re.IGNORECASE
)
_CLAIMS_TOO: Final = re.compile(r"[,;:\u2013-] |\b(?:i meant|but)\b", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"\b(?:(?:named|called|call|name|naming|calling) (?:him|her|it|them|(?:the|our|my) "
    r"(?P<pet>[\w-]+))|(?:the|our new|this) (?P<noun>[\w-]+)(?:'s| is) (?:called|named)|(?:he|"
    r"she|it)(?:'s| is) (?:called|named)|(?:its|his|her) name(?:'s| is))\s+",
    re.IGNORECASE,
)


class Told(Protocol):
    """What the speaker has claimed of late."""

    claims: list[Claim]

    def add(self, claims: Sequence[Claim]) -> None:
        """They claim this, too."""

    @property
    def fresh(self) -> int:
        """How many of the last claims are of this turn or the one before."""

    @property
    def earlier(self) -> int:
        """How many are of the turn before."""

    def known(self, subject: str, value: str) -> str:
        """The attribute that this value was last claimed of; no subject stands for anyone."""


class Saying:
    """The claims of one turn."""

    def __init__(
        self, rows: Rows, times: Times | None, turn: tuple[Turn, Voices], told: Told
    ) -> None:
        """Of the turn with its voices; `told` is what the speaker has claimed before."""
        self._turn, self._who = turn
        self._rows = rows
        self._times = times
        self._told = told
        self._text = self._turn.text
        self._reading = Reading(rows, times, self._turn, told.known)
        self._scan = Scan(self._text, self._who, rows.nouns)
        self._quoted: list[Span] | None = None
        self._words: frozenset[str] = frozenset()
        self._had: list[Possession] = []
        self._silent: set[int] = set()

    def claims(self, spans: Sequence[Span]) -> tuple[list[Claim], list[Claim]]:
        """The claims that count at once, and those about the other that wait for a yes."""
        own: list[Claim] = []
        other: list[Claim] = []
        gate, text = self._rows.gate, self._text
        for place, span in enumerate(spans):
            found: list[Claim] = []
            said = text[slice(*span)]
            self._words = words_of(said)
            if gate.passes(said, self._words) or is_foreign(said, self._words):
                found, waiting = self._stated(span, spans[place + 1 : place + 2])
                other += waiting
            if not is_assistant(self._turn):
                gone = self._taken_back(spans, place)
                if not gone and self._told.claims:
                    found = self._amended(spans, place, found)
                found = gone or found
            if not found and place and not is_assistant(self._turn):
                found = self._self_answered(spans[place - 1], span)
            if not found and (self._told.claims or _WITHDRAWS.search(text, *span)):
                found = self._put_right(span, first=place == 0)
            if all(one.mood == "negation" for one in found):
                self._silent.add(place)
            self._meet(span, found)
            if found:
                self._told.add(found)
                own += found
        return own, other

    def _stated(self, span: Span, follows: Sequence[Span]) -> tuple[list[Claim], list[Claim]]:
        """What a sentence states of anyone, and of the one spoken to."""
        text = self._text
        asked = is_question(text, span)
        telling = _TELLING.match(text, *span) if asked else None
        if telling is not None:
            span, asked = (telling.end(), span[1]), False
        found = list(self._sentence(span, asked=asked))
        if not found:
            return [], []
        meant = "assertion" if telling is not None else mood(text, span)
        if meant in ("quote", "joke") or any(JOKE_AFTER.match(text, *one) for one in follows):
            return [], []
        if meant == "retraction" and not _CLAIMS_TOO.search(text, *span):
            return [], []
        if meant == "correction":
            found = list(self._sentence(span, asked=asked, marked=True))
        waiting = [claim for claim in found if claim.is_second]
        if asked or is_assistant(self._turn):
            return [], waiting  # what an assistant tells is neither its life nor the user's
        return [claim for claim in found if not claim.is_second], waiting

    def _meet(self, span: Span, found: Sequence[Claim]) -> None:
        """Know whom a pronoun may mean: "Stella is my mother.", "You know Margot?"."""
        scan = self._scan
        for claim in found:
            relation = RELATIONS.get(claim.attribute)
            if relation is None or claim.mood == "negation" or not claim.value.text[:1].isupper():
                continue
            unnamed = f"{self._who.speaker}'s {claim.attribute}"
            scan.people = [one for one in scan.people if one.name != unnamed]
            name = claim.value.text
            scan.saw(Party(name, "third", relation.gender, claim.attribute, scan.first, named=True))
        known = _YOU_KNOW.match(self._text, *span)
        if known is not None and not found:
            scan.saw(scan.somebody(known["name"]))

    def _self_answered(self, question: Span, span: Span) -> list[Claim]:
        """ "My age? 39.": what a sentence says by the question that the speaker put before it."""
        text, speaker = self._text, self._scan.first
        if text[question[1] - 1] != "?" or mood(text, span) not in ("assertion", "negation"):
            return []
        found = self_answered(self._rows, text, question, span)
        here = ((self._turn.id, question[0], span[1]),)
        if found is None:
            return []
        row, values = found
        return [
            Claim(speaker.name, row.name, value, "assertion", row.several, here, sure=0.85,
                  about=speaker, row=row)
            for value in values
        ]  # fmt: skip

    def _taken_back(self, spans: Sequence[Span], place: int) -> list[Claim]:
        """The claims that a sentence takes back by naming what they say."""
        windows = [spans[place]]
        if place - 1 in self._silent:
            windows.append((spans[place - 1][0], spans[place][1]))
        for window in windows:
            if not takes_back(self._text, window):
                continue
            for text, where in restated(self._text, window):
                turn = replace(self._turn, text=text)
                again = Saying(self._rows, self._times, (turn, self._who), self._told)
                found = again.stated(where)
                if found:
                    here = ((self._turn.id, *window),)
                    return [replace(taken_back(one, here[0]), spans=here) for one in found]
        return []

    def stated(self, span: Span) -> list[Claim]:
        """What a sentence claims of the speaker and theirs, whatever stands around it."""
        self._words = words_of(self._text[slice(*span)])
        return [one for one in self._sentence(span, asked=False)
                if not one.is_second and one.mood != "negation"]  # fmt: skip

    def _amended(self, spans: Sequence[Span], place: int, found: list[Claim]) -> list[Claim]:
        """The claims of a sentence, as corrections where it puts right what was claimed before.

        Where it does so together with the sentence before it, the two are read as one: "Did I say
        Porto? I live in Lisbon."
        """
        text, told, span = self._text, self._told, spans[place]
        if mood(text, span) in ("quote", "joke", "question"):
            return found
        joined = place > 0 and place - 1 in self._silent
        windows = [span, (spans[place - 1][0], span[1])] if joined else [span]
        for window in windows:
            if changes(text, window):
                continue
            right = self._contradicting(window, found)
            if right is not found:
                return right
            if any(one.mood != "negation" for one in found):
                continue
            said = said_times(text, window, self._turn.when, self._times, future=True)
            amends = amended(text, window, told.claims, said)
            if amends is not None:
                return [put_right(*amends, (self._turn.id, *window))]
        return found

    def _contradicting(self, window: Span, found: list[Claim]) -> list[Claim]:
        """These claims as corrections of the earlier ones whose values are disowned."""
        for earlier in reversed(self._told.claims):
            if not earlier.value.text or earlier in found:
                continue
            others = [
                one for one in found
                if one.slot[:2] == earlier.slot[:2] and one.slot != earlier.slot
                and one.mood in ("assertion", "correction") and one.value.text
            ]  # fmt: skip
            wrong = disowned(self._text, window, earlier)
            wrong = wrong or (slips(self._text, window) and self._one_of_kind(earlier, others))
            if others and wrong:
                kept = [one for one in found if one.slot != earlier.slot and one not in others]
                return [*kept, *(replace(one, mood="correction", corrects=earlier.value.text)
                                 for one in others)]  # fmt: skip
        return found

    def _one_of_kind(self, earlier: Claim, others: Sequence[Claim]) -> bool:
        """Whether another value can only stand for the earlier: "wrong name, my dog is Milo"."""
        if not earlier.several:
            return True
        kinds = {one.instead for one in others}
        return bool(earlier.instead) and kinds == {earlier.instead}

    def _put_right(self, span: Span, *, first: bool) -> list[Claim]:
        """What a sentence that states nothing corrects or takes back of what was claimed."""
        text = self._text
        if _CONTRAST.search(text, *span) and span[1] - span[0] <= 120:
            said = said_times(text, span, self._turn.when, self._times, future=True)
            right = corrected(text, span, self._told.claims, self._told.fresh, said)
            if right:
                return [put_right(*right, (self._turn.id, *span))]
        if span[1] - span[0] <= 120 and _SLIPS.search(text, *span):
            said = said_times(text, span, self._turn.when, self._times, future=True)
            found = corrected(text, span, self._told.claims, self._told.fresh, said)
            if found:
                return [put_right(*found, (self._turn.id, *span))]
        if _BACK.search(text, *span) and mood(text, span) in ("joke", "retraction"):
            return self._back(span, first=first)
        return []

    def _back(self, span: Span, *, first: bool) -> list[Claim]:
        """What the sentence takes back."""
        told = self._told
        if in_earnest(self._text, span):
            return []
        if first and is_joke(self._text, span):
            gone = told.claims[len(told.claims) - told.earlier :] if told.earlier else []
        else:
            gone = list(retracted(self._rows, self._text, span, told.claims, told.fresh))
        if not gone:
            gone = list(self._reading.withdrawn(span, self._scan.first))
        here = (self._turn.id, *span)
        if expired(self._text, span):
            return [replace(claim, mood="negation", times=NOWHEN, corrects="", spans=(here,))
                    for claim in gone if claim.mood != "negation"]  # fmt: skip
        return [taken_back(claim, here) for claim in gone]

    def _sentence(self, span: Span, *, asked: bool, marked: bool = False) -> Iterator[Claim]:
        """The claims of a sentence but for those in parts that are imagined, reported or quoted."""
        found = list(self._in_clauses(span, asked=asked, marked=marked))
        if not asked:
            first = self._scan.first
            further = [*self._namings(span)]
            further += self._reading.idioms(span, first, self._words)
            if may_hold(self._words):
                events = list(self._reading.events(span, first, self._told.claims))
                if events:
                    found = [one for one in found if one[2].attribute != "plan"]
                further += events
            if not (found or further) and is_foreign(self._text[slice(*span)], self._words):
                further += self._reading.foreign(span, first)
            found += [(claim.spans[0][1], False, claim) for claim in further]
        if not found:
            return
        text = self._text
        aside = [*unreal(text, span), *(one for one in self._quotes() if _overlap(one, span))]
        conditional = is_conditional(text, span)
        for place, future, claim in found:
            picked = claim.attribute.startswith("favourite ") and _PICKS.search(text, *span)
            if picked or not (_inside(place, aside) or (conditional and future)):
                yield self._named(claim)

    def _in_clauses(
        self, span: Span, *, asked: bool, marked: bool
    ) -> Iterator[tuple[int, bool, Claim]]:
        """Claims with where they are made, and whether of the future."""
        scan, reading = self._scan, self._reading
        scan.kin.clear()
        scan.had.clear()
        clauses = scan.sentence(span, asked=asked)
        if not asked:
            for kin in scan.kin:
                if not kin.former and kin.owner.name:
                    yield kin.start, False, reading.kin(kin)
        for clause, window in zip(clauses, _windows(clauses, span), strict=True):
            future = clause.group.tense == "future"
            had = [one for one in scan.had if one.clause is clause]
            for claim in reading.clause(clause, window, marked):
                if not (had and claim.attribute in ("owns", "plan")):
                    yield clause.start, future, claim
            for one in had:
                for claim in reading.had(one, window):
                    yield clause.start, future, claim
        self._had += scan.had

    def _namings(self, span: Span) -> Iterator[Claim]:
        """ "... and named him Bruno", "the dog is called Biscuit", "that's my son there, Ivo"."""
        for match in _POINTED.finditer(self._text, *span):
            names = called(self._text, match.end(), span[1])[:1]
            relation = RELATIONS.get(match["noun"].lower())
            if names and relation is not None and _END.match(self._text, names[0].end):
                one = Kinship(self._scan.first, relation, names[0], match.start(), match["noun"])
                yield self._reading.kin(one)
        for match in _NAMED.finditer(self._text, *span):
            names = called(self._text, match.end(), span[1])[:1]
            noun = (match["noun"] or match["pet"] or "").lower()
            had = [one for one in self._had if not one.names and noun in one.noun.text.lower()]
            relation = RELATIONS.get(noun)
            if names and had:
                yield self._reading.named(had[-1], names[0], match.start())
            elif names and relation is not None and relation.animal:
                yield self._named(self._reading.animal(relation, names[0], match.start()))

    def _named(self, claim: Claim) -> Claim:
        if claim.about is ME:
            return replace(claim, subject=self._who.speaker, about=self._scan.first)
        return claim

    def _quotes(self) -> list[Span]:
        if self._quoted is None:
            self._quoted = quoted(self._text)
        return self._quoted


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
