"""What the shell offers at Tab: the names of plug-ins and data sets, and the scopes of the store.

No plug-in is loaded for it. Where nothing is offered, shells offer files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import typer

from memkit import registry
from memkit.errors import MemkitError
from memkit.evals import loaders
from memkit.storage.sqlite import SQLiteStorage

STORE: Final = "MEMKIT_STORE"
"""The variable that names the store where the line does not."""


def names(kind: str) -> Callable[[str], list[str]]:
    """Offers what can be chosen by name of that kind."""

    def offered(incomplete: str) -> list[str]:
        found = dict.fromkeys(one.name for one in registry.available() if one.kind == kind)
        return [name for name in found if name.startswith(incomplete)]

    return offered


def datasets(incomplete: str) -> list[str]:
    """Offers the data sets of `memkit eval list`."""
    return [name for name in loaders.NAMES if name.startswith(incomplete)]


def kinds(incomplete: str) -> list[str]:
    """Offers the kinds of plug-ins."""
    return [kind for kind in registry.KINDS if kind.startswith(incomplete)]


def scopes(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offers the keys of the store's scopes, as `key=value`."""
    pairs = (f"{name}={value}" for keys in _scopes(ctx) for name, value in keys.items())
    return [pair for pair in dict.fromkeys(pairs) if pair.startswith(incomplete)]


def users(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offers the users that the store has scopes of."""
    found = dict.fromkeys(keys["user"] for keys in _scopes(ctx) if "user" in keys)
    return [user for user in found if user.startswith(incomplete)]


def _scopes(ctx: typer.Context) -> Iterator[dict[str, str]]:
    # While an option waits for its value, the words before it are still in `args`.
    first = next((word for word in ctx.args if not word.startswith("-")), None)
    given = ctx.params.get("store") or ctx.params.get("file") or first or os.environ.get(STORE)
    path = Path(str(given)).expanduser() if given else None
    if path is None or not path.is_file():
        return
    try:
        with closing(SQLiteStorage(path, read_only=True)) as storage, storage.read() as rows:
            yield from (keys for _, keys in rows.scopes.list())
    except MemkitError:
        return  # a shell that waits for an answer is no place for an error
