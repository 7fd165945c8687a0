"""memkit for Google's Agent Development Kit: a memory service."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from memkit.adapters.chats import sound
from memkit.adapters.extras import needs
from memkit.errors import ConflictingTurn
from memkit.models import Hit
from memkit.store import MemoryStore, Scope

with needs("adk"):
    from google.adk.memory.base_memory_service import BaseMemoryService, SearchMemoryResponse
    from google.adk.memory.memory_entry import MemoryEntry
    from google.genai import types

__all__ = ["MemkitMemoryService"]

_LOG: Final = logging.getLogger("memkit.adapters")


class MemkitMemoryService(BaseMemoryService):
    """The memory of every user of every app in one file: `Runner(memory_service=...)`.

    A session can be handed over as often as it grows: an event is stored once, under its id, and
    one that was deleted stays deleted. Events without text are left out.
    """

    def __init__(self, store: MemoryStore, *, k: int = 10) -> None:
        self._store = store
        self._k = k

    async def add_session_to_memory(self, session: Any) -> None:
        """Store the events of a session that are not stored yet."""
        await self.add_events_to_memory(
            app_name=session.app_name, user_id=session.user_id, events=session.events,
            session_id=session.id,
        )  # fmt: skip

    async def add_events_to_memory(
        self, *, app_name: str, user_id: str, events: Sequence[Any],
        session_id: str | None = None, custom_metadata: Mapping[str, object] | None = None,
    ) -> None:  # fmt: skip
        """Store some events, in one transaction."""
        turns = [turn for e in events if (turn := _turn(e, session_id, custom_metadata))]
        await asyncio.to_thread(_add, self._scope(app_name, user_id), turns)

    async def add_memory(
        self, *, app_name: str, user_id: str, memories: Sequence[Any],
        custom_metadata: Mapping[str, object] | None = None,
    ) -> None:  # fmt: skip
        """Store entries that were put together by hand."""
        turns = []
        for memory in memories:
            turn = _said(memory.content, memory.author)
            if turn is None:
                continue
            named = {"id": memory.id, "timestamp": memory.timestamp}
            metadata = {**memory.custom_metadata, **(custom_metadata or {})}
            turn |= {name: value for name, value in named.items() if value}
            turns.append(turn | ({"metadata": metadata} if metadata else {}))
        await asyncio.to_thread(_add, self._scope(app_name, user_id), turns)

    async def search_memory(
        self, *, app_name: str, user_id: str, query: str
    ) -> SearchMemoryResponse:
        """The best hits, with their ids, authors and moments (ISO 8601)."""
        if not query.strip():
            return SearchMemoryResponse()
        scope = self._scope(app_name, user_id)
        hits = await asyncio.to_thread(scope.search, sound(query), self._k)
        return SearchMemoryResponse(memories=[_entry(hit) for hit in hits])

    async def delete_memory(
        self, *, app_name: str, user_id: str, memory_id: str | None = None
    ) -> None:
        """Forget one entry, or, without an id, all of this user's."""
        scope = self._scope(app_name, user_id)
        reason = "deleted through the memory service"
        if memory_id is not None:
            await asyncio.to_thread(scope.forget, memory_id, reason=reason)
        elif any(True for _ in scope.turns(last=1)):
            await asyncio.to_thread(scope.forget, filter={"kind": {"ne": ""}}, reason=reason)

    def _scope(self, app_name: str, user_id: str) -> Scope:
        return self._store.scope(app=app_name, user=user_id)


def _add(scope: Scope, turns: Sequence[dict[str, Any]]) -> None:
    try:
        scope.add(turns)
    except ConflictingTurn:
        # An event that changed after it was stored: the others are stored all the same.
        for turn in turns:
            try:
                scope.add(turn)
            except ConflictingTurn as error:
                _LOG.warning("%s", error)


def _turn(
    event: Any, session: str | None, metadata: Mapping[str, object] | None
) -> dict[str, Any] | None:
    turn = None if getattr(event, "partial", False) else _said(event.content, event.author)
    if turn is None:
        return None
    turn |= {"id": event.id, "timestamp": event.timestamp}
    if session:
        turn["session"] = session
    if metadata:
        turn["metadata"] = dict(metadata)
    return turn


def _said(content: Any, author: str | None) -> dict[str, Any] | None:
    parts = (content.parts if content is not None else None) or ()
    words = sound("\n".join(part.text for part in parts if part.text and not part.thought))
    if not words.strip():
        return None
    turn = {"role": "user" if author in (None, "user") else "assistant", "content": words}
    return {**turn, "name": author} if author not in (None, "user") else turn


def _entry(hit: Hit) -> MemoryEntry:
    role = "user" if not hit.turns or hit.turns[0].role == "user" else "model"
    return MemoryEntry(
        id=hit.id, author=hit.speaker or role,
        content=types.Content(role=role, parts=[types.Part(text=hit.text)]),
        timestamp=hit.when.isoformat() if hit.when else None,
        custom_metadata={"score": float(hit.score), "session": hit.session, "kind": hit.kind},
    )  # fmt: skip
