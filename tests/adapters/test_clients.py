"""`memkit.wrap` around real clients: OpenAI's, Anthropic's and litellm; with scripted replies."""

from __future__ import annotations

import asyncio
import inspect
import json
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest

from memkit import Scope, wrap
from memkit.llm.foreign import _litellm

pytestmark = pytest.mark.filterwarnings("ignore")  # the clients' own

_CAT = "What is my cat called?"
_ASKED = [{"role": "user", "content": _CAT}]


class _Wire:
    """Answers requests from a script, and notes their bodies."""

    def __init__(self, *answers: Any) -> None:
        self.sent: list[Any] = []
        self.answers = list(answers)
        self.http: Any = None

    def __call__(self, request: Any) -> Any:
        self.sent.append(json.loads(request.content))
        answer = self.answers.pop(0)
        if isinstance(answer, list):
            lines = "".join(
                f"event: {event.get('type', '')}\ndata: {json.dumps(event)}\n\n" for event in answer
            )
            headers = {"content-type": "text/event-stream"}
            return self.http.Response(200, text=lines, headers=headers)
        return self.http.Response(200, json=answer)

    async def answered(self, request: Any) -> Any:
        return self(request)


@pytest.fixture
def knowing(ana: Scope) -> Scope:
    ana.add("My cat is called Bica.")
    return ana


def _told(scope: Scope) -> list[str]:
    return [turn.text for turn in scope.turns()][1:]


_COMPLETION = {
    "id": "c", "object": "chat.completion", "created": 1, "model": "m",
    "choices": [{"index": 0, "finish_reason": "stop",
                 "message": {"role": "assistant", "content": "Bica."}}],
}  # fmt: skip
_CHUNKS = [
    {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m",
     "choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
    for piece in ("Bi", "ca.")
]  # fmt: skip
_RESPONSE = {
    "id": "r", "object": "response", "created_at": 1, "model": "m", "parallel_tool_calls": True,
    "tool_choice": "auto", "tools": [], "status": "completed",
    "output": [{"id": "m1", "type": "message", "role": "assistant", "status": "completed",
                "content": [{"type": "output_text", "text": "Bica.", "annotations": []}]}],
}  # fmt: skip
_MESSAGE: dict[str, Any] = {
    "id": "m", "type": "message", "role": "assistant", "model": "m", "stop_reason": "end_turn",
    "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1},
    "content": [{"type": "text", "text": "Bica."}],
}  # fmt: skip
_EVENTS: list[Any] = [
    {"type": "message_start", "message": {**_MESSAGE, "content": [], "stop_reason": None}},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Bi"}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "ca."}},
    {"type": "content_block_stop", "index": 0},
    {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None},
     "usage": {"output_tokens": 2}},
    {"type": "message_stop"},
]  # fmt: skip


def _client(library: str, name: str, wire: _Wire) -> Any:
    """A client whose requests go to the script; some releases bring an httpx of their own."""
    module = pytest.importorskip(library, reason=f"{library} is not installed")
    own = sys.modules[f"{library}._base_client"]
    http: Any = getattr(own, "httpx2", None) or getattr(own, "httpx", None)
    wire.http = http
    is_async = name.startswith("Async")
    transport = http.MockTransport(wire.answered if is_async else wire)
    made = http.AsyncClient(transport=transport) if is_async else http.Client(transport=transport)
    return getattr(module, name)(api_key="k", http_client=made, max_retries=0)


def test_openai_s_client_answers_and_streams_as_before(knowing: Scope) -> None:
    wire = _Wire(_COMPLETION, _CHUNKS, _RESPONSE)
    plain = _client("openai", "OpenAI", wire)
    client = wrap(plain, knowing)
    assert isinstance(client, type(plain))
    answer = client.chat.completions.create(model="m", messages=_ASKED)
    assert answer.choices[0].message.content == "Bica."
    with client.chat.completions.create(model="m", messages=_ASKED, stream=True) as stream:
        assert "".join(chunk.choices[0].delta.content for chunk in stream) == "Bica."
    assert "called Bica" in wire.sent[0]["messages"][0]["content"]
    assert _told(knowing) == [_CAT, "Bica."] * 2
    if not hasattr(plain, "responses"):
        pytest.skip("this release has no responses")
    assert client.responses.create(model="m", input=_CAT).output_text == "Bica."
    assert wire.sent[2]["input"].endswith(_CAT)
    assert _told(knowing) == [_CAT, "Bica."] * 3


def test_openai_s_async_client_too(knowing: Scope) -> None:
    client = wrap(_client("openai", "AsyncOpenAI", _Wire(_COMPLETION, _CHUNKS)), knowing)

    async def run() -> None:
        await client.chat.completions.create(model="m", messages=_ASKED)
        stream = await client.chat.completions.create(model="m", messages=_ASKED, stream=True)
        assert [chunk.choices[0].delta.content async for chunk in stream] == ["Bi", "ca."]

    asyncio.run(run())
    assert _told(knowing) == [_CAT, "Bica."] * 2


_READ: dict[str, Callable[[Any], str]] = {
    "texts": lambda stream: "".join(stream.text_stream),
    "final": lambda stream: stream.get_final_text(),
    "events": lambda stream: "".join(e.text for e in stream if e.type == "text"),
}


@pytest.mark.parametrize("how", sorted(_READ))
def test_anthropic_s_client_answers_and_streams_as_before(knowing: Scope, how: str) -> None:
    wire = _Wire(_MESSAGE, _EVENTS, _EVENTS)
    client = wrap(_client("anthropic", "Anthropic", wire), knowing)
    asked: dict[str, Any] = {"model": "m", "max_tokens": 9, "messages": _ASKED}
    assert client.messages.create(**asked, system="Be brief.").content[0].text == "Bica."
    with client.messages.stream(**asked) as stream:
        assert _READ[how](stream) == "Bica."
    assert len(list(client.messages.create(**asked, stream=True))) == len(_EVENTS)
    assert wire.sent[0]["system"] == "Be brief."
    assert "called Bica" in wire.sent[0]["messages"][0]["content"]
    assert _told(knowing) == [_CAT, "Bica."] * 3


def test_anthropic_s_async_client_too(knowing: Scope) -> None:
    client = wrap(_client("anthropic", "AsyncAnthropic", _Wire(_MESSAGE, _EVENTS)), knowing)
    asked: dict[str, Any] = {"model": "m", "max_tokens": 9, "messages": _ASKED}

    async def run() -> None:
        await client.messages.create(**asked)
        async with client.messages.stream(**asked) as stream:
            assert "".join([text async for text in stream.text_stream]) == "Bica."

    asyncio.run(run())
    assert _told(knowing) == [_CAT, "Bica."] * 2


@pytest.fixture
def litellm() -> Any:
    """The package itself, imported as memkit does it: without a look-up of prices."""
    if find_spec("litellm") is None:
        pytest.skip("litellm is not installed")
    return _litellm()


_MOCKED: dict[str, Any] = {"model": "gpt-4o-mini", "messages": _ASKED, "mock_response": "Bica."}


def _seen(litellm: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The messages that reach litellm itself."""
    sent: list[Any] = []
    answer = litellm.mock_completion
    main = sys.modules["litellm.main"]

    def noted(*args: Any, **kwargs: Any) -> Any:
        sent.append(inspect.signature(answer).bind(*args, **kwargs).arguments["messages"])
        return answer(*args, **kwargs)

    monkeypatch.setattr(main, "mock_completion", noted)
    return sent


def test_litellm_answers_and_streams_as_before(
    knowing: Scope, litellm: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = _seen(litellm, monkeypatch)
    wrapped = wrap(litellm, knowing)
    assert wrapped.completion(**_MOCKED).choices[0].message.content == "Bica."
    stream = wrapped.completion(**_MOCKED, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == "Bica."
    assert wrap(litellm.completion, knowing)(**_MOCKED).choices[0].message.content == "Bica."
    assert all("called Bica" in messages[-1]["content"] for messages in sent) and len(sent) == 3
    assert _told(knowing) == [_CAT, "Bica."] * 3


def test_litellm_s_async_functions_too(
    knowing: Scope, litellm: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = _seen(litellm, monkeypatch)
    wrapped = wrap(litellm, knowing)

    async def run() -> None:
        answer = await wrapped.acompletion(**_MOCKED)
        assert answer.choices[0].message.content == "Bica."
        stream = await wrapped.acompletion(**_MOCKED, stream=True)
        pieces = [piece.choices[0].delta.content or "" async for piece in stream]
        assert "".join(pieces) == "Bica."

    asyncio.run(run())
    assert all("called Bica" in messages[-1]["content"] for messages in sent) and len(sent) == 2
    assert _told(knowing) == [_CAT, "Bica."] * 2
