"""What the segments of a conversation are about, over all its sessions: clusters with labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

import numpy as np

from memkit.consolidate.labels import Labels
from memkit.consolidate.likeness import nearest, vectors
from memkit.contracts import Consolidator, Embedder, Proposal
from memkit.index.association_mixture import fitted
from memkit.models import Memory, Source
from memkit.types import Floats, Ints

KIND: Final = "topic"
_GROWN: Final = 4
"""Topics are made anew once a quarter of the segments has come or gone."""
_FEWEST: Final = 8
"""Segments that it takes to tell what belongs together."""
_LEAST: Final = 3
"""Segments of a topic."""
_ROUNDS: Final = 4
_MEAN_PRIOR: Final = 16
_USUAL_BOUND: Final = 0.4
_AMONG: Final = 30


class TopicConsolidator(Consolidator):
    """One record for each topic that at least three segments share, named by its key terms.

    Segments are put, oldest first, to the topic whose mean is nearest, or begin another where none
    is near enough, and are put again a few times to the topics this made. Near enough is where the
    upper of two normal distributions, fitted to the cosines of neighbours, is the likelier. A
    topic's text is its terms, its sources the first turn of each segment; `metadata["segments"]`
    names the segments. All are made anew when the segments have become a quarter more, or fewer.
    """

    name: ClassVar[str] = "topics"
    version: ClassVar[int] = 1

    def __init__(self, *, embedder: Embedder | str = "default", terms: int = 5) -> None:
        """`terms` is how many words name a topic."""
        self._embedder = embedder
        self._terms = terms

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterator[Proposal]:
        """One proposal for all topics, or none where little has changed."""
        standing = [memory for memory in memories if memory.kind == KIND and memory.id]
        segments = [memory for memory in memories if memory.kind == "segment" and memory.id]
        segments.sort(key=lambda memory: (memory.when is None, memory.when, str(memory.id)))
        among = max((int(one.metadata.get("among", 0)) for one in standing), default=0)
        if standing and abs(len(segments) - among) * _GROWN <= among:
            return
        topics = self._topics(segments) if len(segments) >= _FEWEST else []
        gone = tuple(str(memory.id) for memory in standing)
        if topics or gone:
            reason = f"{len(topics)} topics among {len(segments)} segments"
            yield Proposal(tuple(topics), (), gone, reason)

    def _topics(self, segments: Sequence[Memory]) -> list[Memory]:
        rows = vectors([memory.text for memory in segments], self._embedder)
        if rows is None:
            return []
        rows = _centred(rows)
        labels = _clustered(rows, _bound(rows))
        named = Labels([memory.text for memory in segments])
        found = []
        for label in dict.fromkeys(labels.tolist()):
            own = np.flatnonzero(labels == label).tolist()
            if len(own) >= _LEAST:
                members = [segments[place] for place in own]
                terms = named.of(own, self._terms)
                if terms:
                    found.append(_topic(members, terms, len(segments)))
        return found


def _topic(members: Sequence[Memory], terms: Sequence[str], among: int) -> Memory:
    sources: dict[str, Source] = {}
    for memory in members:
        first = memory.sources[0]
        sources.setdefault(first.turn, first)
    metadata: dict[str, Any] = {
        "terms": list(terms), "segments": [memory.id for memory in members], "among": among,
    }  # fmt: skip
    return Memory(
        KIND, ", ".join(terms), tuple(sources.values()), when=members[-1].when, metadata=metadata
    )


def _centred(rows: Floats) -> Floats:
    centred = rows - rows.sum(axis=0) / (len(rows) + _MEAN_PRIOR)
    norms = np.sqrt(np.einsum("ij,ij->i", centred, centred))
    unit: Floats = (centred / np.maximum(norms, 1e-9)[:, None]).astype(np.float32)
    return unit


def _bound(rows: Floats) -> float:
    """The cosine from which two segments are about one thing."""
    _, cosines = nearest(rows, _AMONG)
    mixture = fitted(cosines.astype(np.float64).ravel())
    bound = mixture.bound() if mixture is not None else None
    return bound if bound is not None else _USUAL_BOUND


def _clustered(rows: Floats, bound: float) -> Ints:
    """A label for each row: that of the cluster whose mean is nearest; int64 [n]."""
    sums: list[Floats] = []
    labels = np.zeros(len(rows), np.int64)
    for place, row in enumerate(rows):
        label = _nearest_mean(row, sums, bound)
        if label == len(sums):
            sums.append(np.zeros_like(row))
        sums[label] = sums[label] + row
        labels[place] = label
    for _ in range(_ROUNDS):
        means = _unit(np.array([rows[labels == label].sum(axis=0) for label in np.unique(labels)]))
        products = rows @ means.T
        again = products.argmax(axis=1)
        again = np.where(products.max(axis=1) >= bound, again, len(means) + np.arange(len(rows)))
        if np.array_equal(again, labels):
            break
        labels = again
    return labels


def _nearest_mean(row: Floats, sums: Sequence[Floats], bound: float) -> int:
    """The cluster whose mean is nearest, or the number of a new one."""
    if not sums:
        return 0
    cosines = _unit(np.array(sums)) @ row
    best = int(cosines.argmax())
    return best if cosines[best] >= bound else len(sums)


def _unit(rows: Floats) -> Floats:
    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    unit: Floats = rows / np.maximum(norms, 1e-9)[:, None]
    return unit
