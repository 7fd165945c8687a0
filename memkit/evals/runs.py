"""A per-question file as it is read back: what was asked, and what each retriever found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.evals.data import SHAPE_ERRORS, read_lines, wrong_file

EXPECTED: Final = "a per-question file, as `memkit eval run --json` writes it"
DEFAULT_MEASURE: Final = "turn.recall@10"


@dataclass(frozen=True, slots=True)
class Found:
    """What one retriever found for one question; `hits` and `answer` as they stand in the file."""

    measures: Mapping[str, float]
    ranked: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    hits: tuple[Mapping[str, Any], ...] = ()
    answer: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. What a file does not tell is empty or None."""

    conversation: str
    id: str
    category: str
    level: str
    text: str
    gold: str
    answerable: bool
    when: str | None
    age_days: float | None
    evidence: tuple[Mapping[str, Any], ...]
    history_tokens: int | None
    results: Mapping[str, Found]

    @property
    def key(self) -> tuple[str, str]:
        """What a question is paired by."""
        return self.conversation, self.id


@dataclass(frozen=True, slots=True)
class Run:
    """A whole file: its configuration, and its questions in the order asked."""

    name: str
    config: Mapping[str, Any]
    questions: tuple[Asked, ...]
    retrievers: tuple[str, ...] = field(default=())

    @property
    def main(self) -> str:
        """The measure the data set is judged by."""
        named = self.config.get("main")
        return named if isinstance(named, str) else DEFAULT_MEASURE

    @property
    def asked(self) -> tuple[str, ...]:
        """The retrievers that were asked for; the others are baselines."""
        named = tuple(each for each in self.config.get("asked") or () if each in self.retrievers)
        return named or self.retrievers[:1]

    def values(self, retriever: str, measure: str) -> list[tuple[Asked, float]]:
        """The questions that have this measure, with its value."""
        return [
            (question, question.results[retriever].measures[measure])
            for question in self.questions
            if retriever in question.results
            and measure in question.results[retriever].measures
        ]  # fmt: skip

    def measures(self, retriever: str) -> list[str]:
        """Every measure the retriever has, in the order of the file."""
        seen: dict[str, None] = {}
        for question in self.questions:
            if retriever in question.results:
                seen |= dict.fromkeys(question.results[retriever].measures)
        return list(seen)


def read_run(path: Path, *, name: str | None = None) -> Run:
    """The run that a per-question file holds; raises `InvalidInput` for another file.

    A last line that was torn off is passed over, as taking the run up would.
    """
    lines = _whole_lines(path)
    try:
        _, config = next(lines)
        if config.get("type") != "run":
            raise ValueError("its first line is not a run's header")
        questions = tuple(_asked(line) for line in _by_question(each for _, each in lines))
    except StopIteration as error:
        raise wrong_file(path, EXPECTED, "it is empty") from error
    except SHAPE_ERRORS as error:
        raise wrong_file(path, EXPECTED, error) from error
    if not questions:
        raise InvalidInput(f"{path} holds no question yet; let the run finish first.")
    seen = dict.fromkeys([*(config.get("retrievers") or ()),
                          *(each for one in questions for each in one.results)])  # fmt: skip
    told = tuple(each for each in seen if any(each in one.results for one in questions))
    return Run(name or path.name, config, questions, told)


def _whole_lines(path: Path) -> Iterator[tuple[int, Any]]:
    content = path.read_bytes() if path.is_file() else b""
    if not content or content.endswith(b"\n"):
        yield from read_lines(path, EXPECTED)
        return
    for number, line in enumerate(content[: content.rfind(b"\n") + 1].splitlines(), 1):
        yield number, json.loads(line)


def _by_question(lines: Iterator[Any]) -> list[Mapping[str, Any]]:
    """The lines of questions; those of the first format, one for each retriever, put together."""
    found: dict[Any, dict[str, Any]] = {}
    for place, line in enumerate(lines):
        if line["type"] == "outcome":
            whole = found.setdefault(
                (line["conversation"], line["question"]),
                {**line, "type": "question", "results": {}},
            )
            whole["results"][line["retriever"]] = {**line, "answer": None}
        else:
            found[place] = line
    return list(found.values())


def _asked(line: Mapping[str, Any]) -> Asked:
    if line["type"] != "question":
        raise ValueError(f"a line of type {line['type']!r} where a question was expected")
    history = line.get("history") or {}
    return Asked(
        str(line["conversation"]), str(line["question"]), str(line.get("category") or ""),
        str(line.get("level") or "turn"), str(line.get("text") or ""), _gold(line.get("gold")),
        bool(line.get("answerable", True)), line.get("when"), line.get("age_days"),
        tuple(each if isinstance(each, Mapping) else {"id": str(each)}
              for each in line.get("evidence") or ()),
        history.get("tokens"),
        {str(name): _found(found) for name, found in line["results"].items()},
    )  # fmt: skip


def _gold(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _found(found: Mapping[str, Any]) -> Found:
    measures = {str(name): float(value) for name, value in found["measures"].items()
                if value is not None}  # fmt: skip
    return Found(
        measures, _ids(found.get("ranked")), _ids(found.get("sessions")),
        tuple(found.get("hits") or ()), found.get("answer"),
    )  # fmt: skip


def _ids(given: Sequence[Any] | None) -> tuple[str, ...]:
    return tuple(map(str, given or ()))
