"""The graph of some turns and the rare words they hold, and a random walk over it."""

from __future__ import annotations

from dataclasses import dataclass

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
    """Nodes 0..p-1 are turns, the rest terms; edges in both directions, as columns.

    `weights` say how a node divides what it passes on, each node's summing to 1.
    """

    turns: Ints
    terms: Terms
    holding: Ints
    sources: Ints
    targets: Ints
    weights: Numbers

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.turns) + len(self.terms)

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


def term_graph(turns: Ints, view: View) -> TermGraph:
    """Turns (ascending), their rare terms by inverse document frequency, and their neighbours."""
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
    sources = np.concatenate([owners[kept], before])
    targets = np.concatenate([numbers[places[kept]], after])
    values = np.concatenate([weights[places[kept]], np.ones(len(before))])
    return _normalised(
        (turns, terms[rare], holding[rare]), np.concatenate([sources, targets]),
        np.concatenate([targets, sources]), np.concatenate([values, values]),
    )  # fmt: skip


def _normalised(
    nodes: tuple[Ints, Terms, Ints], sources: Ints, targets: Ints, values: Numbers
) -> TermGraph:
    size = len(nodes[0]) + len(nodes[1])
    sums = np.bincount(sources, weights=values, minlength=size)
    return TermGraph(*nodes, sources, targets, values / np.maximum(sums[sources], 1e-12))


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
