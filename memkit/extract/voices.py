"""Who speaks, and to whom."""

from __future__ import annotations

from collections.abc import Sequence

from memkit.extract.parties import Voices
from memkit.models import Turn

__all__ = ["is_assistant", "speaker_of", "voices_of"]


def is_assistant(turn: Turn) -> bool:
    """Whether these are the words of an assistant, not of a person."""
    return turn.role == "assistant" or turn.origin == "assistant"


def speaker_of(turn: Turn) -> str:
    """The name under which the speaker is known: their own, else `user` or `assistant`."""
    return turn.speaker or ("assistant" if is_assistant(turn) else "user")


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
