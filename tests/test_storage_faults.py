"""A failure at every SQL statement of every act that writes: all or nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from memkit import MemkitError, Memory, MemoryStore, Source, Turn
from memkit.contracts import Extractor
from memkit.embed.hashing import HashingEmbedder
from memkit.storage import connections

NOW = "2024-05-01T12:00:00Z"
Act = Callable[[MemoryStore, Path], object]


class Fault:
    """Lets the `at`-th statement fail, and with `lasting` every one after it."""

    def __init__(self) -> None:
        self.at = 0
        self.seen = 0
        self.lasting = False
        self.text = "disk I/O error"
        self.commits_first = False

    def arm(self, at: int, text: str = "disk I/O error", *, lasting: bool = False) -> None:
        self.at, self.seen, self.text, self.lasting = at, 0, text, lasting

    def disarm(self) -> None:
        self.at = 0

    def strikes(self) -> bool:
        if not self.at:
            return False
        self.seen += 1
        return self.seen == self.at or (self.lasting and self.seen > self.at)


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> Fault:
    found = Fault()

    class Faulty(sqlite3.Connection):
        def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
            if found.strikes():
                if found.commits_first and sql == "COMMIT":
                    super().execute(sql)
                raise sqlite3.OperationalError(found.text)
            return super().execute(sql, parameters)

        def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
            if found.strikes():
                raise sqlite3.OperationalError(found.text)
            return super().executemany(sql, parameters)

    def connect(target: str, timeout: float, *, uri: bool) -> sqlite3.Connection:
        return sqlite3.connect(
            target, timeout=timeout, isolation_level=None, check_same_thread=False, uri=uri,
            factory=Faulty,
        )  # fmt: skip

    monkeypatch.setattr(connections, "connect", connect)
    return found


class Firsts(Extractor):
    """The first word of each turn."""

    name = "firsts"

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        for turn in turns:
            end = len(turn.text.split()[0])
            yield Memory("fact", turn.text[:end], (Source(turn.id, 0, end),))


def opened(path: Path) -> MemoryStore:
    return MemoryStore(path, embedder=HashingEmbedder(16), extractors=[Firsts()])


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template.mem"
    with opened(path) as store:
        ana = store.scope(user="ana")
        ana.add([f"turn number {n} about harbours" for n in range(4)], now=NOW)
        ana.maintain(now=NOW)
        ana.forget("t2", now=NOW)
        ana.add([{"id": "late", "content": "one more about lighthouses"}], now=NOW)
        store.scope(user="bo").add(["bo keeps bees", "bo sells honey"], now=NOW)
        store.export(tmp_path / "other.jsonl")
        store.scope(user="ana").erase("t1", now=NOW)
    return path


def lines(store: MemoryStore, folder: Path) -> str:
    store.export(folder / "lines.jsonl")
    return (folder / "lines.jsonl").read_text()


def ana_of(store: MemoryStore) -> Any:
    return store.scope(user="ana")


ONE_TRANSACTION: dict[str, Act] = {
    "add": lambda s, _: ana_of(s).add("the tide turns at noon", now=NOW),
    "add to a new scope": lambda s, _: s.scope(user="cy").add("hello from cy", now=NOW),
    "add many": lambda s, _: ana_of(s).add([f"gull {n} cries" for n in range(9)], now=NOW),
    "add again": lambda s, _: ana_of(s).add(
        [{"id": "late", "content": "one more about lighthouses"}, "and a new one"], now=NOW
    ),
    "forget": lambda s, _: ana_of(s).forget(["t3", "t4"], reason="old", now=NOW),
    "forget by filter": lambda s, _: ana_of(s).forget(filter={"kind": "turn"}, now=NOW),
    "undo": lambda s, _: ana_of(s).undo(ana_of(s).journal()[0].id, now=NOW),
    "feedback": lambda s, _: ana_of(s).feedback(
        ["t3", "t4"], useful=False, correction="it was the third one", now=NOW
    ),
    "import": lambda s, p: s.import_(p / "other.jsonl"),
}
SEVERAL_TRANSACTIONS: dict[str, Act] = {
    "maintain": lambda s, _: ana_of(s).maintain(now=NOW),
    "reembed": lambda s, _: s.reembed(HashingEmbedder(24)),
    "compact": lambda s, _: s.compact(),
}


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("name", ONE_TRANSACTION)
def test_a_failing_statement_leaves_everything_or_nothing(
    name: str, lasting: bool, fault: Fault, template: Path, tmp_path: Path
) -> None:
    act = ONE_TRANSACTION[name]
    before, after = _before_and_after(act, template, tmp_path)
    statements = 0
    store = opened(_copied(template, tmp_path, 0))
    while True:
        statements += 1
        fault.arm(statements, ["disk I/O error", "database or disk is full"][statements % 2],
                  lasting=lasting)  # fmt: skip
        try:
            act(store, tmp_path)
        except MemkitError:
            fault.disarm()
        else:
            break
        found = lines(store, tmp_path)
        assert found in (before, after), f"half of it is there: statement {statements}"
        assert store.check().problems == ()
        assert ana_of(store).trace("turn number harbours").hits, "the store answers after a failure"
        if found == after:
            store.close()
            store = opened(_copied(template, tmp_path, statements))
    fault.disarm()
    assert statements > 3
    assert lines(store, tmp_path) == after
    store.close()


@pytest.mark.parametrize("name", ONE_TRANSACTION)
def test_a_commit_whose_answer_was_lost_left_everything(
    name: str, fault: Fault, template: Path, tmp_path: Path
) -> None:
    act = ONE_TRANSACTION[name]
    before, after = _before_and_after(act, template, tmp_path)
    fault.commits_first = True
    for statement in range(1, 200):
        with opened(_copied(template, tmp_path, statement)) as store:
            fault.arm(statement)
            try:
                act(store, tmp_path)
            except MemkitError:
                fault.disarm()
            else:
                fault.disarm()
                break
            assert lines(store, tmp_path) in (before, after)
            assert store.check().problems == ()


@pytest.mark.parametrize("name", SEVERAL_TRANSACTIONS)
def test_an_act_of_several_steps_can_be_done_again_after_any_failure(
    name: str, fault: Fault, template: Path, tmp_path: Path
) -> None:
    act = SEVERAL_TRANSACTIONS[name]
    _, after = _before_and_after(act, template, tmp_path)
    for statement in range(1, 500):
        with opened(_copied(template, tmp_path, statement)) as store:
            fault.arm(statement)
            try:
                act(store, tmp_path)
            except MemkitError:
                fault.disarm()
            else:
                fault.disarm()
                assert statement > 2
                break
            assert store.check().problems == ()
            assert ana_of(store).trace("turn number harbours").hits
            act(store, tmp_path)
            assert lines(store, tmp_path) == after
            assert store.check().problems == ()


def test_a_failing_erase_removes_all_or_nothing_and_never_claims_to_be_verified(
    fault: Fault, template: Path, tmp_path: Path
) -> None:
    def act(store: MemoryStore, _: Path) -> Any:
        return ana_of(store).erase(["t3"], now=NOW)

    before, after = _before_and_after(act, template, tmp_path)
    for statement in range(1, 200):
        with opened(_copied(template, tmp_path, statement)) as store:
            fault.arm(statement)
            try:
                receipt = act(store, tmp_path)
            except MemkitError:
                receipt = None
            seen = fault.seen
            fault.disarm()
            if seen < statement:
                assert receipt.verified
                break
            assert lines(store, tmp_path) == (before if receipt is None else after)
            assert receipt is None or (not receipt.verified and "failed" in receipt.note)
            assert store.check().problems == ()
    assert statement > 20


def test_a_failing_creation_can_be_tried_again(fault: Fault, tmp_path: Path) -> None:
    for statement in range(1, 200):
        path = tmp_path / f"new{statement}.mem"
        fault.arm(statement)
        try:
            opened(path).close()
        except MemkitError:
            fault.disarm()
        else:
            fault.disarm()
            break
        with opened(path) as store:
            ana_of(store).add("here after all", now=NOW)
            assert store.check().problems == ()
    assert statement > 30


def test_an_error_of_an_embedder_stores_nothing(template: Path, tmp_path: Path) -> None:
    class Breaking(HashingEmbedder):
        broken = False

        def embed(self, texts: Sequence[str], role: Any = "document") -> Any:
            if self.broken:
                raise ConnectionError("the model is away")
            return super().embed(texts, role)

    embedder = Breaking(16)
    with MemoryStore(template, embedder=embedder) as store:
        before = lines(store, tmp_path)
        embedder.broken = True
        with pytest.raises(ConnectionError):
            ana_of(store).add("never stored", now=NOW)
        with pytest.raises(ConnectionError):
            ana_of(store).feedback("t3", useful=False, correction="no", now=NOW)
        assert lines(store, tmp_path) == before


def _copied(template: Path, folder: Path, number: int) -> Path:
    path = folder / f"copy{number}.mem"
    for old in folder.glob("copy*.mem*"):
        old.unlink()
    shutil.copyfile(template, path)
    return path


def _before_and_after(act: Act, template: Path, folder: Path) -> tuple[str, str]:
    with opened(_copied(template, folder, 0)) as store:
        before = lines(store, folder)
        act(store, folder)
        return before, lines(store, folder)
