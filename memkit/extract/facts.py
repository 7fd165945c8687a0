"""Statements that stand alone, one for each sentence that tells something."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, ClassVar, Final, Literal

from memkit.contracts import Extractor
from memkit.errors import InvalidInput
from memkit.extract.attributes import Rows
from memkit.extract.claims import Claim
from memkit.extract.dialogue import Dialogue
from memkit.extract.moods import moods
from memkit.extract.parties import Voices
from memkit.extract.persons import Change, Persons, annotated
from memkit.extract.sentences import Span, sentences
from memkit.extract.times import Said, Times, bounds, said_times
from memkit.extract.triples import ATTRIBUTES, times_of
from memkit.extract.voices import is_assistant, voices_of
from memkit.models import Memory, Source, Turn

__all__ = ["FactExtractor"]

Which = Literal["dated", "telling", "all"]
_WHICH: Final = ("dated", "telling", "all")
_MOODS: Final = ("assertion", "plan", "negation", "correction", "retraction", "question",
"hypothetical",
                 "quote", "joke")  # fmt: skip
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


class FactExtractor(Extractor):
    """Records of kind `fact`: a sentence made self-contained, with its mood and times.

    First and second person are names, and a time that depends on when it was said has its date
    behind it. `which` sentences are kept: `dated` (a time in them was resolved), `telling` (dated,
    or they say something that `TripleExtractor` would read), or `all` that state anything.
    """

    name: ClassVar[str] = "facts"
    version: ClassVar[int] = 1

    def __init__(
        self,
        *,
        which: Which = "telling",
        moods: Collection[str] = ("assertion", "plan", "negation", "correction"),
        least_words: int = 4,
        times: Times | None = None,
    ) -> None:
        """Only sentences in one of the `moods`, of `least_words` words and more.

        `times` resolves times, `memkit.periods.phrases` if None. Raises `InvalidInput` for another
        `which`, or a mood that does not exist.
        """
        if which not in _WHICH or not set(moods) <= set(_MOODS):
            raise InvalidInput(
                f"which={which!r} must be one of {', '.join(_WHICH)}, and moods among "
                f"{', '.join(_MOODS)}; found {', '.join(sorted(moods))}."
            )
        self._which = which
        self._moods = frozenset(moods)
        self._least = least_words
        self._times = times_of(times)
        self._rows = Rows(ATTRIBUTES)

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        """The statements of each turn, in order; what an assistant says is left out."""
        sessions: dict[str | None, Dialogue] = {}
        for turn, who in zip(turns, voices_of(turns), strict=True):
            talk = sessions.setdefault(turn.session, Dialogue(self._rows, self._times))
            claims = talk.hear(turn, who) if self._which == "telling" else []
            if not is_assistant(turn) and turn.role not in ("system", "tool"):
                yield from self._of_turn(turn, who, claims)

    def _of_turn(self, turn: Turn, who: Voices, claims: Sequence[Claim]) -> Iterator[Memory]:
        spans = sentences(turn.text)
        told = [span for claim in claims for id, *span in claim.spans if id == turn.id]
        said = [said_times(turn.text, span, turn.when, self._times) for span in spans]
        if not self._may_hold(spans, told, said):
            return
        persons = Persons(turn.text, who)
        for span, mood, times in zip(spans, moods(turn.text, spans), said, strict=True):
            changes = persons.changes(span)
            dated = any(one.since is not None or one.until is not None for one in times)
            holds = any(start < span[1] and end > span[0] for start, end in told)
            if mood in self._moods and self._is_worth(turn.text, span, dated=dated, holds=holds):
                yield _record(turn, span, mood, [*changes, *annotated(times)], times)

    def _may_hold(self, spans: Sequence[Span], told: Sequence[Any], said: Sequence[Any]) -> bool:
        return bool(spans) and (self._which == "all" or bool(told) or any(said))

    def _is_worth(self, text: str, span: Span, *, dated: bool, holds: bool) -> bool:
        """Whether the sentence says more as a record of its own than the turn does already."""
        if self._which == "dated" and not dated:
            return False
        if self._which == "telling" and not (dated or holds):
            return False
        return len(_WORD.findall(text, *span)) >= self._least


def _record(
    turn: Turn, span: Span, mood: str, changes: Sequence[Change], times: Sequence[Said]
) -> Memory:
    when = bounds(turn.text, times)
    known = {
        "mood": mood,
        "since": when.since.isoformat() if when.since is not None else None,
        "until": when.until.isoformat() if when.until is not None else None,
        "phrase": when.phrase,
    }
    metadata = {name: value for name, value in known.items() if value is not None}
    text = _changed(turn.text, span, sorted(changes))
    source = Source(turn.id, *span)
    return Memory("fact", text, (source,), speaker=turn.speaker, session=turn.session,
                  when=turn.when, metadata=metadata)  # fmt: skip


def _changed(text: str, span: Span, changes: Sequence[Change]) -> str:
    """The sentence with the changes made, those inside it and in order."""
    parts: list[str] = []
    place = span[0]
    for start, end, new in changes:
        if place <= start <= end <= span[1]:
            parts += [text[place:start], new]
            place = end
    parts.append(text[place : span[1]])
    return " ".join("".join(parts).split())
