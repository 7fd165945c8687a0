"""Notes that change with those around them, after A-MEM: tags inherited, versions kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, Final

from memkit.consolidate.likeness import nearest, vectors
from memkit.contracts import Consolidator, Embedder, Proposal
from memkit.models import Memory

_KIND: Final = "note"
_ALSO: Final = "\n(also "
_SHARED: Final = 2
"""Neighbours that must have a keyword for a note to inherit it."""


class EvolutionConsolidator(Consolidator):
    """New versions of notes with the keywords that their mutual neighbours share (Xu et al. 2025).

    Two notes are neighbours where each is `among` the nearest of the other. A keyword that two of
    a note's neighbours have and it has not becomes a tag and part of its text, which is embedded
    anew; the version before is superseded and stays readable.
    """

    name: ClassVar[str] = "evolution"
    version: ClassVar[int] = 1

    def __init__(
        self, *, embedder: Embedder | str = "default", among: int = 5, tags: int = 5
    ) -> None:
        """A note inherits at most `tags` keywords."""
        self._embedder = embedder
        self._among = among
        self._tags = tags

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterator[Proposal]:
        """One proposal for each note whose tags are others than those it has."""
        notes = [memory for memory in memories if memory.kind == _KIND and memory.id]
        notes.sort(key=lambda note: (str(note.sources[0].turn), str(note.id)))
        own = [note.text.partition(_ALSO)[0] for note in notes]
        rows = vectors(own, self._embedder)
        if rows is None or len(notes) <= _SHARED:
            return
        named = [set(row) for row in nearest(rows, self._among)[0].tolist()]
        for place, note in enumerate(notes):
            mutual = [other for other in named[place] if place in named[other]]
            tags = self._inherited(note, [notes[other] for other in sorted(mutual)])
            if tags != note.metadata.get("tags"):
                text = f"{own[place]}{_ALSO}{', '.join(tags)})" if tags else own[place]
                evolved = replace(
                    note, id=None, text=text, metadata={**note.metadata, "tags": tags}
                )
                reason = f"tags {', '.join(tags) or 'none'} from {len(mutual)} neighbours"
                yield Proposal((evolved,), (), (str(note.id),), reason)

    def _inherited(self, note: Memory, neighbours: Sequence[Memory]) -> list[str]:
        has = {word.casefold() for word in note.metadata.get("keywords", ())}
        counts: Counter[str] = Counter()
        for other in neighbours:
            counts.update({word.casefold() for word in other.metadata.get("keywords", ())} - has)
        shared = [word for word, count in counts.items() if count >= _SHARED]
        return sorted(shared, key=lambda word: (-counts[word], word))[: self._tags]
