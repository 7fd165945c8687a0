"""Letta's agent file (`.af`): blocks of core memory, and what was said to agents and by them.

JSON in two shapes. The first has one agent with `core_memory` and `messages`; since Letta 0.8 a
file lists `agents`, and the `blocks` they share by id. What reaches an agent may be wrapped as
JSON with a `type`; what it says may be the argument of its tool `send_message`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.importing.content import first_value, json_of
from memkit.importing.foreign.entries import Entry, stated_time, time_of

EXPECTED: Final = "an agent file of Letta (.af)"
_ROLES: Final = ("user", "assistant")
_SAYING: Final = "send_message"
_ABOUT: Final = ("label", "description", "name", "model")
_Record = dict[str, Any]


def recognises(path: Path) -> bool:
    """Whether a file is JSON of one of the two shapes."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        if not file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            return False
    return _is_agent_file(first_value(path.read_bytes().decode("utf-8-sig", "replace")))


def read(path: Path, left: Counter[str]) -> Iterator[Entry]:
    """Every block of core memory, then what was said, agent by agent.

    `left` counts, by reason, messages that nobody said: the system's, calls of tools and what
    they gave, heartbeats. Raises `InvalidInput` for what is no agent file.
    """
    given = json_of(path, EXPECTED)
    if not _is_agent_file(given):
        raise InvalidInput(f"{path} is not {EXPECTED}: it has neither agents nor a core memory.")
    try:
        yield from _all(given, left)
    except (KeyError, TypeError, AttributeError) as error:
        raise InvalidInput(
            f"{path} is not {EXPECTED} ({type(error).__name__}: {error})."
        ) from error


def _is_agent_file(given: Any) -> bool:
    if not isinstance(given, dict) or not isinstance(given.get("agents", []), list):
        return False
    listed = "agents" in given and isinstance(given.get("blocks"), list)
    return listed or isinstance(given.get("core_memory"), list)


def _all(given: _Record, left: Counter[str]) -> Iterator[Entry]:
    shared = {block["id"]: block for block in given.get("blocks") or ()}
    for agent in given.get("agents", [given]):
        name = str(agent.get("name") or agent.get("id") or "agent")
        own = agent.get("core_memory") or agent.get("memory_blocks") or ()
        used = [shared[id] for id in agent.get("block_ids") or () if id in shared]
        for block in (*own, *used):
            yield _block(block, name)
        seen = Counter[str]()
        for message in agent.get("messages") or ():
            text, when = _said(message)
            reason = _why_not(message, text)
            if reason:
                left[reason] += 1
            else:
                yield _entry(message, text, when, name, seen)


def _block(block: _Record, agent: str) -> Entry:
    label = str(block.get("label") or block.get("id"))
    about = _about(block) | (block.get("metadata") or block.get("metadata_") or {})
    return Entry(
        f"block {label}", str(block.get("value") or ""), about, stated_time(block),
        {"agent": agent}, agent, time_of(block.get("updated_at")),
    )  # fmt: skip


def _entry(message: _Record, text: str, when: Any, agent: str, seen: Counter[str]) -> Entry:
    made = time_of(when) or stated_time(message)
    # Ids in the file are numbers from 0 in each export: the moment and the words are what stays.
    stamp = str(message.get("created_at") or "undated")
    words = f"{message['role']} {stamp} {text}"
    seen[words] += 1
    mark = hashlib.blake2b(f"{words} {seen[words]}".encode("utf-8", "replace"), digest_size=6)
    return Entry(
        f"{stamp} {mark.hexdigest()}", text, _about(message), made, {"agent": agent}, agent,
        None, None, message["role"], agent,
    )  # fmt: skip


def _why_not(message: _Record, text: str) -> str:
    role = message["role"]
    if role == "tool":
        return "what tools gave"
    if role not in _ROLES:
        return f"of the role {role}"
    if text:
        return ""
    if message.get("tool_calls"):
        return "calls of tools"
    return "events, not said by anyone" if _words(message) else "no words"


def _said(message: _Record) -> tuple[str, Any]:
    """The words, and when they say they were said; "" where nobody said any."""
    for call in message.get("tool_calls") or ():
        function = call.get("function") or {}
        if function.get("name") == _SAYING:
            return str(_object(function.get("arguments")).get("message") or ""), None
    text = _words(message)
    wrapped = _object(text) if message["role"] == "user" else {}
    if "type" not in wrapped:
        # Beside a call the words are thoughts, which the user never saw.
        return ("" if message.get("tool_calls") else text), None
    if wrapped["type"] != "user_message":
        return "", None
    return str(wrapped.get("message") or ""), wrapped.get("time")


def _words(message: _Record) -> str:
    content = message.get("content") or message.get("text") or ""
    if isinstance(content, str):
        return content.strip()
    parts = [one.get("text") or "" for one in content if one.get("type", "text") == "text"]
    return "\n".join(filter(None, parts)).strip()


def _object(text: Any) -> Mapping[str, Any]:
    """The JSON object in a text; empty for any other text."""
    if not isinstance(text, str) or not text.lstrip().startswith("{"):
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _about(record: _Record) -> _Record:
    return {name: record[name] for name in _ABOUT if record.get(name)}
