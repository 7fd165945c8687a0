"""Queries to rankings, and hits put in another order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from memkit.contracts.indexing import Query
from memkit.contracts.viewing import View
from memkit.models import Hit, Stage
from memkit.types import Floats, Ints

__all__ = ["Ranking", "Reranker", "Retriever"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """A retriever's answer: every candidate it weighed, best first.

    `scores` is float32 [m] in 0..1; `signals` maps a name to each candidate's contribution,
    float32 [m]. The first `limit` candidates become hits; the others explain themselves. `notes`
    are steps on the way to the candidates that `trace` is to show.
    """

    ordinals: Ints
    scores: Floats
    signals: Mapping[str, Floats] = field(default_factory=dict)
    notes: tuple[Stage, ...] = ()


class Retriever(ABC):
    """A query and one scope's view to a ranking of turns."""

    name: ClassVar[str]

    @abstractmethod
    def retrieve(self, query: Query, view: View) -> Ranking:
        """Rank the allowed turns; deterministic, ties in ascending order of ordinals."""


class Reranker(ABC):
    """Hits to hits: reorders, drops, never invents."""

    name: ClassVar[str]

    @abstractmethod
    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """A subset of `hits`, best first, with scores in 0..1 that fall with the rank.

        Each is as it was given but for `score` and `why`.
        """
