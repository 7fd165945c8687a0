"""OlaGPT: a notebook of mistakes, looked up when the next failure looks the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from memkit.models import Turn
from memkit.recipe import Card, Composition, Recipe
from memkit.store import Scope
from memkit.text import words
from memkit.types import When

_EXCEPTION: Final = re.compile(
    r"\b((?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|Failure|Interrupt|Exit))\b"
)
_CODE: Final = re.compile(
    r"\b(?:(?:error|status|code|errno|exit)\D{0,8}(\d{1,5})|([A-Z]{1,8}\d{2,6}|E[A-Z]{3,}))\b",
    re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"0x[0-9a-f]+|\d+", re.IGNORECASE)
_MARKER: Final = "mistake"
_SHARED: Final = 0.5
"""The least utility of a note that is shown: as often right as wrong."""


@dataclass(frozen=True, slots=True)
class Note:
    """A mistake and its mending. `utility` is (s + 1) / (s + f + 2) of its successes and failures,
    `exact` whether its signature is that of the failure asked about."""

    id: str
    error: str
    fix: str
    signature: str
    utility: float
    exact: bool = False


class OlaGPT(Recipe):
    """The default store with a notebook: `note`, `lookup`, `outcome`."""

    name: ClassVar[str] = "olagpt"
    card: ClassVar[Card] = Card(
        paper="OlaGPT: Empowering LLMs With Human-like Problem-Solving Abilities (2023)",
        source="arXiv 2305.16334",
        known_for="learning from mistakes without training: what went wrong is noted with its "
        "mending, and comes back at the next failure of the same kind",
        kept="notes by the kind of error, retrieved inside the kind first and by likeness of the "
        "task second; a few are shown",
        mended="a note that does not help was shown for ever: here each outcome moves its utility, "
        "(s + 1) / (s + f + 2), and what fails more often than not is silent; the kind is a "
        "signature of tool, exception or code, and the first words, not a label guessed anew",
        model="labels the kind of a question and explains the solution",
        without="the signature is read off the message, with numbers masked",
    )

    def compose(self) -> Composition:
        """Nothing of its own: notes are turns, and the journal counts their outcomes."""
        return Composition()

    @staticmethod
    def note(scope: Scope, error: str, fix: str, *, tool: str = "", now: When | None = None) -> str:
        """Write down what went wrong and what mended it; the id of the note."""
        kept = {"note": _MARKER, "signature": signature(error, tool), "error": error, "fix": fix}
        said = {"content": f"{error}\nMended by: {fix}", "role": "tool", "metadata": kept}
        return scope.add(said, now=now)[0].id

    @staticmethod
    def lookup(scope: Scope, error: str, *, tool: str = "", k: int = 2) -> list[Note]:
        """The notes for a failure, those of its own signature first, each of use so far."""
        own = signature(error, tool)
        of_kind = {"meta.note": _MARKER, "meta.signature": own}
        exact = scope.search(error, 20, filter=of_kind)
        others = scope.search(error, 20, filter={"meta.note": _MARKER})
        found: dict[str, Note] = {}
        for hits, same in ((exact, True), (others, False)):
            notes = [_read(scope, turn, same) for hit in hits for turn in hit.turns]
            for note in sorted(notes, key=lambda note: -note.utility):
                if note.utility >= _SHARED:
                    found.setdefault(note.id, note)
        return list(found.values())[:k]

    @staticmethod
    def outcome(scope: Scope, note: str, *, worked: bool, now: When | None = None) -> None:
        """Say whether a note helped."""
        scope.feedback([note], useful=worked, now=now)


def signature(error: str, tool: str = "") -> str:
    """Tool, exception class or error code, and the first three words of a message.

    >>> signature("KeyError: 'user_17' not in cache of shard 3", "lookup")
    'lookup|KeyError|user not in'
    """
    last = next((line for line in reversed(error.strip().splitlines()) if line.strip()), "")
    named = _EXCEPTION.search(error)
    code = _CODE.search(error)
    kind = named[1] if named else (code[1] or code[2]) if code else ""
    told = last.replace(named[1], " ") if named else last
    first = [word for word in words(_NUMBERS.sub(" ", told)) if word != kind.lower()][:3]
    return f"{tool}|{kind}|{' '.join(first)}"


def _read(scope: Scope, turn: Turn, exact: bool) -> Note:
    said = [
        entry.reason
        for entry in scope.history(turn.id)
        if entry.action == "feedback" and entry.undone_by is None
    ]
    good, bad = said.count("useful"), said.count("useless")
    kept = turn.metadata
    utility = (good + 1) / (good + bad + 2)
    return Note(turn.id, kept["error"], kept["fix"], kept["signature"], utility, exact)
