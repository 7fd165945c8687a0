"""Clauses of a sentence, and which of them say that something is not so."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from memkit.extract.locating import Span
from memkit.extract.moods import irreal_from, mood

_DENIES: Final = re.compile(
    r"\b(?:not|never|no longer|neither|nor|nobody|nothing|none|without|cannot|cant|(?:do|does|did|"
    r"is|are|was|were|has|have|had|wo|ca|could|would|should|ai|need)n't|dont|doesnt|didnt|isnt|"
    r"arent|wasnt|havent|hasnt|wont|anymore|any more|no more|stopped|quit|gave up|ya no|nunca|"
    r"jam\u00e1s|nicht|kein\w*|niemals|ne \w+ (?:pas|plus|jamais)|n'\w+ (?:pas|plus|jamais))\b"
    r"|\b(?:is|are|was|were|has|have|had|am|be|there's) no\b|^\W*no (?=\w)"
    "|[\u4e0d\u6ca1]",
    re.IGNORECASE,
)
_MARK: Final = re.compile(
    r"(?P<hard>[;!?\n\u3002\uff1b\uff01\uff1f\u2014]|(?<!\d)[.:]|[.:](?!\d)"
    r"|\b(?:but|although|though|however|whereas|while)\b)"
    r"|(?<!\d),|,(?!\s?\d)|\uff0c|\u3001",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(
    r"[\"'\s]*(?:(?:and|so|then|now|because) )?"
    r"(?:(?:i|we|he|she|it|they|you|my|our|his|her|their|this|that|there)\b|(?-i:[A-Z]))",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|provided|assuming|in case|suppos\w+|imagin\w+)\b", re.IGNORECASE
)


class Clause(NamedTuple):
    """A stretch of a text; `begin` is where the clause begins that it is cut out of."""

    start: int
    end: int
    begin: int
    denied: bool


def is_denied(text: str) -> bool:
    """Whether a clause says that something is not so."""
    return _DENIES.search(text.replace("\u2019", "'")) is not None


def clauses(text: str, span: Span, sentence: Span) -> list[Clause]:
    """The parts of a span in each clause of its sentence.

    What is cut out behind a denial stays denied: "like cats" in "I don't, honestly, like cats". A
    comma parts two clauses only where the second begins with a subject of its own.
    """
    marks = list(_MARK.finditer(text, *sentence))
    found: list[Clause] = []
    for start, end in _parts(text, span, marks):
        opens = _OPENS.match(text, start, end) is not None
        befores = [m.end() for m in marks if m.end() <= start and (opens or m["hard"])]
        afters = [m.start() for m in marks if m.start() >= end]
        begin, stop = max(befores, default=sentence[0]), min(afters, default=sentence[1])
        found.append(Clause(start, end, begin, is_denied(text[begin:stop])))
    return found


def real_mood(text: str, clause: Clause, sentence: Span, whole: str) -> str:
    """The mood of a clause in a sentence whose mood is `whole`.

    A plan or a wish later in the sentence does not make what stands before it one.
    """
    if whole == "hypothetical":
        conditional = _CONDITION.search(text, *sentence) is not None
        if conditional or clause.end > irreal_from(text, sentence):
            return whole
    if whole in ("hypothetical", "plan"):
        return mood(text, (clause.begin, clause.end))
    return whole


def _parts(text: str, span: Span, marks: list[re.Match[str]]) -> list[Span]:
    """The span cut at the marks inside it, without white space and empty parts."""
    inside = [m for m in marks if span[0] < m.end() and m.start() < span[1]]
    starts = [span[0], *(m.end() for m in inside)]
    ends = [*(m.start() for m in inside), span[1]]
    found = []
    for start, end in zip(starts, ends, strict=True):
        piece = text[start:end]
        if piece.strip():
            begin = start + len(piece) - len(piece.lstrip())
            found.append((begin, begin + len(piece.strip())))
    return found
