"""An agent of the OpenAI Agents SDK: history in a session, recall across sessions.

The model is scripted, so this runs offline. Needs: pip install "memkit-sdk[openai-agents]", with
openai-agents 0.21 or newer for the scripted model.
"""

from __future__ import annotations

import asyncio

from agents import Agent, RunConfig, Runner, function_tool, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message, function_call

from memkit import MemoryStore
from memkit.adapters.openai_agents import MemkitSession, input_filter
from memkit.adapters.tools import tools


async def run() -> None:
    model = ScriptedModel(
        [
            [assistant_message("Noted, Bica it is.")],
            [assistant_message("Your cat is called Bica.")],
            [function_call("remember", {"text": "Ana wants short answers."}, call_id="c1")],
            [assistant_message("Will do.")],
        ]
    )
    with MemoryStore(":memory:") as store:
        ana = store.scope(user="ana")
        agent = Agent(
            name="helper", model=model, instructions="You are brief.",
            tools=[function_tool(function) for function in tools(ana)],
        )  # fmt: skip
        config = RunConfig(call_model_input_filter=input_filter(ana))

        async def say(session: MemkitSession, text: str) -> None:
            result = await Runner.run(agent, text, session=session, run_config=config)
            print(f"{session.session_id}: {text}\n    bot: {result.final_output}")

        monday, tuesday = MemkitSession("monday", ana), MemkitSession("tuesday", ana)
        await say(monday, "My cat is called Bica.")
        await say(tuesday, "What is my cat called?")
        await say(tuesday, "Keep your answers short from now on.")

        call = model.calls[1]
        print("the model was sent, on Tuesday:")
        print(f"    instructions: {call.system_instructions}")
        print("    " + str(call.input[0]["content"]).replace("\n", "\n    "))
        print("items of Tuesday:", len(await tuesday.get_items()))
        print("remembered:", [turn.text for turn in ana.turns()][-3:])


def main() -> None:
    set_tracing_disabled(True)
    asyncio.run(run())


if __name__ == "__main__":
    main()
