"""Snapshots spare work and change nothing: whole or torn, fresh or stale, the answers are equal."""

from __future__ import annotations

import random
import stat
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest
from conftest import NOON, MakeStore
from test_erase import traces

from memkit import Hit, Memory, MemoryStore, Scope, Source, Turn
from memkit.contracts import Extractor
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import StorageFailure
from memkit.index.exact import ExactIndex
from memkit.index.keyword import KeywordIndex
from memkit.index.layer import RecordLayer
from memkit.index.snapshot import Snapshots
from memkit.index.vector import VectorIndex
from memkit.store import snapshots

_WORDS = "boat violin marmalade map lamp tea bicycle moss harbour sister neighbour cat".split()
_MAPS = Path("/proc/self/maps")
_QUERIES = ("who has the violin", "Ana and the boat", "marmalade or tea", "the map of the harbour")


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stores of tens of turns have snapshots, too."""
    monkeypatch.setattr(snapshots, "LEAST_RECORDS", 8)


class Things(Extractor):
    """The beginning of each turn, as a memory."""

    name: ClassVar[str] = "things"

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        for turn in turns:
            yield Memory("thing", turn.text[:9], (Source(turn.id, 0, 9),))


def messages(count: int, seed: int = 1) -> list[dict[str, Any]]:
    dice = random.Random(seed)
    return [
        {
            "content": f"{' '.join(dice.choices(_WORDS, k=7))}{dice.choice('.?')}",
            "name": dice.choice(["Ana", "Bo", None]),
            "role": dice.choice(["user", "assistant"]),
            "session": dice.choice(["s1", "s2", "s3", None]),
            "timestamp": NOON + timedelta(hours=dice.randrange(4) * 6),
        }
        for _ in range(count)
    ]


def answers(scope: Scope) -> list[list[Hit]]:
    return [scope.search(query, k=50, now=NOON) for query in _QUERIES]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if ".snapshot-" in path.name)


def built(store: MemoryStore) -> list[list[Hit]]:
    """The answers without any snapshot."""
    kept, store._parts.snapshots = store._parts.snapshots, None
    store._parts.cache.drop()
    found = answers(store.scope(user="ana"))
    store._parts.cache.drop()
    store._parts.snapshots = kept
    return found


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each reading of the file took in."""
    counts: list[int] = []
    whole = RecordLayer.take_in

    def counted(layer: RecordLayer, rows: Sequence[Any], *rest: Any) -> None:
        counts.append(len(rows))
        whole(layer, rows, *rest)

    monkeypatch.setattr(RecordLayer, "take_in", counted)
    return counts


@pytest.fixture
def mapped(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Have small snapshots mapped into memory, as large ones are."""
    return lambda: monkeypatch.setattr("memkit.index.snapshot._MAPPED", 1)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("dim", [16, 128])
def test_answers_from_a_snapshot_are_those_of_an_index_built_anew(
    make_store: MakeStore, tmp_path: Path, taken: list[int], mapped: Callable[[], None], dim: int,
    large: bool,
) -> None:  # fmt: skip
    if large:
        mapped()
    index = partial(VectorIndex, components=20 * dim, shortlist=40)
    options: dict[str, Any] = {
        "embedder": HashingEmbedder(dim), "indexers": (KeywordIndex, index),
        "extractors": [Things()],
    }  # fmt: skip
    with make_store(**options) as store:
        ana = store.scope(user="ana")
        ana.add(messages(90))
        ana.maintain()
        ana.forget("t7")
        expected = answers(ana)
    assert [path.name for path in files(tmp_path)] == ["store.mem.snapshot-1"]
    taken.clear()
    again = make_store(**options)
    ana = again.scope(user="ana")
    assert answers(ana) == expected == built(again)
    taken.clear()
    again._parts.cache.drop()
    assert answers(ana) == expected
    assert taken == []
    [path] = files(tmp_path)
    whole = path.read_bytes()
    ana.add(messages(20, seed=2))
    found = answers(ana)
    assert found == built(again)
    ana.forget("t12")
    assert answers(ana) == built(again)
    assert path.read_bytes() == whole


def test_what_was_added_and_never_searched_is_ready_for_the_next_process(
    make_store: MakeStore, taken: list[int]
) -> None:
    with make_store() as store:
        store.scope(user="ana").add(messages(64))
    taken.clear()
    with make_store() as store:
        assert answers(store.scope(user="ana"))[0]
        assert taken == []


def test_a_search_that_built_much_leaves_a_snapshot(make_store: MakeStore, tmp_path: Path) -> None:
    store = make_store()
    store.scope(user="ana").add(messages(40))
    assert files(tmp_path) == []
    store.scope(user="ana").search("tea")
    assert len(files(tmp_path)) == 1


def test_small_scopes_and_stores_in_memory_have_none(make_store: MakeStore, tmp_path: Path) -> None:
    with make_store() as store:
        store.scope(user="ana").add(messages(7))
        store.scope(user="ana").search("tea")
    with make_store(":memory:") as store:
        store.scope(user="ana").add(messages(50))
        store.scope(user="ana").search("tea")
    assert files(tmp_path) == []


def test_who_is_interrupted_does_not_wait_for_one(make_store: MakeStore, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), make_store() as store:
        store.scope(user="ana").add(messages(40))
        raise KeyboardInterrupt
    assert files(tmp_path) == []


@pytest.mark.parametrize("seed", range(36))
def test_a_torn_or_damaged_snapshot_is_as_good_as_none(
    make_store: MakeStore, tmp_path: Path, mapped: Callable[[], None], seed: int
) -> None:
    if seed % 2:
        mapped()
    with make_store() as store:
        store.scope(user="ana").add(messages(40))
        expected = built(store)
    [path] = files(tmp_path)
    whole, dice = path.read_bytes(), random.Random(seed)
    place = dice.randrange(len(whole))
    if seed % 3 == 0:
        path.write_bytes(whole[:place])
    elif seed % 3 == 1:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
    else:
        path.write_bytes(whole[:place] + bytes(len(whole) - place))
    with make_store() as store:
        assert answers(store.scope(user="ana")) == expected


def test_a_snapshot_of_another_store_is_not_used(make_store: MakeStore, tmp_path: Path) -> None:
    for name, seed in (("a.mem", 1), ("b.mem", 2)):
        with make_store(name) as store:
            store.scope(user="ana").add([*messages(40, seed), "the same last turn"])
    (tmp_path / "a.mem.snapshot-1").write_bytes((tmp_path / "b.mem.snapshot-1").read_bytes())
    with make_store("a.mem") as store:
        assert answers(store.scope(user="ana")) == built(store)


@pytest.mark.parametrize(
    "options",
    [
        {"embedder": HashingEmbedder(48)},
        {"embedder": None},
        {"indexers": (KeywordIndex,)},
        {"indexers": (KeywordIndex, ExactIndex)},
    ],
)
@pytest.mark.filterwarnings("ignore::memkit.errors.EmbedderMismatch")
def test_a_snapshot_made_in_another_way_is_not_used(
    make_store: MakeStore, options: dict[str, Any], taken: list[int]
) -> None:
    with make_store() as store:
        store.scope(user="ana").add(messages(40))
    with make_store(**options) as store:
        taken.clear()
        found = answers(store.scope(user="ana"))
        assert taken
        assert found == built(store)


def test_a_stale_snapshot_put_back_after_an_erasure_is_not_used_and_goes(
    make_store: MakeStore, tmp_path: Path
) -> None:
    store = make_store()
    ana = store.scope(user="ana")
    ana.add(messages(40))
    ana.search("tea")
    [path] = files(tmp_path)
    old = path.read_bytes()
    ana.erase("t3")
    assert files(tmp_path) == []
    path.write_bytes(old)
    store._parts.cache.drop()
    expected = built(store)
    assert answers(ana) == expected
    assert all(hit.id != "t3" for found in expected for hit in found)
    assert path.read_bytes() != old


def test_erasing_takes_the_snapshots_along_even_half_written_ones(
    make_store: MakeStore, tmp_path: Path
) -> None:
    secret = "zyxxyquark the velvetmarble elephant zorble"
    store = make_store()
    ana, bo = store.scope(user="ana"), store.scope(user="bo")
    for scope in (ana, bo):
        scope.add(messages(30))
        scope.search("tea")
    [turn] = ana.add(secret)
    store.maintain()
    half = tmp_path / "store.mem.snapshot-1.77-1"
    half.write_bytes(b"half")
    assert len(files(tmp_path)) == 3
    ana.erase(turn.id)
    assert [path.name for path in files(tmp_path)] == ["store.mem.snapshot-2"]
    assert traces(tmp_path, secret) == []
    store.close()
    assert traces(tmp_path, secret) == []


def test_where_a_snapshot_cannot_be_removed_nothing_is_erased(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store()
    ana = store.scope(user="ana")
    ana.add(messages(20))

    def refuse(self: Snapshots, scope: int | None = None) -> None:
        raise PermissionError(1, "not permitted")

    with monkeypatch.context() as patched:
        patched.setattr(Snapshots, "drop", refuse)
        with pytest.raises(StorageFailure, match="not permitted"):
            ana.erase("t3")
    assert len(list(ana.turns())) == 20


def test_that_a_snapshot_cannot_be_written_is_no_reason_to_fail(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(self: Snapshots, *rest: Any) -> Path:
        raise OSError(28, "no space left on the disk")

    monkeypatch.setattr(Snapshots, "write", full)
    with make_store() as store:
        store.scope(user="ana").add(messages(40))
        assert store.scope(user="ana").search("tea")
    assert files(tmp_path) == []


def test_a_snapshot_holds_no_text_and_is_for_its_owner_alone(
    make_store: MakeStore, tmp_path: Path
) -> None:
    with make_store() as store:
        store.scope(user="ana").add([{**one, "name": "Ana"} for one in messages(40)])
    [path] = files(tmp_path)
    data = path.read_bytes()
    assert not [word for word in _WORDS if word.encode() in data]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_growth_in_one_store_is_read_by_another_without_the_rest(
    make_store: MakeStore, taken: list[int]
) -> None:
    here, there = make_store(), make_store()
    here.scope(user="ana").add(messages(33))
    there.scope(user="ana").search("tea")
    taken.clear()
    here.scope(user="ana").add(messages(5, seed=3))
    assert answers(there.scope(user="ana")) == built(here)
    assert taken[0] == 5


def test_an_interrupted_search_leaves_no_half_built_index(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Columns that were taken in without their postings stayed, and shifted what came later."""
    store = make_store()
    ana = store.scope(user="ana")
    ana.add(messages(30))
    with monkeypatch.context() as patched:

        def interrupted(self: KeywordIndex, change: Any) -> None:
            raise KeyboardInterrupt

        patched.setattr(KeywordIndex, "apply", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ana.search("tea")
    assert answers(ana) == built(store)


def test_snapshots_left_half_written_long_ago_are_cleared_away(
    make_store: MakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memkit.index.snapshot._ABANDONED_S", -1.0)
    (tmp_path / "store.mem.snapshot-1.77-1").write_bytes(b"half")
    with make_store() as store:
        store.scope(user="ana").add(messages(40))
    assert [path.name for path in files(tmp_path)] == ["store.mem.snapshot-1"]


def test_where_files_cannot_be_mapped_large_snapshots_are_copied(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch, mapped: Callable[[], None],
    taken: list[int],
) -> None:  # fmt: skip
    def refuse(*rest: Any, **more: Any) -> None:
        raise OSError(19, "no such device")

    mapped()
    monkeypatch.setattr("mmap.mmap", refuse)
    with make_store() as store:
        store.scope(user="ana").add(messages(40))
    taken.clear()
    with make_store() as store:
        assert answers(store.scope(user="ana"))[0]
        assert taken == []


@pytest.mark.skipif(not _MAPS.exists(), reason="the system does not tell what is mapped")
def test_erasing_lets_go_of_a_mapped_snapshot(
    make_store: MakeStore, tmp_path: Path, mapped: Callable[[], None]
) -> None:
    mapped()
    with make_store() as store:
        store.scope(user="ana").add(messages(40))
    ana = make_store().scope(user="ana")
    ana.search("tea")
    assert str(tmp_path / "store.mem.snapshot-1") in _MAPS.read_text()
    ana.erase("t3")
    assert str(tmp_path / "store.mem.snapshot-1") not in _MAPS.read_text()
