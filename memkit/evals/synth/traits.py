"""The attributes that a life has, how likely each is, and how its values are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from memkit.evals.synth import values
from memkit.evals.synth.claims import Value
from memkit.evals.synth.values import Deck

Maker = Callable[[Deck, Random, Value | None], Value]
"""A value unlike the one given."""


@dataclass(frozen=True, slots=True)
class Trait:
    """An attribute with one value at a time.

    `told` and `changed` are the chances that it is spoken of at all, and that it changes.
    """

    attribute: str
    make: Maker
    told: float = 0.85
    changed: float = 0.0


def _of(pile: str) -> Maker:
    return lambda deck, _draw, _unlike: deck.value(pile)


def _shared(pile: str) -> Maker:
    """Of a short list: two people may have the same."""

    def make(deck: Deck, _draw: Random, unlike: Value | None) -> Value:
        while True:
            found = deck.shared(pile)
            if unlike is None or found != unlike.text:
                return values.plain(found)

    return make


def _phone(_deck: Deck, draw: Random, _unlike: Value | None) -> Value:
    return values.phone(draw)


def _height(_deck: Deck, draw: Random, _unlike: Value | None) -> Value:
    return values.height(draw)


def _weight(_deck: Deck, draw: Random, _unlike: Value | None) -> Value:
    return values.weight(draw)


def _commute(_deck: Deck, draw: Random, unlike: Value | None) -> Value:
    return values.minutes(draw, unlike)


def _salary(_deck: Deck, draw: Random, _unlike: Value | None) -> Value:
    return values.money(28_000, 96_000, 500, draw, yearly=True)


SINGLE: Final = (
    Trait("job", _of("job"), 0.95, 0.65),
    Trait("employer", _of("employer"), 0.95, 0.65),
    Trait("school", _of("school"), 0.8, 0.6),
    Trait("hometown", _of("place")),
    Trait("birthplace", _of("place"), 0.7),
    Trait("nationality", _of("nationality"), 0.8),
    Trait("religion", _shared("religion"), 0.6),
    Trait("height", _height, 0.8),
    Trait("weight", _weight, 0.7),
    Trait("phone", _phone, 0.9, 0.6),
    Trait("diet", _shared("diet"), 0.85, 0.6),
    Trait("car", _of("car"), 0.85, 0.65),
    Trait("salary", _salary, 0.6),
    Trait("commute", _commute, 0.85, 0.6),
)
FAVOURITES: Final = {
    "colour": "colour", "food": "dish", "drink": "drink", "sport": "sport", "film": "title",
    "book": "title", "band": "title", "city": "place",
}  # fmt: skip
"""Things people have a favourite of, and the pile of each."""


@dataclass(frozen=True, slots=True)
class Several:
    """An attribute with any number of values: from `least` to `most`, each of which may end.

    `dated` values come with a day on which they came about.
    """

    attribute: str
    pile: str
    least: int
    most: int
    ended: float = 0.0
    dated: bool = False


SEVERAL: Final = (
    Several("allergy", "allergy", 0, 3, 0.3),
    Several("like", "like", 3, 5, 0.3),
    Several("dislike", "dislike", 1, 3),
    Several("hobby", "hobby", 1, 3, 0.4, dated=True),
    Several("owns", "owns", 2, 4, 0.4, dated=True),
    Several("language", "language", 0, 3),
    Several("instrument", "instrument", 0, 2, dated=True),
    Several("visited", "country", 1, 3, dated=True),
)
TOPICS: Final = {
    "home": "moving to {value}",
    "allergy": "being allergic to {value}",
    "like": "liking {value}",
    "owns": "owning {a_value}",
    "language": "speaking {value}",
    "instrument": "playing the {value}",
    "employer": "working for {value}",
    "visited": "going to {value}",
}
"""What a retraction calls the statement that it takes back."""
TOLERATED: Final = {
    "home": ("visited", "plan", "like"), "employer": ("plan", "job"), "job": ("plan", "employer"),
    "school": ("plan", "job", "degree"), "kin home": ("owns",),
    "partner": ("marital status", "relationship", "relationship status"),
    "pet": ("owns",), "car": ("owns",), "hobby": ("like",), "favourite": ("like",),
    "instrument": ("like", "hobby", "owns"), "marital status": ("partner",),
    "price": ("owns",), "appointment": ("plan",), "friend home": ("owns", "pet"),
    "visited": ("like",), "birthday": ("birth year", "birth date", "date of birth", "age"),
    "birthplace": ("hometown",), "like": ("dislike", "hobby"), "allergy": ("dislike",),
}  # fmt: skip
"""What else may be read out of a statement about an attribute without being wrong."""
