"""MemDaily (Zhang et al. 2024): short Chinese notes of daily life, questions with gold notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

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
    "MemDaily JSON: trajectories with 'message_list' and 'question_list', the questions with "
    "'target_step_id'"
)
_TIME: Final = re.compile(r"(\d+)年(\d+)月(\d+)日\D*(\d+):(\d+)")


def load(path: Path) -> Dataset:
    """Each trajectory a conversation of its own, as published."""
    conversations = []
    for place, (kind, trajectory) in enumerate(_read(path)):
        try:
            messages = [_message(said, f"{said['mid']}") for said in trajectory["message_list"]]
            questions = [
                _question(given, f"{place}:{given['qid']}", "", kind)
                for given in trajectory["question_list"]
            ]
        except SHAPE_ERRORS as error:
            raise wrong_file(path, EXPECTED, error) from error
        conversations.append(Conversation(f"{place}", tuple(messages), tuple(questions)))
    return made("memdaily", path, EXPECTED, conversations, cut=5)


def load_pooled(path: Path) -> Dataset:
    """All trajectories in one scope: the question must find its notes among everyone's."""
    messages: list[dict[str, Any]] = []
    questions: list[Question] = []
    for place, (kind, trajectory) in enumerate(_read(path)):
        try:
            messages += [
                {**_message(said, f"{place}:{said['mid']}"), "session": f"{place}"}
                for said in trajectory["message_list"]
            ]
            questions += [
                _question(given, f"{place}:{given['qid']}", f"{place}:", kind)
                for given in trajectory["question_list"]
            ]
        except SHAPE_ERRORS as error:
            raise wrong_file(path, EXPECTED, error) from error
    pool = [Conversation("pool", tuple(messages), tuple(questions))]
    return made("memdaily-pooled", path, EXPECTED, pool, cut=5)


def moment(text: str) -> datetime:
    """The moment of "2024年04月01日 周一 08:30"."""
    found = _TIME.match(text)
    if found is None:
        raise ValueError(f"time {text!r}")
    year, month, day, hour, minute = map(int, found.groups())
    return datetime(year, month, day, hour, minute)


def _read(path: Path) -> list[tuple[str, dict[str, Any]]]:
    held = read_json(path, EXPECTED)
    found = list(_trajectories(held, ""))
    if not found:
        raise wrong_file(path, EXPECTED, "no trajectory in it", held)
    return found


def _trajectories(data: Any, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Trajectories out of a flat list, or out of the published nesting by kind and topic."""
    if isinstance(data, dict) and "message_list" in data:
        yield str(data.get("kind") or kind or "all"), data
    elif isinstance(data, dict):
        for name, below in data.items():
            yield from _trajectories(below, f"{kind}_{name}" if kind else str(name))
    elif isinstance(data, list):
        for below in data:
            yield from _trajectories(below, kind)


def _message(said: dict[str, Any], id: str) -> dict[str, Any]:
    return {
        "content": said["message"],
        "role": "user",
        "id": id,
        "timestamp": moment(said["time"]),
        "metadata": {"place": said["place"]} if said.get("place") else {},
    }


def _question(given: dict[str, Any], id: str, prefix: str, kind: str) -> Question:
    evidence = tuple(dict.fromkeys(f"{prefix}{mid}" for mid in given["target_step_id"]))
    # "02_conditional_events" is of the category "02_conditional".
    category = kind.rpartition("_")[0] or kind
    when = moment(given["time"]) if given.get("time") else None
    return Question(id, given["question"], evidence, category, given.get("answer", ""), when=when)
