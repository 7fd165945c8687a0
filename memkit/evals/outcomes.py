"""What became of each question, and the file that keeps it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

import memkit.store
from memkit.contracts import Embedder, Retriever
from memkit.errors import InvalidInput
from memkit.evals.data import Dataset
from memkit.index.layer import IndexerFactory

FORMAT: Final = 1
_APART: Final = ("cli", "evals", "testing", "adapters")
"""Folders whose code cannot change an answer."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of one retriever to one question, measured.

    Where answers are judged, `answer` is the one that was given, if any, `accepted` those that are
    right, and `path` the turns that the facts leading to it rest on.
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
    answer: str | None = None
    accepted: tuple[str, ...] = ()
    path: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes an outcome the only one of its kind in a run."""
        return self.conversation, self.question, self.retriever


class Sheet:
    """The JSON lines of one run: a header, then one line per outcome.

    Opening a sheet of the same configuration takes up where it ended, without a last line that
    was torn off. Another configuration raises `InvalidInput`, and nothing is overwritten.
    """

    def __init__(self, path: Path | None, config: Mapping[str, Any]) -> None:
        self._path = path
        self._header = _line({"type": "run", **config})
        self._file: BinaryIO | None = None
        self.done: dict[tuple[str, str, str], Outcome] = {}

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

    def write(self, outcome: Outcome) -> None:
        """Add one outcome; it is in the file when this returns."""
        if self._file is not None:
            self._file.write(_line({"type": "outcome", **_fields(outcome)}))
            self._file.flush()

    def _kept(self, content: bytes) -> int:
        """How many bytes of the file stay: whole lines; reads their outcomes."""
        end = content.rfind(b"\n") + 1
        if not end and self._header.startswith(content):
            return 0
        lines = content[:end].splitlines(keepends=True)
        self._require_same(lines[0] if lines else content)
        for line in lines[1:]:
            outcome = _outcome(line, self._path)
            self.done[outcome.key] = outcome
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
    indexers: Sequence[IndexerFactory] | None, budgets: Sequence[int],
) -> dict[str, Any]:  # fmt: skip
    """Everything that decides the outcomes: data, parts, code and library versions."""
    return {
        "format": FORMAT,
        "dataset": dataset.name,
        "data": dataset.digest(),
        "questions": dataset.questions,
        "skipped": dataset.skipped,
        "retrievers": {name: _class(each) for name, each in retrievers.items()},
        "embedder": embedder.identity if embedder is not None else None,
        "indexers": [_class(make()) for make in indexers] if indexers is not None else None,
        "budgets": list(budgets),
        "memkit": _version("memkit-sdk"),
        "code": code_digest(),
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
    return json.loads(lines[0]), [_outcome(line, path) for line in lines[1:]]


def _outcome(line: bytes, path: Path | None) -> Outcome:
    try:
        fields = json.loads(line)
        if fields.pop("type") != "outcome":
            raise ValueError("a line of another type")
        for name in ("evidence", "ranked", "sessions", "accepted", "path"):
            fields[name] = tuple(fields.get(name, ()))
        return Outcome(**fields)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInput(f"{path} holds a line that is no outcome ({error}).") from error


def _fields(outcome: Outcome) -> dict[str, Any]:
    """What is kept of an outcome; of answers only where they are judged."""
    fields = asdict(outcome)
    if not outcome.accepted:
        for name in ("answer", "accepted", "path"):
            del fields[name]
    return fields


def _line(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _class(made: object) -> str:
    return f"{type(made).__module__}:{type(made).__qualname__}"


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "source"
