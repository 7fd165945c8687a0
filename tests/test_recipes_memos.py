"""MemCube: typed payloads under keys, every version kept, and a life cycle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memkit import MemoryStore
from memkit.cube import Item, MemCube
from memkit.errors import InvalidInput, NotFound
from memkit.recipes.memos import MemOS
from memkit.testing.samples import NOW


@pytest.fixture
def cube() -> Iterator[MemCube]:
    with MemoryStore(":memory:", recipe=MemOS(), clock=lambda: NOW) as store:
        yield MemOS.cube(store.scope(user="ana"))
        assert store.check().problems == ()


def test_every_version_stays_and_the_last_one_is_found(cube: MemCube) -> None:
    first = cube.put("tea", "Ana takes her tea black.", type="preference")
    assert cube.put("tea", "Ana takes her tea black.", type="preference") == first
    cube.put("tea", "Ana takes her tea with milk.", type="preference")
    assert [item.version for item in cube.versions("tea")] == [1, 2]
    assert cube.get("tea", 1).payload == "Ana takes her tea black."
    assert [item.payload for item in cube.search("tea")] == ["Ana takes her tea with milk."]
    assert cube.keys(type="preference") == ["tea"]
    with pytest.raises(NotFound, match="version 9"):
        cube.get("tea", 9)


@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_come_back_as_they_were(payload: bytes) -> None:
    with MemoryStore(":memory:", embedder=None, recipe=MemOS()) as store:
        cube = MemCube(store.scope(user="ana"))
        cube.put("kv", payload, type="activation", text="key-value cache of the greeting")
        assert cube.get("kv").payload == payload
        assert [item.payload for item in cube.search("greeting cache")] == [payload]


def test_a_payload_lives_by_the_steps_that_there_are(cube: MemCube) -> None:
    cube.put("plan", "Sail to Faro.")
    cube.move("plan", "resolving")
    cube.move("plan", "archived")
    assert cube.search("Faro") == []
    with pytest.raises(InvalidInput, match="archived, which leads to activated, deleted"):
        cube.move("plan", "resolving")
    cube.move("plan", "activated")
    assert [item.status for item in cube.search("Faro")] == ["activated"]
    cube.move("plan", "deleted")
    assert cube.keys() == []
    with pytest.raises(InvalidInput, match="leads to nothing"):
        cube.move("plan", "activated")
    assert [item.status for item in cube.versions("plan")] == [
        "activated", "resolving", "archived", "activated", "deleted",
    ]  # fmt: skip


def test_a_scheduler_hears_of_every_step(cube: MemCube) -> None:
    heard: list[tuple[str, str, int]] = []

    def hook(event: str, item: Item) -> None:
        heard.append((event, item.key, item.version))

    cube.hooks.append(hook)
    cube.put("trace", "opened the file, read 3 lines", type="tool-trace")
    cube.move("trace", "resolving")
    cube.search("file lines")
    assert heard == [("put", "trace", 1), ("status", "trace", 2), ("retrieved", "trace", 2)]


def test_cubes_are_exported_and_merged_and_nothing_of_either_is_lost(
    cube: MemCube, tmp_path: Path
) -> None:
    with MemoryStore(":memory:", recipe=MemOS(), clock=lambda: NOW) as store:
        other = MemCube(store.scope(user="ben"))
        other.put("home", "Ben lives in Oslo.")
        other.put("lora", b"\x00\xff\x01", type="weights", text="adapter for recipes")
        other.put("old", "Nothing.")
        other.move("old", "archived")
        other.put("home", "Ben lives in Bergen.")
        assert other.dump(tmp_path / "ben.jsonl") == 5
    cube.put("home", "Ana lives in Faro.")
    assert cube.merge(tmp_path / "ben.jsonl") == ["home"]
    assert [item.payload for item in cube.versions("home")] == [
        "Ana lives in Faro.", "Ben lives in Oslo.", "Ben lives in Bergen.",
    ]  # fmt: skip
    (first,) = cube.search("Where does Ben live?", 1)
    assert first.payload == "Ben lives in Bergen."
    assert [item.status for item in cube.versions("old")] == ["activated", "archived"]
    assert cube.get("lora").payload == b"\x00\xff\x01"
    assert cube.get("old").status == "archived"
    before = [cube.versions(key) for key in ("home", "lora", "old")]
    assert cube.merge(tmp_path / "ben.jsonl") == []
    assert [cube.versions(key) for key in ("home", "lora", "old")] == before


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "{}",
        json.dumps({"key": "a", "type": "soul", "version": 1, "status": "activated", "text": "x",
                    "payload": "x", "base64": False}),
        json.dumps({"key": "a", "type": "text", "version": 1, "status": "undead", "text": "x",
                    "payload": "x", "base64": False}),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_before_anything_is_taken(
    cube: MemCube, tmp_path: Path, line: str
) -> None:
    cube.put("good", "Fine.")
    good = cube.dump(tmp_path / "a.jsonl")
    (tmp_path / "b.jsonl").write_text((tmp_path / "a.jsonl").read_text() + line + "\n")
    with pytest.raises(InvalidInput, match="Line 2"):
        cube.merge(tmp_path / "b.jsonl")
    assert cube.dump(tmp_path / "c.jsonl") == good


@pytest.mark.parametrize(
    ("payload", "options"),
    [
        (b"x", {"type": "text"}), ("x", {"type": "weights", "text": "y"}), ("x", {"type": "soul"}),
        (b"x", {"type": "weights"}), (" ", {}),
    ],
)  # fmt: skip
def test_a_payload_that_does_not_fit_its_type_is_refused(
    cube: MemCube, payload: Any, options: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput):
        cube.put("k", payload, **options)
    assert cube.keys() == []


def test_a_line_may_hold_every_character_that_ends_one_elsewhere(
    cube: MemCube, tmp_path: Path
) -> None:
    """U+2028 and its like in a payload used to make a dumped file unreadable."""
    for place, end in enumerate("\u2028\u2029\x85\x0b\x0c\x1c\r"):
        cube.put(f"key {place}", f"one{end}other")
    assert cube.dump(tmp_path / "all.jsonl") == 7
    with MemoryStore(tmp_path / "other.mem", extractors=[]) as store:
        other = MemCube(store.scope(user="rui"))
        assert other.merge(tmp_path / "all.jsonl") == []
        for place in range(7):
            assert other.get(f"key {place}").payload == cube.get(f"key {place}").payload
        assert store.check().problems == ()


GOOD = {
    "key": "k", "type": "text", "version": 1, "status": "activated", "text": "tea",
    "payload": "tea", "base64": False,
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": 5}, {"key": None}, {"key": "\ud800"}, {"text": 5}, {"text": "  "},
        {"text": "a\ud800b"}, {"payload": None}, {"payload": 5}, {"version": "2"}, {"version": 0},
        {"version": True}, {"type": ["text"]}, {"status": {}}, {"type": "weights"},
        {"base64": True}, {"type": "weights", "base64": True, "payload": "!!"}, {"base64": "no"},
    ],
)  # fmt: skip
def test_a_file_with_one_wrong_line_is_not_taken_at_all(
    wrong: dict[str, Any], cube: MemCube, tmp_path: Path
) -> None:
    path = tmp_path / "hostile.jsonl"
    first = GOOD | {"key": "first"}
    path.write_text(f"{json.dumps(first)}\n{json.dumps(GOOD | wrong)}\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"Line 2 of hostile\.jsonl"):
        cube.merge(path)
    assert cube.keys() == []


def test_a_file_that_is_not_there_is_named(cube: MemCube, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no file .*none\.jsonl\. Nothing was taken"):
        cube.merge(tmp_path / "none.jsonl")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[" * 100_000, b"5\n", b"\x00" * 9])
def test_what_is_no_file_of_a_cube_is_named(content: bytes, cube: MemCube, tmp_path: Path) -> None:
    path = tmp_path / "hostile.jsonl"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"hostile\.jsonl"):
        cube.merge(path)
