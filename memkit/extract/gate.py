"""A cheap look at a text: can any row find something in it at all?

Most of what is said in a chat states nothing. A text is looked at closely only where it holds a
word that some row cannot do without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from memkit.extract import lexicon as lx
from memkit.extract import lexicon_more as more
from memkit.extract.relations import PLURALS, RELATIONS
from memkit.extract.verbs import OF_VERB
from memkit.extract.words import ADVERBS, COMMON, listed

__all__ = ["Gate", "words_of"]

_COMMON_VERBS: Final = frozenset(
    "be have get go come take make do say put see give find keep let stop end hit run set pick "
    "know sign call turn change drop want try need reach hold bring send stand".split()
)
"""Verbs that are in most sentences: with these the row's other words must be there."""
_SMALL: Final = listed(
    "to the for my of me so is with have was in been on up this be are it an at by as our a ly "
    "or and i her his she he if out their over all some they just"
)
"""Words that tell nothing even where a row has no others."""
_VAGUE: Final = listed(
    "lot way made seeing stay let fun family hard own times long happy share world team myself "
    "care better real taking getting playing gets thing things big huge little best life kind "
    "working passion passionate part team different couple each day hard end place each good "
    "great new self there get got going use strong bit around first last weekend reach own share "
    "down s re ll year fun enough over off being time other others never"
)
_ALWAYS: Final = frozenset(("love", "like", "live", "work"))
_WORD: Final = re.compile(r"[^\W_]+")
_LITERAL: Final = re.compile(r"(?<![\\\w])[a-z][a-z'-]*[a-z]")
_SYNTAX: Final = re.compile(r"\(\?[:=!<][^|()]*?(?=[|()])|\{\w+\}|\\[a-zA-Z]|\(\?P<\w+>|\(\?-?\w+:")
_LOOK: Final = re.compile(r"\(\?[=!<][^()]*(?:\([^()]*\)[^()]*)*\)")
_DIGIT: Final = re.compile(r"\d")
_NUMBERS: Final = listed(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "half hour"
) - {"one"}
_OF_KIND: Final[dict[str, Iterable[str]]] = {
    "diet": lx.DIETS,
    "nationality": lx.NATIONALITIES,
    "religion": lx.RELIGIONS,
    "language": lx.LANGUAGES,
    "instrument": lx.INSTRUMENTS,
    "sport": lx.SPORTS,
    "pastime": more.PASTIMES,
    "car": lx.BRANDS,
    "ownable": lx.OWNABLE,
    "trade": lx.JOBS,
    "post": lx.JOBS,
    "age": (),
    "measure": (),
    "duration": (),
    "money": (),
    "price": (),
    "day": (),
    "phone": (),
    "email": ("@",),
}
_NAMED: Final = re.compile(
    r"\b[Ii](?:'m|\u2019m| am|m) [A-Z]|\b[Mm]y (?:[a-z-]+ ){1,3}is\b|\b(?:I|me|Me) (?:are|have "
    r"been|became|got) |\b[Aa] couple\b(?! of)|\bin my life\b|\bintroduce myself\b|\banswers? "
    r"to\b|\b[Tt]he name\b|\b(?:talking|speaking) to [A-Z]|\bchristened\b|^\W*(?:Hi|Hello|Hey)\b"
)
"""Turns of phrase whose words are too common to tell by themselves."""
_TRADE: Final = re.compile(r"(?:ologist|ician|ographer|iatrist|wright|smith)\b|@")
_ENOUGH: Final = listed(
    "planning plan plans gonna going tomorrow next monday tuesday wednesday thursday friday "
    "saturday sunday january february april june july august september october november december "
    "weekend into called off days enough stand bear went been named lessons classes allergic "
    "allergy allergies call calls engineer manager developer designer technician analyst "
    "consultant teacher worker keeper maker scientist therapist euro euros dollars pounds"
)


def words_of(text: str) -> frozenset[str]:
    """The words of a text in lower case, without what joins or ends them."""
    return frozenset(_WORD.findall(text.lower()))


class Gate:
    """What a text must hold for the rows to be asked."""

    def __init__(self) -> None:
        """Nothing but relatives and animals, at first."""
        self._words: set[str] = {
            *_last_words(RELATIONS),
            *_last_words(PLURALS),
            *_ALWAYS,
            *_NUMBERS,
            *_ENOUGH,
            *_last_words(lx.EVENTS),
            "favourite",
            "favorite",
            "fave",
            "fav",
        }

    def add_noun(self, noun: str) -> None:
        """A thing of a person's."""
        self._words.add(noun.split(" ")[-1].rpartition("-")[2])

    def add_phrase(self, key: str) -> None:
        """A turn of phrase that holds these words."""
        parts = {part for word in key.split("|") for part in _WORD.findall(word)}
        self._words |= parts - _SMALL - (_VAGUE - {"thing"}) - {"m", "am", "made", "me"}

    def add_way(self, lemma: str, head: str, kind: str | None) -> None:
        """A verb with what follows it: the pattern before the value, and the value's kind."""
        verb = lemma.removeprefix("can ")
        if verb not in _COMMON_VERBS and verb != "can":
            self._words |= OF_VERB.get(verb, set())
            return
        said = _LITERAL.findall(_SYNTAX.sub(" ", _LOOK.sub(" ", head)))
        literals = {part for word in said for part in _WORD.findall(word)} - _SMALL
        bare = re.sub(r"\{\w+\}", "", head).strip()
        if literals and not _matches_nothing(bare):
            self._words |= literals - COMMON - ADVERBS - _VAGUE or literals - _VAGUE
        elif kind in _OF_KIND:
            self._words |= _last_words(_OF_KIND[kind])

    def passes(self, text: str, words: frozenset[str] | None = None) -> bool:
        """Whether anything may be found in a text of these words (`words_of`, if not given)."""
        if not self._words.isdisjoint(words if words is not None else words_of(text)):
            return True
        return any(pattern.search(text) for pattern in (_DIGIT, _NAMED, _TRADE))


def _last_words(names: Iterable[str]) -> set[str]:
    """The last part of each name, as the parts are told from a text."""
    return {_WORD.findall(name)[-1] for name in names if _WORD.search(name)} - _SMALL - _VAGUE


def _matches_nothing(pattern: str) -> bool:
    try:
        return re.compile(pattern).match("") is not None
    except re.error:
        return False
