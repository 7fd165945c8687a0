"""What a question asks for: the kind of its answer, of whom, and the words to be found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from memkit.keywords import is_everyday, weight
from memkit.names import aliases, name_key
from memkit.read.sentences import OPEN, Token, tokens_of
from memkit.text import stem, terms

_AUXILIARY: Final = (
    "is|are|was|were|am|do|does|did|has|have|had|will|would|can|could|should|may|might"
)
_WHAT: Final = r"\b(?:what|which|how many|how much)\b"
_KINDS: Final = (
    ("duration", r"\bhow (?:long|old)\b|\bhow many (?:years|months|weeks|days|hours|minutes)\b"),
    ("count", r"\bhow (?:many|much)\b|\bhow often\b|\bwhat number\b"),
    ("time", r"^\W*(?:[\w,]+ ){0,3}?when\b"),
    ("time", r"\b(?:what|which) (?:year|month|day|date|week|season|time)\b"),
    ("choice", rf"^\W*(?:{_AUXILIARY})\b.* or \b"),
    ("yes-no", rf"^\W*(?:{_AUXILIARY})\b"),
    ("name", r"^\W*(?:\w+ ){0,2}?(?:who|whom|whose)\b|\bname of\b"),
    ("place", r"^\W*(?:\w+ ){0,2}?where\b"),
    (
        "reason",
        r"^\W*(?:why|what (?:is|was) \w+ reason|for what reason)\b|\bmotivat|\breason for\b",
    ),
    ("manner", r"^\W*how\b"),
)
_COMPILED: Final = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _KINDS)
_HEAD: Final = re.compile(
    rf"{_WHAT} (?:(?:kind|type|sort|name|piece|form|style)s? of )?((?:[\w'-]+ ){{0,4}}?[\w'-]+)"
    rf"(?= (?:{_AUXILIARY})\b|\?|$)",
    re.IGNORECASE,
)
_HEAD_WEIGHT: Final = 0.4
"""What the noun of what is asked for counts: "activities" are seldom called so."""
_PLURAL: Final = re.compile(r"(?:[^s']s|children|people|hobbies)$", re.IGNORECASE)
_LISTED: Final = re.compile(
    r"^\W*what (?:are|were) (?:\w+ ){0,3}?(?:\w+'s? )?(?:\w+ )?\w+s\b", re.IGNORECASE
)
_ASKING: Final = frozenset(
    stem(word) for word in (
        "what which who whom whose when where why how many much long often kind kinds type types "
        "sort name names describe say says said mention mentioned according specific "
        "specifically".split()
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, understood.

    `keys` are the stems looked for, with what each weighs by itself; `head` are those of the noun
    that names what is asked for ("book" in "which book"). `people` are the speakers it names, in
    the order named. `several` says that a list is asked for.
    """

    text: str
    kind: str
    tokens: tuple[Token, ...]
    keys: dict[str, float]
    head: frozenset[str]
    people: tuple[str, ...]
    several: bool


def asked(question: str, speakers: Iterable[str]) -> Asked:
    """The question, seen beside those who speak in what was found."""
    tokens = tokens_of(question)
    people = _people(tokens, speakers)
    named = {stem(part) for name in people for part in name_key(name).split()}
    named |= {token.stem for token in tokens if _person(token, people)}
    head = _HEAD.search(question)
    nouns = frozenset(terms(head.group(1))) - named if head else frozenset[str]()
    keys = {
        token.stem: _weight(token) * (_HEAD_WEIGHT if token.stem in nouns else 1.0)
        for token in tokens
        if token.stem and token.stem not in named | _ASKING and token.part in OPEN
    }
    several = bool(head and _PLURAL.search(head.group(1))) or bool(_LISTED.search(question))
    return Asked(question, _kind(question), tokens, keys, nouns, people, several)


def _kind(question: str) -> str:
    return next((kind for kind, form in _COMPILED if form.search(question)), "span")


def _weight(token: Token) -> float:
    if token.proper or token.part == "number":
        return 1.0
    return 0.25 if is_everyday(token.text) and weight(token.stem) == 1.0 else weight(token.stem)


def _people(tokens: Iterable[Token], speakers: Iterable[str]) -> tuple[str, ...]:
    known = aliases(speaker for speaker in speakers)
    found = (known.get(name_key(token.text)) for token in tokens if token.text[0].isupper())
    return tuple(dict.fromkeys(name for name in found if name))


def _person(token: Token, people: tuple[str, ...]) -> bool:
    return name_key(token.text) in aliases(people)
