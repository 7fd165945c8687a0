"""memkit for Pydantic AI 2: a capability that recalls and remembers."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from memkit.adapters.chats import sound
from memkit.adapters.extras import needs
from memkit.errors import MemkitError
from memkit.store import Scope
from memkit.store.recalling import recall

with needs("pydantic-ai"):
    from pydantic_ai.capabilities import AbstractCapability
    from pydantic_ai.messages import ModelRequest, ModelResponse, TextPart, UserPromptPart

__all__ = ["MemkitCapability"]

_LOG: Final = logging.getLogger("memkit.adapters")
_KEPT: Final = 256


@dataclass
class MemkitCapability(AbstractCapability[Any]):
    """What is known goes into a run's instructions; what was said is stored when the run is done.

    Instructions are no part of the message history, so nothing piles up there. `scope` is a scope,
    or a function of the run's context: `lambda ctx: store.scope(user=ctx.deps.user_id)`. Recalled
    is once for each prompt. A memory that fails is logged, and the run goes on.
    """

    scope: Scope | Callable[[Any], Scope]
    budget: int = 800
    _blocks: OrderedDict[tuple[str, str], str] = field(
        default_factory=OrderedDict, init=False, repr=False
    )

    def get_instructions(self) -> Callable[[Any], Awaitable[str]]:
        """A function that the agent asks for every request."""

        async def told(ctx: Any) -> str:
            return await asyncio.to_thread(self._block, ctx)

        return told

    async def after_run(self, ctx: Any, *, result: Any) -> Any:
        """Store the new messages of the run; gives its result on."""
        scope = self._scope(ctx)
        session = getattr(ctx, "conversation_id", None)
        turns = _turns(result.new_messages(), session)
        try:
            await asyncio.to_thread(scope.add, turns)
        except MemkitError:
            _LOG.warning("This run was not stored in %r.", scope, exc_info=True)
        return result

    def _scope(self, ctx: Any) -> Scope:
        return self.scope if isinstance(self.scope, Scope) else self.scope(ctx)

    def _block(self, ctx: Any) -> str:
        scope, words = self._scope(ctx), _words(ctx.prompt)
        if not words.strip():
            return ""
        key = (f"{scope!r} {ctx.run_id}", words)
        if key not in self._blocks:
            known = [turn["content"] for turn in _turns(ctx.messages, None)]
            try:
                block = recall(scope, words, self.budget, without=[*known, words])
            except MemkitError:
                _LOG.warning("Nothing was recalled from %r for this run.", scope, exc_info=True)
                return ""
            self._blocks[key] = str(block) if block.hits else ""
            while len(self._blocks) > _KEPT:
                self._blocks.popitem(last=False)
        return self._blocks.get(key, "")


def _words(content: Any) -> str:
    if isinstance(content, str):
        return sound(content)
    parts = content if isinstance(content, Sequence) else ()
    return sound("\n".join(part for part in parts if isinstance(part, str)))


def _turns(messages: Sequence[Any], session: str | None) -> list[dict[str, Any]]:
    """What the user and the model said in these messages."""
    said: list[tuple[str, str]] = []
    for message in messages:
        if isinstance(message, ModelRequest):
            said += [
                ("user", _words(part.content))
                for part in message.parts
                if isinstance(part, UserPromptPart)
            ]
        elif isinstance(message, ModelResponse):
            texts = [part.content for part in message.parts if isinstance(part, TextPart)]
            said.append(("assistant", sound("\n".join(texts))))
    more = {"session": session} if session else {}
    return [{"role": role, "content": words, **more} for role, words in said if words.strip()]
