"""LightMem: filter early, store softly, consolidate while asleep."""

from __future__ import annotations

from typing import ClassVar

from memkit.consolidate.conflicts import ConflictConsolidator
from memkit.consolidate.duplicates import DuplicateConsolidator
from memkit.extract.facts import FactExtractor
from memkit.extract.segments import SegmentExtractor
from memkit.extract.triples import TripleExtractor
from memkit.forget.novelty import NoveltyGate
from memkit.recipe import Card, Composition, Recipe


class LightMem(Recipe):
    """A sensory gate, topic buffers, and all costly work in `maintain`."""

    name: ClassVar[str] = "lightmem"
    card: ClassVar[Card] = Card(
        paper="LightMem: Lightweight and Efficient Memory-Augmented Generation (ICLR 2026)",
        source="arXiv 2510.18866",
        known_for="a hundredth of the tokens and calls: little is said to a model, and late",
        kept="a sensory filter in front; segments by topic, ended where meaning changes; facts as "
        "entries; nothing but storing while the talk goes on, and merging in `maintain`, where "
        "only what was said later may change what was said before",
        mended="what the published filter drops is lost: here it is archived, and never where it "
        "holds a number, a date or a negation; the offline update lowers accuracy (68.6 to 67.1) "
        "by deleting: here it marks; raw turns stay keys beside the facts",
        model="extracts the facts of a full buffer in one call, and decides each update; "
        '`store.stats()["models"]` has the calls and tokens',
        without="sentences that tell something are facts; equal ones merge, and slots supersede; "
        "each `maintain` looks among all facts for equal ones, so it takes far longer than the "
        "default's, which reads only what is new",
    )

    def __init__(self, *, least_novelty: float = 0.2, window: int = 50) -> None:
        """What is less new than `least_novelty` among the last `window` turns is filtered."""
        self._least = least_novelty
        self._window = window

    def compose(self) -> Composition:
        """The gate in front, the rest asleep."""
        return Composition(
            extractors=(SegmentExtractor(), FactExtractor(which="all"), TripleExtractor()),
            consolidators=(DuplicateConsolidator(), ConflictConsolidator()),
            gate=NoveltyGate(last=self._window, least=self._least),
        )
