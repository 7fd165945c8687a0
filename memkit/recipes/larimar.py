"""Larimar: an episodic memory that is written in one shot, read by association, and unlearns."""

from __future__ import annotations

from typing import ClassVar

from memkit.models import Receipt, Turn
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.associative import AssociativeRetriever
from memkit.store import Scope
from memkit.types import When


class Larimar(Recipe):
    """One-shot writing and selective forgetting; `memkit eval needle` measures it at length."""

    name: ClassVar[str] = "larimar-needle"
    card: ClassVar[Card] = Card(
        paper="Larimar: Large Language Models with Episodic Memory Control (ICML 2024)",
        source="arXiv 2403.11901",
        known_for="a fact written once is there at once, one forgotten is gone, and both hold over "
        "contexts far longer than it was trained on, as needles in a haystack show",
        kept="writing in one step without training; reading by association, where the query is "
        "completed from what it is nearest to; forgetting one fact and no other; the needle and "
        "pass-key tests, up to ten million tokens",
        mended="the published memory has a fixed number of slots, so that writing more blurs what "
        "is there: here every record is kept as it was; forgetting writes over a slot: here it is "
        "an erasure with a receipt",
        model="encodes and decodes the memory",
        without="the static embedder encodes; nothing is decoded, since the words are kept",
    )

    def __init__(self, *, beta: float = 30.0, share: float = 0.25) -> None:
        """A large `beta` completes a query to one record; `share` is how far it moves."""
        self._beta = beta
        self._share = share

    def compose(self) -> Composition:
        """The default, asked with the completed query."""
        return Composition(
            extractors=(), retriever=AssociativeRetriever(beta=self._beta, share=self._share)
        )

    @staticmethod
    def write(scope: Scope, fact: str, *, now: When | None = None) -> Turn:
        """Write a fact; the next search finds it."""
        (turn,) = scope.add(fact, now=now)
        return turn

    @staticmethod
    def unlearn(scope: Scope, id: str) -> Receipt:
        """Erase one fact and nothing else, with the proof of it."""
        return scope.erase([id])
