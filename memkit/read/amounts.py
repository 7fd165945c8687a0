"""How many, how long, how often: what a sentence says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from memkit.periods import Phrase
from memkit.read.sentences import Sentence

_UNIT: Final = "second|minute|hour|day|night|week|weekend|month|year|decade"
_COUNT: Final = (
    r"(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty|thirty|forty|fifty|few|couple of|several|many|half an?|a few|a couple of)"
)
_LENGTH: Final = re.compile(
    rf"\b(?:(?:about|around|over|almost|nearly|more than|at least) )?{_COUNT}[ -](?:{_UNIT})s?\b",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(r"\bsince (?:\w+ )?(?:19|20)\d\d\b", re.IGNORECASE)
_OFTEN: Final = re.compile(
    rf"\b(?:(?:once|twice|{_COUNT} times) (?:an? |every |per )(?:{_UNIT})"
    rf"|every (?:\w+ )?(?:{_UNIT})s?"
    rf"|(?:multiple|several|a few|many|{_COUNT}) times(?: an? (?:{_UNIT}))?|daily|weekly|monthly|"
    r"yearly|always|never|rarely|often|sometimes|all the time|once in a while)\b",
    re.IGNORECASE,
)  # fmt: skip
_ORDINALS: Final = {
    word: str(number + 1)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split()
    )
}


def length(each: Sentence, found: Sequence[Phrase]) -> str:
    """How long, as said: a length of time, or since when; empty if the sentence has none."""
    since = _SINCE.search(each.text)
    if since:
        return since.group().lower()
    said = _LENGTH.search(each.text)
    if said:
        return said.group().lower()
    return next((phrase.text for phrase in found if phrase.text.lower().startswith("since")), "")


def frequency(each: Sentence) -> str:
    """How often, as said; empty if the sentence does not tell."""
    said = _OFTEN.search(each.text)
    return said.group().lower() if said else ""


def number(each: Sentence, head: frozenset[str]) -> str:
    """The number beside the counted noun, else the first; empty if there is none."""
    tokens = each.tokens
    numbers = [place for place, token in enumerate(tokens) if token.part == "number"]
    for place in numbers:
        if any(token.stem in head for token in tokens[place + 1 : place + 4]):
            return _ORDINALS.get(tokens[place].text.lower(), tokens[place].text)
    if not numbers:
        return ""
    text = tokens[numbers[0]].text
    return _ORDINALS.get(text.lower(), text)
