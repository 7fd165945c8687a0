"""Tiers of memory, after MemoryOS: views by age and heat over the same records, no copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from memkit.contracts import Record
from memkit.errors import InvalidInput
from memkit.forget.curves import heat
from memkit.forget.strength import age_days, idle_days, uses_of
from memkit.storage.rows import Rows
from memkit.store import judging
from memkit.store.profiling import CONFIRMED

TIERS: Final = ("sensory", "short-term", "mid-term", "long-term")
_SENSORY: Final = 1 / 24
_SHORT: Final = 7.0
"""Days since it was said, below which a record is in the first and the second tier."""
_TAU: Final = 30.0
"""Days in which recency fades by e."""
_HOT: Final = 5.0
"""MemoryOS (Kang et al. 2025) promotes what is hotter: some five uses."""
_LASTING: Final = ("month", "year")


def members(rows: Rows, scope: int, tier: str, now: datetime) -> Iterator[str]:
    """The ids of the live records in a tier, in the order stored."""
    if tier not in TIERS:
        raise InvalidInput(f"There is no tier {tier!r}; there are {', '.join(TIERS)}.")
    return (id for id, one in _placed(rows, scope, now) if one == tier)


def counts(rows: Rows, scope: int, now: datetime) -> dict[str, int]:
    """How many live records each tier holds."""
    tally = Counter(tier for _, tier in _placed(rows, scope, now))
    return {tier: tally[tier] for tier in TIERS}


def tier_of(record: Record, now: datetime) -> str:
    """The tier of a record by its age and heat: visits, and how recent the last one was."""
    age = age_days(record, now)
    if age < _SENSORY:
        return TIERS[0]
    if age < _SHORT:
        return TIERS[1]
    hot = heat(uses_of(record), 0.0, idle_days(record, now), tau=_TAU) >= _HOT
    return TIERS[3] if hot else TIERS[2]


def _placed(rows: Rows, scope: int, now: datetime) -> Iterator[tuple[str, str]]:
    lasting = _lasting(rows, scope)
    for record in judging.records(rows, scope, claims=True):
        yield record.id, TIERS[3] if record.id in lasting else tier_of(record, now)


def _lasting(rows: Rows, scope: int) -> set[str]:
    """What is long-term whatever its age: claims that were confirmed, and what sums up much."""
    groups: dict[int | None, list[str]] = {}
    for claim in rows.facts.of(scope):
        if claim.verdict in ("holds", "uncertain"):
            groups.setdefault(claim.leader, []).append(claim.id)
    found = {id for group in groups.values() if len(group) >= CONFIRMED for id in group}
    kinds = "archived IS NULL AND kind IN ('summary', 'topic')"
    for row in rows.records.after(scope, 0, -1, kinds):
        if row.kind == "topic" or row.metadata.get("level") in _LASTING:
            found.add(row.id)
    return found
