"""What a turn of phrase says of the speaker."""

from __future__ import annotations

from dataclasses import dataclass

from memkit.extract.attributes import Aspect, Attribute
from memkit.extract.values import Value

__all__ = ["Idiom"]


@dataclass(frozen=True, slots=True)
class Idiom:
    """What a turn of phrase says of the speaker, at [start, end).

    `corrects` is the value that it says was wrong.
    """

    row: Attribute
    value: Value
    start: int
    end: int
    aspect: Aspect = "state"
    tense: str = "present"
    corrects: str = ""
