"""A claim: subject, attribute, value, with its mood, times and the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from memkit.extract.attributes import Attribute
from memkit.extract.parties import Party
from memkit.extract.times import NOWHEN, Bounds
from memkit.extract.values import Value

__all__ = ["Claim"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A triple before it is a record.

    `spans` are (turn, start, end); `about` is whom it is about. `instead` is the kind of animal
    that a name was given to: what an earlier claim said less well.
    """

    subject: str
    attribute: str
    value: Value
    mood: str
    several: bool
    spans: tuple[tuple[str, int, int], ...]
    times: Bounds = NOWHEN
    sure: float = 0.9
    corrects: str = ""
    about: Party | None = None
    row: Attribute | None = None
    instead: str = ""

    @property
    def is_second(self) -> bool:
        """Whether it is about the one spoken to, or one of theirs."""
        return self.about is not None and self.about.second

    @property
    def slot(self) -> tuple[str, str, str]:
        """Subject, attribute and value, as far as case does not matter."""
        return self.subject.lower(), self.attribute, self.value.text.lower()

    def metadata(self) -> dict[str, Any]:
        """The claim as the store reads it; only what is known."""
        known = {
            "subject": self.subject, "attribute": self.attribute, "value": self.value.text,
            "unit": self.value.unit, "several": self.several or None, "mood": self.mood,
            "since": _iso(self.times.since), "since_by": _iso(self.times.since_by),
            "until": _iso(self.times.until), "phrase": self.value.phrase or self.times.phrase,
            "corrects": self.corrects or None,
            "confidence": round(self.sure * self.value.sure, 2),
        }  # fmt: skip
        return {name: value for name, value in known.items() if value is not None}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
