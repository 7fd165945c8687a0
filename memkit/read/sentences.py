"""What hits say, sentence by sentence, and every word with the part it plays.

There is no tagger here: closed classes are lists, open ones are told by their endings. That is
enough to see where a phrase may begin and end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from memkit.models import Hit, Turn
from memkit.read.verbs import is_past, root
from memkit.text import without_blocks

_WORD: Final = re.compile(
    r"\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|%|am|pm|k)?\b|[^\W\d_](?:\w|['\u2019&/-](?=\w)|\.(?=\w))*|[^\w\s]"
)
_END: Final = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)]*(?=\s|$)|\n+")
_PICTURE: Final = re.compile(r"\[(?:photo|image|video)\b:?\s*([^\]]*)\]")
_SHOWN: Final = re.compile(
    r"^(?:an? )?(?:close[- ]?up )?(?:photo(?:graph|graphy)?|picture|image|video)s? of\s+", re.I
)
_CLOSED: Final = {
    "article": "a an the",
    "possessive": "my your his her our their its whose",
    "this": "this that these those",
    "and": "and & or nor plus",
    "but": "but though although however yet",
    "because": "because cause 'cause cuz since so as",
    "which": "which who whom when while where if whether once until how why what unless than",
    "subject": "i you he she we they it there someone everyone",
    "object": "me him them us myself yourself himself herself ourselves themselves",
    "be": "is are was were be been being am it's that's there's i'm we're they're you're he's "
    "she's isn't wasn't aren't weren't who's what's here's",
    "have": "have has had having i've we've they've you've haven't hasn't hadn't he'd she'd i'd "
    "we'd",
    "do": "do does did doing done don't doesn't didn't",
    "modal": "will would can could should may might must shall i'll we'll they'll you'll it'll "
    "gonna wanna gotta won't can't couldn't wouldn't let's",
    "to": "to",
    "in": "in at on inside near around by from into onto outside through across",
    "of": "of",
    "with": "with without",
    "for": "for about like against during after before between over under among towards toward "
    "behind beyond via per",
    "not": "not never no n't",
    "very": "very really so just also even still too pretty quite super totally definitely always "
    "actually already only more most much well back again lately recently finally now then here "
    "today yesterday tomorrow tonight soon together kinda maybe probably",
    "hello": "hey hi hello yeah yes yep yup nope no wow oh thanks thank congrats congratulations "
    "absolutely exactly sure ok okay awesome cool aww woohoo yay sorry please great btw lol haha",
}  # fmt: skip
_PART: Final = {word: part for part, words in _CLOSED.items() for word in words.split()}
OPEN: Final = frozenset(("word", "name", "ing", "ed", "number"))
"""The parts of words that carry what is said."""
_NUMBERS: Final = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty "
    "fifty hundred thousand million first second third fourth fifth once twice both several "
    "couple few half".split()
)
_CLITIC: Final = re.compile(r"n['\u2019]t$|['\u2019](?:s|m|re|ve|ll|d)?$")


class Token(NamedTuple):
    """A word or mark: its characters, its part, its stem, and whether it looks like a name."""

    text: str
    start: int
    end: int
    part: str
    stem: str
    proper: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a hit; `rank` is the hit's place, from 0, and `shown` says it is a caption.

    `speaker` is who said it, as far as known.
    `asks` holds for a question, `first` for the beginning of the turn.
    """

    text: str
    tokens: tuple[Token, ...]
    hit: Hit
    turn: Turn
    rank: int
    speaker: str | None
    asks: bool
    first: bool
    shown: bool

    def said(self, now: datetime) -> datetime:
        """When it was said."""
        return self.turn.when or now

    def words(self, begin: int, end: int) -> str:
        """The text of the tokens [begin, end)."""
        return self.text[self.tokens[begin].start : self.tokens[end - 1].end]


def sentences(hits: Sequence[Hit], owner: str | None = None) -> list[Sentence]:
    """Every sentence of the hits' turns, best hit first; the owner says what no one else does."""
    found: list[Sentence] = []
    for rank, hit in enumerate(hits):
        for turn in hit.turns[:1] or (_as_turn(hit),):
            found += _of_turn(hit, turn, rank, owner)
    return found


def _as_turn(hit: Hit) -> Turn:
    return Turn(hit.id, hit.text, hit.speaker, None, hit.session, hit.when)


def _of_turn(hit: Hit, turn: Turn, rank: int, owner: str | None) -> list[Sentence]:
    text = without_blocks(turn.text)
    said = [(piece, False) for piece in split(_PICTURE.sub("\n", text))]
    said += [(_SHOWN.sub("", caption), True) for caption in _PICTURE.findall(text)]
    own = owner if turn.role in (None, "user") else turn.role
    speaker = turn.speaker or own
    return [
        Sentence(piece, tokens, hit, turn, rank, speaker, piece.endswith("?"), number == 0, shown)
        for number, (piece, shown) in enumerate(said)
        if (tokens := tokens_of(piece))
    ]


def split(text: str) -> list[str]:
    """The sentences of a text."""
    found, position = [], 0
    for end in _END.finditer(text):
        found.append(text[position : end.end()].strip())
        position = end.end()
    found.append(text[position:].strip())
    return [piece for piece in found if piece]


@lru_cache(maxsize=1 << 13)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The words and marks of a sentence."""
    found: list[Token] = []
    for match in _WORD.finditer(text):
        opens = not found or not found[-1].stem
        found.append(_token(match, opens))
    return tuple(found)


def _token(match: re.Match[str], opens: bool) -> Token:
    text = match.group()
    plain = text.lower().replace("\u2019", "'")
    part = _part(text, plain)
    known = plain in _PART
    pronoun = plain[0] == "i" and known and _PART[plain] in ("subject", "be", "have", "modal")
    proper = (
        text[0].isupper() and not pronoun and (not opens or (text[1:2].isupper() and not known))
    )
    key = root(_CLITIC.sub("", plain)) if text[0].isalnum() else ""
    return Token(text, match.start(), match.end(), "name" if proper else part, key, proper)


def _part(text: str, plain: str) -> str:
    if not text[0].isalnum():
        return "quote" if text in '"\u201c\u201d' else "comma" if text in ",;:()" else "mark"
    if plain in _PART:
        return _PART[plain]
    if text[0].isdigit() or plain in _NUMBERS:
        return "number"
    if len(plain) > 4 and plain.endswith("ing"):
        return "ing"
    if is_past(plain) or (len(plain) > 3 and plain.endswith("ed")):
        return "ed"
    if len(plain) > 4 and plain.endswith("ly"):
        return "very"
    return "word"
