"""memkit for LangChain 1.x agents: a middleware, a retriever, tools, and embeddings both ways."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import numpy as np

from memkit.adapters.chats import sound, words_of
from memkit.adapters.extras import needs
from memkit.adapters.tools import tools
from memkit.contracts import Embedder, Role
from memkit.errors import InvalidInput, MemkitError
from memkit.models import Hit
from memkit.store import MemoryStore, Scope
from memkit.store.recalling import recall
from memkit.types import Filter, Floats

with needs("langchain"):
    from langchain.agents.middleware import AgentMiddleware
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.tools import BaseTool, StructuredTool

__all__ = [
    "LangChainEmbedder",
    "MemkitEmbeddings",
    "MemkitMiddleware",
    "MemkitRetriever",
    "langchain_tools",
]

_LOG: Final = logging.getLogger("memkit.adapters")
_ROLES: Final = {"human": "user", "ai": "assistant"}
_KEPT: Final = 1024
"""So many turns and threads are remembered by a middleware between its calls."""

Choose = Callable[[Any], str | Scope]


class MemkitMiddleware(AgentMiddleware):
    """Recall before the model is called, once per user turn; a write after the agent is done.

    What is known goes in front of the user's last message, for the model's eyes only: nothing of
    it stays in the thread. Stored are the words of the user and of the model, each message once,
    under the thread's id as session. A memory that fails is logged, and the agent goes on.

    `memory` is a scope; or a store, with `user` giving the user's id, or the scope, of a run:
    `MemkitMiddleware(store, user=lambda runtime: runtime.context.user_id)`.
    """

    def __init__(
        self, memory: Scope | MemoryStore, *, user: Choose | None = None, budget: int = 800,
        name: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        if isinstance(memory, Scope) == (user is not None):
            raise InvalidInput(
                "Give MemkitMiddleware a scope; or a store, with user= to say whose it is in a run."
            )
        self.tools: Sequence[BaseTool] = []
        self._memory = memory
        self._user = user
        self._budget = budget
        self._name = name or f"MemkitMiddleware({memory!r})"
        self._lock = threading.Lock()
        self._blocks: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._cursors: OrderedDict[tuple[str, str], str] = OrderedDict()

    @property
    def name(self) -> str:
        """Tells two memories of one agent apart."""
        return self._name

    def wrap_model_call(self, request: Any, handler: Callable[[Any], Any]) -> Any:
        """Call the model with what is known."""
        return handler(self._informed(request))

    async def awrap_model_call(self, request: Any, handler: Callable[[Any], Awaitable[Any]]) -> Any:
        """The same, awaited; recall runs in a thread."""
        return await handler(await asyncio.to_thread(self._informed, request))

    def after_agent(self, state: Any, runtime: Any) -> dict[str, Any] | None:
        """Store what was said since the last time; changes nothing of the state."""
        scope = self._scope(runtime)
        thread = getattr(getattr(runtime, "execution_info", None), "thread_id", None)
        self._store(scope, state["messages"], thread)
        return None

    async def aafter_agent(self, state: Any, runtime: Any) -> dict[str, Any] | None:
        """The same, in a thread."""
        return await asyncio.to_thread(self.after_agent, state, runtime)

    def _scope(self, runtime: Any) -> Scope:
        """Whose memory this run is about; fails closed when nobody is named."""
        if isinstance(self._memory, Scope):
            return self._memory
        assert self._user is not None
        chosen = self._user(runtime)
        return chosen if isinstance(chosen, Scope) else self._memory.scope(user=chosen)

    def _informed(self, request: Any) -> Any:
        scope, messages = self._scope(request.runtime), request.messages
        said = [n for n, message in enumerate(messages) if message.type == "human"]
        if not said or not (words := words_of(messages[said[-1]].content)).strip():
            return request
        message = messages[said[-1]]
        block = self._block(scope, message.id or _digest(words), words, messages)
        if not block:
            return request
        told = {"type": "text", "text": block}
        content = message.content
        content = f"{block}\n\n{content}" if isinstance(content, str) else [told, *content]
        changed = [*messages]
        changed[said[-1]] = message.model_copy(update={"content": content})
        return request.override(messages=changed)

    def _block(self, scope: Scope, turn: str, words: str, messages: Sequence[Any]) -> str:
        key = (repr(scope), turn)
        with self._lock:
            if key in self._blocks:
                return self._blocks[key]
        known = [text for m in messages if (text := words_of(m.content))]
        try:
            block = recall(scope, words, self._budget, without=known)
        except MemkitError:
            _LOG.warning("Nothing was recalled from %r for this turn.", scope, exc_info=True)
            return ""
        found = str(block) if block.hits else ""
        with self._lock:
            _keep(self._blocks, key, found)
        return found

    def _store(self, scope: Scope, messages: Sequence[Any], thread: str | None) -> None:
        key = (repr(scope), thread or "")
        with self._lock:
            cursor = self._cursors.get(key)
        ids = [message.id for message in messages]
        fresh = messages[ids.index(cursor) + 1 :] if cursor in ids else messages
        turns = [turn for message in fresh if (turn := _turn(message, thread)) is not None]
        try:
            scope.add(turns)
        except MemkitError:
            _LOG.warning("This turn was not stored in %r.", scope, exc_info=True)
            return
        if messages and messages[-1].id is not None:
            with self._lock:
                _keep(self._cursors, key, messages[-1].id)


def _turn(message: Any, thread: str | None) -> dict[str, Any] | None:
    """A message as it is stored, under its own id; None for one that says nothing."""
    words = words_of(message.content)
    if message.type not in _ROLES or not words.strip():
        return None
    turn: dict[str, Any] = {"role": _ROLES[message.type], "content": words}
    if message.id:
        turn["id"] = f"{message.id}:{_digest(words)[:8]}"  # an edited message keeps its id
    if isinstance(message.name, str) and message.name.strip():
        turn["name"] = sound(message.name)
    if thread:
        turn["session"] = thread
    return turn


def _digest(words: str) -> str:
    return hashlib.blake2b(words.encode("utf-8"), digest_size=16).hexdigest()


def _keep(known: OrderedDict[Any, str], key: Any, value: str) -> None:
    known[key] = value
    known.move_to_end(key)
    while len(known) > _KEPT:
        known.popitem(last=False)


class MemkitRetriever(BaseRetriever):
    """The hits of a scope as documents, best first. No threshold is applied.

    A document's metadata holds `score`, `when` (ISO 8601), `kind`, `session`, `speaker` and
    `sources`. `k` and `filter` can also be given to `invoke`.
    """

    scope: Any
    k: int = 10
    filter: dict[str, Any] | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: Any, k: int | None = None, filter: Filter | None = None
    ) -> list[Document]:
        wanted = self.k if k is None else k
        hits = self.scope.search(query, wanted, filter=self.filter if filter is None else filter)
        return [_document(hit) for hit in hits]

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: Any, k: int | None = None, filter: Filter | None = None
    ) -> list[Document]:
        return await asyncio.to_thread(
            self._get_relevant_documents, query, run_manager=run_manager, k=k, filter=filter
        )


def _document(hit: Hit) -> Document:
    metadata = {
        "score": float(hit.score), "when": hit.when.isoformat() if hit.when else None,
        "kind": hit.kind, "session": hit.session, "speaker": hit.speaker,
        "sources": list(hit.sources),
    }  # fmt: skip
    return Document(id=hit.id, page_content=hit.text, metadata=metadata)


def langchain_tools(scope: Scope, *, budget: int = 800, session: str | None = None) -> list[Any]:
    """The five functions of `memkit.adapters.tools` as LangChain tools, sync and async."""
    return [
        StructuredTool.from_function(function, coroutine=_awaited(function), parse_docstring=True)
        for function in tools(scope, budget=budget, session=session)
    ]


def _awaited(function: Callable[..., str]) -> Callable[..., Awaitable[str]]:
    @functools.wraps(function)
    async def awaited(*args: Any, **kwargs: Any) -> str:
        return await asyncio.to_thread(function, *args, **kwargs)

    return awaited


class MemkitEmbeddings(Embeddings):
    """A memkit embedder as LangChain's `Embeddings`."""

    def __init__(self, embedder: Embedder | None = None) -> None:
        """Left out, the static embedder that memkit itself uses."""
        if embedder is None:
            from memkit.embed import static

            embedder = static.shared()
        self.embedder: Embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One list of floats for each text."""
        found: list[list[float]] = self.embedder.embed_checked(texts, "document").tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        found: list[float] = self.embedder.embed_one(text, "query").tolist()
        return found


class LangChainEmbedder(Embedder):
    """LangChain's `Embeddings` as an embedder for a memkit store."""

    def __init__(
        self, embeddings: Embeddings, *, identity: str | None = None, dim: int | None = None
    ) -> None:
        """`identity` names the model for good; left out, it is made of the class and its `model`.

        Without `dim`, one text is embedded to find it.
        """
        model = getattr(embeddings, "model", None) or getattr(embeddings, "model_name", None)
        self.embeddings = embeddings
        self.identity = identity or f"langchain/{type(embeddings).__name__}/{model or 'unnamed'}"
        self.dim = dim or len(embeddings.embed_query("dimension"))

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """One row per text, float32 [n, dim]."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        if role == "query":
            return np.asarray([self.embeddings.embed_query(t) for t in texts], dtype=np.float32)
        return np.asarray(self.embeddings.embed_documents(list(texts)), dtype=np.float32)
