"""What is said in years of daily use: talk on topics that come back, and things to ask for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from memkit.evals import loaders

BEGAN: Final = datetime(2020, 1, 1, 8, tzinfo=UTC)
"""The first morning."""
TOPICS: Final = {
    "garden": ("tomatoes", "hedge", "compost", "greenhouse", "roses"),
    "boat": ("engine", "mooring", "sails", "varnish", "tide"),
    "choir": ("rehearsal", "alto part", "concert", "conductor", "hymn"),
    "office": ("invoice", "meeting", "printer", "deadline", "new colleague"),
    "kitchen": ("sourdough", "oven", "soup", "knives", "marmalade"),
    "running": ("knee", "half marathon", "shoes", "hill route", "pace"),
    "school": ("homework", "maths test", "teacher", "trip", "lunch box"),
    "car": ("brakes", "inspection", "tyres", "battery", "insurance"),
    "piano": ("sonata", "tuner", "left hand", "lesson", "metronome"),
    "dog": ("vet", "leash", "puppy class", "muddy paws", "kibble"),
    "flat": ("boiler", "landlord", "leak", "curtains", "neighbours"),
    "holiday": ("ferry", "campsite", "passport", "museum", "suitcase"),
}  # fmt: skip
"""Topics, and what is talked of within each."""
_SYLLABLES: Final = "ba de ki lo mu na pe ri so tu va ze fo gi hu ja".split()
_FACTS: Final = (
    ("The spare key of the {} is kept in the {}.", "Where is the spare key of the {} kept?"),
    ("My cousin {} works in {} now.", "Where does cousin {} work?"),
    ("The password hint for {} is {}.", "What is the password hint for {}?"),
    ("We named the {} after old {}.", "After whom did we name the {}?"),
    ("The plumber for {} is called {}.", "What is the plumber for {} called?"),
    ("I lent the {} to {}.", "To whom did I lend the {}?"),
)
_VOICES: Final = ("Carys", "Lennart")
_SESSION: Final = 20
"""Turns of one conversation, all on one topic."""
_A_NAME: Final = 0.1
"""The share of turns in which somebody new is named."""


@dataclass(slots=True)
class Told:
    """Something worth asking for: the turn, and its question."""

    id: str
    question: str
    reinforced: bool
    confirmed: int = 0


class Talk:
    """One life's talk, the same for the same seed."""

    def __init__(self, turns_a_day: int, told_every: int, seed: int) -> None:
        """Of every `told_every` turns one is worth asking for, and half of these will be."""
        self._draw = random.Random(seed)  # noqa: S311
        self._turns_a_day, self._told_every = turns_a_day, told_every
        conversation = loaders.load(loaders.DEMO).conversations[0]
        self._said = [str(message["content"]).split() for message in conversation.messages]
        self._count = 0
        self.told: list[Told] = []

    def day(self, number: int) -> Iterator[dict[str, Any]]:
        """The messages of one day, in the order they are said."""
        morning = BEGAN + timedelta(days=number)
        # Some topics come back every few days, some every few months.
        weights = [1.0 / (place + 1) for place in range(len(TOPICS))]
        topic = ""
        for place in range(self._turns_a_day):
            if place % _SESSION == 0:
                topic = self._draw.choices(list(TOPICS), weights)[0]
            self._count += 1
            id = f"d{self._count}"
            told = self._count % self._told_every == 0
            yield {
                "id": id,
                "content": self._tell(id) if told else self._chat(topic),
                "name": _VOICES[place % 2],
                "session": f"day {number}, {place // _SESSION + 1}",
                "timestamp": morning + timedelta(minutes=8 * place),
            }

    def _chat(self, topic: str) -> str:
        """Halves of two turns of the bundled conversation, with a word on the topic in between."""
        first, second = self._draw.choice(self._said), self._draw.choice(self._said)
        word = [self._draw.choice(TOPICS[topic])]
        if self._draw.random() < _A_NAME:
            word.append(self._name())
        return " ".join([*first[: len(first) // 2], topic, *word, *second[len(second) // 2 :]])

    def _tell(self, id: str) -> str:
        fact, question = self._draw.choice(_FACTS)
        thing, place = self._name(), self._name()
        self.told.append(Told(id, question.format(thing), self._draw.random() < 0.5))
        return fact.format(thing, place)

    def _name(self) -> str:
        return "".join(self._draw.choice(_SYLLABLES) for _ in range(4)).capitalize()
