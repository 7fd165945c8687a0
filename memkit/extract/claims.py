"""From clauses to claims: what one sentence says of somebody, with its mood and its times."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from memkit.extract import lexicon as lx
from memkit.extract.attributes import READERS, Attribute, Rows, Way
from memkit.extract.parties import Clause, Kinship, Party, Possession
from memkit.extract.relations import RELATIONS
from memkit.extract.sentences import Span
from memkit.extract.times import NOWHEN, Bounds, Times, bounds, lasting, said_times
from memkit.extract.values import Value
from memkit.extract.verbs import Group
from memkit.extract.words import listed
from memkit.models import Turn

__all__ = ["ME", "Claim", "Reading", "Standing"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A triple before it is a record. `spans` are (turn, start, end); `about` is whom."""

    subject: str
    attribute: str
    value: Value
    mood: str
    several: bool
    spans: tuple[tuple[str, int, int], ...]
    times: Bounds = NOWHEN
    sure: float = 0.9
    corrects: str = ""
    about: Party | None = None
    row: Attribute | None = None

    @property
    def is_second(self) -> bool:
        """Whether it is about the one spoken to, or one of theirs."""
        return self.about is not None and self.about.second

    def metadata(self) -> dict[str, Any]:
        """The claim as the store reads it; only what is known."""
        phrase = self.value.phrase or self.times.phrase
        known = {
            "subject": self.subject,
            "attribute": self.attribute,
            "value": self.value.text,
            "unit": self.value.unit,
            "several": self.several or None,
            "mood": self.mood,
            "since": _iso(self.times.since),
            "since_by": _iso(self.times.since_by),
            "until": _iso(self.times.until),
            "phrase": phrase,
            "corrects": self.corrects or None,
            "confidence": round(self.sure * self.value.sure, 2),
        }
        return {name: value for name, value in known.items() if value is not None}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


Known = Callable[[str, str], str]
"""Of (subject, value): the attribute that this value was claimed of, or nothing."""

_PERMANENT: Final = frozenset(("hometown", "birthplace", "birthday", "name"))
_TASTES: Final = frozenset(("like", "dislike"))
_NO_PAST: Final = frozenset(
    ("like", "dislike", "hobby", "owns", "language", "age", "height", "weight")
)
_CHANGED: Final = re.compile(
    r"\b(?:now|any ?more|no longer|moved|moving|changed|switched|since|recently|these days|"
    r"nowadays|just|"
    r"last (?:week|month|year)|yesterday|used to)\b",
    re.IGNORECASE,
)
_ANY_MORE: Final = re.compile(
    r"\b(?:any ?more|any longer|these days|nowadays|after all)\b", re.IGNORECASE
)
_NOT_THAT: Final = re.compile(
    r"\s*,?\s*(?:and |but )?(?:not|instead of|rather than) (?:in |at |to |on |for |with |an? |the |"
    r"my |called |really )*",
    re.IGNORECASE,
)
_ENDED: Final = re.compile(
    r"\s*(?:[.,!?;)]|$|(?:last|in|on|two|three|a|about|few|this|yesterday|today|recently|after|"
    r"because|and|but|"
    r"ago|earlier|back|since|over|some|so|when|before|at|around|for good|now|already|sadly|months|"
    r"years|weeks)\b)",
    re.IGNORECASE,
)
_NOUN_VERBS: Final[dict[str, re.Pattern[str]]] = {
    "be": re.compile(
        r"(?:(?:now|in|at|on|with|called|named|as|just|about|around|located in|based "
        r"in|going to be|"
        r"near|outside|that of|being|to be|officially|still|currently|spelled|"
        r"simply)\s+)*",
        re.IGNORECASE,
    ),
    "take": re.compile(r"(?:me |us |him |her )?(?:now )?", re.IGNORECASE),
    "change": re.compile(r"(?:from .{1,40}? )?to (?:be )?", re.IGNORECASE),
    "go": re.compile(r"(?:(?:up|down|from .{1,20}?) )*to (?:be )?", re.IGNORECASE),
    "drop": re.compile(r"(?:from .{1,20}? )?to ", re.IGNORECASE),
    "increase": re.compile(r"(?:from .{1,20}? )?to ", re.IGNORECASE),
    "rise": re.compile(r"(?:from .{1,20}? )?to ", re.IGNORECASE),
    "fall": re.compile(r"(?:from .{1,20}? to|on) (?:the )?", re.IGNORECASE),
    "become": re.compile(r"", re.IGNORECASE),
    "cost": re.compile(r"(?:me |us )?", re.IGNORECASE),
}
_UNREAL_NOUN: Final = listed(
    "dream ideal perfect possible potential next future imaginary fantasy "
    "would-be fake pen stage no fictional"
)
_FORMER_NOUN: Final = listed("old previous former last ex first childhood late earlier past")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A value found for a row, before mood and times are settled.

    `aspect`: state, begins, ends, left (what a change leads away from), former.
    """

    party: Party
    row: Attribute
    value: Value
    aspect: str
    denied: bool = False


class Reading:
    """The claims of the clauses of one turn."""

    def __init__(self, rows: Rows, times: Times | None, turn: Turn, known: Known) -> None:
        """`known` tells of which attribute a subject's value was claimed before."""
        self._rows = rows
        self._times = times
        self._turn, self._text, self._when = turn.id, turn.text, turn.when
        self._known = known

    def clause(self, clause: Clause, window: Span, corrected: bool) -> Iterator[Claim]:
        """The claims of a clause; in `window` stand the times that belong to it."""
        if clause.group.unreal or not clause.subject.name:
            return
        drafts = self._of_noun(clause) if clause.noun else self._decided(clause)
        for draft in drafts:
            claim = self._settled(draft, clause, window)
            if claim is not None:
                yield self._corrected(claim, clause, corrected)

    def kin(self, one: Kinship) -> Claim:
        """ "My sister Clara" as a claim."""
        row = Attribute(one.relation.attribute, "person", one.relation.several)
        return self._claim(one.owner, row, one.name, (one.start, one.name.end))

    def had(self, one: Possession, window: Span) -> Iterator[Claim]:
        """ "I have two cats, Milo and Luna" as claims."""
        clause, lemma = one.clause, one.clause.group.lemma
        if clause.group.unreal or not clause.subject.name:
            return
        row = Attribute(one.relation.attribute, "person", one.relation.several)
        kinds = [one.noun] if one.relation.animal else []
        aspect = (
            "ends" if lemma == "lose" else "state" if lemma in ("have", "own", "keep") else "begins"
        )
        if lemma == "have" and not one.relation.animal and clause.group.tense == "past":
            aspect = "begins"
        for value in one.names or kinds:
            draft = _Draft(
                clause.subject, row, replace(value, sure=value.sure if one.names else 0.85), aspect
            )
            claim = self._settled(draft, clause, window)
            if claim is not None:
                yield replace(claim, spans=((self._turn, clause.start, one.end),))

    def _decided(self, clause: Clause) -> Iterator[_Draft]:
        """The drafts of the verb, without those that "I left X for Y" leaves in doubt."""
        found = list(self._of_verb(clause))
        names = {draft.row.name for draft in found}
        if clause.group.lemma in _LEAVING and names & {"home", "employer"}:
            kept = self._left(clause, found, both=names >= {"home", "employer"})
            found = [
                d for d in found if d.row.name not in ("home", "employer") or d.row.name == kept
            ]
        yield from found

    def _left(self, clause: Clause, found: list[_Draft], *, both: bool) -> str:
        """Whether a move is one of home or of employer; nothing where that cannot be told."""
        values = [
            draft.value.text.lower() for draft in found if draft.row.name in ("home", "employer")
        ]
        for value in values:
            known = self._known(clause.subject.name, value)
            if known in ("home", "employer"):
                return known
        if clause.group.lemma in ("leave", "quit") and len(set(values)) == 1:
            return "employer" if set(values) & lx.FIRMS or clause.group.lemma == "quit" else ""
        if set(values) & lx.PLACES:
            return "home"
        words = self._text[clause.start : clause.end]
        if set(values) & lx.FIRMS or _WORKING.search(words):
            return "employer"
        if not both:
            return next(d.row.name for d in found if d.row.name in ("home", "employer"))
        return "home" if clause.group.lemma in ("move", "transfer", "go") else ""

    def _of_verb(self, clause: Clause) -> Iterator[_Draft]:
        group = clause.group
        done: set[str] = set()
        for way in self._rows.ways.get(group.lemma, ()):
            if way.row.name in done or (way.only and not self._suits(way, clause)):
                continue
            for value, old in self._read(way, clause):
                done.add(way.row.name)
                yield _Draft(clause.subject, way.row, value, way.aspect, way.only == "not")
                if old is not None:
                    yield _Draft(clause.subject, way.row, old, "left")
        yield from self._of_kin(clause)

    def _suits(self, way: Way, clause: Clause) -> bool:
        """Whether the denial that a way asks for is there."""
        if way.only == "not" or not clause.group.denied:
            return clause.group.denied
        words = self._text[clause.start : clause.end]
        return "no longer" in clause.group.adverbs or _ANY_MORE.search(words) is not None

    def _read(self, way: Way, clause: Clause) -> Iterator[tuple[Value, Value | None]]:
        text = self._text
        head = way.head.match(text, clause.rest, clause.end)
        if head is None:
            return
        groups = head.groupdict()
        if "none" in groups:
            if _ENDED.match(text, head.end()):
                yield Value("", head.end(), head.end()), None
            return
        if groups.get("word"):
            yield Value(groups["word"], *head.span("word")), None
            return
        assert way.read is not None
        old = Value(groups["old"].strip(), *head.span("old")) if groups.get("old") else None
        found = way.read(text, head.end(), clause.end)
        for value in found if way.row.several else found[:1]:
            if way.tail is not None and way.tail.match(text, value.end) is None:
                continue
            yield value, old
            old = None

    def _of_noun(self, clause: Clause) -> Iterator[_Draft]:
        """ "My job is ...": the thing names the attribute."""
        row, lead = self._noun_row(clause), _NOUN_VERBS.get(clause.group.lemma)
        before = set(clause.before)
        if row is None or lead is None or _UNREAL_NOUN & before:
            return
        head = lead.match(self._text, clause.rest, clause.end)
        if head is None:
            return
        found = READERS[row.value](self._text, head.end(), clause.end)
        owner = clause.subject
        if row.name == "name" and owner.noun and owner.owner is not None:
            relation = RELATIONS.get(owner.noun)
            if relation is None:
                return
            row, owner = Attribute(relation.attribute, "called", relation.several), owner.owner
        for value in found if row.several else found[:1]:
            yield _Draft(owner, row, value, "former" if _FORMER_NOUN & before else "state")

    def _noun_row(self, clause: Clause) -> Attribute | None:
        noun = clause.noun
        if noun.startswith("favourite "):
            return Attribute(noun, "free")
        if noun.startswith("*"):
            return Attribute(noun[1:], "exact") if not clause.subject.noun else None
        return self._rows.nouns.get(noun)

    def _of_kin(self, clause: Clause) -> Iterator[_Draft]:
        """ "My sister is called Clara" and "Clara is my sister"."""
        if clause.group.lemma != "be":
            return
        subject, text = clause.subject, self._text
        if subject.noun in RELATIONS and subject.owner is not None:
            relation = RELATIONS[subject.noun]
            lead = re.compile(r"(?:(called|named)\s+)?", re.IGNORECASE).match(
                text, clause.rest, clause.end
            )
            assert lead is not None
            kind = "called" if lead[1] else "person"
            found = READERS[kind](text, lead.end(), clause.end)
            if found and found[0].text.lower() not in _NO_PERSON and not subject.named:
                row = Attribute(relation.attribute, kind, relation.several)
                yield _Draft(subject.owner, row, found[0], "state")
        elif subject.kind == "third":
            mine = _MY_KIN.match(text, clause.rest, clause.end)
            if mine is not None and mine[1].lower() in RELATIONS:
                relation = RELATIONS[mine[1].lower()]
                place = text.find(subject.name, max(0, clause.start - 1), clause.rest)
                if place >= 0:
                    value = Value(subject.name, place, place + len(subject.name))
                    row = Attribute(relation.attribute, "person", relation.several)
                    yield _Draft(Party(ME, "first"), row, value, "state")

    def _settled(self, draft: _Draft, clause: Clause, window: Span) -> Claim | None:
        """The draft with mood and times; None where its tense or denial says nothing that holds."""
        group = clause.group
        said = said_times(
            self._text, window, self._when, self._times, future=_looks_ahead(group.tense)
        )
        said = [one for one in said if one.end <= draft.value.start or one.start >= draft.value.end]
        stands = Standing(
            draft.row.name, draft.aspect, self._text[clause.start : clause.end], self._when
        )
        settled = stands.settle(
            group, bounds(self._text, said), lasting(self._text, window, self._when), draft.denied
        )
        if settled is None:
            return None
        mood, times = settled
        span = (min(clause.start, draft.value.start), max(draft.value.end, clause.rest))
        claim = self._claim(draft.party, draft.row, draft.value, span)
        return replace(claim, mood=mood, times=times, sure=0.75 if clause.elided else claim.sure)

    def _claim(self, party: Party, row: Attribute, value: Value, span: Span) -> Claim:
        return Claim(
            party.name,
            row.name,
            value,
            "assertion",
            row.several,
            ((self._turn, *span),),
            about=party,
            row=row,
        )

    def _corrected(self, claim: Claim, clause: Clause, corrected: bool) -> Claim:
        """The claim as a correction where one is marked: "..., not Porto", or "actually, ..."."""
        if claim.mood != "assertion" or not claim.value.text:
            return claim
        turn, start, _ = claim.spans[0]
        contrast = _NOT_THAT.match(self._text, claim.value.end)
        if contrast is not None and claim.row is not None:
            kind = claim.row.value if claim.row.value in READERS else "free"
            wrong = READERS[kind](self._text, contrast.end(), len(self._text))
            if wrong:
                return replace(
                    claim,
                    mood="correction",
                    corrects=wrong[0].text,
                    spans=((turn, start, wrong[0].end),),
                )
        if (
            corrected
            and clause.group.tense == "present"
            and not claim.times.until
            and _CHANGED.search(self._text, clause.start, clause.end) is None
        ):
            return replace(claim, mood="correction")
        return claim


_LEAVING: Final = frozenset(
    ("leave", "quit", "move", "transfer", "switch", "jump", "go", "ditch", "swap", "trade")
)
_WORKING: Final = re.compile(
    r"\b(?:jobs?|roles?|position|company|companies|employers?|team|working|careers?|as an?|firm|"
    r"office|startup|"
    r"Inc|Corp|Ltd|Labs?|Bank|Group|Systems|Software|Studios?|Hospital|Solutions|Technolog\w+|"
    r"Consulting|Partners|"
    r"Industries|Logistics|Media|Clinic)\b"
)
ME: Final = "\x00me"
_MY_KIN: Final = re.compile(
    r"(?:actually |also )?(?:my|our) (?:(?:older|younger|little|big|twin|"
    r"new|oldest|middle|"
    r"eldest|youngest|dear|good|old|favou?rite)\s+)*([\w-]+(?: friend)?)\b",
    re.IGNORECASE,
)
_NO_PERSON: Final = (
    lx.NATIONALITIES
    | lx.RELIGIONS
    | lx.LANGUAGES
    | lx.PLACES
    | listed("mr mrs ms dr god santa asleep vegan")
)


def _looks_ahead(tense: str) -> bool | None:
    return {"past": False, "perfect": False, "future": True, "progressive": True}.get(tense)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a value stands, by what was said of it: what tense and denial come to."""

    attribute: str
    aspect: str
    words: str
    when: datetime | None

    def settle(
        self, group: Group, times: Bounds, lasts: Bounds | None, denied_way: bool
    ) -> tuple[str, Bounds] | None:
        """Mood and times, or None where nothing is claimed."""
        denied = group.denied and not denied_way
        aspect = self.aspect
        if group.phase == "ends":
            aspect = "ends" if aspect == "state" else ""
        elif group.phase == "begins" and aspect == "state":
            aspect = "begins"
        if aspect == "state":
            return self._state(group, times, lasts, denied, denied_way)
        if aspect == "begins":
            return self._begins(group, times, denied)
        if aspect == "ends":
            return self._ends(group, times, denied)
        if aspect == "left" and not denied:
            past = group.tense in ("past", "perfect")
            return (
                ("assertion", self._closed(Bounds(None, None, times.since)))
                if past
                else ("assertion", Bounds())
            )
        return ("assertion", self._closed(times)) if aspect == "former" and not denied else None

    def _state(
        self, group: Group, times: Bounds, lasts: Bounds | None, denied: bool, denied_way: bool
    ) -> tuple[str, Bounds] | None:
        tense = "past" if group.habit or group.adverbs & _ONCE else group.tense
        any_more = _ANY_MORE.search(self.words) is not None or "no longer" in group.adverbs
        if denied:
            if tense not in ("present", "progressive") or (
                self.attribute in _TASTES and not any_more
            ):
                return None
            return "negation", _start(times) if times.since and not times.open else Bounds()
        if denied_way and any_more:
            return None
        open = times if times.open else lasts if lasts is not None else Bounds()
        if tense in ("present", "progressive"):
            return "assertion", open
        if tense == "perfect":
            lives_on = (
                group.ongoing or group.lemma == "be" or self.attribute in _TASTES | _PERMANENT
            )
            return ("assertion", open) if lives_on or open.since else None
        if tense == "future":
            return ("plan", _start(times)) if self._is_ahead(times) else None
        if self.attribute in _PERMANENT:
            return "assertion", Bounds()
        if self.attribute in _NO_PAST:
            return (
                ("negation", Bounds())
                if group.habit and self.attribute in ("like", "hobby")
                else None
            )
        return "assertion", self._closed(times)

    def _begins(self, group: Group, times: Bounds, denied: bool) -> tuple[str, Bounds] | None:
        if denied:
            ahead = group.tense in ("progressive", "future") and not group.habit
            return ("negation", Bounds()) if ahead else None
        if self.attribute in _PERMANENT:
            return "assertion", Bounds()
        if group.tense in ("past", "perfect"):
            if self._is_ahead(times) and times.since is not None:
                times = Bounds()
            return "assertion", _start(times)
        if group.tense == "progressive" and group.lemma in ("learn",):
            return "assertion", Bounds()
        if self.attribute in ("visited", *_TASTES):
            return None
        if group.tense in ("progressive", "future") or (times.since and self._is_ahead(times)):
            return "plan", _start(times) if self._is_ahead(times) else Bounds()
        return None

    def _ends(self, group: Group, times: Bounds, denied: bool) -> tuple[str, Bounds] | None:
        if denied:
            return None
        if group.tense in ("past", "perfect"):
            return "negation", _start(times) if not self._is_ahead(times) else Bounds()
        return ("negation", _start(times)) if times.since and self._is_ahead(times) else None

    def _is_ahead(self, times: Bounds) -> bool:
        """Whether the times begin after the day of speaking; true where no start is known."""
        if times.since is None or self.when is None:
            return True
        return times.since > self.when.date()

    def _closed(self, times: Bounds) -> Bounds:
        """An interval that has ended by the day of speaking."""
        today = self.when.date() if self.when is not None else None
        until = times.until if times.until is not None else today
        if until is not None and today is not None:
            until = min(until, today)
        since = times.since if times.since and (until is None or times.since < until) else None
        return Bounds(since, None, until, times.phrase)


_ONCE: Final = frozenset(("formerly", "previously", "once"))


def _start(times: Bounds) -> Bounds:
    """Only the start of these times: what began then goes on."""
    return Bounds(times.since, times.since_by, None, times.phrase) if times.since else Bounds()
