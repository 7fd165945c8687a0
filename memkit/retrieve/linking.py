"""Records that stand alone: which of them a text names, and where the first hits lead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np

from memkit.contracts import Layer, Query, Scored, View
from memkit.types import Floats, Ints, Terms

_FIRST_HITS = 3
_LEAST_SHARE = 0.05
"""A hit this much less certain than the first leads nowhere that is worth going."""
_RARE = 0.02
"""A word is rare when at most this share of all records hold it."""
_NEAREST = 30
"""Of so many of the best it is read whether they are named; reading more changes nothing."""
_SHARING = 200
_NONE = Scored(np.zeros(0, np.int64), np.zeros(0, np.float32))
_LEAD = 8
"""Terms from the start of a record: names and titles are seldom longer."""


@dataclass(frozen=True, slots=True)
class Links:
    """How much each kind of link counts, see `Weights`."""

    named: float
    led: float
    hop: float


def linked(query: Query, pool: Ints, totals: Floats, links: Links, view: View) -> dict[str, Scored]:
    """Records of the pool that the query names, and those that the first hits lead to.

    `totals` are the pool's sums before; a hop starts from the best with their names counted.
    """
    naming = Naming(view.turns)
    near = np.argsort(-totals, kind="stable")[:_NEAREST]
    asked = np.float32(links.named) * naming.by(query.term_ids, pool[near])
    totals = totals.copy()
    totals[near] += asked
    return {
        "named": Scored(pool[near], asked),
        "second hop": _second_hop(query, pool, totals, links, naming, view),
    }


class Naming:
    """Finds how surely texts name records, for one query; reads each record's start once.

    What is written to stand alone begins with its subject: a title, a name, a head word. So a text
    that holds the first words of a record probably speaks of what the record is about.
    """

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self._leads: dict[int, list[int]] = {}

    def by(self, terms: Terms, ordinals: Ints) -> Floats:
        """For each record the weight of the words it begins with, up to the first not in `terms`.

        A term in n of N records weighs log(1 + (N - n + 0.5) / (n + 0.5)), as in BM25.
        """
        size, holding = self._layer.size, self._layer.holding(terms).astype(np.float64)
        idf = np.log1p((size - holding + 0.5) / (holding + 0.5))
        weights = dict(zip(terms.tolist(), idf.tolist(), strict=True))
        self._read(ordinals)
        runs = (takewhile(weights.__contains__, self._leads[each]) for each in ordinals.tolist())
        return np.array([sum(weights[term] for term in run) for run in runs], np.float32)

    def _read(self, ordinals: Ints) -> None:
        """The different terms among the first ones of each, in order."""
        unread = [each for each in ordinals.tolist() if each not in self._leads]
        held = self._layer.terms(np.array(unread, np.int64))
        for ordinal, terms in zip(unread, held, strict=True):
            self._leads[ordinal] = list(dict.fromkeys(terms[:_LEAD].tolist()))


def _second_hop(
    query: Query, pool: Ints, totals: Floats, links: Links, naming: Naming, view: View
) -> Scored:
    """Records that the first hits name or share rare words with, words the query does not hold.

    Every hit names itself and shares all of its words, so that it stays before what it leads to.
    """
    if not (links.led or links.hop):
        return _NONE
    first = np.argsort(-totals, kind="stable")[:_FIRST_HITS]
    reached = np.zeros(view.turns.size, np.float32)
    own = 0.0
    for place in first.tolist():
        share = np.float32(np.exp(totals[place] - totals[first[0]]))
        if share < _LEAST_SHARE:
            break
        hit = int(pool[place])
        terms = np.unique(view.turns.terms(pool[[place]])[0])
        found = _sharing(terms, query, view)
        own = own or float(found.scores[found.ordinals == hit].sum())
        reached[found.ordinals] += share * np.float32(links.hop / (own or 1.0)) * found.scores
        near = found.ordinals[np.argsort(-found.scores, kind="stable")[:_NEAREST]]
        reached[near] += share * np.float32(links.led) * naming.by(terms, near)
    ordinals = np.flatnonzero(reached)
    return Scored(ordinals, reached[ordinals])


def _mean_length(turns: Layer) -> float:
    return max(float(turns.lengths.mean()), 1.0)


def _sharing(terms: Terms, query: Query, view: View) -> Scored:
    """Records that hold the rare ones of a hit's terms; long records hold some by chance.

    Among a few records a word that two of them hold is rare.
    """
    most = max(2, int(_RARE * view.turns.size))
    others = np.setdiff1d(terms, query.term_ids, assume_unique=True)
    holding = view.turns.holding(others)
    rare = others[(holding >= 2) & (holding <= most)]
    if not len(rare):
        return _NONE
    hop = replace(query, terms=(), term_ids=rare, vector=None)
    found = view.turns.search("keyword", hop, _SHARING)
    long = view.turns.lengths[found.ordinals] / view.turns.summary(_mean_length)
    return Scored(found.ordinals, (found.scores / (0.25 + 0.75 * long)).astype(np.float32))
