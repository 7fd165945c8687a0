"""A LangGraph agent that remembers across threads: its user's notes are in a memkit file.

The middleware recalls and writes by itself; the store holds what the agent notes down under a key.
The model is scripted, so this runs offline. Needs: pip install "memkit-sdk[langchain]"
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain.agents import create_agent
from langchain.tools import ToolRuntime
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage
from langgraph.checkpoint.memory import InMemorySaver

from memkit import MemoryStore
from memkit.adapters.langchain import MemkitMiddleware
from memkit.adapters.langgraph import MemkitStore, namespace


@dataclass
class User:
    """Who is talking: given by the program, never by the model."""

    id: str


class ScriptedModel(GenericFakeChatModel):
    """Says what it is told to; shows the part of its prompt that came from memory."""

    def bind_tools(self, tools: Any, **kwargs: Any) -> ScriptedModel:
        return self

    def _generate(self, messages: Any, *args: Any, **kwargs: Any) -> Any:
        told = [m.content for m in messages if m.type == "human"][-1].splitlines()
        for line in told:
            if line.startswith("[") and "]" in line:
                print(f"    (recalled: {line.partition('] ')[2]})")
        return super()._generate(messages, *args, **kwargs)


def note(text: str, runtime: ToolRuntime[User]) -> str:
    """Note something down about the user.

    Args:
        text: What to note.
    """
    assert runtime.store is not None
    runtime.store.put(namespace("notes", runtime.context.id), text[:20], {"text": text})
    return "Noted."


def main() -> None:
    calls = AIMessage(
        "", tool_calls=[{"name": "note", "args": {"text": "Lives in Lisbon."}, "id": "c1"}]
    )
    answers = [calls, AIMessage("Nice."), AIMessage("You live in Lisbon."), AIMessage("I see.")]
    with MemoryStore(":memory:") as memory:
        store = MemkitStore(memory)
        agent = create_agent(
            ScriptedModel(messages=iter(answers)), [note], context_schema=User, store=store,
            checkpointer=InMemorySaver(),
            middleware=[MemkitMiddleware(memory, user=lambda runtime: runtime.context.id)],
        )  # fmt: skip

        def say(user: str, thread: str, text: str) -> None:
            print(f"{user} in {thread}: {text}")
            config: Any = {"configurable": {"thread_id": thread}}
            given: Any = {"messages": [HumanMessage(text)]}
            final = agent.invoke(given, config, context=User(user))
            print(f"    bot: {final['messages'][-1].content}")

        say("ana@x.org", "thread 1", "I live in Lisbon, near the river.")
        say("ana@x.org", "thread 2", "Where do I live?")
        say("ben@x.org", "thread 3", "Where do I live?")

        print("notes of ana:", store.search(namespace("notes", "ana@x.org"))[0].value)
        print("notes of ben:", store.search(namespace("notes", "ben@x.org")))
        print("namespaces:", store.list_namespaces())


if __name__ == "__main__":
    main()
