"""`aio`: the same names, the same arguments, the same answers, awaited."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeStore

from memkit import MemoryStore, Scope
from memkit.errors import ClosedStore, InvalidInput

NOT_AWAITED = {"aio", "keys", "scope"}


def public(cls: type) -> list[str]:
    return [name for name in dir(cls) if not name.startswith("_")]


@pytest.mark.parametrize("cls", [MemoryStore, Scope])
def test_every_public_name_is_there_with_the_same_signature(
    cls: type, store: MemoryStore, tmp_path: Path
) -> None:
    target: Any = store if cls is MemoryStore else store.scope(user="ana")
    assert set(dir(target.aio)) == set(public(cls))
    for name in public(cls):
        if name in ("aio", "keys"):
            continue
        plain, awaited = getattr(target, name), getattr(target.aio, name)
        assert inspect.signature(plain) == inspect.signature(awaited), name
        assert plain.__doc__ == awaited.__doc__, name


@pytest.mark.parametrize("cls", [MemoryStore, Scope])
def test_public_calls_keep_the_house_rules(cls: type) -> None:
    for name in public(cls):
        call = inspect.getattr_static(cls, name)
        if not inspect.isfunction(call):
            continue
        parameters = list(inspect.signature(call).parameters.values())[1:]
        positional = [p for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
        assert len(positional) <= 2, name
        assert len(parameters) <= 7, name
    assert not hasattr(cls, "__len__")
    assert "__bool__" not in dir(cls)


def test_a_day_in_the_life_of_an_async_agent(make_store: MakeStore, tmp_path: Path) -> None:
    async def day() -> None:
        async with make_store("day.mem").aio as store:
            ana, bo = store.scope(user="ana"), store.scope(user="bo")
            assert ana.keys == {"user": "ana"}
            turns = await ana.add(["tea at noon", "cake at four"])
            await bo.add("bo has tea too")
            assert [hit.id for hit in await ana.search("cake", k=1)] == ["t2"]
            assert [turn.id async for turn in ana.turns()] == ["t1", "t2"]
            assert [memory async for memory in ana.memories()] == []
            assert await ana.get("t1") == turns[0]
            assert "cake" in str(await ana.context("cake", budget=200))
            found = await store.search("tea", scopes=[ana, bo])
            assert {hit.text for hit in found} == {"tea at noon", "bo has tea too", "cake at four"}
            entry = await ana.forget("t1", reason="old")
            await ana.undo(entry.id)
            assert len(await ana.history("t1")) == 3
            assert (await ana.erase("t1")).turns == 1
            assert (await store.check()).ok
            await store.export(tmp_path / "day.jsonl")
            await store.import_(tmp_path / "day.jsonl")
            with pytest.raises(InvalidInput, match="empty"):
                await ana.add("")
        with pytest.raises(ClosedStore):
            await ana.add("too late")

    asyncio.run(day())


def test_scopes_made_for_async_code_can_be_searched_together(store: MemoryStore) -> None:
    """They were handed on wrapped, and their searches never awaited."""
    store.scope(user="ana").add("tea")

    async def ask() -> list[Any]:
        ana = store.aio.scope(user="ana")
        return [hit.id for hit in await store.aio.search("tea", 3, scopes=(ana, ana.aio))]

    assert asyncio.run(ask()) == ["t1"]


def test_fifty_tasks_share_a_store(store: MemoryStore) -> None:
    async def one(scope: Any, number: int) -> None:
        for turn in range(4):
            name = f"n{number}x{turn}"
            await scope.add({"id": name, "content": f"word{name} tea"})
            assert (await scope.search(f"word{name}", k=1))[0].id == name

    async def every() -> None:
        scopes = [store.aio.scope(user=name) for name in ("ana", "bo")]
        await asyncio.gather(*(one(scopes[n % 2], n) for n in range(50)))

    asyncio.run(every())
    assert store.stats()["turns"] == 200
    assert store.check().ok


def test_the_loop_goes_on_while_a_call_waits(make_store: MakeStore) -> None:
    order: list[str] = []

    async def both() -> None:
        gate = asyncio.Event()
        loop = asyncio.get_running_loop()

        def slow(texts: list[str]) -> Any:
            if texts != ["dimension"]:
                loop.call_soon_threadsafe(gate.set)
                asyncio.run_coroutine_threadsafe(answered.wait(), loop).result(10)
            return [[1.0, 2.0]] * len(texts)

        answered = asyncio.Event()
        ana = make_store("slow.mem", embedder=slow).aio.scope(user="ana")
        adding = asyncio.create_task(ana.add("tea"))
        await gate.wait()
        order.append("meanwhile")
        answered.set()
        await adding
        order.append("added")

    asyncio.run(both())
    assert order == ["meanwhile", "added"]


def test_an_iterator_can_be_left_early_and_names_are_not_invented(store: MemoryStore) -> None:
    ana = store.scope(user="ana")
    ana.add([f"line {n}" for n in range(1100)])

    async def first() -> str:
        turns: AsyncIterator[Any] = ana.aio.turns()
        async for turn in turns:
            return str(turn.id)
        return ""

    assert asyncio.run(first()) == "t1"
    reach: Callable[[], Any] = lambda: ana.aio.no_such_call  # noqa: E731
    with pytest.raises(AttributeError):
        reach()
    with pytest.raises(AttributeError):
        _ = ana.aio._parts
