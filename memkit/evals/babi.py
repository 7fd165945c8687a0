"""bAbI tasks (Weston et al. 2015): stories of one-line facts, with questions among them.

Each line has a number; 1 begins another story. A question's line holds, between tabs, the question,
the answer, and the numbers of the lines that support it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.evals.data import (
    SHAPE_ERRORS,
    Conversation,
    Dataset,
    Question,
    made,
    read_text,
    wrong_file,
)

EXPECTED: Final = (
    "a bAbI file (text): numbered lines, a question's as 'NUMBER QUESTION<tab>ANSWER<tab>NUMBERS'; "
    "or a folder of qa*_test.txt"
)
_LINE: Final = re.compile(r"(\d+) (.+)")
_TASK: Final = re.compile(r"qa(\d+)[_-](.+?)(?:_(?:test|train|valid))?\Z")


def load(path: Path) -> Dataset:
    """Each story a conversation, each fact a message; a question sees the lines before it."""
    conversations = [each for file in _files(path) for each in _stories(file)]
    return made("babi", path, EXPECTED, conversations, cut=5)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("qa*_test.txt"), key=lambda file: _number(file.stem))
    if not found:
        raise InvalidInput(f"{path} holds no qa*_test.txt; expected {EXPECTED}.")
    return found


def _number(stem: str) -> int:
    named = _TASK.match(stem)
    return int(named[1]) if named else 0


def _category(stem: str) -> str:
    named = _TASK.match(stem)
    return f"{int(named[1]):02d} {named[2].replace('-', ' ')}" if named else stem


def _stories(path: Path) -> Iterator[Conversation]:
    messages: list[dict[str, Any]] = []
    questions: list[Question] = []
    stories = 0
    for place, line in enumerate(read_text(path, EXPECTED).splitlines(), 1):
        if not line.strip():
            continue
        try:
            number, text = _parted(line)
            if number == 1 and messages:
                yield Conversation(f"{path.stem} {stories}", tuple(messages), tuple(questions))
                stories, messages, questions = stories + 1, [], []
            if "\t" in text:
                questions.append(_question(path.stem, f"{stories}:{number}", text, messages))
            else:
                messages.append({"content": text.strip(), "id": str(number), "session": "story"})
        except SHAPE_ERRORS as error:
            raise wrong_file(Path(f"{path}, line {place},"), EXPECTED, error) from error
    yield Conversation(f"{path.stem} {stories}", tuple(messages), tuple(questions))


def _parted(line: str) -> tuple[int, str]:
    found = _LINE.fullmatch(line.rstrip())
    if found is None:
        raise ValueError(f"no number before {line[:60]!r}")
    return int(found[1]), found[2]


def _question(stem: str, id: str, text: str, messages: list[dict[str, Any]]) -> Question:
    asked, answer, *support = (part.strip() for part in text.split("\t"))
    known = {message["id"] for message in messages}
    named = support[0].split() if support else []
    if unknown := [number for number in named if number not in known]:
        raise ValueError(f"line {unknown[0]} supports the answer, but no such fact comes before it")
    return Question(
        f"{stem} {id}", asked, tuple(dict.fromkeys(named)), _category(stem), answer,
        after=len(messages), rule="list" if "," in answer else "plain",
    )  # fmt: skip
