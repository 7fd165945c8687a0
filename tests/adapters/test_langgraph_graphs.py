"""LangGraph's store inside graphs."""

from __future__ import annotations

import asyncio
import operator
from typing import Annotated, Any, TypedDict

import pytest

pytest.importorskip("langgraph.graph", reason="LangGraph is not installed")

from langgraph.graph import START, StateGraph
from langgraph.runtime import Runtime
from langgraph.store.base import BaseStore

from memkit import MemoryStore
from memkit.adapters.langgraph import MemkitStore, namespace


class _State(TypedDict):
    user: str
    said: str
    recalled: list[str]


def test_a_graph_remembers_across_threads(store: MemoryStore) -> None:
    def remember(state: _State, *, store: BaseStore) -> dict[str, Any]:
        space = namespace("notes", state["user"])
        recalled = [item.value["said"] for item in store.search(space, query=state["said"])]
        store.put(space, state["said"], {"said": state["said"]})
        return {"recalled": recalled}

    builder = StateGraph(_State)
    builder.add_node("remember", remember)
    builder.add_edge(START, "remember")
    graph = builder.compile(store=MemkitStore(store))
    graph.invoke({"user": "ana@x.org", "said": "My cat is called Bica.", "recalled": []})
    after = graph.invoke({"user": "ana@x.org", "said": "What is my cat called?", "recalled": []})
    other = graph.invoke({"user": "bo@x.org", "said": "What is my cat called?", "recalled": []})
    assert after["recalled"] == ["My cat is called Bica."] and other["recalled"] == []


class _Found(TypedDict):
    found: Annotated[list[str], operator.add]


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
def test_branches_that_run_side_by_side_share_the_store(store: MemoryStore, is_async: bool) -> None:
    def branch(number: int) -> Any:
        def work(state: _Found, *, store: BaseStore) -> dict[str, Any]:
            store.put(("branches", str(number)), "k", {"text": f"tea {number}"})
            found = store.search(("branches", str(number)), query="tea")
            return {"found": [item.value["text"] for item in found]}

        async def awork(state: _Found, *, store: BaseStore) -> dict[str, Any]:
            await store.aput(("branches", str(number)), "k", {"text": f"tea {number}"})
            found = await store.asearch(("branches", str(number)), query="tea")
            return {"found": [item.value["text"] for item in found]}

        return awork if is_async else work

    kv = MemkitStore(store)
    builder = StateGraph(_Found)
    for number in range(8):
        builder.add_node(f"b{number}", branch(number))
        builder.add_edge(START, f"b{number}")
    graph = builder.compile(store=kv)
    state = asyncio.run(graph.ainvoke({"found": []})) if is_async else graph.invoke({"found": []})
    assert sorted(state["found"]) == [f"tea {number}" for number in range(8)]
    assert len(kv.search(("branches",))) == 8


def test_an_empty_store_outlasts_the_merging_of_runtimes(store: MemoryStore) -> None:
    kv = MemkitStore(store)
    merged = Runtime(store=None).merge(Runtime(store=kv))
    assert merged.store is kv and merged.merge(Runtime(store=None)).store is kv
