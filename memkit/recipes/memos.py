"""MemOS: memory as a managed resource, in cubes of typed, versioned payloads."""

from __future__ import annotations

from typing import ClassVar

from memkit.consolidate.conflicts import ConflictConsolidator
from memkit.consolidate.duplicates import DuplicateConsolidator
from memkit.consolidate.topics import TopicConsolidator
from memkit.cube import MemCube
from memkit.extract.segments import SegmentExtractor
from memkit.extract.triples import TripleExtractor
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.reciprocal import ReciprocalRetriever
from memkit.retrieve.reordering import DiversityReranker, RecencyReranker
from memkit.store import Scope


class MemOS(Recipe):
    """`cube(scope)` holds typed payloads; the store under it is fused by rank and kept diverse."""

    name: ClassVar[str] = "memos"
    card: ClassVar[Card] = Card(
        paper="MemOS: A Memory OS for AI System (2025)",
        source="arXiv 2507.03724",
        known_for="one container for all kinds of memory, text as well as activations and weights, "
        "with versions, a life cycle, and a scheduler that is told of every step",
        kept="payloads with key, type, version and status; import, export and merging; hooks; "
        "keyword and vector lists fused by rank (60), diversity (.7), recency (half in 14 days), "
        "duplicates and conflicts marked, topics above them",
        mended="the published diversity mixes ranks (.02) with cosines (.5) and so forgets "
        "relevance, and recency may lift a vague record over an exact one: here both are on one "
        "scale, and recency adds little; a merge that a model answers with no drops the older "
        "record: here every version stays",
        model="parses the goal, labels pairs, fuses texts",
        without="slots decide what contradicts what; equal texts are merged",
    )

    def compose(self) -> Composition:
        """Ranks fused, then diversity, then a little recency."""
        return Composition(
            extractors=(TripleExtractor(), SegmentExtractor()),
            consolidators=(DuplicateConsolidator(), ConflictConsolidator(), TopicConsolidator()),
            retriever=ReciprocalRetriever(k=60.0),
            rerankers=(DiversityReranker(0.7), RecencyReranker(half_life_days=14.0)),
        )

    @staticmethod
    def cube(scope: Scope) -> MemCube:
        """The cube of a scope."""
        return MemCube(scope)
