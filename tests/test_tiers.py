"""Tiers of memory: views by age and heat over the same records."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import NOON, MakeStore

from memkit import Memory, Scope
from memkit.errors import InvalidInput

TIERS = ("sensory", "short-term", "mid-term", "long-term")


def ids(scope: Scope, tier: str, days: float = 0.0) -> list[str]:
    found = scope.tier(tier, now=NOON + timedelta(days=days))
    return [str(record.id) for record in found]


def test_records_move_on_with_age_and_are_in_one_tier_at_a_time(make_store: MakeStore) -> None:
    ana = make_store(extractors=[]).scope(user="ana")
    ana.add("I keep bees.", now=NOON)
    assert ids(ana, "sensory") == ["t1"]
    assert ids(ana, "short-term", 1) == ["t1"]
    assert ids(ana, "mid-term", 10) == ["t1"]
    for days in (0, 1, 10, 1000):
        assert sum(ids(ana, tier, days) == ["t1"] for tier in TIERS) == 1


def test_what_is_used_again_and_again_is_long_term_until_it_has_cooled(
    make_store: MakeStore,
) -> None:
    ana = make_store(extractors=[]).scope(user="ana")
    ana.add(["I keep bees.", "I had tea."], now=NOON)
    for day in range(5):
        ana.feedback("t1", useful=True, now=NOON + timedelta(days=day))
    assert ids(ana, "long-term", 10) == ["t1"]
    assert ids(ana, "mid-term", 10) == ["t2"]


def test_what_is_archived_is_in_no_tier(make_store: MakeStore) -> None:
    ana = make_store(extractors=[]).scope(user="ana")
    ana.add("I keep bees.", now=NOON)
    ana.forget("t1")
    assert not any(ids(ana, tier, 1) for tier in TIERS)


def test_what_was_said_three_times_is_promoted_into_the_long_term_and_the_profile(
    make_store: MakeStore,
) -> None:
    ana = make_store().scope(user="ana")
    said = ["I live in Porto.", "My favourite colour is green.", "My favourite fruit is fig."]
    for day, text in enumerate([*said, said[2], said[2]]):
        ana.add(text, now=NOON - timedelta(days=30 - day))
    card = ana.profile()
    assert [fact.attribute for fact in card.facts] == [
        "home",
        "favourite fruit",
        "favourite colour",
    ]
    lasting = [r for r in ana.tier("long-term", now=NOON) if r.id]
    assert {r.metadata["attribute"] for r in lasting if isinstance(r, Memory)} == {
        "favourite fruit"
    }


def test_there_are_four_tiers(make_store: MakeStore) -> None:
    ana = make_store().scope(user="ana")
    with pytest.raises(InvalidInput, match="sensory, short-term, mid-term, long-term"):
        ana.tier("eternal")
    assert ana.tier("sensory") == []
