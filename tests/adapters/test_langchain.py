"""LangChain: its own standard tests, and agents with scripted models."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

import pytest
from conftest import MakeStore

pytest.importorskip("langchain.agents.middleware", reason="LangChain is not installed")
pytest.importorskip("langchain_tests", reason="langchain-tests is not installed")

from langchain.agents import create_agent
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_tests.integration_tests import (
    EmbeddingsIntegrationTests,
    RetrieversIntegrationTests,
    ToolsIntegrationTests,
)
from langchain_tests.unit_tests import EmbeddingsUnitTests, ToolsUnitTests
from langgraph.checkpoint.memory import InMemorySaver

from memkit import MemoryStore, Scope
from memkit.adapters.langchain import (
    LangChainEmbedder,
    MemkitEmbeddings,
    MemkitMiddleware,
    MemkitRetriever,
    langchain_tools,
)
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import ScopeRequired
from memkit.store.recalling import recall
from memkit.testing import check

_CAT = "What is my cat called?"


# the standard tests


def _filled() -> Scope:
    scope = MemoryStore(":memory:", embedder=HashingEmbedder(32)).scope(user="ana")
    scope.add(["I live in Lisbon.", "My cat is called Bica.", "I drink tea.", "Tea is green."])
    return scope


class TestRetriever(RetrieversIntegrationTests):
    @property
    def retriever_constructor(self) -> type[MemkitRetriever]:
        return MemkitRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"scope": _filled()}

    @property
    def retriever_query_example(self) -> str:
        return "my tea in Lisbon"


class TestEmbeddingsUnit(EmbeddingsUnitTests):
    @property
    def embeddings_class(self) -> type[MemkitEmbeddings]:
        return MemkitEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {"embedder": HashingEmbedder(32)}


class TestEmbeddings(EmbeddingsIntegrationTests):
    @property
    def embeddings_class(self) -> type[MemkitEmbeddings]:
        return MemkitEmbeddings


class _Tools:
    at: int
    example: dict[str, Any]

    @property
    def tool_constructor(self) -> Any:
        return langchain_tools(_filled())[self.at]

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return self.example


class TestRememberUnit(_Tools, ToolsUnitTests):
    at, example = 0, {"text": "Ana likes tea."}


class TestRemember(_Tools, ToolsIntegrationTests):
    at, example = 0, {"text": "Ana likes tea."}


class TestRecallUnit(_Tools, ToolsUnitTests):
    at, example = 1, {"query": "cat"}


class TestRecall(_Tools, ToolsIntegrationTests):
    at, example = 1, {"query": "cat"}


class TestUpdate(_Tools, ToolsIntegrationTests):
    at, example = 2, {"id": "t1", "text": "I live in Porto."}


class TestForget(_Tools, ToolsIntegrationTests):
    at, example = 3, {"id": "t1"}


class TestList(_Tools, ToolsIntegrationTests):
    at, example = 4, {"limit": 2}


# the retriever, tools and embeddings beyond them


def test_a_document_carries_what_a_hit_knows() -> None:
    found = MemkitRetriever(scope=_filled(), k=2)
    (first, *_), asked = found.invoke("cat"), found.invoke("tea", k=1)
    assert first.page_content == "My cat is called Bica." and first.id == "t2"
    assert first.metadata["sources"] == ["t2"] and 0 < first.metadata["score"] <= 1
    assert len(asked) == 1
    none = found.invoke("tea", filter={"speaker": "bo"})
    assert none == [] == asyncio.run(found.ainvoke("tea", filter={"speaker": "bo"}))


def test_tools_describe_every_parameter_and_run_both_ways() -> None:
    made = {tool.name: tool for tool in langchain_tools(_filled())}
    assert list(made) == ["remember", "recall", "update", "forget", "list"]
    for tool in made.values():
        assert tool.description
        assert all(shown["description"] for shown in tool.args.values())
        assert "scope" not in tool.args and "user" not in tool.args
    assert "Bica" in made["recall"].invoke({"query": "cat"})
    assert "Bica" in asyncio.run(made["recall"].ainvoke({"query": "cat"}))
    assert "no memory with the id" in made["forget"].invoke({"id": "t99"})


def test_a_langchain_embedder_keeps_the_contract_of_memkit() -> None:
    def make() -> LangChainEmbedder:
        return LangChainEmbedder(MemkitEmbeddings(HashingEmbedder(32)))

    check("embedders", make)
    assert make().identity == "langchain/MemkitEmbeddings/unnamed" and make().dim == 32
    assert LangChainEmbedder(MemkitEmbeddings(), identity="mine", dim=256).identity == "mine"


# the middleware


class _Model(GenericFakeChatModel):
    """Says what it was told to; notes what it was asked."""

    asked: list[Any] = []  # noqa: RUF012

    def bind_tools(self, tools: Any, **kwargs: Any) -> _Model:
        return self

    def _generate(self, messages: Any, *args: Any, **kwargs: Any) -> Any:
        self.asked.append(list(messages))
        return super()._generate(messages, *args, **kwargs)


def _model(*answers: AIMessage | str) -> _Model:
    told = [AIMessage(answer) if isinstance(answer, str) else answer for answer in answers]
    return _Model(messages=iter(told), asked=[])


def _weather(city: str) -> str:
    """The weather of a city."""
    return f"Sunny in {city}, said a tool."


def _call_of_a_tool() -> AIMessage:
    return AIMessage("", tool_calls=[{"name": "_weather", "args": {"city": "Porto"}, "id": "c1"}])


def _ask(agent: Any, text: str, *, is_async: bool = False, **more: Any) -> dict[str, Any]:
    given = {"messages": [HumanMessage(text)]}
    result: dict[str, Any] = (
        asyncio.run(agent.ainvoke(given, **more)) if is_async else agent.invoke(given, **more)
    )
    return result


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
def test_the_model_sees_what_is_known_and_the_thread_does_not(ana: Scope, is_async: bool) -> None:
    ana.add("My cat is called Bica.")
    model = _model("She is called Bica.")
    agent = create_agent(model, [], system_prompt="Be brief.", middleware=[MemkitMiddleware(ana)])
    final = _ask(agent, _CAT, is_async=is_async)
    (asked,) = model.asked
    assert asked[0].content == "Be brief."
    assert asked[-1].content.startswith("<memories>") and asked[-1].content.endswith(_CAT)
    assert [message.content for message in final["messages"]] == [_CAT, "She is called Bica."]
    assert [(turn.role, turn.text) for turn in ana.turns()][1:] == [
        ("user", _CAT), ("assistant", "She is called Bica."),
    ]  # fmt: skip


def test_recall_happens_once_per_user_turn_and_tools_are_not_stored(
    ana: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:

    ana.add("Ana asks for the weather in Porto every day.")
    asked: list[str] = []
    real = recall

    def counted(scope: Scope, query: str, *args: Any, **kwargs: Any) -> Any:
        asked.append(query)
        return real(scope, query, *args, **kwargs)

    monkeypatch.setattr("memkit.adapters.langchain.recall", counted)
    model = _model(_call_of_a_tool(), "Sunny.")
    agent = create_agent(model, [_weather], middleware=[MemkitMiddleware(ana)])
    final = _ask(agent, "How is the weather in Porto?")
    assert any(isinstance(message, ToolMessage) for message in final["messages"])
    assert asked == ["How is the weather in Porto?"]
    first, second = (next(m for m in seen if m.type == "human") for seen in model.asked)
    assert first.content == second.content and "every day" in first.content
    assert not any("said a tool" in turn.text for turn in ana.turns())


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
def test_a_thread_is_stored_once_however_long_it_grows(ana: Scope, is_async: bool) -> None:
    agent = create_agent(
        _model("One.", "Two.", "Three."), [], middleware=[MemkitMiddleware(ana)],
        checkpointer=InMemorySaver(),
    )  # fmt: skip
    config = {"configurable": {"thread_id": "thread-1"}}
    for text in ("first", "second", "third"):
        _ask(agent, text, is_async=is_async, config=config)
    stored = [(turn.text, turn.session) for turn in ana.turns()]
    assert [text for text, _ in stored] == ["first", "One.", "second", "Two.", "third", "Three."]
    assert {session for _, session in stored} == {"thread-1"}


def test_a_new_process_does_not_store_the_thread_again(ana: Scope) -> None:
    saver, config = InMemorySaver(), {"configurable": {"thread_id": "t"}}
    for text, answer in (("first", "One."), ("second", "Two.")):
        agent = create_agent(
            _model(answer), [], middleware=[MemkitMiddleware(ana)], checkpointer=saver
        )
        _ask(agent, text, config=config)
    assert [turn.text for turn in ana.turns()] == ["first", "One.", "second", "Two."]


@dataclass
class _Context:
    user_id: str


def _user(runtime: Any) -> str:
    return str(runtime.context.user_id)


def test_the_user_comes_from_the_run_and_sees_no_other(store: MemoryStore) -> None:
    store.scope(user="bo").add("My cat is called Rex.")
    model = _model("I do not know.", "Rex.")
    agent = create_agent(
        model, [], middleware=[MemkitMiddleware(store, user=_user)], context_schema=_Context
    )
    _ask(agent, _CAT, context=_Context("ana"))
    assert "Rex" not in str(model.asked[0])
    _ask(agent, _CAT, context=_Context("bo"))
    assert "Rex" in model.asked[1][-1].content
    assert len(list(store.scope(user="ana").turns())) == 2
    with pytest.raises(ScopeRequired):
        _ask(agent, _CAT, context=_Context(""))


def test_two_memories_of_one_agent_have_names_of_their_own(store: MemoryStore) -> None:
    both = [MemkitMiddleware(store.scope(user=user)) for user in ("ana", "team")]
    assert both[0].name != both[1].name
    create_agent(_model("x"), [], middleware=both)
    with pytest.raises(ValueError, match="user="):
        MemkitMiddleware(store)
    with pytest.raises(ValueError, match="user="):
        MemkitMiddleware(store.scope(user="ana"), user=_user)


def test_a_memory_that_fails_does_not_fail_the_agent(
    make_store: MakeStore, caplog: pytest.LogCaptureFixture
) -> None:
    store = make_store()
    agent = create_agent(_model("fine"), [], middleware=[MemkitMiddleware(store.scope(user="a"))])
    store.close()
    with caplog.at_level(logging.WARNING, "memkit.adapters"):
        final = _ask(agent, _CAT)
    assert final["messages"][-1].content == "fine"
    assert len(caplog.records) == 2


def test_content_in_blocks_keeps_its_blocks(ana: Scope) -> None:
    ana.add("My cat is called Bica.")
    model = _model("ok")
    content: list[Any] = [
        {"type": "text", "text": _CAT}, {"type": "image_url", "image_url": {"url": "data:,"}}
    ]  # fmt: skip
    agent = create_agent(model, [], middleware=[MemkitMiddleware(ana)])
    agent.invoke({"messages": [HumanMessage(content)]})
    kinds = [block["type"] for block in model.asked[0][-1].content]
    assert kinds == ["text", "text", "image_url"]
    assert [turn.text for turn in ana.turns()][1] == _CAT
