"""How a store is doing: what grows, repeats itself, is never used, stale, unsure or left behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from memkit.dates import to_micros
from memkit.models import Health, Measure
from memkit.storage.rows import Rows
from memkit.store import fading, maintaining, tiers
from memkit.store.parts import Parts

_RECENT: Final = timedelta(days=30)
_OLD: Final = timedelta(days=90)
_MOST_REPEATED: Final = 0.2
_MOST_STALE: Final = 0.1
_MOST_UNCERTAIN: Final = 0.3
_MOST_ARCHIVED: Final = 0.5
"""Of what indexes hold; `maintain` keeps it below a quarter."""


def examine(parts: Parts, now: datetime, file_bytes: int) -> Health:
    """Every measure of the store; reads most of the file once."""
    with parts.storage.read() as rows:
        measures = [
            *_growth(rows, now, file_bytes), *_worth(rows, now), *_knowledge(rows),
            *_indexes(parts, rows), *_tiers(rows, now),
        ]  # fmt: skip
    return Health(tuple(measures))


def _growth(rows: Rows, now: datetime, file_bytes: int) -> Iterator[Measure]:
    recent = rows.vitals.added_since(to_micros(now - _RECENT))
    yield Measure("file", file_bytes / 1e6, None, "MB, with its log")
    yield Measure("growth", recent / _RECENT.days, None, f"turns a day, of the last {_RECENT.days}")
    yield Measure("live", rows.vitals.live(), None, "records")
    archived = ", ".join(f"{n} {why}" for why, n in rows.standings.counts().items())
    yield Measure("archived", sum(rows.standings.counts().values()), None, archived or "records")


def _worth(rows: Rows, now: datetime) -> Iterator[Measure]:
    turns = rows.vitals.live_turns()
    share = rows.vitals.repeated() / max(turns, 1)
    yield Measure("duplicates", share, _MOST_REPEATED, "of live turns repeat another word for word")
    unused = rows.vitals.unused(to_micros(now - _OLD)) / max(turns, 1)
    yield Measure("never used", unused, None, f"of live turns are older than {_OLD.days} days")


def _knowledge(rows: Rows) -> Iterator[Measure]:
    derived = max(rows.vitals.live() - rows.vitals.live_turns(), 1)
    stale = rows.vitals.stale() / derived
    yield Measure("stale", stale, _MOST_STALE, "of derived records rest on what was forgotten")
    facts, uncertain = rows.vitals.facts()
    share = uncertain / max(facts, 1)
    yield Measure("uncertain", share, _MOST_UNCERTAIN, f"of {facts} facts that hold")
    yield Measure("conflicts", rows.vitals.conflicts(), None, "claims that contradict one another")


def _indexes(parts: Parts, rows: Rows) -> Iterator[Measure]:
    if parts.has_vectors:
        missing = rows.vitals.without_vector(parts.space_number)
        yield Measure("without a vector", missing, 0, "records; maintain gives them one")
    held, archived = 0, 0
    for scope, _ in rows.scopes.list():
        every, gone = rows.standings.held(scope)
        held, archived = held + every, archived + gone
    share = archived / max(held, 1) if archived >= fading.MANY else 0.0
    yield Measure("index drift", share, _MOST_ARCHIVED, "of what indexes hold is archived")
    yield Measure("unread", maintaining.unread(parts, rows), None, "turns; maintain reads them")


def _tiers(rows: Rows, now: datetime) -> Iterator[Measure]:
    totals = dict.fromkeys(tiers.TIERS, 0)
    for scope, _ in rows.scopes.list():
        for tier, count in tiers.counts(rows, scope, now).items():
            totals[tier] += count
    for tier, count in totals.items():
        yield Measure(tier, count, None, "records")
