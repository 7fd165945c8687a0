"""memkit for Strands: a memory store for its `MemoryManager`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from memkit.adapters.chats import sound
from memkit.adapters.extras import needs
from memkit.store import Scope

with needs("strands"):
    from strands.memory import MemoryEntry

__all__ = ["MemkitMemoryStore"]


class MemkitMemoryStore:
    """A scope as a `MemoryStore` of Strands: `MemoryManager(stores=[MemkitMemoryStore(scope)])`.

    With `extraction`, the manager hands over what was said, and memkit stores it as it is: no model
    is called. A batch is stored whole or not at all, so one that is tried again is stored once.
    """

    def __init__(
        self, scope: Scope, *, name: str = "memkit", max_search_results: int = 5,
        description: str = "What was said and noted in earlier conversations.",
        writable: bool = True, extraction: Any = True, session: str | None = None,
    ) -> None:  # fmt: skip
        self.name = name
        self.description = description
        self.max_search_results = max_search_results
        self.writable = writable
        self.extraction = extraction if writable else False
        self._scope = scope
        self._session = session

    async def search(self, query: str, options: Mapping[str, Any] | None = None) -> list[Any]:
        """The best hits; their ids, times and scores stand in the metadata."""
        if not query.strip():
            return []
        count = (options or {}).get("max_search_results") or self.max_search_results
        hits = await asyncio.to_thread(self._scope.search, sound(query), count)
        return [
            MemoryEntry(
                content=hit.text,
                metadata={
                    "id": hit.id, "score": float(hit.score),
                    "when": hit.when.isoformat() if hit.when else None, "speaker": hit.speaker,
                },
            )
            for hit in hits
        ]  # fmt: skip

    async def add(self, content: str, metadata: Mapping[str, Any] | None = None) -> Any:
        """Store what the model notes down, as said by the assistant; its id."""
        turn = self._turn("assistant", sound(content))
        if metadata:
            turn["metadata"] = dict(metadata)
        stored = await asyncio.to_thread(self._scope.add, turn)
        return stored[0].id

    async def add_messages(self, messages: Sequence[Any], context: Any = None) -> None:
        """Store what the user and the model said; tools' calls and results are left out."""
        turns = []
        for message in messages:
            parts = [part["text"] for part in message["content"] if "text" in part]
            words = sound("\n".join(parts))
            if message["role"] in ("user", "assistant") and words.strip():
                turns.append(self._turn(message["role"], words))
        await asyncio.to_thread(self._scope.add, turns)

    def _turn(self, role: str, words: str) -> dict[str, Any]:
        turn = {"role": role, "content": words}
        return {**turn, "session": self._session} if self._session else turn
