"""memkit for the Microsoft Agent Framework: a context provider."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any, Final

from memkit.adapters.chats import sound
from memkit.adapters.extras import needs
from memkit.errors import MemkitError
from memkit.store import Scope
from memkit.store.recalling import recall

with needs("agent-framework"):
    from agent_framework import ContextProvider

__all__ = ["MemkitContextProvider"]

_LOG: Final = logging.getLogger("memkit.adapters")


class MemkitContextProvider(ContextProvider):
    """What is known goes into a run's instructions; both sides are stored after it.

    `scope` is a scope, or a function of the session. A memory that fails is logged, and the run
    goes on.
    """

    def __init__(
        self, scope: Scope | Callable[[Any], Scope], *, budget: int = 800,
        source_id: str = "memkit",
    ) -> None:  # fmt: skip
        super().__init__(source_id)
        self._chosen = scope
        self._budget = budget

    async def before_run(self, *, agent: Any, session: Any, context: Any, state: Any) -> None:
        """Add what is known about the user's words to the instructions."""
        turns = _turns(context.input_messages, None)
        said = [turn["content"] for turn in turns if turn["role"] == "user"]
        if not said:
            return
        scope, known = self._scope(session), [turn["content"] for turn in turns]
        try:
            block = await asyncio.to_thread(recall, scope, said[-1], self._budget, without=known)
        except MemkitError:
            _LOG.warning("Nothing was recalled from %r for this run.", scope, exc_info=True)
            return
        if block.hits:
            context.extend_instructions(self.source_id, str(block))

    async def after_run(self, *, agent: Any, session: Any, context: Any, state: Any) -> None:
        """Store what the user and the agent said, under the session's id."""
        answered = context.response.messages if context.response is not None else ()
        messages = [*context.input_messages, *answered]
        turns = _turns(messages, getattr(session, "session_id", None))
        scope = self._scope(session)
        try:
            await asyncio.to_thread(scope.add, turns)
        except MemkitError:
            _LOG.warning("This run was not stored in %r.", scope, exc_info=True)

    def _scope(self, session: Any) -> Scope:
        return self._chosen if isinstance(self._chosen, Scope) else self._chosen(session)


def _turns(messages: Sequence[Any], session: str | None) -> list[dict[str, Any]]:
    more = {"session": session} if session else {}
    found = [(str(getattr(m.role, "value", m.role)), sound(m.text or "")) for m in messages]
    return [
        {"role": role, "content": words, **more}
        for role, words in found
        if role in ("user", "assistant") and words.strip()
    ]
