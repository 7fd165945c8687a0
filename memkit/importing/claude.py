"""Claude's data export: conversations.json, or the zip archive that holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from memkit.importing.content import Message, messages_of

EXPECTED: Final = "a Claude export (conversations.json, or its zip) with 'chat_messages'"

_ROLES: Final = {"human": "user", "assistant": "assistant"}


def recognises(first: Any) -> bool:
    """Whether the file's first value is a Claude conversation."""
    return isinstance(first, dict) and isinstance(first.get("chat_messages"), list)


def messages(path: Path, left: Counter[str]) -> Iterator[Message]:
    """What the human and the assistant said, and the texts that were attached.

    Left out: empty messages, the assistant's thinking, and the use of tools.
    `left` counts them by reason: messages, and parts of those that are read.
    """
    return messages_of(path, EXPECTED, "chat_messages", partial(_said, left=left))


def _said(conversation: dict[str, Any], place: int, left: Counter[str]) -> Iterator[Message]:
    session = conversation.get("uuid") or f"chat-{place}"
    title = conversation.get("name")
    for number, message in enumerate(conversation["chat_messages"]):
        if message["sender"] not in _ROLES:
            left[f"of the {message['sender']}"] += 1
            continue
        left.update(_passed_over(message))
        id = message.get("uuid") or f"{session}/{number}"
        when = message.get("created_at") or conversation.get("created_at")
        shared: Message = {
            "role": _ROLES[message["sender"]],
            "session": session,
            **({"timestamp": when} if when else {}),
        }
        about = {"title": title} if title else {}
        for key, text, more in _texts(message):
            metadata = about | more
            yield shared | {
                "content": text, "id": id + key, **({"metadata": metadata} if metadata else {}),
            }  # fmt: skip


def _passed_over(message: dict[str, Any]) -> Iterator[str]:
    """Why parts of a message are not read, one reason for each."""
    blocks = message.get("content") or ()
    kinds = [str(block.get("type")).replace("_", " ") for block in blocks]
    yield from (kind for kind in kinds if kind != "text")
    unread = [one for one in message.get("attachments") or () if not _extracted(one)]
    yield from ("attachment without text" for _ in (*unread, *(message.get("files") or ())))
    if not any(_texts(message)):
        yield "no words"


def _extracted(attached: dict[str, Any]) -> str:
    return (attached.get("extracted_content") or "").strip()


def _texts(message: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """An ending for the id, a text, and what is known about it."""
    blocks = message.get("content") or ()
    spoken = [block.get("text") or "" for block in blocks if block.get("type") == "text"]
    text = "\n".join(filter(None, spoken)).strip() or (message.get("text") or "").strip()
    if text:
        yield "", text, {}
    for place, attached in enumerate(message.get("attachments") or (), 1):
        words = _extracted(attached)
        if words:
            yield f"#{place}", words, {"attachment": attached.get("file_name") or "unnamed"}
