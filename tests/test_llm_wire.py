"""A URL that speaks OpenAI's protocol, asked over real sockets of this machine."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime
from typing import Any

import pytest
from llm_server import (
    ModelServer,
    breaks_off,
    drips,
    drips_headers,
    fails,
    hangs,
    hangs_up,
    model_server,
    says,
    sends,
)
from pydantic import BaseModel

from memkit.errors import InvalidInput, ModelUnavailable, UnusableReply
from memkit.llm import LLM, Prompt, Reply

__all__ = ["model_server"]


class Colour(BaseModel):
    name: str


ASK = Prompt("Name colours.", "Which?")
RED = [{"name": "red"}]


class Nap:
    """Sleeps that are written down instead."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


def door(server: ModelServer, **options: Any) -> tuple[LLM, Nap]:
    nap = Nap()
    given: dict[str, Any] = {
        "base_url": server.url, "timeout": 5.0, "sleep": nap, "jitter": lambda: 1.0,
        "clock": lambda: datetime(2024, 5, 1, 12, tzinfo=UTC), **options,
    }  # fmt: skip
    return LLM("tiny", **given), nap


def test_a_model_behind_a_url_answers_with_items(model_server: ModelServer) -> None:
    model_server.queue = [says(RED)]
    llm, _ = door(model_server, api_key="secret")
    assert llm.ask(ASK, Colour) == Reply((Colour(name="red"),))
    [request], [headers] = model_server.requests, model_server.headers
    assert model_server.paths == ["/v1/chat/completions"]
    assert headers["Authorization"] == "Bearer secret"
    assert request["model"] == "tiny"
    assert request["messages"] == [
        {"role": "system", "content": "Name colours."},
        {"role": "user", "content": "Which?"},
    ]
    assert request["temperature"] == 0.0
    assert request["response_format"]["json_schema"]["strict"] is True
    items = request["response_format"]["json_schema"]["schema"]["properties"]["items"]
    assert items["items"]["required"] == ["name"]


def test_options_go_along_and_none_takes_one_of_ours_out(model_server: ModelServer) -> None:
    llm, _ = door(model_server, options={"seed": 7, "temperature": None})
    llm.ask(ASK, Colour)
    assert model_server.requests[0]["seed"] == 7
    assert "temperature" not in model_server.requests[0]


def test_a_server_that_refuses_the_schema_is_told_it_in_words(model_server: ModelServer) -> None:
    model_server.queue = [fails(400, "response_format is not supported"), says(RED), says([])]
    llm, nap = door(model_server)
    assert llm.ask(ASK, Colour).items == (Colour(name="red"),)
    assert llm.ask(Prompt("Name colours.", "More?"), Colour).items == ()
    with_schema = ["response_format" in request for request in model_server.requests]
    assert with_schema == [True, False, False]
    assert '"name":{"type":"string"}' in model_server.prompts()[1]
    assert nap.slept == []


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 529, 408])
def test_what_may_pass_is_tried_again_after_growing_waits(
    model_server: ModelServer, status: int
) -> None:
    model_server.queue = [fails(status), fails(status), says(RED)]
    llm, nap = door(model_server)
    assert llm.ask(ASK, Colour).items == (Colour(name="red"),)
    assert nap.slept == [0.5, 1.0]


def test_chance_shortens_waits_and_they_have_an_end(model_server: ModelServer) -> None:
    model_server.default = fails(500)
    llm, nap = door(model_server, retries=5, longest_wait=2.0, jitter=lambda: 0.5)
    with pytest.raises(ModelUnavailable, match="6 times in a row"):
        llm.ask(ASK, Colour)
    assert nap.slept == [0.25, 0.5, 1.0, 1.0, 1.0]


def test_a_server_is_given_the_time_it_asks_for(model_server: ModelServer) -> None:
    model_server.queue = [
        fails(429, Retry_After="7"),
        fails(429, Retry_After="Wed, 01 May 2024 12:00:09 GMT"),
        fails(429, Retry_After="soon"),
        says(RED),
    ]
    llm, nap = door(model_server)
    assert llm.ask(ASK, Colour).items == (Colour(name="red"),)
    assert nap.slept == [7.5, 10.0, 2.0]


def test_a_server_that_asks_for_an_hour_is_not_waited_for(model_server: ModelServer) -> None:
    model_server.default = fails(429, "quota", Retry_After="3600")
    llm, nap = door(model_server)
    with pytest.raises(ModelUnavailable, match="wait 3600 seconds"):
        llm.ask(ASK, Colour)
    assert nap.slept == []
    assert len(model_server.requests) == 1


@pytest.mark.parametrize("status", [401, 403, 404, 301])
def test_what_will_not_pass_is_not_tried_again(model_server: ModelServer, status: int) -> None:
    model_server.default = fails(status, "no such key", Location="/elsewhere")
    llm, nap = door(model_server)
    with pytest.raises(ModelUnavailable, match=f"HTTP status {status}: no such key"):
        llm.ask(ASK, Colour)
    assert nap.slept == []


@pytest.mark.parametrize("behave", [hangs, drips, drips_headers])
def test_no_call_outlasts_its_time(model_server: ModelServer, behave: Any) -> None:
    model_server.queue = [behave, says(RED)]
    llm, nap = door(model_server, timeout=0.2)
    assert llm.ask(ASK, Colour).items == (Colour(name="red"),)
    assert nap.slept == [0.5]


def test_a_server_that_never_answers_is_named(model_server: ModelServer) -> None:
    model_server.default = hangs
    llm, _ = door(model_server, timeout=0.1, retries=1)
    with pytest.raises(ModelUnavailable, match=r"tiny at http.*did not answer in time"):
        llm.ask(ASK, Colour)


@pytest.mark.parametrize(
    "behave",
    [
        breaks_off, hangs_up, sends(b""), sends(b"<html>"), sends(b'{"choices": []}'),
        sends(b'{"choices": [{"message": null}]}'), sends(b"[" * 100_000), sends(b"\xff\xfe"),
        sends(json.dumps({"error": {"message": "overloaded"}}).encode()),
    ],
)  # fmt: skip
def test_half_answers_and_nonsense_are_asked_for_again(
    model_server: ModelServer, behave: Any
) -> None:
    model_server.queue = [behave, says(RED)]
    llm, nap = door(model_server)
    assert llm.ask(ASK, Colour).items == (Colour(name="red"),)
    assert nap.slept == [0.5]


def test_an_endless_answer_is_refused(
    model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memkit.llm.wire._MOST_BYTES", 1000)
    model_server.default = sends(b" " * 5000)
    llm, _ = door(model_server, retries=0)
    with pytest.raises(ModelUnavailable, match="longer than 1000 bytes"):
        llm.ask(ASK, Colour)


def test_nobody_at_the_address(model_server: ModelServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    url = model_server.url.replace(str(model_server.port), str(port))
    llm, nap = door(model_server, base_url=url)
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        llm.ask(ASK, Colour)
    assert nap.slept == [0.5, 1.0, 2.0]
    assert llm.spent().prompt_tokens == 0


def test_a_reply_without_json_is_asked_for_again_with_a_reminder(
    model_server: ModelServer,
) -> None:
    model_server.queue = [says("I am sorry."), says(""), says(RED)]
    llm, _ = door(model_server)
    assert llm.ask(ASK, Colour).items == (Colour(name="red"),)
    assert ["JSON object alone" in prompt for prompt in model_server.prompts()] == [
        False, True, True,
    ]  # fmt: skip


def test_a_model_that_never_writes_json_gives_an_unusable_reply(
    model_server: ModelServer,
) -> None:
    model_server.default = says("I cannot help with that.")
    llm, _ = door(model_server, retries=1)
    with pytest.raises(UnusableReply, match=r"2 times.*I cannot help"):
        llm.ask(ASK, Colour)


def test_of_a_reply_that_breaks_off_the_whole_items_are_kept(model_server: ModelServer) -> None:
    half = '{"items": [{"name": "red"}, {"name": "blue"}, {"na'
    model_server.default = says(half)
    llm, _ = door(model_server, retries=1)
    reply = llm.ask(ASK, Colour)
    assert [item.name for item in reply.items] == ["red", "blue"]
    assert len(reply.faults) == 1
    assert len(model_server.requests) == 2


def test_a_reply_that_ran_out_of_tokens_is_not_asked_for_again(model_server: ModelServer) -> None:
    model_server.default = says('{"items": [{"name": "red"}, {"na', finish="length")
    llm, _ = door(model_server)
    assert [item.name for item in llm.ask(ASK, Colour).items] == ["red"]
    assert len(model_server.requests) == 1


def test_parts_of_a_message_are_one_text(model_server: ModelServer) -> None:
    parts = [{"type": "text", "text": '{"items": [{"name"'}, {"type": "text", "text": ': "red"}]}'}]
    body = {"choices": [{"message": {"content": parts}}], "usage": None}
    model_server.queue = [sends(json.dumps(body).encode())]
    llm, _ = door(model_server)
    assert llm.ask(ASK, Colour).items == (Colour(name="red"),)


def test_many_prompts_run_at_once_but_not_too_many(model_server: ModelServer) -> None:
    model_server.default = lambda one: (one.stop.wait(0.02), says(RED)(one))[1]
    llm, _ = door(model_server, concurrency=3)
    replies = llm.ask_all([Prompt("", str(n)) for n in range(12)], Colour)
    assert all(isinstance(reply, Reply) for reply in replies)
    assert len(model_server.requests) == 12
    assert model_server.most_running <= 3


def test_no_key_is_shown(model_server: ModelServer) -> None:
    model_server.default = fails(401)
    llm, _ = door(model_server, api_key="secret")
    with pytest.raises(ModelUnavailable) as caught:
        llm.ask(ASK, Colour)
    assert "secret" not in f"{caught.value} {llm!r} {llm.identity}"


def test_a_proxy_is_used_for_others_and_not_for_this_machine(
    model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    model_server.default = says(RED)
    monkeypatch.setenv("http_proxy", model_server.url.removesuffix("/v1"))
    monkeypatch.delenv("no_proxy", raising=False)
    door(model_server)[0].ask(ASK, Colour)
    door(model_server, base_url="http://models.example/v1")[0].ask(ASK, Colour)
    assert model_server.paths == [
        "/v1/chat/completions",
        "http://models.example/v1/chat/completions",
    ]


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://host/v1", "", "http://u:p@host/v1"])
def test_addresses_that_cannot_be_posted_to(url: str) -> None:
    with pytest.raises(InvalidInput, match="base_url"):
        LLM("tiny", base_url=url)


def test_keys_that_no_header_may_hold() -> None:
    with pytest.raises(InvalidInput, match="api_key"):
        LLM("tiny", base_url="http://host.example/v1", api_key="a\r\nX-Evil: 1")
