"""What a retriever sees: one scope as it stands for one query, its records as columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from memkit.contracts.indexing import Edges, Query, Scored
from memkit.types import Floats, Ints, Mask, Terms

__all__ = ["Layer", "SummaryT", "Uses", "View"]


@dataclass(frozen=True, slots=True)
class Uses:
    """What became of each record of a layer, as columns of counts (int64 [size]).

    `retrieved`: times among the hits of a search; `shown`: handed out by `context`; `useful` and
    `useless`: judged so by `feedback`. Searches are counted with the next act that writes.
    """

    retrieved: Ints
    shown: Ints
    useful: Ints
    useless: Ints


SummaryT = TypeVar("SummaryT")


class Layer(Protocol):
    """The records of one layer (turns, or derived memories) of a scope, as columns."""

    @property
    def size(self) -> int:
        """The number of records; columns have this length."""

    @property
    def sessions(self) -> Ints:
        """Session number, int64; if none is named, or one for long, a pause of 8 hours ends it."""

    @property
    def speakers(self) -> Ints:
        """Speaker number of each record, an index into `View.speaker_names`, int64."""

    @property
    def roles(self) -> Ints:
        """Role number of each record, an index into `View.role_names`, int64."""

    @property
    def when(self) -> Ints:
        """UTC microseconds of each record, int64."""

    @property
    def lengths(self) -> Ints:
        """Number of index terms of each record, int64."""

    @property
    def questions(self) -> Mask:
        """Which records end with a question, bool."""

    @property
    def previous(self) -> Ints:
        """Ordinal of the record before in the same session, or -1."""

    @property
    def following(self) -> Ints:
        """Ordinal of the record after in the same session, or -1."""

    @property
    def uses(self) -> Uses:
        """What became of the records; reads the file, once for each query."""

    @property
    def allowed(self) -> Mask:
        """Which records this query may return: live, not echoes, passing filter and `as_of`."""

    def search(self, index: str, query: Query, limit: int, view: str = "turn") -> Scored:
        """The best allowed records by the index of that name."""

    def indexes(self) -> tuple[str, ...]:
        """The names of the indexes of this layer that rank."""

    def views(self, index: str) -> tuple[str, ...]:
        """The ways of looking that the index of that name understands."""

    def holding(self, term_ids: Terms) -> Ints:
        """How many records of the layer hold each term, int64 [n]; 0 without a keyword index."""

    def terms(self, ordinals: Ints) -> list[Terms]:
        """The index terms of each of those records in order, uint64; reads the file."""

    def vectors(self, ordinals: Ints) -> Floats | None:
        """The unit vectors of those records, float32 [n, dim]; None where no index keeps any."""

    def associated(self, ordinals: Ints) -> Edges:
        """The edges from those records to allowed ones; none where no index keeps any."""

    def successors(self, ordinals: Ints) -> Edges:
        """From those of these records whose claims no longer hold to the allowed ones that gave
        them another value by the moment asked about; weights of one."""

    def summary(self, make: Callable[[Layer], SummaryT]) -> SummaryT:
        """What `make` makes of the columns; worked out again only after records were added.

        `make` is a function of a module, and reads nothing that differs from query to query.
        """


class View(Protocol):
    """One scope as it stands for one query. Read-only."""

    @property
    def turns(self) -> Layer:
        """The turns."""

    @property
    def memories(self) -> Layer:
        """The derived records."""

    @property
    def speaker_names(self) -> Sequence[str]:
        """Speaker names by number; number 0 is the empty name."""

    @property
    def role_names(self) -> Sequence[str]:
        """Role names by number; number 0 is the empty name."""

    def sources(self, memory: int) -> Ints:
        """Ordinals of the turns that a memory rests on."""
