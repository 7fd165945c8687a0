"""A store's knowledge beside the world it was told of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from memkit.evals.synth import matching
from memkit.evals.synth.claims import Claim, Item, World
from memkit.evals.synth.folding import BELIEVED
from memkit.models import Fact, Hit, Memory, Turn

STATED: Final = ("state", "new", "soon", "past", "span", "correction")
"""The forms of a claim that give a value; the others end one or take it back."""
HOLDS: Final = ("current", "uncertain")
"""How a fact stands that is so."""
_ROWS: Final = {
    "son": "child", "daughter": "child", "sister": "sibling", "brother": "sibling",
    "mother": "parent", "father": "parent",
}  # fmt: skip


class Knowing(Protocol):
    """The calls of `Scope` that are measured."""

    def facts(
        self, subject: str | None = None, attribute: str | None = None, *,
        at: Any = None, as_of: Any = None, superseded: bool = False,
    ) -> list[Fact]:  # fmt: skip
        """What holds."""

    def history(self, id: str, attribute: str) -> Sequence[Any]:
        """All values of an attribute, oldest first."""

    def profile(self, person: str | None = None, budget: int = 300) -> Any:
        """What is known of a person, as text."""

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The best hits."""

    def get(self, id: str) -> Turn | Memory:
        """A record."""


class Exam:
    """One world, the scope that was told of it, and what that scope took for facts.

    `read` tells of each item whether all it says was understood.
    """

    def __init__(self, world: World, scope: Knowing) -> None:
        self.world = world
        self.scope = scope
        self.facts = scope.facts(superseded=True)
        self._citing: dict[str, list[Fact]] = {}
        for fact in self.facts:
            for message in dict.fromkeys(source.turn for source in fact.sources):
                self._citing.setdefault(message, []).append(fact)
        self._texts = {said["id"]: str(said["content"])
                       for session in world.sessions for said in session.messages}  # fmt: skip
        self._items: dict[str, list[Item]] = {}
        for item in world.items:
            for message in item.messages:
                self._items.setdefault(message, []).append(item)
        self.believed = [item for item in world.items if item.kind in BELIEVED]
        self.read = {item.id: self._is_read(item) for item in self.believed}

    def cluster(self, person: str) -> str:
        """The life that a mark belongs to."""
        return f"{self.world.seed}/{person}"

    def citing(self, item: Item) -> list[Fact]:
        """The facts that rest on a message of the item."""
        return [fact for message in item.messages for fact in self._citing.get(message, ())]

    def items_at(self, message: str) -> Sequence[Item]:
        """The items that rest on a message."""
        return self._items.get(message, ())

    def origin(self, fact: Fact) -> Item | None:
        """The item whose words a fact cites first."""
        for source in fact.sources:
            for item in self.items_at(source.turn):
                apart = source.end <= item.start or item.end <= source.start
                if source.turn != item.message or not apart:
                    return item
        return None

    def words(self, item: Item) -> str:
        """What was said."""
        return self._texts.get(item.message, "")[item.start : item.end]

    def spans(self, fact: Fact) -> list[str]:
        """The words that a fact cites, as the store has them."""
        return [self.scope.get(each.turn).text[each.start : each.end] for each in fact.sources]

    def stating(self, claim: Claim, among: Iterable[Fact]) -> list[Fact]:
        """Those that say what was claimed."""
        known = names(self.world, claim.subject)
        return [fact for fact in among if matching.states(claim, fact, known)]

    def current(
        self, subject: str, attribute: str, *, at: datetime | None = None,
        as_of: datetime | None = None,
    ) -> list[Fact]:  # fmt: skip
        """What holds of an attribute, under all its names, at a moment, as known by another."""
        return [
            fact for fact in self.scope.facts(subject, at=at, as_of=as_of)
            if fact.status in HOLDS and matching.same_attribute(attribute, fact.attribute)
        ]  # fmt: skip

    def is_taken(self, claim: Claim, item: Item) -> bool | None:
        """Whether a claim was understood; None for the end of what was never known."""
        if claim.form in STATED:
            return bool(self.stating(claim, self.citing(item)))
        if not self.stating(claim, self.facts):
            return None
        now = self.current(claim.subject, claim.attribute, at=claim.said, as_of=claim.said)
        return not self.stating(claim, now)

    def all_read(self, needs: Iterable[str]) -> bool:
        """Whether all of these items were understood."""
        return all(self.read.get(id, False) for id in needs)

    def _is_read(self, item: Item) -> bool:
        return all(self.is_taken(claim, item) is True for claim in item.claims)


def names(world: World, subject: str) -> frozenset[str]:
    """What a subject may go by in facts."""
    owner, mark, rest = subject.partition("'s ")
    person = next((each for each in world.people if each.name == owner), None)
    if person is None:
        return frozenset({subject})
    known = {person.name, person.full} | ({"user"} if person.is_user else set())
    return frozenset(f"{each}'s {rest}" for each in known) if mark else frozenset(known)


def row(attribute: str, item: Item | None = None) -> str:
    """The row of an attribute in tables: all favourites together, sisters with brothers."""
    if item is not None and item.claims and item.claims[0].value.kind == "date":
        return "appointment"
    for first in ("favourite", "favorite", "price"):
        if attribute.startswith(first):
            return first.replace("favorite", "favourite")
    return _ROWS.get(attribute, attribute)


def shown(fact: Fact) -> str:
    """A fact in one line."""
    unit = f" {fact.unit}" if fact.unit else ""
    return f"{fact.subject} | {fact.attribute} | {fact.value}{unit} [{fact.status}]"


def listed(facts: Iterable[Fact]) -> str:
    """Facts in one line."""
    return "; ".join(map(shown, facts))
