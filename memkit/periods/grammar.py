"""What a language knows of time, and how a text is read with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from memkit.periods.moments import Meaning
from memkit.periods.numerals import HAN_DIGITS, KINDS, TOKENS, numeral
from memkit.periods.shapes import (
    BREAK,
    FIRST_SYMBOL,
    MARK,
    NAME,
    UNKNOWN,
    Shape,
    literal,
    literals,
)
from memkit.periods.tenses import Tense

Values = Mapping[str, int]
Form = tuple[str, Meaning]
Entry = tuple[str, Values]
"""The symbol of a word, and its value in each slot."""

_LETTERS: Final = "(?:[^\\W\\d_]+[\u0300-\u036f]*)+"
_PIECES: Final = re.compile(rf"{_LETTERS}|\d+|\S")
_BREAKS: Final = frozenset(".!?;:。！？；：\n")
_SPELLINGS: Final = {"'": "'’", "-": "-–—‐‑", ",": ",，、"}


@dataclass(frozen=True, eq=False)
class Table:
    """What a language knows of time."""

    name: str
    words: Mapping[str, Mapping[str, int]]
    """Slot to words to values. A word with a capital is read only as written."""
    forms: tuple[Form, ...]
    """The longer and the surer first: of those that fit, the first is taken."""
    leads: Mapping[str, str]
    """What opens a period: since, after, until, before, from, between."""
    links: Mapping[str, str]
    """What joins two: `to`, `and`, and `dash` between two of one form."""
    tails: Mapping[str, str]
    """What opens a period from behind, as "onwards" does after "from June"."""
    hours: tuple[str, str]
    """Times of day before and after a form."""
    anchors: frozenset[str]
    """Words of which a text with a time has at least one."""
    shared: frozenset[str]
    """Those among them that other languages have for other things."""
    common: frozenset[str]
    """Frequent words, by which the language of a text is told."""
    tense: Tense
    special: str = ""
    """A regular expression for what this language alone reads as one word."""
    spaced: bool = True
    spellings: Mapping[int, int] | None = None
    """Characters that are written for others, for `str.translate`."""
    day_first: bool = True

    @cached_property
    def sure(self) -> frozenset[str]:
        """Words of time that no other language has."""
        return self.anchors - self.shared

    @cached_property
    def grammar(self) -> Grammar:
        """Compiled at first use."""
        return Grammar(self)


@dataclass(frozen=True, slots=True)
class Read:
    """One form found in words [start, end), from `body` on without what led up to it."""

    start: int
    body: int
    end: int
    lead: str
    meaning: Meaning
    said: Values


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a text: one symbol each, their values, and their characters [start, end)."""

    symbols: str
    values: list[Values]
    places: list[tuple[int, int]]


class Grammar:
    """A table ready to read with."""

    def __init__(self, table: Table) -> None:
        self._day_first = table.day_first
        self._spellings = table.spellings
        self._symbols: dict[frozenset[str], str] = {}
        self._entries = self._lexicon(table)
        self._numerals = {kind: self._symbol(kinds) for kind, kinds in KINDS.items()}
        members: dict[str, str] = {}
        for kinds, symbol in self._symbols.items():
            for kind in kinds:
                members[kind] = members.get(kind, "") + symbol
        forms = [(Shape(form, members), meaning) for form, meaning in table.forms]
        self._forms: dict[str, list[tuple[Shape, Meaning]]] = {}
        for shape, meaning in forms:
            for symbol in shape.first:
                self._forms.setdefault(symbol, []).append((shape, meaning))
        self._leads = {how: Shape(form, members) for how, form in table.leads.items()}
        self._tails = {how: Shape(form, members) for how, form in table.tails.items()}
        self._links = {how: Shape(form, members) for how, form in table.links.items()}
        self._before, self._after = (Shape(form, members) for form in table.hours)
        self._openers = frozenset[str]().union(
            *(shape.first for shape in self._leads.values()), self._before.first, self._forms
        )
        self._compounds = _compounds(self._entries) if table.spaced else {}
        words = _LETTERS if table.spaced else _longest_first(self._entries)
        self._tokens = re.compile(
            "|".join(filter(None, (table.special, words, TOKENS, r"\n\s*\n", r"\S"))), re.I
        )

    def _lexicon(self, table: Table) -> dict[str, Entry]:
        values: dict[str, dict[str, int]] = {}
        for slot, words in table.words.items():
            for word, value in words.items():
                values.setdefault(word, {})[slot] = value
        more = (table.leads, table.links, table.tails)
        for form in (*(form for form, _ in table.forms), *table.hours,
                     *(form for forms in more for form in forms.values())):  # fmt: skip
            for word in literals(form):
                for spelling in _SPELLINGS.get(word, (word,)):
                    values.setdefault(spelling, {})[literal(word)] = 0
        return {word: (self._symbol(frozenset(said)), said) for word, said in values.items()}

    def _symbol(self, kinds: frozenset[str]) -> str:
        return self._symbols.setdefault(kinds, chr(FIRST_SYMBOL + len(self._symbols)))

    def line(self, text: str) -> Line:
        """The words of a text."""
        if self._spellings:
            text = text.translate(self._spellings)
        tokens = [match.span() for match in self._tokens.finditer(text)]
        said = [_plain(text[start:end]) for start, end in tokens]
        symbols, values, places = [], [], []
        number, spaced = 0, bool(self._compounds)
        while number < len(said):
            start, end = tokens[number]
            length, entry = self._compound(said, number) or (1, None)
            glued = start > 0 and text[start - 1].isalnum() and text[start].isdigit()
            symbol, value = entry or self._entry(text[start:end], said[number])
            if glued and spaced:  # "in2014", "B5"
                symbol = MARK
            symbols.append(symbol)
            values.append(value)
            places.append((start, tokens[number + length - 1][1]))
            number += length
        return Line("".join(symbols), values, places)

    def _compound(self, said: list[str], number: int) -> tuple[int, Entry] | None:
        """How many words from this one the lexicon has as one, and what stands for them."""
        for words, entry in self._compounds.get(said[number], ()):
            last = number + len(words)
            # the dot of an abbreviation belongs to it unless it may end the sentence
            dotted = words[-1] == "." and not "".join(said[last : last + 1]).isdigit()
            if said[number:last] == words and not dotted:
                return len(words), entry
        return None

    def _entry(self, token: str, said: str) -> Entry:
        found = self._entries.get(token) or self._entries.get(said)
        if found is not None:
            return found
        if not token[0].isalpha() or token[0] in HAN_DIGITS:
            read = numeral(token, day_first=self._day_first)
            if read is not None:
                return self._numerals[read[0]], read[1]
        if token[0].isalpha():
            return (NAME if token[0].isupper() else UNKNOWN), {}
        return (BREAK if token[0] in _BREAKS else MARK), {}

    def reads(self, line: Line, start: int) -> Iterator[Read]:
        """The forms that begin at this word, first those that it leads up to."""
        if line.symbols[start] not in self._openers:
            return
        for how, shape in self._leads.items():
            if line.symbols[start] in shape.first:
                lead = shape.pattern.match(line.symbols, start)
                if lead is not None:
                    yield from self._led(line, start, lead.end(), how)
        yield from self._led(line, start, start, "")

    def linked(self, line: Line, first: Read) -> Iterator[Read]:
        """The forms that a word such as "to" joins to `first`, which it ends."""
        for how, shape in self._links.items():
            link = shape.pattern.match(line.symbols, first.end)
            if link is None or (how == "and" and first.lead != "between"):
                continue
            for second in self._led(line, first.end, link.end(), ""):
                if how != "dash" or second.meaning is first.meaning:
                    yield second

    def _led(self, line: Line, start: int, body: int, lead: str) -> Iterator[Read]:
        symbols = line.symbols
        if symbols[body : body + 1] in self._before.first:
            hours = self._before.pattern.match(symbols, body)
            if hours is not None:
                yield from self._formed(line, (start, body, hours.end()), lead)
        yield from self._formed(line, (start, body, body), lead)

    def _formed(self, line: Line, place: tuple[int, int, int], lead: str) -> Iterator[Read]:
        """The forms whose own words begin at the last place, with what stands behind them."""
        start, body, first = place
        symbols = line.symbols
        for shape, meaning in self._forms.get(symbols[first : first + 1], ()):
            match = shape.pattern.match(symbols, first)
            if match is not None:
                said = {}
                for group, (name, slot) in enumerate(shape.slots, 1):
                    place_said = match.start(group)
                    if place_said >= 0:
                        said[name] = line.values[place_said][slot]
                end, how = self._tail(symbols, self._hours_after(symbols, match.end()), lead)
                yield Read(start, body, end, how, meaning, said)

    def _tail(self, symbols: str, end: int, lead: str) -> tuple[int, str]:
        """What opens a period from behind, where nothing else has."""
        for how, shape in self._tails.items():
            tail = shape.pattern.match(symbols, end) if lead in ("", "from", how) else None
            if tail is not None:
                return tail.end(), how
        return end, lead

    def _hours_after(self, symbols: str, end: int) -> int:
        while symbols[end : end + 1] in self._after.first:
            hours = self._after.pattern.match(symbols, end)
            if hours is None:
                break
            end = hours.end()
        return end


def _plain(token: str) -> str:
    """A word as the tables have it: lower case, composed."""
    if token.isascii():
        return token.lower()
    return unicodedata.normalize("NFC", token).lower().replace("’", "'")


def _compounds(entries: Mapping[str, Entry]) -> dict[str, list[tuple[list[str], Entry]]]:
    """The words of more than one piece by their first, the longest first."""
    found: dict[str, list[tuple[list[str], Entry]]] = {}
    for word, entry in entries.items():
        pieces = _PIECES.findall(word)
        if len(pieces) > 1:
            found.setdefault(pieces[0], []).append((pieces, entry))
    for alike in found.values():
        alike.sort(key=lambda each: -len(each[0]))
    return found


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
