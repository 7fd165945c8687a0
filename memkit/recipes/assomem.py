"""AssoMem: relevance, importance and time, weighed by what feedback has shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from memkit.errors import InvalidInput
from memkit.extract.entities import EntityExtractor
from memkit.extract.facts import FactExtractor
from memkit.index.association import AssociationIndex
from memkit.index.keyword import KeywordIndex
from memkit.index.vector import VectorIndex
from memkit.models import Hit, JournalEntry
from memkit.recipe import Card, Composition, Recipe
from memkit.recipes import assomem_weights
from memkit.recipes.assomem_weights import Judged, Kind, kind_of, signals
from memkit.retrieve.associated import AssociatedRetriever
from memkit.retrieve.fused import FusedRetriever, Weights
from memkit.retrieve.multisignal import MultiSignalRetriever
from memkit.retrieve.reordering import best_first, in_order
from memkit.retrieve.timed import TimeAwareRetriever
from memkit.store import Scope
from memkit.types import When

_MARKER: Final = "assomem"
_LATEST: Final = 200
"""So many of the latest judgements of a kind of question are learned from."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Hits, best first, the kind of the question, and the signals of each hit by its id."""

    kind: Kind
    hits: tuple[Hit, ...]
    signals: Mapping[str, tuple[float, ...]]


class AssoMem(Recipe):
    """Clues bind turns into a graph; three signals rank them, with learned weights.

    `recall` weighs them by the kind of question, from what `judge` was told of earlier ones.
    """

    name: ClassVar[str] = "assomem"
    card: ClassVar[Card] = Card(
        paper="AssoMem: Scalable Memory QA with Multi-Signal Associative Retrieval (ICLR 2026)",
        source="arXiv 2510.10397",
        known_for="telling apart what looks alike: by how important a record is in the graph, and "
        "when it was, as much as by how similar",
        kept="turns bound by shared clues; relevance, importance by personalised PageRank, and "
        "nearness in time where the question names one; in `recall` each signal weighed by "
        "its mutual information with what was judged useful for the kind of question",
        mended="the published weights need labels of the same kind as the test: here `search` "
        "ranks without any, and `recall` moves from that to softmax(I / .1) by n / (n + 50) as "
        "answers are judged; clues are terms that few turns hold, so no call is made",
        model="names the clues of a session and the kind of a question",
        without="rare terms are clues; five kinds of question are told by their words, and the "
        "grammar of times reads the time in them",
    )

    def __init__(self, *, damping: float = 0.15, time: float = 1.0, learning: float = 0.5) -> None:
        """`time` is what a turn in the named period gains; `learning` what feedback may move."""
        self._damping = damping
        self._time = time
        self._learning = learning

    def compose(self) -> Composition:
        """The signals, one on the other, over the association graph."""
        relevance = FusedRetriever(weights=Weights(time=0.0))
        importance = AssociatedRetriever(relevance, damping=self._damping)
        return Composition(
            indexers=(KeywordIndex, VectorIndex, AssociationIndex),
            extractors=(EntityExtractor(), FactExtractor(which="dated")),
            retriever=MultiSignalRetriever(
                TimeAwareRetriever(importance, weight=self._time), learning=self._learning
            ),
        )

    @staticmethod
    def recall(scope: Scope, query: str, k: int = 10, *, now: When | None = None) -> Recall:
        """The hits of a search, in the order that earlier judgements of its kind suggest."""
        kind = kind_of(query)
        hits = scope.search(query, 3 * k, now=now)
        worth = assomem_weights.values(hits, _judged(scope, kind))
        ordered = in_order(hits, best_first(worth), _MARKER, worth)
        rows = zip(hits, signals(hits), strict=True)
        return Recall(kind, tuple(ordered[:k]), {hit.id: row for hit, row in rows})

    @staticmethod
    def judge(
        scope: Scope, recalled: Recall, ids: Sequence[str], *, useful: bool,
        now: When | None = None,
    ) -> JournalEntry:  # fmt: skip
        """Say whether some of what was recalled was of use; undoing the entry takes it back.

        The kind and the signals are kept in a turn out of search, without the question's words.
        Raises `InvalidInput` for an id that was not recalled.
        """
        unknown = sorted(set(ids) - set(recalled.signals))
        if unknown or not ids:
            raise InvalidInput(
                f"ids={list(ids)!r} must be some of what was recalled; nothing was changed."
            )
        entry = scope.feedback(ids, useful=useful, now=now)
        rows = [list(recalled.signals[id]) for id in ids]
        kept = {"kind": recalled.kind, "useful": useful, "signals": rows, "entry": entry.id}
        told = f"For a question of the kind {recalled.kind!r}: {'' if useful else 'not '}of use."
        (note,) = scope.add({"content": told, "role": "tool", "metadata": {_MARKER: kept}}, now=now)
        scope.forget([note.id], reason="a judgement is kept, not searched", now=now)
        return entry

    @staticmethod
    def weights(scope: Scope, kind: Kind) -> dict[str, float]:
        """What relevance, importance and time count for a kind of question; they sum to 1."""
        return assomem_weights.shares(_judged(scope, kind))


def _judged(scope: Scope, kind: Kind) -> list[Judged]:
    notes = scope.turns(filter={f"meta.{_MARKER}.kind": kind}, last=_LATEST)
    return [
        (row, kept["useful"])
        for kept in (note.metadata[_MARKER] for note in notes)
        if _stands(scope, kept["entry"])
        for row in kept["signals"]
    ]


def _stands(scope: Scope, entry: int) -> bool:
    return all(one.undone_by is None for one in scope.journal(after=entry - 1, limit=1))
