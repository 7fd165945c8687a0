"""A whole world from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.evals.synth.claims import Item, Person, Session, World
from memkit.evals.synth.life import Life
from memkit.evals.synth.lives import live
from memkit.evals.synth.telling import Meeting, Teller, merged
from memkit.evals.synth.values import Deck
from memkit.evals.synth.wording import Wording

START: Final = date(2022, 1, 10)
MOST_PEOPLE: Final = 8
MOST_YEARS: Final = 10
ECHOES: Final = 4
LATE_ARRIVALS: Final = 0.05
"""The share of sessions between people that are stored after all others."""


def world(seed: int, *, years: int = 2, people: int = 5) -> World:
    """The lives of so many people over so many years, and a stranger's; the same for a seed."""
    if not 1 <= people <= MOST_PEOPLE or not 1 <= years <= MOST_YEARS:
        raise InvalidInput(
            f"A world has 1 to {MOST_PEOPLE} people and 1 to {MOST_YEARS} years; "
            f"found {people} people and {years} years."
        )
    draw = Random(f"memkit {seed} {years} {people}")  # noqa: S311
    deck = Deck(seed, draw)
    end = START + timedelta(round(365.25 * years))
    other = _world(seed, deck, draw, end, 1, "x")
    return replace(_world(seed, deck, draw, end, people, "abcdefgh"), other=other)


def _world(seed: int, deck: Deck, draw: Random, end: date, people: int, marks: str) -> World:
    known = tuple(_people(deck, draw, people))
    wording, meetings, lives = Wording(draw), [], []
    for person, mark in zip(known, marks, strict=False):
        life = live(Life(person, START, end, deck, draw))
        others = [each for each in known if each is not person]
        meetings += Teller(life, others, wording, mark).tell()
        lives.append(life)
    meetings.sort(key=lambda meeting: (meeting.start, meeting.id))
    items = [item for meeting in meetings for item in meeting.items]
    items += _echoes(meetings, items, draw)
    return World(
        seed, known, datetime.combine(end + timedelta(1), time(), UTC),
        tuple(_stored(meetings, draw)), tuple(items), merged(life.truths for life in lives),
    )  # fmt: skip


def _people(deck: Deck, draw: Random, count: int) -> Iterator[Person]:
    for number in range(count):
        name = deck.text(draw.choice(["female", "male"]))
        yield Person(name, f"{name} {deck.text('surname')}", is_user=number == 0)


def _stored(meetings: Sequence[Meeting], draw: Random) -> list[Session]:
    """The sessions in the order stored: a few between people come in late."""
    late: list[Session] = []
    punctual: list[Session] = []
    for meeting in meetings:
        moved = meeting.partner is not None and draw.random() < LATE_ARRIVALS
        (late if moved else punctual).append(meeting.session())
    return punctual + late


def _echoes(meetings: Sequence[Meeting], items: Sequence[Item], draw: Random) -> list[Item]:
    """Old words that come back, as a block of `context` or in an assistant's mouth.

    Each repeats what the user has said before and what is no longer so.
    """
    assisted = [meeting for meeting in meetings if meeting.partner is None]
    held = {said["id"]: (meeting, said) for meeting in assisted for said in meeting.messages}
    found = []
    for old, new in _superseded(items, set(held))[:ECHOES]:
        source, said = held[old.message]
        after = max(new.claims[0].said, source.start) + timedelta(10)
        meeting = next((each for each in assisted if each.start > after), None)
        if meeting is None:
            continue
        block = draw.random() < 0.5
        place = len(meeting.messages)
        text = said["content"] if block else f'You told me: "{said["content"]}"'
        id = meeting.add(meeting.owner if block else None, text)
        if block:
            meeting.messages[place]["echo_of"] = said["content"]
        found.append(Item(
            f"{id}:0", "echo", meeting.owner.name, "echo#block" if block else "echo#words",
            False, (id,), 0, len(text), (new.claims[0],), (old.claims[0].value,),
        ))  # fmt: skip
    return found


def _superseded(items: Sequence[Item], within: set[Any]) -> list[tuple[Item, Item]]:
    """Pairs of a statement in one of the messages `within` and the one that replaced it."""
    found = []
    for new in items:
        claim = new.claims[0] if new.claims else None
        if claim is None or claim.form != "new" or claim.old is None or new.kind != "statement":
            continue
        for old in items:
            was = old.claims[0] if old.claims else None
            if was is not None and old.message in within and was.said < claim.said and (
                (was.subject, was.attribute, was.value) ==
                (claim.subject, claim.attribute, claim.old)
            ) and old.kind == "statement":  # fmt: skip
                found.append((old, new))
                break
    return found
