"""The formats by name, and which one a file is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.importing import chatgpt, claude, jsonl, locomo, transcript
from memkit.importing.content import Message, first_value, text_of

EXPORT: Final = "memkit"
"""The name `detect` gives to what `MemoryStore.export` wrote; `MemoryStore.import_` reads it."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. `recognises` looks at its first JSON value, or at the first of its list."""

    name: str
    expected: str
    recognises: Callable[[Any], bool]


FORMATS: Final = {
    found.name: found
    for found in (
        Format("jsonl", jsonl.EXPECTED, jsonl.recognises),
        Format("locomo", locomo.EXPECTED, locomo.recognises),
        Format("chatgpt", chatgpt.EXPECTED, chatgpt.recognises),
        Format("claude", claude.EXPECTED, claude.recognises),
        Format("transcript", transcript.EXPECTED, lambda _: False),
    )
}

_ANY: Final = "one of: " + "; ".join(
    f"{one.expected} ({one.name})" for one in FORMATS.values()
)  # fmt: skip


def detect(path: Path) -> str:
    """The name of the format that a file's beginning shows; raises `InvalidInput` for none."""
    text = text_of(path, _ANY)
    if not text.strip():
        raise InvalidInput(f"{path} is empty; expected {_ANY}.")
    first = first_value(text)
    if isinstance(first, dict) and first.get("type") == EXPORT:
        return EXPORT
    for found in FORMATS.values():
        if first is not None and found.recognises(first):
            return found.name
    if transcript.recognises(text):
        return "transcript"
    raise InvalidInput(f"{path} is in no format that memkit reads; expected {_ANY}.")


def read(
    path: Path, *, format: str | None = None, name: str | None = None, sample: str | None = None,
    left: Counter[str] | None = None,
) -> Iterator[Message]:  # fmt: skip
    """The messages of a file, in order, each with a stable id.

    `format` is a key of `FORMATS`, found out when left out. `name` is what the source is called,
    by default the file's name without its ending. `sample` chooses one sample of a LoCoMo file.
    `left` counts, by reason, what an export holds and is not read.
    """
    chosen = format or detect(path)
    if chosen not in FORMATS:
        raise InvalidInput(f"There is no format {chosen!r}; there are {', '.join(FORMATS)}.")
    if sample is not None and chosen != "locomo":
        raise InvalidInput(f"A sample is chosen of locomo files only, and {path} is {chosen}.")
    passed_over = Counter[str]() if left is None else left
    called = name or path.stem
    readers: dict[str, Callable[[], Iterator[Message]]] = {
        "jsonl": lambda: jsonl.messages(path, called),
        "locomo": lambda: locomo.messages(path, sample),
        "chatgpt": lambda: chatgpt.messages(path, passed_over),
        "claude": lambda: claude.messages(path, passed_over),
        "transcript": lambda: transcript.messages(path, called),
    }
    return readers[chosen]()
