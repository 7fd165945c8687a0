"""CoAT: association between the steps of reasoning, and only what is new."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from memkit.keywords import telling
from memkit.models import Hit
from memkit.recipe import Card, Composition, Recipe
from memkit.store import Scope
from memkit.types import When


@dataclass
class Reasoning:
    """A chain of thought under way: the question, what was thought, and what was recalled.

    `empty` counts the steps in a row for which nothing new was found.
    """

    question: str
    thoughts: list[str] = field(default_factory=list)
    held: list[Hit] = field(default_factory=list)
    empty: int = 0

    def known(self) -> frozenset[str]:
        """The words that what was asked, thought and recalled so far are about."""
        texts = [self.question, *self.thoughts, *(hit.text for hit in self.held)]
        return frozenset().union(*map(_about, texts))


class CoAT(Recipe):
    """The default store, with `recall_step` to call between two steps of an agent."""

    name: ClassVar[str] = "coat"
    card: ClassVar[Card] = Card(
        paper="CoAT: Chain-of-Associated-Thoughts Framework for Enhancing LLM Reasoning (2025)",
        source="arXiv 2502.02390",
        known_for="recall in the middle of reasoning: what only becomes relevant with a thought is "
        "found after it, and nothing is told twice",
        kept="after each step the memory is asked with what is new in it; only what is not yet "
        "present comes back; a few records at a time",
        mended="the published association is written by the model, which may invent it, and scored "
        "by the model itself: here it is retrieved, with its sources; novelty is measured (at "
        "least .4 of its words new, no more than .85 of them in one record held), and two steps "
        "that bring nothing end it",
        model="thinks the steps; it is yours",
        without="association is a search with the new words of the step",
    )

    def __init__(
        self, *, novelty: float = 0.4, alike: float = 0.85, cap: int = 3, patience: int = 2
    ) -> None:
        """At most `cap` records a step; after `patience` empty steps in a row no more."""
        self._novelty = novelty
        self._alike = alike
        self._cap = cap
        self._patience = patience

    def compose(self) -> Composition:
        """Nothing of its own: association is when one asks, not how."""
        return Composition()

    def recall_step(
        self, scope: Scope, state: Reasoning, thought: str, *, now: When | None = None
    ) -> list[Hit]:
        """What memory adds to a thought, best first; both are noted in `state`.

        The first step asks with the question as well. Nothing once `patience` is at an end.
        """
        before = state.known()
        fresh = [word.written for word in telling(thought) if word.key not in before]
        first = not state.thoughts
        state.thoughts.append(thought)
        if state.empty >= self._patience:
            return []
        query = " ".join([state.question, *fresh] if first else fresh)
        found: list[Hit] = []
        for hit in scope.search(query, 4 * self._cap, now=now) if query.strip() else []:
            if len(found) < self._cap and self._is_new(hit, state):
                found.append(hit)
                state.held.append(hit)
        state.empty = 0 if found else state.empty + 1
        return found

    def _is_new(self, hit: Hit, state: Reasoning) -> bool:
        own = _about(hit.text)
        if not own or any(hit.id == held.id for held in state.held):
            return False
        told = frozenset().union(
            *map(_about, state.thoughts), *(_about(h.text) for h in state.held)
        )
        new = 1.0 - len(own & told) / len(own)
        nearest = max((_overlap(own, _about(held.text)) for held in state.held), default=0.0)
        return new >= self._novelty and nearest < self._alike


def _about(text: str) -> frozenset[str]:
    return frozenset(word.key for word in telling(text))


def _overlap(own: frozenset[str], other: frozenset[str]) -> float:
    return len(own & other) / len(own | other) if own | other else 1.0
