"""XMem: a hard budget, kept by those records that were used most for their life."""

from __future__ import annotations

from typing import ClassVar, Final

from memkit.forget.combined import AnyPolicy, BudgetPolicy
from memkit.forget.decay import PotentiationPolicy
from memkit.recipe import Card, Composition, Recipe

_FOLDED: Final = 0.5
"""The share of the budget beyond which stretches are folded, so that few are left to archive."""


class XMem(Recipe):
    """Prototypes by use per life; what falls out of the budget is folded into a digest."""

    name: ClassVar[str] = "xmem"
    card: ClassVar[Card] = Card(
        paper="XMem: Long-Term Video Object Segmentation with an Atkinson-Shiffrin Memory Model "
        "(ECCV 2022)",
        source="arXiv 2207.07115",
        known_for="memory of bounded size over unbounded input, without losing what the dropped "
        "part knew",
        kept="a hard limit on what is live; uses / life decides who stays; what is dropped is "
        "folded into what stays (potentiation)",
        mended="uses / life makes the rich richer: what had no time to be used gets a bonus of "
        "sqrt(ln(1 + T) / life); ties at the limit drop nothing extra; what is folded are quoted "
        "sentences with pointers, nothing is averaged away, and what a digest would lose too much "
        "of is archived whole",
        model="has no part",
        without="all of it; beyond half the budget each `maintain` tries again to fold what a "
        "digest would lose too much of, so it takes far longer than the default's, which forgets "
        "nothing",
    )

    def __init__(self, *, most: int = 10_000) -> None:
        """At most `most` live turns, as the paper has 10,000 elements."""
        self._most = most

    def compose(self) -> Composition:
        """Folding from half the budget on, and the budget."""
        by = PotentiationPolicy()
        return Composition(
            forgetting=AnyPolicy(
                BudgetPolicy(self._most, by=by, action="archive"),
                BudgetPolicy(self._most * _FOLDED, by=by, action="compress"),
            )
        )
