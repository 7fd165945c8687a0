"""The default retriever: several ways of looking, put on one scale and summed."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from memkit.contracts import Query, Ranking, Retriever, Scored, View
from memkit.retrieve.scaling import nothing, pooled, ranked, spread_over, unit_score, z_scaled
from memkit.text import words
from memkit.types import Floats, Ints

_VIEWS = (
    ("keyword", "turn"), ("keyword", "window"), ("vector", "turn"), ("vector", "window"),
)  # fmt: skip


class FusedRetriever(Retriever):
    """Keyword and vector scores of turns and three-turn windows, with soft evidence around them.

    Each list is z-scaled over the pool of all lists' candidates, then summed (scaled sums lose
    less than rank fusion when one list is much weaker). To the sum come a share of the
    neighbours' sums, the session's own score, and a bonus for turns of the one speaker whom the
    query names. Nothing filters: evidence only adds.
    """

    name: ClassVar[str] = "fused"

    def __init__(
        self, *, pool: int = 200, neighbour: float = 0.15, session: float = 0.5,
        speaker: float = 1.0, memory: float = 0.5,
    ) -> None:  # fmt: skip
        """`pool` candidates are taken of each list; the others are weights of the evidence."""
        self._pool = pool
        self._neighbour = neighbour
        self._session = session
        self._speaker = speaker
        self._memory = memory

    def retrieve(self, query: Query, view: View) -> Ranking:
        """Rank every candidate of the pool."""
        lists = self._lists(query, view)
        keys = self._memory_keys(query, view)
        found = [scored for _, scored in lists if len(scored.ordinals)]
        if keys is not None:
            found.append(keys)
        if not found:
            return nothing()
        pool = pooled(found)
        signals = {
            name: z_scaled(spread_over(pool, scored))
            for name, scored in lists
            if len(scored.ordinals)
        }
        if keys is not None:
            signals["memory"] = self._memory * z_scaled(spread_over(pool, keys))
        base: Floats = np.sum(list(signals.values()), axis=0)
        signals["neighbours"] = self._neighbours(pool, base, view)
        signals["session"] = self._sessions(query, pool, base, view)
        signals["speaker"] = self._named_speaker(query, pool, view)
        totals: Floats = np.sum(list(signals.values()), axis=0)
        return ranked(pool, unit_score(totals), signals)

    def _lists(self, query: Query, view: View) -> list[tuple[str, Scored]]:
        available = view.turns.indexes()
        return [
            (f"{index}.{how}", view.turns.search(index, query, self._pool, how))
            for index, how in _VIEWS
            if index in available
        ]

    def _memory_keys(self, query: Query, view: View) -> Scored | None:
        """What derived records say for the turns they rest on: the best of each turn's keys."""
        if not view.memories.size:
            return None
        best = np.full(view.turns.size, -np.inf, np.float32)
        for index in view.memories.indexes():
            scored = view.memories.search(index, query, self._pool)
            for memory, score in zip(
                scored.ordinals.tolist(), z_scaled(scored.scores).tolist(), strict=True
            ):
                sources = view.sources(memory)
                best[sources] = np.maximum(best[sources], score)
        reached = np.flatnonzero((best > -np.inf) & view.turns.allowed)
        return Scored(reached, best[reached]) if len(reached) else None

    def _neighbours(self, pool: Ints, base: Floats, view: View) -> Floats:
        lowest = base.min()
        total = np.zeros(len(pool), np.float32)
        for column in (view.turns.previous, view.turns.following):
            beside = column[pool]
            places = np.minimum(np.searchsorted(pool, beside), len(pool) - 1)
            known = pool[places] == beside
            total += np.where(known, base[places], lowest)
        return self._neighbour * total

    def _sessions(self, query: Query, pool: Ints, base: Floats, view: View) -> Floats:
        numbers, places = np.unique(view.turns.sessions[pool], return_inverse=True)
        if len(numbers) < 2:
            return np.zeros(len(pool), np.float32)
        strongest = np.full(len(numbers), -np.inf, np.float32)
        np.maximum.at(strongest, places, base)
        score = z_scaled(strongest)
        if "keyword" in view.turns.indexes():
            held = view.turns.search("keyword", query, view.turns.size, "session")
            words_found = np.zeros(int(view.turns.sessions.max()) + 1, np.float32)
            words_found[held.ordinals] = held.scores
            score = score + z_scaled(words_found[numbers])
        return self._session * z_scaled(score)[places]

    def _named_speaker(self, query: Query, pool: Ints, view: View) -> Floats:
        asked = set(words(query.text))
        named = [
            number
            for number, name in enumerate(view.speaker_names)
            if number and asked.intersection(words(name)[:1])
        ]
        if len(named) != 1:
            return np.zeros(len(pool), np.float32)
        theirs: Floats = (view.turns.speakers[pool] == named[0]).astype(np.float32)
        return self._speaker * theirs
