"""RealMemBench: one persona's months of task sessions, with questions inside the sessions."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.evals.data import (
    SHAPE_ERRORS,
    Conversation,
    Dataset,
    Question,
    made,
    read_json,
    wrong_file,
)

EXPECTED: Final = (
    "RealMemBench JSON: 'dialogues' with 'session_uuid', 'current_time' and 'dialogue_turns'; "
    "or a folder of such files"
)


def load(path: Path) -> Dataset:
    """Read one persona or a folder of them.

    A question is a user turn marked `is_query`; it may search the sessions before its own. Its
    gold is what the assistant's next turn says it drew on.
    """
    conversations = []
    for file in _files(path):
        data = read_json(file, EXPECTED)
        try:
            conversations.append(_conversation(data))
        except SHAPE_ERRORS as error:
            raise wrong_file(file, EXPECTED, error, data) from error
    return made("realmembench", path, EXPECTED, conversations)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*_dialogues*.json")) or sorted(path.glob("*.json"))
    if not found:
        raise InvalidInput(f"{path} holds no JSON file; expected {EXPECTED}.")
    return found


def _conversation(data: dict[str, Any]) -> Conversation:
    persona = str(data["_metadata"]["person_name"])
    messages: list[dict[str, Any]] = []
    questions: list[Question] = []
    earlier: set[str] = set()
    for session in data["dialogues"]:
        # `session_identifier` names the topic and would give the answer away.
        id, before = session["session_uuid"], len(messages)
        began = _day(session["current_time"])
        turns = session["dialogue_turns"]
        for place, turn in enumerate(turns):
            when = began + timedelta(seconds=place)
            if turn["is_query"]:
                following = turns[place + 1] if place + 1 < len(turns) else {}
                gold = _gold(following, earlier)
                questions.append(_question(persona, turn, gold, before, when))
            if turn["content"].strip():
                messages.append(_message(id, place, turn, when))
        earlier.add(id)
    return Conversation(persona, tuple(messages), tuple(questions))


def _gold(reply: dict[str, Any], earlier: set[str]) -> tuple[str, ...]:
    named = dict.fromkeys(reply.get("memory_session_uuids") or ())
    return tuple(id for id in named if id in earlier)


def _question(
    persona: str, turn: dict[str, Any], gold: tuple[str, ...], before: int, when: datetime
) -> Question:
    category = str(turn.get("category_name") or "all")
    return Question(
        f"{persona}:{turn['query_id']}", turn["content"], gold, category, "", "session", before,
        when,
    )  # fmt: skip


def _message(session: str, place: int, turn: dict[str, Any], when: datetime) -> dict[str, Any]:
    return {
        "content": turn["content"],
        "role": turn["speaker"].lower(),
        "session": session,
        "id": f"{session}:{place:02d}",
        "timestamp": when,
    }


def _day(text: str) -> datetime:
    """The day of "2025-12-15 (Monday)"."""
    return datetime.fromisoformat(text.partition(" ")[0])
