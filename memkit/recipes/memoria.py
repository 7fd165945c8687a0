"""Memoria: engrams that fire together are recalled together, and live as long as they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import permutations
from typing import ClassVar

from memkit.forget.decay import LifespanPolicy
from memkit.models import Hit, Memory, Turn
from memkit.recipe import Card, Composition, Recipe
from memkit.recipes.judged import judgements
from memkit.store import Scope
from memkit.types import When


@dataclass(frozen=True, slots=True)
class Engram:
    """A record that is recalled with others; `share` is P(it | the one it came with)."""

    record: Turn | Memory
    by: str
    share: float


class Memoria(Recipe):
    """Co-recall counts and lifespans: `fire` what helped together, then `remind` brings it back."""

    name: ClassVar[str] = "memoria"
    card: ClassVar[Card] = Card(
        paper="Memoria: Resolving Fateful Forgetting Problem through Human-Inspired Memory "
        "Architecture (ICML 2024)",
        source="arXiv 2310.03052",
        known_for="Hebbian engrams: what was recalled together once calls the other up later, and "
        "what nothing calls up ends",
        kept="counts of firing and of firing together, P(j | i) = cofire / fire; a search, then a "
        "walk along the strongest links from what it found; a lifespan of 9 steps, and 8 more for "
        "each recall",
        mended="counts live in arrays beside the network and are lost with it: here they are read "
        "off the journal, so an undo takes them back; what has lived its span is archived, not "
        "deleted, and no step goes by while nobody reads",
        model="is the network whose segments are remembered",
        without="search finds the first engrams, `feedback` fires them",
    )

    def __init__(self, *, step_days: float = 30.0, depth: int = 10) -> None:
        """A step of life takes `step_days`; a walk goes at most `depth` links far."""
        self._step = step_days
        self._depth = depth

    def compose(self) -> Composition:
        """The lifespan; counts need no part of their own."""
        return Composition(forgetting=LifespanPolicy(step=self._step))

    @staticmethod
    def fire(scope: Scope, hits: list[Hit], *, now: When | None = None) -> None:
        """Say that these helped together: each pair of them is a little more one memory."""
        if hits:
            scope.feedback([hit.id for hit in hits], useful=True, now=now)

    def remind(self, scope: Scope, query: str, k: int = 5) -> tuple[list[Hit], list[Engram]]:
        """The `k` best hits, and up to `k` records that fired with them, the likeliest first."""
        hits = scope.search(query, k)
        fired, together = counts(scope)
        seen = {hit.id for hit in hits}
        reached: dict[str, tuple[float, str]] = {}
        wave = {hit.id: 1.0 for hit in hits}
        for _ in range(self._depth):
            wave = _spread(wave, fired, together, reached, seen)
            if not wave:
                break
        best = sorted(reached.items(), key=lambda item: (-item[1][0], item[0]))[:k]
        return hits, [Engram(scope.get(id), by, share) for id, (share, by) in best]


def counts(scope: Scope) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How often each record fired, and each ordered pair together, by the journal."""
    fired: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for entry in judgements(scope):
        if entry.reason == "useful":
            fired.update(entry.records)
            together.update(permutations(entry.records, 2))
    return fired, together


def _spread(
    wave: dict[str, float], fired: Counter[str], together: Counter[tuple[str, str]],
    reached: dict[str, tuple[float, str]], seen: set[str],
) -> dict[str, float]:  # fmt: skip
    """The next wave: what fired with this one and was not reached before; `reached` grows."""
    fresh: dict[str, float] = {}
    for (one, other), count in together.items():
        if one in wave and other not in seen and other not in reached:
            share = wave[one] * count / fired[one]
            if share > fresh.get(other, 0.0):
                fresh[other] = share
    for other, share in fresh.items():
        by = max((one for one in wave if together[one, other]), key=lambda one: wave[one])
        reached[other] = (share, by)
    return fresh
