"""Who speaks, and to whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from memkit.extract.parties import Voices
from memkit.models import Turn

__all__ = ["is_about_others", "is_assistant", "speaker_of", "voices_of"]

_ONESELF: Final = re.compile(
    r"\b(?:my|me|mine|myself|we|us|our)\b|\b(?:My|We|Our) [a-z]"
    r"|\bI(?:['\u2019]| (?!of\b|is\b|the\b)[a-z])"
)
"""First persons; titles with capitals ("I Love New York") and kings ("Philip I of") are none."""
_OF_ANOTHER: Final = re.compile(r"\b(?:is|was|are|were|has|had)\b")
_PROSE: Final = {None: 8, "user": 20}
"""Words from which on a text is no note ("Born in Porto. School: the one in Rua Nova"), by role:
who writes to an assistant is more often the one of whom it is said."""


def is_assistant(turn: Turn) -> bool:
    """Whether these are the words of an assistant, not of a person."""
    return turn.role == "assistant" or turn.origin == "assistant"


def speaker_of(turn: Turn) -> str:
    """The name under which the speaker is known: their own, else `user` or `assistant`."""
    return turn.speaker or ("assistant" if is_assistant(turn) else "user")


def is_about_others(turn: Turn) -> bool:
    """Whether nobody speaks of themselves here: a passage that no voice is named for, in which
    "Based in Porto, the firm was sold" leaves out another subject than the writer. English only.
    """
    least = None if turn.speaker else _PROSE.get(turn.role)
    if least is None or len(turn.text.split()) < least:
        return False
    return _ONESELF.search(turn.text) is None and _OF_ANOTHER.search(turn.text) is not None


def voices_of(turns: Sequence[Turn]) -> list[Voices]:
    """For each turn who speaks, and the other voice of the session where there is just one."""
    people: dict[str | None, dict[str, None]] = {}
    for turn in turns:
        if turn.role not in ("system", "tool"):
            people.setdefault(turn.session, {})[speaker_of(turn)] = None
    found = []
    for turn in turns:
        speaker = speaker_of(turn)
        others = [name for name in people.get(turn.session, ()) if name != speaker]
        found.append(Voices(speaker, others[0] if len(others) == 1 else None))
    return found
