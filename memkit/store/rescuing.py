"""What default search leaves out, and when it had better be looked at."""

from __future__ import annotations

import numpy as np

from memkit.contracts import Layer
from memkit.models import Stage
from memkit.storage.rows import Rows
from memkit.types import Ints, Terms

STAGE = "archived"
"""The name of the stage at which a search left records out."""
_LEAST_HELD = 0.5
"""The share of the weight of the query's words that good hits hold."""


def left_out(rows: Rows, scope: int, turns: Layer, term_ids: Terms, hits: Ints) -> Stage | None:
    """What maintenance had archived and the search did not see; None where there is nothing.

    `hits` are ordinals of the hits. They are no good where they hold less than half of the weight
    of the query's words, each of which weighs as much as it is rare among the turns. A word that
    none of them holds weighs most: it may be in what was archived.
    """
    gone = rows.standings.faded(scope)
    if not gone:
        return None
    held = share_held(turns, term_ids, hits)
    note = f"the hits hold {held:.0%} of the weight of the query's words"
    if held < _LEAST_HELD:
        note += "; rescue(query) looks among what was left out"
    return Stage(STAGE, gone, 0, note)


def share_held(turns: Layer, term_ids: Terms, hits: Ints) -> float:
    """How much of the weight of the query's words these records hold, 0..1."""
    if not len(term_ids):
        return 1.0
    weights = np.log1p(turns.size / (turns.holding(term_ids) + 1.0))
    found = turns.terms(hits)
    held = np.isin(term_ids, np.concatenate(found)) if found else np.zeros(len(term_ids), bool)
    return float(weights[held].sum() / max(float(weights.sum()), 1e-9))
