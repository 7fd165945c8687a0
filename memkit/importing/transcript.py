"""A plain transcript: `Name: text`, with optional stamps and session breaks.

    # Session 1 [2024-05-01 18:30]
    Ana: I moved from Porto to Lisbon.
    It was in March.
    [2024-05-01 18:32] Rui: Welcome!

A line that names no speaker (at most four words), or is indented, goes on with the message before
it. A message without a stamp has the last one of its session. A new session begins at a
`#` heading; in a file without headings, at an empty line before a speaker, and where every message
stands between empty lines, at two of them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from memkit.dates import moment
from memkit.errors import InvalidInput
from memkit.importing.content import Message, StableIds, text_of

EXPECTED: Final = "a transcript with lines such as 'Ana: text'"

_STAMP: Final = r"\[(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)\]"
_NAME: Final = r"(?=[^:]{1,40}:)[^\W_][^\s:\[\]/]*(?: [^\s:\[\]/]+){0,3}"
_SPOKEN: Final = re.compile(rf"(?:{_STAMP}\s*)?({_NAME}) ?:(?:\s+(.*))?", re.DOTALL)
_HEADING: Final = re.compile(rf"#+\s+(.*?)\s*(?:{_STAMP})?\s*")
_ROLES: Final = {
    "user": "user", "human": "user", "me": "user", "assistant": "assistant", "ai": "assistant",
    "bot": "assistant", "chatgpt": "assistant", "claude": "assistant", "system": "system",
}  # fmt: skip


@dataclass
class _Session:
    title: str | None = None
    stamp: str | None = None
    said: list[Message] = field(default_factory=list)


def recognises(text: str) -> bool:
    """Whether the first line that is not a heading has a speaker."""
    for line in _lines(text):
        if line and not _HEADING.fullmatch(line):
            return _SPOKEN.fullmatch(line) is not None
    return False


def messages(path: Path, name: str) -> Iterator[Message]:
    """The messages, session by session; raises `InvalidInput` for a time that does not exist."""
    text = text_of(path, EXPECTED)
    ids = StableIds(name)
    used: dict[str, int] = {}
    for number, session in enumerate(_sessions(text, path), 1):
        title = f"{name}/{session.title or number}"
        used[title] = used.get(title, 0) + 1
        id = title if used[title] == 1 else f"{title} ({used[title]})"
        for message in session.said:
            message["content"] = message["content"].strip()
            if message["content"]:
                message["session"] = id
                yield message | {"id": ids.of(message)}


def _sessions(text: str, path: Path) -> list[_Session]:
    sessions = [_Session()]
    lines = _lines(text)
    breaking = _empty_lines_between_sessions(lines)
    empty = 0
    for place, line in enumerate(lines, 1):
        if not line:
            empty += 1
            continue
        said = sessions[-1].said
        if heading := _HEADING.fullmatch(line):
            sessions.append(_Session(heading[1] or None, _checked(heading[2], path, place)))
        elif spoken := _SPOKEN.fullmatch(line):
            if said and empty >= breaking:
                sessions.append(_Session())
            _say(sessions[-1], spoken, path, place)
        elif said:
            said[-1]["content"] += ("\n\n" if empty else "\n") + line.strip()
        else:
            raise InvalidInput(
                f"Line {place} of {path} has no speaker: {line.strip()[:40]!r}; "
                f"expected {EXPECTED}."
            )
        empty = 0
    return [session for session in sessions if session.said]


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]


def _empty_lines_between_sessions(lines: list[str]) -> float:
    if any(_HEADING.fullmatch(line) for line in lines):
        return math.inf
    spoken = [place for place, line in enumerate(lines) if _SPOKEN.fullmatch(line)]
    spaced = len(spoken) > 1 and all(not lines[place - 1] for place in spoken[1:])
    return 2 if spaced else 1


def _say(session: _Session, spoken: re.Match[str], path: Path, place: int) -> None:
    session.stamp = _checked(spoken[1], path, place) or session.stamp
    message: Message = {"content": spoken[3] or "", "name": spoken[2]}
    if role := _ROLES.get(spoken[2].lower()):
        message["role"] = role
    if session.stamp:
        message["timestamp"] = session.stamp
    session.said.append(message)


def _checked(stamp: str | None, path: Path, place: int) -> str | None:
    if stamp is not None:
        moment(stamp, name=f"The time on line {place} of {path}")
    return stamp
