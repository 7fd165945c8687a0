"""memkit for LlamaIndex: a memory block for `Memory`, and a retriever."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Final

from memkit.adapters.chats import sound
from memkit.adapters.extras import needs
from memkit.errors import MemkitError
from memkit.models import Hit
from memkit.store import Scope
from memkit.store.recalling import recall
from memkit.tokens import default_counter
from memkit.types import Filter

with needs("llama-index"):
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.memory.memory import BaseMemoryBlock
    from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

__all__ = ["MemkitBlock", "MemkitRetriever"]

_LOG: Final = logging.getLogger("memkit.adapters")


class MemkitBlock(BaseMemoryBlock[str]):
    """What is known about the user's last words, as a block of `Memory`.

    `Memory` gives a block only what its short-term queue has let go of, in bursts: to remember all
    that is said, also call `scope.add` where your program receives it.
    """

    name: str = "memkit"
    scope: Any
    budget: int = 600

    async def _aget(self, messages: Sequence[Any] | None = None, **block_kwargs: Any) -> str:
        """The block; empty where nothing is known, so that it is left out."""
        said = [m for m in messages or () if _role(m) == "user" and (m.content or "").strip()]
        if not said:
            return ""
        known = [sound(m.content) for m in messages or () if m.content]
        words = sound(said[-1].content)
        try:
            block = await asyncio.to_thread(recall, self.scope, words, self.budget, without=known)
        except MemkitError:
            _LOG.warning("Nothing was recalled from %r for this turn.", self.scope, exc_info=True)
            return ""
        return _escaped(str(block)) if block.hits else ""

    async def _aput(self, messages: Sequence[Any]) -> None:
        """Store what users and assistants said, under the session that `Memory` names."""
        turns = [turn for message in messages if (turn := _turn(message)) is not None]
        await asyncio.to_thread(self.scope.add, turns)

    async def atruncate(self, content: str, tokens_to_truncate: int) -> str | None:
        """The block without its oldest lines; None when none would be left."""
        counter, lines = default_counter(), content.splitlines()
        head, body, end = lines[:2], lines[2:-1], lines[-1:]
        wanted = counter.count(content) - tokens_to_truncate
        while body:
            body.pop(0)
            while body and body[0].startswith("    "):  # a line that goes on
                body.pop(0)
            shorter = "\n".join([*head, *body, *end])
            if body and counter.count(shorter) <= wanted:
                return shorter
        return None


def _escaped(block: str) -> str:
    """The block as it may stand among the tags of a system message; its own fence stays."""
    first, *body, last = block.splitlines()
    inner = [line.replace("<", "&lt;").replace(">", "&gt;") for line in body]
    return "\n".join([first, *inner, last])


def _role(message: Any) -> str:
    return str(getattr(message.role, "value", message.role))


def _turn(message: Any) -> dict[str, Any] | None:
    role, words = _role(message), sound(message.content or "")
    if role not in ("user", "assistant") or not words.strip():
        return None
    turn = {"role": role, "content": words}
    session = message.additional_kwargs.get("session_id")
    return {**turn, "session": str(session)} if session else turn


class MemkitRetriever(BaseRetriever):
    """The hits of a scope as nodes with scores, best first."""

    def __init__(self, scope: Scope, *, k: int = 10, filter: Filter | None = None) -> None:
        self._scope = scope
        self._k = k
        self._filter = filter
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [
            _node(hit)
            for hit in self._scope.search(query_bundle.query_str, self._k, filter=self._filter)
        ]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def _node(hit: Hit) -> NodeWithScore:
    metadata = {
        "when": hit.when.isoformat() if hit.when else None, "kind": hit.kind,
        "session": hit.session, "speaker": hit.speaker, "sources": list(hit.sources),
    }  # fmt: skip
    node = TextNode(id_=hit.id, text=hit.text, metadata=metadata)
    return NodeWithScore(node=node, score=float(hit.score))
