"""Where sentences begin and end, to the character.

A span is (start, end) in characters of the text, without the white space around it, without list
marks, and with its closing punctuation. What stands between two spans is white space or a list
mark: nothing that was said is lost.
"""

from __future__ import annotations

import re
from typing import Final

from memkit.extract.words import listed

Span = tuple[int, int]

_EMOJI: Final = "\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff"
_CLOSING: Final = "\"'\u201d\u2019\u00bb)\\]"
_BREAK: Final = re.compile(
    rf"(?=[.!?\u2026\u061f\u3002\uff01\uff1f\n{_EMOJI}])(?:"
    rf"(?P<dots>\.{{2,}}|\u2026)[{_CLOSING}]*(?=\s)"
    rf"|(?P<stop>\.)[{_CLOSING}]*(?=\s)"
    rf"|(?P<mark>[!?\u061f][!?.]*)[{_CLOSING}*_]*(?=\s|[{_EMOJI}])"
    "|(?P<full>[\u3002\uff01\uff1f]+[\u300d\u300f\u201d\u2019]*)"
    "|(?P<line>\\n\\s*)"
    f"|(?P<emoji>[{_EMOJI}](?:[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*[{_EMOJI}])*\ufe0f?)(?=\\s+\\S))"
)
_LIST_MARK: Final = re.compile(
    r"(?:[-*\u2022\u2023\u00b7]\s+|\(?\d{1,3}[.)](?=\s)\s+|#{1,6}\s+|>\s*)+"
)
_LAST_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|\.(?=[^\W_]))*\Z")
_TITLES: Final = listed(
    "mr mrs ms mx dr st prof sr sra dra hr fr mt gen col lt capt rev sen rep gov pres vs no nr"
)
"""Shortened words that a name or number follows: never the end of a sentence."""
_SHORTENED: Final = listed(
    "inc ltd corp co jr sr etc al approx dept est fig ca e.g i.e a.m p.m u.s u.k u.s.a d.c b.c "
    "a.d ph.d b.a m.a b.sc m.sc z.b bzw d.h usw p.ej ave blvd rd min max hrs hr wk mo yr jan feb "
    "mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun"
)
"""Shortened words that may also end a sentence: they do where a capital letter follows."""
_TAIL: Final = re.compile(
    r",\s+(?=(?:and |but |so )?(?:have|had|has|do|does|did|are|is|was|were|can|could|would|will|"
    r"should|what|where|when|who|how|why|which|any|isn't|aren't|don't|didn't|haven't) (?:you|"
    r"your|u|it|that|there|we|they|he|she|i|about|the|is|are|do|did|was|were|would|else|ideas?|"
    r"tips?|many|much|long|old|come|recommendations?|suggestions?|advice|chance)\b)",
    re.IGNORECASE,
)


def sentences(text: str) -> list[Span]:
    """The spans of the sentences of a text, in order.

    A line break ends a sentence, except inside a paragraph that is wrapped at a fixed width. A
    question that hangs on a statement by a comma ("I moved, have you heard?") is a span of its own.
    """
    found: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        end = _ends(text, match, start)
        if end is not None:
            _keep(text, start, end, found)
            start = end
    _keep(text, start, len(text), found)
    return found


def _ends(text: str, match: re.Match[str], start: int) -> int | None:
    """Where the sentence ends that this break would close; None where it goes on."""
    kind = match.lastgroup
    if kind == "line":
        return None if _is_wrapped(text, match) else match.start()
    if kind in ("mark", "full"):
        return match.end()
    follows = text[match.end() :].lstrip()[:1] if kind != "stop" else _next(text, match.end())
    if kind == "emoji":
        return match.end() if follows.isupper() else None
    if kind == "dots":
        return None if follows.islower() else match.end()
    word = _LAST_WORD.search(text, max(start, match.start() - 24), match.start())
    if word is not None and _is_shortened(word.group(), follows):
        return None
    if word is not None and _is_initials(word.group()) and not text[start : word.start()].strip():
        return None  # "S.C. Braga": nothing else was said so far
    return match.end()


def _next(text: str, place: int) -> str:
    while place < len(text) and text[place].isspace():
        place += 1
    return text[place : place + 1]


def _is_shortened(word: str, follows: str) -> bool:
    low = word.lower()
    if low in _TITLES:
        return low != "no" or follows.isdigit()
    if len(word) == 1 and word.isupper() and word != "I":
        return True
    if low in _SHORTENED or _is_initials(low):
        return not follows.isupper() and follows != ""
    return low.isdigit() and len(low) <= 2 and follows.islower() and follows.isalpha()


def _is_initials(word: str) -> bool:
    """Single letters with full stops between: "S.C", of "S.C."."""
    return "." in word and all(len(part) == 1 for part in word.split("."))


def _is_wrapped(text: str, match: re.Match[str]) -> bool:
    """A single line break inside a long paragraph, before a word that goes on."""
    if match.group().count("\n") > 1 or not text[match.end() : match.end() + 1].islower():
        return False
    line = match.start() - (text.rfind("\n", 0, match.start()) + 1)
    return line >= 60


def _keep(text: str, start: int, end: int, found: list[Span]) -> None:
    """Add [start, end) without white space and list mark, as one span or two; if any is left."""
    while start < end and text[start].isspace():
        start += 1
    if start == 0 or text[start - 1] == "\n":
        mark = _LIST_MARK.match(text, start, end)
        if mark is not None:
            start = mark.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return
    if text[end - 1] in "?\uff1f":
        tail = _TAIL.search(text, start + 8, end)
        if tail is not None:
            found.append((start, tail.start() + 1))
            start = tail.end()
    found.append((start, end))
