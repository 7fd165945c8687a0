"""Each rule of the kits for embedders and storages catches the class that breaks it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from kit_rules import rules_of

from memkit.contracts import Role, TokenEmbedder
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import StorageFailure
from memkit.models import CheckReport
from memkit.storage.rows import Rows
from memkit.storage.sqlite import SQLiteStorage
from memkit.testing import BrokenRule, check_embedder, check_storage, embedders, storages
from memkit.types import Floats, Ints

Spoil = Callable[["Hashed", list[str], Floats], Floats]


class Hashed(HashingEmbedder):
    """A sound embedder, whose rows one function may spoil."""

    def __init__(self, spoil: Spoil = lambda me, texts, rows: rows, **fields: Any) -> None:
        super().__init__(16)
        self.spoil = spoil
        vars(self).update(fields)

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        return self.spoil(self, texts if isinstance(texts, list) else [], super().embed(texts))


class Tokens(TokenEmbedder):
    """A sound embedder of five tokens, told by the length of a word."""

    identity = "tokens-of-length"
    dim = 4
    vocabulary = 5

    def token_ids(self, texts: Sequence[str]) -> list[Ints]:
        return [np.array([len(word) % 5 for word in text.split()], np.int64) for text in texts]

    def token_vectors(self, ids: Ints) -> Floats:
        return np.eye(5, 4, dtype=np.float32)[ids] + np.float32(0.5)


class TokensBeyond(Tokens):
    def token_ids(self, texts: Sequence[str]) -> list[Ints]:
        return [ids + 1 for ids in super().token_ids(texts)]

    def token_vectors(self, ids: Ints) -> Floats:
        return super().token_vectors(ids % 5)


class TokensOfBatch(Tokens):
    def token_ids(self, texts: Sequence[str]) -> list[Ints]:
        return [np.append(ids, int(len(texts) > 1)) for ids in super().token_ids(texts)]

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        return np.ones((len(texts), 4), np.float32)


class TokensWithHoles(Tokens):
    def token_vectors(self, ids: Ints) -> Floats:
        rows = super().token_vectors(ids)
        return np.where(ids[:, None] == 3, np.float32(np.nan), rows)

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        return np.ones((len(texts), 4), np.float32)


class TokensInPlace(Tokens):
    def token_vectors(self, ids: Ints) -> Floats:
        return super().token_vectors(ids) * np.arange(1, len(ids) + 1, dtype=np.float32)[:, None]

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        return np.ones((len(texts), 4), np.float32)


class TokensElsewhere(Tokens):
    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        return -super().embed(texts, role)


def in_a_thread() -> bool:
    return threading.current_thread() is not threading.main_thread()


def numbered(make: Callable[[int], Any]) -> Callable[[], Any]:
    """A factory whose every product knows the number of its making."""
    numbers = itertools.count(1)
    return lambda: make(next(numbers))


def reversing(texts: list[str], rows: Floats) -> Floats:
    texts.reverse()
    return rows


EMBEDDERS: dict[str, Callable[[], Any]] = {
    "`identity` is text that names the model": lambda: Hashed(identity=" "),
    "`dim` is a whole number of at least 1": lambda: Hashed(dim=0),
    "two embedders made alike have the same identity and dimension": numbered(
        lambda number: Hashed(identity=f"model-{number}")
    ),
    "a batch gives one float32 row of `dim` components per text": lambda: Hashed(
        lambda me, texts, rows: rows.astype(np.float64)
    ),
    "an empty batch gives float32 [0, dim]": lambda: Hashed(
        lambda me, texts, rows: rows if len(rows) else np.zeros(0, np.float32)
    ),
    "every row is finite, for awkward texts too": lambda: Hashed(
        lambda me, texts, rows: rows / np.float32(0) if "" in texts else rows
    ),
    "the batch that was given is not changed": lambda: Hashed(
        lambda me, texts, rows: reversing(texts, rows)
    ),
    "a text has the same row whatever else is in the batch": lambda: Hashed(
        lambda me, texts, rows: rows - rows.mean(axis=0) if len(rows) else rows
    ),
    "the same text has the same row in every call, and of every embedder made alike": numbered(
        lambda number: Hashed(lambda me, texts, rows: rows * np.float32(number))
    ),
    "several threads may embed at once": lambda: Hashed(
        lambda me, texts, rows: rows * np.float32(2) if in_a_thread() else rows
    ),
    "`token_ids` gives one int64 array per text, each id below `vocabulary`": TokensBeyond,
    "a text has the same token ids whatever else is in the batch": TokensOfBatch,
    "`token_vectors` gives one finite float32 row of `dim` components per id": TokensWithHoles,
    "a token has the same vector wherever it stands": TokensInPlace,
    "a text's vector points where the sum of its token vectors does": TokensElsewhere,
}


@pytest.mark.filterwarnings("ignore:.*encountered in divide")
@pytest.mark.parametrize("rule", EMBEDDERS)
def test_an_embedder_that_breaks_a_rule_is_caught(rule: str) -> None:
    with pytest.raises(BrokenRule) as caught:
        check_embedder(EMBEDDERS[rule])
    assert caught.value.rule == rule


def test_the_sound_fakes_pass() -> None:
    check_embedder(Hashed)
    check_embedder(Tokens)


def test_every_rule_for_embedders_has_one_that_breaks_it() -> None:
    assert set(EMBEDDERS) == rules_of(embedders)


class Opened(SQLiteStorage):
    """The row store of a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "kit.mem")


class WithoutJournal(Opened):
    @contextmanager
    def read(self) -> Iterator[Rows]:
        with super().read() as rows:
            del rows.journal
            yield rows


class Forgetful(Opened):
    """Keeps its writes to itself."""

    @contextmanager
    def write(self) -> Iterator[Rows]:
        with self.query_only() as db:
            yield Rows(db)


class HalfDone(Opened):
    """Commits what an interrupted write had done."""

    @contextmanager
    def write(self) -> Iterator[Rows]:
        with self._lock.held(), self._connections.borrowed() as db:
            yield Rows(db)


class Swallowing(Opened):
    @contextmanager
    def write(self) -> Iterator[Rows]:
        with self._lock.held(), self._connections.borrowed() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield Rows(db)
                db.execute("COMMIT")
            except Exception:  # noqa: BLE001 - the fault that the rule must find
                db.execute("ROLLBACK")


class ReadingOn(Opened):
    @contextmanager
    def read(self) -> Iterator[Rows]:
        with self._connections.borrowed() as db:
            yield Rows(db)


class Overtaking(Opened):
    """Reads before it locks: two writers both start from the same value."""

    @contextmanager
    def write(self) -> Iterator[Rows]:
        with self.read() as before:
            known = before.settings.all()
        with super().write() as rows:
            rows.settings.get = known.get  # type: ignore[assignment, method-assign]
            if in_a_thread():
                known["kit"] = "0"
            yield rows


class Complaining(Opened):
    def check(self, fix: bool = False) -> CheckReport:
        return CheckReport(("something is wrong",))


class Vanishing(Opened):
    def close(self) -> None:
        if self.path is not None and self.path.exists():
            with self.write() as rows:
                rows.settings.set("kit", "gone")
        super().close()


class StillOpen(Opened):
    def close(self) -> None:
        pass


class Unreadable(Opened):
    """Says that it is closed in words of its own."""

    @contextmanager
    def read(self) -> Iterator[Rows]:
        if self._raw is None:
            raise StorageFailure("no file")
        with super().read() as rows:
            yield rows


STORAGES: dict[str, list[Callable[[Path], Any]]] = {
    "rows have every table, and every table every method, of `memkit.storage.rows`": [
        WithoutJournal
    ],
    "what a write stored is there when it has ended, for every opener": [Forgetful],
    "an error inside a write reaches the caller, and nothing of the write is stored": [
        HalfDone, Swallowing,
    ],
    "a read sees one snapshot, whatever is written meanwhile": [ReadingOn],
    "writes of several threads and openers follow one another, and none is lost": [Overtaking],
    "a sound store checks clean, and mending it mends nothing": [Complaining],
    "what was stored is there after closing and opening again": [Vanishing],
    "a closed storage says so with `ClosedStore`": [StillOpen, Unreadable],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "make"), [(rule, make) for rule, broken in STORAGES.items() for make in broken]
)
def test_a_storage_that_breaks_a_rule_is_caught(rule: str, make: Callable[[Path], Any]) -> None:
    opened: list[Opened] = []

    def remembered(folder: Path) -> Opened:
        opened.append(make(folder))
        return opened[-1]

    with pytest.raises(BrokenRule) as caught:
        check_storage(remembered)
    for storage in opened:
        if storage._raw is not None:
            SQLiteStorage.close(storage)
    assert caught.value.rule == rule


def test_every_rule_for_storages_has_one_that_breaks_it() -> None:
    assert set(STORAGES) == rules_of(storages)
