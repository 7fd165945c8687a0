"""Where names stand in a text: runs of capitals, quoted titles, honorifics.

A capital at the beginning of a sentence says nothing. Such a word is a name if it is one elsewhere
in the batch, if it is a speaker's, or a first name that everyone knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from memkit.extract.entities_kinds import (
    ADJECTIVES,
    CALENDAR,
    CONNECTING,
    HONORIFICS,
    NEVER,
    SMALL,
    Votes,
    votes_of,
)
from memkit.extract.sentences import sentences
from memkit.extract.utterances import is_personal
from memkit.keywords import is_everyday
from memkit.models import Turn
from memkit.names import is_given_name, name_key

_TOKEN: Final = re.compile(r"[^\W_]+(?:['\u2019&.-][^\W_]+)*\+?")
_POSSESSIVE: Final = re.compile("['\u2019]s?$")
_CLOSED: Final = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|<memories>.*?(?:</memories>|\Z)|https?://\S+|\S+@\S+|\[photo[^\]]*\]",
    re.DOTALL,
)
_QUOTED: Final = re.compile(
    '["\u201c](?P<double>[^"\u201c\u201d\\n]{2,70})["\u201d]'
    r"|(?<!\w)['\u2018](?P<single>[A-Z][^'\u2018\u2019\n]{2,60})['\u2019](?!\w)"
    "|\u300a(?P<angle>[^\u300b\\n]{1,40})\u300b|\u300e(?P<corner>[^\u300f\\n]{1,40})\u300f"
)
_ASIAN: Final = re.compile(
    "(?P<name>[\u4e00-\u9fff]{1,3}|[\u30a1-\u30fa\u30fc]{2,8})(?:さん|さま|くん|ちゃん|先生)"
)
_GERMAN: Final = frozenset(
    "der die das und ich nicht ist ein eine einen mit auf für von dem den sich wir aber auch mein "
    "meine hat habe war zum zur bei".split()
)
_SHORTENED: Final = re.compile(r"[A-Z](?:\.[A-Z])*|St|Mt|Ft")
_NUMBERED: Final = frozenset(
    "chapter table figure step phase part section episode season level page week day version unit "
    "lesson act scene volume question option exercise grade class number no round year".split()
)
"""Words that with a number name a place in a list."""
_INNER: Final = re.compile(r"[a-z]{1,2}[A-Z]|mac[A-Z]")
_BEGINS: Final = re.compile('[.!?:;\u2026\u2013\u2014"\u201c(*\n]| - |_')
"""What comes between two words of which the second begins something."""
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2,}")
_BLANK: Final = "\x00"
_LONGEST: Final = 8
"""Words of a name."""
_ACRONYM: Final = 6
"""Letters of a word all in capitals that is a name and not shouted."""


_NAMELESS: Final = CALENDAR | ADJECTIVES | HONORIFICS | CONNECTING


class Token(NamedTuple):
    """A word without a possessive ending, its place, and what its capital is worth.

    `initial`: it begins a sentence, a quote or an item, where every word has a capital.
    """

    text: str
    start: int
    end: int
    possessive: bool
    initial: bool

    @property
    def capital(self) -> bool:
        """Written like a name: a first capital, or one inside, as in iPhone."""
        return self.text[0].isupper() or _INNER.match(self.text) is not None


class Mention(NamedTuple):
    """A name as it stands in a turn, what speaks for its type, and whether it is one for sure."""

    name: str
    turn: Turn
    start: int
    end: int
    sure: bool
    votes: Votes


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of a sentence; `plain` says that its capitals tell names from other words.

    `telling`: so do two capitals at its beginning.
    """

    turn: Turn
    text: str
    tokens: list[Token]
    plain: bool
    telling: bool


@dataclass(frozen=True, slots=True)
class Writing:
    """How the words of a batch are written where capitals tell: small, or as names.

    `people` are the keys of the speakers' names and their forms.
    """

    small: Counter[str]
    named: Counter[str]
    people: frozenset[str]

    def is_name(self, word: str) -> bool:
        """Whether this word is a name where its capital says nothing."""
        if name_key(word) in self.people:
            return True
        small, named = self.small[word.lower()], self.named[word.lower()]
        return named > small or (small == 0 and is_given_name(word) and not is_everyday(word))


def mentions(turns: Sequence[Turn], people: frozenset[str]) -> list[Mention]:
    """The names in these turns, in order; `people` are keys of the names of speakers."""
    found: list[Mention] = []
    lines: list[Line] = []
    for turn in turns:
        text = _CLOSED.sub(_blank, turn.text)
        quoted = list(_titles(turn, text))
        for one in quoted:
            text = text[: one.start] + _BLANK * (one.end - one.start) + text[one.end :]
        found += quoted
        found += _asian(turn, text, people)
        lines += _lines(turn, text)
    writing = _writing(lines, people)
    for line in lines:
        found += _names(line, writing)
    order = {turn.id: place for place, turn in enumerate(turns)}
    return sorted(found, key=lambda one: (order[one.turn.id], one.start, one.end))


def _blank(found: re.Match[str]) -> str:
    return _BLANK * len(found.group())


def _titles(turn: Turn, text: str) -> Iterator[Mention]:
    """What stands in quotes and is written like a title."""
    for match in _QUOTED.finditer(text):
        kind = match.lastgroup or ""
        title = match[kind].strip().rstrip(",.;")
        if _BLANK in title or not any(letter.isalnum() for letter in title):
            continue
        start = text.index(title, match.start(kind))
        cued = votes_of(text, start, start + len(title)).get("title", 0) > 0
        if kind in ("angle", "corner") or _is_title(title, cued=cued):
            yield Mention(title, turn, start, start + len(title), True, {"title": 5.0})


def _is_title(text: str, *, cued: bool) -> bool:
    """Every longer word has a capital; a single word needs a cue beside it, such as "the song"."""
    words = [word for word in text.split() if word[0].isalnum()]
    if not words or len(words) > 9 or (text[-1] in "!?" and not cued):
        return False
    if not all(word[0].isupper() or word[0].isdigit() or word in SMALL for word in words):
        return False
    return cued or (len(words) > 1 and not all(is_everyday(word) for word in words))


def _asian(turn: Turn, text: str, people: frozenset[str]) -> Iterator[Mention]:
    """Names in scripts without spaces: before an honorific, or of a speaker."""
    if text.isascii():
        return
    spans = {match.span("name") for match in _ASIAN.finditer(text)}
    for name in people:
        if not name.isascii() and _UNSPACED.fullmatch(name):
            spans |= {match.span() for match in re.finditer(re.escape(name), text)}
    for start, end in sorted(spans):
        yield Mention(text[start:end], turn, start, end, True, {"person": 5.0})


def _lines(turn: Turn, text: str) -> Iterator[Line]:
    for start, end in sentences(text):
        tokens = _tokens(text, start, end)
        if tokens:
            marked = "**" in text[max(0, start - 3) : end] and not is_personal(turn)
            plain = not marked and _is_plain(tokens, text[end - 1])
            yield Line(turn, text, tokens, plain, plain and is_personal(turn))


def _tokens(text: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    last = start
    for match in _TOKEN.finditer(text, start, end):
        word = _POSSESSIVE.sub("", match.group())
        stop = match.start() + len(word)
        initial = not found or _BEGINS.search(text, last, match.start()) is not None
        found.append(Token(word, match.start(), stop, stop < match.end(), initial))
        last = match.end()
    return found


def _is_plain(tokens: Sequence[Token], last: str) -> bool:
    """No heading, no shouting, no German: there capitals tell nothing."""
    longer = [token for token in tokens if len(token.text) > 3 or token.capital]
    capitals = sum(token.capital for token in longer)
    least, share = (6, 0.8) if last in ".!?" else (4, 0.6)
    if len(longer) >= least and capitals > share * len(longer):
        return False
    shouted = sum(token.text.isupper() and len(token.text) > 1 for token in tokens)
    if shouted > 2 and shouted > 0.5 * len(tokens):
        return False
    return sum(token.text.lower() in _GERMAN for token in tokens) < max(2, len(tokens) / 6)


def _writing(lines: Sequence[Line], people: frozenset[str]) -> Writing:
    small: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for line in lines:
        for token in line.tokens:
            if not token.capital:
                small[token.text] += 1
            elif line.plain and not token.initial:
                named[token.text.lower()] += 1
    return Writing(small, named, people)


def _names(line: Line, writing: Writing) -> Iterator[Mention]:
    place = 0
    while place < len(line.tokens):
        end = _run(line, place)
        if end == place:
            place += 1
            continue
        run = _trimmed(line.tokens[place:end], line, writing)
        place = end
        if run and _holds(run, line, writing):
            start, stop = run[0].start, run[-1].end
            votes = votes_of(line.text, start, stop)
            if name_key(line.text[start:stop]) in writing.people:
                votes["person"] = votes.get("person", 0) + 6
            yield Mention(line.turn.text[start:stop], line.turn, start, stop, line.plain, votes)


def _run(line: Line, place: int) -> int:
    """The end of the run of capitals that begins at this token; `place` where there is none."""
    tokens, text = line.tokens, line.text
    if not _may_begin(tokens[place]):
        return place
    end = place + 1
    while end < len(tokens) and end - place < _LONGEST and not tokens[end - 1].possessive:
        ahead = _past_connecting(tokens, end)
        if ahead == len(tokens) or not all(_joined(text, *tokens[n - 1 : n + 1])
                                           for n in range(end, ahead + 1)):  # fmt: skip
            break
        if not (_may_begin(tokens[ahead]) or (ahead == end and tokens[end].text.isdigit())):
            break
        end = ahead + 1
    return end


def _past_connecting(tokens: Sequence[Token], place: int) -> int:
    """The first token from here on that does not connect two parts of a name."""
    low = [token.text for token in tokens[place : place + 2]]
    if low == ["and", "the"]:
        return place + 2
    return place + next((n for n, word in enumerate(low) if word not in CONNECTING), len(low))


def _may_begin(token: Token) -> bool:
    return token.capital and token.text.lower() not in NEVER and token.text[0].isalnum()


def _joined(text: str, one: Token, two: Token) -> bool:
    gap = text[one.end : two.start]
    if gap in (". ", "."):
        return one.text.lower() in HONORIFICS or _SHORTENED.fullmatch(one.text) is not None
    return gap in (" ", " & ")


def _trimmed(run: list[Token], line: Line, writing: Writing) -> list[Token]:
    """The run without what has its capital for another reason."""
    while run and run[0].initial and not writing.is_name(run[0].text):
        rest = line.text[run[1].start : run[-1].end] if len(run) > 1 else ""
        known = rest and line.telling and not is_everyday(run[0].text)
        if known and not writing.small[run[0].text.lower()]:
            return run[name_key(rest) in writing.people :]
        run = run[1:]
    return run


def _holds(run: Sequence[Token], line: Line, writing: Writing) -> bool:
    """Whether what is left is a name."""
    low = [token.text.lower() for token in run]
    if all(word in _NAMELESS or word in _NUMBERED or word.isdigit() for word in low):
        return False
    if len(run) > 1:
        return line.plain and not all(is_everyday(word) or word.isdigit() for word in low)
    word = run[0].text
    if name_key(word) in writing.people:
        return True
    small, named = writing.small[word.lower()], writing.named[word.lower()]
    if len(word) == 1:
        return False
    if not line.plain or is_everyday(word) or (word.isupper() and len(word) > _ACRONYM):
        return line.plain and named > 1 and small == 0 and len(word) <= _ACRONYM
    return named > small
