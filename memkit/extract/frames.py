"""Facts of the world, told in whole sentences: "The capital of Peru is Lima."

A frame is a sentence that is nothing but a subject, words that relate, and a value. Four are read:
"The capital of Peru is Lima" (also "The band that Ana leads is Blue"), "Lima is the capital of
Peru", "Lima was founded by Francisco Pizarro", "Ana's tutor is Rui". What else a sentence says
keeps it from being read at all: what is left over might turn the meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from memkit.extract.sentences import Span
from memkit.extract.words import ADVERBS, COMMON, HEDGES, listed

__all__ = ["Frame", "frame", "personal"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One statement: spans in characters of the text, and the attribute as records call it.

    `several`: the subject may have more than one value at a time.
    """

    subject: Span
    attribute: str
    value: Span
    several: bool = False
    mood: Literal["assertion", "negation"] = "assertion"
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower().strip(_MARKS)

    @property
    def named(self) -> bool:
        """Whether it is written as names are: a capital or a figure somewhere."""
        return any(c.isupper() or c.isdigit() for c in self.text)

    @property
    def plain(self) -> bool:
        return self.text.islower() and self.text.replace("-", "").replace("'", "").isalpha()

    @property
    def ends(self) -> bool:
        return self.text.endswith(",")


_MARKS: Final = "\"'\u201c\u201d\u2018\u2019\u00ab\u00bb,"
_QUOTES: Final = '"\u201c\u201d\u00ab\u00bb'
_BE: Final = listed("is are was were")
_PAST: Final = listed("was were")
_PREPOSITIONS: Final = listed("of in by for with to from at on as")
_ARTICLES: Final = listed("the a an")
_OPENERS: Final = listed("where that who which whom whose")
_STILL: Final = listed("now currently presently still also officially today originally first")
_VERBS: Final = listed(
    "plays played speaks spoke works worked died lives lived resides resided studies studied "
    "graduated teaches taught belongs belonged comes came hails stars starred serves served "
    "lies ran flows borders became becomes competes competed practises practices follows sings"
)
"""Verbs that relate their subject to a name or a kind, by a preposition or by "the ... of"."""
_STATES: Final = listed(
    "married employed associated affiliated located based engaged related known famous"
)
"""What was so need not be so any longer."""
_DONE: Final = listed(
    "born made built led run sung held won set famous friends members home native adjacent shot "
    "sold bought taught fought brought sung cut bred lost kept related"
)
"""What is no regular participle and yet relates."""
_RELATIONAL: Final = listed(
    "citizen native resident national subject member friend fan follower supporter student pupil "
    "graduate colony suburb district part type kind breed species dialect branch subsidiary"
)
"""Nouns of "a ... of" that relate; others describe ("a fine example of")."""
_ONLY: Final = listed("citizen native resident national subject colony suburb district subsidiary")
_SETS: Final = listed("friends member members part fan related")
_KINDS: Final = listed(
    "type kind sort genre style language tongue religion faith sport discipline position "
    "profession occupation job field colour color currency species breed instrument cuisine"
)
"""Nouns whose values are common nouns: "the sport of chess"."""
_TOWNS: Final = listed("city town village municipality borough")
"""What a place is called makes no other attribute: "born in the city of Porto"."""
_OFFICES: Final = listed("government administration parliament senate cabinet army")
"""What a country has, and is named by: "the Peru government"."""
_INSIDE: Final = _PREPOSITIONS | _ARTICLES | listed(
    "and or & de da do dos das del della di du la le les los las el van von der den ter zu al bin "
    "ibn y e i im es upon under over into out up down no nor not but et und vs - \u2013"
)  # fmt: skip
"""What stands in lower case inside of names."""
_CONDITIONS: Final = listed(
    "if whether unless maybe perhaps suppose imagine say because since although when while as"
)
_PRONOUNS: Final = listed(
    "i you he she it we they this that these those there here who what which my your his her our "
    "their its"
)
_NO_SUBJECT: Final = COMMON | HEDGES | _PRONOUNS
_NO_KIND: Final = (_PREPOSITIONS | _ARTICLES | _BE | ADVERBS | _PRONOUNS | listed(
    "and or but so very not no yes good great nice bad fine cool best worst new old something "
    "nothing everything anything one same different more less"
)) - {"first"}  # fmt: skip
"""Words that keep what they stand in from being a kind of thing."""
_DATES: Final = listed(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday"
)
_MOST_WORDS: Final = 12
_MOST_KIND: Final = 4
"""Words of a value that is no name."""
_STANDARD: Final = {
    "married to": "partner", "spouse": "partner", "husband": "partner", "wife": "partner",
    "employed by": "employer", "works for": "employer", "citizen of": "nationality",
    "citizenship": "nationality", "country of citizenship": "nationality",
    "born in": "birthplace", "place of birth": "birthplace", "speaks language": "language",
    "works in field": "job", "occupation": "job", "profession": "job",
    "plays position": "position", "affiliated with religion": "religion",
    "chief executive officer": "ceo", "headquarters located in": "headquarters",
}  # fmt: skip
"""Attributes that other statements have a name for already."""
_PERSONAL: Final = listed("partner employer nationality birthplace language job religion")

_WORD: Final = re.compile(r"\S+")
_ELSEWHERE: Final = re.compile(
    r"[;?*`\[\]]|:(?! [^\W\d_a-z])|\.\.\.|\u2026| [-\u2013\u2014] (?![^\W\d_a-z])"
    r"|, (?:but|so|because|which|who)\b"
)
"""Marks of a sentence that says more than one thing, or is none."""


def frame(text: str, span: Span) -> Frame | None:
    """The statement that the sentence there makes, if it makes one and nothing more."""
    start, end = span
    end = _without_stop(text, start, end)
    if "\n" in text[start:end] or _ELSEWHERE.search(text, start, end):
        return None
    words = [_Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    if not 3 <= len(words) <= 2 * _MOST_WORDS:
        return None
    return _noun_frame(words) or _owned_frame(words) or _verb_frame(words)


def personal(attribute: str) -> bool:
    """Whether an attribute is one of people, of whom clauses may tell more."""
    return attribute in _PERSONAL


def _without_stop(text: str, start: int, end: int) -> int:
    """Where the sentence ends without its full stop; "Inc.." keeps the one of the word."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end - 1 if end > start and text[end - 1] == "." else end


def _noun_frame(words: Sequence[_Word]) -> Frame | None:
    """ "The A of S is V", "The A where S was ... is V", "The A of the S government is V"."""
    if words[0].low != "the":
        return None
    office = words[1].named
    for place in range(len(words) - 2, 2, -1):
        if words[place].text not in ("is", "are"):
            continue
        found = _of_office(words[1:place]) if office else _of_noun(words[1:place])
        if found is not None:
            subject, attribute = found
            relating, rest = ([], words[place + 1 :]) if office else _lead(words[place + 1 :])
            kind = bool(_KINDS & {attribute[0], attribute[-1]})
            made = _made(subject, [*attribute, *relating], rest, common=kind)
            if made is not None:
                return made
    return None


def _of_office(words: Sequence[_Word]) -> tuple[Sequence[_Word], list[str]] | None:
    """Subject and attribute of "Prime Minister of Peru"."""
    place = next((p for p, word in enumerate(words) if word.text == "of"), 0)
    head, subject = words[:place], words[place + 1 :]
    if not 0 < len(head) <= 3 or not all(word.named for word in head):
        return None
    return subject, [word.low for word in head]


def _of_noun(words: Sequence[_Word]) -> tuple[Sequence[_Word], list[str]] | None:
    """Subject and attribute of "currency of Peru", "school where Ana was taught"..."""
    start = next((p for p, word in enumerate(words) if word.named), None)
    if not start:
        return None
    end = max(p + 1 for p, word in enumerate(words) if word.named)
    head, subject, tail = words[:start], words[start:end], words[end:]
    opened = any(word.low in _OPENERS for word in head)
    if tail and not opened and tail[0].low not in _OFFICES:
        subject, tail = words[start:], []
    if head[-1].low == "the" and not tail:
        head = head[:-1]
    elif len(head) > 2 and not opened and head[-2].low == "of" and head[-1].low not in _INSIDE:
        head, subject = head[:-1], [head[-1], *subject]  # "the capital of ancient Egypt"
    if not all(word.plain for word in (*head, *tail)) or any(
        before.low in _PREPOSITIONS and word.low in _OPENERS for before, word in pairwise(head)
    ):
        return None
    if not opened and not (head and head[-1].low in _PREPOSITIONS | {"the"}):
        return None
    return subject, _attribute([word.low for word in (*head, *tail)])


def _attribute(words: list[str]) -> list[str]:
    """The words of a noun phrase that tell what it is about."""
    if words[:2] == ["name", "of"]:
        words = words[2:]
    kept = [word for word in words if word not in _ARTICLES | _BE | _STILL | {"current"}]
    while len(kept) > 1 and kept[-1] in _PREPOSITIONS:
        kept.pop()
    for place, word in enumerate(kept):
        if word in ("that", "who", "which") and kept[0] in _KINDS:
            return kept[:place]  # "the type of music that she plays"
    return kept or words


def _owned_frame(words: Sequence[_Word]) -> Frame | None:
    """ "S's A is V"."""
    place = next((p for p, w in enumerate(words) if w.text.endswith(("'s", "\u2019s"))), None)
    be = next((p for p, w in enumerate(words) if w.text == "is"), 0)
    if place is None or not place + 1 < be <= place + 4:
        return None
    attribute = [word.low for word in words[place + 1 : be]]
    if not all(word.plain for word in words[place + 1 : be]) or _NO_SUBJECT & set(attribute):
        return None
    last = words[place]
    owner = [*words[:place], _Word(last.text[:-2], last.start, last.end - 2)]
    return _made(owner, attribute, words[be + 1 :], common=attribute[-1] in _KINDS)


def _verb_frame(words: Sequence[_Word]) -> Frame | None:
    """ "S was founded by V", "S is a citizen of V", "S plays the position of V"."""
    for place in range(1, len(words) - 1):
        word = words[place]
        if word.text in _BE or word.text in _VERBS:
            found = _predicate(words[:place], words[place:])
            if found is not None:
                return found
    return None


def _predicate(subject: Sequence[_Word], words: Sequence[_Word]) -> Frame | None:
    """The frame of a subject and what is said of it, from its verb on."""
    verb, after = words[0].low, words[1:]
    denied = False
    while after and (after[0].low in _STILL | {"not", "never"} or _no_longer(after)):
        denied = denied or after[0].low not in _STILL
        after = after[2:] if after[0].low == "no" else after[1:]
    relating, rest = _lead(after)
    if not relating or not rest or not _relates(verb, relating):
        return None
    inner = [word for word in relating if word not in _ARTICLES]
    if verb in _BE and relating[0] == "the":
        if denied or not _is_subject(subject, bare=False):
            return None
        return _made(rest, _related(inner), subject, common=False)  # "Lima is the capital of Peru"
    kind = inner[-1] == "of" and bool(_KINDS & set(inner[-2:-1]))
    attribute = _related(inner if verb in _BE else [verb, *inner])
    bare = verb in _BE and (inner[-1] == "by" or (inner[-1] == "of" and len(inner) > 2))
    made = _made(subject, attribute, rest, common=kind, bare=bare)
    if made is None:
        return None
    several = relating[0] in ("a", "an") and inner[0] not in _ONLY
    several = several or bool(_SETS & set(inner))
    return replace(made, several=several, mood="negation" if denied else "assertion")


def _no_longer(words: Sequence[_Word]) -> bool:
    return len(words) > 1 and words[0].low == "no" and words[1].low == "longer"


def _relates(verb: str, relating: Sequence[str]) -> bool:
    """Whether these words tell of a lasting relation."""
    first = relating[0]
    if "and" in relating or "or" in relating or (verb not in _BE and "by" in relating):
        return False
    if first in ("a", "an"):
        return verb in ("is", "are") and bool(_RELATIONAL & set(relating))
    if verb not in _BE:
        return not first.endswith(("ly", "ing"))
    if first == "the":
        return verb == "is" and relating[-1] in ("of", "the")
    # "is in Porto" is where somebody is just now, "was married to" is past.
    done = first.endswith(("ed", "en", "wn")) or first in _DONE
    return done and (verb not in _PAST or first not in _STATES)


def _lead(words: Sequence[_Word]) -> tuple[list[str], Sequence[_Word]]:
    """The words that relate, up to the value: "located in the city of", and the value.

    At most one participle or noun phrase, one preposition, and one "the ... of".
    """
    match = _LEAD.match(" ".join(word.text if word.plain else "\u0001" for word in words))
    if match is None:
        return [], words
    count = match.group().count(" ")
    return [word.low for word in words[:count]], words[count:]


_ONE: Final = r"[^\s\x01]+"
_PREPOSITION: Final = f"(?:{'|'.join(sorted(_PREPOSITIONS))})"
_LEAD: Final = re.compile(
    rf"(?:(?:(?:an? |the )?(?!(?:the|an?|{_PREPOSITION}) ){_ONE} (?:{_ONE} ){{0,2}}?)?"
    rf"{_PREPOSITION} (?:(?:the|an?) (?:{_ONE} ){{1,2}}?of )?(?:the (?=\x01))?"
    rf"|the (?:{_ONE} ){{1,2}}?of (?:the (?=\x01))?)(?=\S)"
)


def _related(words: list[str]) -> list[str]:
    """The attribute of "born in the city of": "born in"."""
    if words[-1] == "of" and len(words) > 2:
        words = words[:-1]
        if words[-1] in _TOWNS:
            words = words[:-1]
    elif words[-1] == "of" and words[0] not in _RELATIONAL and words[0] not in _VERBS:
        words = words[:-1]
    return words


def _made(
    subject: Sequence[_Word], attribute: Sequence[str], value: Sequence[_Word], *, common: bool,
    bare: bool = False,
) -> Frame | None:  # fmt: skip
    """The frame of these parts if they can be such.

    `common`: the value may be a kind of thing; so may the subject, or where it is `bare`.
    """
    attribute = [word for word in attribute if word not in _ARTICLES]
    if not attribute or len(attribute) > 6 or not _is_subject(subject, bare=bare or common):
        return None
    value = _without_apposition(value)
    named = _is_name(value)
    if not named and not (common and _is_kind(value)):
        return None
    if _is_dated(value) or not (_is_balanced(subject) and _is_balanced(value)):
        return None
    said = " ".join(_related(list(attribute)))
    return Frame(
        _span(subject), _STANDARD.get(said, said), _span(value), confidence=0.9 if named else 0.8
    )


def _is_subject(words: Sequence[_Word], *, bare: bool) -> bool:
    """Whether these words can be whom or what a statement is about; `bare`: a kind of thing too."""
    if not words or len(words) > _MOST_WORDS or words[0].low in _CONDITIONS:
        return False
    if any(word.ends for word in words) and words[0].low in _PREPOSITIONS:
        return False  # "In 1821, Peru"
    if words[0].ends and (words[0].low in COMMON | ADVERBS or words[0].low.endswith("ly")):
        return False
    if words[0].low in _NO_SUBJECT and not any(word.named for word in words[1:]):
        return bare and words[0].plain and _is_kind(words)
    return _is_name(words) or (bare and _is_kind(words))


def _is_name(words: Sequence[_Word]) -> bool:
    """Names and what may stand in lower case before, within and behind them."""
    places = [place for place, word in enumerate(words) if word.named]
    if not places or len(words) > _MOST_WORDS:
        return False
    first, last = places[0], places[-1]
    before, behind = words[:first], words[last + 1 :]
    if len(before) > 1 or any(w.low in _NO_KIND - {"the", "de", "la", "al"} for w in before):
        return False
    if any(not word.named and word.low not in _INSIDE for word in words[first:last]):
        return False
    counted = words[last].text[0].isdigit() and behind  # "100 pages"
    plain = all(word.plain and word.low not in _NO_KIND | _INSIDE | COMMON for word in behind)
    return not counted and len(behind) <= 3 and plain and not (behind and words[last].ends)


def _is_kind(words: Sequence[_Word]) -> bool:
    return 0 < len(words) <= _MOST_KIND and all(
        (word.plain or word.named) and word.low not in _NO_KIND for word in words
    )


def _without_apposition(words: Sequence[_Word]) -> Sequence[_Word]:
    """ "Rui, a potter from Braga" is Rui."""
    for place, word in enumerate(words[:-2]):
        if word.ends and words[place + 1].text in ("a", "an", "the"):
            return words[: place + 1]
    return words


def _is_dated(words: Sequence[_Word]) -> bool:
    """Whether a value is a date or ends with one, so that it is none of the attribute."""
    if words[0].low in _DATES or (len(words) == 1 and words[0].low.isdigit()):
        return True
    return any(
        before.text in ("in", "on", "since", "from") and (word.low in _DATES or word.low.isdigit())
        for before, word in pairwise(words)
    )


def _is_balanced(words: Sequence[_Word]) -> bool:
    text = " ".join(word.text for word in words)
    marks = sum(text.count(mark) for mark in _QUOTES)
    return marks % 2 == 0 and text.count("(") == text.count(")")


def _span(words: Sequence[_Word]) -> Span:
    """From the first to the last of these words, without quotation marks around them."""
    start, end = words[0].start, words[-1].end - words[-1].ends
    if words[0].text[0] in _QUOTES and words[-1].text.rstrip(",")[-1] in _QUOTES:
        return start + 1, end - 1
    return start, end
