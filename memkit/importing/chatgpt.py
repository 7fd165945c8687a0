"""ChatGPT's data export: conversations.json, or the zip archive that holds it.

A conversation is a tree of messages, because a question can be put and answered again. The one
that was last on the screen is the path from `current_node` up to the root; that one is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from memkit.importing.content import Message, messages_of

EXPECTED: Final = "a ChatGPT export (conversations.json, or its zip) with 'mapping'"

_ROLES: Final = ("user", "assistant")
_SPOKEN: Final = ("text", "multimodal_text")


def recognises(first: Any) -> bool:
    """Whether the file's first value is a ChatGPT conversation."""
    return isinstance(first, dict) and isinstance(first.get("mapping"), dict)


def messages(path: Path, left: Counter[str]) -> Iterator[Message]:
    """What the user and the assistant said to each other, conversation by conversation.

    Left out: hidden and empty messages, the system's, and what was written to or by a tool,
    and what was put or answered again. `left` counts them by reason.
    """
    return messages_of(path, EXPECTED, "mapping", partial(_said, left=left))


def _said(conversation: dict[str, Any], place: int, left: Counter[str]) -> Iterator[Message]:
    session = conversation.get("conversation_id") or conversation.get("id") or f"chat-{place}"
    title = conversation.get("title")
    path = _path(conversation)
    nodes = conversation["mapping"].values()
    replaced = sum(1 for node in nodes if node.get("message")) - len(path)
    if replaced:
        left["put or answered again"] += replaced
    for node, message in path:
        reason, text = _unspoken(message), _text(message)
        if reason or not text:
            left[reason or "no words"] += 1
        else:
            when = message.get("create_time") or conversation.get("create_time")
            yield {
                "content": text,
                "role": message["author"]["role"],
                "session": session,
                "id": message.get("id") or f"{session}/{node}",
                **({"timestamp": when} if when else {}),
                **({"metadata": {"title": title}} if title else {}),
            }


def _path(conversation: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    nodes = conversation["mapping"]
    node: str | None = conversation.get("current_node") or _last_leaf(nodes)
    found: list[tuple[str, dict[str, Any]]] = []
    seen: set[str] = set()
    while node is not None and node in nodes and node not in seen:
        seen.add(node)
        if nodes[node].get("message"):
            found.append((node, nodes[node]["message"]))
        node = nodes[node].get("parent")
    return found[::-1]


def _last_leaf(nodes: dict[str, Any]) -> str | None:
    leaves = [id for id, node in nodes.items() if not node.get("children")]
    return leaves[-1] if leaves else None


def _unspoken(message: dict[str, Any]) -> str:
    """Why a message is not of what both sides saw; "" where it is."""
    role = message["author"]["role"]
    if role not in _ROLES:
        return f"of the {role}"
    if (message.get("metadata") or {}).get("is_visually_hidden_from_conversation"):
        return "hidden"
    if message.get("recipient") not in (None, "all"):
        return "to a tool"
    kind = (message.get("content") or {}).get("content_type")
    return "" if kind in _SPOKEN else "not said to the user"


def _text(message: dict[str, Any]) -> str:
    content = message.get("content") or {}
    return "\n".join(filter(None, (_part(part) for part in content.get("parts") or ()))).strip()


def _part(part: Any) -> str:
    if isinstance(part, str):
        return part
    spoken = part.get("text") if isinstance(part, dict) else None  # the words of a voice message
    return spoken if isinstance(spoken, str) else ""
