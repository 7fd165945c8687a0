"""Where quoted words stand in a text, to the character, however they were typed.

White space, case, quotation marks, dashes, invisible characters and the Unicode form may differ;
nothing else may. A quote never begins or ends inside a word or a number: "camp" is not said in
"camping", nor 3 in "3.5".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from memkit.text import held_by_text

Span = tuple[int, int]

_SAME: Final = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
}
_EDGES: Final = " \"'.,;:!?-*_()[]\u2026\u3002\uff01\uff1f"
"""What may differ at the ends of a quote: models close sentences that go on."""
UNSPACED: Final = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0002fa1f]"
)
"""A character of a script written without spaces (Thai, Lao, Burmese, Khmer, Chinese, Japanese)."""
_PARTS_OF_NUMBERS: Final = ".,:/"


class Folded(NamedTuple):
    """A text as it is compared, and for each of its characters the one it comes from."""

    text: str
    places: tuple[int, ...]


def occurrences(quote: str, text: str) -> list[Span]:
    """Where a quote stands in a text, as [start, end) in characters of the text, in order."""
    wanted = fold(quote).text.strip(_EDGES)
    if not any(char.isalnum() for char in wanted):
        return []
    folded = fold(text)
    found: list[Span] = []
    start = folded.text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not (_continues(folded.text, start) or _continues(folded.text, end)):
            found.append((folded.places[start], folded.places[end - 1] + 1))
        start = folded.text.find(wanted, start + 1)
    return found


@held_by_text(256)
def fold(text: str) -> Folded:
    """The text in one form of everything that does not change what was said."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for plain in _plain(char):
            if plain != " " or (chars and chars[-1] != " "):
                chars.append(plain)
                places.append(place)
    _put_marks_in_order(chars, places)
    return Folded("".join(chars), tuple(places))


@lru_cache(maxsize=1 << 14)
def _plain(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    if char.isspace():
        return " "
    if unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f":
        return ""  # invisible: joiners, soft hyphens, directions, variants
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(_SAME.get(one, " " if one.isspace() else one) for one in folded)


def _put_marks_in_order(chars: list[str], places: list[int]) -> None:
    """Canonical ordering: several marks on one letter may have been typed in any order."""
    start = 0
    while start < len(chars):
        end = start
        while end < len(chars) and unicodedata.combining(chars[end]):
            end += 1
        if end - start > 1:
            run = sorted(
                zip(chars[start:end], places[start:end], strict=True),
                key=lambda pair: unicodedata.combining(pair[0]),
            )
            chars[start:end], places[start:end] = [c for c, _ in run], [p for _, p in run]
        start = end + 1


def _continues(text: str, place: int) -> bool:
    """Whether a word or a number goes on across this place of a folded text."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if _is_inside(before) and _is_inside(after):
        return not (re.match(UNSPACED, before) or re.match(UNSPACED, after))
    if before.isdigit() and after in _PARTS_OF_NUMBERS:
        return text[place + 1 : place + 2].isdigit()
    return before in _PARTS_OF_NUMBERS and after.isdigit() and text[place - 2 : place - 1].isdigit()


def _is_inside(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"
