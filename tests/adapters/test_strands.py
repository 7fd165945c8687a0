"""Strands: the memory store alone, and under an agent with a scripted model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

pytest.importorskip("strands.memory", reason="Strands is not installed")

from strands import Agent
from strands.memory import MemoryManager
from strands.models.model import Model

from memkit import Scope
from memkit.adapters.strands import MemkitMemoryStore

_CAT = "What is my cat called?"


def _said(role: str, *texts: str) -> dict[str, Any]:
    return {"role": role, "content": [{"text": text} for text in texts]}


async def test_a_search_gives_entries_with_ids_and_scores(ana: Scope) -> None:
    ana.add(["My cat is called Bica.", "I drink tea.", "Tea is green."])
    kept = MemkitMemoryStore(ana, max_search_results=2)
    (first, *_) = found = await kept.search("cat")
    assert first.content == "My cat is called Bica." and first.metadata["id"] == "t1"
    assert len(found) <= 2 and len(await kept.search("tea", {"max_search_results": 1})) == 1
    assert await kept.search("  ") == []


async def test_messages_are_stored_as_they_were_said_and_tools_are_not(ana: Scope) -> None:
    kept = MemkitMemoryStore(ana, session="s1")
    use = {"toolUse": {"toolUseId": "u", "name": "f", "input": {}}}
    result = {"toolResult": {"toolUseId": "u", "content": [{"text": "from a tool"}]}}
    await kept.add_messages(
        [
            _said("user", "one", "two"),
            {"role": "assistant", "content": [use]},
            {"role": "user", "content": [result]},
            _said("assistant", "three"),
        ]
    )
    stored = [(turn.role, turn.text, turn.session) for turn in ana.turns()]
    assert stored == [("user", "one\ntwo", "s1"), ("assistant", "three", "s1")]
    assert await kept.add("a note", {"a": 1}) == "t3"
    assert ana.get("t3").metadata == {"a": 1}


class _Scripted(Model):
    """Says what it is told to, and notes what it was asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[Any] = []

    def update_config(self, **config: Any) -> None:
        """There is nothing to configure."""

    def get_config(self) -> Any:
        return {}

    async def structured_output(self, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        raise NotImplementedError
        yield

    async def stream(self, messages: Any, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        self.asked.append([dict(message) for message in messages])
        yield {"messageStart": {"role": "assistant"}}
        yield {"contentBlockStart": {"start": {}}}
        yield {"contentBlockDelta": {"delta": {"text": self.answers.pop(0)}}}
        yield {"contentBlockStop": {}}
        yield {"messageStop": {"stopReason": "end_turn"}}


async def test_an_agent_is_told_what_is_known(ana: Scope) -> None:
    ana.add("My cat is called Bica.")
    model = _Scripted("She is called Bica.")
    agent = Agent(
        model=model, callback_handler=None,
        memory_manager=MemoryManager(stores=[MemkitMemoryStore(ana)], injection=True),
    )  # fmt: skip
    await agent.invoke_async(_CAT)
    assert "My cat is called Bica." in str(model.asked[0])
    assert "My cat is called Bica." not in str(agent.messages)
