"""Questions about a world, with their answers and what must have been read to know them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from memkit.evals.synth.claims import Claim, Item, Value, World
from memkit.evals.synth.folding import BELIEVED, Slot, Stretch, fold, held, slots

QuestionKind = Literal[
    "current", "list", "as of", "known then", "two hops", "count", "absent", "stale"
]
MARGIN: Final = timedelta(40)
"""How far from every change a moment lies that is asked about: "last spring" is no day."""
_COUNTED: Final = ("pet", "language", "allergy", "hobby", "instrument")
_TOGETHER: Final = {"child": ("son", "daughter"), "sibling": ("sister", "brother")}
"""What is counted under one name."""
_ABSENT: Final = (
    "home", "job", "employer", "school", "partner", "religion", "nationality", "salary", "diet",
    "commute", "car", "phone", "height", "weight", "pet", "child", "sibling", "language", "allergy",
    "instrument", "mother", "father", "marital status",
)  # fmt: skip
_BASES: Final = ("home", "employer", "job", "school", "car")
"""What a commute rests on."""
_BESIDES: Final = {"job": "school", "marital status": "partner"}
"""What gives an answer all the same: a student's job is being a student."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, about which moment (`at`) and known by when (`as_of`).

    `expected` is empty where nobody knows. `via` is the attribute and the value that lead from
    `owner` to the subject of a question in two hops. `needs` are the ids of the items that must
    have been read for the answer.
    """

    id: str
    kind: QuestionKind
    owner: str
    subject: str
    attribute: str
    expected: tuple[Value, ...]
    needs: tuple[str, ...] = ()
    at: datetime | None = None
    as_of: datetime | None = None
    via: tuple[str, Value] | None = None


class _Ledger:
    """The claims of a world by slot, and the items that make them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.claims = slots(world)
        self.items: dict[Slot, list[Item]] = {}
        for item in world.items:
            for claim in item.claims if item.kind in BELIEVED else ():
                self.items.setdefault((claim.subject, claim.attribute), []).append(item)
        self.end = world.end.date()

    def needs(self, slot: Slot, by: datetime | None = None) -> tuple[str, ...]:
        """The items of a slot that were said by then."""
        return tuple(
            item.id for item in self.items.get(slot, ())
            if by is None or any(claim.said <= by for claim in item.claims)
        )  # fmt: skip

    def now(self, slot: Slot) -> list[Value]:
        """What holds at the end."""
        return held(fold(self.claims.get(slot, [])), self.end)


def questions(world: World) -> list[Question]:
    """Everything that is asked about a world, in a fixed order."""
    ledger = _Ledger(world)
    found: list[Question] = []
    for slot in sorted(ledger.claims):
        found += _of_slot(ledger, slot)
    found += _two_hops(ledger)
    for person in world.people:
        found += _together(ledger, person.name)
        found += _absent(ledger, person.name)
        found += _stale(ledger, person.name)
    return found


def _owner(world: World, subject: str) -> str:
    """The speaker whose life a subject belongs to; the first person where none is told."""
    for person in world.people:
        if subject == person.name or subject.startswith(f"{person.name}'s "):
            return person.name
    for item in world.items:
        if any(claim.subject == subject for claim in item.claims):
            return item.person
    return world.people[0].name


def _of_slot(ledger: _Ledger, slot: Slot) -> Iterator[Question]:
    claims, (subject, attribute) = ledger.claims[slot], slot
    if attribute in ("age", "plan") or claims[0].value.kind == "date":
        return
    owner, needs, now = _owner(ledger.world, subject), ledger.needs(slot), ledger.now(slot)
    key, several = f"{subject}/{attribute}", any(claim.several for claim in claims)
    if several and not any(attribute in kinds for kinds in _TOGETHER.values()):
        yield Question(f"list:{key}", "list", owner, subject, attribute, tuple(now), needs)
        if attribute in _COUNTED:
            yield Question(f"count:{key}", "count", owner, subject, attribute, tuple(now), needs)
    if several:
        return
    if now and "'s " not in subject:  # relatives without a name are asked for in two hops
        yield Question(f"current:{key}", "current", owner, subject, attribute, tuple(now), needs)
    yield from _at_moments(ledger, slot, owner)


def _at_moments(ledger: _Ledger, slot: Slot, owner: str) -> Iterator[Question]:
    """The middle of each stretch, and the day before news of a change."""
    claims, (subject, attribute) = ledger.claims[slot], slot
    stretches = [each for each in fold(claims) if not each.retracted and each.since is not None]
    if len(stretches) > 1:
        for number, stretch in enumerate(stretches):
            middle = _middle(stretch, ledger.end)
            if middle is not None:
                yield Question(
                    f"as of:{subject}/{attribute}/{number}", "as of", owner, subject, attribute,
                    (stretch.value,), ledger.needs(slot), at=_noon(middle),
                )  # fmt: skip
    for number, claim in enumerate(claims):
        moment = claim.said - timedelta(5) if claim.form == "new" else claim.said + timedelta(2)
        if claim.form not in ("new", "soon"):
            continue
        known = fold(claims, moment)
        expected = held(known, moment.date())
        if len(expected) == 1 and _is_clear(known, moment.date()):
            yield Question(
                f"known then:{subject}/{attribute}/{number}", "known then", owner, subject,
                attribute, tuple(expected), ledger.needs(slot, moment), at=moment, as_of=moment,
            )  # fmt: skip


def _middle(stretch: Stretch, end: date) -> date | None:
    assert stretch.since is not None
    until = min(stretch.until or end, end)
    middle = stretch.since + (until - stretch.since) / 2
    return middle if middle - stretch.since >= MARGIN and until - middle >= MARGIN else None


def _is_clear(stretches: Sequence[Stretch], day: date) -> bool:
    """No change lies near the day."""
    bounds = [edge for each in stretches for edge in (each.since, each.until) if edge is not None]
    return all(abs(edge - day) > timedelta(12) for edge in bounds)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _two_hops(ledger: _Ledger) -> Iterator[Question]:
    people = {person.name for person in ledger.world.people}
    relations = {claim.value.text: (slot, claim) for slot, claims in ledger.claims.items()
                 for claim in claims if slot[0] in people}  # fmt: skip
    for slot in sorted(ledger.claims):
        subject, attribute = slot
        now = ledger.now(slot)
        if subject in people or attribute not in ("home", "job") or len(now) != 1:
            continue
        if subject in relations:
            (owner, relation), claim = relations[subject]
            via: tuple[str, Value] | None = (relation, claim.value)
            needs = (*_first(ledger, (owner, relation), claim), *ledger.needs(slot))
        else:
            owner, via, needs = _owner(ledger.world, subject), None, ledger.needs(slot)
        yield Question(f"two hops:{subject}/{attribute}", "two hops", owner, subject, attribute,
                       tuple(now), needs, via=via)  # fmt: skip


def _first(ledger: _Ledger, slot: Slot, claim: Claim) -> tuple[str, ...]:
    """The item that first tells of the relation."""
    told = (item.id for item in ledger.items[slot]
            if any(each.value.text == claim.value.text for each in item.claims))  # fmt: skip
    return (next(told),)


def _together(ledger: _Ledger, name: str) -> Iterator[Question]:
    """Sons and daughters as children, sisters and brothers as siblings."""
    for attribute, kinds in _TOGETHER.items():
        told = [(name, kind) for kind in kinds if (name, kind) in ledger.claims]
        if told:
            now = tuple(value for slot in told for value in ledger.now(slot))
            needs = tuple(id for slot in told for id in ledger.needs(slot))
            key = f"{name}/{attribute}"
            yield Question(f"list:{key}", "list", name, name, attribute, now, needs)
            yield Question(f"count:{key}", "count", name, name, attribute, now, needs)


def _absent(ledger: _Ledger, name: str) -> Iterator[Question]:
    for attribute in _ABSENT:
        kinds = (attribute, _BESIDES.get(attribute, ""), *_TOGETHER.get(attribute, ()))
        if not any((name, kind) in ledger.claims for kind in kinds):
            yield Question(f"absent:{name}/{attribute}", "absent", name, name, attribute, ())


def _stale(ledger: _Ledger, name: str) -> Iterator[Question]:
    """Whether a commute is still sure, after a move, and where nothing has changed."""
    slot = (name, "commute")
    claims = ledger.claims.get(slot)
    if not claims:
        return
    last = claims[-1].said
    changes = _changes(ledger.claims, name, last)
    if {"home", "employer"} & changes or not changes:
        expected = ledger.now(slot) if changes else []
        kind = "moved" if changes else "unmoved"
        needs = [each for base in ("commute", *_BASES) for each in ledger.needs((name, base))]
        yield Question(f"stale:{name}/{kind}", "stale", name, name, "commute", tuple(expected),
                       tuple(needs))  # fmt: skip


def _changes(claims: Mapping[Slot, Sequence[Claim]], name: str, after: datetime) -> set[str]:
    """What a commute rests on that has changed, or was told to change, since then."""
    found = set()
    for base in _BASES:
        told = claims.get((name, base), ())
        if any(each.said > after and each.form in ("new", "span", "correction", "retraction")
               for each in told):  # fmt: skip
            found.add(base)
        if any(each.since is not None and each.since[1] > after.date() for each in told):
            found.add(base)
    return found
