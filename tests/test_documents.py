"""Documents: given back as they were, whatever maintenance does to everything else."""

from __future__ import annotations

import math
import threading
from datetime import timedelta
from typing import Any

import pytest
from conftest import NOON, MakeStore
from hypothesis import given, settings
from hypothesis import strategies as st

from memkit import MemoryStore
from memkit.consolidate.duplicates import DuplicateConsolidator
from memkit.errors import InvalidInput
from memkit.forget.simple import TimeToLivePolicy
from memkit.store.documents import Content, Drawer, drawers, write_all

_KEYS = {"user": "ana", "verbatim": "notes"}


def _json() -> st.SearchStrategy[Any]:
    leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    return st.recursive(
        leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
    )


@given(data=_json())
@settings(max_examples=60, deadline=None)
def test_any_json_comes_back_as_it_was(data: Any) -> None:
    with MemoryStore(":memory:", embedder=None) as store:
        drawer = Drawer(store, _KEYS)
        drawer.write({"k": Content(data)})
        assert drawer.get(["k"])["k"].data == data


def test_nan_survives_and_what_is_no_json_is_refused(store: MemoryStore) -> None:
    drawer = Drawer(store, _KEYS)
    drawer.write({"k": Content({"x": math.nan, "nul": "a\x00b\ud800"})})
    kept = drawer.get(["k"])["k"].data
    assert math.isnan(kept["x"]) and kept["nul"] == "a\x00b\ud800"
    for wrong in ({1: "a"}, {"a": {("b",): 1}}, {"a": object()}):
        with pytest.raises(InvalidInput, match="cannot be kept as JSON"):
            drawer.write({"ok": Content(1), "k": Content(wrong)})
    assert "ok" not in drawer.get(["ok"])


def test_an_update_keeps_when_it_was_made_and_a_removal_ends_that(store: MemoryStore) -> None:
    drawer = Drawer(store, _KEYS)
    drawer.write({"k": Content(1)}, now=NOON)
    drawer.write({"k": Content(2)}, now=NOON + timedelta(hours=1))
    found = drawer.get(["k", "k", "other"])
    assert list(found) == ["k"]
    assert (found["k"].created, found["k"].updated) == (NOON, NOON + timedelta(hours=1))
    drawer.write({"k": None, "never": None}, now=NOON + timedelta(hours=2))
    assert drawer.get(["k"]) == {} and drawer.documents() == {}
    drawer.write({"k": Content(3)}, now=NOON + timedelta(hours=3))
    assert drawer.get(["k"])["k"].created == NOON + timedelta(hours=3)


def test_keys_that_look_alike_are_different_documents(store: MemoryStore) -> None:
    drawer = Drawer(store, _KEYS)
    keys = ["a", "a@", "a@0000000001", "a%40", "A", "ab", "a%", "", "a b", "é"]
    drawer.write({key: Content(place) for place, key in enumerate(keys)})
    drawer.write({"a": Content("new")})
    found = drawer.get(keys)
    assert [found[key].data for key in keys] == ["new", *range(1, len(keys))]


def test_old_versions_can_be_read_undone_and_erased(store: MemoryStore) -> None:
    drawer = Drawer(store, _KEYS)
    drawer.write({"k": Content("first", "the first words")})
    drawer.write({"k": Content("second", "the second words")})
    drawer.scope.undo(drawer.scope.journal()[-1].id)
    assert drawer.get(["k"])["k"].data == "first"
    assert drawer.erase("k").verified
    assert drawer.documents() == {} and not list(drawer.scope.turns())


def test_maintenance_leaves_documents_alone(make_store: MakeStore) -> None:
    store = make_store(
        forgetting=TimeToLivePolicy(days=1),
        consolidators=[DuplicateConsolidator()],
        extractors=None,
    )
    drawer, ana = Drawer(store, _KEYS), store.scope(user="ana")
    same = Content("v", "I live in Lisbon, in a small flat above the river.")
    drawer.write({"a": same, "b": same})
    ana.add("I live in Lisbon, in a small flat above the river.")
    for _ in range(2):
        store.maintain(now=NOON + timedelta(days=400))
        drawer.scope.maintain(now=NOON + timedelta(days=400))
    assert sorted(drawer.documents()) == ["a", "b"]
    assert list(ana.turns(archived=False)) == []
    assert list(drawer.scope.memories()) == [] and drawer.scope.facts() == []


def test_a_search_sees_the_text_and_not_what_was_given_without(store: MemoryStore) -> None:
    drawer = Drawer(store, _KEYS)
    drawer.write({"tea": Content(1, "Green tea from Japan"), "teapot": Content(2)})
    seen = drawer.scope.search("tea", filter={"meta.unsearched": None})
    assert [hit.session for hit in seen] == ["tea"]


def test_several_drawers_are_written_in_one_transaction(store: MemoryStore) -> None:
    one, two = Drawer(store, _KEYS), Drawer(store, {**_KEYS, "user": "bo"})
    with pytest.raises(InvalidInput):
        write_all([(one, {"k": Content(1)}), (two, {"k": Content({2: 3})})])
    assert one.documents() == {} == two.documents()
    write_all([(one, {"k": Content(1)}), (two, {"k": Content(2)})])
    assert [d.get(["k"])["k"].data for d in (one, two)] == [1, 2]


def test_drawers_are_listed_while_something_is_in_them(store: MemoryStore) -> None:
    drawer = Drawer(store, _KEYS)
    store.scope(user="ana").add("no document")
    assert drawers(store, {"verbatim": "notes"}) == []
    drawer.write({"k": Content(1)})
    assert drawers(store, {"verbatim": "notes"}) == [_KEYS]
    drawer.write({"k": None})
    assert drawers(store, {"verbatim": "notes"}) == []


def test_what_is_used_stays_and_what_is_not_expires(store: MemoryStore) -> None:
    drawer = Drawer(store, _KEYS)
    drawer.write({key: Content(1, "x", 10) for key in "ab"} | {"c": Content(1)}, now=NOON)
    drawer.use(drawer.get(["a", "c"]).values(), now=NOON + timedelta(minutes=8))
    assert drawer.sweep(now=NOON + timedelta(minutes=9)) == 0
    assert drawer.sweep(now=NOON + timedelta(minutes=12)) == 1
    assert sorted(drawer.documents()) == ["a", "c"]
    assert drawer.documents()["a"].expires == NOON + timedelta(minutes=18)


def test_a_log_keeps_its_order_and_gives_back_the_last(store: MemoryStore) -> None:
    log = Drawer(store, {**_KEYS, "session": "s"})
    assert log.newest() == [] and log.pop() == []
    log.append([Content({"n": n}, f"item {n}") for n in range(5)])
    assert log.newest(2) == [{"n": 3}, {"n": 4}]
    assert log.pop() == [{"n": 4}]
    assert len(log.newest()) == 4
    log.clear()
    assert log.newest() == []


def test_two_who_take_the_last_never_get_the_same(store: MemoryStore) -> None:
    log, taken = Drawer(store, {**_KEYS, "session": "s"}), list[Any]()
    log.append([Content(n) for n in range(30)])
    threads = [
        threading.Thread(target=lambda: taken.extend(log.pop() + log.pop())) for _ in range(15)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(30))


def test_documents_move_with_an_export(make_store: MakeStore, tmp_path: Any) -> None:
    drawer = Drawer(make_store(), _KEYS)
    drawer.write({"k": Content([1, {"a": None}], "some words", 5.5)})
    make_store().export(tmp_path / "x.jsonl")
    moved = make_store("moved.mem")
    moved.import_(tmp_path / "x.jsonl")
    before, after = drawer.get(["k"])["k"], Drawer(moved, _KEYS).get(["k"])["k"]
    assert (before.data, before.created, before.expires) == (
        after.data, after.created, after.expires,
    )  # fmt: skip


def test_a_drawer_needs_its_mark(store: MemoryStore) -> None:
    with pytest.raises(InvalidInput, match="verbatim"):
        Drawer(store, {"user": "ana"})
