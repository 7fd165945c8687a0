"""memkit for the OpenAI Agents SDK: a session, and ways to let an agent know what is remembered.

A session is history: items in order, unchanged. It lives in a drawer (see
`memkit.store.documents`). What was said in it is also stored in the scope, where later
conversations find it.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from memkit.adapters.chats import field, last_user, words_of
from memkit.adapters.extras import needs
from memkit.adapters.wrapping import ChatMemory
from memkit.errors import MemkitError
from memkit.store import Scope
from memkit.store.documents import Content, Drawer
from memkit.store.parts import VERBATIM
from memkit.store.recalling import recall

with needs("openai-agents"):
    from agents.memory import SessionSettings

__all__ = ["MemkitSession", "input_filter", "instructions"]

_LOG: Final = logging.getLogger("memkit.adapters")
T = TypeVar("T")

ScopeOf = Scope | Callable[[Any], Scope]
"""A scope, or what gives it for the run's context (the object given to `Runner.run`)."""


class MemkitSession:
    """The `Session` of one conversation. Safe for threads, loops and processes.

    Items are given back unchanged and in order, as copies. With `learn`, what users and agents say
    is also stored in the scope, under the session's id.
    """

    def __init__(
        self, session_id: str, scope: Scope, *, learn: bool = True,
        session_settings: SessionSettings | Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.session_id = session_id
        settings: Any = session_settings
        if not isinstance(settings, SessionSettings):
            settings = SessionSettings(**(settings or {}))
        self.session_settings: Any = settings
        self._scope = scope
        self._learn = learn
        self._log = Drawer(scope, {VERBATIM: "openai-agents", "session": session_id})

    async def get_items(self, limit: int | None = None) -> list[Any]:
        """The latest `limit` items in the order they came; all, for none or a negative limit.

        Left out, the limit is that of `session_settings`.
        """
        if limit is None and self.session_settings is not None:
            limit = self.session_settings.limit
        if limit == 0:
            return []
        most = limit if limit is not None and limit > 0 else None
        return await asyncio.to_thread(self._log.newest, most)

    async def add_items(self, items: list[Any]) -> None:
        """Add items, all or none. A caller who is cancelled waits for the outcome."""
        if items:
            await _settled(self._add, [_plain(item) for item in items])

    async def pop_item(self) -> Any | None:
        """Remove the latest item; None for an empty session."""
        return await _settled(self._pop)

    async def clear_session(self) -> None:
        """Remove every item. What was learnt of the conversation stays in the scope."""
        await _settled(self._log.clear)

    def _add(self, items: list[Any]) -> None:
        self._log.append([Content(item, words_of(field(item, "content"))) for item in items])
        said = [turn for item in items if (turn := self._turn(item)) is not None]
        if self._learn and said:
            try:
                self._scope.add(said)
            except MemkitError:  # the history is whole, and that is what the agent needs
                _LOG.warning("What was said was not learnt by %r.", self._scope, exc_info=True)

    def _pop(self) -> Any | None:
        found = self._log.pop()
        item = found[0] if found else None
        turn = self._turn(item) if self._learn and found else None
        if turn is not None:
            newest = list(self._scope.turns(session=self.session_id, archived=False, last=1))
            if [(last.role, last.text) for last in newest] == [(turn["role"], turn["content"])]:
                self._scope.forget(newest, reason="taken back from the session")
        return item

    def _turn(self, item: Any) -> dict[str, Any] | None:
        """What a user or an agent says in an item; None for all other items."""
        role, words = field(item, "role"), words_of(field(item, "content"))
        if role not in ("user", "assistant") or not words.strip():
            return None
        return {"role": role, "content": words, "session": self.session_id}


def instructions(
    scope: ScopeOf, text: str = "", *, budget: int = 800
) -> Callable[[Any, Any], Awaitable[str]]:
    """A function for `Agent(instructions=...)`: `text`, and what is known about the user's words.

    It changes the system prompt with every turn. `input_filter` leaves it, and the provider's cache
    of it, as it is.
    """

    async def told(context: Any, _agent: Any) -> str:
        items = list(context.turn_input or ())
        place = last_user(items)
        if place is None:
            return text
        owner, words = _scope(scope, context.context), words_of(field(items[place], "content"))
        known = [said for item in items if (said := words_of(field(item, "content")))]
        try:
            block = await asyncio.to_thread(recall, owner, words, budget, without=known)
        except MemkitError:
            _LOG.warning("Nothing was recalled from %r for this turn.", owner, exc_info=True)
            return text
        return "\n\n".join(filter(None, [text, str(block) if block.hits else ""]))

    return told


def input_filter(scope: ScopeOf, *, budget: int = 800) -> Callable[[Any], Awaitable[Any]]:
    """A function for `RunConfig(call_model_input_filter=...)`.

    What is known goes in front of the user's last message, once for each, for the model's eyes
    only: no session keeps it.
    """
    memories: dict[str, ChatMemory] = {}

    async def informed(data: Any) -> Any:
        owner = _scope(scope, data.context)
        memory = memories.setdefault(repr(owner), ChatMemory(owner, budget, None))
        items, _ = await asyncio.to_thread(memory.prepare, data.model_data.input, "input_text")
        return replace(data.model_data, input=list(items))

    return informed


def _scope(scope: ScopeOf, context: Any) -> Scope:
    return scope if isinstance(scope, Scope) else scope(context)


def _plain(item: Any) -> Any:
    """Items are dicts; those that are models of the client's library become dicts."""
    dump = getattr(item, "model_dump", None)
    if isinstance(item, Mapping) or dump is None or not inspect.ismethod(dump):
        return item
    return dump(exclude_unset=True)


async def _settled(call: Callable[..., T], *args: Any) -> T:
    """Run a call in a thread, and wait for its end even if the waiting is cancelled."""
    task = asyncio.ensure_future(asyncio.to_thread(call, *args))
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = cancelled or error
    if cancelled is not None:
        if not task.cancelled() and task.exception() is not None:
            _LOG.warning("A cancelled change of a session failed.", exc_info=task.exception())
        raise cancelled
    return task.result()
