"""LoCoMo (Maharana et al. 2024): ten long chats of two people, questions with turn evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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
from memkit.evals.qa import Rule

EXPECTED: Final = "LoCoMo JSON: a list of samples, each with 'conversation' and 'qa'"
CATEGORIES: Final = {
    1: "1 multi-hop", 2: "2 temporal", 3: "3 open-domain", 4: "4 single-hop", 5: "5 adversarial",
}  # fmt: skip
# The numbering of the released file; several papers print other names for the same numbers.
RULES: Final[dict[int, Rule]] = {
    1: "list", 2: "plain", 3: "before semicolon", 4: "plain", 5: "unanswerable",
}  # fmt: skip
"""How the authors' script compares the answers of each category."""
CORRECTIONS: Final = (
    "an audit of LoCoMo's key (JSON list): records with 'question_id' such as locomo_0_qa12, "
    "'question', 'correct_answer' and 'correct_evidence'"
)

_CORRECTED: Final = re.compile(r"locomo_(\d+)_qa(\d+)")
_EVIDENCE: Final = re.compile(r"D:?(\d+):(\d+)")
_SESSION: Final = re.compile(r"session_(\d+)")


def load(path: Path, corrections: Path | None = None) -> Dataset:
    """Read a LoCoMo file; questions without any existing evidence are left out and counted.

    With `corrections`, the answers and the evidence of an audit take the place of the file's.
    """
    samples = read_json(path, EXPECTED)
    notes: tuple[str, ...] = ()
    if corrections is not None:
        notes = (f"{_correct(samples, corrections)} answers or evidence corrected by an audit",)
    try:
        conversations = [_conversation(sample, n) for n, sample in enumerate(samples)]
    except SHAPE_ERRORS as error:
        raise wrong_file(path, EXPECTED, error, samples) from error
    return made("locomo", path, EXPECTED, conversations, notes)


def evidence_ids(given: Iterable[str], known: Mapping[str, object]) -> tuple[str, ...]:
    """The turns of this conversation that evidence strings name, whatever their form."""
    return tuple(
        dict.fromkeys(
            f"D{int(session)}:{int(turn)}"
            for text in given
            for session, turn in _EVIDENCE.findall(text)
            if f"D{int(session)}:{int(turn)}" in known
        )
    )


def messages(conversation: dict[str, Any]) -> list[dict[str, Any]]:
    """The turns of one sample as messages; an image is told by its caption."""
    numbers = sorted(
        int(found.group(1)) for key in conversation if (found := _SESSION.fullmatch(key))
    )
    every = []
    for number in numbers:
        began = session_time(conversation[f"session_{number}_date_time"])
        for place, turn in enumerate(conversation[f"session_{number}"]):
            caption = turn.get("blip_caption")
            text = turn["text"] + (f" [photo: {caption}]" if caption else "")
            every.append(
                {
                    "content": text.strip() or "[photo]",
                    "name": turn["speaker"],
                    "session": f"D{number}",
                    "id": turn["dia_id"],
                    "timestamp": began + timedelta(seconds=place),
                }
            )
    return every


def session_time(text: str) -> datetime:
    """The moment of "1:56 pm on 8 May, 2023"."""
    return datetime.strptime(text.strip(), "%I:%M %p on %d %B, %Y")


def _conversation(sample: dict[str, Any], number: int) -> Conversation:
    said = messages(sample["conversation"])
    known = {message["id"]: message for message in said}
    questions = tuple(
        Question(
            f"{number}:{place}",
            asked["question"],
            evidence_ids(asked["evidence"], known),
            CATEGORIES[asked["category"]],
            str(asked.get("answer", asked.get("adversarial_answer", ""))),
            rule=RULES[asked["category"]],
        )
        for place, asked in enumerate(sample["qa"])
    )
    return Conversation(str(sample.get("sample_id", number)), tuple(said), questions)


def _correct(samples: Sequence[dict[str, Any]], path: Path) -> int:
    """Put what an audit found right in the place of the key; how many questions it changes."""
    audit = read_json(path, CORRECTIONS)
    try:
        for record in audit:
            named = _CORRECTED.fullmatch(record["question_id"])
            if named is None:
                raise ValueError(f"question_id {record['question_id']!r}")
            asked = samples[int(named[1])]["qa"][int(named[2])]
            if asked["question"] != record["question"]:
                raise ValueError(
                    f"{record['question_id']} asks {record['question']!r}, the data there "
                    f"{asked['question']!r}: the audit is of another file"
                )
            asked["answer"] = record["correct_answer"]
            asked["evidence"] = record["correct_evidence"] or asked["evidence"]
    except SHAPE_ERRORS as error:
        raise wrong_file(path, CORRECTIONS, error, audit) from error
    return len(audit)
