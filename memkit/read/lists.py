"""Several answers out of several turns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from memkit.read.evidence import Evidence, Witness
from memkit.read.spans import Span, spans
from memkit.read.weights import Weights

_MOST: Final = 5
"""Items of a list."""
_BEHIND: Final = 5.0
"""How far the score of a further item may lie behind that of the first."""
_LOOKED_AT: Final = 12


def joint(each: Witness, span: Span, weights: Weights) -> float:
    """How good a span is, and its sentence."""
    return each.score + weights.sentence.get("own", 0.0) * each.own + span.score


def items(
    evidence: Evidence, ranked: Sequence[Witness], weights: Weights
) -> list[tuple[str, Witness]]:
    """The best span of each sentence, the best first; none says what another has said."""
    found: list[tuple[float, Span, Witness]] = []
    for each in ranked[:_LOOKED_AT]:
        best = max(
            spans(evidence, each.sentence, weights.span),
            key=lambda span: span.score,
            default=None,
        )
        if best is not None and each.own:
            found.append((joint(each, best, weights), best, each))
    found.sort(key=lambda one: -one[0])
    kept: list[tuple[str, Witness]] = []
    seen: set[str] = set()
    for score, span, each in found:
        stems = {token.stem for token in span.tokens if token.stem}
        if score >= found[0][0] - _BEHIND and len(kept) < _MOST and not stems <= seen:
            seen |= stems
            kept.append((span.text, each))
    return kept
