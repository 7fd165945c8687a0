"""The sentences of turns that a summary may quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from memkit.extract.sentences import Span, sentences
from memkit.gist import Sentence, sentence
from memkit.models import Turn
from memkit.text import BLOCK_START

_FENCED: Final = re.compile(r"```.*?(?:```|\Z)|<memories>.*?(?:</memories>|\Z)", re.DOTALL)
"""Code, and what was handed out from memory: nobody's sentences."""
_MARKUP: Final = re.compile(r"[|{}<>\[\]#=*_~`/\\]|https?:")
_LEAST_PROSE: Final = 12
"""Characters of a sentence for each mark of markup in it: with less it is a table or a path."""
_ANSWERING: Final = frozenset(("assistant", "tool", "system"))
_ENDS: Final = tuple(".!?\u2026\u3002\uff01\uff1f")
_CLOSING: Final = "\"'\u201d\u2019)*_"
_LONGEST: Final = 240
_SHORTEST: Final = 40
_LEAD: Final = re.compile(r"(?:[*+#>|\u2022-]+\s+|\[[ x]\]\s+)+")
_CLAUSE: Final = re.compile(r"(?<=[,;:\u2014])\s|(?<=[\uff0c\u3001\uff1b])")
_SPACE: Final = re.compile(r"\s")


def is_personal(turn: Turn) -> bool:
    """Whether these are a person's own words, and not an assistant's, a tool's or a system's."""
    return turn.role not in _ANSWERING and turn.origin not in _ANSWERING


def said(turns: Sequence[Turn]) -> list[Sentence]:
    """The sentences of these turns, in order, each with its place and who said it.

    A sentence of more than 240 characters is given in pieces, cut after a comma if possible.
    """
    found = []
    for turn in turns:
        closed = [span.span() for span in _FENCED.finditer(turn.text)] if _has(turn.text) else []
        speaker, personal = turn.speaker or turn.role, is_personal(turn)
        for start, end in _spans(turn.text):
            text = turn.text[start:end]
            outside = not any(a < end and start < b for a, b in closed)
            if outside and _is_prose(text, personal=personal):
                found.append(sentence(text, (turn.id, start, end), speaker, personal=personal))
    return found


def _spans(text: str) -> Iterator[Span]:
    for start, end in sentences(text):
        start, end = _bare(text, start, end)
        begin = start
        while end - begin > _LONGEST:
            stop = _cut(text, begin, begin + _LONGEST)
            yield begin, stop
            begin = stop
            while begin < end and text[begin].isspace():
                begin += 1
        if begin < end:
            yield begin, end


def _bare(text: str, start: int, end: int) -> Span:
    """The span without the marks of lists and headings before it, and of emphasis around it."""
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead is not None else start
    while end - start > 1 and text[start] in "*_" and text[end - 1] in "*_":
        start, end = start + 1, end - 1
    return start, end


def _cut(text: str, start: int, limit: int) -> int:
    """Where to end a piece: after the last comma, else the last word, else at the limit."""
    piece = text[start : limit + 1]
    for pattern in (_CLAUSE, _SPACE):
        cuts = [match.start() for match in pattern.finditer(piece, _SHORTEST)]
        if cuts:
            return start + cuts[-1]
    return limit


def _is_prose(text: str, *, personal: bool) -> bool:
    """Whether this may be quoted: no table, caption or lead-in; of an assistant, no list item."""
    if text[-1] in ":\uff1a" or (text[0] == "[" and text[-1] == "]"):
        return False
    ended = personal or text.rstrip(_CLOSING)[-1:] in _ENDS
    return ended and len(_MARKUP.findall(text)) * _LEAST_PROSE <= len(text)


def _has(text: str) -> bool:
    return "```" in text or BLOCK_START in text
