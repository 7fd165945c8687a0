"""What people state of themselves and others: one row per attribute.

A row lists the ways to say it. A way is `verbs: rest`, the verbs as lemmas parted by "|", the rest
a regular expression in which `{kind}` is the value (see `READERS`): "live|reside: in
{place}" reads "she has been living in Porto". Tense, denial and person are the grammar's business.
Inside the rest `{in}`, `{a}`, `{my}` and `{adv}` stand for what such a place often holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from memkit.errors import InvalidInput
from memkit.extract import amounts
from memkit.extract.gate import Gate
from memkit.extract.slots import SLOTS
from memkit.extract.values import Reader
from memkit.extract.verbs import know
from memkit.extract.words import listed

__all__ = ["READERS", "STEM", "Aspect", "Attribute", "Rows", "Way", "Whole", "widened"]

Aspect = Literal["state", "begins", "ends"]

READERS: Final[Mapping[str, Reader]] = {**SLOTS, **amounts.READERS}
_MACROS: Final = {
    "in":
        r"(?:(?:right|just|up|down|out|over|here|back|together|alone|by myself|on my own|full[- "
        r"]time|comfortably|most of the (?:time|year)|somewhere|with (?:my|our|his|her|a|the|"
        r"some|two|three)? ?[\w-]+(?: [\w-]+)?(?: and (?:my|our|his|her|the)? ?[\w-]+(?: "
        r"[\w-]+)?)?)\s+)*(?:in|at|near|outside(?: of)?|around)",
    "a": r"(?:(?:an?|the|my|our|his|her|their|this|another|one|some|two|three|four|five|both)\s+)?",
    "much":
        r"(?:(?:really|very|so|super|totally|quite|more|mostly|pretty|mainly|way|all|rather|too|"
        r"huge|deeply|incredibly|absolutely|completely|seriously|big time|much|kind of|always|"
        r"still) )*",
    "to":
        r"(?:to (?!hear|see|know|be\b|have\b|think|say|try|get|help|tell|ask|learn|let|hope|"
        r"start|give|make|do\b|go\b|come|take|keep|show|share|find|thank|point|add|buy|discuss|"
        r"believe|talk))?",
    "my": r"(?:my|our|his|her|their|its|the|an?)",
    "im": r"\b(?:i'm|i am|we're|we are|im|i was|i've been|i have been)",
    "adv":
        r"(?:(?:again|back|over|here|just|now|also|recently|finally|again|already|officially|"
        r"then)\s+)*",
    "home":
        r"(?:\w[\w-]*\s+){0,4}?(?:place|flat|apartment|house|home|condo|studio|loft|cottage|room|"
        r"houseboat|bungalow|townhouse|duplex|villa|farm|farmhouse|cabin|penthouse|flatshare|"
        r"digs|pad|(?:one|two|three|four|\d)-bed(?:room)?)",
    "work":
        r"(?:(?!to\b|from\b|of\b|off\b|about\b|rid\b|out\b)\w[\w-]*\s+){0,4}?(?:job|role|"
        r"position|post|gig|offer|contract|work|career|internship)\b(?! (?:fair|day|event|party|"
        r"trip))",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attribute:
    """One row: what an attribute is called, and how it is said.

    `several`: a person may have more than one value at a time. `says` hold as long as the tense
    says; `begins` hold from then on; `ends` no longer. `nouns` are what it is called as a thing of
    the person's ("my job is ..."), with `value` the kind of value after them. `whole` are turns of
    phrase, `word> pattern` (`word>+` begins, `word>-` ends): looked for where the sentence holds
    the word. `asked` are regular
    expressions of questions whose short answer is the value.
    """

    name: str
    value: str = "free"
    several: bool = False
    says: Sequence[str] = ()
    begins: Sequence[str] = ()
    ends: Sequence[str] = ()
    whole: Sequence[str] = ()
    nouns: str = ""
    asked: str = ""
    persons: bool = False
    """Only of people, never of things."""


def widened(
    rows: Iterable[Attribute], ways: Mapping[str, Mapping[str, Sequence[str]]]
) -> tuple[Attribute, ...]:
    """The rows with further ways to say them: by attribute, then by `says`, `begins`, ..."""
    done: set[str] = set()
    found = []
    for row in rows:
        more = {} if row.name in done else ways.get(row.name, {})
        done.add(row.name)
        changed = {name: (*getattr(row, name), *said) for name, said in more.items()}
        found.append(replace(row, **changed) if changed else row)  # type: ignore[arg-type]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of saying, ready to be matched at the place after the verb.

    `head` ends where the value begins; `tail` must follow the value, where there is one. `only`:
    `not` when the verb is denied, which is part of what is said; `gone` when it says "no longer".
    """

    row: Attribute
    aspect: Aspect
    head: re.Pattern[str]
    read: Reader | None
    tail: re.Pattern[str] | None
    only: Literal["", "not", "gone"] = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """A turn of phrase: `head` is looked for anywhere; without one the value comes first."""

    row: Attribute
    head: re.Pattern[str] | None
    read: Reader
    tail: re.Pattern[str] | None
    aspect: Aspect


_WORDS: Final = re.compile(r"[^\W_]+")
STEM: Final = 5
"""Letters of the longest word of a key by which turns of phrase are found."""
_WHOLE: Final = re.compile(
    r"(?P<key>[^>]+)>(?P<sign>[+-])? (?P<head>.*?)(?:\{(?P<kind>\w+)\}(?P<tail>.*))?", re.DOTALL
)
_SIGNS: Final[dict[str | None, Aspect]] = {None: "state", "+": "begins", "-": "ends"}
_WAY: Final = re.compile(
    r"(?P<verbs>[^:]+):(?P<head>.*?)(?:\{(?P<kind>\w+)\}(?P<tail>.*))?", re.DOTALL
)
_I: Final = re.IGNORECASE


_AT_VALUE: Final = r"\s*(?<!\w)"
"""A value never begins inside a word."""


def _expanded(said: str) -> str:
    for name, meaning in _MACROS.items():
        said = said.replace("{" + name + "}", meaning)
    return said


class Rows:
    """The rows by the verbs and nouns that lead to them."""

    def __init__(self, rows: Iterable[Attribute]) -> None:
        """Raises `InvalidInput` for a way that cannot be read."""
        self.ways: dict[str, list[Way]] = defaultdict(list)
        self.gate = Gate()
        self.whole: dict[str, list[tuple[str, Whole]]] = defaultdict(list)
        self.nouns: dict[str, Attribute] = {}
        self.asked: list[tuple[re.Pattern[str], Attribute]] = []
        self.names: dict[str, Attribute] = {}
        for row in rows:
            self._take(row)
        self.told = {
            lemma: sorted(ways, key=lambda way: way.aspect == "state")
            for lemma, ways in self.ways.items()
        }
        """The ways in the order in which they are tried on what is told as past: changes first."""

    def _take(self, row: Attribute) -> None:
        self.names[row.name] = row
        if row.value not in READERS:
            raise InvalidInput(
                f"attribute {row.name!r} asks for values of kind {row.value!r}; known are "
                f"{', '.join(sorted(READERS))}.")  # fmt: skip
        for aspect, ways in (("state", row.says), ("begins", row.begins), ("ends", row.ends)):
            for way in ways:
                self._add(row, aspect, way)  # type: ignore[arg-type]
        for whole in row.whole:
            self._add_whole(row, whole)
        for noun in listed(row.nouns):
            self.nouns[noun] = row
            self.gate.add_noun(noun)
        if row.asked:
            self.asked.append((re.compile(row.asked, _I), row))

    def _add_whole(self, row: Attribute, said: str) -> None:
        match = _WHOLE.fullmatch(_expanded(said))
        if match is None or (match["kind"] and match["kind"] not in READERS):
            raise InvalidInput(f"attribute {row.name!r}: cannot read the phrase {said!r}.")
        end = _AT_VALUE if match["kind"] else ""
        head = re.compile(match["head"] + end, _I) if match["head"] else None
        tail = re.compile(match["tail"], _I) if match["tail"] else None
        aspect: Aspect = _SIGNS[match["sign"]]
        reader = READERS[match["kind"] or "free"]
        if row.value != "called":
            self.gate.add_phrase(match["key"])
        whole = Whole(row, head, reader, tail, aspect)
        for key in match["key"].split("|"):
            word = max(_WORDS.findall(key) or ["me"], key=len)[:STEM]
            self.whole[word].append((key, whole))

    def _add(self, row: Attribute, aspect: Aspect, said: str) -> None:
        match = _WAY.fullmatch(_expanded(said))
        if match is None or (match["kind"] and match["kind"] not in READERS):
            raise InvalidInput(f"attribute {row.name!r}: cannot read the way {said!r}.")
        head = re.compile(match["head"].strip() + (_AT_VALUE if match["kind"] else ""), _I)
        tail = re.compile(match["tail"], _I) if match["tail"] and match["tail"].strip() else None
        reader = READERS[match["kind"]] if match["kind"] else None
        for verb in match["verbs"].strip().split("|"):
            first, _, rest = verb.partition(" ")
            only: Literal["", "not", "gone"] = ""
            lemma = verb
            if first == "not":
                only, lemma = "not", rest
            elif first == "gone":
                only, lemma = "gone", rest
            know(lemma.removeprefix("can "))
            self.gate.add_way(lemma, said.partition(":")[2], match["kind"])
            self.ways[lemma].append(Way(row, aspect, head, reader, tail, only))
