"""A per-question file as it is read back: what was asked, and what each retriever found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from memkit.errors import InvalidInput
from memkit.evals.data import SHAPE_ERRORS, read_json, read_lines, wrong_file

EXPECTED: Final = "a per-question file, as `memkit eval run --json` writes it"
DEFAULT_MEASURE: Final = "turn.recall@10"
_TELLING: Final = ("recall@1", "recall@5", "recall@10", "all@10", "mrr", "ndcg@10")
_OF_SESSIONS: Final = ("recall@10",)
PERCENTILES: Final = (50, 95, 99)


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


@dataclass(frozen=True)
class Run:
    """A whole file: its configuration, and its questions in the order asked.

    `milliseconds` maps a retriever to percentiles (50, 95...) of the time of a search, where they
    were kept beside the file.
    """

    name: str
    config: Mapping[str, Any]
    questions: tuple[Asked, ...]
    retrievers: tuple[str, ...] = ()
    milliseconds: Mapping[str, Mapping[int, float]] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> dict[tuple[str, str], Asked]:
        """Each question by its conversation and id."""
        return {question.key: question for question in self.questions}

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


def telling(names: Iterable[str], judged: str) -> list[str]:
    """The measures worth a line of their own: a few of the many cuts, and all that is no ranking.

    Of sessions only recall@10, where turns are measured too. `judged` always stays.
    """
    every = list(names)
    by_turn = any(name.startswith("turn.") for name in every)

    def kept(name: str) -> bool:
        level, _, rest = name.partition(".")
        if level not in ("turn", "session"):
            return True
        return rest in (_OF_SESSIONS if level == "session" and by_turn else _TELLING)

    return [name for name in every if name == judged or kept(name)]


def read_run(path: Path, *, name: str | None = None) -> Run:
    """The run that a per-question file holds; raises `InvalidInput` for another file.

    A last line that was torn off is passed over, as taking the run up would.
    """
    lines = _whole_lines(path)
    try:
        _, config = next(lines)
        if config.get("type") != "run":
            raise ValueError("its first line is not a run's header")
        questions = tuple(_asked(line) for _, line in lines)
    except StopIteration as error:
        raise wrong_file(path, EXPECTED, "it is empty") from error
    except SHAPE_ERRORS as error:
        raise wrong_file(path, EXPECTED, error) from error
    if not questions:
        raise InvalidInput(f"{path} holds no question yet; let the run finish first.")
    seen = dict.fromkeys([*(config.get("retrievers") or ()),
                          *(each for one in questions for each in one.results)])  # fmt: skip
    told = tuple(each for each in seen if any(each in one.results for one in questions))
    return Run(name or path.name, config, questions, told, read_times(path))


def times_beside(path: Path) -> Path:
    """Where the times of a run are kept: apart, so that equal runs are equal files."""
    return path.with_name(f"{path.stem}.times.json")


def write_times(path: Path, seconds: Mapping[str, Sequence[float]]) -> None:
    """Keep percentiles of the times of searches beside a per-question file, in milliseconds.

    A run that only took up what was there already has no times, and leaves those kept before.
    """
    found = {
        name: {str(share): round(float(np.percentile(several, share)) * 1000, 3)
               for share in PERCENTILES}
        for name, several in seconds.items() if several
    }  # fmt: skip
    if found:
        times_beside(path).write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def read_times(path: Path) -> dict[str, dict[int, float]]:
    """What `write_times` has kept for a per-question file; empty where it kept nothing."""
    beside = times_beside(path)
    if not beside.is_file():
        return {}
    expected = "times as `memkit eval run --json` keeps them beside its file"
    try:
        return {
            str(name): {int(share): float(value) for share, value in shares.items()}
            for name, shares in read_json(beside, expected).items()
        }
    except SHAPE_ERRORS as error:
        raise wrong_file(beside, expected, error) from error


def _whole_lines(path: Path) -> Iterator[tuple[int, Any]]:
    content = path.read_bytes() if path.is_file() else b""
    if not content or content.endswith(b"\n"):
        yield from read_lines(path, EXPECTED)
        return
    for number, line in enumerate(content[: content.rfind(b"\n") + 1].splitlines(), 1):
        yield number, json.loads(line)


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
