"""Paths that are no store, files that may not be written, and disks that are full."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeStore

from memkit import MemoryStore
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import (
    ClosedStore,
    CorruptStore,
    LockedStore,
    NewerFormat,
    NotAStore,
    StorageFailure,
)
from memkit.storage import schema
from memkit.storage.ledger import Scopes
from memkit.storage.lock import FairLock
from memkit.storage.records import NewRecord, Records
from memkit.storage.sqlite import SQLiteStorage
from memkit.store.parts import scope_key
from memkit.text import digest, record_terms


def opened(path: Path | str) -> MemoryStore:
    return MemoryStore(path, embedder=None)


def stored(path: Path) -> Path:
    with opened(path) as store:
        store.scope(user="ana").add(["tea at noon", "cake at four"])
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    stored(tmp_path / "new.mem")
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_nothing_is_left_in_the_log_after_a_close(tmp_path: Path) -> None:
    stored(tmp_path / "new.mem")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.mem", "new.mem.lock"]


def test_what_is_no_store_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.mem").write_text("Dear diary")
    (tmp_path / "short.mem").write_bytes(b"SQL")
    (tmp_path / "picture.mem").write_bytes(bytes(range(256)) * 64)
    os.mkfifo(tmp_path / "pipe.mem")
    before = contents(tmp_path)
    for name in ("folder", "text.mem", "short.mem", "picture.mem", "pipe.mem"):
        with pytest.raises(NotAStore, match=name):
            opened(tmp_path / name)
    for device in ("/dev/null", "/dev/zero"):
        with pytest.raises(NotAStore, match="device"):
            opened(device)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_database_of_another_program_is_refused_to_the_byte(mode: str, tmp_path: Path) -> None:
    """It used to be switched to write-ahead logging before it was looked at."""
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA journal_mode = {mode}")
    db.execute("CREATE TABLE records (record INTEGER PRIMARY KEY, text TEXT)")
    db.execute("INSERT INTO records (text) VALUES ('mine')")
    db.commit()
    db.close()
    before = path.read_bytes()
    with pytest.raises(NotAStore, match="memkit did not write"):
        opened(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["other.db"], "no lock file beside it"


def test_a_numbered_but_empty_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 3")
    with pytest.raises(NotAStore):
        opened(path)


def test_a_newer_format_is_refused_by_name_and_to_the_byte(tmp_path: Path) -> None:
    path = stored(tmp_path / "new.mem")
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(NewerFormat, match=rf"format 99.*up to {schema.FORMAT}.*Upgrade"):
        opened(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("number", range(1, schema.FORMAT))
def test_an_older_format_is_moved_up_and_works(number: int, tmp_path: Path) -> None:
    path = tmp_path / "old.mem"
    with contextlib.closing(sqlite3.connect(path)) as db:
        for statements in schema.MIGRATIONS[:number]:
            for statement in statements:
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {number}")
        state = Scopes(db).ensure(scope_key({"user": "ana"}))
        texts = ["tea at noon", "cake at four"]
        new = [
            NewRecord(f"t{n}", "turn", 0, 0, None, None, None, "user", None, None, digest(text),
                      record_terms(text, None), text)
            for n, text in enumerate(texts, 1)
        ]  # fmt: skip
        Records(db).insert(state.scope, new, 0)
        Scopes(db).appended(state.scope, 2, 2)
        db.execute("UPDATE records SET archived = 5 WHERE record = 1")
        db.commit()
    with opened(path) as store:
        ana = store.scope(user="ana")
        assert [hit.id for hit in ana.search("tea and cake")] == ["t2"]
        assert store.stats()["standing"] == {"forgotten": 1}
        ana.forget("t2")
        assert store.check().problems == ()


def test_paths_that_cannot_be_opened_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "no" / "such.mem", tmp_path / "file" / "x.mem", tmp_path / ("x" * 300)):
        with pytest.raises(StorageFailure, match="Opening"):
            opened(path)
    for empty in ("", "."):
        with pytest.raises(NotAStore, match="folder"):
            opened(empty)


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "empty.mem").touch()
    assert stored(tmp_path / "empty.mem").stat().st_size > 0


def test_a_log_without_its_file_is_not_mistaken_for_a_new_store(tmp_path: Path) -> None:
    """SQLite deletes the log beside an empty file, and with it what was acknowledged."""
    with opened(tmp_path / "live.mem") as store:
        store.scope(user="ana").add("acknowledged")
        (tmp_path / "copy.mem").touch()
        shutil.copy(tmp_path / "live.mem-wal", tmp_path / "copy.mem-wal")
    before = contents(tmp_path)
    with pytest.raises(CorruptStore, match="is empty, but its log"):
        opened(tmp_path / "copy.mem")
    assert contents(tmp_path) == before


def test_a_relative_path_means_the_folder_in_which_the_store_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connections are opened as needed: after a chdir they went to another, empty file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    with opened("here.mem") as store:
        ana = store.scope(user="ana")
        ana.add("one")
        monkeypatch.chdir(tmp_path / "elsewhere")
        with store._storage.read():
            assert [turn.text for turn in ana.turns()] == ["one"], "on a second connection"
        store.scope(user="ana").erase("t1")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_link_and_its_file_share_one_lock_and_one_log(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    real, link = tmp_path / "folder" / "real.mem", tmp_path / "link.mem"
    stored(real)
    link.symlink_to(real)
    with opened(link) as one, opened(real) as other:
        one.scope(user="ana").add("through the link")
        other.scope(user="ana").add("straight")
        receipt = one.scope(user="ana").erase("t3")
        assert receipt.verified
        assert str(real) in receipt.files
        assert b"through the link" not in b"".join(contents(tmp_path / "folder").values())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "link.mem"]


def test_a_closed_store_says_so_and_closing_twice_is_fine(tmp_path: Path) -> None:
    store = opened(tmp_path / "a.mem")
    ana = store.scope(user="ana")
    ana.add("tea")
    store.close()
    store.close()
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    calls: list[Callable[[], Any]] = [
        lambda: ana.add("x"), lambda: ana.search("tea"), lambda: ana.get("t1"), store.check,
        lambda: list(ana.turns()), store.stats, store.compact, ana.erase, ana.maintain,
        lambda: store.check(fix=True), lambda: store.export(tmp_path / "x"), ana.journal,
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(ClosedStore, match=r"a\.mem was closed"):
            call()
    if before:
        assert len(os.listdir("/proc/self/fd")) == before


def test_a_store_whose_counters_cannot_be_written_is_closed_all_the_same(tmp_path: Path) -> None:
    store = opened(tmp_path / "a.mem")
    store.scope(user="ana").add("tea")
    store.scope(user="ana").search("tea")
    store._parts.clock = lambda: (_ for _ in ()).throw(OSError("no clock"))
    with pytest.raises(OSError, match="no clock"):
        store.close()
    with pytest.raises(ClosedStore):
        store.check()
    assert not (tmp_path / "a.mem-wal").exists()


def _has_users() -> bool:
    """False in a user namespace that maps nobody but root."""
    spans = Path("/proc/self/uid_map").read_text("ascii").splitlines()
    return any(int(start) <= 65534 < int(start) + int(n) for start, _, n in map(str.split, spans))


@pytest.fixture
def unprivileged() -> Iterator[Callable[[Callable[[], None]], None]]:
    """Runs something in a child that the file system's permissions bind."""
    if os.getuid() == 0 and not _has_users():
        pytest.skip("root is the only user here, and permissions do not bind root")

    def run(act: Callable[[], None]) -> None:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                if os.getuid() == 0:
                    os.setgroups([])
                    os.setresgid(65534, 65534, 65534)
                    os.setresuid(65534, 65534, 65534)
                act()
                code = 0
            except BaseException as error:  # noqa: BLE001
                sys.stderr.write(f"{type(error).__name__}: {error}\n")
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    yield run


@pytest.fixture
def shared() -> Iterator[Path]:
    """A store in a folder that any user can read, and only its owner write to."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    path = stored(folder / "shared.mem")
    (folder / "shared.mem.lock").unlink()
    path.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)
    shutil.rmtree(folder)


def _reads_and_refuses_to_write(path: Path) -> None:
    with opened(path) as store:
        ana = store.scope(user="ana")
        assert [turn.text for turn in ana.turns()] == ["tea at noon", "cake at four"]
        assert ana.search("cake")[0].id == "t2"
        assert store.check().ok
        for write in (
            lambda: ana.add("more"), lambda: ana.forget("t1"), lambda: ana.erase("t1"),
            store.compact, lambda: store.check(fix=True), store.maintain,
            lambda: store.reembed(HashingEmbedder(8)),
        ):  # fmt: skip
            with pytest.raises(StorageFailure, match="read-only"):
                write()
        assert len(list(ana.turns())) == 2


def test_a_read_only_file_in_a_read_only_folder_is_read(
    shared: Path, unprivileged: Callable[[Callable[[], None]], None]
) -> None:
    """SQLite could not make the files it wants beside a write-ahead-log file."""
    unprivileged(lambda: _reads_and_refuses_to_write(shared))


def test_a_read_only_file_in_a_folder_of_ones_own_is_read(
    shared: Path, unprivileged: Callable[[Callable[[], None]], None]
) -> None:
    shared.parent.chmod(0o777)
    unprivileged(lambda: _reads_and_refuses_to_write(shared))


def test_a_folder_in_which_no_lock_can_be_made_is_named(
    shared: Path, unprivileged: Callable[[Callable[[], None]], None]
) -> None:
    shared.chmod(0o666)

    def act() -> None:
        with pytest.raises(StorageFailure, match="write to the folder"):
            opened(shared)
        with pytest.raises(StorageFailure, match="Permission denied"):
            opened(shared.parent / "new.mem")

    unprivileged(act)


def test_a_file_that_may_not_be_read_is_named(
    shared: Path, unprivileged: Callable[[Callable[[], None]], None]
) -> None:
    shared.chmod(0o000)

    def act() -> None:
        with pytest.raises(StorageFailure, match="Permission denied"):
            opened(shared)

    unprivileged(act)


FILLING = """
import resource, sys
from memkit import MemoryStore, MemkitError
store = MemoryStore(sys.argv[1], embedder=None)
ana = store.scope(user="ana")
ana.add("here before")
size = store.stats()["bytes"]
if sys.argv[2] == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100_000, size + 100_000))
stored = 1
try:
    for n in range(100_000):
        ana.add(f"filling line {n} " + "x" * 3000)
        stored += 1
except MemkitError as error:
    print(type(error).__name__, stored, error)
texts = [turn.text for turn in ana.turns()]
assert len(texts) == stored, (len(texts), stored)
assert ana.search("here before")[0].text == "here before"
assert store.check().ok
try:
    ana.erase(filter={"id": {"ne": "t1"}})
except MemkitError as error:
    print(type(error).__name__)
assert ana.get("t1").text == "here before"
assert store.check().ok
try:
    store.close()
except MemkitError as error:
    print("close", type(error).__name__)
"""


def _fill(path: Path, how: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", FILLING, str(path), how], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "StorageFailure" in done.stdout
    return done.stdout


def test_a_file_that_may_not_grow_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    _fill(tmp_path / "full.mem", "limit")
    with opened(tmp_path / "full.mem") as store:
        assert store.scope(user="ana").get("t1")
        store.scope(user="ana").add("and it goes on")
        assert store.check().ok


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_loses_nothing_that_was_acknowledged(disk: Path) -> None:
    assert "full" in _fill(disk / "full.mem", "disk")
    with opened(disk / "full.mem") as store:
        assert store.check().ok


def test_a_store_on_a_read_only_disk_is_read(disk: Path) -> None:
    stored(disk / "a.mem")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    _reads_and_refuses_to_write(disk / "a.mem")
    with pytest.raises(StorageFailure, match="Read-only file system"):
        opened(disk / "new.mem")
    with opened(disk / "a.mem") as store, pytest.raises(StorageFailure, match="Exporting to"):
        store.export(disk / "a.jsonl")  # tidying up used to fail too, and hid what had failed


def test_waiting_for_another_writer_ends_with_its_name(tmp_path: Path) -> None:
    path = stored(tmp_path / "a.mem")
    patient, other = SQLiteStorage(path), SQLiteStorage(path, timeout=0.05)
    with (
        patient.write(),
        pytest.raises(LockedStore, match=r"Waited 0\.05 s.*a\.mem\.lock"),
        other.write(),
    ):
        pass
    with other.write():
        pass
    patient.close()
    other.close()


def test_a_foreign_writer_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stored(tmp_path / "a.mem")
    storage = SQLiteStorage(path, timeout=0.05)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedStore, match="locked by another program"), storage.write():
            pass
    storage.close()


def test_an_error_of_the_caller_inside_a_transaction_takes_it_back(make_store: MakeStore) -> None:
    store = make_store()
    with pytest.raises(ZeroDivisionError), store._storage.write() as rows:
        rows.scopes.ensure('{"user":"x"}')
        raise ZeroDivisionError
    assert store.scopes() == []


def test_a_store_opened_to_be_read_is_never_written(make_store: MakeStore, tmp_path: Path) -> None:
    with make_store() as store:
        store.scope(user="ana").add("I moved to Lisbon.", now="2024-03-02")
    path = tmp_path / "store.mem"
    before = path.read_bytes()
    with MemoryStore(path, embedder=HashingEmbedder(32), read_only=True) as store:
        ana = store.scope(user="ana")
        assert ana.search("Lisbon")[0].sources == ("t1",)
        assert [fact.value for fact in ana.facts()] == []  # what extractors would find is not kept
        for act in (lambda: ana.add("x"), lambda: ana.forget("t1"), lambda: ana.undo(1), ana.erase):
            with pytest.raises(StorageFailure, match="read-only"):
                act()
        with pytest.raises(StorageFailure, match="readonly"), store._storage.query_only() as db:
            db.execute("DELETE FROM records")
    assert path.read_bytes() == before


def test_what_another_process_writes_is_seen_by_who_only_reads(make_store: MakeStore) -> None:
    writer = make_store()
    writer.scope(user="ana").add("I moved to Lisbon.")
    reader = make_store(read_only=True)
    writer.scope(user="ana").add("My cat is called Bica.")
    assert [turn.id for turn in reader.scope(user="ana").turns()] == ["t1", "t2"]


@pytest.mark.parametrize("content", [None, b""])
def test_nothing_is_made_where_a_store_was_to_be_read(
    content: bytes | None, tmp_path: Path
) -> None:
    path = tmp_path / "none.mem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StorageFailure, match="nothing is there"):
        MemoryStore(path, read_only=True)
    assert path.exists() == (content is not None)


def test_a_file_of_an_older_format_is_not_brought_up_to_date_by_reading(
    make_store: MakeStore, tmp_path: Path
) -> None:
    make_store().close()
    path = tmp_path / "store.mem"
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 1")
    db.close()
    with pytest.raises(StorageFailure, match="file format 1"):
        MemoryStore(path, read_only=True)
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    db.execute(f"PRAGMA user_version = {schema.FORMAT}")
    db.close()


def test_a_fair_lock_goes_to_those_who_wait_in_the_order_in_which_they_came() -> None:
    lock, order = FairLock(), list[int]()
    assert lock.acquire(1)

    def wait(number: int) -> None:
        assert lock.acquire(20)
        order.append(number)
        lock.release()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while len(lock._waiting) <= number:
            pass
    assert not lock.acquire(0.01)
    lock.release()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]
    assert lock.acquire(0)


def test_the_latest_turns_are_found_without_reading_what_is_derived(tmp_path: Path) -> None:
    path = stored(tmp_path / "store.mem")
    with contextlib.closing(sqlite3.connect(path)) as db:
        plan = db.execute(
            "EXPLAIN QUERY PLAN SELECT text FROM records WHERE scope = 1 AND (kind = 'turn'"
            " AND archived IS NULL) ORDER BY record DESC LIMIT 50"
        ).fetchall()
    assert "records_turns" in str(plan)
