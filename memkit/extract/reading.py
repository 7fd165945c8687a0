"""The claims of one turn's sentences: drafts, settled by tense, times and marks of correction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from memkit.extract.attributes import READERS, Attribute, Rows
from memkit.extract.claims import Claim
from memkit.extract.drafts import ME, Draft, Drafting, Known, kin_row
from memkit.extract.events import appointments, planned
from memkit.extract.foreign import foreign
from memkit.extract.idiom import Idiom
from memkit.extract.idioms import idioms
from memkit.extract.parties import Clause, Kinship, Party, Possession
from memkit.extract.relations import Relation
from memkit.extract.sentences import Span
from memkit.extract.standing import Standing
from memkit.extract.times import NOWHEN, Bounds, Said, Times, bounds, said_times
from memkit.extract.values import Value
from memkit.extract.verbs import FORMS, ING, THIRD, Group
from memkit.models import Turn

__all__ = ["Reading"]

_CHANGED: Final = re.compile(
    r"\b(?:now|any ?more|no longer|moved|moving|changed|switched|since|recently|these days|"
    r"nowadays|just|last (?:week|month|year)|yesterday|used to)\b",
    re.IGNORECASE,
)
_NOWADAYS: Final = re.compile(
    r"\b(?:now|these days|nowadays|ask me today|lately|since then|has changed|switched)\b",
    re.IGNORECASE,
)
_LEAD: Final = 40
"""Characters before a clause in which "these days" may stand."""
_NOT_THAT: Final = re.compile(
    r"\s*,?\s*(?:and |but )?(?:not|instead of|rather than) (?:in |at |to |on |for |with |an? |"
    r"the |my |called |really )*",
    re.IGNORECASE,
)
_AHEAD: Final = {"past": False, "perfect": False, "future": True, "progressive": True}
_DOING: Final = re.compile(
    r"\b(?:about|that|when i said)\s+(?:me |my |i(?:'m|\u2019m| am) )?([a-z]{2,}ing)\b",
    re.IGNORECASE,
)
_DOING_END: Final = re.compile(
    r"\s*(?:[,.;:!?\u2013\u2014]|"
    r"\b(?:is|was|isn|wasn|were|weren|turned|no longer|never|because)\b)",
    re.IGNORECASE,
)
_FOR_ANOTHER: Final = re.compile(r" for (?:you|him|her|them|someone|my|our|a|the)\b", re.IGNORECASE)
_LEAVING: Final = frozenset(
    ("fly", "leave", "travel", "go", "start", "meet", "depart", "return", "fly", "land")
)
_KINDS: Final = {
    "home": "place", "hometown": "place", "job": "job", "employer": "org", "age": "age",
    "like": "things", "dislike": "things", "allergy": "allergens", "name": "called",
}  # fmt: skip
_KEEPING: Final = frozenset(("have", "own", "keep"))


class Reading:
    """The claims of one turn."""

    def __init__(self, rows: Rows, times: Times | None, turn: Turn, known: Known) -> None:
        """`known` tells of which attribute a subject's value was claimed before."""
        self._rows = rows
        self._times = times
        self._turn, self._text, self._when = turn.id, turn.text, turn.when
        self._drafting = Drafting(rows, turn.text, known)
        self._named_times: dict[tuple[Span, bool | None], list[Said]] = {}

    def clause(self, clause: Clause, window: Span, corrected: bool) -> Iterator[Claim]:
        """The claims of a clause; in `window` stand the times that belong to it."""
        favourite = clause.noun.startswith("favourite ")
        if (clause.group.unreal and not favourite) or not clause.subject.name:
            return
        some = False
        for draft in self._drafting.of(clause):
            claim = self._settled(draft, clause, window)
            if claim is not None:
                some = True
                yield self._corrected(claim, clause, corrected)
        tense, lemma = clause.group.tense, clause.group.lemma
        leaving = tense == "present" and lemma in _LEAVING and not clause.group.phase
        if not some and not clause.noun and (tense in ("future", "progressive") or leaving):
            yield from self._plans(clause, window)

    def _plans(self, clause: Clause, window: Span) -> Iterator[Claim]:
        """ "I'm going to visit my aunt in July"."""
        group = clause.group
        if group.denied or group.phase == "ends" or self._when is None or clause.subject.second:
            return
        if group.tense == "progressive" and group.lemma not in THIRD:
            return
        said = said_times(self._text, window, self._when, self._times, future=True)
        found = planned(self._text, clause, said)
        if found is None:
            return
        value, time = found
        times = bounds(self._text, [time]) if time is not None else NOWHEN
        ahead = times.since is not None and times.since > self._when.date()
        if (group.tense != "future" or time is not None) and not ahead:
            return
        row = Attribute("plan", "free", several=True)
        claim = self._claim(Draft(clause.subject, row, value, "begins"), (clause.start, value.end))
        since = replace(times, until=None)
        yield replace(claim, mood="plan", times=since if ahead else NOWHEN, sure=0.8)

    def foreign(self, span: Span, speaker: Party) -> Iterator[Claim]:
        """What a sentence in another language says of the speaker."""
        for one in foreign(self._text, span):
            row = Attribute(one.attribute, _KINDS.get(one.attribute, "person"), several=one.several)
            claim = self._claim(Draft(speaker, row, one.value, "state"), (one.start, one.end))
            times = bounds(self._text, self._said(span, one.value, False))
            aspect = "former" if one.ended else "begins" if one.begins else "state"
            standing = Standing(one.attribute, aspect, self._text[slice(*span)], self._when)
            tense = "past" if one.begins else "present"
            found = standing.settle(Group("", tense, 0), times)
            settled = found[1] if found is not None else NOWHEN
            yield replace(claim, mood=one.mood, times=settled, sure=0.85)

    def events(self, span: Span, speaker: Party, told: Sequence[Claim]) -> Iterator[Claim]:
        """The appointments of a sentence."""

        def said() -> list[Said]:
            return said_times(self._text, span, self._when, self._times, future=True)

        def known(noun: str) -> str:
            dated = (c.attribute for c in reversed(told) if c.row and c.row.value == "date")
            return next((name for name in dated if name.endswith(noun)), "")

        for event in appointments(self._text, span, said, known):
            row = Attribute(event.name, "date")
            claim = self._claim(Draft(speaker, row, event.value, "state"), (event.start, event.end))
            yield claim if event.value.text else replace(claim, mood="negation")

    def withdrawn(self, span: Span, speaker: Party) -> Iterator[Claim]:
        """What a sentence takes back by its doing: "forget what I said about owning a boat"."""
        for match in _DOING.finditer(self._text, *span):
            lemma = next((one for one, kind in FORMS.get(match[1].lower(), ()) if kind == ING), "")
            if not lemma:
                continue
            stop = _DOING_END.search(self._text, match.end(), span[1])
            end = stop.start() if stop else span[1]
            verb = Group(lemma, "present", 0)
            clause = Clause(speaker, verb, match.start(1), match.end() + 1, end)
            for draft in self._drafting.of(clause):
                if draft.value.text:
                    yield self._claim(draft, (match.start(1), draft.value.end))

    def kin(self, one: Kinship) -> Claim:
        """ "My sister Clara" as a claim."""
        draft = Draft(one.owner, kin_row(one.relation), one.name, "state", instead=one.noun)
        return self._claim(draft, (one.start, one.name.end))

    def had(self, one: Possession, window: Span) -> Iterator[Claim]:
        """ "I have two cats, Milo and Luna" as claims."""
        clause = one.clause
        if clause.group.unreal or not clause.subject.name:
            return
        row = replace(kin_row(one.relation), value="person")
        if not one.names and _FOR_ANOTHER.match(self._text, one.end):
            return
        for value in one.names or _kinds(one):
            claim = self._settled(Draft(clause.subject, row, value, _having(one)), clause, window)
            if claim is not None:
                instead = one.noun.text.lower() if one.names else ""
                span = (self._turn, clause.start, one.end)
                yield replace(claim, spans=(span,), instead=instead)

    def named(self, one: Possession, value: Value, start: int) -> Claim:
        """The name that was given to somebody one has: "... and named him Bruno"."""
        draft = Draft(one.clause.subject, kin_row(one.relation), value, "state",
                      instead=one.noun.text.lower())  # fmt: skip
        return self._claim(draft, (start, value.end))

    def animal(self, relation: Relation, value: Value, start: int) -> Claim:
        """The name of an animal that was not spoken of before: "the dog is called Biscuit"."""
        draft = Draft(ME, kin_row(relation), value, "state")
        return self._contrasted(self._claim(draft, (start, value.end)))

    def idioms(self, span: Span, speaker: Party, words: frozenset[str]) -> Iterator[Claim]:
        """What a sentence of these words says by a turn of phrase: "Lisbon is home now"."""
        for one in idioms(self._rows, self._text, span, words):
            claim = self._told(one, span, speaker)
            if claim is not None:
                yield claim

    def _told(self, one: Idiom, span: Span, speaker: Party) -> Claim | None:
        draft = Draft(speaker, one.row, one.value, one.aspect)
        claim = self._claim(draft, (one.start, one.end))
        found = self._said(span, one.value, None)
        settled = Standing(one.row.name, one.aspect, self._text[slice(*span)], self._when).settle(
            Group("", one.tense, 0), bounds(self._text, found)
        )
        if settled is None:
            return None
        mood, times = settled
        return self._contrasted(replace(claim, mood=mood, times=times))

    def _contrasted(self, claim: Claim, begin: int | None = None) -> Claim:
        """The claim as a correction where "..., not Porto" follows it; said from `begin` on."""
        if claim.mood != "assertion" or not claim.value.text or claim.times.until:
            return claim
        turn, start, stop = claim.spans[0]
        for place in dict.fromkeys((claim.value.end, stop)):
            contrast = _NOT_THAT.match(self._text, place)
            wrong = self._like(claim.row, contrast.end()) if contrast is not None else []
            if wrong:
                span = (turn, start, wrong[0].end)
                lead = max(0, (start if begin is None else begin) - _LEAD)
                if _NOWADAYS.search(self._text, lead, wrong[0].end) is not None:
                    return replace(claim, spans=(span,))  # it was so, and is no more
                return replace(claim, mood="correction", corrects=wrong[0].text, spans=(span,))
        return claim

    def _settled(self, draft: Draft, clause: Clause, window: Span) -> Claim | None:
        """The draft with mood and times; None where its tense or denial says nothing that holds."""
        group, words = clause.group, self._text[clause.start : clause.end]
        standing = Standing(draft.row.name, draft.aspect, words, self._when, draft.denied)
        if draft.value.text == "":
            settled = self._nothing(draft, clause, window, standing)
        else:
            said = self._said(window, draft.value, _AHEAD.get(group.tense))
            settled = standing.settle(group, bounds(self._text, said))
        if settled is None:
            return None
        mood, times = settled
        span = (min(clause.start, draft.value.start), max(draft.value.end, clause.rest))
        claim = self._claim(draft, span)
        return replace(claim, mood=mood, times=times, sure=0.75 if clause.elided else claim.sure)

    def _nothing(
        self, draft: Draft, clause: Clause, window: Span, standing: Standing
    ) -> tuple[str, Bounds] | None:
        """ "I have no pets", "we split up": a negation of whatever there was."""
        if draft.denied or (clause.group.denied and draft.aspect == "state"):
            return ("negation", Bounds()) if clause.group.tense == "present" else None
        said = self._said(window, draft.value, _AHEAD.get(clause.group.tense))
        return replace(standing, aspect="ends").settle(clause.group, bounds(self._text, said))

    def _said(self, window: Span, value: Value, future: bool | None) -> list[Said]:
        """The times named in a window, but for what is part of the value."""
        found = self._named_times.get((window, future))
        if found is None:
            found = said_times(self._text, window, self._when, self._times, future=future)
            self._named_times[window, future] = found
        return [one for one in found if one.end <= value.start or one.start >= value.end]

    def _claim(self, draft: Draft, span: Span) -> Claim:
        return Claim(
            draft.party.name, draft.row.name, draft.value, "assertion", draft.row.several,
            ((self._turn, *span),), about=draft.party, row=draft.row, instead=draft.instead,
        )  # fmt: skip

    def _corrected(self, claim: Claim, clause: Clause, corrected: bool) -> Claim:
        """The claim as a correction where one is marked: "..., not Porto", or "actually, ..."."""
        if claim.mood != "assertion" or not claim.value.text or claim.times.until:
            return claim
        contrasted = self._contrasted(claim, clause.start)
        if contrasted is not claim:
            return contrasted
        changed = _CHANGED.search(self._text, clause.start, clause.end) is not None
        if corrected and clause.group.tense == "present" and not changed:
            return replace(claim, mood="correction")
        return claim

    def _like(self, row: Attribute | None, start: int) -> list[Value]:
        """The values of a row's kind that stand at a place."""
        kind = row.value if row is not None and row.value in READERS else "free"
        return READERS[kind](self._text, start, len(self._text))


def _kinds(one: Possession) -> list[Value]:
    """What somebody is where no name is told: "dog"; nothing of what is denied altogether."""
    denied = one.clause.group.denied
    if denied and (not one.relation.animal or one.noun.text.lower() in ("pet", "pets")):
        return [Value("", one.noun.start, one.noun.start)]
    return [replace(one.noun, sure=0.9)] if one.relation.animal else []


def _having(one: Possession) -> str:
    group = one.clause.group
    if group.lemma == "lose":
        return "ends"
    born = group.lemma == "have" and not one.relation.animal and group.tense == "past"
    return "state" if group.lemma in _KEEPING and not born else "begins"
