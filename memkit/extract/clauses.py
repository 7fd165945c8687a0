"""Who does what in a sentence: subjects with their finite verbs, as far as the grammar goes.

A clause is a subject (the speaker, the one spoken to, a relative of theirs, someone by name, or a
thing that is theirs) with its verb group; what follows, up to the next clause, is left as text for
the attributes to read.
"""

from __future__ import annotations

import re
from typing import Final

from memkit.extract.joints import elided, is_contracted, shared
from memkit.extract.nouns import LEADS, NOT_NOUNS, NounPhrases, People
from memkit.extract.parties import Clause, Kinship, Party, Possession
from memkit.extract.relations import PLURALS, RELATIONS, Gender
from memkit.extract.sentences import Span
from memkit.extract.values import Value, proper
from memkit.extract.words import ADVERBS, is_name, listed

__all__ = ["Scan"]

_FIRST: Final = listed("i we")
_THIRD: Final[dict[str, Gender]] = {"he": "m", "she": "f", "his": "m", "her": "f"}
_BREAKS: Final = listed(
    ", ; : ( ) - \u2013 \u2014 and but so then plus while & or . ! ? \u2026 that"
)
_BARE_KIN: Final = listed("mom mum dad mama papa grandma grandpa mommy daddy mummy nana")
_ELIDED: Final = listed(
    "moved got started bought adopted been quit left lost visited went used joined became "
    "retired relocated finished graduated living working studying married engaged born allergic "
    "based switched celebrated turned signed landed accepted gonna going moving planning picked "
    "took gave sold spent love loved hate enjoying learning speak originally live work have "
    "recently just finally currently also still never paid raised grew"
)
_HAVING: Final = listed("have own get adopt rescue buy welcome foster keep raise lose")
_ASIDE: Final = re.compile(
    r",\s+(?:by the way|btw|incidentally|actually|of course|meanwhile|in fact|for one|for "
    r"example|again|apparently|on the other hand|as you know|you know),\s+",
    re.IGNORECASE,
)
"""What may stand between a subject and its verb."""
_COUNTED: Final = listed("a an one two three four five six some another")
_AFTER_HAD: Final = listed(
    ", . ! ? ; : ( ) - and but or named called who that which at in from "
    "with now too "
    "so last this next yesterday today on for since when because if whose "
    "as also "
    'together again already years \u2013 \u2014 " i we he she it they lol '
    "haha"
) | {""}


class Scan(People):
    """The clauses of one turn, sentence by sentence; remembers who was spoken of."""

    def sentence(self, span: Span, *, asked: bool = False) -> list[Clause]:
        """The clauses of the sentence there; `asked`: read "do you live" as "you live"."""
        return _Sentence(self, span, asked).read()


class _Sentence(NounPhrases):
    """One pass over the tokens of a sentence."""

    def read(self) -> list[Clause]:
        place = self._begin_elided()
        while place < len(self._tokens):
            place = self._step(place)
        for one, following in zip(self._found, self._found[1:], strict=False):
            one.end = max(one.rest, following.start)
        return self._found

    def _step(self, place: int) -> int:
        """Read what begins at a token; the token to go on from."""
        low = self._low(place)
        if low in _FIRST:
            return self._clause(self._scan.first, place, place + 1)
        if low in ("you", "u", "ya"):
            return self._clause(self._scan.second, place, place + 1)
        if low in ("my", "our", "your"):
            owner = self._scan.second if low == "your" else self._scan.first
            return self._owned(owner, place, place + 1)
        if low in _THIRD:
            return self._pronoun(low, place)
        if low in ("and", "but", ",", "then", "so", "who", "&", ";", "-", "\u2013", "\u2014"):
            return self._continued(place)
        if (
            self._found
            and place == self._found[-1].group.rest
            and self._found[-1].group.lemma in _HAVING
        ):
            after = self._possessed(place)
            if after > place:
                return after
        if low in _BARE_KIN and (place == 0 or self._low(place - 1) in _BREAKS):
            return max(self._owned(self._scan.first, place, place, bare=True), place + 1)
        if low in ("a", "one"):
            return self._friend_of_mine(place)
        if is_name(self._text, self._tokens[place], first=place == 0):
            return self._named(place)
        return place + 1

    def _pronoun(self, low: str, place: int) -> int:
        party = self._scan.meant(_THIRD[low])
        if party is None:
            return place + 1
        if low in ("his", "her"):
            return self._owned(party, place, place + 1)
        return self._clause(party, place, place + 1)

    def _named(self, place: int) -> int:
        """A proper noun: a subject if a verb follows, an owner if "'s" does."""
        run = proper(self._text, self._tokens[place].start, self._span[1], most=4)
        if run is None or run[0] != self._tokens[place].start:
            return place + 1
        after = place
        while after < len(self._tokens) and self._tokens[after].start < run[1]:
            after += 1
        who = self._scan.somebody(self._text[slice(*run)])
        if self._low(after) == "'s" and not is_contracted(self._tokens, after):
            return max(self._owned(who, place, after + 1), after)
        if self._low(after) == "," and self._low(after + 1) in ("my", "our"):
            return self._apposed(who, run, after + 1)
        if self._low(after) == "and":
            self._scan.saw(who)
            return after
        aside = _ASIDE.match(self._text, run[1], self._span[1])
        if aside is not None:
            while after < len(self._tokens) and self._tokens[after].start < aside.end():
                after += 1
        return max(self._clause(who, place, after), after)

    def _apposed(self, who: Party, run: Span, place: int) -> int:
        """ "Clara, my sister, moved": the name first."""
        for at in range(place + 1, min(place + 4, len(self._tokens))):
            for length in (2, 1):
                words = self._words(at, length)
                if words in RELATIONS and self._low(at + length) in (",", ".", ")", "!", ""):
                    relation = RELATIONS[words]
                    owner = self._scan.first
                    self._scan.kin.append(
                        Kinship(owner, relation, Value(who.name, *run), run[0], words)
                    )
                    party = Party(who.name, "third", relation.gender, words, owner, named=True)
                    self._scan.saw(party)
                    return self._clause(party, place, at + length + 1)
        return place

    def _friend_of_mine(self, place: int) -> int:
        """ "A friend of mine, Tom," and "one of my sisters, Clara,"."""
        mine = self._scan.first
        for at in range(place + 1, min(place + 4, len(self._tokens))):
            if self._low(at) in RELATIONS and self._words(at + 1, 2) in ("of mine", "of ours"):
                return self._relative(mine, place, at + 3, self._low(at), ())
        if self._words(place, 3) in ("one of my", "one of our"):
            for at in range(place + 3, min(place + 6, len(self._tokens))):
                if self._low(at) in PLURALS:
                    return self._relative(mine, place, at + 1, PLURALS[self._low(at)], ())
        return place + 1

    def _possessed(self, place: int) -> int:
        """Somebody that the clause before says one has; the token to go on from."""
        for at in range(place, min(place + 6, len(self._tokens))):
            low = self._low(at)
            for length in (2, 1):
                noun = self._words(at, length)
                if noun in RELATIONS or noun in PLURALS:
                    bare = at == place and noun not in PLURALS
                    return place if bare else self._having(noun, at, at + length)
            if (
                low in NOT_NOUNS
                or not low[:1].isalnum()
                or low in ("my", "our", "your", "his", "her")
            ):
                break
        return place

    def _having(self, noun: str, at: int, after: int) -> int:
        while self._low(after) in RELATIONS or self._low(after) in PLURALS:
            noun, after = self._low(after), after + 1  # "a golden retriever puppy"
        if (
            self._low(after) not in _AFTER_HAD
            and not self._tokens[min(after, len(self._tokens) - 1)].capital
        ):
            return at  # "a dog walker"
        singular = noun if noun in RELATIONS else PLURALS[noun]
        relation, clause = RELATIONS[singular], self._found[-1]
        names, stop = self._names(after, noun)
        start, end = self._tokens[at].start, self._tokens[after - 1].end
        kind = Value(self._text[start:end], start, end)
        self._scan.had.append(
            Possession(clause, relation, tuple(names), kind, names[-1].end if names else end)
        )
        if noun in RELATIONS:
            self._scan.saw(self._relation(clause.subject, relation, singular, names))
        more = (
            stop
            + (self._low(stop) == ",")
            + (self._words(stop, 1) == "and" or self._low(stop + 1) == "and")
        )
        if more > stop and (self._low(more) in _COUNTED or self._low(more).isdigit()):
            return max(self._possessed(more), stop)
        return stop

    def _continued(self, place: int) -> int:
        """A further verb of the same subject: "I live in Porto and work as a nurse"."""
        at = place + 1
        while self._low(at) in (
            "and",
            "then",
            "but",
            "also",
            "who",
            "just",
            "now",
            "recently",
            "finally",
            "even",
        ):
            at += 1
        if not self._found or not self._low(at):
            return place + 1
        last = self._found[-1]
        if "who" in (self._low(place), self._low(at - 1)):
            people = self._scan.people
            relative = people and last.subject.kind == "first"
            return self._clause(people[-1], place, at) if relative else place + 1
        found = shared(self._tokens, place, at, last)
        if found is None:
            return place + 1
        self._add(last.subject, found, at)
        return max(found.rest, at + 1)

    def _begin_elided(self) -> int:
        """A sentence that leaves "I" out: "Just moved to Porto!"; the token to go on from."""
        at = 0
        while self._low(at) in LEADS or (self._low(at) in (",", "!", "-", ":") and at):
            at += 1
        if self._low(at) not in _ELIDED or self._asked:
            return 0
        verb = at
        while self._low(verb) in ADVERBS:
            verb += 1
        found = elided(self._tokens, verb)
        if found is None:
            return 0
        self._add(self._scan.first, found, at)
        self._found[-1].elided = True
        return found.rest
