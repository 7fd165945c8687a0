"""memkit for CrewAI: the memory of a crew, a backend for CrewAI's own memory, and tools."""

from __future__ import annotations

import asyncio
import inspect
import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_type_hints

from pydantic import Field, create_model

from memkit.adapters.chats import sound
from memkit.adapters.crewai_records import MemkitStorage, Shelf, naive, path_of
from memkit.adapters.extras import needs
from memkit.adapters.tools import tools
from memkit.errors import InvalidInput
from memkit.models import Hit, Turn
from memkit.store import Scope
from memkit.store.packing import pack, single
from memkit.store.recalling import LONGEST_QUERY
from memkit.types import Filter

with needs("crewai"):
    from crewai.memory.types import MemoryMatch, MemoryRecord
    from crewai.memory.unified_memory import Memory
    from crewai.tools import BaseTool

__all__ = ["MemkitMemory", "MemkitStorage", "crewai_tools"]

_OWN: Final = "crewai"
"""The key of a turn's metadata that holds what CrewAI has to say of it."""
_REASON: Final = "forgotten through CrewAI"


@dataclass(frozen=True)
class _Asked:
    """What `remember` takes besides the words and where they belong."""

    categories: Sequence[str] | None = None
    metadata: Mapping[str, Any] | None = None
    importance: float | None = None
    source: str | None = None
    private: bool = False
    agent_role: str | None = None
    root_scope: str | None = None

    def own(self, path: str, usual: float) -> dict[str, Any]:
        """What is kept of it under a turn's own key."""
        importance = usual if self.importance is None else self.importance
        # Checked as CrewAI checks it: what it cannot read back must not be stored.
        made = MemoryRecord(
            content="", scope=path_of(path), categories=list(self.categories or ()),
            importance=importance, source=self.source, private=self.private,
        )  # fmt: skip
        return _own(made)


def _own(record: Any) -> dict[str, Any]:
    more = {"categories": record.categories, "source": record.source, "private": record.private}
    own = {"path": path_of(record.scope), "importance": record.importance}
    return own | {name: value for name, value in more.items() if value}


class _Turns(Shelf):
    """Records that are turns of a scope: what CrewAI wrote there, and by its id whatever it holds.

    A record keeps its id when it is updated, though the new words are a turn of their own.
    """

    def __init__(self, scope: Scope, session: str | None) -> None:
        self.scope = scope
        self._session = session
        self._lock = threading.Lock()

    def add(self, contents: Sequence[str], own: Mapping[str, Any], asked: _Asked) -> list[Any]:
        """Store words as said by the assistant, or by the agent in that role; one transaction."""
        told = [words for content in contents if (words := sound(content)).strip()]
        name = single(sound(asked.agent_role or "")) or None
        turns = [self._turn(words, asked.metadata or {}, own, name) for words in told]
        return [_record(turn) for turn in self.scope.add(turns)]

    def update(self, record: Any) -> None:
        """Archive the words of a record, and let new ones stand for it."""
        with self._lock:
            old = list(self._live([record.id]))
            own = _own(record) | {"id": record.id, "created": record.created_at.isoformat()}
            name = next((one.speaker for one in reversed(old) if one.role == "assistant"), None)
            turn = self._turn(sound(record.content), record.metadata, own, name)
            stored = self.scope.add(turn)[0]
            if old:
                self.scope.forget([one.id for one in old], reason=f"updated by {stored.id}")

    def search(
        self, words: str, limit: int, path: str, sources: Sequence[str] | None,
        categories: Sequence[str] | None,
    ) -> list[Hit]:  # fmt: skip
        """The best hits under a path; private ones only of `sources`, which None makes everyone."""
        wanted: list[Filter] = []
        if path != "/":
            below = {"gte": f"{path}/", "lt": f"{path}0"}  # 0 follows the slash
            wanted.append({"or": [{f"meta.{_OWN}.path": path}, {f"meta.{_OWN}.path": below}]})
        if sources is not None:
            own = {f"meta.{_OWN}.source": {"in": list(sources)}}
            wanted.append({"or": [{f"meta.{_OWN}.private": None}, own]})
        if categories:
            of = [turn.id for turn in self._written() if _is_of(turn, categories)]
            wanted.append({"id": {"in": of}})
        hits = self.scope.search(words, limit, filter={"and": wanted} if wanted else None)
        return [hit for hit in hits if all(_is_shown(turn, sources) for turn in hit.turns)]

    def get_record(self, record_id: str) -> Any:
        """The record of this id, or None; the id of any turn that is not forgotten is one."""
        found = list(self._live([record_id]))
        return _record(found[-1]) if found else None

    def _records(self) -> list[Any]:
        return list({one.id: one for one in map(_record, self._written())}.values())

    def _remove(self, ids: Sequence[str]) -> None:
        with self._lock:
            turns = [turn.id for turn in self._live(ids)]
            if turns:
                self.scope.forget(turns, reason=_REASON)

    def _written(self) -> Iterable[Turn]:
        return self.scope.turns(filter={"not": {f"meta.{_OWN}.path": None}}, archived=False)

    def _live(self, ids: Sequence[str]) -> Iterable[Turn]:
        of = [{"id": {"in": list(ids)}}, {f"meta.{_OWN}.id": {"in": list(ids)}}]
        return self.scope.turns(filter={"or": of}, archived=False)

    def _turn(
        self, words: str, metadata: Mapping[str, Any], own: Mapping[str, Any], name: str | None
    ) -> dict[str, Any]:
        if _OWN in metadata:
            raise InvalidInput(
                f"The key {_OWN!r} of the metadata is memkit's own; name yours otherwise. "
                "Nothing was stored."
            )
        turn = {"role": "assistant", "content": words, "metadata": {**metadata, _OWN: dict(own)}}
        more = {"name": name, "session": self._session}
        return turn | {key: value for key, value in more.items() if value}


def _own_of(turn: Turn) -> Mapping[str, Any]:
    own = turn.metadata.get(_OWN)
    return own if isinstance(own, Mapping) and isinstance(own.get("path"), str) else {}


def _is_of(turn: Turn, categories: Sequence[str]) -> bool:
    return not set(categories).isdisjoint(_own_of(turn).get("categories") or ())


def _is_shown(turn: Turn, sources: Sequence[str] | None) -> bool:
    """What was derived from a private turn is as private."""
    own = _own_of(turn)
    return sources is None or not own.get("private") or own.get("source") in sources


def _record(turn: Turn) -> Any:
    """A turn as CrewAI's record: its own, or what anyone said."""
    own = _own_of(turn)
    when = naive(turn.when) if turn.when is not None else None
    times = {"created_at": own.get("created") or when, "last_accessed": when}
    return MemoryRecord(
        id=own.get("id") or turn.id, content=turn.text, scope=own.get("path") or "/",
        categories=list(own.get("categories") or ()), importance=own.get("importance", 0.5),
        metadata={name: value for name, value in turn.metadata.items() if name != _OWN},
        source=own.get("source") if own else turn.speaker or turn.role,
        private=bool(own.get("private")),
        **{name: value for name, value in times.items() if value is not None},
    )  # fmt: skip


def _record_of(hit: Hit) -> Any:
    """A hit as CrewAI's record; of what was derived from turns, with their ids."""
    if hit.kind == "turn" and hit.turns:
        return _record(hit.turns[0])
    when = {"created_at": naive(hit.when)} if hit.when is not None else {}
    metadata = {"kind": hit.kind, "sources": list(hit.sources)}
    return MemoryRecord(id=hit.id, content=hit.text, metadata=metadata, source=hit.speaker, **when)


_EXPECTED: Final = re.compile(r"\nExpected result: .*?\nResult: ", re.DOTALL)
_THOUGHTS: Final = re.compile(r"(?<=\n)Result: (?=Thought:).*\nFinal Answer:\s*", re.DOTALL)
"""As CrewAI puts a task together for its own extraction, and agents without native tools reply."""


class _Match(MemoryMatch):
    """A match that a prompt shows as `context` would: one cited line, long words cut."""

    line: str = Field(default="", exclude=True)

    def format(self) -> str:
        """The line; nothing in it can pass for another one's citation."""
        return f"- {self.line}"


def _no_vectors(_texts: Sequence[str]) -> list[Any]:
    """The embedder of a memory that needs none."""
    return []


class MemkitMemory(Memory):
    """A scope as the memory of a crew or an agent: `Crew(..., memory=MemkitMemory(scope))`.

    It recalls what anyone said in the scope, by memkit's search, and stores what agents did there,
    as said by the assistant in the agent's role. No model is called and no embedder is needed:
    `depth` and importance make no difference, and a task is remembered with its whole result.
    Matches hold at most `budget` tokens as prompts show them. Keywords of CrewAI's `Memory`, such
    as `root_scope` and `read_only`, keep their meaning.
    """

    _budget: int = 0

    def __init__(
        self, scope: Scope, *, budget: int = 2000, session: str | None = None, **more: Any
    ) -> None:
        super().__init__(storage=_Turns(scope, session), embedder=_no_vectors, **more)
        self._budget = budget

    def __deepcopy__(self, memo: Any = None) -> MemkitMemory:
        return self  # the copy of a crew remembers in the same file

    def recall(
        self, query: str, scope: str | None = None, categories: Sequence[str] | None = None,
        limit: int = 10, depth: str = "deep", source: str | None = None,
        include_private: bool = False,
    ) -> list[Any]:  # fmt: skip
        """The best matches under a path, best first; private ones only for their source."""
        words = sound(query).strip()[-LONGEST_QUERY:].strip()
        if not words or limit < 1:
            return []
        sources = None if include_private else [source] if source else []
        path = path_of(f"{self.root_scope or ''}/{scope or ''}")
        hits = self._storage.search(words, limit, path, sources, categories)
        return self._matches(words, hits)

    def remember(self, content: str, scope: str | None = None, **given: Any) -> Any:
        """Store one thing; its record, or None where the memory is read only."""
        if not content.strip():
            raise InvalidInput("There is nothing to remember: the content is empty.")
        records = self.remember_many([content], scope, **given)
        return records[0] if records else None

    def remember_many(
        self, contents: Sequence[str], scope: str | None = None, **given: Any
    ) -> list[Any]:
        """Store some things at once, in one transaction; their records. Empty ones are left out."""
        asked = _Asked(**given)
        if self.read_only:
            return []
        root = self.root_scope if asked.root_scope is None else asked.root_scope
        own = asked.own(f"{root or ''}/{scope or ''}", self.default_importance)
        stored: list[Any] = self._storage.add(contents, own, asked)
        return stored

    def extract_memories(self, content: str) -> list[str]:
        """What is worth remembering of a task and its result: all that was said, in one piece.

        No model is asked. What a task expects and what an agent thinks aloud are left out.
        """
        said = _THOUGHTS.sub("Result: ", _EXPECTED.sub("\nResult: ", content, count=1), count=1)
        return [said] if said.strip() else []

    async def arecall(self, query: str, scope: str | None = None, **given: Any) -> list[Any]:
        """`recall` in a thread."""
        return await asyncio.to_thread(self.recall, query, scope, **given)

    async def aremember(self, content: str, scope: str | None = None, **given: Any) -> Any:
        """`remember` in a thread."""
        return await asyncio.to_thread(self.remember, content, scope, **given)

    async def aremember_many(
        self, contents: Sequence[str], scope: str | None = None, **given: Any
    ) -> list[Any]:
        """`remember_many` in a thread."""
        return await asyncio.to_thread(self.remember_many, contents, scope, **given)

    def _matches(self, words: str, hits: Sequence[Hit]) -> list[Any]:
        """The hits that fit the budget together, each with its line."""
        counter = self._storage.scope._parts.counter
        found = []
        for hit in pack(words, hits, self._budget, counter).hits:
            # Alone in a block, a hit is what stands between its opening and its end.
            lines = str(pack(words, [hit], self._budget, counter)).splitlines()[2:-1]
            found.append(
                _Match(
                    record=_record_of(hit), score=float(hit.score), match_reasons=list(hit.why),
                    line="\n".join(lines),
                )
            )  # fmt: skip
        return found


class _Tool(BaseTool):
    """One of the plain functions."""

    function: Callable[..., str] = Field(exclude=True)

    def _run(self, **given: Any) -> str:
        return self.function(**given)

    async def _arun(self, **given: Any) -> str:
        return await asyncio.to_thread(self.function, **given)


def crewai_tools(scope: Scope, *, budget: int = 800, session: str | None = None) -> list[Any]:
    """The five functions of `memkit.adapters.tools` as CrewAI's tools, sync and async."""
    return [
        _Tool(
            name=function.__name__, args_schema=_arguments(function), function=function,
            description=(inspect.getdoc(function) or "").partition("\n\n")[0],
            cache_function=_never,
        )
        for function in tools(scope, budget=budget, session=session)
    ]  # fmt: skip


def _never(_arguments: Any = None, _result: Any = None) -> bool:
    """Whether an answer may be given again without asking: memory changes between two calls."""
    return False


def _arguments(function: Callable[..., str]) -> type[Any]:
    hints = get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        kind, (text,) = hints[name].__origin__, hints[name].__metadata__
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        fields[name] = (kind, Field(default, description=text))
    made: type[Any] = create_model(function.__name__, **fields)
    return made
