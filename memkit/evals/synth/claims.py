"""What is claimed in a world, where it stands, and what must not be believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Kind = Literal["text", "number", "digits", "day", "date", "minutes", "length", "amount"]
"""How values are compared: `day` is of a year, `digits` of a phone number."""
Span = tuple[date, date]
"""The first and the last day that an expression may mean."""
Form = Literal["state", "new", "end", "past", "span", "soon", "correction", "retraction"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value, and the blanks it fills: `value`, `a_value` (with its article) and others.

    `text` is what a fact should give, `accepted` what it may give instead.
    """

    text: str
    shown: Mapping[str, str]
    kind: Kind = "text"
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said about one attribute of someone.

    `since` and `until` are None where no time is said. `old` is the value that a correction,
    an `end` or a retraction is about.
    """

    subject: str
    attribute: str
    value: Value
    said: datetime
    form: Form
    since: Span | None = None
    until: Span | None = None
    old: Value | None = None
    several: bool = False

    @property
    def start(self) -> date:
        """The day from which it is known to hold."""
        return self.since[0] if self.since else self.said.date()


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a message and what it is worth.

    `kind` is `statement`, `confirmed`, `erased`, or that of a trap. `forbidden` are values that
    must not become facts about `person`. `messages` are the ids it rests on, that which holds
    [start, end) last. `resolved` are texts that count as said here: dates that "next week" means.
    """

    id: str
    kind: str
    person: str
    pattern: str
    held_out: bool
    messages: tuple[str, ...]
    start: int
    end: int
    claims: tuple[Claim, ...] = ()
    forbidden: tuple[Value, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The message that holds the words."""
        return self.messages[-1]

    @property
    def group(self) -> str:
        """What the pattern belongs to."""
        return self.pattern.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Truth:
    """A value that held in the world from a day until the day before another."""

    value: Value
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is so on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who speaks. `full` is first name and surname."""

    name: str
    full: str
    is_user: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """Messages as `add` takes them. A message with `echo_of` is made from a context block."""

    id: str
    owner: str
    messages: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class World:
    """Lives over some years, as they were and as they were told.

    The first person is the one whose scope it is; `other` is a life told in another scope.
    `kin` maps a relative without a name ("Ana's sister") to the attribute of the relation.
    """

    seed: int
    people: tuple[Person, ...]
    end: datetime
    sessions: tuple[Session, ...]
    items: tuple[Item, ...]
    truths: Mapping[tuple[str, str], tuple[Truth, ...]]
    other: World | None = field(default=None, repr=False)
