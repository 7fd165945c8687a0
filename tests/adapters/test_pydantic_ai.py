"""Pydantic AI: the capability in agents with scripted models, and the plain tools."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from conftest import MakeStore

pytest.importorskip("pydantic_ai.capabilities", reason="Pydantic AI 2 is not installed")

from pydantic_ai import Agent
from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from memkit import MemoryStore, Scope
from memkit.adapters.pydantic_ai import MemkitCapability
from memkit.adapters.tools import tools
from memkit.store.recalling import recall

_CAT = "What is my cat called?"


class _Script:
    """A model that says what it is told to, and notes what it was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.instructions: list[str | None] = []
        self.messages: list[Any] = []
        self.model = FunctionModel(self._answer)

    def _answer(self, messages: list[Any], info: AgentInfo) -> ModelResponse:
        self.messages.append(list(messages))
        self.instructions.append(info.instructions)
        answer = self.answers.pop(0)
        return ModelResponse(parts=[TextPart(answer) if isinstance(answer, str) else answer])


async def test_what_is_known_is_in_the_instructions_and_not_in_the_history(ana: Scope) -> None:
    ana.add("My cat is called Bica.")
    script = _Script("She is called Bica.", "Yes.")
    agent = Agent(script.model, instructions="Be brief.", capabilities=[MemkitCapability(ana)])
    first = await agent.run(_CAT)
    await agent.run("Are you sure about the cat?", message_history=first.all_messages())
    told = script.instructions[0] or ""
    assert told.startswith("Be brief.") and "<memories>" in told and "Bica" in told
    said = [part for message in first.all_messages() for part in message.parts]
    assert not any("<memories>" in str(part.content) for part in said)
    assert [(turn.role, turn.text) for turn in ana.turns()][1:] == [
        ("user", _CAT), ("assistant", "She is called Bica."),
        ("user", "Are you sure about the cat?"), ("assistant", "Yes."),
    ]  # fmt: skip


async def test_recall_happens_once_for_a_prompt(
    ana: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.add("Ana asks for the weather in Porto every day.")
    asked: list[str] = []

    def counted(scope: Scope, query: str, *args: Any, **kwargs: Any) -> Any:
        asked.append(query)
        return recall(scope, query, *args, **kwargs)

    monkeypatch.setattr("memkit.adapters.pydantic_ai.recall", counted)
    script = _Script(ToolCallPart("weather", {"city": "Porto"}), "Sunny.")
    agent = Agent(script.model, capabilities=[MemkitCapability(ana)])

    @agent.tool_plain
    def weather(city: str) -> str:
        """The weather of a city."""
        return f"Sunny in {city}, said a tool."

    await agent.run("How is the weather in Porto?")
    assert asked == ["How is the weather in Porto?"]
    assert script.instructions[0] == script.instructions[1]
    assert not any("said a tool" in turn.text for turn in ana.turns())


async def test_the_user_comes_from_the_dependencies_of_the_run(store: MemoryStore) -> None:
    store.scope(user="bo").add("My cat is called Rex.")
    script = _Script("?", "Rex.")
    agent = Agent(
        script.model, deps_type=str,
        capabilities=[MemkitCapability(lambda ctx: store.scope(user=ctx.deps))],
    )  # fmt: skip
    await agent.run(_CAT, deps="ana")
    await agent.run(_CAT, deps="bo")
    assert "Rex" not in (script.instructions[0] or "") and "Rex" in (script.instructions[1] or "")
    assert len(list(store.scope(user="ana").turns())) == 2


async def test_a_memory_that_fails_does_not_fail_the_run(
    make_store: MakeStore, caplog: pytest.LogCaptureFixture
) -> None:
    store = make_store()
    agent = Agent(_Script("fine").model, capabilities=[MemkitCapability(store.scope(user="a"))])
    store.close()
    with caplog.at_level(logging.WARNING, "memkit.adapters"):
        assert (await agent.run(_CAT)).output == "fine"
    assert len(caplog.records) == 2


async def test_the_plain_tools_are_taken_as_they_are(ana: Scope) -> None:
    ana.add("My cat is called Bica.")
    script = _Script(ToolCallPart("recall", {"query": "cat"}), "Bica.")
    await Agent(script.model, tools=list(tools(ana))).run(_CAT)
    assert "called Bica" in str(script.messages[1])
