"""memkit's own format: JSON lines of type about, turn and question."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.evals.data import (
    SHAPE_ERRORS,
    Conversation,
    Dataset,
    Question,
    made,
    read_lines,
    wrong_file,
)

EXPECTED: Final = (
    "memkit's evaluation JSONL: lines with 'type' about, turn ('id', 'content') or question ('id', "
    "'question', 'evidence'); the form is in docs/evals.md"
)
ABSENT: Final = "not in memory"
"""The answer of questions that have none."""
_FOLDER: Final = Path(__file__).parent / "bundled"
_MESSAGE: Final[tuple[str, ...]] = (
    "content", "role", "name", "session", "id", "timestamp", "metadata",
)  # fmt: skip


def load(path: Path) -> Dataset:
    """Read one conversation, or several where lines carry a `conversation`."""
    name = path.stem
    said: dict[str, list[dict[str, Any]]] = {}
    asked: dict[str, list[dict[str, Any]]] = {}
    notes: tuple[str, ...] = ()
    for number, line in read_lines(path, EXPECTED):
        try:
            kind, of = line["type"], str(line.get("conversation", ""))
        except SHAPE_ERRORS as error:
            raise _wrong_line(path, number, error) from error
        if kind == "about":
            name = str(line.get("name", name))
            notes = tuple(str(line[key]) for key in ("title", "licence") if key in line)
        elif kind in ("turn", "question"):
            (said if kind == "turn" else asked).setdefault(of, []).append({"line": number, **line})
        else:
            raise _wrong_line(path, number, f"unknown type {kind!r}")
    conversations = [
        Conversation(of or name, *_conversation(path, said[of], asked.get(of, []))) for of in said
    ]
    return made(name, path, EXPECTED, conversations, notes)


def bundled(name: str) -> Dataset:
    """A set that comes with memkit."""
    return load(_FOLDER / f"{name}.jsonl")


def _conversation(
    path: Path, said: list[dict[str, Any]], asked: list[dict[str, Any]]
) -> tuple[tuple[dict[str, Any], ...], tuple[Question, ...]]:
    messages: list[dict[str, Any]] = []
    for line in said:
        if "id" not in line or "content" not in line:
            raise _wrong_line(path, line["line"], "a turn without 'id' or 'content'")
        messages.append({key: line[key] for key in _MESSAGE if key in line})
    turns = {message["id"] for message in messages}
    sessions = {message.get("session") for message in messages}
    questions = []
    for line in asked:
        try:
            questions.append(_question(line, turns, sessions))
        except SHAPE_ERRORS as error:
            raise _wrong_line(path, line["line"], error) from error
    return tuple(messages), tuple(questions)


def _question(line: dict[str, Any], turns: set[Any], sessions: set[Any]) -> Question:
    level = line.get("level", "turn")
    if level not in ("turn", "session"):
        raise ValueError(f"level {level!r}; expected turn or session")
    known = turns if level == "turn" else sessions
    evidence = list(line["evidence"])
    if unknown := [id for id in evidence if id not in known]:
        raise ValueError(f"evidence {unknown[0]!r} is no {level} of this conversation")
    return Question(
        str(line["id"]), line["question"], tuple(dict.fromkeys(evidence)),
        str(line.get("category", "all")), str(line.get("answer", "")), level, line.get("after"),
        datetime.fromisoformat(line["when"]) if line.get("when") else None,
        tuple(map(str, line.get("accepted", ()))),
        "plain" if line.get("answerable", line.get("answer") != ABSENT) else "unanswerable",
    )  # fmt: skip


def _wrong_line(path: Path, number: int, error: Exception | str) -> InvalidInput:
    return wrong_file(Path(f"{path}, line {number},"), EXPECTED, error)
