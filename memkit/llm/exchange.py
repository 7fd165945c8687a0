"""What goes to a model and what comes back, as plain records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, Protocol, TypeVar

from pydantic import BaseModel

ItemT = TypeVar("ItemT", bound=BaseModel)

RETRIED: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""HTTP statuses after which the same request may succeed."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told (`system`) and what it is shown (`user`)."""

    system: str
    user: str

    def followed_by(self, text: str) -> Prompt:
        """The same prompt with something more at its end."""
        return replace(self, user=f"{self.user}\n\n{text}")

    @property
    def text(self) -> str:
        """Both parts as one text, for models that take no roles."""
        return f"{self.system}\n\n{self.user}"


@dataclass(frozen=True, slots=True)
class Request:
    """One call: `schema` is the JSON schema of the reply, `timeout` in seconds for all of it."""

    prompt: Prompt
    schema: Mapping[str, Any]
    timeout: float
    temperature: float
    max_reply_tokens: int
    options: Mapping[str, Any] = field(default_factory=dict)

    def messages(self) -> list[dict[str, str]]:
        """The prompt as chat messages."""
        return [
            {"role": "system", "content": self.prompt.system},
            {"role": "user", "content": self.prompt.user},
        ]

    def with_schema_text(self) -> Request:
        """The same request with the schema in its prompt, for models that take it no other way."""
        schema = json.dumps(self.schema, ensure_ascii=False, separators=(",", ":"))
        told = f"Reply with JSON alone, by this JSON schema:\n{schema}"
        return replace(self, prompt=self.prompt.followed_by(told))

    def response_format(self) -> dict[str, Any]:
        """The schema as OpenAI's protocol asks for it."""
        return {
            "type": "json_schema",
            "json_schema": {"name": "reply", "strict": True, "schema": dict(self.schema)},
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model wrote. Tokens are None where it did not say; `cut` when it ran out of them."""

    text: str
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Reply(Generic[ItemT]):
    """The items of an answer that could be read, and what is wrong with the rest."""

    items: tuple[ItemT, ...]
    faults: tuple[str, ...] = ()
    cached: bool = False


class CallFailed(Exception):
    """One call brought no answer.

    `retry` when the same call may succeed later, `after` the seconds that the server asks to wait,
    `charged` when a provider may bill it all the same, `status` the HTTP status if there was one.
    """

    def __init__(
        self, reason: str, *, retry: bool = True, after: float | None = None,
        charged: bool = False, status: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(reason)
        self.retry = retry
        self.after = after
        self.charged = charged
        self.status = status


class Line(Protocol):
    """A way to reach a model."""

    @property
    def identity(self) -> str:
        """The model, and where it is reached; never a key."""

    def call(self, request: Request) -> Answer:
        """One call, within the request's time-out; raises `CallFailed`."""

    def price(self) -> tuple[float, float] | None:
        """US dollars for a million tokens of prompt and of reply, or None if not known."""
