"""Streams that are listened to: given on as they come, and kept when they end.

The end is when the stream is exhausted, closed, left as a context manager, fails, or is dropped.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Self

from memkit.adapters.chats import field, piece_words, reply_words

Keep = Callable[[str, bool], None]
"""Told the words of an answer, and whether it came to its end."""


class Hearing:
    """The words of one answer as they come; told to `keep` once, however it ends.

    Nothing is kept of an answer that broke off before its first word: it will be asked for again.
    """

    def __init__(self, keep: Keep) -> None:
        self.words: list[str] = []
        self.source: Any = None
        self._keep = keep
        self._ended = False

    def end(self, *, whole: bool) -> None:
        """Keep what was heard, unless that is done."""
        if self._ended:
            return
        self._ended = True
        told, complete = self._put_together()
        words = told or "".join(self.words)
        if words or whole:
            self._keep(words, whole or complete)

    def _put_together(self) -> tuple[str, bool]:
        """What Anthropic's helper has put together of its events, whoever read them."""
        try:
            snapshot = getattr(self.source, "current_message_snapshot", None)
        except AssertionError:  # its way to say that nothing came yet
            return "", False
        return reply_words(snapshot), field(snapshot, "stop_reason") is not None

    def __del__(self) -> None:
        self.end(whole=False)


class Stream:
    """A stream, or a manager of one, that is listened to. All else is the stream's own.

    Some clients' streams can be read by both kinds of loops; so this one can.
    """

    def __init__(self, target: Any, hearing: Hearing) -> None:
        self._target = target
        self._hearing = hearing
        self._events: Any = None
        hearing.source = target

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return type(self._target)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._target, name)

    def __repr__(self) -> str:
        return repr(self._target)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Any:
        if self._events is None:
            self._events = iter(self._target)
        try:
            event = next(self._events)
        except BaseException as error:
            self._hearing.end(whole=isinstance(error, StopIteration))
            raise
        self._hearing.words.append(piece_words(event))
        return event

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Any:
        if self._events is None:
            self._events = aiter(self._target)
        try:
            event = await anext(self._events)
        except StopAsyncIteration:
            await asyncio.to_thread(self._hearing.end, whole=True)
            raise
        except BaseException:  # cancelled, perhaps: nothing can be awaited any more
            self._hearing.end(whole=False)
            raise
        self._hearing.words.append(piece_words(event))
        return event

    @property
    def text_stream(self) -> Any:
        """Anthropic's stream of bare texts, listened to as well."""
        texts = self._target.text_stream
        return self._atexts(texts) if hasattr(texts, "__aiter__") else self._texts(texts)

    def _texts(self, texts: Any) -> Iterator[str]:
        for text in texts:
            self._hearing.words.append(text)
            yield text
        self._hearing.end(whole=True)

    async def _atexts(self, texts: Any) -> AsyncIterator[str]:
        async for text in texts:
            self._hearing.words.append(text)
            yield text
        await asyncio.to_thread(self._hearing.end, whole=True)

    def __enter__(self) -> Any:
        return self._entered(self._target.__enter__())

    def __exit__(self, *exc: object) -> Any:
        self._hearing.end(whole=False)
        return self._target.__exit__(*exc)

    async def __aenter__(self) -> Any:
        return self._entered(await self._target.__aenter__())

    async def __aexit__(self, *exc: object) -> Any:
        self._hearing.end(whole=False)
        return await self._target.__aexit__(*exc)

    def _entered(self, entered: Any) -> Any:
        return self if entered is self._target else Stream(entered, self._hearing)

    def close(self) -> Any:
        """Close the stream; what was heard is kept."""
        self._hearing.end(whole=False)
        return self._target.close()

    def aclose(self) -> Any:
        """The same, to be awaited."""
        self._hearing.end(whole=False)
        return self._target.aclose()
