"""Stores of other libraries, read as they lie on the disk; nothing in them is ever changed.

Each module has `read(path)`, which gives an `Entry` per memory. None of those libraries is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from memkit.errors import InvalidInput, NotFound
from memkit.importing.foreign import chroma, langgraph, letta, mem0
from memkit.importing.foreign.entries import Entry, tables

__all__ = ["EXPECTED", "Entry", "read", "recognise"]

EXPECTED: Final = {
    "chroma": chroma.EXPECTED, "mem0": mem0.EXPECTED, "langgraph": langgraph.EXPECTED,
    "letta": letta.EXPECTED,
}  # fmt: skip
"""The kinds of stores, each with what it looks like on a disk."""
_Read = Callable[[Path, list[str] | None, Counter[str]], Iterator[Entry]]
_READERS: Final[dict[str, _Read]] = {
    "chroma": lambda path, _refused, _left: chroma.read(path),
    "mem0": lambda path, refused, _: mem0.read(path, refused),
    "langgraph": lambda path, refused, _: langgraph.read(path, refused),
    "letta": lambda path, _, left: letta.read(path, left),
}


def recognise(path: Path) -> str | None:
    """Which library's store a file or folder is; None for none of those that can be read."""
    if path.is_dir():
        if chroma.database(path).is_file():
            return "chroma"
        return "mem0" if mem0.databases(path) else None
    there = tables(path)
    if there >= chroma.TABLES:
        return "chroma"
    if there >= langgraph.TABLES:
        return "langgraph"
    if mem0.recognises(path, there):
        return "mem0"
    return "letta" if letta.recognises(path) else None


def read(
    path: Path, *, kind: str | None = None, refused: list[str] | None = None,
    left: Counter[str] | None = None,
) -> Iterator[Entry]:  # fmt: skip
    """Every memory in another library's store; `kind` is found out when left out.

    A record that cannot be read safely raises `InvalidInput`, or is told of in `refused`.
    `left` counts, by reason, what stands between memories and is none, such as calls of tools.
    """
    if not path.exists():
        raise NotFound(f"There is no {path}; expected one of: {'; '.join(EXPECTED.values())}.")
    chosen = kind or recognise(path)
    if chosen not in _READERS:
        raise InvalidInput(
            f"{path} is no store that can be read; expected one of: {'; '.join(EXPECTED.values())}."
        )
    return _READERS[chosen](path, refused, Counter() if left is None else left)
