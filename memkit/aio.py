"""The same calls for async code, each forwarded to a thread: there is no second implementation."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_END = object()


class Forwarded(Generic[T]):
    """A store or scope whose methods are awaited.

    Iterators become async iterators. What is not a method (properties) is given as it is, and a
    method that only makes a view, such as `scope`, is called at once and its result is wrapped.
    """

    _AT_ONCE = frozenset({"scope"})

    def __init__(self, target: T) -> None:
        self._target = target

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(self._target, name)
        if not callable(found):
            return found
        if name in self._AT_ONCE:
            return _then_wrapped(found)
        if inspect.isgeneratorfunction(getattr(found, "__func__", found)):
            return _iterated(found)
        return _awaited(found)

    def __dir__(self) -> list[str]:
        return [name for name in dir(self._target) if not name.startswith("_")]

    async def __aenter__(self) -> Forwarded[T]:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await asyncio.to_thread(self._target.close)  # type: ignore[attr-defined]


def _awaited(call: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    @functools.wraps(call)
    async def forwarded(*args: Any, **kwargs: Any) -> Any:
        return await asyncio.to_thread(
            call, *map(_plain, args), **{name: _plain(value) for name, value in kwargs.items()}
        )

    return forwarded


def _plain(value: Any) -> Any:
    """Arguments as the call knows them: scopes that were made for async code come unwrapped."""
    if isinstance(value, Forwarded):
        return value._target
    if isinstance(value, (list, tuple)) and any(isinstance(item, Forwarded) for item in value):
        return [_plain(item) for item in value]
    return value


def _then_wrapped(call: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(call)
    def forwarded(*args: Any, **kwargs: Any) -> Any:
        return Forwarded(call(*args, **kwargs))

    return forwarded


def _iterated(call: Callable[..., Any]) -> Callable[..., AsyncIterator[Any]]:
    @functools.wraps(call)
    async def forwarded(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        items = call(*args, **kwargs)
        while (item := await asyncio.to_thread(next, items, _END)) is not _END:
            yield item

    return forwarded
