"""LoCoMo (Maharana et al. 2024): ten long chats of two people, questions with turn evidence."""

from __future__ import annotations

import re
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

EXPECTED: Final = "LoCoMo JSON: a list of samples, each with 'conversation' and 'qa'"
CATEGORIES: Final = {
    1: "1 multi-hop", 2: "2 temporal", 3: "3 open-domain", 4: "4 single-hop", 5: "5 adversarial",
}  # fmt: skip
# The numbering of the released file; several papers print other names for the same numbers.

_EVIDENCE: Final = re.compile(r"D:?(\d+):(\d+)")
_SESSION: Final = re.compile(r"session_(\d+)")


def load(path: Path) -> Dataset:
    """Read a LoCoMo file; questions without any existing evidence are left out and counted."""
    samples = read_json(path, EXPECTED)
    try:
        conversations = [_conversation(sample, n) for n, sample in enumerate(samples)]
        asked = sum(len(sample["qa"]) for sample in samples)
    except SHAPE_ERRORS as error:
        raise wrong_file(path, EXPECTED, error) from error
    return made("locomo", path, EXPECTED, conversations, asked)


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
    known = {message["id"] for message in said}
    questions = []
    for place, asked in enumerate(sample["qa"]):
        evidence = tuple(
            dict.fromkeys(
                f"D{int(session)}:{int(turn)}"
                for text in asked["evidence"]
                for session, turn in _EVIDENCE.findall(text)
                if f"D{int(session)}:{int(turn)}" in known
            )
        )
        if evidence:
            answer = asked.get("answer", asked.get("adversarial_answer", ""))
            category = CATEGORIES[asked["category"]]
            questions.append(
                Question(f"{number}:{place}", asked["question"], evidence, category, str(answer))
            )
    id = str(sample.get("sample_id", number))
    return Conversation(id, tuple(said), tuple(questions))
