"""Memories of another library as messages that `Scope.add` takes, by the scope they belong to."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.importing.content import Message
from memkit.importing.foreign.entries import Entry, time_of
from memkit.store.intake import read_messages
from memkit.store.parts import scope_key

NO_OWNER: Final = "nothing says whose they are"
_SESSION: Final = "run"
"""mem0's run is a conversation, not an owner."""
_SPOKEN: Final = ("user", "assistant")
_CHANGED: Final = ("updated_at", "updatedAt", "modified_at")
_ID_LENGTH: Final = 200


@dataclass(slots=True)
class Plan:
    """What is to be stored: messages by scope keys, as JSON, and what is not, by reason."""

    scopes: dict[str, list[Message]] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)


def plan(
    entries: Iterable[Entry], name: str, now: datetime, keys: Mapping[str, str] | None = None
) -> Plan:
    """Sort memories by whose they are; `keys` say it for all of them, if given.

    Ids begin with `name` and the place in the source, so they are the same each time. Dropped is
    what has no words, is past its time at `now`, has no owner, or cannot be stored.
    """
    made = Plan()
    for entry in entries:
        owner = dict(keys) if keys else {k: v for k, v in entry.keys.items() if k != _SESSION}
        reason, message = _message(entry, name, now), None
        if isinstance(reason, dict):
            message, reason = reason, "" if owner else NO_OWNER
        if message is None or reason:
            made.dropped[str(reason)] += 1
        else:
            made.scopes.setdefault(scope_key(owner), []).append(message)
    return made


def fresh(messages: Iterable[Message], stored: Mapping[str, int]) -> list[Message]:
    """Those that are not among `stored` (hashes of the words by id).

    One whose words have changed since gets an id of its own, and the time of the change.
    """
    known, found = dict(stored), []
    for message in messages:
        words = hash(message["content"])
        one = message
        if known.get(one["id"], words) != words:
            one = _changed(message)
        if known.get(one["id"]) != words:
            known[one["id"]] = words
            found.append(one)
    return found


def _changed(message: Message) -> Message:
    metadata = message.get("metadata", {})
    when = next(filter(None, (time_of(metadata.get(name)) for name in _CHANGED)), None)
    mark = hashlib.blake2b(message["content"].encode(), digest_size=6).hexdigest()
    return message | {"id": f"{message['id']}#{mark}"} | ({"timestamp": when} if when else {})


def _message(entry: Entry, name: str, now: datetime) -> Message | str:
    """The message, or why there is none."""
    if not entry.text.strip():
        return "no words"
    if entry.expires is not None and entry.expires < now:
        return "past their time"
    role = entry.role or entry.metadata.get("role")
    when = entry.when or entry.written
    session = entry.session or entry.keys.get(_SESSION)
    metadata = _plain({k: v for k, v in entry.metadata.items() if v != entry.text})
    message: Message = {
        "content": entry.text, "id": _id(name, entry),
        "role": role if role in _SPOKEN else "import",
        **({"timestamp": when} if when else {}), **({"session": session} if session else {}),
        **({"metadata": metadata} if metadata else {}),
    }  # fmt: skip
    try:
        read_messages(message, now, UTC)
    except InvalidInput as error:
        return str(error)
    return message


def _id(name: str, entry: Entry) -> str:
    id = "/".join(filter(None, (name, entry.place, entry.id)))
    if len(id) <= _ID_LENGTH:
        return id
    mark = hashlib.blake2b(id.encode("utf-8", "replace"), digest_size=12).hexdigest()
    return f"{name}/{mark}"


def _plain(metadata: Mapping[str, Any]) -> Any:
    """Metadata as JSON has them: times as ISO text, what else JSON lacks as its text."""
    text = json.dumps(metadata, default=_told, skipkeys=True)
    return json.loads(text, parse_constant=str)


def _told(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
