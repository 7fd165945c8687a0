"""The path through litellm, to a server on this machine; skipped where litellm is not installed."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from typing import Any

import pytest
from llm_server import ModelServer, fails, hangs, model_server, says
from pydantic import BaseModel

from memkit.errors import InvalidInput, ModelUnavailable
from memkit.llm import LLM, Prompt, Reply

__all__ = ["model_server"]

pytestmark = [
    pytest.mark.skipif(find_spec("litellm") is None, reason="litellm is not installed"),
    pytest.mark.filterwarnings("ignore"),  # litellm's own
]


class Colour(BaseModel):
    name: str


ASK = Prompt("Name colours.", "Which?")
RED = [{"name": "red"}]


def door(server: ModelServer, model: str = "openai/gpt-4o-mini", **options: Any) -> LLM:
    return LLM(
        model, options={"api_base": server.url}, api_key="secret",
        **{"sleep": lambda seconds: None, "retries": 1, "timeout": 20.0, **options},
    )  # fmt: skip


def test_a_model_answers_by_name(model_server: ModelServer) -> None:
    model_server.default = says(RED)
    llm = door(model_server)
    assert llm.ask(ASK, Colour) == Reply((Colour(name="red"),))
    [request] = model_server.requests
    assert request["model"] == "gpt-4o-mini"
    assert request["response_format"]["type"] == "json_schema"
    sent = {name.lower(): value for name, value in model_server.headers[0].items()}
    assert sent["authorization"] == "Bearer secret"


def test_its_price_table_prices_what_was_spent(model_server: ModelServer) -> None:
    model_server.default = says(RED)
    llm = door(model_server, max_cost=1.0)
    estimate = llm.estimate([ASK], Colour)
    assert estimate.cost is not None
    assert estimate.cost > 0
    llm.ask(ASK, Colour)
    spent = llm.spent()
    assert (spent.prompt_tokens, spent.completion_tokens) == (100, 20)
    assert 0 < spent.cost < estimate.cost


def test_a_model_without_a_price_cannot_be_held_to_a_cost(model_server: ModelServer) -> None:
    llm = door(model_server, "openai/of-no-price", max_cost=1.0)
    with pytest.raises(InvalidInput, match="price="):
        llm.ask(ASK, Colour)
    assert model_server.requests == []


def test_a_model_that_takes_no_schema_is_told_it_in_words(model_server: ModelServer) -> None:
    model_server.default = says(RED)
    assert door(model_server, "openai/of-no-price").ask(ASK, Colour).items
    assert "response_format" not in model_server.requests[0]
    assert "by this JSON schema" in model_server.prompts()[0]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_again_by_us_alone(model_server: ModelServer, status: int) -> None:
    model_server.default = fails(status, "{}")
    with pytest.raises(ModelUnavailable, match="2 times in a row"):
        door(model_server).ask(ASK, Colour)
    assert len(model_server.requests) == 2


def test_what_will_not_pass_is_not(model_server: ModelServer) -> None:
    model_server.default = fails(401, "{}")
    with pytest.raises(ModelUnavailable) as caught:
        door(model_server).ask(ASK, Colour)
    assert len(model_server.requests) == 1
    assert "secret" not in str(caught.value)


def test_no_call_outlasts_its_time(model_server: ModelServer) -> None:
    model_server.default = says(RED)
    door(model_server).ask(ASK, Colour)  # the import takes seconds
    model_server.default = hangs
    with pytest.raises(ModelUnavailable):
        door(model_server, timeout=0.3, retries=0).ask(Prompt("", "Again?"), Colour)


def test_importing_it_reaches_for_nothing() -> None:
    """Every attempt to connect or to look up a name, while litellm is imported our way."""
    code = """
import socket, sys
seen = []
def refuse(*args, **kwargs):
    seen.append(args)
    raise OSError("no network")
socket.socket.connect = refuse
socket.getaddrinfo = refuse
from memkit.llm.foreign import _litellm
litellm = _litellm()
assert litellm.telemetry is False
assert len(litellm.model_cost) > 100
print(len(seen))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split()[-1] == "0"
