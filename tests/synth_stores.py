"""Stores that know a synthetic world: one by heart, the others each in a wrong way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from memkit.evals.synth.asking import _changes
from memkit.evals.synth.claims import Claim, Item, World
from memkit.evals.synth.folding import BELIEVED, Stretch, fold
from memkit.models import Fact, Hit, Memory, Source, Turn


class ByHeart:
    """Everything that was said, folded as the world folds it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.items: list[Item] = [item for item in world.items if item.kind in BELIEVED]
        self.texts = {said["id"]: said["content"]
                      for session in world.sessions for said in session.messages}  # fmt: skip
        self._told: dict[tuple[str, str], list[tuple[Claim, Item]]] = {}

    def facts(
        self, subject: str | None = None, attribute: str | None = None, *, at: Any = None,
        as_of: Any = None, superseded: bool = False,
    ) -> list[Fact]:  # fmt: skip
        asked = at or self.world.end
        found = [
            fact
            for slot, told in self._slots().items()
            if subject in (None, slot[0]) and attribute in (None, slot[1])
            for fact in self._facts(slot, told, asked, as_of)
        ]
        return [fact for fact in found if superseded or fact.status in ("current", "uncertain")]

    def history(self, id: str, attribute: str) -> Sequence[Fact]:
        return self.facts(id, attribute, superseded=True)

    def profile(self, person: str | None = None, budget: int = 300) -> str:
        return "\n".join(f"{fact.attribute}: {fact.value}" for fact in self.facts(person))

    def search(self, query: str, k: int = 10) -> list[Hit]:
        return []

    def get(self, id: str) -> Turn | Memory:
        return Turn(id, self.texts[id])

    def _slots(self) -> dict[tuple[str, str], list[tuple[Claim, Item]]]:
        if self._told:
            return self._told
        found: dict[tuple[str, str], list[tuple[Claim, Item]]] = {}
        for item in self.items:
            for claim in item.claims:
                found.setdefault((claim.subject, claim.attribute), []).append((claim, item))
        for told in found.values():
            told.sort(key=lambda pair: pair[0].said)
        self._told = found
        return found

    def _facts(
        self, slot: tuple[str, str], told: list[tuple[Claim, Item]], at: datetime, as_of: Any
    ) -> Iterator[Fact]:
        for number, stretch in enumerate(self.folded([claim for claim, _ in told], as_of)):
            citing = [
                Source(message, item.start, item.end) if message == item.message
                else Source(message, 0, 1)
                for claim, item in told if claim.value.text == stretch.value.text
                for message in item.messages
            ]  # fmt: skip
            yield Fact(
                id=f"{slot}/{number}", subject=slot[0], attribute=slot[1],
                value=stretch.value.text, unit=None, text="", since=_moment(stretch.since),
                until=_moment(stretch.until), said=told[0][0].said, recorded_until=None,
                superseded_by=None, status=self.status(slot, stretch, at.date()), confidence=1.0,
                origin="user", sources=tuple(citing),
            )  # fmt: skip

    def folded(self, claims: list[Claim], as_of: Any) -> list[Stretch]:
        return fold(claims, as_of)

    def status(self, slot: tuple[str, str], stretch: Stretch, at: date) -> Any:
        if stretch.retracted:
            return "retracted"
        if stretch.since is None or (stretch.until is not None and stretch.until <= at):
            return "ended"
        if stretch.since > at:
            return "planned"
        return "uncertain" if self.is_uncertain(slot) else "current"

    def is_uncertain(self, slot: tuple[str, str]) -> bool:
        claims = {each: [claim for claim, _ in told] for each, told in self._slots().items()}
        last = claims[slot][-1].said
        return slot[1] == "commute" and bool(_changes(claims, slot[0], last))


class HalfDeaf(ByHeart):
    """Misses every third statement."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.items = [item for place, item in enumerate(self.items) if place % 3]


class Inventive(ByHeart):
    """Adds to each value what nobody has said."""

    def facts(self, *args: Any, **kwargs: Any) -> list[Fact]:
        found = super().facts(*args, **kwargs)
        return found + [
            replace(fact, id=f"{fact.id}!", value=f"grand {fact.value}") for fact in found
        ]


class Stubborn(ByHeart):
    """Believes that what was so once is so for ever."""

    def folded(self, claims: list[Claim], as_of: Any) -> list[Stretch]:
        return [replace(each, until=None, retracted=False, since=each.since or date(2000, 1, 1))
                for each in super().folded(claims, as_of)]  # fmt: skip


class Gullible(ByHeart):
    """Believes every value it hears, of whomever, and remembers what was erased."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        said = datetime(2022, 1, 1, tzinfo=UTC)
        for item in world.items:
            values = [*item.forbidden, *(claim.value for claim in item.claims)]
            if item.kind not in BELIEVED:
                claims = [Claim(item.person, "belief", value, said, "state", several=True)
                          for value in values]  # fmt: skip
                self.items.append(replace(item, claims=tuple(claims)))
        theirs = world.other.items if world.other else ()
        for item in theirs:
            claims = [replace(claim, subject=world.people[0].name) for claim in item.claims]
            self.items.append(replace(world.items[0], claims=tuple(claims)))


class Prophetic(ByHeart):
    """Knows at any time what was said only later."""

    def facts(self, *args: Any, **kwargs: Any) -> list[Fact]:
        return super().facts(*args, **{**kwargs, "as_of": None})


class Timeless(ByHeart):
    """Takes everything to hold from when it was said, and does not keep what was before."""

    def facts(self, *args: Any, **kwargs: Any) -> list[Fact]:
        return [replace(fact, since=None) for fact in super().facts(*args, **kwargs)]

    def history(self, id: str, attribute: str) -> Sequence[Fact]:
        return self.facts(id, attribute)


class Trusting(ByHeart):
    """Never doubts what rests on something that has changed."""

    def is_uncertain(self, slot: tuple[str, str]) -> bool:
        return False


class Mute(ByHeart):
    """Knows nothing."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.items = []


def _moment(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


class Everywhere(ByHeart):
    """Has an answer to everything."""

    def facts(self, *args: Any, **kwargs: Any) -> list[Fact]:
        found = super().facts(*args, **kwargs)
        subject = args[0] if args else None
        if subject is None or not found:
            return found
        more = ("religion", "salary", "school", "diet", "car", "weight", "pet")
        return found + [replace(found[0], attribute=each, id=each, value="this") for each in more]
