"""Archived records that leave the file: whole by themselves, and back as they were."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOON, MakeStore

from memkit import Memory, MemoryStore, Scope, Source, Turn
from memkit.contracts import Extractor
from memkit.errors import InvalidInput, NotFound, StorageFailure
from memkit.forget.simple import LeastRecentPolicy, TimeToLivePolicy


class Nouns(Extractor):
    """A record of the turns that speak of tea, two by two."""

    name = "nouns"
    batch = 1000

    def extract(self, turns: Sequence[Turn]) -> Iterable[Memory]:
        found = [turn for turn in turns if "tea" in turn.text]
        for one, other in zip(found[::2], found[1::2], strict=False):
            sources = tuple(Source(turn.id, 0, 3) for turn in (one, other))
            yield Memory("note", f"tea of {one.id} and {other.id}", sources)


def aged(
    make_store: MakeStore, name: str = "store.mem", **options: Any
) -> tuple[MemoryStore, Scope]:
    """Forty turns, the first thirty of them expired; of the rest some were used."""
    policy = TimeToLivePolicy({"turn": 10.5})
    options = {"extractors": [], "forgetting": policy, **options}
    store = make_store(name, **options)
    ana = store.scope(user="ana")
    for place in range(40):
        text = f"{'tea' if place % 5 == 0 else 'cake'} of number{place}"
        ana.add({"id": f"x{place}", "content": text, "session": f"s{place // 4}"},
                now=NOON + timedelta(days=place))  # fmt: skip
    ana.feedback(["x3", "x35"], useful=True, now=NOON + timedelta(days=39))
    ana.maintain(now=NOON + timedelta(days=40))
    return store, ana


def state(store: MemoryStore, tmp_path: Path) -> list[str]:
    store.export(tmp_path / "state.jsonl")
    return (tmp_path / "state.jsonl").read_text().splitlines()


@pytest.fixture
def later() -> Any:
    return NOON + timedelta(days=50)


def test_what_leaves_comes_back_as_it_was(
    make_store: MakeStore, tmp_path: Path, later: Any
) -> None:
    store, ana = aged(make_store)
    before = state(store, tmp_path)
    journal = ana.journal(limit=999)
    moved = store.compact(tmp_path / "old.jsonl", before=later)
    assert moved == 30
    assert [turn.id for turn in ana.turns()] == [f"x{n}" for n in range(30, 40)]
    assert {hit.id for hit in ana.search("tea")} <= {f"x{n}" for n in range(30, 40)}
    with pytest.raises(NotFound):
        ana.get("x3")
    assert store.check().ok
    move = ana.journal(limit=999)[-1]
    assert (move.action, move.reason) == ("move", "30 archived records to old.jsonl")
    with pytest.raises(InvalidInput, match="import that file"):
        ana.undo(move.id)
    store.import_(tmp_path / "old.jsonl")
    assert [line for line in state(store, tmp_path) if '"move"' not in line] == before
    assert ana.journal(limit=999)[:-1] == journal
    assert store.check().ok
    expired = next(entry for entry in journal if entry.action == "expire")
    ana.undo(expired.id)
    assert len(list(ana.turns(archived=False))) == 40


def test_only_what_was_archived_before_a_moment_leaves(
    make_store: MakeStore, tmp_path: Path
) -> None:
    store, ana = aged(make_store)
    ana.maintain(now=NOON + timedelta(days=45))
    assert store.compact(tmp_path / "old.jsonl", before=NOON + timedelta(days=42)) == 30
    assert len(list(ana.turns())) == 10
    assert len(list(ana.turns(archived=False))) == 5


def test_what_a_live_record_rests_on_stays(
    make_store: MakeStore, tmp_path: Path, later: Any
) -> None:
    store, ana = aged(make_store, extractors=[Nouns()])
    notes = list(ana.memories())
    assert len(notes) == 4
    assert store.compact(tmp_path / "old.jsonl", before=later) == 24
    for note in notes:
        assert len(ana.expand(note.id or "")) == 2
    ana.forget([note.id or "" for note in notes[:2]], now=later)
    assert store.compact(tmp_path / "older.jsonl", before=later + timedelta(days=1)) == 6
    assert store.check().ok
    store.import_(tmp_path / "older.jsonl")
    store.import_(tmp_path / "old.jsonl")
    assert len(list(ana.turns())) == 40
    assert store.check().ok


def test_digests_keep_their_turns(make_store: MakeStore, tmp_path: Path, later: Any) -> None:
    policy = LeastRecentPolicy(days=1, action="compress")
    store = make_store(forgetting=policy, extractors=[])
    ana = store.scope(user="ana")
    words = "garden boat bread piano street window bridge river".split()
    texts = [
        f"I really like the old {word} by the sea, because it reminds me so much of home."
        for word in words
    ]
    ana.add(texts, now=NOON)
    ana.maintain(now=later)
    (digest,) = ana.memories()
    assert store.compact(tmp_path / "old.jsonl", before=later + timedelta(days=1)) == 0
    assert not (tmp_path / "old.jsonl").exists()
    assert len(ana.expand(digest.id or "")) == 8


def test_another_store_takes_in_what_left(
    make_store: MakeStore, tmp_path: Path, later: Any
) -> None:
    store, ana = aged(make_store)
    ana.feedback("x4", useful=False, correction="It was tea.", now=later)
    store.compact(tmp_path / "old.jsonl", before=later)
    other = make_store("other.mem")
    other.import_(tmp_path / "old.jsonl")
    turns = list(other.scope(user="ana").turns())
    assert [turn.id for turn in turns] == [f"x{n}" for n in range(30)]
    assert other.stats()["standing"] == {"expired": 30}
    assert other.check().ok


def test_an_undo_leaves_with_what_it_undid(
    make_store: MakeStore, tmp_path: Path, later: Any
) -> None:
    store, ana = aged(make_store)
    entry = ana.feedback("x1", useful=True, now=NOON + timedelta(days=41))
    ana.undo(entry.id, now=NOON + timedelta(days=41))
    both = ana.feedback(["x2", "x39"], useful=True, now=NOON + timedelta(days=42))
    ana.undo(both.id, now=NOON + timedelta(days=42))
    store.compact(tmp_path / "old.jsonl", before=later)
    left = {entry.id: entry for entry in ana.journal(limit=999)}
    assert entry.id not in left
    assert left[both.id].undone_by in left
    assert left[both.id].records == ("x39",)
    store.import_(tmp_path / "old.jsonl")
    back = {entry.id: entry for entry in ana.journal(limit=999)}
    assert back[entry.id].undone_by in back
    assert back[both.id].records == ("x2", "x39")


def test_a_file_is_never_overwritten(make_store: MakeStore, tmp_path: Path, later: Any) -> None:
    store, ana = aged(make_store)
    (tmp_path / "old.jsonl").write_text("precious")
    with pytest.raises(StorageFailure, match="it exists"):
        store.compact(tmp_path / "old.jsonl", before=later)
    with pytest.raises(StorageFailure, match="No such file"):
        store.compact(tmp_path / "no" / "old.jsonl", before=later)
    assert len(list(ana.turns())) == 40
    assert (tmp_path / "old.jsonl").read_text() == "precious"


def test_a_write_that_fails_leaves_everything_where_it_was(
    make_store: MakeStore, tmp_path: Path, later: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, ana = aged(make_store)
    dumps = json.dumps

    def fails(value: Any, **options: Any) -> str:
        if isinstance(value, dict) and value.get("id") == "x20":
            raise OSError(28, "No space left on device")
        return dumps(value, **options)

    monkeypatch.setattr(json, "dumps", fails)
    with pytest.raises(StorageFailure, match="No space left"):
        store.compact(tmp_path / "old.jsonl", before=later)
    assert len(list(ana.turns())) == 40
    assert list(tmp_path.glob("old*")) == []
    monkeypatch.undo()
    assert store.compact(tmp_path / "old.jsonl", before=later) == 30


def test_an_erasure_says_where_it_did_not_look(
    make_store: MakeStore, tmp_path: Path, later: Any
) -> None:
    store, ana = aged(make_store)
    store.compact(tmp_path / "old.jsonl", before=later)
    receipt = ana.erase("x39")
    assert receipt.verified
    assert "30 archived records to old.jsonl" in receipt.note


def test_the_command_moves_out_and_makes_small(
    make_store: MakeStore, tmp_path: Path, later: Any, invoke: Callable[..., str]
) -> None:
    store, _ = aged(make_store)
    path, before = tmp_path / "store.mem", store.stats()["bytes"]
    store.close()
    old = tmp_path / "old.jsonl"
    said = invoke("compact", path, "--move-to", old, "--before", "2024-07-01", "--json")
    found = json.loads(said)
    assert found["moved"] == 30
    assert found["bytes"] < found["was"] <= before
    assert "Moved nothing" in invoke("compact", path)


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    from memkit.cli.app import app

    def run(*words: object) -> str:
        app([str(word) for word in words], standalone_mode=False)
        return capsys.readouterr().out

    return run


def test_moving_out_twice_as_much_is_not_four_times_the_work(make_store: MakeStore) -> None:
    """Every record that went was compared with every journal entry: two years took minutes."""
    found = [_steps(make_store(f"{count}.mem", extractors=[]), count) for count in (200, 400)]
    assert found[1] < 2.5 * found[0]


def _steps(store: MemoryStore, count: int) -> int:
    """About how many steps of SQLite's machine it takes to move so many single turns out."""
    ana, steps = store.scope(user="ana"), itertools.count()
    for place in range(count):
        ana.add(f"turn {place}", now=NOON)
    store._parts.forgetting = LeastRecentPolicy(days=1)
    ana.maintain(now=NOON + timedelta(days=9))
    with store._parts.storage.write() as rows, rows.leaving as leaving:
        leaving._db.set_progress_handler(lambda: next(steps) < 0, 10)
        assert len(leaving.choose(2**62)[1]) == count
        assert sum(1 for _ in leaving.lines("store")) > count
        leaving._db.set_progress_handler(None, 10)
    return next(steps)
