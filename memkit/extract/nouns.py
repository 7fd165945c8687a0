"""Noun phrases that begin clauses: "my sister Clara", "our new flat", "my favourite colour"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from memkit.extract.joints import BEING, being, is_contracted
from memkit.extract.parties import Clause, Kinship, Party, Possession, Voices
from memkit.extract.relations import FORMER, PLURALS, RELATIONS, Gender, Relation
from memkit.extract.sentences import Span
from memkit.extract.values import Value, person
from memkit.extract.verbs import FORMS, Group, group
from memkit.extract.words import ADVERBS, COMMON, HEDGES, is_name, listed, tokens

__all__ = ["LEADS", "NOT_NOUNS", "NounPhrases", "People"]

NOT_NOUNS: Final = listed(
    "of in on at to for with and or but that which who when where is are "
    "was were "
    "be been am i you he she it we they not if so as by from than , . ! ? ; "
    ': ( ) "'
)
_NOUN_VERBS: Final = listed(
    "is was 's will has had are were used isn't became 're 'll got takes took just now changed "
    "keeps starts went falls dropped increased ends cost rose"
)
_NOUN_ENDS: Final = listed(", : that of for in at to on with i we ( - and") | {""}
_STOPS: Final = listed(", . ! ? ; i we he she and but ( because so")
_NO_NAMES: Final = listed(
    "english french spanish german american christmas easter god internet tv facebook instagram "
    "netflix zoom covid thanksgiving halloween"
)
_REPLACED: Final = listed(
    "boss landlord roommate colleague coach doctor dentist therapist mentor neighbour"
)
_PREPOSITIONS: Final = listed("of about with for in at to from like by on without than as")
_OPENING_NOUNS: Final = listed(
    "way record time moment fact day side note point end news honest fair"
)
_DETERMINERS: Final = listed(
    "the a an this that these those my your his her our their some any every each only no"
)
_OBJECTS: Final = listed(
    "what whatever which whom everything something anything one ones things all people"
)
_THAT_AFTER: Final = listed(
    "glad sure happy sorry afraid aware so proud certain means you me fact now because"
)
LEADS: Final = listed(
    "so well oh hey hi yes yeah yep no nope ok okay wow btw and but also fyi anyway update news "
    "ps haha lol thanks honestly sure plus hello guess what great good actually sorry wait hmm"
)
_SUBJECTS: Final = listed("i we he she")
_QUESTION_VERBS: Final = listed("do does did are is was were have has 're")
_FAVOURITE: Final = listed("favourite favorite fave fav")
_FAVOURITE_VERBS: Final = listed("is are was 's would has used : 're remains will became")
_FAVOURITE_TAILS: Final = (
    " of all time",
    " ever",
    " right now",
    " at the moment",
    " these days",
    " by far",
    " to eat",
    " to read",
    " to watch",
    " to do",
    " to cook",
    " to visit",
    " so far",
)
_NO_FAVOURITE: Final = listed("thing part things one moment memory of parts ones moments memories")


_WHOSE_NAME: Final = frozenset(
    ("whose name is", "who is called", "who 's called", "who is named", "whose name 's")
)


class People:
    """Who has been spoken of in a turn, and as whose relatives."""

    def __init__(self, text: str, voices: Voices, nouns: Mapping[str, object]) -> None:
        """`nouns` are the things of a person that attributes know, by name in lower case."""
        self.text = text
        self.nouns = nouns
        self.first = Party(voices.speaker, "first")
        self.second = Party(voices.addressee or "", "second")
        self.people: list[Party] = []
        self.kin: list[Kinship] = []
        self.had: list[Possession] = []

    def saw(self, party: Party) -> None:
        """Somebody was spoken of: a pronoun may mean them."""
        if party.kind == "third":
            others = [one for one in self.people if one.name != party.name]
            self.people = [*others[-4:], party]

    def meant(self, gender: Gender) -> Party | None:
        """Whom "he" or "she" means: the only one of late that it can mean."""
        fitting = [one for one in self.people if one.gender in (gender, "")]
        sure = [one for one in fitting if one.gender == gender]
        if len(sure) == 1 and (len(fitting) == 1 or fitting[-1] == sure[0]):
            return sure[0]
        return fitting[0] if len(fitting) == 1 else None

    def somebody(self, name: str) -> Party:
        """Who goes by that name: the speaker, one spoken of before, or someone new."""
        if name.lower() == self.first.name.lower():
            return self.first
        return next((one for one in self.people if one.name == name), Party(name))


class NounPhrases:
    """The tokens of one sentence, and the clauses that noun phrases begin in it."""

    def __init__(self, people: People, span: Span, asked: bool) -> None:
        self._scan = people
        self._text = people.text
        self._span = span
        self._tokens = tokens(people.text, *span)
        self._asked = asked
        self._found: list[Clause] = []

    def _low(self, place: int) -> str:
        return self._tokens[place].low if 0 <= place < len(self._tokens) else ""

    def _words(self, place: int, length: int) -> str:
        if place + length > len(self._tokens):
            return ""
        return " ".join(token.low for token in self._tokens[place : place + length])

    def _clause(
        self, subject: Party, start: int, verb: int, noun: str = "", before: tuple[str, ...] = ()
    ) -> int:
        """Add the clause whose verb group begins at token `verb`; the token to go on from."""
        asked = self._low(start - 1) if self._asked and start else ""
        given = asked if asked in _QUESTION_VERBS else ""
        pronoun = verb == start + 1 and self._low(start) in _SUBJECTS
        found = group(self._tokens, verb, given=given, guess=pronoun)
        if noun and self._low(verb) in BEING:
            found = being(self._tokens, verb)
        if found is None or (
            subject.kind == "third" and (found.base or not self._may_begin(start))
        ):
            return max(verb, start + 1)
        self._add(subject, found, start, noun, before)
        self._scan.saw(self._by_name(subject, noun, found))
        return max(found.rest, start + 1)

    def _add(
        self, subject: Party, found: Group, start: int, noun: str = "", before: tuple[str, ...] = ()
    ) -> None:
        rest = self._tokens[found.rest].start if found.rest < len(self._tokens) else self._span[1]
        begin = self._tokens[start].start
        gap = self._has_gap(start)
        verb = self._tokens[found.verb].start if 0 <= found.verb < len(self._tokens) else rest
        self._found.append(
            Clause(subject, found, begin, rest, self._span[1], noun, before, gap=gap, verb=verb)
        )

    def _may_begin(self, start: int) -> bool:
        """Whether a subject can stand at a token: not behind a preposition or gerund."""
        before = self._low(start - 1)
        return not (before in _PREPOSITIONS or (before.endswith("ing") and before in FORMS))

    def _has_gap(self, start: int) -> bool:
        """Whether what stands before a subject may be the object of its verb: "things I love"."""
        before = self._low(start - 1)
        if not before[:1].isalpha() or self._tokens[start - 1].capital:
            return False
        if before in _OPENING_NOUNS:
            return False
        if before == "that":
            leading = self._low(start - 2)
            return leading not in FORMS and leading not in _THAT_AFTER and leading not in ADVERBS
        if before in _OBJECTS:
            return True
        if before in COMMON or before in ADVERBS or before in FORMS or before in HEDGES:
            return False
        led = any(self._low(start - back) in _DETERMINERS for back in (2, 3, 4))
        return led or before.endswith("s")

    def _by_name(self, subject: Party, noun: str, found: Group) -> Party:
        """Whom a pronoun will mean: "my mom's name is Olga and she ..." is about Olga."""
        if noun != "name" or not subject.noun or subject.named or found.rest >= len(self._tokens):
            return subject
        names = person(self._text, self._tokens[found.rest].start, self._span[1])
        if not names:
            return subject
        self._scan.people = [one for one in self._scan.people if one.name != subject.name]
        return replace(subject, name=names[0].text, named=True)

    def _owned(self, owner: Party, start: int, place: int, *, bare: bool = False) -> int:
        """What follows "my": a relative, or a thing that attributes know."""
        before: list[str] = []
        for at in range(place, min(place + 5, len(self._tokens))):
            for length in (3, 2, 1):
                words = self._words(at, length)
                if words in RELATIONS or words in PLURALS:
                    if bare and self._is_named(at + length):
                        return at + length  # "Mama Tunde" is a name
                    return self._relative(owner, start, at + length, words, tuple(before))
                if words in self._scan.nouns and self._ends_noun(at + length):
                    return self._thing(owner, start, at + length, words, tuple(before))
            low = self._low(at)
            if low in _FAVOURITE:
                return self._favourite(owner, start, at + 1, tuple(before))
            if low in NOT_NOUNS or not low[:1].isalnum():
                break
            before.append(low)
        return self._other_noun(owner, start, place)

    def _is_named(self, place: int) -> bool:
        """Whether a proper noun begins at a token."""
        if place >= len(self._tokens):
            return False
        return is_name(self._text, self._tokens[place], first=False)

    def _ends_noun(self, place: int) -> bool:
        """Whether a noun phrase can end before this token: its verb or "'s" follows."""
        low = self._low(place)
        return low in FORMS or low in ADVERBS or low in _NOUN_VERBS or low in _NOUN_ENDS

    def _thing(
        self, owner: Party, start: int, place: int, noun: str, before: tuple[str, ...]
    ) -> int:
        """A thing of the owner's: its verb comes at once, or after "of mine", "for the trip"..."""
        if self._low(place) == ":":
            return self._colon(owner, start, place, noun, before)
        for ahead in range(place, min(place + 6, len(self._tokens))):
            low = self._low(ahead)
            if low in _NOUN_VERBS:
                return self._clause(owner, start, ahead, noun, before)
            if low in _STOPS:
                break
        return place

    def _colon(
        self, owner: Party, start: int, place: int, noun: str, before: tuple[str, ...]
    ) -> int:
        self._add(owner, Group("be", "present", place + 1), start, noun, before)
        return place + 1

    def _favourite(self, owner: Party, start: int, place: int, before: tuple[str, ...]) -> int:
        for ahead in range(place, min(place + 5, len(self._tokens))):
            low = self._low(ahead)
            if low in _FAVOURITE_VERBS:
                what = self._words(place, ahead - place)
                for tail in _FAVOURITE_TAILS:
                    what = what.removesuffix(tail)
                if not what or "," in what or what.split(" ")[0] in _NO_FAVOURITE:
                    return ahead
                noun = f"favourite {what}"
                if low == ":":
                    return self._colon(owner, start, ahead, noun, before)
                return self._clause(owner, start, ahead, noun, before)
            if not low[:1].isalnum() and low not in ("-", "'s"):
                break
        return place

    def _other_noun(self, owner: Party, start: int, place: int) -> int:
        """A noun that no attribute knows: "my blood type is O+"."""
        for ahead in range(place + 1, min(place + 4, len(self._tokens))):
            low = self._low(ahead)
            if low in ("is", "was"):
                noun = self._words(place, ahead - place)
                if any(
                    word in COMMON or word in ADVERBS or not word.replace("-", "").isalpha()
                    for word in noun.split(" ")
                ):
                    return place
                return self._clause(owner, start, ahead, f"*{noun}")
            if not low.replace("-", "").isalpha() or low in NOT_NOUNS:
                break
        return place

    def _relative(
        self, owner: Party, start: int, place: int, noun: str, before: tuple[str, ...]
    ) -> int:
        singular = noun if noun in RELATIONS else PLURALS[noun]
        relation = RELATIONS[singular]
        names, after = self._names(place, noun)
        last = set(before[-2:])
        former = bool(FORMER & last) or ("old" in last and relation.attribute in _REPLACED)
        begin = self._tokens[start].start
        self._scan.kin += [
            Kinship(owner, relation, name, begin, singular, former) for name in names
        ]
        if noun not in RELATIONS:
            if len(names) == 1:
                return self._clause(Party(names[0].text), start, after)
            return after if names else self._all_called(owner, relation, start, after)
        who = self._relation(owner, relation, singular, names)
        if self._low(after) == "'s" and not is_contracted(self._tokens, after):
            return max(self._owned(who, start, after + 1), after + 1)
        self._scan.saw(who)
        if self._low(after) in (",", "(") and self._low(after + 1) == "who":
            after += 2
        elif self._low(after) in ("who", "that"):
            after += 1
        if self._low(after) == "and" and self._low(after + 1) == "i":
            return after + 1
        return self._clause(who, start, after)

    def _all_called(self, owner: Party, relation: Relation, start: int, after: int) -> int:
        """ "My two sons are called Ivo and Max"."""
        if self._low(after) not in ("are", "'re", ":"):
            return after
        at = after + 1 + (self._low(after + 1) in ("called", "named"))
        if at >= len(self._tokens):
            return after
        begin = self._tokens[start].start
        names = person(self._text, self._tokens[at].start, self._span[1])
        several = [name for name in names if len(names) > 1 or at > after + 1]
        self._scan.kin += [Kinship(owner, relation, name, begin, "") for name in several]
        return at

    def _relation(self, owner: Party, relation: Relation, noun: str, names: list[Value]) -> Party:
        name = names[0].text if names else f"{owner.name}'s {noun}"
        return Party(name, "third", relation.gender, noun, owner, named=bool(names))

    def _names(self, place: int, noun: str) -> tuple[list[Value], int]:
        """The names right after a relative, and the token after them."""
        at = place
        quote = self._low(at) in (",", "(", "-", ":", "\u2013", "\u2014", '"')
        if quote:
            at += 1
        if self._low(at) in ("named", "called"):
            at += 1
        elif self._words(at, 3) in _WHOSE_NAME:
            at += 3
        if at >= len(self._tokens) or not self._tokens[at].capital:
            return [], place
        if (
            not is_name(self._text, self._tokens[at], first=False)
            or self._tokens[at].low in _NO_NAMES
        ):
            return [], place
        plural = noun in PLURALS
        found = person(self._text, self._tokens[at].start, self._span[1])
        found = found if plural else found[:1]
        if not found:
            return [], place
        after = at
        while after < len(self._tokens) and self._tokens[after].start < found[-1].end:
            after += 1
        follows = self._low(after)
        closing = (",", ")", "-", "\u2013", "\u2014", '"')
        if (
            quote
            and not plural
            and follows not in (*closing, ".", "!", "", "'s", "is", "who", "and", ":")
        ):
            return [], place
        return found, after + (quote and follows in closing)
