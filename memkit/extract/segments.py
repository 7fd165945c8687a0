"""Stretches of a session that are about one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, zip_longest
from typing import ClassVar, Final

import numpy as np

from memkit import gist
from memkit.contracts import Embedder, Extractor
from memkit.embed import static
from memkit.extract.sessions import latest, places, settled
from memkit.extract.tiling import boundaries
from memkit.extract.utterances import said
from memkit.gist import Sentence
from memkit.keywords import key_terms, named, weight
from memkit.models import Memory, Source, Turn
from memkit.types import Floats

_BUDGET: Final = 400
"""Characters of the central sentences that words said once are taken from."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some turns of a session in a row, and what is said in them."""

    turns: list[Turn]
    sentences: list[Sentence]


class SegmentExtractor(Extractor):
    """Topic segments: their key terms, their most central sentence, and whole turns as sources."""

    name: ClassVar[str] = "segments"
    version: ClassVar[int] = 1

    def __init__(self, *, embedder: Embedder | str | None = "default", terms: int = 6) -> None:
        """`embedder` finds the boundaries; None leaves that to the words. `terms` is how many."""
        self._embedder = embedder
        self._terms = terms

    def ready(self, turns: Sequence[Turn], now: datetime) -> int:
        """The turns of the sessions that are over."""
        return settled(turns, now, self.batch)

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        """One record per segment, sessions in the order of their first turns."""
        for stretches in segmented(turns, self._embedder):
            counts = [_counted(stretch.sentences) for stretch in stretches]
            every = sum(counts, Counter[str]())
            for stretch, own in zip(stretches, counts, strict=True):
                yield from self._memory(stretch, every - own)

    def _memory(self, stretch: Stretch, other: Counter[str]) -> Iterator[Memory]:
        turns, sentences = stretch.turns, stretch.sentences
        speakers = named(turn.speaker for turn in turns)
        chosen = [sentences[n] for n in gist.chosen(sentences, _BUDGET, without=speakers)]
        terms = key_terms(
            [(one.text, one.words) for one in sentences], other,
            central=frozenset(_counted(chosen)), without=speakers, limit=self._terms,
        )  # fmt: skip
        if terms or chosen:
            lead, _ = gist.written(chosen[:1])
            yield Memory(
                "segment", ". ".join(filter(None, (", ".join(terms), lead))),
                tuple(Source(turn.id, 0, len(turn.text)) for turn in turns),
                session=turns[0].session, when=latest(turns), metadata={"terms": list(terms)},
            )  # fmt: skip


def segmented(turns: Sequence[Turn], embedder: Embedder | str | None) -> list[list[Stretch]]:
    """The stretches of each session of a batch; the embedder is called once."""
    vectors = _vectors(turns, embedder)
    found = []
    for own in places(turns):
        session = [turns[place] for place in own]
        rows = [said([turn]) for turn in session]
        speakers = named(turn.speaker for turn in session)
        masses = [sum(map(weight, sorted(set(_counted(row)) - speakers))) for row in rows]
        starts = [0, *boundaries(session, vectors[own] if vectors is not None else None, masses)]
        found.append(
            [Stretch(session[a:b], list(chain.from_iterable(rows[a:b])))
             for a, b in zip_longest(starts, starts[1:])]
        )  # fmt: skip
    return found


def _counted(sentences: Sequence[Sentence]) -> Counter[str]:
    return Counter(word.key for one in sentences for word in one.words)


def _vectors(turns: Sequence[Turn], embedder: Embedder | str | None) -> Floats | None:
    if embedder is None or not turns:
        return None
    model = static.shared() if isinstance(embedder, str) else embedder
    rows = model.embed_checked([turn.text for turn in turns])
    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    unit: Floats = rows / np.maximum(norms, 1e-9)[:, None]
    return unit
