"""What every data set is read into."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from memkit.errors import InvalidInput, NotFound


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the ids of what answers it.

    `evidence` holds turn ids, or session ids where the set's gold is at session `level`. `after`
    is how many messages of the conversation are stored when it is asked; None means all.
    """

    id: str
    text: str
    evidence: tuple[str, ...]
    category: str
    answer: str = ""
    level: str = "turn"
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages as `add` takes them, in order, and the questions about them."""

    id: str
    messages: tuple[dict[str, Any], ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Conversations of one source. `skipped` counts questions without usable evidence."""

    name: str
    conversations: tuple[Conversation, ...]
    skipped: int = 0
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def questions(self) -> int:
        """The number of questions."""
        return sum(len(conversation.questions) for conversation in self.conversations)


Loader = Callable[[Path], Dataset]


def read_json(path: Path, expected: str) -> Any:
    """The content of a JSON file; errors name what was expected there."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path}; expected {expected}.") from error
    except (IsADirectoryError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InvalidInput(f"{path} is not JSON ({error}); expected {expected}.") from error


def wrong_file(path: Path, expected: str, error: Exception) -> InvalidInput:
    """The error for a JSON file of another shape."""
    return InvalidInput(f"{path} is not {expected} ({type(error).__name__}: {error}).")
