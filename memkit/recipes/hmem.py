"""H-MEM: domain, category, trace, episode; found by routing, kept by the user's reaction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Final, Literal

from memkit.forget.decay import EbbinghausPolicy
from memkit.index.hierarchy import EXACT_BELOW, HierarchyIndex
from memkit.index.keyword import KeywordIndex
from memkit.models import Hit
from memkit.recipe import Card, Composition, Recipe
from memkit.retrieve.routing import HierarchicalRetriever
from memkit.store import Scope

Reaction = Literal["approves", "rejects", "none"]

_REJECTS: Final = re.compile(
    r"^\W*(?:no\b(?! (?:worries|problem|doubt))|nope|wrong|actually|that(?:'s| is) (?:not|wrong)|"
    r"not (?:true|right|quite|any ?more))|\b(?:you(?:'re| are) (?:wrong|mistaken)|"
    r"(?:isn't|is not|wasn't) (?:true|right|correct)|i never said)\b",
    re.IGNORECASE,
)
_APPROVES: Final = re.compile(
    r"^\W*(?:yes|yeah|yep|right|exactly|correct|indeed|true|perfect|great)\b|"
    r"\b(?:that(?:'s| is) (?:right|correct|true|it)|good memory|you remembered)\b",
    re.IGNORECASE,
)

_DENIED: Final = 0.5
"""What a denial leaves of the time that a memory lasts."""


class HMem(Recipe):
    """A tree over the vectors of turns, searched from the top with a rescue, and strengths."""

    name: ClassVar[str] = "h-mem"
    card: ClassVar[Card] = Card(
        paper="Hierarchical Memory for High-Efficiency Long-Term Reasoning in LLM Agents "
        "(EACL 2026)",
        source="arXiv 2507.22925",
        known_for="four layers, searched from the top, so that the cost is that of a few children "
        "at each layer and not of every record",
        kept="domain, category, trace and episode as layers of a tree, each node a vector with the "
        "positions of its children; strength that fades after Ebbinghaus and moves with the "
        "user's reaction to what was recalled: approval makes it last longer, denial half as long",
        mended="one wrong turn at the top makes a memory unreachable: the beam widens where the "
        "choice is close, and the first hits by words are compared wherever they lie (hard routing "
        "took recall at 10 from 64 to 35); layers follow the vectors, no model labels them",
        model="names domain, category and trace of each exchange; judges the reaction",
        without="layers are clusters; a lexicon of replies tells approval from denial",
    )

    def __init__(
        self, *, days: float = 60.0, rescue: int = 200, exact_below: int = EXACT_BELOW
    ) -> None:
        """Strength fades in `days`; the first `rescue` turns by words are always compared.

        Up to `exact_below` turns all are compared; a tree over fewer saves nothing.
        """
        self._days = days
        self._rescue = rescue
        self._exact_below = exact_below

    def compose(self) -> Composition:
        """The tree in the place of the flat index."""
        return Composition(
            indexers=(
                KeywordIndex, partial(HierarchyIndex, exact_below=self._exact_below)
            ),
            retriever=HierarchicalRetriever(rescue=self._rescue),
            forgetting=EbbinghausPolicy(
                days=self._days, growth=self._days, denied=_DENIED
            ),
        )  # fmt: skip

    @staticmethod
    def react(scope: Scope, reply: str, shown: Sequence[Hit]) -> Reaction:
        """Move the strength of what was shown by the user's next words; which way it was.

        Approval counts as a useful use, denial as a useless one, which halves the time it lasts;
        anything else changes nothing.
        """
        reaction = reaction_of(reply)
        if reaction != "none" and shown:
            scope.feedback([hit.id for hit in shown], useful=reaction == "approves")
        return reaction


def reaction_of(reply: str) -> Reaction:
    """Whether a reply agrees with what it answers; denial wins where both are heard."""
    if _REJECTS.search(reply):
        return "rejects"
    return "approves" if _APPROVES.search(reply) else "none"
