"""Whether the words of a statement are borne out by the words it rests on. Pure, and strict.

Every number, name and date of the statement must have been said, and so must every other word that
carries meaning, in some inflection. A model that rephrases freely loses statements here; one that
invents loses them all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, NamedTuple

from memkit.extract.locating import UNSPACED, fold, occurrences
from memkit.extract.verbs import FORMS, PARTICIPLE, PAST, PRESENT
from memkit.periods import Phrase, phrases
from memkit.text import stem

_TOKEN: Final = re.compile(rf"\d+(?:[.,:]\d+)+|(?:(?!{UNSPACED})[^\W_])+|{UNSPACED}+")
_GRAMMAR: Final = frozenset(
    "a about after again all also am an and any are as at be because been before being between "
    "both but by did do does doing during each for from gets had has have having he her here hers "
    "herself him himself his how i if in into is it its itself just me mine more most my myself of "
    "off on once one only or other our ours out over own she so some such than that the their "
    "theirs them themselves then there these they this those through to too under until up us very "
    "was we were what when where which while who whom whose why with you your yours yourself "
    # by which someone's words are told as theirs
    "acknowledge acknowledges acknowledged add adds added admit admits admitted believe believes "
    "believed consider considers considered emphasize emphasizes emphasized express expresses "
    "expressed feels finds mean means remark remarks remarked suggest suggests suggested think "
    "thinks ask asks asked asking describe describes described discuss discusses discussed explain "
    "explains explained mention mentions mentioned note notes noted say says said saying share "
    "shares shared state states stated talk talks talked talking tell tells told conversation "
    # denials, which are checked for themselves
    "not no never none neither nor don didn doesn isn aren wasn weren hasn haven hadn won wouldn "
    "couldn shouldn cannot longer anymore any more currently now together".split()
)
"""Words that say nothing by themselves; English, as most models write."""
_ENDINGS: Final = frozenset("d ll m re s t ve".split())
"""What stands behind an apostrophe."""
_FIGURES: Final = {
    word: number
    for number, words in enumerate(
        "zero|one first|two second|three third|four fourth|five fifth|six sixth|seven seventh|"
        "eight eighth|nine ninth|ten tenth|eleven eleventh|twelve twelfth dozen|"
        "thirteen thirteenth|fourteen fourteenth|fifteen fifteenth|sixteen sixteenth|"
        "seventeen seventeenth|eighteen eighteenth|nineteen nineteenth|twenty twentieth".split("|")
    )
    for word in words.split()
} | {"twice": 2, "both": 2, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
     "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000}  # fmt: skip
_SIGNS: Final = {"$": "dollar usd", "\u20ac": "euro eur", "\u00a3": "pound gbp", "%": "percent"}
_SHORT: Final = {
    "gonna": "going", "wanna": "want", "gotta": "get", "ll": "will", "won": "will", "d": "would",
    "m": "be", "re": "be", "ve": "have", "cannot": "can", "couldn": "could", "wouldn": "would",
    "shouldn": "should",
}  # fmt: skip
"""What else is said by a short form. Modal verbs are no grammar: "will" makes a plan of a fact."""
_TENSES: Final = (
    ({"is", "are", "am"}, {"is", "are", "am", "m", "re", "s", "be", "been"}, {"was", "were"}),
    ({"has", "have"}, {"has", "have", "ve", "having"}, {"had"}),
    ({"do", "does", "don", "doesn"}, {"do", "does", "don", "doesn"}, {"did", "didn"}),
)
"""Forms of the present, all that may stand for them, and those of the past."""
_APOSTROPHE: Final = re.compile("[^\\W\\d_]['\u2019]\\Z")
_PUNCTUATION: Final = frozenset(" .,;:!?'\"()-/\u2019\u2018\u201c\u201d\u2013\u2014\u2026"
                         "\u3002\uff0c\u3001\uff1b\uff1a\uff01\uff1f\u00bf\u00a1")  # fmt: skip
_ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th)\Z")
_SENTENCE: Final = re.compile(r"(?:\A|[.!?\n]\s{1,4})[\"'(]*\Z")
_ENGLISH: Final = frozenset("the my and of i is it you with this that".split())
"""Any of them tells that a text is English, whose endings are known."""
_VOWELS: Final = frozenset("aeiou")
_INFLECTED: Final = 4
"""Letters that two forms of one word share, beside endings of at most two each."""


@dataclass(frozen=True, slots=True)
class Said:
    """Cited words: `holds` when they are said to be so, not only asked."""

    text: str
    holds: bool


class Fault(NamedTuple):
    """Something that was not said; `is_word` for an ordinary word, which may be a paraphrase."""

    text: str
    is_word: bool = False


@dataclass(slots=True)
class Ground:
    """What statements may be made of: cited words, whom they speak of, and quotes with moments.

    Quotes are as they were cited, not cut into clauses, and are asked for dates alone.
    """

    said: Sequence[Said]
    people: Iterable[str] = ()
    quotes: Sequence[tuple[str, datetime | None]] = ()
    words: set[str] = field(default_factory=set)
    sure: set[str] = field(default_factory=set)
    numbers: set[Decimal] = field(default_factory=set)
    signs: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for one in self.said:
            text = unicodedata.normalize("NFC", one.text)
            self.signs.update(text)
            for token in _tokens(text):
                self._take(token.low, holds=one.holds)
            for char in re.findall(UNSPACED, text):
                self._take(char, holds=one.holds)
            for sign, names in _SIGNS.items():
                if sign in one.text:
                    self.words.update(names.split())
        for name in self.people:
            self.signs.update(name)
            for token in _tokens(unicodedata.normalize("NFC", name)):
                self._take(token.low, holds=True)

    def faults(self, text: str, start: int = 0, end: int | None = None) -> list[Fault]:
        """What in text[start:end] was not said: its words, numbers, names and signs, in order."""
        stop = len(text) if end is None else end
        strange = dict.fromkeys(
            char for char in text[start:stop]
            if not (char.isalnum() or char in _PUNCTUATION or char in self.signs)
        )  # fmt: skip
        found = [Fault(f"the sign {char!r} is not in the cited words") for char in strange]
        for token in _tokens(self._without_people(text)):
            fault = self._fault(token) if start <= token.start < stop else None
            if fault is not None:
                found.append(fault)
        return found

    def meaning(self, text: str) -> int:
        """How many words a text has beside grammar and the names of those it speaks of."""
        people = {token.low for name in self.people for token in _tokens(name)}
        rest = _tokens(self._without_people(text))
        return sum(token.low not in people and not token.is_grammar for token in rest)

    def is_named(self, text: str) -> bool:
        """Whether a text holds a word that was said for sure and means someone or something."""
        return any(token.low in self.sure and not token.is_grammar for token in _tokens(text))

    def says_one_of(self, cues: AbstractSet[str]) -> bool:
        """Whether one of these verbs, in any form, or of these nouns was said."""
        lemmas = {lemma for word in self.words for lemma in _lemmas(word)}
        return bool(cues & lemmas) or any(
            self.words.issuperset(token.low for token in _tokens(cue)) for cue in cues
        )

    def times(self) -> list[Phrase]:
        """The times that were named, each against the moment it was said."""
        return [
            phrase
            for text, when in self.quotes if when is not None
            for phrase in phrases(text, when)
        ]  # fmt: skip

    def without_dates(self, text: str) -> tuple[str | None, str]:
        """The first date that does not follow, or None, and the text with the others blanked."""
        when = next((when for _, when in self.quotes if when is not None), None)
        if when is None:
            return None, text
        known = self.times()
        for phrase in phrases(text, when):
            said = any(occurrences(phrase.text, quote) for quote, _ in self.quotes)
            if not said and not any(_follows(phrase, one) for one in known):
                return phrase.text, text
            blank = " " * (phrase.end - phrase.start)
            text = text[: phrase.start] + blank + text[phrase.end :]
        return None, text

    def _without_people(self, text: str) -> str:
        """The text without names that no space parts from what follows."""
        for name in self.people:
            if re.search(UNSPACED, name):
                text = text.replace(name, " " * len(name))
        return text

    def _take(self, low: str, *, holds: bool) -> None:
        self.words.update({low, *_SHORT.get(low, low).split()})
        if holds:
            self.sure.add(low)
            number = _number(low)
            if number is not None:
                self.numbers.add(number)

    def _fault(self, token: _Word) -> Fault | None:
        low = token.low
        if any(char.isdigit() for char in low):
            fits = low in self.sure or _number(low) in self.numbers
            return None if fits else Fault(f"the number {token.text!r} is not in the cited words")
        if self._is_over(low):
            return Fault(f"it is said of the past, not that it {token.text!r}")
        if low in self.sure or token.is_grammar:
            return None
        if low in _FIGURES:
            fits = Decimal(_FIGURES[low]) in self.numbers
            return None if fits else Fault(f"the number {token.text!r} is not in the cited words")
        if token.is_name:
            said = token.is_first and self._is_said(low, inflected=False)
            return None if said else Fault(f"the name {token.text!r} is not in the cited words")
        if self._is_said(low, inflected=True):
            return None
        return Fault(f"the word {token.text!r} is not in the cited words", is_word=True)

    def _is_over(self, low: str) -> bool:
        """Whether a verb in the present was said in the past alone: who lived there lives there
        no more, as far as is known."""
        if low in self.words:
            return False
        for present, forms, past in _TENSES:
            if low in present:
                return bool(past & self.words) and not forms & self.words
        lemmas = {lemma for lemma, kind in FORMS.get(low, ()) if kind == PRESENT}
        if not lemmas and not (low.endswith("s") and low.isascii()):
            return False
        said = [word for word in self.words if stem(word) == stem(low) or lemmas & _lemmas(word)]
        return bool(said) and all(_is_past(word) for word in said)

    def _is_said(self, low: str, *, inflected: bool) -> bool:
        """Whether the word was said in some form; if `inflected`, in one of a language whose
        endings are not known here."""
        if low in self.words:
            return True
        forms = {stem(low)} | _lemmas(low)
        foreign = inflected and not self.words & _ENGLISH
        for word in self.words:
            if forms & ({stem(word)} | _lemmas(word)):
                return True
            if foreign and not word[:1].isdigit() and _is_inflection(low, word):
                return True
        return False


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    low: str
    is_name: bool
    is_first: bool
    is_ending: bool

    @property
    def is_grammar(self) -> bool:
        """Whether it is a word of no meaning, and written as one: "it", not "IT"."""
        if self.low in _ENDINGS:
            return self.is_ending
        plain = not self.is_name or self.text == "I" or (self.is_first and self.text.istitle())
        return plain and self.low in _GRAMMAR


def _lemmas(word: str) -> set[str]:
    return {lemma for lemma, _ in FORMS.get(word, ())}


def _is_past(word: str) -> bool:
    kinds = {kind for _, kind in FORMS.get(word, ())}
    return kinds <= {PAST, PARTICIPLE} if kinds else word.endswith("ed")


def _follows(claimed: Phrase, said: Phrase) -> bool:
    """Whether a time is the one that was said, or a coarser one around it.

    Of a time that was said roughly ("two weeks ago") any day that it may mean follows.
    """
    start, end = claimed.since or date.min, claimed.until or date.max
    from_, to = said.since or date.min, said.until or date.max
    if start <= from_ and to <= end:
        return claimed.since is not None or claimed.until is not None
    return said.approximate and from_ <= start and end <= to and end - start <= timedelta(days=1)


def _tokens(text: str) -> list[_Word]:
    found: list[_Word] = []
    for match in _TOKEN.finditer(text):
        word, start = match.group(), match.start()
        if re.match(UNSPACED, word):
            found += [_Word(pair, start, pair, True, False, False) for pair in _pairs(word)]
            continue
        first = _SENTENCE.search(text, max(0, start - 8), start) is not None
        named = word != word.lower() or word.lower() == word.upper()  # or a script without case
        ending = word.islower() and _APOSTROPHE.search(text, max(0, start - 2), start) is not None
        found.append(_Word(word, start, fold(word).text, named, first, ending))
    return found


def _pairs(word: str) -> list[str]:
    """A word of a script without spaces, as its overlapping pairs of characters."""
    return [word[place : place + 2] for place in range(len(word) - 1)] or [word]


@lru_cache(maxsize=1 << 12)
def _number(low: str) -> Decimal | None:
    """The value of a number in figures or words; 1,000 and 1000 are the same."""
    if low in _FIGURES:
        return Decimal(_FIGURES[low])
    ordinal = _ORDINAL.match(low)
    plain = re.sub(r",(?=\d{3}(?!\d))", "", ordinal.group(1) if ordinal else low)
    try:
        return Decimal(plain).normalize() if plain[:1].isdigit() else None
    except InvalidOperation:
        return None


def _is_inflection(one: str, other: str) -> bool:
    """Whether two words of any language look like forms of one: "wohne" and "wohnt", or but for
    the last vowel, "vivo" and "vive"."""
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    if same >= _INFLECTED and max(len(one), len(other)) - same <= 2:
        return True
    ends = {*one[same:], *other[same:]}
    return same == 3 and len(one) == len(other) == 4 and ends <= _VOWELS
