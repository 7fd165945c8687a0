"""What every test can ask for: a fixed clock, stores that are checked at the end, no network."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from memkit import MemoryStore, Scope
from memkit.embed.hashing import HashingEmbedder

hypothesis.settings.register_profile("seeded", derandomize=True)
hypothesis.settings.load_profile("seeded")

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)

MakeStore = Callable[..., MemoryStore]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only sockets of this machine's own file system connect."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any, /) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            raise AssertionError(f"a test tried to reach {address!r} over the network")
        connect(self, address)

    def refused(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError(f"a test tried to look up {args!r} over the network")

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that is one second further at each look, from noon of 1 May 2024."""
    ticks = itertools.count()
    return lambda: NOON + timedelta(seconds=next(ticks))


@pytest.fixture
def make_store(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[MakeStore]:
    """Opens stores by name in a temporary folder; each must agree with itself at the end."""
    made: list[MemoryStore] = []

    def make(name: str = "store.mem", **options: Any) -> MemoryStore:
        path = name if name == ":memory:" else tmp_path / name
        options = {"embedder": HashingEmbedder(32), "clock": clock, **options}
        made.append(MemoryStore(path, **options))
        return made[-1]

    yield make
    for store in made:
        store.close()
    for path in sorted({store._storage.path for store in made if store._storage.path}):
        with MemoryStore(path, embedder=None) as store:
            assert store.check().problems == ()


@pytest.fixture
def store(make_store: MakeStore) -> MemoryStore:
    """One store in a file, with a hashing embedder and the fixed clock."""
    return make_store()


@pytest.fixture
def ana(store: MemoryStore) -> Scope:
    """The scope of a user called ana."""
    return store.scope(user="ana")
