"""Records that say the same become one that rests on all their words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import ceil
from typing import Any, ClassVar, Final

from memkit.consolidate.likeness import sense, tells_apart, vectors
from memkit.contracts import Consolidator, Embedder, Proposal
from memkit.models import Memory
from memkit.text import stem, words

_LEFT_ALONE: Final = frozenset({"triple", "summary", "segment", "topic", "digest", "conflict"})
"""Claims confirm one another; the others are each of their own stretch, or made anew."""
_COMMONEST: Final = 64
"""A word that more records hold brings no pair together."""


class DuplicateConsolidator(Consolidator):
    """Merges records of one kind and sense that say the same, in the same words or nearly.

    Nearly the same are records that share three quarters of their different words, whose vectors
    are alike, and that no number, date, name or denial tells apart. The oldest one's words stay;
    the new record rests on the sources of all, and `metadata["merged"]` is how many they were.
    """

    name: ClassVar[str] = "duplicates"
    version: ClassVar[int] = 1

    def __init__(
        self, *, embedder: Embedder | str | None = "default", shared: float = 0.75,
        cosine: float = 0.9,
    ) -> None:  # fmt: skip
        """`shared` words and `cosine` at least; an `embedder` of None leaves it to the words."""
        self._embedder = embedder
        self._shared = shared
        self._cosine = cosine

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterator[Proposal]:
        """One proposal for each group of records that say the same."""
        given = [memory for memory in memories if memory.kind not in _LEFT_ALONE and memory.id]
        given.sort(key=lambda memory: (memory.when is None, memory.when, str(memory.id)))
        for group in self._groups(given):
            ids = tuple(str(memory.id) for memory in group)
            yield Proposal((_merged(group),), (), ids, f"{len(ids)} records say the same")

    def _groups(self, given: Sequence[Memory]) -> Iterator[list[Memory]]:
        """Groups of two or more, each led by its oldest record."""
        said = [tuple(words(memory.text)) for memory in given]
        firsts: dict[tuple[object, ...], int] = {}
        leader = list(range(len(given)))
        for place, memory in enumerate(given):
            leader[place] = firsts.setdefault((sense(memory), said[place]), place)
        alone = sorted(set(leader))
        for one, other in self._alike(given, said, alone):
            if leader[other] == other and leader[one] == one:
                leader[other] = one
        groups: dict[int, list[Memory]] = defaultdict(list)
        for place, memory in enumerate(given):
            groups[leader[leader[place]]].append(memory)
        yield from (group for group in groups.values() if len(group) > 1)

    def _alike(
        self, given: Sequence[Memory], said: Sequence[tuple[str, ...]], places: Sequence[int]
    ) -> list[tuple[int, int]]:
        """Pairs that say nearly the same, the older one first, in order."""
        held = {place: frozenset(map(stem, said[place])) for place in places}
        pairs = [
            (one, other)
            for one, other in _sharing(held, self._shared)
            if sense(given[one]) == sense(given[other])
            and not tells_apart(given[one].text, given[other].text)
        ]
        rows = vectors([given[place].text for pair in pairs for place in pair], self._embedder)
        if rows is None:
            return pairs
        cosines = (rows[0::2] * rows[1::2]).sum(axis=1)
        return [pair for pair, cosine in zip(pairs, cosines, strict=True) if cosine >= self._cosine]


def _sharing(held: Mapping[int, frozenset[str]], share: float) -> list[tuple[int, int]]:
    """Pairs whose sets of words overlap by at least that share of both together, in order.

    Two such sets share one of the rarest words of each: only these are looked up (prefix
    filtering, Chaudhuri, Ganti and Kaushik 2006).
    """
    frequency = Counter(word for row in held.values() for word in row)
    holders: dict[str, list[int]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for place in sorted(held):
        row = sorted(held[place], key=lambda word: (frequency[word], word))
        for word in row[: len(row) - ceil(share * len(row)) + 1]:
            if frequency[word] <= _COMMONEST:
                found.update((before, place) for before in holders[word])
                holders[word].append(place)
    return sorted(
        (one, other)
        for one, other in found
        if len(held[one] & held[other]) >= share * len(held[one] | held[other])
    )


def _merged(group: Sequence[Memory]) -> Memory:
    oldest = group[0]
    metadata: dict[str, Any] = dict(oldest.metadata)
    metadata["merged"] = sum(int(memory.metadata.get("merged", 1)) for memory in group)
    aliases = [name for memory in group for name in memory.metadata.get("aliases", ())]
    if aliases:
        metadata["aliases"] = list(dict.fromkeys(aliases))
    sources = tuple(dict.fromkeys(source for memory in group for source in memory.sources))
    return replace(oldest, id=None, sources=sources, metadata=metadata)
