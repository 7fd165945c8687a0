"""LongMemEval (Wu et al. 2025): each question with its own haystack of chat sessions."""

from __future__ import annotations

from datetime import datetime, timedelta
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
    "LongMemEval JSON: a list of records with 'question', 'haystack_sessions', "
    "'haystack_session_ids', 'haystack_dates' and 'answer_session_ids'"
)


def load(path: Path) -> Dataset:
    """Read a LongMemEval file; abstention questions (`_abs`) have no evidence."""
    records = read_json(path, EXPECTED)
    try:
        conversations = [_conversation(record) for record in records]
    except SHAPE_ERRORS as error:
        raise wrong_file(path, EXPECTED, error, records) from error
    return made(
        "longmemeval", path, EXPECTED, conversations,
        ("Session ids are renumbered, for the original ones tell the answer",), cut=5,
    )  # fmt: skip


def moment(text: str) -> datetime:
    """The moment of "2023/05/20 (Sat) 02:21"; the day's name is not read."""
    date, _, rest = text.partition(" (")
    return datetime.strptime(f"{date} {rest.rpartition(') ')[2]}", "%Y/%m/%d %H:%M")


def _abstains(id: str) -> bool:
    return id.endswith("_abs")


def _conversation(record: dict[str, Any]) -> Conversation:
    held = sorted(
        zip(
            map(moment, record["haystack_dates"]), record["haystack_session_ids"],
            record["haystack_sessions"], strict=True,
        ),
        key=lambda session: session[0],
    )  # fmt: skip
    # The published ids of sessions that answer begin with "answer".
    renamed = {f"S{number:03d}": id for number, (_, id, _) in enumerate(held, 1)}
    messages = [
        {
            "content": turn["content"],
            "role": turn["role"],
            "session": session,
            "id": f"{session}:{place:02d}",
            "timestamp": began + timedelta(seconds=place),
        }
        for session, (began, _, turns) in zip(renamed, held, strict=True)
        for place, turn in enumerate(turns, 1)
        if turn["content"].strip()
    ]
    gold = set(record["answer_session_ids"])
    absent = _abstains(record["question_id"])
    evidence = tuple(session for session, id in renamed.items() if id in gold and not absent)
    question = Question(
        record["question_id"], record["question"], evidence, record["question_type"],
        str(record.get("answer", "")), "session", when=moment(record["question_date"]),
        rule="unanswerable" if absent else "plain",
    )  # fmt: skip
    return Conversation(question.id, tuple(messages), (question,))
