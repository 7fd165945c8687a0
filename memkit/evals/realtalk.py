"""REALTALK (Lee et al. 2025): three weeks of messages between two real people, asked as LoCoMo is.

One file per chat. The messages of a session carry `clean_text` and a `date_time` of their own.
"""

from __future__ import annotations

import re
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
    read_json,
    wrong_file,
)
from memkit.evals.locomo import RULES, evidence_ids

EXPECTED: Final = (
    "a REALTALK chat (JSON): 'session_1', 'session_2', ... with 'clean_text', 'speaker', "
    "'date_time' and 'dia_id', and 'qa'; or a folder of such files"
)
CATEGORIES: Final = {1: "1 multi-hop", 2: "2 temporal", 3: "3 commonsense"}
"""The paper's names; what else a file numbers keeps its number."""
_SESSION: Final = re.compile(r"session_(\d+)")


def load(path: Path) -> Dataset:
    """Read one chat or a folder of chats; questions without existing evidence are left out."""
    conversations = []
    for file in _files(path):
        chat = read_json(file, EXPECTED)
        try:
            conversations.append(_conversation(file.stem, chat))
        except SHAPE_ERRORS as error:
            raise wrong_file(file, EXPECTED, error, chat) from error
    return made("realtalk", path, EXPECTED, conversations)


def moment(text: str) -> datetime:
    """The moment of "29.12.2023, 00:51:12"."""
    return datetime.strptime(text.strip(), "%d.%m.%Y, %H:%M:%S")


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*.json"), key=lambda file: (len(file.stem), file.stem))
    if not found:
        raise InvalidInput(f"{path} holds no JSON file; expected {EXPECTED}.")
    return found


def _conversation(name: str, chat: dict[str, Any]) -> Conversation:
    if not isinstance(chat, dict):
        raise TypeError("no object")
    numbers = sorted(int(found[1]) for key in chat if (found := _SESSION.fullmatch(key)))
    if not numbers:
        raise ValueError("no session in it")
    said = [
        _message(number, turn, chat.get(f"session_{number}_date_time"))
        for number in numbers
        for turn in chat[f"session_{number}"]
        if _text(turn)
    ]
    known = {message["id"]: message for message in said}
    questions = tuple(
        _question(f"{name}:{place}", asked, known) for place, asked in enumerate(chat["qa"])
    )
    return Conversation(name, tuple(said), questions)


def _text(turn: dict[str, Any]) -> str:
    """The words of a message; of a picture, its caption where there is one."""
    caption = turn.get("blip_caption") or turn.get("caption")
    words = turn.get("clean_text") if "clean_text" in turn else turn["text"]
    return f"{words or ''}{f' [photo: {caption}]' if caption else ''}".strip()


def _message(session: int, turn: dict[str, Any], began: str | None) -> dict[str, Any]:
    when = turn.get("date_time") or began
    return {
        "content": _text(turn),
        "name": turn["speaker"],
        "session": f"D{session}",
        "id": turn["dia_id"],
        **({"timestamp": moment(when)} if when else {}),
    }


def _question(id: str, asked: dict[str, Any], known: dict[str, Any]) -> Question:
    given = asked["evidence"]
    number = int(asked["category"])
    return Question(
        id, asked["question"],
        evidence_ids([given] if isinstance(given, str) else map(str, given), known),
        CATEGORIES.get(number, str(number)), str(asked.get("answer") or ""),
        rule=RULES.get(number, "plain"),
    )  # fmt: skip
