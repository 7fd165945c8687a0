"""`memkit.wrap`: scripted clients that are wrapped, and notice nothing but what they are told."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from types import SimpleNamespace
from typing import Any, Self

import pytest

from memkit import MemoryStore, Scope, wrap
from memkit.errors import ClosedStore

N = SimpleNamespace
_CAT = "What is my cat called?"
_ASKED = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": _CAT}]


def _answer(text: str | None) -> Any:
    return N(id="r1", choices=[N(message=N(role="assistant", content=text))])


def _chunks(text: str) -> list[Any]:
    return [N(choices=[N(delta=N(content=piece))]) for piece in (None, *text.split(" "))] + [
        N(choices=[], usage=N(total_tokens=3))
    ]


class _Client:
    """An OpenAI-shaped client that says what it is told to, and notes what it was sent."""

    def __init__(self, *answers: Any) -> None:
        self.sent: list[dict[str, Any]] = []
        self.answers = list(answers)
        self.chat = N(completions=self)
        self.responses = self
        self.messages = self
        self.api_key = "k"

    def create(self, **kwargs: Any) -> Any:
        self.sent.append(kwargs)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def with_options(self, **kwargs: Any) -> _Client:
        return self


class _AsyncClient(_Client):
    async def create(self, **kwargs: Any) -> Any:
        await asyncio.sleep(0)
        return super().create(**kwargs)


def _said(scope: Scope) -> list[tuple[str | None, str]]:
    return [(turn.role, turn.text) for turn in scope.turns()]


@pytest.fixture
def knowing(ana: Scope) -> Scope:
    ana.add("My cat is called Bica.", now="2024-03-02")
    return ana


def test_what_is_known_stands_before_the_last_words_of_the_user_and_nowhere_else(
    knowing: Scope,
) -> None:
    client = _Client(_answer("Bica."))
    history = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hello!"},
        {"role": "assistant", "content": "Hello."},
        {"role": "user", "content": _CAT},
    ]
    given = [dict(message) for message in history]
    answer = wrap(client, knowing).chat.completions.create(model="m", messages=given)
    assert answer.choices[0].message.content == "Bica." and answer.id == "r1"
    (sent,) = client.sent
    assert sent["model"] == "m" and sent["messages"][:-1] == history[:-1]
    assert given == history  # what was passed in is left alone
    last = sent["messages"][-1]["content"]
    assert last.startswith("<memories>") and last.endswith(f"</memories>\n\n{_CAT}")
    assert "Bica" in last
    assert _said(knowing)[1:] == [("user", _CAT), ("assistant", "Bica.")]


def test_nothing_is_added_where_nothing_is_known(ana: Scope) -> None:
    client = _Client(_answer("I do not know."))
    wrap(client, ana).chat.completions.create(messages=_ASKED)
    assert client.sent[0]["messages"] is _ASKED


def test_nothing_is_recalled_that_the_messages_say_already(knowing: Scope) -> None:
    client = _Client(_answer("Bica."))
    messages = [{"role": "user", "content": "My cat is called Bica."}, *_ASKED]
    wrap(client, knowing).chat.completions.create(messages=messages)
    assert client.sent[0]["messages"] == messages


def test_within_a_turn_tools_see_the_same_bytes_and_the_words_are_stored_once(
    knowing: Scope,
) -> None:
    client = _Client(_answer(None), _answer("She is called Bica."))
    wrapped = wrap(client, knowing)
    wrapped.chat.completions.create(messages=_ASKED)
    loop = [
        *_ASKED,
        {"role": "assistant", "content": None, "tool_calls": [{"id": "c1"}]},
        {"role": "tool", "tool_call_id": "c1", "content": "a result"},
    ]
    wrapped.chat.completions.create(messages=loop)
    first, second = (sent["messages"] for sent in client.sent)
    assert first[1] == second[1] and second[2:] == loop[2:]
    assert _said(knowing)[1:] == [("user", _CAT), ("assistant", "She is called Bica.")]


def test_contents_in_parts_get_a_part_of_their_own_kind(knowing: Scope) -> None:
    client = _Client(_answer("x"), N(output_text="y", output=[]), N(content=[]))
    wrapped = wrap(client, knowing)
    image = {"type": "image_url", "image_url": {"url": "data:"}}
    wrapped.chat.completions.create(
        messages=[{"role": "user", "content": [image, {"type": "text", "text": _CAT}]}]
    )
    wrapped.responses.create(
        input=[{"role": "user", "content": [{"type": "input_text", "text": _CAT}]}]
    )
    chat, response = client.sent
    parts = chat["messages"][0]["content"]
    assert [part["type"] for part in parts] == ["text", "image_url", "text"]
    assert [p["type"] for p in response["input"][0]["content"]] == ["input_text", "input_text"]


def test_responses_take_a_text_and_keep_their_instructions(knowing: Scope) -> None:
    output = [N(type="reasoning", content=None), N(type="message", content=[
        N(type="output_text", text="Bica.")])]  # fmt: skip
    client = _Client(N(output=output, output_text="Bica."))
    wrap(client, knowing).responses.create(input=_CAT, instructions="Be brief.")
    (sent,) = client.sent
    assert sent["instructions"] == "Be brief."
    assert isinstance(sent["input"], str) and sent["input"].endswith(f"\n\n{_CAT}")
    assert _said(knowing)[1:] == [("user", _CAT), ("assistant", "Bica.")]


def test_anthropic_s_tool_results_are_no_words_of_the_user(knowing: Scope) -> None:
    used = N(content=[N(type="tool_use", id="u1", name="f", input={})])
    told = N(content=[N(type="text", text="Bica."), N(type="text", text="Really.")])
    client = _Client(used, told)
    wrapped = wrap(client, knowing)
    asked = [{"role": "user", "content": _CAT}]
    wrapped.messages.create(system="Be brief.", messages=asked, max_tokens=9)
    result = {"type": "tool_result", "tool_use_id": "u1", "content": "secret of a tool"}
    after = [*asked, {"role": "assistant", "content": used.content}]
    wrapped.messages.create(
        system="Be brief.", messages=[*after, {"role": "user", "content": [result]}], max_tokens=9
    )
    first, second = client.sent
    assert first["system"] == second["system"] == "Be brief."
    assert first["messages"][0] == second["messages"][0]
    assert second["messages"][2] == {"role": "user", "content": [result]}
    assert _said(knowing)[1:] == [("user", _CAT), ("assistant", "Bica.\nReally.")]


def test_speakers_and_sessions_are_kept(ana: Scope) -> None:
    client = _Client(_answer("Hi Ben."))
    messages = [{"role": "user", "name": "Ben", "content": "I am Ben."}]
    wrap(client, ana, session="s1").chat.completions.create(messages=messages)
    told = [(turn.speaker, turn.session) for turn in ana.turns()]
    assert told == [("Ben", "s1"), (None, "s1")]


def test_a_call_that_fails_fails_as_it_did_and_stores_nothing(knowing: Scope) -> None:
    client = _Client(TimeoutError("the provider"), _answer("Bica."))
    wrapped = wrap(client, knowing)
    with pytest.raises(TimeoutError, match="the provider"):
        wrapped.chat.completions.create(messages=_ASKED)
    assert len(_said(knowing)) == 1
    wrapped.chat.completions.create(messages=_ASKED)
    assert len(_said(knowing)) == 3


def test_a_memory_that_fails_is_reported_and_the_call_goes_on(
    store: MemoryStore, caplog: pytest.LogCaptureFixture
) -> None:
    ana = store.scope(user="ana")
    client = _Client(_answer("Bica."))
    wrapped = wrap(client, ana)
    store.close()
    with caplog.at_level(logging.WARNING, "memkit.wrap"):
        assert wrapped.chat.completions.create(messages=_ASKED) is not None
    assert client.sent[0]["messages"] is _ASKED
    assert [record.message.split(" ")[0] for record in caplog.records] == ["Nothing", "This"]
    assert all(record.exc_info and record.exc_info[0] is ClosedStore for record in caplog.records)


def test_text_that_no_store_can_keep_is_stored_without_it(ana: Scope) -> None:
    client = _Client(_answer("a\x00b"))
    wrap(client, ana).chat.completions.create(
        messages=[{"role": "user", "content": "one\x00two\ud800"}]
    )
    assert _said(ana) == [("user", "one two?"), ("assistant", "a b")]


def test_messages_that_are_objects_or_lack_words_pass_as_they_are(knowing: Scope) -> None:
    client = _Client(_answer("x"), _answer("y"), _answer("z"))
    wrapped = wrap(client, knowing)
    own = [N(role="user", content=_CAT)]
    for messages in (own, [{"role": "system", "content": "go"}], []):
        wrapped.chat.completions.create(messages=messages)
        assert client.sent[-1]["messages"] == messages
    assert _said(knowing)[1:] == [("user", _CAT), ("assistant", "x")]


# streams


def test_a_stream_is_given_on_piece_by_piece_and_kept_at_its_end(knowing: Scope) -> None:
    chunks = _chunks("She is Bica")
    client = _Client(iter(chunks))
    stream = wrap(client, knowing).chat.completions.create(messages=_ASKED, stream=True)
    assert next(stream) is chunks[0]
    assert len(_said(knowing)) == 1
    assert list(stream) == chunks[1:]
    assert _said(knowing)[1:] == [("user", _CAT), ("assistant", "SheisBica")]


class _Broken(Iterator[Any]):
    def __init__(self, chunks: list[Any], error: Exception | None) -> None:
        self.chunks = chunks
        self.error = error
        self.response = "the raw response"
        self.closed = False

    def __next__(self) -> Any:
        if not self.chunks:
            raise self.error or StopIteration
        return self.chunks.pop(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.closed = True

    def close(self) -> None:
        self.closed = True


def _leave(stream: Any) -> None:
    with stream as entered:
        next(entered)
        next(entered)


def _close(stream: Any) -> None:
    next(stream)
    next(stream)
    stream.close()


def _drop(stream: Any) -> None:
    next(stream)
    next(stream)


def _fail(stream: Any) -> None:
    with pytest.raises(ConnectionError, match="cut"):
        list(stream)


@pytest.mark.parametrize("how", [_leave, _close, _drop, _fail])
def test_a_stream_that_breaks_off_is_kept_as_far_as_it_came(
    knowing: Scope, how: Callable[[Any], None]
) -> None:
    inner = _Broken(_chunks("She")[: 2 if how is _fail else 3], ConnectionError("cut"))
    client = _Client(inner)
    stream = wrap(client, knowing).chat.completions.create(messages=_ASKED, stream=True)
    assert stream.response == "the raw response" and isinstance(stream, _Broken)
    how(stream)
    del stream
    client.answers.clear()
    gc.collect()
    assert _said(knowing)[1:] == [("user", _CAT), ("assistant", "She")]
    assert [turn.metadata for turn in knowing.turns()][-1] == {"partial": True}
    assert inner.closed is (how in (_leave, _close))


def test_a_stream_that_fails_before_its_first_word_stores_nothing(knowing: Scope) -> None:
    client = _Client(_Broken([], ConnectionError("cut")))
    stream = wrap(client, knowing).chat.completions.create(messages=_ASKED, stream=True)
    with pytest.raises(ConnectionError):
        next(stream)
    assert len(_said(knowing)) == 1


def test_events_of_the_other_apis_are_heard(knowing: Scope) -> None:
    responses = [
        N(type="response.created"),
        N(type="response.output_text.delta", delta="She is "),
        N(type="response.output_text.delta", delta="Bica."),
        N(type="response.completed"),
    ]
    messages = [
        N(type="message_start", message=N(content=[])),
        N(type="content_block_delta", delta=N(type="thinking_delta", thinking="hm")),
        N(type="content_block_delta", delta=N(type="text_delta", text="Bica!")),
    ]
    wrapped = wrap(_Client(iter(responses), iter(messages)), knowing)
    list(wrapped.responses.create(input=_CAT, stream=True))
    list(wrapped.messages.create(messages=_ASKED[1:], stream=True, max_tokens=9))
    assert [text for role, text in _said(knowing) if role == "assistant"] == [
        "She is Bica.",
        "Bica!",
    ]


class _MessageStream:
    """Anthropic's helper: it puts the answer together, whoever reads it."""

    def __init__(self, texts: list[str]) -> None:
        self._left = texts
        self._message: Any = None

    @property
    def current_message_snapshot(self) -> Any:
        assert self._message is not None
        return self._message

    @property
    def text_stream(self) -> Iterator[str]:
        while self._left:
            text = self._left.pop(0)
            known = self._message.content[0].text if self._message else ""
            self._message = N(
                content=[N(type="text", text=known + text)],
                stop_reason=None if self._left else "end_turn",
            )
            yield text

    def get_final_message(self) -> Any:
        for _ in self.text_stream:
            pass
        return self._message


class _Manager:
    def __init__(self, stream: _MessageStream) -> None:
        self.stream = stream

    def __enter__(self) -> _MessageStream:
        return self.stream

    def __exit__(self, *exc: object) -> None:
        return None


@pytest.mark.parametrize("how", ["texts", "final", "half"])
def test_anthropic_s_stream_helper_is_heard_however_it_is_read(knowing: Scope, how: str) -> None:
    client = N(messages=N(stream=lambda **kwargs: _Manager(_MessageStream(["Bi", "ca."]))))
    with wrap(client, knowing).messages.stream(messages=_ASKED[1:], max_tokens=9) as stream:
        if how == "texts":
            assert list(stream.text_stream) == ["Bi", "ca."]
        elif how == "final":
            assert stream.get_final_message().content[0].text == "Bica."
        else:
            next(stream.text_stream)
    (said, told) = list(knowing.turns())[1:]
    assert said.text == _CAT and told.text == ("Bi" if how == "half" else "Bica.")
    assert told.metadata == ({"partial": True} if how == "half" else {})


# async


async def _later(chunks: list[Any]) -> AsyncIterator[Any]:
    for chunk in chunks:
        await asyncio.sleep(0)
        yield chunk


def _run(work: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await work()

    asyncio.run(run())


def test_an_async_client_is_awaited_and_its_streams_are_read_as_before(knowing: Scope) -> None:
    client = _AsyncClient(_answer("Bica."), _later(_chunks("Bica again")))

    async def work() -> None:
        wrapped = wrap(client, knowing)
        answer = await wrapped.chat.completions.create(messages=_ASKED)
        assert answer.choices[0].message.content == "Bica."
        stream = await wrapped.chat.completions.create(messages=_ASKED, stream=True)
        assert len([chunk async for chunk in stream]) == 4

    _run(work)
    assert "Bica" in client.sent[0]["messages"][-1]["content"]
    assert [text for _, text in _said(knowing)[1:]] == [_CAT, "Bica.", _CAT, "Bicaagain"]


def test_an_async_stream_that_is_left_early_is_kept_as_far_as_it_came(knowing: Scope) -> None:
    client = _AsyncClient(_later(_chunks("She is Bica")))

    async def work() -> None:
        stream = await wrap(client, knowing).chat.completions.create(messages=_ASKED, stream=True)
        await anext(stream)
        await anext(stream)
        await stream.aclose()

    _run(work)
    assert _said(knowing)[1:] == [("user", _CAT), ("assistant", "She")]


def test_a_task_that_is_cancelled_in_a_stream_keeps_what_came(knowing: Scope) -> None:
    async def endless() -> AsyncIterator[Any]:
        yield _chunks("She")[1]
        await asyncio.Event().wait()

    client = _AsyncClient(endless())

    async def work() -> None:
        stream = await wrap(client, knowing).chat.completions.create(messages=_ASKED, stream=True)
        first = asyncio.Event()

        async def read() -> None:
            async for _ in stream:
                first.set()

        task = asyncio.create_task(read())
        await first.wait()
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    _run(work)
    assert _said(knowing)[1:] == [("user", _CAT), ("assistant", "She")]


def test_an_async_call_that_fails_fails_as_it_did(knowing: Scope) -> None:
    async def work() -> None:
        with pytest.raises(PermissionError):
            await wrap(_AsyncClient(PermissionError()), knowing).messages.create(messages=_ASKED)

    _run(work)
    assert len(_said(knowing)) == 1


# litellm, and the client itself


def test_litellm_s_functions_and_module_are_wrapped(knowing: Scope) -> None:
    sent: list[Any] = []

    def completion(model: str, messages: list[Any], **kwargs: Any) -> Any:
        sent.append(messages)
        return _answer("Bica.")

    async def acompletion(model: str, messages: list[Any], **kwargs: Any) -> Any:
        return completion(model, messages, **kwargs)

    module = N(completion=completion, acompletion=acompletion, drop_params=True)
    wrapped = wrap(module, knowing)
    assert wrapped.drop_params is True
    wrapped.completion("m", _ASKED)
    wrapped.completion(model="m", messages=_ASKED)
    wrap(completion, knowing)("m", _ASKED)
    asyncio.run(wrapped.acompletion(model="m", messages=_ASKED))
    assert all(messages[-1]["content"].startswith("<memories>") for messages in sent)
    assert len(_said(knowing)) == 1 + 4 * 2


def test_everything_else_is_the_client_s_own(knowing: Scope) -> None:
    client = _Client(_answer("x"))
    wrapped = wrap(client, knowing)
    assert isinstance(wrapped, _Client) and wrapped.api_key == "k"
    assert repr(wrapped).startswith("wrap(") and "api_key" in dir(wrapped)
    wrapped.api_key = "new"
    assert client.api_key == "new"
    with pytest.raises(AttributeError):
        getattr(wrapped, "nonsense")  # noqa: B009
    wrapped.with_options(timeout=3).chat.completions.create(messages=_ASKED)
    assert client.sent[0]["messages"][-1]["content"].startswith("<memories>")


def test_a_client_can_be_used_as_a_context_manager(knowing: Scope) -> None:
    with wrap(_Broken([], None), knowing) as entered:
        assert isinstance(entered, _Broken)


def test_the_memory_does_not_learn_its_own_block_back(knowing: Scope) -> None:
    client = _Client(_answer("My cat is called Bica."), _answer("x"))
    wrapped = wrap(client, knowing)
    wrapped.chat.completions.create(messages=_ASKED)
    echoed = list(knowing.turns())[-1]
    assert echoed.origin == "echo"
