"""The evidence check: what a model proposes is believed as far as the cited words go. Pure.

A proposed record cites turns by number, with the words in each. The words must stand there. What
they are made to say must be said by them: see `memkit.extract.support` for words, numbers, names
and dates. And they must be *said to be so*, by someone who can know it: a question, a joke or
another's words are no evidence, nor is what an assistant says about a user who did not confirm it,
nor what a stranger's text tells the memory to believe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final, Literal

from memkit.extract.denials import Clause, clauses, is_denied, real_mood
from memkit.extract.locating import Span, occurrences
from memkit.extract.moods import irreal_from, mood, moods
from memkit.extract.sentences import sentences
from memkit.extract.support import Fault, Ground, Said
from memkit.models import Source, Turn
from memkit.text import held_by_text
from memkit.trust import LOW, rank, reads_like_an_instruction

Standing = Literal["said", "confirmed", "unconfirmed", "context", "void"]

_LONGEST: Final = 600
_MOST_PLACES: Final = 20
"""Of a quote that stands in a text again and again."""
_TRUSTED: Final = rank("user")
_FIRM: Final = frozenset({"assertion", "negation", "correction"})
_BEARING: Final = {
    "plan": _FIRM | {"plan"},
    "hypothetical": _FIRM | {"plan", "hypothetical"},
}
"""The moods of words that may stand behind a statement of this mood; a plan is no fact."""
_NEVER_SO: Final = frozenset({"joke", "quote", "retraction"})
_OPEN_QUESTION: Final = re.compile(
    r"\W*(?:(?:so|and|but|well|oh|hey|ok|okay|then|btw)\W+)*"
    r"(?:what|which|who|whom|whose|when|where|why|how|o\u00f9|wo|wer|was|wann|qu\u00e9|d\u00f3nde|"
    r"cu\u00e1ndo|qui\u00e9n|quel\w*|quand|comment)\b",
    re.IGNORECASE,
)
"""Takes for granted what it names; "do you have a dog?" does not."""
_CONFIRMS: Final = re.compile(
    r"\W*(?:(?:oh|ah|well|haha)\W+)?(?:yes|yeah|yep|yup|right|exactly|correct|true|indeed|sure|"
    r"of course|absolutely|definitely|certainly|precisely|that'?s (?:right|true|correct|it)|"
    r"you'?re right|s\u00ed|ja|genau|stimmt|oui|exactement|claro|exacto)\b"
    "|\\W*(?:\u662f\u7684|\u5bf9|\u6ca1\u9519)",
    re.IGNORECASE,
)
_FIRST_PERSON: Final = re.compile(
    r"\b(?:i|me|my|mine|we|us|our|ours|im|ive|yo|mi|ich|mein\w*|je|mon|ma|mes)\b|\u6211",
    re.IGNORECASE,
)
_SECOND_PERSON: Final = re.compile(r"\b(?:you|your|yours|u|ur)\b", re.IGNORECASE)
_TAKEOVER: Final = re.compile(
    r"\b(?:ignore|disregard|override|bypass)\b[^.!?\n]{0,60}\b(?:instructions?|prompts?|rules?)\b"
    r"|<\|\w+\|>|\[/?INST\]|</?(?:system|conversation)\b[^>]{0,40}>",
    re.IGNORECASE,
)


class Unsupported(Exception):
    """Why a proposed record is not believed."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Cited words within one clause; `people` may be meant in them without a name."""

    turn: Turn
    start: int
    end: int
    mood: str
    denied: bool
    standing: Standing
    people: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words."""
        return self.turn.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a record cites: the words clause by clause, and their places as they were quoted."""

    cited: tuple[Cited, ...]
    quoted: tuple[tuple[Turn, int, int], ...]
    voices: tuple[str, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The quoted places; first those where it is said, whose moment is the record's."""
        said = {one.turn.id for one in self.cited if one.standing == "said"}
        ordered = sorted(self.quoted, key=lambda place: place[0].id not in said)
        return tuple(Source(turn.id, start, end) for turn, start, end in ordered)

    @property
    def confirmed(self) -> bool:
        """Whether a user agreed with, or answered, the words of others that it rests on."""
        others = any(rank(one.turn.origin) < _TRUSTED for one in self.cited)
        own = [one for one in self.cited if one.standing in ("said", "unconfirmed")]
        return others and all(rank(one.turn.origin) >= _TRUSTED for one in own)

    def holding(self) -> list[Cited]:
        """The words that are said to be so."""
        return [one for one in self.cited if one.standing != "context"]

    def ground(self, *, denied: bool | None = None) -> Ground:
        """What statements may be made of; denied ones, or those that are not denied, if asked."""
        fitting = [one for one in self.holding() if denied in (None, one.denied)]
        context = [one for one in self.cited if one.standing == "context"]
        return Ground(
            [Said(one.text, holds=one in fitting) for one in (*fitting, *context)],
            {name for one in fitting for name in one.people},
            [(turn.text[start:end], turn.when) for turn, start, end in self.quoted],
        )


def gather(pieces: Iterable[tuple[int, str]], turns: Sequence[Turn]) -> Evidence:
    """The cited words, found in their turns; turns are numbered from 1.

    Raises `Unsupported` for a number that no turn has and for words that do not stand there.
    """
    spans: set[tuple[int, Span]] = set()
    for number, quote in pieces:
        if not 1 <= number <= len(turns):
            raise Unsupported(f"turn {number} is not among the {len(turns)} that were given")
        text = turns[number - 1].text
        found = occurrences(quote, text)
        if not found:
            raise Unsupported(f"the words {quote[:60]!r} do not stand in turn {number}")
        firm = (span for span in found[:_MOST_PLACES] if _is_plain(text, span))
        spans.add((number - 1, next(firm, found[0])))
    if not spans:
        raise Unsupported("it cites no words")
    agreed = {place for place, span in spans if _agrees(turns[place], span)}
    cited = [one for place, span in sorted(spans) for one in _cited(place, span, turns, agreed)]
    quoted = tuple((turns[place], *span) for place, span in sorted(spans))
    voices = tuple(dict.fromkeys(voices_of(turn)[0] for turn in turns))
    return Evidence(tuple(cited), quoted, voices)


def require_supported(
    text: str, evidence: Evidence, *, paraphrase: float = 0.0
) -> tuple[str, Evidence]:
    """The mood in which a statement holds, and the evidence without what does not bear on it.

    `paraphrase` is the share of its words that may be other than those cited; of names, numbers
    and dates none may. Raises `Unsupported` where the evidence does not bear it out.
    """
    if not 0 < len(text.strip()) <= _LONGEST:
        raise Unsupported(f"it is not a text of 1 to {_LONGEST} characters")
    require_trusted(text, evidence)
    stated = mood(text.strip(), (0, len(text.strip())))
    if stated in ("question", "joke", "retraction"):
        raise Unsupported(f"it is a {stated}, not a statement")
    used = restricted(evidence, text, _BEARING.get(stated, _FIRM))
    if stated in _BEARING and not any(one.mood == stated for one in used.holding()):
        raise Unsupported(f"it was not said as a {stated}")
    dated, rest = used.ground().without_dates(text)
    if dated is not None:
        raise Unsupported(f"the date {dated!r} does not follow from the cited words")
    _require_words(rest, used, paraphrase)
    _require_polarity(rest, used.holding())
    if irreal_from(text, (0, len(text))) == len(text) and all(map(is_reported, used.holding())):
        raise Unsupported("it is told as another's words")
    return _held_mood(stated, used.holding()), used


def _require_words(text: str, used: Evidence, paraphrase: float) -> None:
    """Each clause must be made of words that were said, or denied, as it says or denies them."""
    whole = used.ground()
    foreign: list[Fault] = []
    for clause in clauses(text, (0, len(text)), (0, len(text))):
        span = (clause.start, clause.end)
        faults = used.ground(denied=clause.denied).faults(text, *span)
        known = whole.faults(text, *span)
        if any(fault not in known for fault in faults):
            raise Unsupported("the cited words say the opposite")
        foreign += faults
    meaning = whole.meaning(text)
    if not meaning:
        raise Unsupported("it says nothing")
    fatal = [fault for fault in foreign if not fault.is_word]
    if fatal or len(foreign) > paraphrase * meaning:
        raise Unsupported((fatal or foreign)[0].text)


def _require_polarity(text: str, holding: Sequence[Cited]) -> None:
    if is_denied(text) and not any(one.denied for one in holding):
        raise Unsupported("it denies what the cited words do not deny")
    if not is_denied(text) and all(one.denied for one in holding):
        raise Unsupported("it states what the cited words deny")


def is_reported(cited: Cited) -> bool:
    """Whether the words, or some of them, stand behind "she says that" and its like."""
    text = cited.turn.text
    return any(
        irreal_from(text, span) < cited.end
        for span, _ in _sentences(text) if span[0] <= cited.start < span[1]
    )  # fmt: skip


def voices_of(turn: Turn) -> tuple[str, ...]:
    """The names by which who speaks may be called."""
    role = turn.role or (turn.origin if turn.origin in ("assistant", "tool") else "user")
    return (turn.speaker, role) if turn.speaker else (role,)


def is_assistant(turn: Turn) -> bool:
    """Whether an assistant speaks."""
    return turn.origin == "assistant" or turn.role == "assistant"


def _is_plain(text: str, span: Span) -> bool:
    return any(each == "assertion" for _, _, each in _by_sentence(text, span))


def _by_sentence(text: str, span: Span) -> list[tuple[Span, Span, str]]:
    """The parts of a span in each sentence it touches, the sentence, and its mood."""
    found = []
    for sentence, each in _sentences(text):
        begin, stop = max(sentence[0], span[0]), min(sentence[1], span[1])
        if begin < stop:
            found.append(((begin, stop), sentence, each))
    return found


@held_by_text(64)
def _sentences(text: str) -> list[tuple[Span, str]]:
    """The sentences of a text with their moods; asked for every quote from it."""
    spans = sentences(text)
    return list(zip(spans, moods(text, spans), strict=True))


def _cited(place: int, span: Span, turns: Sequence[Turn], agreed: set[int]) -> Iterator[Cited]:
    turn = turns[place]
    confirmed = _answer(place, turns) in agreed
    to = _addressees(place, turns)
    for part, sentence, each in _by_sentence(turn.text, span):
        for clause in clauses(turn.text, part, sentence):
            real = real_mood(turn.text, clause, sentence, each)
            standing = _standing(turn.text[slice(*sentence)], turn, real, confirmed=confirmed)
            people = _people(turn, clause, sentence, () if standing == "void" else to)
            yield Cited(turn, clause.start, clause.end, real, clause.denied, standing, people)


def _standing(sentence: str, turn: Turn, real: str, *, confirmed: bool) -> Standing:
    if real in _NEVER_SO:
        return "void"
    if confirmed and (real == "question" or is_assistant(turn)):
        return "confirmed"
    if real == "question":
        return "context" if _OPEN_QUESTION.match(sentence) else "void"
    return "unconfirmed" if is_assistant(turn) else "said"


def _people(turn: Turn, clause: Clause, sentence: Span, to: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a clause speaks of by "I" and "you": who speaks, or who is spoken to."""
    own = voices_of(turn)
    for span in (sentence, (clause.start, clause.end)):
        first = _FIRST_PERSON.search(turn.text, *span) is not None
        second = _SECOND_PERSON.search(turn.text, *span) is not None
        if first != second:
            return own if first else to
        if not first:
            break
    return (*own, *to) if second else own


def _agrees(turn: Turn, span: Span) -> bool:
    """Whether these words begin a turn by agreeing with what was said before."""
    opening = sentences(turn.text)[:1]
    if is_assistant(turn) or not opening or span[0] > opening[0][0] + 2:
        return False
    first = turn.text[slice(*opening[0])]
    return _CONFIRMS.match(first) is not None and not is_denied(first)


def _answer(place: int, turns: Sequence[Turn]) -> int | None:
    """The place of the next turn of the session, if another speaks there."""
    own = turns[place]
    for later in range(place + 1, len(turns)):
        if turns[later].session == own.session:
            return later if voices_of(turns[later]) != voices_of(own) else None
    return None


def _addressees(place: int, turns: Sequence[Turn]) -> tuple[str, ...]:
    """The names of the one other voice of the session; none where there are more."""
    own = turns[place]
    others = {voices_of(turn) for turn in turns if turn.session == own.session} - {voices_of(own)}
    return others.pop() if len(others) == 1 else ()


def require_trusted(text: str, evidence: Evidence) -> None:
    """Raise `Unsupported` where a turn, or what is made of it, tells its reader what to do."""
    for one in evidence.cited:
        both = f"{one.turn.text}\n{text}"
        if rank(one.turn.origin) <= LOW and reads_like_an_instruction(both):
            raise Unsupported(f"a text of origin {one.turn.origin} reads like an instruction")
        if _TAKEOVER.search(one.turn.text) or _TAKEOVER.search(text):
            raise Unsupported("its turn gives orders to the reader")


def restricted(evidence: Evidence, text: str, moods: AbstractSet[str]) -> Evidence:
    """The evidence that may bear on a statement: what is said in one of these moods.

    Raises `Unsupported` where there is none.
    """
    spoken = [one for one in evidence.cited if one.standing in ("said", "confirmed")]
    if not spoken and _is_of_others(text, evidence):
        spoken = [one for one in evidence.cited if one.standing == "unconfirmed"]
    holding = [one for one in spoken if one.standing == "confirmed" or one.mood in moods]
    if not holding:
        raise Unsupported(_why_none(evidence, spoken))
    kept = [one for one in evidence.cited if one in holding or one.standing == "context"]
    quoted = tuple(
        (turn, start, end) for turn, start, end in evidence.quoted
        if any(one.turn is turn and start <= one.start < end for one in kept)
    )  # fmt: skip
    return replace(evidence, cited=tuple(kept), quoted=quoted)


def _why_none(evidence: Evidence, spoken: Sequence[Cited]) -> str:
    if spoken:
        return f"it was said as a {spoken[0].mood}, and is stated otherwise"
    if any(one.standing == "unconfirmed" for one in evidence.cited):
        return "an assistant said it, and no user confirmed it"
    found = sorted({one.mood for one in evidence.cited})
    return f"it is not said to be so, but as a {' and a '.join(found) or 'fragment'}"


def _is_of_others(text: str, evidence: Evidence) -> bool:
    """Whether a statement names none of those who talk with an assistant, nor was said to them."""
    own = {name for one in evidence.cited for name in voices_of(one.turn) if is_assistant(one.turn)}
    others = {word for name in {*evidence.voices, "user"} - own for word in _words(name)}
    spoken_to = any(_SECOND_PERSON.search(one.text) for one in evidence.cited)
    return not spoken_to and not others & _words(text)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))


def _held_mood(stated: str, holding: Sequence[Cited]) -> str:
    if stated in _BEARING:
        return stated
    if any(one.mood == "correction" for one in holding):
        return "correction"
    return "negation" if all(one.denied for one in holding) else "assertion"
