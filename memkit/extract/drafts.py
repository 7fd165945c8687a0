"""From a clause to values of attributes, before mood and times are settled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from memkit.extract import lexicon as lx
from memkit.extract.attributes import READERS, Attribute, Rows, Way
from memkit.extract.favourites import favourite_of
from memkit.extract.parties import Clause, Party
from memkit.extract.relations import RELATIONS, Relation
from memkit.extract.standing import ANY_MORE
from memkit.extract.values import Value
from memkit.extract.words import listed

__all__ = ["ME", "Draft", "Drafting", "Known", "kin_row"]

Known = Callable[[str, str], str]
"""Of (subject, value): the attribute that this value was last claimed of, or nothing."""
ME: Final = Party("", "first")
"""Stands for the speaker where the clause is not about them."""

_I: Final = re.IGNORECASE
_ENDED: Final = re.compile(
    r"\s*(?:[.,!?;)]|$|(?:last|in|on|two|three|a|about|few|this|yesterday|today|recently|after|"
    r"because|and|but|ago|earlier|back|since|over|some|so|when|before|at|around|for good|now|"
    r"already|sadly|months|years|weeks|due)\b)",
    _I,
)
_TO: Final = re.compile(r"(?:(?:up|down|from .{1,30}?|over|back|again) )*to (?:be )?", _I)
_NOUN_VERBS: Final[dict[str, re.Pattern[str]]] = {
    "be": re.compile(
        r"(?:(?:now|in|at|on|with|called|named|as|just|about|around|located in|based in|going to "
        r"be|near|outside|that of|being|to be|officially|still|currently|spelled|simply|"
        r"definitely|probably|hands down|by far|easily|obviously|of course),?\s+)*",
        _I,
    ),
    "take": re.compile(r"(?:me |us |him |her )?(?:now )?", _I),
    "fall": re.compile(r"(?:from .{1,20}? to|on) (?:the )?", _I),
    "become": re.compile(r"", _I),
    "cost": re.compile(r"(?:me |us )?", _I),
    **dict.fromkeys(("change", "go", "drop", "increase", "rise", "jump", "shrink", "grow"), _TO),
}
_UNREAL_NOUN: Final = listed(
    "dream ideal perfect possible potential next future imaginary fantasy would-be fake pen "
    "stage no fictional"
)
_FORMER_NOUN: Final = listed("old previous former last ex first childhood late earlier past")
_LEAVING: Final = frozenset(
    ("leave", "quit", "move", "transfer", "switch", "jump", "go", "ditch", "swap", "trade")
)
_WORKING: Final = re.compile(
    r"\b(?:jobs?|roles?|position|company|companies|employers?|team|working|careers?|as an?|firm|"
    r"office|startup|Inc|Corp|Ltd|Labs?|Bank|Group|Systems|Software|Studios?|Hospital|Solutions|"
    r"Technolog\w+|Consulting|Partners|Industries|Logistics|Media|Clinic)\b"
)
_MOVES: Final = frozenset(("home", "employer"))
_CALLED: Final = re.compile(r"(?:(called|named)\s+)?", _I)
_KIN_WORD: Final = (
    r"(?:(?:older|younger|little|big|twin|new|oldest|middle|eldest|youngest|dear|good|old|actual|"
    r"favou?rite)\s+)*(?P<noun>best friend|[\w-]+)"
)
_MY_KIN: Final = re.compile(
    rf"(?:(?:my|our) {_KIN_WORD}|an? {_KIN_WORD.replace('noun', 'other')} of (?:mine|ours))\b", _I
)
_NO_PERSON: Final = (
    lx.NATIONALITIES | lx.RELIGIONS | lx.LANGUAGES | lx.PLACES
    | listed("mr mrs ms dr god santa asleep vegan")
)  # fmt: skip
_OF_ANIMALS: Final = frozenset(("age", "birthday", "weight"))
_OF_OBJECTS: Final = frozenset(("like", "dislike", "hobby", "instrument", "owns", "visited", "job"))
_THEN: Final = re.compile(
    r"\b(?:when|after|before|until|till|since|once|the (?:day|year|time|moment)|by the time)\s+\Z",
    _I,
)
_OF_ONE: Final = frozenset(
    ("job", "age", "name", "birthday", "height", "weight", "hometown", "birthplace")
)
"""What two do not have as one: "we are JC's Locksmith"."""
_BORN: Final = re.compile(r"born in\b", _I)
_DYING: Final[dict[str, re.Pattern[str]]] = {
    "die": re.compile(r""),
    "pass": re.compile(r"(?:away|on)\b", _I),
    "run": re.compile(r"away\b(?! from\b)", _I),
}
_COVERS: Final = frozenset(("home", "car", "employer", "pet"))
"""What says better what "owns" would say of the same thing."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A value found for an attribute of somebody; `aspect` and `denied` as in `Standing`."""

    party: Party
    row: Attribute
    value: Value
    aspect: str
    denied: bool = False
    instead: str = ""


def kin_row(relation: Relation) -> Attribute:
    """The row of a relation: "my sister" fills `sister`."""
    return Attribute(relation.attribute, "called", several=relation.several)


class Drafting:
    """The drafts of the clauses of one text."""

    def __init__(self, rows: Rows, text: str, known: Known) -> None:
        """`known` tells of which attribute a subject's value was claimed before."""
        self._rows = rows
        self._text = text
        self._known = known

    def of(self, clause: Clause) -> list[Draft]:
        """All that a clause says of its subject."""
        return list(self._of_noun(clause) if clause.noun else self._decided(clause))

    def _decided(self, clause: Clause) -> Iterator[Draft]:
        """The drafts of the verb, without those that "I left X for Y" leaves in doubt."""
        found = [*self._of_verb(clause), *self._of_kin(clause), *self._of_loss(clause)]
        names = {draft.row.name for draft in found}
        kept = ""
        if clause.group.lemma in _LEAVING and names & _MOVES:
            kept = self._left(clause, found, both=names >= _MOVES)
            found = [d for d in found if d.row.name not in _MOVES or d.row.name == kept]
        if "owns" in names and names & _COVERS:
            found = [d for d in found if d.row.name != "owns"]
        yield from found

    def _left(self, clause: Clause, found: list[Draft], *, both: bool) -> str:
        """Whether a move is one of home or of employer; nothing where that cannot be told."""
        moves = [draft for draft in found if draft.row.name in _MOVES]
        values = {draft.value.text.lower() for draft in moves}
        for value in values:
            known = self._known(clause.subject.name, value)
            if known in _MOVES:
                return known
        working = _WORKING.search(self._text, clause.start, clause.end) is not None
        if clause.group.lemma in ("leave", "quit") and len(values) == 1 and not working:
            return "employer" if values & lx.FIRMS or clause.group.lemma == "quit" else ""
        if values & lx.PLACES:
            return "home"
        if values & lx.FIRMS or working:
            return "employer"
        if not both:
            return moves[0].row.name
        return "home" if clause.group.lemma in ("move", "transfer", "go") else ""

    def _of_verb(self, clause: Clause) -> Iterator[Draft]:
        group, subject = clause.group, clause.subject
        relative = RELATIONS.get(subject.noun)
        done: set[str] = set()
        told = group.tense in ("past", "perfect")
        for way in (self._rows.told if told else self._rows.ways).get(group.lemma, ()):
            row = way.row
            if row.name in done or (way.only and not self._suits(way, clause)):
                continue
            if clause.gap and row.name in _OF_OBJECTS and group.lemma != "be":
                continue
            if (
                row.name == "hometown"
                and subject.kind == "third"
                and _BORN.match(self._text, clause.rest)
            ):
                continue
            if row.name in _OF_ONE and self._text[clause.start : clause.start + 2].lower() == "we":
                continue
            if row.name == "age" and _THEN.search(self._text, 0, clause.start):
                continue
            if relative is not None and not _may_say(row, relative, subject):
                continue
            for value, old in self._read(way, clause):
                done.add(row.name)
                yield Draft(subject, row, value, way.aspect, way.only == "not")
                if old is not None and (row.name != "job" or lx.is_job(old.text.lower())):
                    yield Draft(subject, row, old, "left")

    def _suits(self, way: Way, clause: Clause) -> bool:
        """Whether the denial that a way asks for is there."""
        if way.only == "not" or not clause.group.denied:
            return clause.group.denied
        words = self._text[clause.start : clause.end]
        return "no longer" in clause.group.adverbs or ANY_MORE.search(words) is not None

    def _read(self, way: Way, clause: Clause) -> Iterator[tuple[Value, Value | None]]:
        """The values that a way finds, the first with what the change leads away from."""
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
            if way.tail is None or way.tail.match(text, value.end):
                yield value, old
                old = None

    def _of_noun(self, clause: Clause) -> Iterator[Draft]:
        """ "My job is ...": the thing names the attribute."""
        row, lead = self._noun_row(clause), _NOUN_VERBS.get(clause.group.lemma)
        before = set(clause.before)
        if row is None or lead is None or _UNREAL_NOUN & before:
            return
        if not _may_begin(self._text, clause.start):
            return
        head = lead.match(self._text, clause.rest, clause.end)
        if head is None or (row.name == "allergy" and before - _WORST):
            return
        if _OTHERS.get(row.name, frozenset()) & before:
            return
        if row.name == "allergy" and _GONE.match(self._text, head.end(), clause.end):
            return  # told as its end
        if row.name == "budget" and " for " in self._text[clause.start : clause.rest]:
            return  # of something: told by the amount
        found = READERS[row.value](self._text, head.end(), clause.end)
        owner, instead = clause.subject, ""
        if row.name == "name" and owner.noun and owner.owner is not None:
            relation = RELATIONS.get(owner.noun)
            if relation is None:
                return
            row, owner, instead = kin_row(relation), owner.owner, owner.noun
        for value in found if row.several else found[:1]:
            aspect = "former" if _FORMER_NOUN & before else "state"
            if clause.group.lemma not in ("be", "take", "cost"):
                aspect = "begins"
            yield Draft(owner, row, value, aspect, instead=instead)

    def _noun_row(self, clause: Clause) -> Attribute | None:
        noun = clause.noun
        if noun == "number" and set(clause.before) - _TELEPHONE:
            return Attribute(" ".join((*clause.before[-2:], noun)), "exact")
        if noun.startswith("favourite "):
            return favourite_of(noun.removeprefix("favourite ")) or Attribute(noun, "free")
        if noun.startswith("*") and noun.split(" ")[-1].lstrip("*") in lx.EVENTS:
            return None  # an appointment: told by its day
        if noun.startswith("*"):
            mine = clause.subject.kind == "first"
            return Attribute(noun[1:], "exact") if mine else None
        return self._rows.nouns.get(noun)

    def _of_kin(self, clause: Clause) -> Iterator[Draft]:
        """ "My sister is called Clara" and "Clara is my sister"."""
        if clause.group.lemma != "be":
            return
        subject, text = clause.subject, self._text
        relation = RELATIONS.get(subject.noun)
        if relation is not None and subject.owner is not None:
            lead = _CALLED.match(text, clause.rest, clause.end)
            assert lead is not None
            found = READERS["called" if lead[1] else "person"](text, lead.end(), clause.end)
            known = not lead[1] and found and found[0].text.lower() in _NO_PERSON
            if found and not subject.named and not known:
                yield Draft(
                    subject.owner, kin_row(relation), found[0], "state", instead=subject.noun
                )
        elif subject.kind == "third":
            mine = _MY_KIN.match(text, clause.rest, clause.end)
            relation = RELATIONS.get((mine["noun"] or mine["other"]).lower()) if mine else None
            place = text.find(subject.name, max(0, clause.start - 1), clause.rest)
            if relation is not None and place >= 0:
                value = Value(subject.name, place, place + len(subject.name))
                yield Draft(ME, kin_row(relation), value, "state")

    def _of_loss(self, clause: Clause) -> Iterator[Draft]:
        """ "My dog Rex died"."""
        over = _DYING.get(clause.group.lemma)
        if over is None or over.match(self._text, clause.rest, clause.end) is None:
            return
        subject = clause.subject
        relation = RELATIONS.get(subject.noun)
        place = self._text.find(
            subject.name if subject.named or not subject.noun else subject.noun,
            clause.start,
            clause.end,
        )
        if place < 0:
            return
        if relation is not None and relation.animal and subject.owner is not None:
            name = subject.name if subject.named else subject.noun
            yield Draft(
                subject.owner, kin_row(relation), Value(name, place, place + len(name)), "ends"
            )
        elif self._known("", subject.name) == "pet":
            value = Value(subject.name, place, place + len(subject.name))
            yield Draft(ME, kin_row(RELATIONS["pet"]), value, "ends")


_GONE: Final = re.compile(r"\s*(?:gone|over|history|cured|better|worse|back|bad|severe|mild)\b", _I)
_GOVERNED: Final = re.compile(
    r"\b(?:of|about|with|for|in|at|to|from|on|like|by|[a-z]{2,}ing|lost|quit|love|hate)\s+\Z", _I
)


def _may_begin(text: str, start: int) -> bool:
    """Whether "my job" can be a subject at this place: not in "losing my job was hard"."""
    return _GOVERNED.search(text, max(0, start - 16), start) is None


_TELEPHONE: Final = listed("new phone mobile cell work home whatsapp old current personal private")
_OTHERS: Final[dict[str, frozenset[str]]] = {
    "home": listed(
        "work office summer holiday vacation weekend parents second other email web ip mailing "
        "business"),
    "phone": listed("work office emergency home fax"), "email": listed("work old"),
    "name": listed(
        "middle last maiden brand company business pen stage code project file nick user pet"),
}  # fmt: skip
"""Words before a noun that make something else of it: "my work address"."""
_WORST: Final = listed("only main worst biggest food known")


def _may_say(row: Attribute, relative: Relation, subject: Party) -> bool:
    """Whether this is said of such a relative: animals have no jobs, the unnamed no other name."""
    if row.name == "name" and not subject.named:
        return False
    return not relative.animal or row.name in _OF_ANIMALS
