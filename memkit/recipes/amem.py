"""A-MEM: notes that describe themselves, link to one another, and evolve."""

from __future__ import annotations

from typing import ClassVar

from memkit.consolidate.evolution import EvolutionConsolidator
from memkit.consolidate.neighbours import NeighbourConsolidator
from memkit.extract.notes import NoteExtractor
from memkit.index.association import AssociationIndex
from memkit.index.keyword import KeywordIndex
from memkit.index.vector import VectorIndex
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.associated import AssociatedRetriever
from memkit.retrieve.granular import MultiGranularRetriever


class AMem(Recipe):
    """A note for each turn, links between mutual neighbours, versions as notes change."""

    name: ClassVar[str] = "a-mem"
    card: ClassVar[Card] = Card(
        paper="A-MEM: Agentic Memory for LLM Agents (NeurIPS 2025)",
        source="arXiv 2502.12110",
        known_for="a slip box: every memory is a note with keywords, tags and context, linked to "
        "its neighbours, and what comes in changes what is there",
        kept="keywords, tags and context; five nearest notes looked at; links; the tags of a note "
        "change with its neighbours; what links lead to joins what was found",
        mended="the published library rewrites the note at a search rank and not the neighbour "
        "(its oldest notes change), embeds keywords without the content, does not embed anew, and "
        "cuts off what links lead to: here ids are used throughout, the turn is part of the key, "
        "each change is a new version with a new vector and the old one readable, and linked "
        "records are scored with the others",
        model="writes keywords, tags and context of each turn, and decides on links",
        without="telling words are keywords, the longest sentence before is the context, and tags "
        "are what two mutual neighbours share; each `maintain` compares all notes with each "
        "other, so it takes far longer than the default's, which reads only what is new",
    )

    def __init__(self, *, neighbours: int = 5) -> None:
        """`neighbours` are looked at for each note."""
        self._among = neighbours

    def compose(self) -> Composition:
        """Notes beside the turns, and a graph whose edges are followed."""
        return Composition(
            indexers=(KeywordIndex, VectorIndex, AssociationIndex),
            extractors=(NoteExtractor(),),
            consolidators=(
                EvolutionConsolidator(among=self._among),
                NeighbourConsolidator(among=self._among),
            ),
            retriever=AssociatedRetriever(MultiGranularRetriever(), damping=0.15),
        )
