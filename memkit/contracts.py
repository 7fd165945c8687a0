"""What can be swapped: the page a plug-in author reads.

Each extension point is one abstract base with one method that must be written; what else stands
on the base comes for free. Options are constructor keywords. Capabilities are declared as class
data, never discovered by an exception. `memkit.testing` holds a conformance kit per contract.

Inside one scope a record of one layer is known by its *ordinal*: 0, 1, 2... in the order in which
records were stored. Ordinals are stable until a change set with `reset` arrives.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from memkit.errors import InvalidVector
from memkit.models import (
    CheckReport,
    Hit,
    Link,
    Memory,
    Rejected,
    Spending,
    Stage,
    Turn,
    Verdict,
)
from memkit.types import Floats, Ints, Mask, Terms

__all__ = [
    "ChangeSet", "Consolidator", "Edges", "Embedder", "Extractor", "ForgettingPolicy", "Indexer",
    "IntakeGate", "Layer", "Ledger", "LinkConsolidator", "Proposal", "Query", "Ranking", "Record",
    "Reranker", "Retriever", "Scored", "Storage", "TokenEmbedder", "UseEvent", "Uses", "View",
]  # fmt: skip

Role = Literal["document", "query"]


class Embedder(ABC):
    """Texts to vectors.

    `identity` names the model and every setting that changes its vectors; it is stored in the
    file and compared on opening. `dim` is the number of components.
    """

    identity: str
    dim: int

    @abstractmethod
    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """One row per text, float32 [n, dim], finite; an empty batch gives [0, dim].

        Must give a text the same row whatever else is in the batch, and in every call. May be
        called from several threads at once.
        """

    def embed_one(self, text: str, role: Role = "document") -> Floats:
        """The vector of one text, float32 [dim], checked."""
        row: Floats = self.embed_checked([text], role)[0]
        return row

    def embed_checked(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """`embed`, with `InvalidVector` raised for a wrong shape, NaN or infinity."""
        rows: Floats = np.asarray(self.embed(texts, role), dtype=np.float32)
        if rows.shape != (len(texts), self.dim):
            raise InvalidVector(
                f"Embedder {self.identity!r} was given {len(texts)} texts and returned shape "
                f"{rows.shape}; expected ({len(texts)}, {self.dim}). Nothing was stored."
            )
        if not np.isfinite(rows).all():
            row = int(np.argmin(np.isfinite(rows).all(axis=1)))
            raise InvalidVector(
                f"Embedder {self.identity!r} returned NaN or infinity for text {row} of "
                f"{len(texts)}. Nothing was stored."
            )
        return rows


class TokenEmbedder(Embedder):
    """An embedder whose text vector is a sum of fixed token vectors.

    The store then keeps token ids instead of vectors, and weighs the tokens by the frequencies
    of each scope (smooth inverse frequency, Arora et al. 2017).
    """

    @abstractmethod
    def token_ids(self, texts: Sequence[str]) -> list[Ints]:
        """The token ids of each text, int64 [number of tokens], each below `vocabulary`."""

    @abstractmethod
    def token_vectors(self, ids: Ints) -> Floats:
        """The vectors of those tokens, float32 [n, dim]."""

    @property
    @abstractmethod
    def vocabulary(self) -> int:
        """The number of different token ids."""

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        """The plain mean of the token vectors, for use outside a scope."""
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, ids in zip(rows, self.token_ids(texts), strict=True):
            if len(ids):
                row[:] = self.token_vectors(ids).mean(axis=0)
        return rows


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


class Ledger(Protocol):
    """What a store keeps for those who call models: replies, and what they cost.

    A reply may quote what it was given, so all are dropped when anything in the file is erased.
    """

    def reply(self, key: bytes) -> str | None:
        """The reply kept under this key, a digest of the prompt and all else that shapes it."""

    def keep(self, key: bytes, reply: str) -> None:
        """Keep a reply under a key."""

    def spent(self) -> Spending:
        """What has been spent by this file's extractors, in all."""

    def spend(self, model: str, more: Spending) -> None:
        """Add to what a model has cost."""


class Extractor(ABC):
    """Turns to derived records: a materialised view over the conversation.

    `name` and `version` are stored with a cursor; a new version rebuilds its own records only.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    batch: ClassVar[int] = 256
    deferred: ClassVar[bool] = True
    """Whether it runs in `maintain` alone; else what it says is brought up to date by reads too."""
    overlap: ClassVar[int] = 0
    """How many turns before those not seen are given again: "not Porto" means what came before."""

    @abstractmethod
    def extract(self, turns: Sequence[Turn]) -> Iterable[Memory | Rejected]:
        """Derived records for turns not seen before, in the order stored, whole batch at a time.

        With an `overlap`, `turns` begin with so many that were seen; what names none of the others
        as a source is not kept again.

        Must depend on `turns` alone: after a crash a fresh extractor goes on from the cursor. Each
        record names at least one source inside `turns`, by turn id and character span. The store
        checks every span and reports what it rejects. What was proposed and did not hold is given
        as `Rejected`: it goes to the quarantine, where it can be looked at and is never found.
        """

    def ready(self, turns: Sequence[Turn], now: datetime) -> int:
        """How many of these turns, from the first on, may be extracted by now.

        The others are given again, with what comes after them. A full batch of which none is ready
        is extracted whole.
        """
        return len(turns)

    def attach(self, ledger: Ledger) -> None:  # noqa: B027 - most ask no model
        """Told once by the store that will run it: where replies are kept, and spending counted."""


@dataclass(frozen=True, slots=True)
class UseEvent:
    """One use of a record: when, and what became of it."""

    when: datetime
    kind: Literal["retrieved", "shown", "useful", "useless"]


@dataclass(frozen=True, slots=True)
class Record:
    """What a forgetting policy may look at: arithmetic, no text.

    `created` is when it was said. `last_used` is when it was last retrieved, shown or judged; the
    counters say how often, and `events` are the latest of these uses (16 at most). `size` is that
    of its text in bytes of UTF-8. `importance`, 0..1, is what its words tell, among the records
    that are judged together: 0.5 for one in the middle.
    """

    id: str
    kind: str
    created: datetime
    last_used: datetime | None
    retrieved: int
    shown: int
    useful: int
    useless: int
    size: int
    importance: float = 0.5
    events: tuple[UseEvent, ...] = ()


class ForgettingPolicy(ABC):
    """Records and a moment to verdicts with reasons; never deletes, never reads a clock.

    A policy that keeps everything says so in `forgets`, and is not asked.
    """

    name: ClassVar[str]
    forgets: ClassVar[bool] = True

    @abstractmethod
    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        """One verdict per record, in the same order; independent of the order of records.

        Records and `now` moved together by any time get the same verdicts.
        """


class IntakeGate(ABC):
    """What becomes of a turn as it is stored; every word is kept, whatever the verdict.

    `last` is how many of the latest live turns of the scope it is shown. A gate that goes by more
    than these learns: `reach` says by how much, and `fresh` and `learn` are its own. What it has
    learned is never stored: it is a function of the turns that the scope holds, and `judge` adds
    nothing to it.
    """

    name: ClassVar[str]
    last: int
    reach: int = 0
    """How many of the latest turns, archived or not, it has learned from; 0 if it never does."""

    @abstractmethod
    def judge(self, turn: Turn, recent: Sequence[Turn]) -> Verdict:
        """Keep, or archive at once, with the reason; `recent` is in the order stored."""

    def foresee(self, texts: Sequence[str]) -> None:  # noqa: B027 - few have work to do before
        """Told, before the file is held, what it or a `fresh` one will judge; then of nothing."""

    def fresh(self) -> IntakeGate:
        """One with the same options that has learned nothing; the store has one for each scope."""
        return self

    def learn(self, turns: Sequence[Turn]) -> None:  # noqa: B027 - most learn nothing
        """Told of the scope's turns in the order stored; of all of `reach` when it is opened."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change a consolidator proposes: new records, links, and ids they stand in for."""

    memories: tuple[Memory, ...] = ()
    links: tuple[Link, ...] = ()
    supersedes: tuple[str, ...] = ()
    reason: str = ""


class Consolidator(ABC):
    """Records to proposed revisions and links: merge, supersede, promote."""

    name: ClassVar[str]
    version: ClassVar[int] = 1

    @abstractmethod
    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterable[Proposal]:
        """Changes worth making, each of which can be undone; nothing where nothing is due.

        What is superseded or linked is among `memories`; a new record rests on words that they
        rest on. Applying all proposals must, in a few rounds, leave nothing to propose.
        """


class LinkConsolidator(Consolidator):
    """A consolidator that goes by what ties records together, too."""

    @abstractmethod
    def gather(
        self, memories: Sequence[Memory], links: Sequence[Link], now: datetime
    ) -> Iterable[Proposal]:
        """As `propose`, with the links between live records, turns among them.

        Two turns that were judged useful at once are linked by one of kind `recalled` more, whose
        weight is how often they were; feedback that was undone does not count.
        """

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterable[Proposal]:
        """What there is to do where nothing is tied to anything."""
        return self.gather(memories, (), now)


RowsT = TypeVar("RowsT")


class Storage(ABC, Generic[RowsT]):
    """The row store: the truth everything else is rebuilt from.

    `write` and `read` give row access inside one transaction; the rows object has the methods of
    `memkit.storage.rows.Rows`. Implementations must make `write` all-or-nothing across processes.
    """

    @abstractmethod
    def write(self) -> AbstractContextManager[RowsT]:
        """One transaction that may change rows; commits at the end, rolls back on an error."""

    @abstractmethod
    def read(self) -> AbstractContextManager[RowsT]:
        """One consistent snapshot of the rows."""

    @abstractmethod
    def check(self, fix: bool = False) -> CheckReport:
        """Look for damage and inconsistency, and mend what can be mended."""

    @abstractmethod
    def close(self) -> None:
        """Let go of every connection and file; later calls raise `ClosedStore`."""


EmbedFunction = Callable[[Sequence[str]], Any]
"""A callable that serves as an embedder: a batch of texts to rows of numbers."""
