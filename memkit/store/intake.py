"""What a caller hands to `add`, checked and made ready to be stored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from memkit.dates import moment, offset_seconds, to_micros
from memkit.errors import ConflictingTurn, InvalidInput
from memkit.models import Turn
from memkit.storage.records import TURN, NewRecord, Row, metadata_json
from memkit.text import (
    BLOCK_START,
    digest,
    indexed_text,
    record_terms,
    require_text,
    without_blocks,
    words,
)

MAX_BYTES: Final = 4 << 20
"""The longest message: 4 MiB of UTF-8."""
ECHO_WORDS: Final = 5
"""Shorter texts are too common to tell an echo from a coincidence."""

Message = str | Mapping[str, Any] | Turn

_ORIGINS: Final = {
    "assistant": "assistant", "ai": "assistant", "model": "assistant", "bot": "assistant",
    "tool": "tool", "function": "tool", "system": "system", "developer": "system",
    "web": "web", "import": "import",
}  # fmt: skip
MAX_DEPTH: Final = 32
"""How deep metadata may be nested."""
_MADE_UP_ID: Final = re.compile(r"[tm]([1-9][0-9]{0,14})")
"""Sixteen digits are a hash: one of two thousand that an import makes holds no letter."""
_ROLES_OF_WORDS: Final = ("user", "assistant", "tool", "system", "web", "import", "echo")


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, arbitrary_types_allowed=True)

    content: str = Field(validation_alias=AliasChoices("content", "text"))
    role: str | None = None
    name: str | None = Field(None, validation_alias=AliasChoices("name", "speaker"))
    session: str | None = None
    id: str | None = None
    timestamp: datetime | str | int | float | None = None
    metadata: dict[str, Any] | None = None


_KEYS: Final = "content (or text), role, name (or speaker), session, id, timestamp, metadata"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message, ready but for its id and its vector."""

    id: str | None
    at: datetime
    dated: bool
    speaker: str | None
    role: str | None
    session: str | None
    origin: str
    metadata: str | None
    digest: bytes
    terms: bytes
    text: str

    @property
    def indexed(self) -> str:
        """The text that is embedded."""
        return indexed_text(self.text, self.speaker)

    def record(self, id: str, echo: bool) -> NewRecord:
        """The row to store."""
        return NewRecord(
            id, TURN, to_micros(self.at), offset_seconds(self.at), self.speaker, self.role,
            self.session, "echo" if echo else self.origin, None, self.metadata, self.digest,
            self.terms, self.text,
        )  # fmt: skip

    def could_echo(self) -> bool:
        """Long enough that coming back word for word is no coincidence."""
        return len(words(self.text)) >= ECHO_WORDS

    def is_block(self) -> bool:
        """Nothing but a block that `context` wrote."""
        return BLOCK_START in self.text and not without_blocks(self.text)

    def require_same(self, row: Row) -> None:
        """Raise `ConflictingTurn` unless the stored turn is this message."""
        if row.kind != TURN:
            raise ConflictingTurn(
                f"Id {row.id!r} is that of a {row.kind} derived from turns; give the turn another. "
                "Nothing of this call was stored."
            )
        pairs = {
            "content": (row.text, self.text),
            "name": (row.speaker, self.speaker),
            "role": (row.role, self.role),
            "session": (row.session, self.session),
            "metadata": (metadata_json(row.metadata), self.metadata),
            "timestamp": (row.at, to_micros(self.at) if self.dated else row.at),
        }
        for name, (stored, given) in pairs.items():
            if stored != given:
                raise ConflictingTurn(
                    f"Turn {row.id!r} is already stored with another {name}: {_brief(stored)} "
                    f"instead of {_brief(given)}. Turns are immutable: give the new one an id of "
                    "its own, or erase the old one first. Nothing of this call was stored."
                )


def read_messages(
    given: Message | Iterable[Message], now: datetime, zone: tzinfo
) -> list[Incoming]:
    """Everything given, checked; the first fault raises, naming the message by its place."""
    if isinstance(given, (str, Mapping, Turn)):
        return [_read(given, "the message", now, zone)]
    if not isinstance(given, Iterable) or isinstance(given, (bytes, bytearray)):
        raise TypeError(
            "add takes a text, a message dict, a Turn, or a list of these; "
            f"found {type(given).__name__}."
        )
    return [_read(item, f"message {place}", now, zone) for place, item in enumerate(given)]


def made_up_number(id: str) -> int:
    """n for an id of the form t<n> or m<n>, which memkit makes up itself; else 0."""
    found = _MADE_UP_ID.fullmatch(id)
    return int(found.group(1)) if found else 0


def _read(given: Message, which: str, now: datetime, zone: tzinfo) -> Incoming:
    if isinstance(given, str):
        return _incoming(_Message(content=given), which, now, zone)
    if not isinstance(given, (Mapping, Turn)):
        raise TypeError(
            f"{which} must be a text, a message dict or a Turn; found {type(given).__name__}. "
            "Nothing of this call was stored."
        )
    fields = _of_turn(given) if isinstance(given, Turn) else dict(given)
    try:
        message = _Message.model_validate(fields)
    except ValidationError as error:
        raise InvalidInput(_explained(error, which)) from error
    origin = _origin(given, which) if isinstance(given, Turn) else None
    return _incoming(message, which, now, zone, origin)


def _of_turn(turn: Turn) -> dict[str, Any]:
    return {
        "content": turn.text, "role": turn.role, "name": turn.speaker, "session": turn.session,
        "id": turn.id or None, "timestamp": turn.when,
        "metadata": dict(turn.metadata) if isinstance(turn.metadata, Mapping) else turn.metadata,
    }  # fmt: skip


def _origin(turn: Turn, which: str) -> str:
    if turn.origin not in _ROLES_OF_WORDS:
        raise InvalidInput(
            f"origin of {which} is {turn.origin!r}; it is one of {', '.join(_ROLES_OF_WORDS)}."
        )
    return turn.origin


def _incoming(
    message: _Message, which: str, now: datetime, zone: tzinfo, origin: str | None = None
) -> Incoming:
    text = require_text(message.content, f"content of {which}")
    _require_size(text, which)
    for name in ("role", "name", "session", "id"):
        value = getattr(message, name)
        if value is not None:
            require_text(value, f"{name} of {which}")
    if message.id is not None and not message.id.strip():
        raise InvalidInput(f"id of {which} is empty; leave it out to have one made up.")
    at = now
    if message.timestamp is not None:
        at = moment(message.timestamp, zone, f"timestamp of {which}")
    speaker = message.name or None
    return Incoming(
        id=message.id, at=at, dated=message.timestamp is not None, speaker=speaker,
        role=message.role or None, session=message.session or None,
        origin=origin or _ORIGINS.get((message.role or "").lower(), "user"),
        metadata=storable_metadata(message.metadata, f"metadata of {which}"), digest=digest(text),
        terms=record_terms(text, speaker), text=text,
    )  # fmt: skip


def _require_size(text: str, which: str) -> None:
    if not text.strip():
        raise InvalidInput(f"content of {which} is empty; there is nothing to remember.")
    if len(text) > MAX_BYTES // 4 and len(text.encode("utf-8")) > MAX_BYTES:
        raise InvalidInput(
            f"content of {which} has {len(text.encode('utf-8')):,} bytes; the most is "
            f"{MAX_BYTES:,}. Split it, for example by chapter, under one session."
        )


def storable_metadata(given: Mapping[str, Any] | None, name: str) -> str | None:
    """Metadata as canonical JSON, None when there is none; `name` is what messages call it."""
    if not given:
        return None
    try:
        _require_plain(given, name, MAX_DEPTH)
        json.dumps(given, allow_nan=False)
        return metadata_json(given)
    except InvalidInput:
        raise
    except (TypeError, ValueError) as error:
        raise InvalidInput(f"{name} is not JSON: {error}.") from error


def _require_plain(value: Any, name: str, depth: int) -> None:
    """Refuse what JSON would change on the way (NUL, keys that are not text), or nest too deep."""
    if isinstance(value, str):
        require_text(value, name)
    elif isinstance(value, (Mapping, list, tuple)):
        if not depth:
            raise InvalidInput(f"{name} is nested deeper than {MAX_DEPTH} levels; flatten it.")
        for item in value.values() if isinstance(value, Mapping) else value:
            _require_plain(item, name, depth - 1)
        for key in value if isinstance(value, Mapping) else ():
            require_text(key, f"a key in {name}")


def _explained(error: ValidationError, which: str) -> str:
    faults = []
    for fault in error.errors(include_url=False):
        key = ".".join(str(part) for part in fault["loc"]) or "message"
        if fault["type"] == "extra_forbidden":
            faults.append(f"unknown key {key!r}")
        elif fault["type"] == "missing":
            faults.append("no content")
        else:
            faults.append(f"{key}: {fault['msg']} (found {_brief(fault['input'])})")
    unique = "; ".join(dict.fromkeys(faults))
    return f"{which} cannot be stored: {unique}. The keys are {_KEYS}. Nothing was stored."


def _brief(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
