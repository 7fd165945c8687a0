"""Message dicts: one per line, or one JSON list of them; also the bundled evals' lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.importing.content import Message, StableIds, json_of, text_of

EXPECTED: Final = "JSON lines, each a message with 'content'"

_KEYS: Final = (
    "content", "text", "role", "name", "speaker", "session", "id", "timestamp", "metadata",
)  # fmt: skip
_EVAL_LINES: Final = ("about", "question")


def recognises(first: Any) -> bool:
    """Whether the file's first value is a message, or a line of a bundled eval."""
    return isinstance(first, dict) and (
        "content" in first or "text" in first or first.get("type") in _EVAL_LINES
    )


def messages(path: Path, name: str) -> Iterator[Message]:
    """The messages as they are; one without an id gets one made of its content and place."""
    ids = StableIds(name)
    for where, given in _items(path):
        kind = given.get("type", "turn")
        if kind in _EVAL_LINES:
            continue
        message = {key: value for key, value in given.items() if (key, value) != ("type", "turn")}
        _require_keys(message, where)
        if message.get("id") is None:
            message["id"] = ids.of(message)
        yield message


def _items(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    text = text_of(path, EXPECTED)
    if text.lstrip().startswith("["):
        values = [(f"Message {n} of {path}", v) for n, v in enumerate(json_of(path, EXPECTED), 1)]
    else:
        values = list(_lines(text, path))
    for where, value in values:
        if not isinstance(value, dict):
            raise InvalidInput(f"{where} is not a JSON object; expected {EXPECTED}.")
        yield where, value


def _lines(text: str, path: Path) -> Iterator[tuple[str, Any]]:
    # Not splitlines(): JSON strings may hold the other line breaks of Unicode unescaped.
    for place, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"Line {place} of {path}"
        try:
            yield where, json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise InvalidInput(f"{where} is not JSON ({error}); expected {EXPECTED}.") from error


def _require_keys(message: Message, where: str) -> None:
    unknown = [key for key in message if key not in _KEYS]
    if unknown:
        raise InvalidInput(
            f"{where} has the unknown key {unknown[0]!r}; the keys are {', '.join(_KEYS)}. "
            "Put anything else into metadata."
        )
    if "content" not in message and "text" not in message:
        raise InvalidInput(f"{where} has no 'content'; expected {EXPECTED}.")
