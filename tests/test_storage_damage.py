"""Damaged files: an error or the right words, never wrong ones; `check` sees what is missing."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeStore

from memkit import MemkitError, MemoryStore, Scope, Turn
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import CorruptStore

EMBEDDER = HashingEmbedder(16)
OWNERS = ("ana", "bo")
PAGE = 4096

Truth = dict[str, dict[str, Turn]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Truth]:
    path = tmp_path_factory.mktemp("sound") / "sound.mem"
    with MemoryStore(path, embedder=EMBEDDER) as store:
        for owner in OWNERS:
            store.scope(user=owner).add(
                {
                    "content": f"{owner} tells story {n} of harbours and lighthouses {n * 7919}",
                    "speaker": owner, "session": f"s{n // 10}", "role": "user",
                    "metadata": {"n": n},
                }
                for n in range(60)
            )  # fmt: skip
        store.scope(user="ana").feedback("t1", useful=True, correction="no, it was another one")
        truth = {owner: {t.id: t for t in store.scope(user=owner).turns()} for owner in OWNERS}
    return path.read_bytes(), truth


def examined(path: Path, truth: Truth) -> tuple[bool, int]:
    """Asserts that every turn handed out is the one stored; (whether all were, errors)."""
    complete, errors = True, 0

    def tried(call: Callable[..., Any], *args: Any) -> Any:
        nonlocal errors
        try:
            return call(*args)
        except MemkitError:
            errors += 1
            return None

    with MemoryStore(path, embedder=EMBEDDER) as store:
        for owner, turns in truth.items():
            scope = store.scope(user=owner)
            found: list[Turn] = tried(lambda of: list(of.turns()), scope) or []
            hits = tried(lambda of: of.search("story harbours", k=30), scope) or []
            found += [turn for hit in hits for turn in hit.turns]
            found += filter(None, [tried(Scope.get, scope, id) for id in ("t1", "t60")])
            for turn in found:
                assert turn == turns.get(turn.id), "a wrong turn was handed out"
            complete &= {turn.id for turn in found} == set(turns)
            for call in (scope.journal, scope.sessions):
                tried(call)
            tried(scope.context, "story")
        report = tried(store.check)
    if report is not None and report.ok:
        assert complete, "check saw nothing of what is missing"
    return complete, errors


def damaged(data: bytes, rng: random.Random) -> bytes:
    found = bytearray(data)
    start = rng.randrange(len(found))
    kind = rng.choice(["flip", "zero", "noise", "page"])
    if kind == "flip":
        found[start] ^= 1 << rng.randrange(8)
    elif kind == "page":
        pages = len(found) // PAGE
        one, other = (PAGE * rng.randrange(pages) for _ in range(2))
        found[one : one + PAGE] = found[other : other + PAGE]
    else:
        length = min(rng.choice([1, 8, 100, PAGE]), len(found) - start)
        found[start : start + length] = bytes(length) if kind == "zero" else rng.randbytes(length)
    return bytes(found)


@pytest.mark.parametrize("seed", range(8))
def test_no_damage_makes_the_store_hand_out_wrong_words(
    seed: int, sound: tuple[bytes, Truth], tmp_path: Path
) -> None:
    data, truth = sound
    rng = random.Random(seed)
    for number in range(50):
        path = tmp_path / f"{number}.mem"
        path.write_bytes(damaged(data, rng))
        with contextlib.suppress(MemkitError):
            examined(path, truth)


@pytest.mark.parametrize("seed", range(2))
def test_a_file_that_was_cut_off_is_refused(
    seed: int, sound: tuple[bytes, Truth], tmp_path: Path
) -> None:
    data, _ = sound
    rng = random.Random(seed)
    for length in [1, 15, 16, 99, 100, PAGE - 1, PAGE, len(data) - 1, len(data) - PAGE,
                   *(rng.randrange(1, len(data)) for _ in range(40))]:  # fmt: skip
        path = tmp_path / f"{length}.mem"
        path.write_bytes(data[:length])
        with pytest.raises(MemkitError, match=r"cut off|not a memkit store"):
            MemoryStore(path, embedder=None)
        assert path.read_bytes() == data[:length]


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_log_gives_a_moment_of_the_past_and_nothing_half(
    seed: int, tmp_path: Path
) -> None:
    """SQLite takes the log up to the first frame that is broken: whole acts, in order."""
    rng = random.Random(seed)
    path = tmp_path / "live.mem"
    with MemoryStore(path, embedder=EMBEDDER) as store:
        ana = store.scope(user="ana")
        for n in range(8):
            ana.add([f"act {n} part {part}" for part in range(3)])
        files = [(tmp_path / f"live.mem{end}").read_bytes() for end in ("", "-wal")]
    for number in range(12):
        copy = tmp_path / f"{number}.mem"
        copy.write_bytes(files[0])
        log = damaged(files[1], rng) if number % 2 else files[1][: rng.randrange(len(files[1]))]
        (tmp_path / f"{number}.mem-wal").write_bytes(log)
        with contextlib.suppress(MemkitError), MemoryStore(copy, embedder=EMBEDDER) as store:
            texts = [turn.text for turn in store.scope(user="ana").turns()]
            acts = len(texts) // 3
            assert texts == [f"act {n} part {part}" for n in range(acts) for part in range(3)]
            assert store.check().ok


def test_a_row_moved_to_another_scope_is_not_handed_out_there(
    make_store: MakeStore, tmp_path: Path
) -> None:
    """Neither the owner nor the role of a turn was covered by its checksum."""
    for column, value in (("scope", 1), ("role", "system"), ("origin", "tool"), ("zone", 3600)):
        store = MemoryStore(tmp_path / f"{column}.mem", embedder=None)
        store.scope(user="ana").add("ana is here")
        bo = store.scope(user="bo")
        bo.add({"id": "b", "content": "a secret of bo", "role": "user"})
        _force(store, f"UPDATE records SET {column} = ? WHERE record = 2", value)
        assert any("checksum" in problem for problem in store.check().problems)
        for owner in OWNERS:
            with contextlib.suppress(CorruptStore):
                assert all("bo" not in t.text for t in store.scope(user=owner).turns())
        store.close()


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE records SET terms = x'0011223344556677' WHERE record = 2", "index terms"),
        ("UPDATE records SET terms = x'00' WHERE record = 2", "index terms"),
        ("UPDATE records SET digest = x'00' WHERE record = 2", "index terms"),
        ("UPDATE vectors SET data = x'00' WHERE record = 2", "not a sound dense"),
        ("UPDATE vectors SET data = 'text' WHERE record = 2", "not a sound dense"),
        ("UPDATE scopes SET last = 1", "noted 1"),
    ],
)
def test_what_is_derived_is_mended(
    statement: str, problem: str, make_store: MakeStore, tmp_path: Path
) -> None:
    store = make_store()
    ana = store.scope(user="ana")
    ana.add(["tea at noon", "cake at four", "bread at six"])
    expected = [hit.id for hit in ana.search("cake")]
    _force(store, statement)
    assert any(problem in found for found in store.check().problems)
    report = store.check(fix=True)
    assert report.ok
    assert len(report.fixed) == 1
    ana.maintain()
    assert [hit.id for hit in ana.search("cake")] == expected
    assert store.check().ok


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE records SET text = 'coffee' WHERE record = 2", "checksum"),
        ("UPDATE records SET text = NULL WHERE record = 2", "NULL value|checksum|NOT NULL"),
        ("INSERT INTO sources VALUES (1, 99, 0, 1)", "missing row of records"),
        ("UPDATE journal SET at = 'noon'", "journal entry 1"),
        ("UPDATE scopes SET keys = '{\"user'", "scope 1"),
        ("INSERT INTO settings VALUES ('embedder', '[]')", "setting embedder"),
    ],
)
def test_what_was_given_is_reported_and_left_alone(
    statement: str, problem: str, tmp_path: Path
) -> None:
    with MemoryStore(tmp_path / "a.mem", embedder=None) as store:
        store.scope(user="ana").add(["tea at noon", "cake at four"])
        try:
            _force(store, statement)
        except sqlite3.IntegrityError as error:
            assert "NOT NULL" in str(error)
            return
        for fix in (False, True):
            report = store.check(fix=fix)
            assert not report.ok
            assert report.fixed == ()
            assert problem in str(report.problems)


def test_damaged_words_are_not_exported(tmp_path: Path) -> None:
    """An export took the rows as they were, and an import then made them good again."""
    with MemoryStore(tmp_path / "a.mem", embedder=None) as store:
        store.scope(user="ana").add(["tea at noon", "cake at four"])
        _force(store, "UPDATE records SET text = 'coffee' WHERE record = 2")
        with pytest.raises(CorruptStore, match="Record 2"):
            store.export(tmp_path / "a.jsonl")
    assert not list(tmp_path.glob("*.jsonl*"))


def test_a_broken_index_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a.mem"
    with MemoryStore(path, embedder=None) as store:
        store.scope(user="ana").add([f"line {n}" for n in range(5)])
        root = _force(store, "SELECT rootpage FROM sqlite_master WHERE name = 'records_by_digest'")
        size = _force(store, "PRAGMA page_size")
    with path.open("r+b") as file:
        file.seek((root - 1) * size + 3)
        file.write(b"\x00\x03")  # three cells instead of five
    with MemoryStore(path, embedder=None) as store:
        assert not store.check().ok
        assert store.check(fix=True).fixed
        assert store.check().ok
        assert len(list(store.scope(user="ana").turns())) == 5


def test_a_problem_list_is_not_endless(tmp_path: Path) -> None:
    with MemoryStore(tmp_path / "a.mem", embedder=None) as store:
        store.scope(user="ana").add([f"line {n}" for n in range(300)])
        _force(store, "UPDATE records SET text = 'other'")
        assert len(store.check().problems) == 100


@pytest.fixture(autouse=True)
def _swept(tmp_path: Path) -> Iterator[None]:
    yield
    shutil.rmtree(tmp_path, ignore_errors=True)


def _force(store: MemoryStore, statement: str, *values: Any) -> Any:
    """Run SQL behind the store's back, its own guards off."""
    with contextlib.closing(sqlite3.connect(str(store._storage.path), isolation_level=None)) as db:
        db.execute("DROP TRIGGER IF EXISTS records_are_immutable")
        row = db.execute(statement, values).fetchone()
        return row[0] if row else None
