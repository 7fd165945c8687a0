"""LlamaIndex: the memory block in `Memory` and in a chat engine, and the retriever."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from conftest import MakeStore

pytest.importorskip("llama_index.core", reason="LlamaIndex is not installed")

from llama_index.core.base.llms.types import ChatMessage
from llama_index.core.chat_engine import SimpleChatEngine
from llama_index.core.llms import MockLLM
from llama_index.core.memory import Memory

from memkit import Scope
from memkit.adapters.llama_index import MemkitBlock, MemkitRetriever

_CAT = "What is my cat called?"


def _memory(scope: Scope, **options: Any) -> Memory:
    return Memory.from_defaults(
        session_id="s1", memory_blocks=[MemkitBlock(scope=scope)], **options
    )


async def test_the_block_stands_in_the_system_message_when_something_is_known(ana: Scope) -> None:
    memory = _memory(ana, token_limit=40_000)
    await memory.aput(ChatMessage(role="user", content=_CAT))
    assert [message.content for message in await memory.aget()] == [_CAT]
    ana.add("My cat is called Bica <b>.")
    told = await memory.aget()
    assert str(told[0].role.value) == "system" and "Bica" in told[0].content
    assert "<b>" not in told[0].content and told[1].content == _CAT


async def test_what_the_short_term_queue_lets_go_is_stored_with_its_session(ana: Scope) -> None:
    memory = _memory(ana, token_limit=60, chat_history_token_ratio=0.5, token_flush_size=20)
    for number in range(12):
        await memory.aput(ChatMessage(role="user", content=f"Film {number} was good, I say."))
        await memory.aput(ChatMessage(role="assistant", content=f"Noted, film {number}."))
    turns = list(ana.turns())
    assert turns and {turn.session for turn in turns} <= {"s1", None}  # None: older releases
    assert turns[0].text == "Film 0 was good, I say." and turns[0].role == "user"
    assert len({turn.text for turn in turns}) == len(turns)


async def test_a_block_can_be_cut_from_its_oldest_lines(ana: Scope) -> None:
    for number in range(8):
        ana.add(f"Film {number} was a good one to see.", now=f"2024-01-0{number + 1}")
    block = MemkitBlock(scope=ana)
    content = await block.aget([ChatMessage(role="user", content="Which film was good?")])
    shorter = await block.atruncate(content, 40)
    assert shorter and shorter.startswith("<memories>") and shorter.endswith("</memories>")
    assert "Film 0" not in shorter and "Film 7" in shorter
    assert await block.atruncate(content, 10_000) is None


async def test_nothing_said_gives_no_block(ana: Scope) -> None:
    ana.add("My cat is called Bica.")
    block = MemkitBlock(scope=ana)
    assert await block.aget(None) == "" == await block.aget([])
    assert await block.aget([ChatMessage(role="assistant", content="Hi")]) == ""


def test_a_chat_engine_tells_its_model_what_is_known(ana: Scope) -> None:
    ana.add("My cat is called Bica.")
    engine = SimpleChatEngine.from_defaults(llm=MockLLM(), memory=_memory(ana, token_limit=40_000))
    answer = str(engine.chat(_CAT))  # the scripted model says back what it was told
    assert "Bica" in answer and _CAT in answer


async def test_a_memory_that_fails_gives_no_block(
    make_store: MakeStore, caplog: pytest.LogCaptureFixture
) -> None:
    store = make_store()
    block = MemkitBlock(scope=store.scope(user="ana"))
    store.close()
    with caplog.at_level(logging.WARNING, "memkit.adapters"):
        assert await block.aget([ChatMessage(role="user", content=_CAT)]) == ""
    assert len(caplog.records) == 1


async def test_the_retriever_gives_nodes_with_scores_both_ways(ana: Scope) -> None:
    ana.add([{"content": "My cat is called Bica.", "session": "s"}, "I drink tea."])
    retriever = MemkitRetriever(ana, k=1)
    (found,) = retriever.retrieve("cat")
    assert found.node.text == "My cat is called Bica." and found.node.node_id == "t1"
    assert 0 < found.score <= 1 and found.node.metadata["session"] == "s"
    assert [node.node.node_id for node in await retriever.aretrieve("tea")] == ["t2"]
