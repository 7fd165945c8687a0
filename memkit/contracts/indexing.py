"""Search structures: the index, what it is fed, what it is asked and what it answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import numpy.typing as npt

from memkit.types import Floats, Ints, Mask, Terms

__all__ = ["ChangeSet", "Edges", "Indexer", "Query", "Scored"]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as retrievers and indexers see it.

    `terms` are the distinct index terms, `term_ids` their hashes (uint64 [n], same order),
    `vector` the unit vector in the scope's space (float32 [dim]), or None without vectors.
    """

    text: str
    now: datetime
    limit: int
    terms: tuple[str, ...]
    term_ids: Terms
    vector: Floats | None


@dataclass(frozen=True, slots=True)
class Scored:
    """Answer of an index: ordinals (int64 [m]) and raw scores (float32 [m]), best first.

    Ties are in ascending order of ordinals. Records the index knows nothing of are left out.
    """

    ordinals: Ints
    scores: Floats


@dataclass(frozen=True, slots=True)
class Edges:
    """What connects records: edge i leads from `sources[i]` to `targets[i]`.

    Ordinals (int64 [m]) and weights above zero (float32 [m]).
    """

    sources: Ints
    targets: Ints
    weights: Floats


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Records added to one layer, as columns.

    `start` is the ordinal of the first; `reset` says that everything applied before is void.
    `term_ids` are the records' terms one after another (uint64), record i at
    [offsets[i], offsets[i + 1]). `vectors` is float32 [n, dim] of unit rows, with a row of zeros
    for a record that has no vector; or None, in every change set, in a scope without vectors.
    `sessions` and `previous` give each record's session number and the ordinal of the record
    before it in that session, or -1.
    """

    start: int
    reset: bool
    term_ids: Terms
    offsets: Ints
    vectors: Floats | None
    sessions: Ints
    previous: Ints

    def __post_init__(self) -> None:
        n = len(self.sessions)
        if len(self.offsets) != n + 1 or len(self.previous) != n:
            raise ValueError("a change set's columns differ in length")

    @property
    def count(self) -> int:
        """The number of records added."""
        return len(self.sessions)


class Indexer(ABC):
    """One search structure over one layer of one scope, in memory, rebuilt from rows.

    The store takes a factory (a class, or `functools.partial` of one) and makes an index per
    scope and layer. `views` names the ways of looking that `search` understands, `turn` among
    them; the view `session` answers with session numbers in the place of ordinals. Calls are never
    concurrent. An index must give the same answer however its records were split into change sets.
    """

    name: ClassVar[str]
    views: ClassVar[tuple[str, ...]] = ("turn",)
    ranks: ClassVar[bool] = True
    """Whether retrievers that sum the lists of all indexes are to ask this one too."""

    @abstractmethod
    def apply(self, change: ChangeSet) -> None:
        """Take in one change set; its arrays must not be changed, nor kept unless copied."""

    @abstractmethod
    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        """The best `limit` records among `allowed` (bool [size], None for all).

        What is not allowed is left out before the limit is applied. Must not change its arguments.
        """

    def vectors(self, ordinals: Ints) -> Floats | None:
        """The unit vectors of those records, float32 [n, dim]; None where the index keeps none."""
        return None

    def associated(self, ordinals: Ints) -> Edges | None:
        """The edges that lead from those records; None where the index knows of none."""
        return None

    def state(self) -> Mapping[str, npt.NDArray[Any]] | None:
        """All that `restore` needs, by name, for a snapshot beside the file.

        None keeps the scope's layer from being snapshotted: it is then built from rows each time.
        """
        return None

    def restore(self, state: Mapping[str, npt.NDArray[Any]]) -> None:
        """Be what another index of this class was when it gave this `state`, and go on from there.

        The arrays are this index's own from now on. Raises `ValueError` or `KeyError` for a state
        that does not fit, of other parameters for example; the records are then applied afresh.
        """
        raise ValueError(f"{type(self).__name__} does not take up a state.")
