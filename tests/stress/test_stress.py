"""Many processes and threads over one file: no error reaches anyone, and nothing is lost."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from memkit import MemoryStore, Scope
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import ClosedStore

SECONDS = float(os.environ.get("MEMKIT_STRESS_SECONDS", "15"))
PROCESSES = 8

pytestmark = pytest.mark.slow


def opened(path: Path) -> MemoryStore:
    return MemoryStore(path, embedder=HashingEmbedder(16))


def test_eight_processes_add_and_search_one_file(tmp_path: Path) -> None:
    path = tmp_path / "shared.mem"
    worker = Path(__file__).parent / "worker.py"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"}
    workers = [
        subprocess.Popen(
            [sys.executable, str(worker), str(path), str(number), str(SECONDS)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env,
        )
        for number in range(PROCESSES)
    ]  # fmt: skip
    expected: dict[str, set[str]] = {}
    for process in workers:
        output, errors = process.communicate(timeout=SECONDS + 120)
        assert process.returncode == 0, errors
        for owner, ids in json.loads(output).items():
            expected.setdefault(owner, set()).update(ids)
    with opened(path) as store:
        for owner, ids in expected.items():
            turns = [turn.id for turn in store.scope(user=owner).turns(archived=False)]
            assert len(turns) == len(set(turns))
            assert set(turns) == ids
        assert sum(map(len, expected.values())) > PROCESSES * 20
        assert store.check().problems == ()


def test_thirty_two_threads_share_one_store(tmp_path: Path) -> None:
    with opened(tmp_path / "threads.mem") as store:

        def work(number: int) -> int:
            rng = random.Random(number)
            scope = store.scope(user=f"user{number % 3}")
            for turn in range(15):
                name = f"n{number}x{turn}"
                scope.add({"id": name, "content": f"word{name} tea", "session": f"s{number}"})
                assert scope.search(f"word{name}", k=1)[0].id == name
                if rng.random() < 0.2:
                    scope.undo(scope.forget(name).id)
                if rng.random() < 0.1:
                    assert sum(1 for _ in scope.turns()) > 0
                    scope.feedback(name, useful=True)
            return 15

        with ThreadPoolExecutor(32) as pool:
            assert sum(pool.map(work, range(32))) == 32 * 15
        assert store.stats()["turns"] == 32 * 15
        assert store.stats()["archived"] == 0
        assert store.check().problems == ()


def test_threads_share_a_store_in_memory(tmp_path: Path) -> None:
    with MemoryStore(":memory:", embedder=HashingEmbedder(16)) as store:

        def work(number: int) -> None:
            scope = store.scope(user="ana")
            for turn in range(10):
                added = scope.add(f"word{number}x{turn} tea")[0]
                assert scope.search(f"word{number}x{turn}", k=1)[0].id == added.id

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(8)))
        assert store.stats()["turns"] == 80
        assert store.check().problems == ()


def test_a_change_of_embedder_under_way_disturbs_no_thread(tmp_path: Path) -> None:
    """Vectors of the old embedder could be stored as the new one's."""
    with opened(tmp_path / "reembed.mem") as store:
        ana = store.scope(user="ana")
        ana.add([f"line {n} of tea" for n in range(50)])
        stop = threading.Event()

        def write() -> None:
            while not stop.is_set():
                ana.add("one more line of tea")

        def read() -> None:
            while not stop.is_set():
                assert ana.search("tea line", k=3)

        with ThreadPoolExecutor(4) as pool:
            busy = [pool.submit(act) for act in (write, write, read, read)]
            try:
                for dim in (8, 24, 12, 16, 32, 20):
                    assert store.reembed(HashingEmbedder(dim)).embedder == f"hashing-2:{dim}"
            finally:
                stop.set()
            for one in busy:
                one.result()
        store.maintain()
        assert store.stats()["vectors"] == {"hashing-2:20": store.stats()["turns"]}
        assert store.check().problems == ()


def in_a_child(act: Callable[[], None]) -> None:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        except BaseException as error:  # noqa: BLE001
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
class TestFork:
    """A store that was opened before a fork serves both processes."""

    def test_parent_and_child_go_on_with_the_same_store(self, tmp_path: Path) -> None:
        with opened(tmp_path / "fork.mem") as store:
            ana = store.scope(user="ana")
            ana.add("before the fork")

            def child() -> None:
                ana.add("from the child")
                assert {hit.text for hit in ana.search("from the before fork")} == {
                    "before the fork", "from the child",
                }  # fmt: skip
                store.close()

            in_a_child(child)
            ana.add("from the parent")
            assert [turn.id for turn in ana.turns()] == ["t1", "t2", "t3"]
            assert ana.search("child")[0].id == "t2"
            in_a_child(store.close)
            ana.add("after the child closed its copy")
            assert store.check().problems == ()

    def test_a_fork_while_other_threads_are_busy_leaves_no_lock_behind(
        self, tmp_path: Path
    ) -> None:
        """The child waited for ever for locks that the parent's threads held."""
        with opened(tmp_path / "busy.mem") as store:
            ana = store.scope(user="ana")
            ana.add("before the fork")
            stop = threading.Event()

            def busy() -> None:
                while not stop.is_set():
                    ana.add("tea")
                    ana.search("tea", k=2)

            def child() -> None:
                for _ in range(2):
                    ana.add("from the child")
                    assert ana.search("before fork", k=1)[0].text == "before the fork"

            with ThreadPoolExecutor(4) as pool:
                running = [pool.submit(busy) for _ in range(4)]
                try:
                    for _ in range(6):
                        in_a_child(child)
                finally:
                    stop.set()
                for one in running:
                    one.result()
            assert [turn.text for turn in ana.turns()].count("from the child") == 12
            assert store.check().problems == ()

    def test_a_child_does_not_count_uses_again(self, tmp_path: Path) -> None:
        with opened(tmp_path / "uses.mem") as store:
            ana = store.scope(user="ana")
            ana.add("tea")
            ana.search("tea")
            in_a_child(store.close)
            ana.add("more")
            with store._storage.query_only() as db:
                assert db.execute("SELECT sum(retrieved) FROM uses").fetchone()[0] == 1

    def test_a_fork_in_the_middle_of_a_call_is_refused_in_the_child_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """SQLite in such a child believes in locks that only the parent holds."""
        monkeypatch.setattr("memkit.storage.sqlite._REST_SECONDS", 0.05)
        with opened(tmp_path / "inside.mem") as store:
            ana = store.scope(user="ana")
            ana.add("tea")

            def child() -> None:
                with pytest.raises(ClosedStore, match="Fork between calls"):
                    ana.add("from the child")
                with pytest.raises(ClosedStore):
                    ana.search("tea")

            with store._storage.read() as rows:
                in_a_child(child)
                assert len(rows.scopes.list()) == 1
            with store._storage.write() as rows:
                in_a_child(child)
                rows.settings.set("written", "after the fork")
            ana.add("and the parent goes on")
            assert [turn.id for turn in ana.turns()] == ["t1", "t2"]

    def test_a_store_in_memory_is_copied_by_a_fork(self) -> None:
        with MemoryStore(":memory:", embedder=None) as store:
            ana = store.scope(user="ana")
            ana.add("before the fork")

            def child() -> None:
                assert ana.search("fork")[0].id == "t1"
                ana.add("in the child alone")

            in_a_child(child)
            assert len(list(ana.turns())) == 1


def test_two_stores_on_one_file_in_one_process_do_not_harm_each_other(tmp_path: Path) -> None:
    """Closing one used to be able to drop the other's locks (fcntl's rule)."""
    path = tmp_path / "two.mem"
    stay, go = opened(path), opened(path)
    stay.scope(user="ana").add("from the first")
    go.scope(user="ana").add("from the second")
    with stay._storage.read() as rows:
        assert rows.scopes.find('{"user":"ana"}') is not None
        go.close()
        script = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=0.1)\n"
        script += "db.execute('PRAGMA locking_mode = EXCLUSIVE')\n"
        script += "db.execute('BEGIN EXCLUSIVE'); db.execute('DELETE FROM uses'); db.commit()"
        other = subprocess.run(
            [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False
        )
        assert "locked" in other.stderr, "this process no longer holds its lock on the file"
    stay.scope(user="ana").add("and goes on")
    assert [turn.id for turn in stay.scope(user="ana").turns()] == ["t1", "t2", "t3"]
    assert stay.check().problems == ()
    stay.close()


def test_closing_waits_for_the_calls_of_other_threads(tmp_path: Path) -> None:
    store = opened(tmp_path / "closing.mem")
    ana: Scope = store.scope(user="ana")
    inside, go_on = threading.Event(), threading.Event()

    def read() -> int:
        with store._storage.read() as rows:
            inside.set()
            go_on.wait(10)
            return len(rows.scopes.list())

    ana.add("tea")
    with ThreadPoolExecutor(2) as pool:
        reading = pool.submit(read)
        inside.wait(10)
        closing = pool.submit(store.close)
        assert not closing.done()
        go_on.set()
        assert reading.result(10) == 1
        closing.result(10)
    with pytest.raises(ClosedStore):
        ana.add("late")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["closing.mem", "closing.mem.lock"]


def test_pages_of_turns_go_on_while_others_add_and_erase(tmp_path: Path) -> None:
    with opened(tmp_path / "pages.mem") as store:
        ana = store.scope(user="ana")
        ana.add([f"line {n}" for n in range(1200)])
        turns = ana.turns()
        seen = [next(turns).id for _ in range(10)]
        ana.erase(["t600", "t1200"])
        ana.add("added meanwhile")
        seen += [turn.id for turn in turns]
        assert seen == [f"t{n}" for n in range(1, 1202) if n not in (600, 1200)]
