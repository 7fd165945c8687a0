"""What every data set is read into."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Literal

from memkit.errors import InvalidInput, NotFound
from memkit.evals.qa import Rule

Level = Literal["turn", "session"]
_SHOWN: Final = 6

SHAPE_ERRORS: Final = (KeyError, TypeError, AttributeError, ValueError, IndexError)
"""What reading a file of another shape can raise."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the ids of what answers it.

    `evidence` holds turn ids, or session ids where the set's gold is at session `level`. `after`
    is how many messages of the conversation are stored when it is asked; None means all. `when`
    is the moment it is asked; None means the moment of the last message stored by then. `accepted`
    are answers that are right beside `answer`, compared by `rule`. `chained` questions are answered
    by `scope.chain`, and their facts arrive one at a time.
    """

    id: str
    text: str
    evidence: tuple[str, ...]
    category: str
    answer: str = ""
    level: Level = "turn"
    after: int | None = None
    when: datetime | None = None
    accepted: tuple[str, ...] = ()
    rule: Rule = "plain"
    chained: bool = False

    @property
    def answerable(self) -> bool:
        """Whether memory holds an answer; where it holds none, saying so is right."""
        return self.rule != "unanswerable"

    @property
    def golds(self) -> tuple[str, ...]:
        """Every answer that is right."""
        return tuple(dict.fromkeys(each for each in (self.answer, *self.accepted) if each))


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages as `add` takes them, in order, and the questions about them."""

    id: str
    messages: tuple[dict[str, Any], ...]
    questions: tuple[Question, ...]

    def sessions(self) -> dict[str, str]:
        """The session of each message id; a message without one is a session of its own."""
        return {said["id"]: said.get("session") or said["id"] for said in self.messages}

    def visible(self, question: Question) -> int:
        """How many messages the question may see."""
        every = len(self.messages)
        return every if question.after is None else min(question.after, every)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Conversations of one source. `skipped` counts questions without usable evidence.

    `cut` is the k of the recall@k that the set is judged by. `whole` are the conversations with
    the questions that are left out, and with conversations that have no others.
    """

    name: str
    conversations: tuple[Conversation, ...]
    skipped: int = 0
    notes: tuple[str, ...] = field(default_factory=tuple)
    cut: int = 10
    whole: tuple[Conversation, ...] = ()

    def for_reading(self) -> Dataset:
        """The set with questions that name no evidence, but an answer, or that there is none."""
        kept = [
            dataclasses.replace(each, questions=asked)
            for each in self.whole or self.conversations
            if (asked := tuple(q for q in each.questions if q.golds or not q.answerable))
        ]
        every = sum(len(each.questions) for each in self.whole or self.conversations)
        asked_now = sum(len(each.questions) for each in kept)
        if not kept:
            raise InvalidInput(
                f"{self.name} holds no question with an answer, so no reader can be measured on it."
            )
        return dataclasses.replace(self, conversations=tuple(kept), skipped=every - asked_now)

    @property
    def main_measure(self) -> str:
        """The measure the set is judged by, at the level of its gold."""
        asked = (each for conversation in self.conversations for each in conversation.questions)
        known = [each.level for each in asked if each.evidence]
        level = "session" if set(known) == {"session"} else "turn"
        return f"{level}.recall@{self.cut}"

    @property
    def judges_answers(self) -> bool:
        """Whether answers by `scope.chain` are judged, and not the evidence alone."""
        return any(each.chained for one in self.conversations for each in one.questions)

    @property
    def questions(self) -> int:
        """The number of questions."""
        return sum(len(conversation.questions) for conversation in self.conversations)

    @property
    def messages(self) -> int:
        """The number of messages."""
        return sum(len(conversation.messages) for conversation in self.conversations)

    def limited(self, limit: int | None) -> Dataset:
        """At most `limit` questions, spread evenly over the conversations and within each.

        None keeps them all.
        """
        if limit is None or limit >= self.questions:
            return self
        share = _shares([len(each.questions) for each in self.conversations], limit)
        kept = [
            dataclasses.replace(
                each,
                questions=tuple(
                    each.questions[place * len(each.questions) // n] for place in range(n)
                ),
            )
            for each, n in zip(self.conversations, share, strict=True)
            if n
        ]
        return dataclasses.replace(self, conversations=tuple(kept))

    def digest(self) -> str:
        """A short hash of every message and question: the same data gives the same digest."""
        hashed = blake2b(digest_size=8)
        for conversation in self.conversations:
            for said in conversation.messages:
                hashed.update(json.dumps(said, sort_keys=True, default=str).encode())
            for question in conversation.questions:
                hashed.update(repr(dataclasses.astuple(question)).encode())
        return hashed.hexdigest()


Loader = Callable[[Path], Dataset]


def read_text(path: Path, expected: str) -> str:
    """The content of a text file; errors name what was expected there."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path}; expected {expected}.") from error
    except IsADirectoryError as error:
        raise InvalidInput(f"{path} is a folder; expected {expected}.") from error
    except (UnicodeDecodeError, PermissionError, NotADirectoryError) as error:
        raise InvalidInput(f"{path} cannot be read ({error}); expected {expected}.") from error


def read_json(path: Path, expected: str) -> Any:
    """The content of a JSON file; errors name what was expected there."""
    try:
        return json.loads(read_text(path, expected))
    except json.JSONDecodeError as error:
        raise InvalidInput(f"{path} is not JSON ({error}); expected {expected}.") from error


def read_lines(path: Path, expected: str) -> Iterator[tuple[int, Any]]:
    """Line number and value of each line of a JSON-lines file; blank lines are passed over."""
    for number, line in enumerate(read_text(path, expected).splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                raise InvalidInput(
                    f"Line {number} of {path} is not JSON ({error}); expected {expected}."
                ) from error


def wrong_file(path: Path, expected: str, error: Exception | str, held: Any = None) -> InvalidInput:
    """The error for a file of another shape; `held` is what was read from it."""
    found = f"; found {_shape(held)}" if held is not None else ""
    fault = f"no {error}" if isinstance(error, KeyError) else str(error)
    return InvalidInput(f"{path} is not {expected}{found} ({fault}).")


def _shape(held: Any) -> str:
    """What a JSON value is, in a few words."""
    if isinstance(held, dict):
        names = [repr(str(name)) for name in held]
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        return f"an object with {', '.join(names[:_SHOWN]) or 'nothing'}{more}"
    if isinstance(held, list):
        return f"a list of {len(held):,}" + (f", the first {_shape(held[0])}" if held else "")
    return f"{type(held).__name__} {str(held)[:40]!r}"


def made(
    name: str, path: Path, expected: str, conversations: Sequence[Conversation],
    notes: tuple[str, ...] = (), cut: int = 10,
) -> Dataset:  # fmt: skip
    """The data set of the questions that have evidence; raises where there is none."""
    asked = sum(len(each.questions) for each in conversations)
    kept = []
    for each in conversations:
        proven = tuple(q for q in each.questions if q.evidence or q.chained)
        if proven or not each.questions:
            kept.append(dataclasses.replace(each, questions=proven))
    dataset = Dataset(name, tuple(kept), notes=notes, cut=cut, whole=tuple(conversations))
    if not dataset.questions:
        raise wrong_file(path, expected, "no question with evidence in it")
    return dataclasses.replace(dataset, skipped=asked - dataset.questions)


def _shares(sizes: list[int], limit: int) -> list[int]:
    """How many of each, as even as can be, summing to `limit`; of fewer than all, spread evenly."""
    share = [0] * len(sizes)
    held = [place for place, size in enumerate(sizes) if size]
    if limit < len(held):
        for number in range(limit):
            share[held[number * len(held) // limit]] = 1
        return share
    left = limit
    while left > 0:
        open_places = [place for place, size in enumerate(sizes) if share[place] < size]
        each = max(1, left // len(open_places))
        for place in open_places[:left]:
            taken = min(each, sizes[place] - share[place], left)
            share[place] += taken
            left -= taken
    return share
