"""A chat that remembers: a client of a language model, wrapped once.

The model is scripted, so this runs offline; with a real one, only `client` changes:
`client = wrap(OpenAI(), ana)`. Run it: python examples/chat_loop.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from memkit import MemoryStore, wrap


class ScriptedClient:
    """Shaped like OpenAI's client. It can only answer from what it is sent."""

    def __init__(self) -> None:
        self.chat = SimpleNamespace(completions=self)

    def create(self, *, messages: list[dict[str, Any]], stream: bool = False) -> Any:
        told = messages[-1]["content"]
        name = re.search(r"cat is called (\w+)", told)
        text = f"Your cat is called {name[1]}." if name else "Noted."
        if stream:
            return self._pieces(text)
        return SimpleNamespace(choices=[SimpleNamespace(message=SimpleNamespace(content=text))])

    def _pieces(self, text: str) -> Iterator[Any]:
        for word in text.split(" "):
            delta = SimpleNamespace(content=f"{word} ")
            yield SimpleNamespace(choices=[SimpleNamespace(delta=delta)])


def chat(client: ScriptedClient, said: list[str]) -> None:
    """One conversation: its messages live here, and are gone with it."""
    messages: list[dict[str, Any]] = [{"role": "system", "content": "You are brief."}]
    for words in said:
        messages.append({"role": "user", "content": words})
        answer = client.chat.completions.create(messages=messages).choices[0].message.content
        messages.append({"role": "assistant", "content": answer})
        print(f"  user: {words}\n  bot:  {answer}")


def main() -> None:
    with MemoryStore(":memory:") as store:
        ana = store.scope(user="ana")
        print("Monday")
        chat(wrap(ScriptedClient(), ana, session="monday"), ["My cat is called Bica."])

        print("Tuesday, a new conversation with an empty history")
        client = wrap(ScriptedClient(), ana, session="tuesday")
        chat(client, ["What is my cat called?"])

        print("and as a stream")
        asked = [{"role": "user", "content": "Say the name of my cat again."}]
        pieces = client.chat.completions.create(messages=asked, stream=True)
        print("  bot: ", "".join(piece.choices[0].delta.content for piece in pieces))

        print("stored")
        for turn in ana.turns():
            print(f"  {turn.session} {turn.role}: {turn.text}")


if __name__ == "__main__":
    main()
