"""`memkit.wrap`: a client of a language model that remembers.

What is known is put before the last message of the user, so that everything ahead of it, and the
provider's cache of it, stays as it was. What was said and answered is stored after the call. All
else passes through: attributes, results, streams and errors. A memory that fails is reported in the
log `memkit.wrap`; the call goes on without it.
"""

from __future__ import annotations

import asyncio
import hashlib
import inspect
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from memkit.adapters.chats import (
    field,
    last_user,
    piece_words,
    reply_words,
    sound,
    with_block,
    words_of,
)
from memkit.adapters.streams import Hearing, Stream
from memkit.store import Scope
from memkit.store.recalling import recall

Client = TypeVar("Client")

_LOG: Final = logging.getLogger("memkit.wrap")
_CHAT: Final = ("messages", "text")
_CALLS: Final[Mapping[tuple[str, ...], tuple[str, str]]] = {
    ("chat", "completions", "create"): _CHAT,
    ("chat", "completions", "parse"): _CHAT,
    ("beta", "chat", "completions", "parse"): _CHAT,
    ("responses", "create"): ("input", "input_text"),
    ("responses", "parse"): ("input", "input_text"),
    ("messages", "create"): _CHAT,
    ("messages", "stream"): _CHAT,
    ("beta", "messages", "create"): _CHAT,
    ("beta", "messages", "stream"): _CHAT,
    ("completion",): _CHAT,
    ("acompletion",): _CHAT,
}
"""Where calls stand: the argument that holds the messages, and the type of its parts of text."""
_STREAMS: Final = ("__next__", "__anext__", "__enter__", "__aenter__")
_SAME_CLIENT: Final = ("with_options", "copy")
_TURNS_KEPT: Final = 256


def wrap(client: Client, scope: Scope, *, budget: int = 800, session: str | None = None) -> Client:
    """The client, with the memory of one scope: recall before each call, write after it.

    For clients shaped like OpenAI's (`chat.completions`, `responses`) and Anthropic's (`messages`),
    sync and async, streams included, for the module `litellm`, and for its functions. At most
    `budget` tokens are recalled, once for each message of the user; nothing that the messages say
    themselves. Both sides are stored under `session`, if one is given.

    >>> from types import SimpleNamespace as N
    >>> from memkit import MemoryStore, wrap
    >>> ana = MemoryStore(":memory:").scope(user="ana")
    >>> _ = ana.add("My cat is called Bica.")
    >>> def create(messages):
    ...     print(messages[-1]["content"].splitlines()[-3:])
    ...     return N(choices=[N(message=N(content="Bica!"))])
    >>> client = wrap(N(chat=N(completions=N(create=create))), ana)
    >>> asked = [{"role": "user", "content": "What is my cat called?"}]
    >>> client.chat.completions.create(messages=asked).choices[0].message.content
    ['</memories>', '', 'What is my cat called?']
    'Bica!'
    >>> [turn.text for turn in ana.turns(last=2)]
    ['What is my cat called?', 'Bica!']
    """
    memory = ChatMemory(scope, budget, session)
    if inspect.isroutine(client):
        return cast(Client, _remembering(client, _CHAT, memory))
    return cast(Client, _Wrapped(client, (), memory))


@dataclass
class ChatTurn:
    """One message of the user on its way: what was recalled for it, and whether it is stored."""

    said: str
    speaker: str | None
    block: str = ""
    stored: bool = False


class ChatMemory:
    """What a wrapped client knows between calls. Safe for threads."""

    def __init__(self, scope: Scope, budget: int, session: str | None) -> None:
        self._scope = scope
        self._budget = budget
        self._session = session
        self._lock = threading.Lock()
        self._turns: OrderedDict[bytes, ChatTurn] = OrderedDict()

    def prepare(self, given: Any, part: str) -> tuple[Any, ChatTurn | None]:
        """The messages with what is known about the last one of the user, and that turn."""
        if isinstance(given, str):
            turn = self._turn([{"role": "user", "content": given}], 0)
            return (f"{turn.block}\n\n{given}" if turn.block else given), turn
        if not isinstance(given, Sequence) or (place := last_user(given)) is None:
            return given, None
        turn = self._turn(given, place)
        if not turn.block:
            return given, turn
        messages = list(given)
        messages[place] = with_block(messages[place], turn.block, part)
        return messages, turn

    def keep(self, turn: ChatTurn | None, reply: str, *, whole: bool = True) -> None:
        """Store what was said and answered; `whole` is false for an answer that broke off.

        Never raises.
        """
        if turn is None:
            return
        try:
            self._keep(turn, reply, whole)
        except Exception:  # noqa: BLE001
            _LOG.warning("This exchange was not stored in %r.", self._scope, exc_info=True)

    def _turn(self, messages: Sequence[Any], place: int) -> ChatTurn:
        """A message with others behind it (a tool's answer) is in the midst of its turn."""
        key = _fingerprint(messages[: place + 1])
        with self._lock:
            known = self._turns.get(key)
        if known is not None and place + 1 < len(messages):
            return known
        said = words_of(field(messages[place], "content"))
        name = field(messages[place], "name")
        turn = ChatTurn(said, name if isinstance(name, str) and name else None)
        turn.block = self._recalled(said, messages)
        with self._lock:
            self._turns[key] = turn
            while len(self._turns) > _TURNS_KEPT:
                self._turns.popitem(last=False)
        return turn

    def _recalled(self, said: str, messages: Sequence[Any]) -> str:
        """What is known, or nothing: never raises."""
        known = [words for m in messages if (words := words_of(field(m, "content")))]
        try:
            block = recall(self._scope, said, self._budget, without=known)
        except Exception:  # noqa: BLE001
            _LOG.warning("Nothing was recalled from %r for this call.", self._scope, exc_info=True)
            return ""
        return str(block) if block.hits else ""

    def _keep(self, turn: ChatTurn, reply: str, whole: bool) -> None:
        with self._lock:
            fresh, turn.stored = not turn.stored, True
        said: dict[str, Any] = {"role": "user", "content": turn.said}
        if turn.speaker is not None:
            said["name"] = turn.speaker
        answered: dict[str, Any] = {"role": "assistant", "content": sound(reply)}
        if not whole:
            answered["metadata"] = {"partial": True}
        messages = [said] * fresh + [answered] * bool(reply.strip())
        for message in messages:
            if self._session is not None:
                message["session"] = self._session
        try:
            self._scope.add(messages)
        except BaseException:
            turn.stored = not fresh
            raise


class _Wrapped:
    """An object of a client, with the calls beneath it remembering. All else is the object's."""

    def __init__(self, target: Any, path: tuple[str, ...], memory: ChatMemory) -> None:
        object.__setattr__(self, "_memkit", (target, path, memory))

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return type(self._memkit[0])

    def __getattr__(self, name: str) -> Any:
        target, path, memory = self._memkit
        found, place = getattr(target, name), (*path, name)
        if place in _CALLS and callable(found):
            return _remembering(found, _CALLS[place], memory)
        if any(call[: len(place)] == place for call in _CALLS):
            return _Wrapped(found, place, memory)
        if not path and name in _SAME_CLIENT and callable(found):
            return lambda *args, **kwargs: _Wrapped(found(*args, **kwargs), (), memory)
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._memkit[0], name, value)

    def __delattr__(self, name: str) -> None:
        delattr(self._memkit[0], name)

    def __dir__(self) -> list[str]:
        return dir(self._memkit[0])

    def __repr__(self) -> str:
        return f"wrap({self._memkit[0]!r})"

    def __enter__(self) -> Any:
        return self._entered(self._memkit[0].__enter__())

    def __exit__(self, *exc: object) -> Any:
        return self._memkit[0].__exit__(*exc)

    async def __aenter__(self) -> Any:
        return self._entered(await self._memkit[0].__aenter__())

    async def __aexit__(self, *exc: object) -> Any:
        return await self._memkit[0].__aexit__(*exc)

    def _entered(self, entered: Any) -> Any:
        target, path, memory = self._memkit
        return self if entered is target else _Wrapped(entered, path, memory)


def _remembering(call: Callable[..., Any], shape: tuple[str, str], memory: ChatMemory) -> Any:
    """The call, with recall before it and a write after it; awaited if the call is."""
    argument, part = shape

    def prepared(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any, ChatTurn | None]:
        if argument in kwargs:
            given, turn = memory.prepare(kwargs[argument], part)
            return args, {**kwargs, argument: given}, turn
        if len(args) > 1:  # litellm.completion(model, messages)
            given, turn = memory.prepare(args[1], part)
            return (args[0], given, *args[2:]), kwargs, turn
        return args, kwargs, None

    async def awaited(*args: Any, **kwargs: Any) -> Any:
        args, kwargs, turn = await asyncio.to_thread(prepared, args, kwargs)
        return await _kept_later(call(*args, **kwargs), turn, memory)

    def called(*args: Any, **kwargs: Any) -> Any:
        args, kwargs, turn = prepared(args, kwargs)
        result = call(*args, **kwargs)
        if inspect.isawaitable(result):
            return _kept_later(result, turn, memory)
        stream = _listened_to(result, turn, memory)
        if stream is None:
            memory.keep(turn, _whole_words(result))
        return result if stream is None else stream

    return awaited if inspect.iscoroutinefunction(call) else called


async def _kept_later(coming: Any, turn: ChatTurn | None, memory: ChatMemory) -> Any:
    result = await coming
    stream = _listened_to(result, turn, memory)
    if stream is None:
        await asyncio.to_thread(memory.keep, turn, _whole_words(result))
    return result if stream is None else stream


def _listened_to(result: Any, turn: ChatTurn | None, memory: ChatMemory) -> Stream | None:
    """The result as a stream that is listened to; None for an answer that is whole."""
    kind = type(result)
    if not any(hasattr(kind, name) for name in _STREAMS):
        return None
    return Stream(result, Hearing(lambda words, whole: memory.keep(turn, words, whole=whole)))


def _whole_words(result: Any) -> str:
    if isinstance(result, (list, tuple)):  # of events that are all there already
        return "".join(map(piece_words, result))
    return reply_words(result)


def _fingerprint(messages: Sequence[Any]) -> bytes:
    told = hashlib.blake2b(digest_size=16)
    for message in messages:
        words = words_of(field(message, "content"))
        told.update(f"{field(message, 'role')}\x1f{words}\x1e".encode())
    return told.digest()
