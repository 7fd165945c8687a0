"""Stores of other libraries are read as they lie on the disk, and left as they are."""

from __future__ import annotations

import os
import pickle
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import foreign_stores as made
import pytest

from memkit import MemoryStore
from memkit.errors import InvalidInput, NotFound
from memkit.importing import foreign

_ANA: dict[str, Any] = {"user_id": "ana", "created_at": "2024-01-05T08:00:00Z"}


def _bytes(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    return {str(file): file.read_bytes() for file in files}


def test_chroma_gives_documents_with_their_metadata(tmp_path: Path) -> None:
    path = made.chroma(
        tmp_path / "chroma",
        [("a", "I live in Lisbon.", {**_ANA, "n": 3, "share": 0.5, "ok": True, "tags": ["x", "y"]}),
         ("b", None, {"n": 1})],
    )  # fmt: skip
    before = _bytes(path)
    assert foreign.recognise(path) == foreign.recognise(path / "chroma.sqlite3") == "chroma"
    a, b = foreign.read(path)
    assert (a.id, a.text, a.place) == ("a", "I live in Lisbon.", "memories")
    assert a.metadata == {**_ANA, "n": 3, "share": 0.5, "ok": True, "tags": ["x", "y"]}
    assert a.metadata["ok"] is True
    assert a.keys == {"user": "ana"}
    assert a.when == datetime(2024, 1, 5, 8, tzinfo=UTC)
    assert (b.text, b.when, b.keys) == ("", None, {})
    assert b.written == datetime(2024, 3, 2, 10, tzinfo=UTC)
    assert _bytes(path) == before


def test_chroma_of_before_there_were_lists(tmp_path: Path) -> None:
    path = made.chroma(tmp_path / "chroma", [("a", "Text.", {})])
    with closing(sqlite3.connect(path / "chroma.sqlite3")) as db, db:
        db.execute("DROP TABLE embedding_metadata_array")
    assert [entry.text for entry in foreign.read(path)] == ["Text."]


def test_mem0_gives_memories_without_running_their_pickles(tmp_path: Path) -> None:
    class Attack:
        def __reduce__(self) -> Any:
            return os.mkdir, (str(tmp_path / "attacked"),)

    raw = [pickle.dumps(Attack()), made.point("x", {"data": Attack()}), b"no pickle",
           pickle.dumps([1, 2]), pickle.dumps(os.getcwd)]  # fmt: skip
    path = made.mem0(
        tmp_path / "qdrant", [("m1", "Lives in Lisbon.", {**_ANA, "run_id": "r"})], raw=raw
    )
    before = _bytes(path)
    refused: list[str] = []
    (entry,) = foreign.read(path, refused=refused)
    assert foreign.recognise(path) == "mem0"
    assert (entry.id, entry.text, entry.place) == ("m1", "Lives in Lisbon.", "mem0")
    assert entry.metadata == {**_ANA, "run_id": "r"}
    assert entry.keys == {"user": "ana", "run": "r"}
    assert len(refused) == len(raw)
    assert "mkdir" in refused[0]
    assert not (tmp_path / "attacked").exists()
    assert _bytes(path) == before
    with pytest.raises(InvalidInput, match="cannot be read"):
        list(foreign.read(path))


def test_mem0_leaves_out_what_is_no_memory(tmp_path: Path) -> None:
    path = made.mem0(tmp_path / "qdrant", [("m1", "One.", {})])
    made.mem0(tmp_path / "other", [("m2", "lisbon", {"linked_memory_ids": ["m1"]})])
    (tmp_path / "other" / "collection" / "mem0").rename(path / "collection" / "mem0_entities")
    assert [entry.id for entry in foreign.read(path)] == ["m1"]


def test_the_history_of_mem0_gives_what_still_stands(tmp_path: Path) -> None:
    file = made.history(
        tmp_path / "mem0" / "history.db",
        [("m1", "Lives in Porto.", "ADD"), ("m2", "Likes tea.", "ADD"),
         ("m1", "Lives in Lisbon.", "UPDATE"), ("m2", None, "DELETE")],
    )  # fmt: skip
    assert foreign.recognise(file) == foreign.recognise(file.parent) == "mem0"
    (entry,) = foreign.read(file)
    assert (entry.id, entry.text, entry.metadata) == ("m1", "Lives in Lisbon.", {"role": "user"})
    assert entry.when == datetime(2024, 3, 2, 10, tzinfo=UTC)


def test_langgraph_gives_values_with_their_namespace(tmp_path: Path) -> None:
    file = made.langgraph(
        tmp_path / "lg.db",
        [("memories.ana", "k1", {"content": "Likes tea.", "kind": "fact"}),
         ("memories.ana", "k2", {"kind": "Memory", "content": {"content": "Has a cat."}}),
         ("memories.ana", "k3", {"a": {"b": 1}}), ("memories.ana", "k4", {"content": ""}),
         ("", "k5", ["x"]), ("memories.rui", "k6", "{not json")],
        expires="2024-03-02 10:10:00+00:00",
    )  # fmt: skip
    before = _bytes(file)
    refused: list[str] = []
    found = {entry.id: entry for entry in foreign.read(file, refused=refused)}
    assert foreign.recognise(file) == "langgraph"
    texts = {id: entry.text for id, entry in found.items()}
    assert texts == {"k1": "Likes tea.", "k2": "Has a cat.", "k3": '{"a": {"b": 1}}', "k4": "",
                     "k5": '{"value": ["x"]}'}  # fmt: skip
    assert found["k1"].keys == {"namespace": "memories.ana"}
    assert found["k5"].keys == {}
    assert found["k1"].expires == datetime(2024, 3, 2, 10, 10, tzinfo=UTC)
    assert [reason.split(":")[0] for reason in refused] == ["memories.rui k6"]
    assert _bytes(file) == before


def test_a_log_that_is_not_written_back_yet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "lg.db"
    with closing(sqlite3.connect(file)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        made.langgraph(file, [("a", "k", {"text": "In the log."})])
        assert [entry.text for entry in foreign.read(file)] == ["In the log."]
    assert [entry.text for entry in foreign.read(file)] == ["In the log."]
    assert [one.name for one in tmp_path.iterdir()] == ["lg.db"]


def test_what_is_no_store_of_others_is_refused(tmp_path: Path) -> None:
    with MemoryStore(tmp_path / "own.mem", embedder=None) as store:
        store.scope(user="ana").add("Hello.")
        assert store.check().ok
    (tmp_path / "text.txt").write_text("Hello.")
    (tmp_path / "folder").mkdir()
    for name in ("own.mem", "text.txt", "folder"):
        assert foreign.recognise(tmp_path / name) is None
        with pytest.raises(InvalidInput, match="is no store that can be read"):
            foreign.read(tmp_path / name)
    with pytest.raises(NotFound):
        foreign.read(tmp_path / "nothing")


def test_a_damaged_store_of_others_is_an_error(tmp_path: Path) -> None:
    file = made.langgraph(tmp_path / "lg.db", [("a", f"k{n}", {"text": "x" * 400})
                                               for n in range(99)])  # fmt: skip
    data = bytearray(file.read_bytes())
    data[9000:-100] = bytes(len(data) - 9100)
    file.write_bytes(bytes(data))
    with pytest.raises(InvalidInput, match="failed"):
        list(foreign.read(file))
