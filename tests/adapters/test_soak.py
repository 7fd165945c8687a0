"""Two hundred threads and fifty tasks of an event loop share one adapter.

No call fails, nothing that was acknowledged is lost, and no scope sees another. A second each;
`make test-adapters` has them at it for MEMKIT_SOAK_SECONDS=30.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from memkit import MemoryStore
from memkit.adapters.tools import tools

_SECONDS = float(os.environ.get("MEMKIT_SOAK_SECONDS", "1"))
_THREADS, _TASKS, _USERS = 200, 50, 10

pytestmark = [pytest.mark.slow, pytest.mark.timeout(_SECONDS * 4 + 300)]


class _Soak:
    """Workers that write and read until the time is up; what each was told to be stored."""

    def __init__(
        self, write: Callable[[str, str], Any], awrite: Callable[[str, str], Awaitable[Any]],
        read: Callable[[str], str],
    ) -> None:  # fmt: skip
        self.write = write
        self.awrite = awrite
        self.read = read
        self.stored: dict[str, set[str]] = defaultdict(set)
        self.faults: list[str] = []
        self.end = time.monotonic() + _SECONDS

    def run(self) -> None:
        threads = [threading.Thread(target=self._work, args=(n,)) for n in range(_THREADS)]
        for thread in threads:
            thread.start()
        asyncio.run(self._tasks())
        for thread in threads:
            thread.join()
        assert not self.faults, self.faults[:3]
        assert sum(map(len, self.stored.values())) >= _THREADS + _TASKS

    async def _tasks(self) -> None:
        await asyncio.gather(*(self._awork(n) for n in range(_TASKS)))

    def _work(self, worker: int) -> None:
        turn = 0
        while not turn or time.monotonic() < self.end:
            user, said = self._next(f"thread {worker}", worker, turn)
            try:
                self.write(user, said)
                self.stored[user].add(said)
                if turn % 5 == 0:
                    self._look(user, self.read(user))
            except Exception as error:  # noqa: BLE001
                self.faults.append(f"{type(error).__name__}: {error}")
                return
            turn += 1

    async def _awork(self, worker: int) -> None:
        turn = 0
        while not turn or time.monotonic() < self.end:
            user, said = self._next(f"task {worker}", worker, turn)
            await self.awrite(user, said)
            self.stored[user].add(said)
            if turn % 5 == 0:
                self._look(user, await asyncio.to_thread(self.read, user))
            turn += 1

    def _next(self, name: str, worker: int, turn: int) -> tuple[str, str]:
        user = f"u{worker % _USERS}"
        return user, f"Note of owner {user}: {name} in turn {turn}."

    def _look(self, user: str, seen: str) -> None:
        others = {f"u{n}" for n in range(_USERS)} - {user}
        if crossed := [other for other in others if f"owner {other}:" in seen]:
            self.faults.append(f"{user} saw {crossed}")


def test_tools_shared_by_threads_and_tasks_lose_nothing(store: MemoryStore) -> None:
    own = {f"u{n}": tools(store.scope(user=f"u{n}"), budget=300) for n in range(_USERS)}

    def write(user: str, said: str) -> None:
        answer = own[user].remember(said)
        assert answer.startswith("Remembered"), answer

    async def awrite(user: str, said: str) -> None:
        await asyncio.to_thread(write, user, said)

    soak = _Soak(write, awrite, lambda user: own[user].recall("owner note") + own[user].list(5))
    soak.run()
    for user, said in soak.stored.items():
        assert sorted(turn.text for turn in store.scope(user=user).turns()) == sorted(said)


def test_a_langgraph_store_shared_by_threads_and_tasks_loses_nothing(store: MemoryStore) -> None:
    pytest.importorskip("langgraph.store.base", reason="LangGraph is not installed")
    from memkit.adapters.langgraph import MemkitStore

    kv = MemkitStore(store)

    def read(user: str) -> str:
        return str([item.value for item in kv.search(("notes", user), query="owner note")])

    async def awrite(user: str, said: str) -> None:
        await kv.aput(("notes", user), said, {"text": said})

    soak = _Soak(lambda user, said: kv.put(("notes", user), said, {"text": said}), awrite, read)
    soak.run()
    for user, said in soak.stored.items():
        items = kv.search(("notes", user), limit=10**6)
        assert sorted(item.value["text"] for item in items) == sorted(said)


def test_a_session_shared_by_threads_and_tasks_loses_nothing(store: MemoryStore) -> None:
    pytest.importorskip("agents", reason="the OpenAI Agents SDK is not installed")
    from memkit.adapters.openai_agents import MemkitSession

    own = {f"u{n}": MemkitSession("s", store.scope(user=f"u{n}")) for n in range(_USERS)}

    async def awrite(user: str, said: str) -> None:
        await own[user].add_items([{"role": "user", "content": said}])

    soak = _Soak(
        lambda user, said: asyncio.run(awrite(user, said)), awrite,
        lambda user: str(asyncio.run(own[user].get_items(20))),
    )  # fmt: skip
    soak.run()
    for user, said in soak.stored.items():
        items = asyncio.run(own[user].get_items())
        assert sorted(item["content"] for item in items) == sorted(said)
        assert sorted(turn.text for turn in store.scope(user=user).turns()) == sorted(said)


def test_a_crews_memory_shared_by_threads_and_tasks_loses_nothing(store: MemoryStore) -> None:
    pytest.importorskip("crewai.memory.unified_memory", reason="CrewAI is not installed")
    from memkit.adapters.crewai import MemkitMemory

    own = {f"u{n}": MemkitMemory(store.scope(user=f"u{n}")) for n in range(_USERS)}

    def read(user: str) -> str:
        return str([match.format() for match in own[user].recall("owner note", limit=5)])

    soak = _Soak(
        lambda user, said: own[user].remember(said), lambda user, said: own[user].aremember(said),
        read,
    )  # fmt: skip
    soak.run()
    for user, said in soak.stored.items():
        assert {record.content for record in own[user].list_records(limit=10**6)} == said
