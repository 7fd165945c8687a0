"""A question as a chain of facts is looked for: whom it names, what it asks, in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from memkit.knowledge import key
from memkit.text import stem, terms, words

_TOKEN: Final = re.compile(r"\S+")
_POSSESSIVE: Final = re.compile(r"['\u2019]s?\W*\Z")
_LONGEST: Final = 12
"""Words of a name."""
_ME: Final = frozenset("i me my mine we us our ours i'm i've".split())
_ASKING: Final = frozenset("who whom whose what which where when how".split())
_EMPTY: Final = frozenset(
    "name named names person people individual someone somebody one thing called call know known "
    "serve serves served serving act acts hold holds held current currently place location located "
    "responsible associated title tell".split()
)
"""Words that tell next to nothing of which relation is asked for."""
_KINDS: Final = frozenset(
    "city town village country nation state region place area person man woman company firm "
    "organization organisation institution group date day year".split()
)
"""What an answer is, which need not be said: "in which city was she born" asks where."""
_HEAD_ENDS: Final = frozenset(
    "of that where who whom whose which do does did in from to for by with on at and has have had "
    "known associated".split()
)
"""Words with which what is asked for ends: "which city", "what is the capital of"."""
_THROUGH: Final = frozenset("name title position role post office type kind sort form".split())
"""Nouns that only lead to what is asked for: "the name of the capital"."""
_ADVERBS: Final = frozenset("where when how".split())
_DO: Final = frozenset("do does did".split())
_BE: Final = frozenset("is are was were can".split())
_VERB: Final = 3
"""Words of a verb with what belongs to it: "breathe his last"."""
_OF: Final = 2
"""How far before a name stands whose it is: "wife of Ana"."""
_DETERMINERS: Final = frozenset("the a an my your his her its our their".split())
_WHICH: Final = frozenset(
    "older younger elder eldest oldest youngest big bigger little best closest old new current "
    "former late first second last only own dear".split()
)
"""Adjectives that only tell which one of several."""
_BEFORE: Final = frozenset("in at on to from by for with of".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens [start, end) of the question, and the key of the name they may be."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries meaning, in lower case, and the token it stands in.

    `proper`: it is written as a name. `head`: it belongs to what is asked for. `kind`: it only
    tells what kind of thing the answer is.
    """

    text: str
    token: int
    proper: bool
    head: bool
    kind: bool


class Question:
    """One question, read once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]

    def mentions(self) -> Iterator[Mention]:
        """Everything in it that may be a name, as (start, end, key)."""
        for start in range(len(self._tokens)):
            for end in range(start + 1, min(len(self._tokens), start + _LONGEST) + 1):
                said = self._text[self._tokens[start][1] : self._tokens[end - 1][2]]
                for one in dict.fromkeys((key(said), key(_POSSESSIVE.sub("", said)))):
                    if one:
                        yield Mention(start, end, one)

    def speaker(self) -> Iterator[int]:
        """The tokens that mean the one who asks."""
        for place, (token, _, _) in enumerate(self._tokens):
            if token.casefold().strip(".,?!\"'") in _ME:
                yield place

    def capitalised(self) -> Iterator[tuple[int, int, str]]:
        """Runs of tokens written as names: (start, end, text)."""
        start = None
        for place, (token, _, _) in enumerate([*self._tokens, ("", 0, 0)]):
            proper = bool(place) and token[:1].isupper()
            if proper and start is None:
                start = place
            elif not proper and start is not None:
                said = self._text[self._tokens[start][1] : self._tokens[place - 1][2]]
                yield start, place, _POSSESSIVE.sub("", said)
                start = None

    def weight(self, mention: Mention) -> float:
        """How much it says that a name covers these tokens: its words, names counting double."""
        return sum(
            1.0 if _is_proper(token, place) else 0.5
            for place, (token, _, _) in enumerate(self._tokens)
            if mention.start <= place < mention.end
        )

    def owned(self, mention: Mention) -> frozenset[int]:
        """The tokens of what is said to be a name's: "the wife of Ana", "Ana's boss's wife"."""
        found = set()
        place = mention.end
        while place < len(self._tokens) and _POSSESSIVE.search(self._tokens[place - 1][0]):
            while place < len(self._tokens) - 1 and self._tokens[place][0].lower() in _WHICH:
                place += 1
            found.add(place)
            place += 1
        place = self._undetermined(mention.start)
        while place >= _OF and self._tokens[place - 1][0].lower() == "of":
            found.add(place - _OF)
            place = self._undetermined(place - _OF)
        return frozenset(found)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words that carry meaning, in order."""
        kept = set(terms(self._text))
        head = self._head()
        return tuple(
            Word(word, place, _is_proper(token, place), place in head, word in _KINDS)
            for place, (token, _, _) in enumerate(self._tokens)
            for word in words(token)
            if stem(word) in kept and word not in _EMPTY
        )

    def _head(self) -> frozenset[int]:
        """The tokens of what is asked for: "which city", "what is the capital of"; or, of where
        something is done, what is done: "where did she move"."""
        plain = [" ".join(words(token)) for token, _, _ in self._tokens]
        start = next((p for p, word in enumerate(plain) if word in _ASKING), len(plain)) + 1
        if start > len(plain) or plain[start - 1] in _ADVERBS:
            return self._done(plain)
        dangling = plain[-1] in _BEFORE
        short = dangling or (start > 1 and plain[start - 2] in _BEFORE)
        for place in range(start, len(plain)):
            if plain[place] in _HEAD_ENDS or (short and place > start and plain[place] in _BE):
                leads = place > start and plain[place - 1] in _THROUGH
                if (
                    leads
                    and plain[place] == "of"
                    and not any(map(_tells, plain[start : place - 1]))
                ):
                    start = place + 1
                elif any(map(_tells, plain[start:place])):
                    return frozenset(range(start, place))
                elif plain[place] in _DO or short:
                    return self._done(plain)
        return frozenset(range(start, len(plain)))

    def _done(self, plain: list[str]) -> frozenset[int]:
        """The tokens with which a question ends that asks by its verb: "born", "pass away"."""
        end = len(plain)
        while end and plain[end - 1] in _BEFORE:
            end -= 1
        start = end
        while end - start < _VERB and start and not self._is_name(start - 1):
            start -= 1
            if plain[start] in _DO | _BE | _ASKING:
                return frozenset(range(start + 1, end))
        return frozenset(range(start, end))

    def _undetermined(self, place: int) -> int:
        """The place, or that of the articles and possessives before it."""
        while place and self._tokens[place - 1][0].lower() in _DETERMINERS:
            place -= 1
        return place

    def _is_name(self, place: int) -> bool:
        return _is_proper(self._tokens[place][0], place)


def _tells(word: str) -> bool:
    """Whether a word carries meaning."""
    return bool(word) and word not in _EMPTY and stem(word) in terms(f"{word} meaning")


def _is_proper(token: str, place: int) -> bool:
    """Whether a token is written as a name; the first one of a sentence always begins large."""
    bare = token.strip("\"'\u201c\u2018(")
    return any(c.isdigit() for c in bare) or (place > 0 and any(c.isupper() for c in bare))
