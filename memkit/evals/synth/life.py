"""A life in the making: what is true of it, and what will be said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from memkit.evals.synth.claims import Person, Truth, Value
from memkit.evals.synth.sayings import Saying, Trap
from memkit.evals.synth.values import Deck

CORRECTED: Final = 0.55
"""How often the first mention is a slip that is put right at once."""
SLIPS: Final = ("employer", "birthday")
"""What has corrections of its own, besides homes and pets."""


@dataclass
class Life:
    """A life in the making. `start` and `end` bound what is told."""

    person: Person
    start: date
    end: date
    deck: Deck
    draw: Random
    sayings: list[Saying] = field(default_factory=list)
    traps: list[Trap] = field(default_factory=list)
    truths: dict[tuple[str, str], list[Truth]] = field(default_factory=dict)
    born: date = date(1990, 1, 1)

    def day(self, low: float, high: float) -> date:
        """A day between two shares of the time that is told."""
        return self.start + timedelta(
            round((self.end - self.start).days * self.draw.uniform(low, high))
        )

    def true(self, subject: str, attribute: str, value: Value, since: date,
             until: date | None = None) -> None:  # fmt: skip
        """Note what holds in the world."""
        known = self.truths.setdefault((subject, attribute), [])
        known.append(Truth(value, since, until))

    def say(self, saying: Saying) -> None:
        """Note what will be said."""
        self.sayings.append(saying)


def steady(
    life: Life, attribute: str, value: Value, *, slip: Value | None = None, mentions: int = 4
) -> None:
    """Something that never changes, mentioned now and then."""
    name, first = life.person.name, life.day(0.0, 0.15)
    life.true(name, attribute, value, first)
    mention = Saying(first, attribute, name, attribute, value)
    if slip is not None and life.draw.random() < CORRECTED:
        mention = slipped(life, mention, slip)
    life.say(mention)
    for part in range(1, mentions):
        low = 0.2 + 0.8 * (part - 1) / mentions
        life.say(Saying(life.day(low, low + 0.2), attribute, name, attribute, value))


def about(life: Life, attribute: str) -> Saying:
    """What a mention of an attribute of this person begins from."""
    return Saying(life.start, attribute, life.person.name, attribute, None)


def slipped(life: Life, mention: Saying, slip: Value) -> Saying:
    """The same mention with a wrong value, put right in the same session."""
    own = f"{mention.group}.correction"
    special = mention.group in ("home", "pet", *SLIPS) and life.draw.random() < 0.85
    right = replace(mention, group=own if special else "correction", form="correction", old=slip)
    return replace(mention, value=slip, then=right)


def tell(
    life: Life, mention: Saying, stages: Sequence[Value], days: Sequence[date], *,
    slip: Value | None = None,
) -> None:  # fmt: skip
    """Say each stage when it comes, as `mention` says what it is about, and again later."""
    bounds = [*days[1:], None]
    for place, (value, since, until) in enumerate(zip(stages, days, bounds, strict=True)):
        life.true(mention.subject, mention.attribute, value, since, until)
        now = replace(mention, day=since, value=value, recent=place > 0)
        if place == 0:
            life.say(now if slip is None else slipped(life, now, slip))
        else:
            late = timedelta(life.draw.choice([1, 1, 2, 3, 20, 35]))
            life.say(replace(
                now, day=since + late, group=f"{mention.group}.new", form="new",
                old=stages[place - 1], event=since,
            ))  # fmt: skip
        again(life, now, until)


def again(life: Life, mention: Saying, until: date | None) -> None:
    """Mention it once or twice more while it holds."""
    first, last = mention.day + timedelta(50), until or life.end
    for _ in range(life.draw.choice([1, 2, 3])):
        if (last - first).days > 20:
            day = first + timedelta(life.draw.randrange((last - first).days - 10))
            life.say(replace(mention, day=day, latest=until and until - timedelta(1)))


def several_told(
    life: Life, mention: Saying, ends: date | None = None, *, dated: bool = False
) -> None:
    """One value of many: told once or twice, and when it ends; `dated` with when it began."""
    first, value = mention.day, mention.value
    assert value is not None
    begun = dated and life.draw.random() < 0.7
    event = first - timedelta(life.draw.randrange(3, 160)) if begun else None
    mention = replace(mention, several=True, event=event)
    slip = mention.group == "pet" and life.draw.random() < CORRECTED
    life.say(slipped(life, mention, life.deck.value("pet")) if slip else mention)
    life.true(mention.subject, mention.attribute, value, first, ends)
    if life.draw.random() < 0.4:
        later = first + timedelta(40)
        life.say(replace(mention, day=later, latest=ends and ends - timedelta(1)))
    if ends is not None:
        late = timedelta(life.draw.choice([1, 1, 2, 25]))
        life.say(replace(mention, day=ends + late, group=f"{mention.group}.end", form="end",
                         old=value, event=ends))  # fmt: skip
