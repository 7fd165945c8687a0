"""LangGraph's store: each semantic that is easy to get wrong."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from conftest import NOON, MakeStore

pytest.importorskip("langgraph.store.base", reason="LangGraph is not installed")

from langgraph.store import base
from langgraph.store.base import (
    BaseStore,
    GetOp,
    InvalidNamespaceError,
    ListNamespacesOp,
    MatchCondition,
    PutOp,
    SearchOp,
)

from memkit import MemoryStore
from memkit.adapters.langgraph import MemkitStore, labels, namespace
from memkit.errors import LockedStore

_NS = ("memories", "ana")
_WORDS = ("tea", "coffee", "lisbon", "porto", "cat", "dog")


def _embed(texts: list[str]) -> list[list[float]]:
    return [[float(text.lower().count(word)) for word in _WORDS] for text in texts]


async def _aembed(texts: list[str]) -> list[list[float]]:
    await asyncio.sleep(0)
    return _embed(texts)


_INDEX: Any = {"dims": len(_WORDS), "embed": _embed, "fields": ["text"]}


@pytest.fixture
def kv(store: MemoryStore) -> MemkitStore:
    return MemkitStore(store)


def test_it_is_a_store_of_the_framework_and_never_falsy(kv: MemkitStore) -> None:
    assert isinstance(kv, BaseStore)
    assert kv and not hasattr(type(kv), "__len__") and not hasattr(type(kv), "__bool__")


# 1. one batch is a snapshot


def test_reads_of_a_batch_come_before_its_writes_and_the_last_write_wins(kv: MemkitStore) -> None:
    kv.put(_NS, "k", {"n": 0})
    results = kv.batch(
        [
            PutOp(_NS, "k", {"n": 1}),
            GetOp(_NS, "k"),
            PutOp(_NS, "k", {"n": 2}),
            SearchOp(_NS),
            PutOp(_NS, "new", {"n": 3}),
            ListNamespacesOp(),
            GetOp(_NS, "new"),
        ]
    )
    assert [type(result).__name__ for result in results[:4:2]] == ["NoneType", "NoneType"]
    assert results[1].value == {"n": 0}
    assert [item.value for item in results[3]] == [{"n": 0}]
    assert results[5] == [_NS] and results[6] is None
    assert kv.get(_NS, "k").value == {"n": 2}
    assert kv.get(_NS, "new").value == {"n": 3}


def test_deletes_and_puts_of_a_key_go_by_the_last_async_as_well(kv: MemkitStore) -> None:
    puts = [PutOp(_NS, "gone", {"n": 1}), PutOp(_NS, "back", None)]
    kv.batch([*puts, PutOp(_NS, "gone", None), PutOp(_NS, "back", {"n": 2})])
    assert kv.get(_NS, "gone") is None and kv.get(_NS, "back").value == {"n": 2}
    ops = [PutOp(_NS, "back", None), GetOp(_NS, "back"), PutOp(_NS, "gone", {"n": 3})]
    results = asyncio.run(kv.abatch([*ops, SearchOp(_NS)]))
    assert results[1].value == {"n": 2} and [item.key for item in results[3]] == ["back"]
    assert [item.key for item in kv.search(_NS)] == ["gone"]


def test_a_batch_is_one_transaction(kv: MemkitStore) -> None:
    with pytest.raises(ValueError, match="cannot be kept as JSON"):
        kv.batch([PutOp(_NS, "a", {"n": 1}), PutOp(("other",), "b", {"n": object()})])
    assert kv.search(()) == [] and kv.list_namespaces() == []


def test_something_that_is_no_operation_is_refused(kv: MemkitStore) -> None:
    with pytest.raises(ValueError, match="Unknown operation"):
        kv.batch(["get"])


# 2. labels


@pytest.mark.parametrize("wrong", [(), ("",), ("a.b",), ("a", ""), ("a\x00",), ("langgraph", "x")])
def test_the_convenience_methods_refuse_what_the_protocol_forbids(
    kv: MemkitStore, wrong: tuple[str, ...]
) -> None:
    if "\x00" in "".join(wrong) and not hasattr(base, "validate_op_namespace"):
        pytest.skip("this release lets NUL characters pass")
    with pytest.raises(InvalidNamespaceError):
        kv.put(wrong, "k", {"n": 1})


def test_operations_given_to_batch_bypass_those_checks(kv: MemkitStore) -> None:
    odd = [("langgraph", "x"), ("a.b",), ("a", "b"), ("a\x00",), ('"', "]")]
    kv.batch([PutOp(space, "k", {"at": list(space)}) for space in odd])
    assert sorted(odd) == kv.list_namespaces()
    for space in odd:
        assert kv.batch([GetOp(space, "k")])[0].value == {"at": list(space)}


def test_any_text_can_be_escaped_into_a_label(kv: MemkitStore) -> None:
    space = namespace("users", "ana@example.com")
    kv.put(space, "k", {"n": 1})
    assert kv.get(space, "k").namespace == ("users", "ana@example%2Ecom")
    texts = ("langgraph", "a.b%2E", "\x00", "%", "ümlaut.")
    kv.put(namespace(*texts), "k", {"n": 1})
    assert labels(namespace(*texts)) == texts
    with pytest.raises(ValueError, match="none of them empty"):
        namespace("a", "")


# 3. prefixes


def test_prefixes_match_by_label(kv: MemkitStore) -> None:
    spaces = [("a",), ("a", "b"), ("ab",), ("A",), ("a%",), ("a_",), ("a*",), ("a\n",), ("a", "*")]
    for space in spaces:
        kv.put(space, "k", {"n": 1})
    assert {item.namespace for item in kv.search(("a",))} == {("a",), ("a", "b"), ("a", "*")}
    for literal in ("A", "a%", "a_", "a*", "a\n"):
        assert [item.namespace for item in kv.search((literal,))] == [(literal,)]
    assert len(kv.search((), limit=100)) == len(spaces)


def test_lists_are_taken_where_tuples_are_typed(kv: MemkitStore) -> None:
    listed: Any = list(_NS)
    kv.put(listed, "k", {"n": 1})
    assert kv.get(listed, "k").namespace == _NS
    assert [item.key for item in kv.search(listed)] == ["k"]
    assert kv.list_namespaces(prefix=["memories"]) == [_NS]


# 4. filters

_VALUES: dict[str, dict[str, Any]] = {
    "int": {"n": 1, "s": "1", "user": {"x": 1, "deep": {"y": [1, 2]}}, "tags": ["a", "b"]},
    "bool": {"n": True, "user": {"x": 2}},
    "nan": {"n": math.nan},
    "float": {"n": 1.0, "user.x": 9},
    "text": {"n": "1"},
    "none": {"n": None},
    "missing": {},
    "flags": {"flags": [True, {"on": 1}]},
}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"n": 1}, {"int", "float"}),
        ({"n": True}, {"bool"}),
        ({"n": "1"}, {"text"}),
        ({"n": math.nan}, set()),
        ({"n": None}, {"none", "missing", "flags"}),
        ({"n": {"$eq": 1}}, {"int", "float"}),
        ({"n": {"$ne": 1}}, {"bool", "nan", "text", "none", "missing", "flags"}),
        ({"n": {"$gt": 0}}, {"int", "float"}),
        ({"n": {"$gte": 1, "$lt": 2}}, {"int", "float"}),
        ({"n": {"$gt": 0, "$lt": 1}}, set()),
        ({"n": {"$lte": "1"}}, {"text"}),
        ({"absent": {"$gt": 1}}, set()),
        ({"user": {"x": 1}}, {"int"}),
        ({"user": {"x": {"$gte": 1}}}, {"int", "bool"}),
        ({"user.x": 1}, {"int"}),
        ({"user.x": 9}, {"float"}),
        ({"user.deep.y": [1, 2]}, {"int"}),
        ({"tags": ["a", "b"]}, {"int"}),
        ({"tags": ["a"]}, set()),
        ({"tags": ["b", "a"]}, set()),
        ({"flags": [True, {"on": 1}]}, {"flags"}),
        ({"flags": [1, {"on": 1}]}, set()),
        ({"flags": [True, {"on": {"$gt": 1}}]}, set()),
        ({"n": 1, "s": "1"}, {"int"}),
        ({}, set(_VALUES)),
    ],
)
def test_a_filter_finds_what_it_describes(
    kv: MemkitStore, asked: dict[str, Any], expected: set[str]
) -> None:
    for key, value in _VALUES.items():
        kv.put(_NS, key, value)
    assert {item.key for item in kv.search(_NS, filter=asked)} == expected


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"n": {"$regex": "x"}}, "Unsupported operator"),
        ({"n": {"$gt": 1, "plain": 2}}, "Unsupported operator"),
        ({"a": {"b": {"$in": []}}}, "Unsupported operator"),
        ({"n') OR ('1'='1": 1}, "Invalid filter key"),
        ({'a"': 1}, "Invalid filter key"),
        ({"": 1}, "Invalid filter key"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_refused(
    kv: MemkitStore, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        kv.search(_NS, filter=wrong)


def test_a_filter_and_a_query_go_together(kv: MemkitStore) -> None:
    for number in range(20):
        kv.put(_NS, f"k{number}", {"text": f"tea from garden {number}", "even": number % 2 == 0})
    found = kv.search(_NS, query="tea from garden 8", filter={"even": True}, limit=3)
    assert found[0].key == "k8" and all(item.value["even"] for item in found)


# 5. queries


def test_without_an_index_a_query_is_an_unranked_search(store: MemoryStore) -> None:
    plain = MemkitStore(store, index=None)
    for key in "abc":
        plain.put(_NS, key, {"text": "tea"})
    found = plain.search(_NS, query="tea")
    assert {item.key for item in found} == {"a", "b", "c"}
    assert [item.score for item in found] == [None] * 3


@pytest.mark.parametrize("index", [{}, _INDEX], ids=["own", "embed"])
def test_items_that_are_not_indexed_fill_the_page_after_the_ranked_ones(
    store: MemoryStore, index: Any
) -> None:
    kv = MemkitStore(store, index=index)
    kv.put(_NS, "hidden", {"text": "tea tea tea"}, index=False)
    kv.put(_NS, "low", {"text": "coffee, and some tea"})
    kv.put(_NS, "high", {"text": "tea"})
    found = kv.search(_NS, query="tea")
    assert [item.key for item in found] == ["high", "low", "hidden"]
    assert found[0].score > found[1].score and found[2].score is None
    assert [item.key for item in kv.search(_NS, query="tea", limit=2)] == ["high", "low"]
    assert [item.key for item in kv.search(_NS, query="tea", limit=2, offset=1)] == [
        "low",
        "hidden",
    ]


def test_a_score_is_the_best_cosine_of_an_items_vectors(store: MemoryStore) -> None:
    kv = MemkitStore(store, index={**_INDEX, "fields": ["title", "parts[*].text"]})
    kv.put(_NS, "k", {"title": "cat", "parts": [{"text": "tea cat"}, {"text": "dog"}]})
    kv.put(_NS, "other", {"title": "dog dog coffee"})
    found = {item.key: item.score for item in kv.search(_NS, query="dog")}
    assert found["k"] == pytest.approx(1.0)
    assert found["other"] == pytest.approx(2 / math.sqrt(5), abs=1e-6)
    assert kv.search(_NS, query="tea")[0].score == pytest.approx(1 / math.sqrt(2), abs=1e-6)


def test_without_fields_the_whole_value_is_embedded_as_json(store: MemoryStore) -> None:
    seen: list[str] = []

    def embed(texts: list[str]) -> list[list[float]]:
        seen.extend(texts)
        return _embed(texts)

    kv = MemkitStore(store, index={"dims": len(_WORDS), "embed": embed})
    kv.put(_NS, "k", {"drinks": ["tea"], "pet": {"cat": "Bica"}})
    assert [json.loads(text) for text in seen] == [{"drinks": ["tea"], "pet": {"cat": "Bica"}}]
    assert kv.search(_NS, query="cat")[0].score == pytest.approx(1 / math.sqrt(2))


def test_identical_texts_in_one_batch_are_both_indexed(store: MemoryStore) -> None:
    kv = MemkitStore(store, index=_INDEX)
    kv.batch([PutOp(_NS, "a", {"text": "tea"}), PutOp(_NS, "b", {"text": "tea"})])
    assert [item.score for item in kv.search(_NS, query="tea")] == pytest.approx([1, 1])
    own = MemkitStore(store, app="own")
    own.batch([PutOp(_NS, key, {"text": "I drink green tea every day."}) for key in "ab"])
    assert all(item.score for item in own.search(_NS, query="green tea"))


def test_a_put_can_name_its_fields_and_a_new_put_without_index_drops_the_vector(
    store: MemoryStore,
) -> None:
    kv = MemkitStore(store, index=_INDEX)
    kv.put(_NS, "k", {"text": "tea", "note": "cat"}, index=["note"])
    assert kv.search(_NS, query="cat")[0].score == pytest.approx(1)
    assert kv.search(_NS, query="tea")[0].score == 0
    kv.put(_NS, "k", {"text": "tea", "note": "cat"}, index=False)
    assert kv.search(_NS, query="cat")[0].score is None


def test_an_embedder_that_answers_awkwardly_is_named_and_nothing_is_stored(
    store: MemoryStore,
) -> None:
    kv = MemkitStore(store, index={"dims": 1, "embed": lambda texts: [[math.nan] for _ in texts]})
    with pytest.raises(ValueError, match="not finite"):
        kv.put(_NS, "k", {"text": "x"})
    assert kv.get(_NS, "k") is None


# 6. moments and copies


def test_an_update_keeps_the_moment_of_the_making(kv: MemkitStore) -> None:
    kv.put(_NS, "k", {"n": 1})
    first = kv.get(_NS, "k")
    kv.put(_NS, "k", {"n": 2})
    second = kv.get(_NS, "k")
    assert second.created_at == first.created_at == first.updated_at < second.updated_at
    assert second.created_at.tzinfo is not None
    kv.delete(_NS, "k")
    kv.put(_NS, "k", {"n": 3})
    assert kv.get(_NS, "k").created_at > first.created_at


def test_what_is_given_out_is_a_copy_and_what_is_given_in_is_left_alone(kv: MemkitStore) -> None:
    value = {"inner": {"list": [1]}}
    kv.put(_NS, "k", value)
    value["inner"]["list"].append(2)
    kv.get(_NS, "k").value["inner"]["list"].append(3)
    kv.search(_NS)[0].value["inner"]["list"].append(4)
    assert kv.search(_NS)[0].value == {"inner": {"list": [1]}} == kv.get(_NS, "k").value


def test_a_delete_takes_an_item_out_of_everything_and_a_get_makes_no_namespace(
    kv: MemkitStore,
) -> None:
    assert kv.get(("never",), "k") is None
    kv.put(_NS, "k", {"text": "tea"})
    kv.delete(_NS, "k")
    kv.delete(_NS, "never")
    assert kv.get(_NS, "k") is None
    assert kv.search(_NS, query="tea") == [] == kv.search(())
    assert kv.list_namespaces() == []


# 7. async and threads


def test_the_async_methods_do_the_same_and_leave_the_loop_free(store: MemoryStore) -> None:
    kv = MemkitStore(store, index={**_INDEX, "embed": _aembed})

    async def run() -> None:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                ticks += 1
                await asyncio.sleep(0)

        ticking = asyncio.create_task(tick())
        await asyncio.gather(*(kv.aput(_NS, f"k{n}", {"text": "tea" * n}) for n in range(10)))
        found = await kv.asearch(_NS, query="tea", limit=3)
        assert len(found) == 3 and found[0].score == pytest.approx(1)
        assert (await kv.aget(_NS, "k3")).value == {"text": "teateatea"}
        await kv.adelete(_NS, "k3")
        assert await kv.aget(_NS, "k3") is None
        assert await kv.alist_namespaces() == [_NS]
        ticking.cancel()
        assert ticks > 20

    asyncio.run(run())


def test_threads_and_loops_share_one_store_and_lose_nothing(kv: MemkitStore) -> None:
    faults: list[Exception] = []

    def work(worker: int) -> None:
        try:
            space = ("w", str(worker))
            for number in range(5):
                kv.put(space, f"k{number}", {"worker": worker, "n": number})
                assert all(i.value["worker"] == worker for i in kv.search(space, query="worker"))
            asyncio.run(kv.aput(space, "async", {"worker": worker}))
        except Exception as error:  # noqa: BLE001
            faults.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert len(kv.search(("w",), limit=1000)) == 12 * 6


# listings


def test_namespaces_are_listed_sorted_cut_and_without_repetition(kv: MemkitStore) -> None:
    for space in [("b", "x", "1"), ("a", "x", "2"), ("a", "y", "1"), ("a", "x", "3"), ("c",)]:
        kv.put(space, "k", {"n": 1})
    assert kv.list_namespaces(max_depth=2) == [("a", "x"), ("a", "y"), ("b", "x"), ("c",)]
    assert kv.list_namespaces(max_depth=2, limit=2, offset=1) == [("a", "y"), ("b", "x")]
    assert kv.list_namespaces(prefix=("a", "*", "1")) == [("a", "y", "1")]
    assert kv.list_namespaces(suffix=("x", "*")) == [
        ("a", "x", "2"), ("a", "x", "3"), ("b", "x", "1"),
    ]  # fmt: skip
    assert kv.list_namespaces(prefix=("a",), suffix=("3",)) == [("a", "x", "3")]
    with pytest.raises(ValueError, match="match type"):
        kv.batch([ListNamespacesOp((MatchCondition("infix", ("a",)),))])


def test_pages_do_not_overlap_and_miss_nothing(kv: MemkitStore) -> None:
    kv.batch([PutOp(_NS, f"k{n}", {"text": f"tea {n}"}) for n in range(25)])
    for query in (None, "tea"):
        pages = [kv.search(_NS, query=query, limit=10, offset=at) for at in (0, 10, 20, 30)]
        keys = [item.key for page in pages for item in page]
        assert len(keys) == 25 == len(set(keys))


# time to live


class _Clock:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def forward(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


def test_an_item_lives_on_from_its_last_use_until_it_is_swept(make_store: MakeStore) -> None:
    clock = _Clock()
    kv = MemkitStore(make_store(clock=clock))
    assert kv.supports_ttl
    kv.put(_NS, "read", {"n": 1}, ttl=10)
    kv.put(_NS, "unread", {"n": 1}, ttl=10)
    kv.put(_NS, "searched", {"n": 2}, ttl=10)
    kv.put(_NS, "stays", {"n": 1})
    clock.forward(8)
    assert kv.get(_NS, "read") and kv.get(_NS, "unread", refresh_ttl=False)
    assert len(kv.search(_NS, filter={"n": 2})) == 1
    clock.forward(4)
    assert kv.get(_NS, "unread", refresh_ttl=False) is not None  # until a sweep
    assert kv.sweep_ttl() == 1
    assert {item.key for item in kv.search(_NS, refresh_ttl=False)} == {"read", "searched", "stays"}
    clock.forward(100)
    assert kv.sweep_ttl() == 2
    assert [item.key for item in kv.search(_NS)] == ["stays"]


def test_expired_items_can_be_left_out_at_once_and_a_default_can_be_set(
    make_store: MakeStore,
) -> None:
    clock = _Clock()
    ttl: Any = {"default_ttl": 5, "omit_expired": True, "refresh_on_read": False}
    kv = MemkitStore(make_store(clock=clock), ttl=ttl)
    kv.put(_NS, "short", {"n": 1})
    kv.put(("other",), "long", {"n": 1}, ttl=None)
    clock.forward(4)
    assert kv.get(_NS, "short") is not None
    clock.forward(2)
    assert kv.get(_NS, "short") is None
    assert [item.key for item in kv.search(())] == ["long"]
    assert kv.list_namespaces() == [("other",)]
    assert kv.get(_NS, "short", refresh_ttl=True) is None  # which does not bring it back
    assert [item.key for item in kv.search((), limit=1, offset=0, refresh_ttl=True)] == ["long"]
    assert kv.sweep_ttl() == 1


def test_the_sweeper_runs_in_a_thread_until_it_is_stopped(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = _Clock()
    kv = MemkitStore(make_store(clock=clock))
    kv.put(_NS, "k", {"n": 1}, ttl=1)
    clock.forward(5)
    swept = threading.Event()
    sweep = kv.sweep_ttl

    def sweep_and_tell() -> int:
        count = sweep()
        swept.set()
        return count

    monkeypatch.setattr(kv, "sweep_ttl", sweep_and_tell)
    kv.start_ttl_sweeper(0.0001)
    kv.start_ttl_sweeper(0.0001)
    assert swept.wait(20)
    assert kv.stop_ttl_sweeper(20) and kv.stop_ttl_sweeper()
    assert kv.get(_NS, "k") is None


def test_the_sweeper_outlives_a_sweep_that_fails_and_ends_with_the_store(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    memory = make_store()
    kv = MemkitStore(memory)
    sweeps: list[int] = []

    def sweep() -> int:
        sweeps.append(1)
        if len(sweeps) == 1:
            raise LockedStore("Another process is writing.")
        memory.close()
        return MemkitStore.sweep_ttl(kv)

    monkeypatch.setattr(kv, "sweep_ttl", sweep)
    with caplog.at_level(logging.WARNING, "memkit.adapters"):
        kv.start_ttl_sweeper(0.0001)
        thread = kv._sweeper
        assert thread is not None
        thread.join(20)
    assert not thread.is_alive() and len(sweeps) == 2
    assert [record.levelname for record in caplog.records] == ["WARNING"]


# memkit beneath it


def test_owners_do_not_see_each_other_and_maintenance_leaves_items_alone(
    store: MemoryStore,
) -> None:
    one, two = MemkitStore(store, app="one"), MemkitStore(store, app="two")
    one.put(_NS, "k", {"text": "I live in Lisbon."})
    two.put(_NS, "k", {"text": "I live in Porto."})
    assert [item.value["text"] for item in one.search((), query="live")] == ["I live in Lisbon."]
    assert MemkitStore(store).search(()) == []
    store.maintain(now=datetime(2044, 1, 1, tzinfo=UTC))
    assert len(two.search(())) == 1


def test_items_survive_a_reopening_and_can_be_erased_for_good(make_store: MakeStore) -> None:
    first = make_store("kept.mem")
    MemkitStore(first, index=_INDEX).put(_NS, "k", {"text": "tea with a secret word xyzzy"})
    first.close()
    kv = MemkitStore(make_store("kept.mem"), index=_INDEX)
    assert kv.search(_NS, query="tea")[0].score == pytest.approx(1)
    kv.put(_NS, "k", {"text": "coffee"})
    assert kv.erase(_NS, "k").verified
    assert kv.search(()) == []
    assert not any("xyzzy" in turn.text for turn in kv._drawer(_NS).scope.turns())
