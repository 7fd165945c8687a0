"""Relevance with what else is known of a record, weighted by what feedback has shown."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import ClassVar, Final

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, View
from memkit.dates import to_micros
from memkit.retrieve.adding import Base
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.learning import Numbers, balanced, correlation, learned
from memkit.retrieve.scaling import z_scaled
from memkit.types import Floats, Ints

_DAY: Final = 86_400_000_000
_LIKE_NONE: Final = 2.0
"""A judgement counts as if there had been one of each kind before."""


@dataclass(frozen=True, slots=True)
class Priors:
    """What each signal counts before there is feedback, in deviations of the base ranking.

    None counts by default: on the development sets no constant weight of any of them gained.
    """

    recency: float = 0.0
    length: float = 0.0
    links: float = 0.0
    ignored: float = 0.0


class MultiSignalRetriever(Retriever):
    """A base ranking with recency, length, links and uses added, as far as feedback bears them out.

    After AssoMem (arXiv 2510.10397) without its models. Signals of a record: *recency*,
    2^(-age / half-life); *length*, ln(1 + terms); *links*, ln(1 + weight of its edges), where an
    index keeps edges; *ignored*, ln(1 + times retrieved or shown and not judged). Each is z-scaled
    over the candidates and weighted. *confirmed* is (useful - useless) / (useful + useless + 2)
    judgements of the record itself.

    Weights are learned at each query from the scope's judged records (see `learning`): from their
    signals as they are now, since the file does not keep which query was judged. So relevance is
    not weighed against the others, it always counts 1. All signals together add at most `most`
    deviations of the base to a record, and take away no more. Before feedback, and with the default
    `Priors`, the ranking is the base's.
    """

    name: ClassVar[str] = "multi-signal"

    def __init__(
        self, base: Retriever | None = None, *, priors: Priors | None = None,
        confirmed: float = 0.5, learning: float = 0.5, most: float = 1.0,
        half_life_days: float = 30.0,
    ) -> None:  # fmt: skip
        """`learning` is the weight of a signal that feedback bears out perfectly; 0 learns none."""
        self._base = base or FusedRetriever()
        self._priors = priors or Priors()
        self._confirmed = np.float32(confirmed)
        self._learning = learning
        self._most = np.float32(most)
        self._half_life = half_life_days * _DAY

    def retrieve(self, query: Query, view: View) -> Ranking:
        """The base ranking with the weighted signals added."""
        first = self._base.retrieve(query, view)
        base = Base.of(first)
        if not len(base.ordinals):
            return first
        weights = self.weights(query, view)
        found = self._signals(base.ordinals, query, view)
        evidence = {
            name: np.float32(weight) * z_scaled(found[name].astype(np.float32))
            for name, weight in weights.items()
        }
        evidence["confirmed"] = self._confirmed * _confirmed(base.ordinals, view)
        total = np.clip(np.sum(list(evidence.values()), axis=0), -self._most, self._most)
        if not total.any():
            return first
        shown = {
            f"{name} weight": np.full(len(total), weight, np.float32)
            for name, weight in weights.items()
        }
        signals = {**base.signals, **evidence, **shown}
        ranking = replace(base, signals=signals).plus("evidence", total.astype(np.float32))
        return replace(ranking, notes=first.notes)

    def weights(self, query: Query, view: View) -> dict[str, float]:
        """What each signal counts for this query, in deviations of the base ranking."""
        uses = view.turns.uses
        judged = np.flatnonzero(uses.useful + uses.useless)
        useful = uses.useful[judged] / (uses.useful[judged] + uses.useless[judged])
        worth = balanced(useful) if self._learning else 0.0
        signals = self._signals(judged, query, view)
        return {
            each.name: learned(
                getattr(self._priors, each.name), correlation(signals[each.name], useful), worth,
                self._learning,
            )
            for each in fields(Priors)
        }  # fmt: skip

    def _signals(self, ordinals: Ints, query: Query, view: View) -> dict[str, Numbers]:
        turns, uses = view.turns, view.turns.uses
        ages = np.maximum(to_micros(query.now) - turns.when[ordinals], 0)
        edges = turns.associated(ordinals)
        links = np.bincount(edges.sources, weights=edges.weights, minlength=turns.size)
        met = uses.retrieved + uses.shown - uses.useful - uses.useless
        return {
            "recency": np.exp2(-ages / self._half_life),
            "length": np.log1p(turns.lengths[ordinals]),
            "links": np.log1p(links[ordinals]),
            "ignored": np.log1p(np.maximum(met[ordinals], 0)),
        }


def _confirmed(ordinals: Ints, view: View) -> Floats:
    uses = view.turns.uses
    useful, useless = uses.useful[ordinals], uses.useless[ordinals]
    found: Floats = ((useful - useless) / (useful + useless + _LIKE_NONE)).astype(np.float32)
    return found
