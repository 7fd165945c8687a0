"""Forms: regular expressions whose letters are words.

Every word of a text is one symbol, a character that stands for the slots the word may fill, so
that a form is a short regular expression over a short string. In a form, `word` is itself,
`<slot>` a word of that slot, whose value is kept, `<name:slot>` the same kept under another name,
`{slot}` one whose value is not kept. `^` is the beginning of a sentence, `~` stands where no
unknown word may follow, `!` where none with a capital may, `&` where some word must.
`( ) | ? *` mean what they mean in regular expressions; other marks are themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

FIRST_SYMBOL: Final = 0xE004  # for private use: none of these means anything in a pattern
UNKNOWN, NAME, MARK, BREAK = "\ue000\ue001\ue002\ue003"
"""A word of no slot, one with a capital, a mark, and one that ends a sentence."""

_PIECE: Final = re.compile(
    r"<(?P<name>[a-z]+)(?::(?P<slot>[a-z]+))?>|\{(?P<silent>[a-z]+)\}"
    r"|(?P<operator>[()|?*^~!&])|(?P<word>[^\W\d_]+|[^\s\w])"
)
_LOOKING: Final = {"^": f"(?<![^{BREAK}])", "~": f"(?![{UNKNOWN}{NAME}])", "!": f"(?!{NAME})"}


def literal(word: str) -> str:
    """The slot of one word alone."""
    return "=" + word


def literals(form: str) -> Iterator[str]:
    """The words and marks that a form names."""
    return (piece["word"] for piece in _PIECE.finditer(form) if piece["word"])


class Shape:
    """A form over the symbols of a grammar; `members` are the symbols of each slot."""

    def __init__(self, form: str, members: Mapping[str, str]) -> None:
        self.slots: list[tuple[str, str]] = []
        """What is kept and its slot, by group."""
        self._form = form
        self._members = members
        self._pieces = list(_PIECE.finditer(form))
        self._source, self.first, self._empty = self._alternatives()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled at first use: few of the forms of a language are ever tried."""
        return re.compile(self._source)

    def _alternatives(self) -> tuple[str, frozenset[str], bool]:
        """The pattern up to a closing bracket, how it may begin, and whether it may be empty."""
        source, may_be_empty = "", False
        first: frozenset[str] = frozenset()
        own: frozenset[str] = frozenset()
        empty = True
        while self._pieces and self._pieces[0]["operator"] != ")":
            piece = self._pieces.pop(0)
            if piece["operator"] == "|":
                source, first, may_be_empty = source + "|", first | own, may_be_empty or empty
                own, empty = frozenset(), True
                continue
            atom, symbols, skipped = self._atom(piece)
            if self._pieces and self._pieces[0]["operator"] in ("?", "*"):
                atom, skipped = atom + self._pieces.pop(0)["operator"], True
            source += atom
            own, empty = own | symbols if empty else own, empty and skipped
        return source, first | own, may_be_empty or empty

    def _atom(self, piece: re.Match[str]) -> tuple[str, frozenset[str], bool]:
        operator = piece["operator"]
        if operator == "(":
            inner, symbols, empty = self._alternatives()
            self._pieces.pop(0)
            return f"(?:{inner})", symbols, empty
        if operator == "&":
            return f"(?=[{UNKNOWN}{NAME}{self._members['light']}])", frozenset(), True
        if operator:
            return _LOOKING[operator], frozenset(), True
        name = piece["name"]
        slot = piece["slot"] or name or piece["silent"] or literal(piece["word"])
        if slot not in self._members:
            raise ValueError(f"no word fills {slot!r} in the form {self._form!r}")
        members = self._members[slot]
        if name is None:
            return f"[{members}]", frozenset(members), False
        self.slots.append((name, slot))
        return f"([{members}])", frozenset(members), False
