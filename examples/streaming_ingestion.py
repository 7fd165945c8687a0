"""A stream of messages goes in while questions are asked; a restart in between costs nothing.

Messages carry ids, so what is delivered twice is stored once. Batches are transactions: what was
acknowledged is on the disk. Run it: python examples/streaming_ingestion.py
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from memkit import MemoryStore

_START = datetime(2024, 5, 1, 8, tzinfo=UTC)
_BATCH = 50


async def feed(first: int, last: int) -> AsyncIterator[dict[str, Any]]:
    """What a queue delivers: sensor reports, and now and then something of interest."""
    for number in range(first, last):
        text = f"Sensor {number % 7} reports {18 + number % 5} degrees."
        if number == 120:
            text = "Sensor 3 was replaced by a technician called Rui."
        yield {
            "id": f"m{number}-feed", "role": "tool", "content": text, "session": "plant",
            "timestamp": _START + timedelta(seconds=number),
        }  # fmt: skip
        if number % 20 == 0:
            await asyncio.sleep(0)


async def ingest(scope: Any, messages: AsyncIterator[dict[str, Any]]) -> int:
    """Store messages as they come, a batch at a time; the last one acknowledged."""
    batch: list[dict[str, Any]] = []
    acknowledged = 0
    async for message in messages:
        batch.append(message)
        if len(batch) == _BATCH:
            acknowledged += len(await scope.add(batch))
            batch = []
    return acknowledged + len(await scope.add(batch))


async def ask_meanwhile(scope: Any, done: asyncio.Event) -> int:
    asked = 0
    while not done.is_set():
        await scope.search("Who replaced the sensor?", k=1)
        asked += 1
        await asyncio.sleep(0)
    return asked


async def run(path: Path) -> None:
    async with MemoryStore(path).aio as store:
        plant, done = store.scope(site="plant"), asyncio.Event()
        asking = asyncio.create_task(ask_meanwhile(plant, done))
        stored = await ingest(plant, feed(0, 200))
        done.set()
        print(f"acknowledged {stored} messages, answering questions all the while:",
              "yes" if await asking else "no")  # fmt: skip

    async with MemoryStore(path).aio as store:
        plant = store.scope(site="plant")
        await ingest(plant, feed(150, 300))  # the queue delivers fifty of them once more
        print(f"stored after a restart: {(await store.stats())['turns']}")
        hit = (await plant.search("Who replaced the sensor?", k=1))[0]
        print(f"{hit.when:%H:%M:%S} {hit.text}")
        since = _START + timedelta(seconds=295)
        print("the latest:", [turn.text async for turn in plant.turns(since=since)][-1])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder) / "plant.mem"))


if __name__ == "__main__":
    main()
