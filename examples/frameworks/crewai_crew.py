"""A crew that remembers: from one kickoff to the next, and what its owner said elsewhere.

The model is scripted, so this runs offline. Needs: pip install "memkit-sdk[crewai]"
"""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("CREWAI_DISABLE_TELEMETRY", "true")
os.environ.setdefault("CREWAI_TESTING", "true")  # asks nobody whether to trace

from crewai import Agent, Crew, Task
from crewai.llms.base_llm import BaseLLM

from memkit import MemoryStore, Scope
from memkit.adapters.crewai import MemkitMemory, crewai_tools

_APPOINTMENT = "Thought: I know.\nFinal Answer: Bica is to be vaccinated on 3 May, by Dr Reis."
_NOTE = 'Thought: I note it.\nAction: remember\nAction Input: {"text": "Dr Reis is away in June."}'
_REMINDER = "Thought: I know.\nFinal Answer: On 3 May. Dr Reis is away in June."


class Scripted(BaseLLM):
    """Says what it is told to, and keeps what it was asked."""

    answers: list[str] = []  # noqa: RUF012
    asked: list[Any] = []  # noqa: RUF012

    def call(self, messages: Any, *args: Any, **kwargs: Any) -> str:
        self.asked.append([dict(message) for message in messages])
        return self.answers.pop(0)

    def supports_function_calling(self) -> bool:
        return False


def kickoff(scope: Scope, asks: str, *answers: str) -> list[Any]:
    """One run of a new crew; the messages of each call of its model."""
    model = Scripted(model="scripted")
    model.answers, model.asked = list(answers), []
    vet = Agent(
        role="Vet", goal="Keep pets well.", backstory="Ten years of practice.", llm=model,
        tools=crewai_tools(scope),
    )  # fmt: skip
    task = Task(description=asks, expected_output="One sentence.", agent=vet)
    crew = Crew(agents=[vet], tasks=[task], memory=MemkitMemory(scope))
    print(f"{asks}\n    crew: {crew.kickoff().raw}")
    return model.asked


def main() -> None:
    with MemoryStore(":memory:") as store:
        ana = store.scope(user="ana")
        ana.add({"content": "My cat Bica fears the vet.", "name": "Ana", "session": "chat"})
        kickoff(ana, "Make an appointment to vaccinate Bica.", _APPOINTMENT)
        asked = kickoff(ana, "When is Bica vaccinated, and by whom?", _NOTE, _REMINDER)
        prompt = asked[0][-1]["content"]
        print("the second crew was told:")
        memories = prompt[prompt.index("- [") : prompt.index("IMPORTANT")].strip()
        print("    " + memories.replace("\n", "\n    "))
        print("remembered:", [(turn.id, turn.speaker or turn.role) for turn in ana.turns()])
        other = kickoff(store.scope(user="bo"), "When is Bica vaccinated?", _REMINDER)
        print("another user's crew was told of it:", "- [" in other[0][-1]["content"])


if __name__ == "__main__":
    main()
