"""Google ADK: the memory service alone, and under a runner with a scripted model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

pytest.importorskip("google.adk.memory.base_memory_service", reason="Google ADK is not installed")

from google.adk.agents import LlmAgent
from google.adk.events.event import Event
from google.adk.memory.base_memory_service import BaseMemoryService
from google.adk.models.base_llm import BaseLlm
from google.adk.models.llm_response import LlmResponse
from google.adk.runners import Runner
from google.adk.sessions import InMemorySessionService, Session
from google.adk.tools.preload_memory_tool import PreloadMemoryTool
from google.genai import types

from memkit import MemoryStore
from memkit.adapters.adk import MemkitMemoryService

_CAT = "What is my cat called?"
_WHO: dict[str, Any] = {"app_name": "app", "user_id": "ana"}


def _event(id: str, text: str | None, author: str = "user", **more: Any) -> Event:
    parts = [types.Part(text=text)] if text is not None else []
    content = types.Content(role="user" if author == "user" else "model", parts=parts)
    return Event(id=id, author=author, content=content, timestamp=1_700_000_000.5, **more)


def _session(*events: Event) -> Session:
    return Session(id="s1", app_name="app", user_id="ana", events=list(events))


@pytest.fixture
def service(store: MemoryStore) -> MemkitMemoryService:
    return MemkitMemoryService(store)


async def test_a_growing_session_is_stored_once(
    service: MemkitMemoryService, store: MemoryStore
) -> None:
    assert isinstance(service, BaseMemoryService)
    first, second = _event("e1", "My cat is called Bica."), _event("e2", "Noted.", "helper")
    await service.add_session_to_memory(_session(first))
    await service.add_session_to_memory(_session(first, second, _event("e3", None)))
    turns = list(store.scope(app="app", user="ana").turns())
    assert [(turn.id, turn.role, turn.speaker, turn.session) for turn in turns] == [
        ("e1", "user", None, "s1"), ("e2", "assistant", "helper", "s1"),
    ]  # fmt: skip
    assert turns[0].when is not None and turns[0].when.timestamp() == 1_700_000_000.5


async def test_what_was_deleted_stays_deleted(service: MemkitMemoryService) -> None:
    session = _session(_event("e1", "My cat is called Bica."), _event("e2", "I drink tea."))
    await service.add_session_to_memory(session)
    await service.delete_memory(**_WHO, memory_id="e1")
    await service.add_session_to_memory(session)
    found = (await service.search_memory(**_WHO, query="cat tea")).memories
    assert [memory.id for memory in found] == ["e2"]
    await service.delete_memory(**_WHO)
    assert (await service.search_memory(**_WHO, query="cat tea")).memories == []
    await service.delete_memory(app_name="app", user_id="nobody")


async def test_entries_carry_what_the_model_is_shown(service: MemkitMemoryService) -> None:
    await service.add_session_to_memory(_session(_event("e1", "My cat is called Bica.")))
    (found,) = (await service.search_memory(**_WHO, query="cat")).memories
    assert found.content.parts[0].text == "My cat is called Bica."
    assert (found.id, found.author, found.timestamp[:10]) == ("e1", "user", "2023-11-14")
    assert found.custom_metadata["session"] == "s1"
    for other in ({"app_name": "other", "user_id": "ana"}, {"app_name": "app", "user_id": "bo"}):
        assert (await service.search_memory(**other, query="cat")).memories == []
    assert (await service.search_memory(**_WHO, query=" ")).memories == []


async def test_results_are_capped_and_an_event_that_changed_keeps_its_first_words(
    service: MemkitMemoryService,
) -> None:
    events = [_event(f"e{n}", f"Tea number {n}.") for n in range(30)]
    await service.add_events_to_memory(**_WHO, events=events, session_id="s1")
    assert len((await service.search_memory(**_WHO, query="tea")).memories) == 10
    changed = [_event("e1", "Coffee."), _event("new", "Cocoa is brown.")]
    await service.add_events_to_memory(**_WHO, events=changed, session_id="s1")
    found = (await service.search_memory(**_WHO, query="cocoa coffee")).memories
    assert found[0].content.parts[0].text == "Cocoa is brown."


class _Scripted(BaseLlm):
    """Says what it is told to, and notes what it was asked."""

    answers: list[str]
    asked: list[str] = []  # noqa: RUF012

    async def generate_content_async(
        self, llm_request: Any, stream: bool = False
    ) -> AsyncIterator[LlmResponse]:
        told = [part.text for content in llm_request.contents for part in content.parts]
        self.asked.append(f"{llm_request.config.system_instruction} {told}")
        part = types.Part(text=self.answers.pop(0))
        yield LlmResponse(content=types.Content(role="model", parts=[part]))


async def test_an_agent_is_preloaded_with_what_another_session_said(
    service: MemkitMemoryService,
) -> None:
    model = _Scripted(model="scripted", answers=["Noted.", "She is called Bica."], asked=[])
    agent = LlmAgent(name="helper", model=model, tools=[PreloadMemoryTool()])
    sessions = InMemorySessionService()
    runner = Runner(agent=agent, app_name="app", session_service=sessions, memory_service=service)

    async def say(session_id: str, text: str) -> Any:
        await sessions.create_session(app_name="app", user_id="ana", session_id=session_id)
        message = types.Content(role="user", parts=[types.Part(text=text)])
        async for _ in runner.run_async(user_id="ana", session_id=session_id, new_message=message):
            pass
        return await sessions.get_session(app_name="app", user_id="ana", session_id=session_id)

    await service.add_session_to_memory(await say("s1", "My cat is called Bica."))
    await say("s2", _CAT)
    assert "My cat is called Bica." in model.asked[1]
