"""The Microsoft Agent Framework: the context provider under an agent with a scripted client."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from conftest import MakeStore

pytest.importorskip("agent_framework", reason="the Agent Framework is not installed")

from agent_framework import Agent, BaseChatClient, ChatResponse, Message

from memkit import MemoryStore, Scope
from memkit.adapters.agent_framework import MemkitContextProvider

_CAT = "What is my cat called?"


class _Scripted(BaseChatClient):
    """Says what it is told to, and notes what it was asked."""

    def __init__(self, *answers: str) -> None:
        super().__init__()
        self.answers = list(answers)
        self.asked: list[str] = []

    def _inner_get_response(
        self, *, messages: Any, stream: bool = False, options: Any = None, **kwargs: Any
    ) -> Any:
        async def answer() -> ChatResponse:
            told = " ".join(message.text for message in messages)
            self.asked.append(f"{(options or {}).get('instructions')} {told}")
            return ChatResponse(messages=[Message("assistant", [self.answers.pop(0)])])

        return answer()


async def test_what_is_known_is_in_the_instructions_and_both_sides_are_stored(ana: Scope) -> None:
    ana.add("My cat is called Bica.")
    client = _Scripted("She is called Bica.", "Yes.")
    agent = Agent(client, instructions="Be brief.", context_providers=[MemkitContextProvider(ana)])
    session = agent.create_session()
    await agent.run(_CAT, session=session)
    assert "Be brief." in client.asked[0] and "My cat is called Bica." in client.asked[0]
    turns = list(ana.turns())[1:]
    assert [(turn.role, turn.text) for turn in turns] == [
        ("user", _CAT), ("assistant", "She is called Bica."),
    ]  # fmt: skip
    assert {turn.session for turn in turns} == {session.session_id}
    await agent.run("Sure about the cat?", session=session)
    assert len(list(ana.turns())) == 5


async def test_the_scope_comes_from_the_session(store: MemoryStore) -> None:
    store.scope(user="bo").add("My cat is called Rex.")
    client = _Scripted("?", "Rex.")
    provider = MemkitContextProvider(lambda session: store.scope(user=session.session_id))
    agent = Agent(client, context_providers=[provider])
    await agent.run(_CAT, session=agent.create_session(session_id="ana"))
    await agent.run(_CAT, session=agent.create_session(session_id="bo"))
    assert "Rex" not in client.asked[0] and "Rex" in client.asked[1]


async def test_a_memory_that_fails_does_not_fail_the_run(
    make_store: MakeStore, caplog: pytest.LogCaptureFixture
) -> None:
    store = make_store()
    provider = MemkitContextProvider(store.scope(user="ana"))
    agent = Agent(_Scripted("fine"), context_providers=[provider])
    store.close()
    with caplog.at_level(logging.WARNING, "memkit.adapters"):
        assert (await agent.run(_CAT)).text == "fine"
    assert sum(record.name == "memkit.adapters" for record in caplog.records) == 2
