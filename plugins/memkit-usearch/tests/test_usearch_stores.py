"""Stores with it: what is forgotten or erased, snapshots that are bad, several processes."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
import usearch_stores
from memkit_usearch import UsearchIndex
from memkit_usearch.graph import Graph
from usearch_stores import answers, opened, said

from memkit import Hit, MemoryStore, registry
from memkit.index.exact import ExactIndex
from memkit.store import snapshots

_SIZE = 900
Open = Callable[..., MemoryStore]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stores of hundreds of turns have snapshots, too, as long as the test lasts."""
    monkeypatch.setattr(snapshots, "LEAST_RECORDS", 8)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Open]:
    """Opens the test's store, which must agree with itself at the end."""
    path = tmp_path / "a.mem"
    yield partial(opened, path)
    with opened(path) as last:
        assert last.check().ok


def filled(store: Open) -> list[list[Hit]]:
    """Fill it, leave a snapshot, and what it answered."""
    with store() as first:
        ana = first.scope(user="ana")
        ana.add(said(_SIZE))
        return answers(ana)


def snapshot(folder: Path) -> Path:
    [path] = [path for path in folder.iterdir() if ".snapshot-" in path.name]
    return path


@contextmanager
def another_process(path: Path, size: int) -> Iterator[subprocess.Popen[str]]:
    """One that has added messages up to that many, has asked, and holds the store open."""
    command = [sys.executable, usearch_stores.__file__, str(path), str(size)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "added\n"
            yield process
        finally:
            process.kill()


def finish(process: subprocess.Popen[str]) -> None:
    """Have it close its store and end."""
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_it_is_found_by_its_name() -> None:
    assert registry.load("indexers", "memkit_usearch:UsearchIndex") is UsearchIndex


def test_a_store_that_walks_finds_forgets_and_erases(store: Open) -> None:
    with store() as first:
        ana = first.scope(user="ana")
        ana.add(said(_SIZE))
        (turn,) = ana.add("Zdravko keeps the zither in the attic.")
        asked = "Where is Zdravko's zither?"
        assert ana.search(asked, k=5)[0].id == turn.id
        entry = ana.forget(turn.id)
        assert turn.id not in [hit.id for hit in ana.search(asked, k=50)]
        ana.undo(entry.id)
        assert ana.search(asked, k=5)[0].id == turn.id
        ana.erase(turn.id)
        assert turn.id not in [hit.id for hit in ana.search(asked, k=50)]
        ana.erase()
        assert ana.search(asked) == []
        assert first.check().ok


def test_the_graph_is_in_the_snapshot(store: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    before = filled(store)
    monkeypatch.setattr(Graph, "link", None)
    with store() as again:
        assert answers(again.scope(user="ana")) == before


@pytest.mark.parametrize("seed", range(9))
def test_a_torn_or_damaged_snapshot_is_as_good_as_none(
    store: Open, tmp_path: Path, seed: int
) -> None:
    before = filled(store)
    path, dice = snapshot(tmp_path), random.Random(seed)
    whole = path.read_bytes()
    place = dice.randrange(len(whole))
    path.write_bytes(
        [
            whole[:place],
            whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :],
            whole[:place] + bytes(len(whole) - place),
        ][seed % 3]
    )
    with store() as again:
        assert answers(again.scope(user="ana")) == before


def test_a_snapshot_of_another_index_is_not_used(store: Open, tmp_path: Path) -> None:
    before = filled(store)
    made_by_it = snapshot(tmp_path).read_bytes()
    with store(ExactIndex) as other:
        exact = answers(other.scope(user="ana"))
    assert snapshot(tmp_path).read_bytes() != made_by_it
    with store() as again:
        assert answers(again.scope(user="ana")) == before
    assert [one[0].id for one in exact] == [one[0].id for one in before]


def test_a_stale_snapshot_put_back_after_an_erasure_is_not_used(
    store: Open, tmp_path: Path
) -> None:
    before = filled(store)
    path = snapshot(tmp_path)
    stale, gone = path.read_bytes(), before[0][0].id
    with store() as again:
        again.scope(user="ana").erase(gone)
    path.write_bytes(stale)
    with store() as again:
        found = answers(again.scope(user="ana"))
    assert gone not in [hit.id for one in found for hit in one]


def test_growth_in_another_process_is_found_and_the_other_way_round(
    store: Open, tmp_path: Path
) -> None:
    filled(store)
    with store() as here:
        ana = here.scope(user="ana")
        answers(ana)
        with another_process(tmp_path / "a.mem", _SIZE + 300) as process:
            grown = answers(ana)
            assert any(int(hit.id[1:]) >= _SIZE for one in grown for hit in one)
            finish(process)
        assert answers(ana) == grown
        here._parts.cache.drop()  # and from the snapshot that the other left
        assert answers(ana) == grown
    snapshot(tmp_path).unlink()
    with store() as again:  # and built anew
        assert answers(again.scope(user="ana")) == grown


def test_what_a_killed_process_added_is_found(store: Open, tmp_path: Path) -> None:
    with another_process(tmp_path / "a.mem", _SIZE) as process:
        process.kill()
    half = tmp_path / "a.mem.snapshot-1.77-1"  # as one that was killed in writing it
    half.write_bytes(snapshot(tmp_path).read_bytes()[:5000])
    with store() as again:
        found = answers(again.scope(user="ana"))
    half.unlink()
    snapshot(tmp_path).unlink()
    with store() as again:
        assert answers(again.scope(user="ana")) == found
