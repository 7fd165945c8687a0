"""What someone will say, before it is known in which words and in which session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from memkit.evals.synth.claims import Form, Value

LATE: Final = 12
"""After so many days people say when it was."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement to be made on `day` or at the first occasion after it.

    `event` is the day it is about; `until` the day on which it ended. `value_on` gives a value
    that depends on the day of saying. `blanks` fill what the value does not. `latest` is the last
    day on which it is still true; a saying without an occasion by then is left unsaid. `relation`
    is said along with it: (subject, attribute, value). `then` follows in the same session.
    """

    day: date
    group: str
    subject: str
    attribute: str
    value: Value | None
    form: Form = "state"
    old: Value | None = None
    event: date | None = None
    until: date | None = None
    value_on: Callable[[date], Value] | None = None
    blanks: Mapping[str, str] = field(default_factory=dict)
    several: bool = False
    latest: date | None = None
    relation: tuple[str, str, Value] | None = None
    then: Saying | None = None
    years: bool = False
    recent: bool = False
    kind: str = "statement"


@dataclass(frozen=True, slots=True)
class Trap:
    """Something to be said on `day` that must not be believed, or only when it is confirmed."""

    day: date
    group: str


GENDERED: Final = {
    "female": {"he": "she", "He": "She", "his": "her", "him": "her"},
    "male": {"he": "he", "He": "He", "his": "his", "him": "him"},
}
