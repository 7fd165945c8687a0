"""How far a word of a question means what a word of a statement says.

Three ways, the best of which counts: the same stem, or one grown out of the same root ("religion",
"religious"); a short table of words by which people ask for a relation; and, with an embedder that
is made of token vectors, the cosine of the two words' vectors. Centred on the mean of the whole
vocabulary these cosines are near zero for words that have nothing to do with each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import numpy as np

from memkit.contracts import Embedder, TokenEmbedder
from memkit.text import stem
from memkit.types import Floats

_ASKED_AS: Final = """
die died death dead pass passed deceased perish decease breath
born birth birthplace native
marry married marriage spouse wife husband partner
employ employed employer work works worked workplace job company
citizen citizenship nationality national country belong
found founded founder establish established foundation start
create created creator invent origin originate come hail develop derive birthplace
author write writer written wrote
ceo chief executive
head chief leader ruler
chair chairperson chairman chairwoman
perform performed performer singer artist musician
produce produced producer manufacturer maker made company
religion faith belief religious church
educate educated study studied attend attended school university college
language tongue speak speaks
direct director directed manage manager
child son daughter offspring
broadcast broadcaster network channel aired
occupation profession job career field work
position role specialty
headquarters headquartered seat based
famous known notable renowned
home live lives lived reside residence
music musical genre
"""
"""Words in which one relation is told and asked for; English."""
_SAME: Final = 1.0
_ROOT: Final = 0.9
_TABLE: Final = 0.8
_NEAREST: Final = 0.9
_UNLIKE, _ALIKE = 0.25, 0.65
"""Cosines from which words begin to be alike, and are as alike as they get."""
_LETTERS: Final = 5
"""Letters that words of one root share, at least; and at least three fifths of the longer one."""
_AT_ONCE: Final = 4096


@lru_cache(maxsize=1)
def _table() -> Mapping[str, frozenset[str]]:
    """For each stem of the table those it stands beside."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in _ASKED_AS.strip().splitlines():
        stems = {stem(word) for word in line.split()}
        for one in stems:
            found[one] |= stems
    return {one: frozenset(others) for one, others in found.items()}


class Likeness:
    """Likeness of words, 0..1; the same for the same two words and embedder."""

    def __init__(self, embedder: Embedder | None) -> None:
        """Of an embedder only token vectors are used: nothing is ever computed elsewhere."""
        self._embedder = embedder if isinstance(embedder, TokenEmbedder) else None
        self._mean: Floats | None = None
        self._units: dict[str, Floats] = {}
        self._known: dict[tuple[str, str], float] = {}

    def of(self, asked: str, said: str) -> float:
        """How far `asked` means `said`; both in lower case."""
        found = self._known.get((asked, said))
        if found is None:
            found = self._known[asked, said] = self._of(asked, said)
        return found

    def _of(self, asked: str, said: str) -> float:
        one, other = stem(asked), stem(said)
        if one == other:
            return _SAME
        if _shared(one, other) >= max(_LETTERS, 0.6 * max(len(one), len(other))):
            return _ROOT
        best = _TABLE if other in _table().get(one, ()) else 0.0
        if self._embedder is not None:
            cosine = float(self._unit(asked) @ self._unit(said))
            best = max(best, _NEAREST * min(1.0, max(0.0, (cosine - _UNLIKE) / (_ALIKE - _UNLIKE))))
        return best

    def _unit(self, word: str) -> Floats:
        found = self._units.get(word)
        if found is None:
            assert self._embedder is not None
            ids = self._embedder.token_ids([word])[0]
            row = np.zeros(self._embedder.dim, np.float32)
            if len(ids):
                row = self._embedder.token_vectors(ids).mean(axis=0) - self._centre()
            norm = float(np.linalg.norm(row))
            found = self._units[word] = row / norm if norm else row
        return found

    def _centre(self) -> Floats:
        """The mean of the vectors of the whole vocabulary."""
        if self._mean is None:
            assert self._embedder is not None
            size = self._embedder.vocabulary
            total = np.zeros(self._embedder.dim, np.float64)
            for start in range(0, size, _AT_ONCE):
                ids = np.arange(start, min(start + _AT_ONCE, size))
                total += self._embedder.token_vectors(ids).sum(axis=0, dtype=np.float64)
            self._mean = (total / max(size, 1)).astype(np.float32)
        return self._mean


@lru_cache(maxsize=2)
def likeness(embedder: Embedder | None) -> Likeness:
    """The likeness that goes with an embedder, with what it has learnt of words so far."""
    return Likeness(embedder)


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
