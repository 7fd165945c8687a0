"""OpenAI Agents: each semantic of a session, and agents with scripted models."""

from __future__ import annotations

import asyncio
import copy
import inspect
import logging
import threading
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import MakeStore

pytest.importorskip("agents", reason="the OpenAI Agents SDK is not installed")

from agents import (
    Agent,
    Model,
    ModelResponse,
    RunConfig,
    Runner,
    Usage,
    function_tool,
    set_tracing_disabled,
)
from agents.memory import Session, SessionSettings
from openai.types import responses as wire

from memkit import MemoryStore, Scope
from memkit.adapters.openai_agents import MemkitSession, input_filter, instructions
from memkit.adapters.tools import tools

_CAT = "What is my cat called?"
_USER = {"role": "user", "content": "Hello."}
_REASONING = {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "x\x00y"}
_CALL = {"type": "function_call", "call_id": "c1", "name": "f", "arguments": '{"a": [1, 2]}'}
_OUTPUT = {"type": "function_call_output", "call_id": "c1", "output": "é ☃ 漢"}
_SAID = {
    "type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
    "content": [{"type": "output_text", "text": "Hi.", "annotations": []}],
}  # fmt: skip
_ITEMS: list[Any] = [_USER, _REASONING, _CALL, _OUTPUT, _SAID]

set_tracing_disabled(True)


@pytest.fixture
def session(ana: Scope) -> MemkitSession:
    return MemkitSession("s1", ana)


async def test_it_is_a_session_of_the_framework(session: MemkitSession) -> None:
    assert isinstance(session, Session)
    assert session.session_id == "s1" and session.session_settings == SessionSettings()
    assert not hasattr(session, "run_compaction")
    for name in ("get_items", "add_items", "pop_item", "clear_session"):  # all take it, or none
        assert "wrapper" not in inspect.signature(getattr(session, name)).parameters


async def test_settings_can_be_given_as_a_dict(ana: Scope) -> None:
    assert MemkitSession("s", ana, session_settings={"limit": 3}).session_settings.limit == 3


async def test_items_come_back_unchanged_in_order_and_as_copies(session: MemkitSession) -> None:
    given = [dict(item) for item in _ITEMS]
    await session.add_items(given[:2])
    await session.add_items(given[2:])
    given[0]["content"] = "changed"
    first = await session.get_items()
    first[4]["content"][0]["text"] = "changed"
    assert await session.get_items() == _ITEMS
    assert all(list(a) == list(b) for a, b in zip(await session.get_items(), _ITEMS, strict=True))


async def test_each_call_stands_for_itself(session: MemkitSession) -> None:
    await session.add_items([_USER])
    assert await session.get_items() == [_USER]
    await session.add_items([])
    await session.add_items([_SAID])
    await session.add_items([_USER, _USER])
    assert await session.get_items() == [_USER, _SAID, _USER, _USER]


@pytest.mark.parametrize(
    ("limit", "of_settings", "count"),
    [
        (None, None, 5), (2, None, 2), (0, None, 0), (-1, None, 5), (99, None, 5),
        (None, 3, 3), (1, 3, 1), (0, 3, 0), (-1, 3, 5), (None, 0, 0),
    ],
)  # fmt: skip
async def test_a_limit_gives_the_latest_and_what_is_said_outright_wins(
    ana: Scope, limit: int | None, of_settings: int | None, count: int
) -> None:
    settings = SessionSettings(limit=of_settings) if of_settings is not None else None
    session = MemkitSession("s1", ana, session_settings=settings)
    await session.add_items(_ITEMS)
    assert await session.get_items(limit) == _ITEMS[5 - count :]


async def test_the_last_item_can_be_taken_back_from_history_and_from_memory(
    ana: Scope, session: MemkitSession
) -> None:
    assert await session.pop_item() is None
    await session.add_items([_USER, _CALL])
    assert await session.pop_item() == _CALL
    assert [turn.text for turn in ana.turns(archived=False)] == ["Hello."]
    assert await session.pop_item() == _USER
    assert await session.get_items() == [] and list(ana.turns(archived=False)) == []
    assert await session.pop_item() is None


async def test_a_cleared_session_is_empty_and_what_was_learnt_stays(
    ana: Scope, session: MemkitSession
) -> None:
    await session.add_items(_ITEMS)
    await session.clear_session()
    assert await session.get_items() == []
    assert [turn.text for turn in ana.turns(archived=False)] == ["Hello.", "Hi."]
    await session.add_items([_USER])
    assert await session.get_items() == [_USER]


async def test_sessions_and_users_are_apart(store: MemoryStore, ana: Scope) -> None:
    bo = store.scope(user="bo")
    await MemkitSession("s1", ana).add_items([_USER])
    assert await MemkitSession("s2", ana).get_items() == []
    assert await MemkitSession("s1", bo).get_items() == []
    assert list(bo.turns()) == []


async def test_a_session_survives_a_reopening(make_store: MakeStore) -> None:
    first = make_store("kept.mem")
    await MemkitSession("s1", first.scope(user="ana")).add_items(_ITEMS)
    first.maintain()
    first.close()
    again = MemkitSession("s1", make_store("kept.mem").scope(user="ana"))
    assert await again.get_items() == _ITEMS


async def test_learning_can_be_switched_off(ana: Scope) -> None:
    session = MemkitSession("s1", ana, learn=False)
    await session.add_items(_ITEMS)
    await session.pop_item()
    assert list(ana.turns()) == [] and len(await session.get_items()) == 4


async def test_a_cancelled_caller_finds_the_write_done_and_is_cancelled(
    session: MemkitSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, going_on = threading.Event(), threading.Event()
    append = session._log.append

    def slow(*args: Any, **kwargs: Any) -> None:
        begun.set()
        assert going_on.wait(20)
        append(*args, **kwargs)

    monkeypatch.setattr(session._log, "append", slow)
    task = asyncio.create_task(session.add_items([_USER]))
    assert await asyncio.to_thread(begun.wait, 20)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    going_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await session.get_items() == [_USER]


async def test_an_item_that_is_no_json_is_refused_and_nothing_is_stored(
    session: MemkitSession,
) -> None:
    with pytest.raises(ValueError, match="cannot be kept as JSON"):
        await session.add_items([_USER, {"role": "user", "content": object()}])
    assert await session.get_items() == []


def test_threads_with_loops_of_their_own_share_a_session(session: MemkitSession) -> None:
    def work(worker: int) -> None:
        async def add() -> None:
            for number in range(5):
                await session.add_items([{"role": "user", "content": f"{worker}-{number}"}])

        asyncio.run(add())

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = [item["content"] for item in asyncio.run(session.get_items())]
    assert len(set(said)) == 40
    assert [s for s in said if s.startswith("3-")] == [f"3-{n}" for n in range(5)]


# agents


class _Scripted(Model):
    """Says what it is told to, and notes what it was sent. (The SDK's own came after our floor.)"""

    def __init__(self, *steps: Any) -> None:
        self.steps = [_message(step) if isinstance(step, str) else step for step in steps]
        self.calls: list[Any] = []

    async def get_response(
        self, system_instructions: Any, input: Any, *given: Any, **named: Any
    ) -> ModelResponse:
        sent = copy.deepcopy(input)
        self.calls.append(SimpleNamespace(system_instructions=system_instructions, input=sent))
        return ModelResponse(output=[self.steps.pop(0)], usage=Usage(), response_id=None)

    async def stream_response(self, *given: Any, **named: Any) -> AsyncIterator[Any]:
        answer = await self.get_response(*given, **named)
        whole = wire.Response(
            id="r", created_at=0, model="m", object="response", output=answer.output, tools=[],
            tool_choice="auto", parallel_tool_calls=False,
        )  # fmt: skip
        yield wire.ResponseCompletedEvent(
            type="response.completed", response=whole, sequence_number=0
        )


def _message(text: str) -> Any:
    part = wire.ResponseOutputText(type="output_text", text=text, annotations=[])
    return wire.ResponseOutputMessage(
        id="m", type="message", role="assistant", status="completed", content=[part]
    )


def _call(name: str, arguments: str) -> Any:
    return wire.ResponseFunctionToolCall(
        type="function_call", call_id="c1", name=name, arguments=arguments
    )


def _sent(model: Any, call: int) -> str:
    return str(model.calls[call].input)


async def test_an_agent_goes_on_where_the_session_stopped(ana: Scope) -> None:
    model = _Scripted("Hello Ana.", "You are Ana.")
    agent = Agent(name="a", model=model)
    session = MemkitSession("s1", ana)
    await Runner.run(agent, "I am Ana.", session=session)
    result = await Runner.run(agent, "Who am I?", session=session)
    assert result.final_output == "You are Ana."
    assert "I am Ana." in _sent(model, 1) and "Hello Ana." in _sent(model, 1)
    assert [turn.text for turn in ana.turns()] == [
        "I am Ana.", "Hello Ana.", "Who am I?", "You are Ana.",
    ]  # fmt: skip


def test_the_sync_runner_and_streams_store_alike(ana: Scope) -> None:
    agent = Agent(name="a", model=_Scripted("One.", "Two."))
    session = MemkitSession("s1", ana)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        assert Runner.run_sync(agent, "first", session=session).final_output == "One."

        async def stream() -> None:
            result = Runner.run_streamed(agent, "second", session=session)
            async for _ in result.stream_events():
                pass

        loop.run_until_complete(stream())
    finally:
        loop.close()
        asyncio.set_event_loop(None)
    assert [turn.text for turn in ana.turns()] == ["first", "One.", "second", "Two."]


async def test_a_handoff_adds_what_it_adds_and_history_stays_whole(ana: Scope) -> None:
    last = Agent(name="last", model=_Scripted("Bica."))
    first = Agent(name="first", model=_Scripted(_call("transfer_to_last", "{}")), handoffs=[last])
    session = MemkitSession("s1", ana)
    result = await Runner.run(first, _CAT, session=session)
    items = await session.get_items()
    assert [item.get("type", "message") for item in items] == [
        "message", "function_call", "function_call_output", "message",
    ]  # fmt: skip
    assert items == result.to_input_list()
    assert [turn.text for turn in ana.turns()] == [_CAT, "Bica."]


async def test_instructions_tell_what_is_known_about_the_users_words(ana: Scope) -> None:
    ana.add("My cat is called Bica.")
    model = _Scripted("Bica.")
    agent = Agent(name="a", model=model, instructions=instructions(ana, "Be brief."))
    await Runner.run(agent, _CAT)
    told = model.calls[0].system_instructions
    assert told.startswith("Be brief.\n\n<memories>") and "Bica" in told


async def test_the_input_filter_leaves_the_system_prompt_and_the_session_alone(
    ana: Scope,
) -> None:
    ana.add("My cat is called Bica.")
    model = _Scripted(_call("look", '{"at": "cat"}'), "She is called Bica.")

    @function_tool
    def look(at: str) -> str:
        """Look at something."""
        return "a cat"

    agent = Agent(name="a", model=model, instructions="Be brief.", tools=[look])
    session = MemkitSession("s1", ana)
    config = RunConfig(call_model_input_filter=input_filter(ana))
    await Runner.run(agent, _CAT, session=session, run_config=config)
    first, second = (call.input[0]["content"] for call in model.calls)
    assert first == second and first.startswith("<memories>") and first.endswith(_CAT)
    assert model.calls[0].system_instructions == "Be brief."
    assert (await session.get_items())[0] == {"role": "user", "content": _CAT}


async def test_the_scope_comes_from_the_context_of_the_run(store: MemoryStore) -> None:
    store.scope(user="bo").add("My cat is called Rex.")
    model = _Scripted("?", "Rex.")

    def scope(context: Any) -> Scope:
        return store.scope(user=context)

    agent = Agent(name="a", model=model, instructions=instructions(scope))
    config = RunConfig(call_model_input_filter=input_filter(scope))
    await Runner.run(agent, _CAT, context="ana", run_config=config)
    await Runner.run(agent, _CAT, context="bo", run_config=config)
    assert "Rex" not in _sent(model, 0) and "Rex" in _sent(model, 1)


async def test_the_plain_tools_convert_and_run(ana: Scope) -> None:
    ana.add("My cat is called Bica.")
    model = _Scripted(_call("recall", '{"query": "cat"}'), "Bica.")
    own = [function_tool(function) for function in tools(ana)]
    assert own[1].params_json_schema["properties"]["query"]["description"]
    await Runner.run(Agent(name="a", model=model, tools=own), _CAT)
    assert "called Bica" in _sent(model, 1)


async def test_a_memory_that_fails_leaves_the_instructions(
    make_store: MakeStore, caplog: pytest.LogCaptureFixture
) -> None:
    store = make_store()
    ana = store.scope(user="ana")
    model = _Scripted("fine")
    agent = Agent(name="a", model=model, instructions=instructions(ana, "Be brief."))
    store.close()
    with caplog.at_level(logging.WARNING, "memkit.adapters"):
        assert (await Runner.run(agent, _CAT)).final_output == "fine"
    assert model.calls[0].system_instructions == "Be brief." and len(caplog.records) == 1
