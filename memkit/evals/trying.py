"""What a policy would let go at a moment, and what evidence would be lost with it; on a copy."""

from __future__ import annotations

import inspect
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from memkit import registry
from memkit.contracts import Embedder, ForgettingPolicy
from memkit.errors import InvalidInput, NotFound
from memkit.evals import loaders
from memkit.evals.data import SHAPE_ERRORS, read_lines, wrong_file
from memkit.models import Planned
from memkit.storage.connections import translated
from memkit.storage.sqlite import reading_only
from memkit.store import MemoryStore, Scope

CUT: Final = 10
QUESTIONS: Final = "JSON lines with a 'question' and its 'evidence', a list of turn ids"

Asked = tuple[str, frozenset[str]]
"""A question, and the ids of the turns that answer it."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A question whose evidence is found no more.

    `archived` is what was let go of it (the rest is live, and others rank higher now); `rescued`
    is what a rescue search finds.
    """

    question: str
    evidence: tuple[str, ...]
    archived: tuple[str, ...]
    rescued: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a policy would do: how many records are live, and how many are left of them.

    `before` and `after` are the mean recall of the evidence among the first ten hits, where
    questions were asked.
    """

    policy: str
    at: datetime
    live: int
    left: int
    planned: tuple[Planned, ...]
    asked: int
    before: float | None
    after: float | None
    lost: tuple[Lost, ...]


def try_bundled(policy: ForgettingPolicy, at: datetime, embedder: Embedder | None) -> Trial:
    """Try a policy on the conversation that comes with memkit, with its own questions."""
    conversation = loaders.load(loaders.DEMO).conversations[0]
    asked = [(one.text, frozenset(one.evidence)) for one in conversation.questions]
    with MemoryStore(":memory:", embedder=embedder, forgetting=policy, extractors=[]) as store:
        scope = store.scope(eval="policy")
        scope.add(conversation.messages)
        return _tried(scope, policy, at, asked)


def try_on(
    path: Path, keys: Mapping[str, str], policy: ForgettingPolicy, at: datetime,
    asked: Sequence[Asked], embedder: Embedder | str | None,
) -> Trial:  # fmt: skip
    """Try a policy on a copy of one scope's store; the file itself is not changed."""
    with (
        copied(path) as copy,
        MemoryStore(copy, embedder=embedder, forgetting=policy, extractors=[]) as store,
    ):
        if dict(keys) not in store.scopes():
            raise NotFound(f"Nothing is stored in scope {dict(keys)}.")
        return _tried(store.scope(**keys), policy, at, asked)


def read_questions(path: Path) -> list[Asked]:
    """The questions of a file; an evaluation file's other lines are passed over."""
    found: list[Asked] = []
    for number, line in read_lines(path, QUESTIONS):
        try:
            if line.get("type", "question") == "question":
                evidence = frozenset(map(str, line["evidence"]))
                found += [(str(line["question"]), evidence)] if evidence else []
        except SHAPE_ERRORS as error:
            raise wrong_file(Path(f"{path}, line {number},"), QUESTIONS, error) from error
    if not found:
        raise InvalidInput(f"{path} holds no question; expected {QUESTIONS}.")
    return found


def policy_named(name: str, options: Sequence[str]) -> ForgettingPolicy:
    """The policy of that name with `name=value` options; of a policy in it, `by=heat`, the name."""
    cls = registry.load("forgetting", name)
    known = {
        key: one
        for key, one in inspect.signature(cls).parameters.items()
        if one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)
    }
    found = options_of(options)
    for key, value in found.items():
        if key not in known:
            raise InvalidInput(
                f"The policy {name!r} has no option {key!r}; it has "
                f"{', '.join(known) or 'none that can be given as text'}."
            )
        if isinstance(known[key].default, int | float) and not isinstance(value, int | float):
            raise InvalidInput(f"The option {key} of {name!r} is a number; found {value!r}.")
        if key == "by":
            found[key] = registry.create("forgetting", str(value))
    made: ForgettingPolicy = cls(**found)
    return made


def options_of(given: Sequence[str]) -> dict[str, Any]:
    """`name=value` as keywords of a policy: a value is JSON where it can be, else text."""
    found: dict[str, Any] = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign or not name.isidentifier():
            raise InvalidInput(f"{pair!r} is not name=value, for example days=90.")
        try:
            found[name] = json.loads(value)
        except ValueError:
            found[name] = value
    return found


def _tried(scope: Scope, policy: ForgettingPolicy, at: datetime, asked: Sequence[Asked]) -> Trial:
    live = _live(scope)
    planned = scope.maintain(now=at, dry_run=True).planned
    before = [_found(scope, question, at) & evidence for question, evidence in asked]
    scope.maintain(now=at)
    after = [_found(scope, question, at) & evidence for question, evidence in asked]
    lost, live_turns = [], {turn.id for turn in scope.turns(archived=False)}
    for (question, _), was, is_now in zip(asked, before, after, strict=True):
        if was - is_now:
            hits = scope.rescue(question, CUT, now=at)
            back = {source for hit in hits for source in hit.sources}
            missed = sorted(was - is_now)
            gone = [id for id in missed if id not in live_turns]
            rescued = [id for id in missed if id in back]
            lost.append(Lost(question, tuple(missed), tuple(gone), tuple(rescued)))
    return Trial(
        policy.name, at, live, _live(scope), planned, len(asked), _mean(before, asked),
        _mean(after, asked), tuple(lost),
    )  # fmt: skip


def _live(scope: Scope) -> int:
    return sum(1 for _ in scope.turns(archived=False)) + sum(1 for _ in scope.memories())


def _found(scope: Scope, question: str, at: datetime) -> set[str]:
    """The turns that the first hits are, or stand for; not counted as a use."""
    return {id for hit in scope.trace(question, CUT, now=at).hits for id in hit.sources}


def _mean(found: Sequence[set[str]], asked: Sequence[Asked]) -> float | None:
    """The mean recall."""
    shares = [len(ids) / len(of) for ids, (_, of) in zip(found, asked, strict=True)]
    return sum(shares) / len(shares) if shares else None


@contextmanager
def copied(path: Path) -> Iterator[Path]:
    """A copy of a store as it stands, while others may be using it; raises `NotAStore`."""
    if not path.is_file():
        raise NotFound(f"The store {path} does not exist.")
    folder = Path(tempfile.mkdtemp(prefix="memkit-"))
    try:
        copy = folder / "copy.mem"
        with (
            translated("Copying", str(path)),
            closing(sqlite3.connect(reading_only(path.resolve()), uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
        yield copy
    finally:
        shutil.rmtree(folder)
