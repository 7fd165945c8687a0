"""BEAM (Tavakoli et al. 2025): long chats of a user and an assistant, ten kinds of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput, NotFound
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
    "a BEAM folder: a chat with 'chat.json' and 'probing_questions.json', or a folder of such"
)
# "->-> 1,5" and its slips "->-> 2,N/A" and "->-> 1,6)": the place in the plan that the chat was
# written from.
_MARKER: Final = re.compile(r"\s*->->\s*[\dN/A]+(?:\s*,\s*[\dN/A]+)?\)?\s*\Z")
_CHATS: Final = ("chat_trunecated.json", "chat.json")
_QUESTIONS: Final = ("probing_questions.json", "probing_questions/probing_questions.json")


def load(path: Path) -> Dataset:
    """Read one chat or a folder of chats; questions without evidence are left out and counted.

    The shortened chat is the one the questions were checked against, so it goes before the
    full one.
    """
    conversations = []
    for folder in _folders(path):
        chat = read_json(_first(folder, _CHATS), EXPECTED)
        probes = read_json(_first(folder, _QUESTIONS), EXPECTED)
        try:
            messages = _messages(chat)
            known = {message["id"] for message in messages}
            questions = list(_questions(folder.name, probes, known))
        except SHAPE_ERRORS as error:
            raise wrong_file(folder, EXPECTED, error, chat) from error
        conversations.append(Conversation(folder.name, tuple(messages), tuple(questions)))
    return made("beam", path, EXPECTED, conversations)


def without_marker(text: str) -> str:
    """The message without the plan marker at its end."""
    return _MARKER.sub("", text)


def _folders(path: Path) -> list[Path]:
    if not path.is_dir():
        if path.exists():
            raise InvalidInput(f"{path} is a file; expected {EXPECTED}.")
        raise NotFound(f"There is no folder {path}; expected {EXPECTED}.")
    found = {
        place.parent if place.parent.name != "probing_questions" else place.parent.parent
        for place in path.rglob("probing_questions.json")
    }
    if not found:
        raise InvalidInput(f"{path} holds no 'probing_questions.json'; expected {EXPECTED}.")
    return sorted(found, key=lambda folder: (folder.parent, len(folder.name), folder.name))


def _first(folder: Path, names: tuple[str, ...]) -> Path:
    return next((folder / name for name in names if (folder / name).exists()), folder / names[-1])


def _messages(chat: list[dict[str, Any]]) -> list[dict[str, Any]]:
    messages = []
    for batch in chat:
        began = None
        said = [message for exchange in batch["turns"] for message in exchange]
        for place, message in enumerate(said):
            began = began or _anchor(message.get("time_anchor") or batch.get("time_anchor"))
            text = without_marker(message["content"])
            if not text.strip():
                continue
            messages.append(
                {
                    "content": text,
                    "role": message["role"],
                    "session": f"batch {batch['batch_number']}",
                    "id": f"m{message['id']}",
                    **({"timestamp": began + timedelta(seconds=place)} if began else {}),
                }
            )
    return messages


def _anchor(text: str | None) -> datetime | None:
    """The moment of "March-15-2024"."""
    return datetime.strptime(text.strip(), "%B-%d-%Y") if text else None


def _questions(chat: str, probes: dict[str, Any], known: set[str]) -> Iterator[Question]:
    for category, of_kind in probes.items():
        for place, probe in enumerate(of_kind):
            named = dict.fromkeys(f"m{number}" for number in _numbers(probe.get("source_chat_ids")))
            answer = probe.get("answer") or probe.get("ideal_answer") or probe.get("ideal_summary")
            yield Question(
                f"{chat}:{category}:{place}", probe["question"],
                tuple(id for id in named if id in known), category, str(answer or ""),
                rule="unanswerable" if category == "abstention" else "plain",
            )  # fmt: skip


def _numbers(given: Any) -> Iterator[int]:
    """Message numbers out of a list, or a dict of lists, however nested."""
    if isinstance(given, dict):
        for value in given.values():
            yield from _numbers(value)
    elif isinstance(given, list):
        for value in given:
            yield from _numbers(value)
    elif isinstance(given, int) or (isinstance(given, str) and given.isdigit()):
        yield int(given)
