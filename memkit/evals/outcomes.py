"""What became of each question, and the file that keeps it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

import memkit.store
from memkit.contracts import Embedder, Retriever
from memkit.errors import InvalidInput
from memkit.evals.data import Dataset
from memkit.evals.measures import SEED
from memkit.index.layer import IndexerFactory
from memkit.tokens import default_counter

FORMAT: Final = 2
_APART: Final = ("cli", "evals", "testing", "adapters")
"""Folders whose code cannot change an answer."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: its words, whether it abstains, how sure it is, and the turns it rests on.

    `kind` is what it was composed as. `tokens` is the size of what was read for it. `judges` maps
    the name of each judge to `correct` and `reason`.
    """

    text: str
    abstained: bool
    score: float | None = None
    kind: str = ""
    sources: tuple[str, ...] = ()
    tokens: int | None = None
    judges: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one retriever found for one question, measured.

    `hits` are the first ones as they are kept for looking at. `answer` is what was composed from
    them, or what `scope.chain` gave; None where nothing answers, or nothing was found to say.
    """

    conversation: str
    question: str
    retriever: str
    category: str
    level: str
    evidence: tuple[str, ...]
    ranked: tuple[str, ...]
    sessions: tuple[str, ...]
    measures: Mapping[str, float]
    hits: tuple[Mapping[str, Any], ...] = ()
    answer: Given | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes an outcome the only one of its kind in a run."""
        return self.conversation, self.question, self.retriever


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked: all that does not depend on who answers.

    `when` is the moment it is asked, `age_days` the days from the oldest evidence to it. Each
    piece of `evidence` has `id`, `speaker`, `when`, `age_days` and `text`. `history` are the turns
    and the tokens of all that the question may see.
    """

    conversation: str
    question: str
    category: str
    level: str
    text: str
    gold: str
    accepted: tuple[str, ...]
    answerable: bool
    when: str | None
    age_days: float | None
    evidence: tuple[Mapping[str, Any], ...]
    history: Mapping[str, int]

    @property
    def key(self) -> tuple[str, str]:
        """The only question of its kind in a run."""
        return self.conversation, self.question


Line = tuple[Asked, tuple[Outcome, ...]]
"""A question with what each retriever found."""


class Sheet:
    """The JSON lines of one run: a header, then one line per question.

    Opening a sheet of the same configuration takes up where it ended, without a last line that
    was torn off. Another configuration raises `InvalidInput`, and nothing is overwritten.
    """

    def __init__(self, path: Path | None, config: Mapping[str, Any]) -> None:
        self._path = path
        self._header = _line({"type": "run", **config})
        self._file: BinaryIO | None = None
        self.done: dict[tuple[str, str], Line] = {}

    def __enter__(self) -> Self:
        if self._path is None:
            return self
        try:
            kept = self._kept(self._path.read_bytes() if self._path.exists() else b"")
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("r+b" if self._path.exists() else "wb")
        except OSError as error:
            raise InvalidInput(f"Results cannot be written to {self._path}: {error}.") from error
        self._file.truncate(kept)
        self._file.seek(0, os.SEEK_END)
        if not kept:
            self._file.write(self._header)
            self._file.flush()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if self._file is not None:
            self._file.close()

    def write(self, line: Line) -> None:
        """Add one question; it is in the file when this returns."""
        if self._file is not None:
            self._file.write(_line(_fields(*line)))
            self._file.flush()

    def _kept(self, content: bytes) -> int:
        """How many bytes of the file stay: whole lines; reads their outcomes."""
        end = content.rfind(b"\n") + 1
        if not end and self._header.startswith(content):
            return 0
        lines = content[:end].splitlines(keepends=True)
        self._require_same(lines[0] if lines else content)
        for line in lines[1:]:
            asked, outcomes = _read(line, self._path)
            self.done[asked.key] = asked, outcomes
        return end

    def _require_same(self, first: bytes) -> None:
        if first == self._header:
            return
        try:
            found = json.loads(first)
            ours = json.loads(self._header)
            other = sorted(key for key in {*found, *ours} if found.get(key) != ours.get(key))
        except (ValueError, TypeError, AttributeError) as error:
            raise InvalidInput(f"{self._path} is not a sheet of results; give another file.") from (
                error
            )
        raise InvalidInput(
            f"{self._path} holds results of another run: different {', '.join(other)}. "
            "Give another file, or remove it."
        )


def configuration(
    dataset: Dataset, retrievers: Mapping[str, Retriever], embedder: Embedder | None,
    indexers: Sequence[IndexerFactory] | None, **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """Everything that decides the outcomes: data, parts, code and library versions."""
    return {
        "format": FORMAT,
        "dataset": dataset.name,
        "data": dataset.digest(),
        "notes": list(dataset.notes),
        "questions": dataset.questions,
        "skipped": dataset.skipped,
        "main": dataset.main_measure,
        "retrievers": {name: _class(each) for name, each in retrievers.items()},
        "embedder": embedder.identity if embedder is not None else None,
        "indexers": [_class(make()) for make in indexers] if indexers is not None else None,
        **more,
        "counter": default_counter().name,
        "seeds": {"bootstrap": SEED},
        "memkit": _version("memkit-sdk"),
        "code": code_digest(),
        "python": python_version(),
        "numpy": _version("numpy"),
    }


@lru_cache(maxsize=1)
def code_digest() -> str:
    """A short hash of memkit's own source: another code may give other answers."""
    root = Path(memkit.store.__file__).parent.parent
    hashed = blake2b(digest_size=8)
    for path in sorted(root.rglob("*.py")):
        inside = path.relative_to(root)
        if inside.parts[0] not in _APART:
            hashed.update(inside.as_posix().encode() + b"\0" + path.read_bytes())
    return hashed.hexdigest()


def read_outcomes(path: Path) -> tuple[dict[str, Any], list[Outcome]]:
    """The header and the outcomes of a sheet."""
    lines = path.read_bytes().splitlines(keepends=True)
    return json.loads(lines[0]), [each for line in lines[1:] for each in _read(line, path)[1]]


def _read(line: bytes, path: Path | None) -> Line:
    try:
        fields = json.loads(line)
        if fields.pop("type") != "question":
            raise ValueError("a line of another type")
        results = fields.pop("results")
        for name in ("accepted", "evidence"):
            fields[name] = tuple(fields[name])
        asked = Asked(**fields)
        return asked, tuple(_outcome(asked, name, found) for name, found in results.items())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidInput(f"{path} holds a line that is no question ({error}).") from error


def _outcome(asked: Asked, name: str, found: dict[str, Any]) -> Outcome:
    answer = found.get("answer")
    return Outcome(
        asked.conversation, asked.question, name, asked.category, asked.level,
        tuple(each["id"] for each in asked.evidence), tuple(found["ranked"]),
        tuple(found["sessions"]), found["measures"], tuple(found.get("hits", ())),
        Given(**{**answer, "sources": tuple(answer["sources"])}) if answer else None,
    )  # fmt: skip


def _fields(asked: Asked, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """A question's line; hits stand only where some were kept."""
    return {"type": "question", **asdict(asked), "results": {
        each.retriever: {
            "ranked": each.ranked,
            "sessions": each.sessions,
            "measures": each.measures,
            **({"hits": each.hits} if each.hits else {}),
            "answer": asdict(each.answer) if each.answer else None,
        }
        for each in outcomes
    }}  # fmt: skip


def _line(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _class(made: object) -> str:
    return f"{type(made).__module__}:{type(made).__qualname__}"


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "source"
