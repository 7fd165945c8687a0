"""The graph of some turns and the rare words they hold, and a random walk over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from memkit.contracts import View
from memkit.types import Floats, Ints, Terms

_LEAST_HOLDING = 2
_MOST_HOLDING = 30
_MOST_SHARE = 0.05
"""A word in more turns than this (a speaker's name) leads everywhere, which is nowhere."""
_STEPS = 25

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TermGraph:
    """Nodes are turns, then terms, then phrases; edges in both directions, as columns.

    `weights` say how a node divides what it passes on, each node's summing to 1. `linked` is how
    much of a walk may begin at each phrase, float64.
    """

    turns: Ints
    terms: Terms
    holding: Ints
    sources: Ints
    targets: Ints
    weights: Numbers
    linked: Numbers = field(default_factory=lambda: np.zeros(0))

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.turns) + len(self.terms) + len(self.linked)

    def walk(self, restart: Numbers, damping: float) -> Numbers:
        """Personalised PageRank: p = (1 - d) r + d P^T p, in 25 steps from r."""
        total = restart.sum()
        start = restart / total if total > 0 else np.full(self.size, 1.0 / self.size)
        mass = start
        for _ in range(_STEPS):
            passed = mass[self.sources] * self.weights
            arrived = np.bincount(self.targets, weights=passed, minlength=self.size)
            mass = (1.0 - damping) * start + damping * arrived
        return mass


@dataclass(frozen=True, slots=True)
class Phrases:
    """Derived records that a question is linked with, and others that mean the same.

    `linked` is what each is worth, float64. Edges of one lead from the phrases `naming` to the
    `turns` (ordinals) that name them, those of `alike` from phrase to phrase: (one, other, cosine).
    """

    linked: Numbers
    naming: Ints
    turns: Ints
    alike: Sequence[tuple[int, int, float]] = ()


NO_PHRASES: Final = Phrases(np.zeros(0), np.zeros(0, np.int64), np.zeros(0, np.int64))


def term_graph(turns: Ints, view: View, phrases: Phrases = NO_PHRASES) -> TermGraph:
    """Turns (ascending), their rare terms by inverse document frequency, and their neighbours.

    The turns of the phrases are among them.
    """
    rows = [np.unique(held) for held in view.turns.terms(turns)]
    lengths = np.array([len(row) for row in rows], np.int64)
    held = np.concatenate([*rows, np.zeros(0, np.uint64)])
    terms, places = np.unique(held, return_inverse=True)
    holding = view.turns.holding(terms)
    most = max(_LEAST_HOLDING, min(_MOST_HOLDING, int(_MOST_SHARE * view.turns.size)))
    rare = (holding >= _LEAST_HOLDING) & (holding <= most)
    owners = np.repeat(np.arange(len(turns)), lengths)
    kept = rare[places]
    numbers = np.cumsum(rare) - 1 + len(turns)
    weights = np.log((view.turns.size + 1.0) / np.maximum(holding, 1))
    before, after = _sequences(turns, view)
    named, naming, worth = _named(phrases, turns, len(turns) + int(rare.sum()))
    sources = np.concatenate([owners[kept], before, named])
    targets = np.concatenate([numbers[places[kept]], after, naming])
    values = np.concatenate([weights[places[kept]], np.ones(len(before)), worth])
    return _normalised(
        TermGraph(
            turns, terms[rare], holding[rare], np.concatenate([sources, targets]),
            np.concatenate([targets, sources]), np.concatenate([values, values]), phrases.linked,
        )
    )  # fmt: skip


def _named(phrases: Phrases, turns: Ints, first: int) -> tuple[Ints, Ints, Numbers]:
    """The edges of phrases, the first of which is the node of that number."""
    ones = np.array([one for one, _, _ in phrases.alike], np.int64)
    others = np.array([other for _, other, _ in phrases.alike], np.int64)
    cosines = np.array([cosine for _, _, cosine in phrases.alike], np.float64)
    return (
        np.concatenate([np.searchsorted(turns, phrases.turns), first + ones]),
        np.concatenate([first + phrases.naming, first + others]),
        np.concatenate([np.ones(len(phrases.turns)), cosines]),
    )


def _normalised(graph: TermGraph) -> TermGraph:
    sums = np.bincount(graph.sources, weights=graph.weights, minlength=graph.size)
    return replace(graph, weights=graph.weights / np.maximum(sums[graph.sources], 1e-12))


def _sequences(turns: Ints, view: View) -> tuple[Ints, Ints]:
    """Pairs of nodes of which one follows the other in a session."""
    before = view.turns.previous[turns]
    places = np.minimum(np.searchsorted(turns, before), max(len(turns) - 1, 0))
    known = np.flatnonzero(turns[places] == before)
    return places[known], known


def logarithms(mass: Numbers) -> Floats:
    """ln p, which ranks by orders of magnitude: the first of a walk dwarf all others."""
    found: Floats = np.log(np.maximum(mass, 1e-12)).astype(np.float32)
    return found
