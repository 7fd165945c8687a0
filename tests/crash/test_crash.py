"""`kill -9` of a writing process at any moment: what was acknowledged is there, nothing is half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from writer import BATCH, LEAST_RECORDS, opened, text_of

from memkit.store import snapshots

KILLS = {
    "add": 100, "create": 20, "erase": 20, "maintain": 20, "reembed": 20, "import": 20, "undo": 10,
    "reopen": 20,
}  # fmt: skip
AT_ONCE = 2

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::UserWarning")]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "LEAST_RECORDS", LEAST_RECORDS)


def killed(path: Path, act: str, seed: int, rng: random.Random) -> list[str]:
    """The words a writer had acknowledged when it was killed."""
    writer = Path(__file__).parent / "writer.py"
    process = subprocess.Popen(
        [sys.executable, str(writer), str(path), act, str(seed)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    lines: list[str] = []
    if act != "create":
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
    # The moment: after some acknowledged acts, and a little later, so that it falls inside one.
    wait = rng.uniform(0.0, 0.06) if act != "create" else rng.uniform(0.15, 0.6)
    killer = threading.Timer(wait, process.kill)
    killer.start()
    with process:
        lines.extend(line for line in process.stdout if line.endswith("\n"))
        errors = process.stderr.read() if process.stderr is not None else ""
    killer.join()
    assert process.returncode in (-signal.SIGKILL, 0), errors
    return [word for line in lines for word in line.split()]


class Ledger:
    """What must be there."""

    def __init__(self) -> None:
        self.there: set[str] = set()
        self.doubtful: set[str] = set()

    def note(self, words: list[str]) -> None:
        for word in words:
            act, _, id = word.rpartition(":")
            if act == "erasing":
                self.doubtful.add(id)
            elif act == "erased":
                self.there.discard(id)
                self.doubtful.discard(id)
            elif word != "imported":
                self.there.add(word)

    def compare(self, path: Path, act: str) -> None:
        with opened(str(path)) as store:
            ana = store.scope(user="ana")
            turns = list(ana.turns())
            ids = {turn.id for turn in turns}
            assert self.there - self.doubtful <= ids, "an acknowledged turn is gone"
            for turn in turns:
                assert turn.text == ("the first" if turn.id == "first" else text_of(turn.id))
            if act != "erase":
                batches = {session.turns for session in ana.sessions() if session.id}
                assert batches <= {1, BATCH}, "half a batch is there"
            facts = [memory.sources[0].turn for memory in ana.memories()]
            assert len(facts) == len(set(facts)), "something was derived twice"
            assert set(facts) <= ids
            assert store.check().problems == ()
            if any(ana.turns(archived=False)):
                assert ana.search("lighthouse keeper first", k=3)
            self.there, self.doubtful = ids, set()


def survive(folder: Path, act: str, seed: int, kills: int) -> int:
    rng = random.Random(f"{act} {seed}")
    ledger = Ledger()
    path = folder / f"{act}{seed}.mem"
    for kill in range(kills):
        if act == "create":
            path = folder / f"{act}{seed}-{kill}.mem"
            ledger = Ledger()
        elif act == "import" and kill == 0:
            with opened(str(path)) as store:
                bo = store.scope(user="bo")
                bo.add([text_of(f"bo-{n}") for n in range(20)])
                store.export(f"{path}.jsonl")
                bo.erase()
        ledger.note(killed(path, act, 1000 * seed + kill, rng))
        ledger.compare(path, act)
    _settle(path, act)
    return kills


def _settle(path: Path, act: str) -> None:
    """What the last kill cut off can be done again, to the end."""
    with opened(str(path)) as store:
        if act == "import":
            store.import_(f"{path}.jsonl")
            assert len(list(store.scope(user="bo").turns())) == 20
        store.maintain()
        assert store._parts.embedder is not None
        store.reembed(store._parts.embedder)
        spaces = store.stats()["vectors"]
        assert list(spaces.values()) == [sum(store.stats()["records"].values())]
        assert store.check().problems == ()


@pytest.mark.parametrize("act", KILLS)
def test_a_kill_at_any_moment_loses_nothing_and_leaves_nothing_half(
    act: str, tmp_path: Path
) -> None:
    share = [KILLS[act] // AT_ONCE] * AT_ONCE
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(lambda n: survive(tmp_path, act, n, share[n]), range(AT_ONCE)))
    assert sum(done) == KILLS[act]


def test_the_kills_are_two_hundred_at_least() -> None:
    assert sum(KILLS.values()) >= 200
