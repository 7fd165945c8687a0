"""What happens in a life, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from memkit.evals.synth import relatives, traits, values
from memkit.evals.synth.claims import Truth, Value
from memkit.evals.synth.life import (
    CORRECTED,
    SLIPS,
    Life,
    about,
    again,
    several_told,
    steady,
    tell,
)
from memkit.evals.synth.sayings import Saying, Trap
from memkit.evals.synth.traits import Several, Trait

_OTHER_SLIPS: Final = ("hometown", "school", "car", "job", "birthplace")
"""What is corrected in words that fit anything."""
TRAPS: Final = {
    "third party": 6, "hypothetical": 6, "joke": 4, "quote": 4, "question": 5, "denial": 5,
}  # fmt: skip
ASSISTED_TRAPS: Final = {"suggestion": 9, "confirmed": 9, "poison": 9}
"""Those that need an assistant in the session."""


def live(life: Life) -> Life:
    """Fill a life with everything there is to tell."""
    _who(life)
    _home(life)
    for trait in traits.SINGLE:
        if life.draw.random() < trait.told:
            _single(life, trait)
    for thing in life.draw.sample(sorted(traits.FAVOURITES), 3):
        _favourite(life, thing)
    for several in traits.SEVERAL:
        _several(life, several)
    relatives.add(life)
    _plans(life)
    _prices(life)
    _appointments(life)
    _retractions(life)
    _traps(life)
    return life


def _who(life: Life) -> None:
    draw, name = life.draw, life.person.name
    life.born = date(draw.randrange(1955, 2003), draw.randrange(1, 13), draw.randrange(1, 29))
    called = values.plain(life.person.full if draw.random() < 0.5 else name, name)
    called = replace(called, accepted=(name, life.person.full))
    steady(life, "name", called, mentions=2)
    steady(life, "birthday", values.birthday(life.born), slip=values.birthday(_other_day(life)))
    address = values.email(name, life.person.full.split()[-1], draw)
    single = Trait("email", lambda deck, draw, unlike: address if unlike is None else values.email(
        name, deck.text("surname"), draw), changed=0.5)  # fmt: skip
    _single(life, single)

    def age(said: date) -> Value:
        before = (said.month, said.day) < (life.born.month, life.born.day)
        return values.number(said.year - life.born.year - before)

    for part in (0.1, 0.6):
        life.say(Saying(life.day(part, part + 0.3), "age", name, "age", None, value_on=age))


def _other_day(life: Life) -> date:
    return date(life.born.year, life.born.month % 12 + 1, life.born.day)


def _single(life: Life, trait: Trait) -> None:
    """One value at a time, with changes."""
    draw, attribute = life.draw, trait.attribute
    stages = [trait.make(life.deck, draw, None)]
    days = [life.day(0.0, 0.15)]
    for low, chance in ((0.4, trait.changed), (0.72, trait.changed * 0.6)):
        if draw.random() < chance and len(stages) == (1 if low < 0.5 else 2):
            stages.append(trait.make(life.deck, draw, stages[-1]))
            days.append(life.day(low, low + 0.12))
    slip = None
    if attribute in (*SLIPS, *_OTHER_SLIPS) and draw.random() < CORRECTED:
        slip = trait.make(life.deck, draw, stages[0])
    if attribute == "employer" and slip is None and draw.random() < 0.6:
        _change_announced(life, attribute, stages, days)
    else:
        tell(life, about(life, attribute), stages, days, slip=slip)
    if attribute == "job" and draw.random() < 0.7:
        _past(life, "job", life.deck.value("job"))


def _past(life: Life, attribute: str, value: Value) -> None:
    """Something that was over long before."""
    over = date(life.start.year - life.draw.randrange(3, 12), 6, 15)
    life.say(Saying(
        life.day(0.2, 0.9), f"{attribute}.past", life.person.name, attribute, value, "past",
        until=over, years=True,
    ))  # fmt: skip


def _change_announced(life: Life, attribute: str, stages: list[Value], days: list[date]) -> None:
    """The last change is told before it happens."""
    name = life.person.name
    if len(stages) < 2:
        stages.append(life.deck.value("place" if attribute == "home" else attribute))
        days.append(life.day(0.5, 0.75))
    tell(life, about(life, attribute), stages[:-1], days[:-1])
    planned, since = stages[-1], days[-1]
    key = (name, attribute)
    life.truths[key][-1] = replace(life.truths[key][-1], until=since)
    life.sayings = [each for each in life.sayings
                    if (each.subject, each.attribute) != key or each.day < since - timedelta(15)
                    or each.form != "state"]  # fmt: skip
    life.true(name, attribute, planned, since)
    ahead = timedelta(life.draw.choice([24, 35, 50]))
    life.say(Saying(since - ahead, f"{attribute}.soon", name, attribute, planned, "soon",
                    event=since))  # fmt: skip
    again(life, Saying(since, attribute, name, attribute, planned, recent=True), None)


def _home(life: Life) -> None:
    """Homes have stories: moves, announced moves, one told late, slips, and homes long ago."""
    draw = life.draw
    story = draw.choice(["steady", "move", "moves", "moves", "late", "announced", "announced"])
    stages = [life.deck.value("place")]
    days = [life.day(0.0, 0.08)]
    if story != "steady":
        stages.append(life.deck.value("place"))
        days.append(life.day(0.35, 0.45))
    if story in ("moves", "late"):
        stages.append(life.deck.value("place"))
        days.append(life.day(0.65, 0.75))
    if story == "announced":
        _change_announced(life, "home", stages, days)
    elif story == "late":
        _told_late(life, stages, days)
    else:
        slip = life.deck.value("place") if draw.random() < CORRECTED else None
        tell(life, about(life, "home"), stages, days, slip=slip)
    for group in draw.sample(["past", "past", "span"], 2):
        if group == "past":
            _past(life, "home", life.deck.value("place"))
    _earlier_homes(life)


def _told_late(life: Life, stages: list[Value], days: list[date]) -> None:
    """The home in the middle is told of only after the next one."""
    name = life.person.name
    first, middle, last = stages
    tell(life, about(life, "home"), [first, last], [days[0], days[2]])
    known = life.truths[name, "home"]
    known[:] = [Truth(first, days[0], days[1]), Truth(middle, days[1], days[2]),
                Truth(last, days[2])]  # fmt: skip
    gone = days[1] - timedelta(1)
    life.sayings = [
        replace(each, latest=gone) if each.form == "state" and each.value is first
        else replace(each, old=None) if each.form == "new" and each.value is last
        else each for each in life.sayings
    ]  # fmt: skip
    life.say(Saying(
        days[2] + timedelta(60), "home.span", name, "home", middle, "span",
        event=days[1], until=days[2],
    ))  # fmt: skip


def _earlier_homes(life: Life) -> None:
    """Two homes one after the other, years before anything else is told."""
    start = life.start.year - life.draw.randrange(9, 14)
    for length in life.draw.sample([2, 3, 4], 2):
        since, until = date(start, 7, 1), date(start + length, 7, 1)
        life.say(Saying(
            life.day(0.1, 0.9), "home.span", life.person.name, "home", life.deck.value("place"),
            "span", event=since, until=until, years=True,
        ))  # fmt: skip
        life.true(life.person.name, "home", life.sayings[-1].value or _nothing(), since, until)
        start += length


def _nothing() -> Value:
    raise AssertionError("a span of time without a value")


def _favourite(life: Life, thing: str) -> None:
    pile = traits.FAVOURITES[thing]
    stages, days = [life.deck.value(pile)], [life.day(0.0, 0.2)]
    if life.draw.random() < 0.6:
        stages.append(life.deck.value(pile))
        days.append(life.day(0.45, 0.7))
    american = life.person.name < "M"
    spelled = {"colour": "color"}.get(thing, thing) if american else thing
    blanks = {"thing": spelled, "favourite": "favorite" if american else "favourite"}
    mention = replace(about(life, f"favourite {thing}"), group="favourite", blanks=blanks)
    tell(life, mention, stages, days)


def _several(life: Life, sort: Several) -> None:
    """Any number of values, of which some end."""
    for _ in range(life.draw.randint(sort.least, sort.most)):
        value, first = life.deck.value(sort.pile), life.day(0.0, 0.5)
        ends = life.day(0.62, 0.9) if life.draw.random() < sort.ended else None
        mention = Saying(first, sort.attribute, life.person.name, sort.attribute, value)
        several_told(life, mention, ends, dated=sort.dated)
    for _ in range(sort.attribute in ("like", "visited", "owns")):
        erased = life.deck.value(sort.pile)
        life.say(Saying(
            life.day(0.1, 0.8), sort.attribute, life.person.name, sort.attribute, erased,
            event=life.start - timedelta(20) if sort.dated else None, several=True, kind="erased",
        ))  # fmt: skip


def _plans(life: Life) -> None:
    for _ in range(life.draw.randint(1, 3)):
        told = life.day(0.05, 0.85)
        event = told + timedelta(life.draw.randrange(14, 110))
        value = values.planned(life.deck.text("plan"))
        life.say(Saying(
            told, "plan", life.person.name, "plan", value, "soon", event=event, several=True,
            latest=event - timedelta(2),
        ))  # fmt: skip


def _prices(life: Life) -> None:
    for _ in range(life.draw.randint(1, 3)):
        thing = life.deck.text("bought")
        value, first = values.money(35, 1900, 5, life.draw), life.day(0.05, 0.9)
        attribute = f"price of the {thing}"
        life.true(life.person.name, attribute, value, first)
        life.say(Saying(first, "price", life.person.name, attribute, value,
                        blanks={"thing": thing}))  # fmt: skip


def _appointments(life: Life) -> None:
    """Some are moved before they come."""
    for _ in range(life.draw.randint(1, 3)):
        noun, told = life.deck.text("appointment"), life.day(0.05, 0.85)
        moved = life.draw.random() < 0.5
        blanks = {"noun": noun, "a_noun": values.with_article(noun)}
        day = told + timedelta(
            life.draw.randrange(30, 50) if moved else life.draw.randrange(16, 30)
        )
        life.say(_appointed(life, told, noun, day, None, blanks))
        if moved:
            later = day + timedelta(life.draw.randrange(2, 12))
            life.say(_appointed(life, told + timedelta(14), noun, later, day, blanks))


def _appointed(
    life: Life, told: date, noun: str, day: date, instead_of: date | None, blanks: dict[str, str]
) -> Saying:
    old = _date(instead_of) if instead_of else None
    group = "appointment.new" if instead_of else "appointment"
    return Saying(
        told, group, life.person.name, noun, _date(day), "new" if instead_of else "state",
        old=old, event=day, blanks=blanks, latest=day - timedelta(1),
    )  # fmt: skip


def _date(day: date) -> Value:
    return Value(day.isoformat(), {"value": day.isoformat()}, "date")


def _retractions(life: Life) -> None:
    """Things said and taken back, at once or at the next occasion."""
    for attribute in life.draw.sample(sorted(traits.TOPICS), 4):
        sort = next((each for each in traits.SEVERAL if each.attribute == attribute), None)
        pile = sort.pile if sort else {"home": "place"}.get(attribute, attribute)
        value, day = life.deck.value(pile), life.day(0.5, 0.6)
        topic = traits.TOPICS[attribute].format(**value.shown)
        again = Saying(
            day, "retraction", life.person.name, attribute, value, "retraction", old=value,
            blanks={"topic": topic}, several=sort is not None,
        )  # fmt: skip
        group = attribute if sort else f"{attribute}.new"
        if not sort and (life.person.name, attribute) not in life.truths:
            continue
        life.say(Saying(
            day, group, life.person.name, attribute, value, "state" if sort else "new",
            several=sort is not None, then=again, old=_held(life, attribute, day),
            event=day - timedelta(60) if sort and sort.dated else None, kind="taken back",
        ))  # fmt: skip


def _held(life: Life, attribute: str, day: date) -> Value | None:
    known = life.truths.get((life.person.name, attribute), [])
    return next((each.value for each in known if each.holds(day)), None)


def _traps(life: Life) -> None:
    for group, count in _trap_counts(life):
        life.traps += [Trap(life.day(0.05, 0.95), group) for _ in range(count)]


def _trap_counts(life: Life) -> Iterator[tuple[str, int]]:
    yield from TRAPS.items()
    if life.person.is_user:
        yield from ASSISTED_TRAPS.items()
