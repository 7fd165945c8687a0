"""Forgetting policies: their published formulas, and what holds for every one of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memkit import MemoryStore, registry
from memkit.contracts import ForgettingPolicy, Record, UseEvent
from memkit.errors import InvalidInput
from memkit.forget import curves
from memkit.forget.combined import AllPolicy, AnyPolicy, BudgetPolicy, WeightedPolicy
from memkit.forget.decay import (
    ActivationPolicy,
    EbbinghausPolicy,
    FSRSPolicy,
    HeatPolicy,
    ImportancePolicy,
    PotentiationPolicy,
)
from memkit.forget.simple import LeastFrequentPolicy, LeastRecentPolicy, TimeToLivePolicy
from memkit.forget.strength import StrengthPolicy
from memkit.testing.forgetting import check_forgetting

NOW = datetime(2024, 6, 1, tzinfo=UTC)


def record(age: float, id: str = "r", **fields: object) -> Record:
    made = Record(id, "turn", NOW - timedelta(days=age), None, 0, 0, 0, 0, 100)
    return replace(made, **fields)  # type: ignore[arg-type]


def used(one: Record, days: float, kind: str = "useful") -> Record:
    """The record with one more use, so many days before now."""
    when = NOW - timedelta(days=days)
    last = when if one.last_used is None else max(one.last_used, when)
    event = UseEvent(when, kind)  # type: ignore[arg-type]
    counted = {kind: getattr(one, kind) + 1}
    return replace(one, last_used=last, events=(*one.events, event), **counted)


def test_ebbinghaus_falls_to_one_in_e_at_its_strength() -> None:
    assert curves.retention(3.0, 3.0) == pytest.approx(0.367879441, abs=1e-6)
    assert curves.retention(0.0, 3.0) == 1.0


def test_act_r_sums_powers_of_the_ages() -> None:
    """Uses 1, 4 and 9 days ago: ln(1 + 1/2 + 1/3)."""
    assert curves.base_level([1, 4, 9], 3, 9) == pytest.approx(math.log(11 / 6), abs=1e-6)


def test_act_r_without_known_moments_is_the_optimized_form() -> None:
    """ln(n / (1 - d)) - d ln(L), Anderson's approximation for evenly spread uses."""
    found = curves.base_level([], 5, 100.0)
    assert found == pytest.approx(math.log(5 / 0.5) - 0.5 * math.log(100.0), abs=1e-6)


def test_act_r_recalls_half_at_the_threshold() -> None:
    assert curves.recall_probability(-1.0, -1.0, 0.4) == 0.5
    assert curves.recall_probability(0.0, -1.0, 0.5) == pytest.approx(0.880797078, abs=1e-6)


def test_fsrs_has_nine_in_ten_at_its_stability() -> None:
    assert curves.retrievability(17.5, 17.5) == pytest.approx(0.9, abs=1e-9)
    assert curves.interval(17.5, 0.9) == pytest.approx(17.5, abs=1e-9)


def test_fsrs_gives_the_intervals_of_the_reference_implementation() -> None:
    """Six times `good`, each when due: 2, 11, 46, 163 and 497 days (py-fsrs, version 6)."""
    stability, difficulty = curves.first_review(curves.GOOD)
    days = []
    for _ in range(5):
        days.append(round(curves.interval(stability, 0.9)))
        stability, difficulty = curves.next_review(stability, difficulty, days[-1], curves.GOOD)
    assert days == [2, 11, 46, 163, 497]


def test_fsrs_reaches_the_memory_state_of_the_reference_implementation() -> None:
    """Again, then good after 0, 1, 3, 8 and 21 days (py-fsrs 6.3.2, to its last digits)."""
    stability, difficulty = curves.first_review(curves.AGAIN)
    found = []
    for days in (0, 1, 3, 8, 21):
        stability, difficulty = curves.next_review(stability, difficulty, days, curves.GOOD)
        found.append((stability, difficulty))
    assert found == [
        pytest.approx((0.246689187776, 6.402115069297), abs=1e-6),
        pytest.approx((2.021477251638, 6.390941323524), abs=1e-6),
        pytest.approx((7.863698841006, 6.379778751498), abs=1e-6),
        pytest.approx((21.917713153152, 6.368627342043), abs=1e-6),
        pytest.approx((53.626902917141, 6.357487083998), abs=1e-6),
    ]


def test_fsrs_grades_as_the_reference_implementation_does() -> None:
    """Good, hard after 10 days, again after 20, easy, good within the day (py-fsrs 6.3.2)."""
    state = curves.next_review(*curves.first_review(curves.GOOD), 3, curves.GOOD)
    assert state == pytest.approx((13.826903694355, 2.111214235785), abs=1e-6)
    state = curves.next_review(*state, 7, curves.HARD)
    assert state == pytest.approx((29.071234551936, 4.748284761595), abs=1e-6)
    state = curves.next_review(*state, 20, curves.AGAIN)
    assert state == pytest.approx((2.212419177097, 8.259025282097), abs=1e-6)
    assert curves.retrievability(20, state[0]) == pytest.approx(0.702633983888, abs=1e-6)
    state = curves.next_review(*curves.first_review(curves.EASY), 8, curves.EASY)
    assert state == pytest.approx((65.624226161900, 1.0), abs=1e-6)
    state = curves.next_review(*state, 12, curves.HARD)
    assert state == pytest.approx((91.424507743680, 4.010608969297), abs=1e-6)
    state = curves.next_review(*state, 0, curves.GOOD)
    assert state == pytest.approx((91.424507743680, 4.001826729624), abs=1e-6)


def test_memory_os_heat() -> None:
    found = curves.heat(3, 2, 24.0, weights=(1.0, 1.0, 1.0), tau=24.0)
    assert found == pytest.approx(5.367879441, abs=1e-6)


def test_xmem_use_per_life_and_its_bonus() -> None:
    assert curves.use_per_life(6, 3.0, math.e - 1) == pytest.approx(2 + 1 / math.sqrt(3), abs=1e-6)


def test_act_r_spreads_uses_whose_moments_are_not_known() -> None:
    """Ten uses in 100 days, the last ones 1 and 4 days ago (Petrov 2006, equation 4)."""
    assert curves.base_level([1, 4], 10, 100) == pytest.approx(1.041453874828, abs=1e-6)


def test_policies_give_the_numbers_of_their_formulas() -> None:
    """Each worked out by hand from the formula that its page names."""
    lean = used(used(record(10), 5, "retrieved"), 2, "retrieved")
    met = used(record(16), 9, "shown")
    met = used(used(met, 4), 1)
    visited = used(record(30, size=250), 12, "retrieved")
    reviewed = used(used(record(50), 47), 40, "shown")
    given: list[tuple[StrengthPolicy, Record, float]] = [
        # S = 1 + 2 days: exp(-2 / 3). With one that was useful, which counts twice: exp(-2 / 5).
        (EbbinghausPolicy(days=1, growth=1), lean, 0.513417119),
        (EbbinghausPolicy(days=1, growth=1), used(lean, 2), 0.670320046),
        # B = ln(1 + 1/2 + 1/3 + 1/4) = 0.733969175; 1 / (1 + exp((-1 - B) / 0.5))
        (ActivationPolicy(threshold=-1.0, noise=0.5), met, 0.969761621),
        # 1 visit + 250 / 500 + exp(-12 / 24)
        (HeatPolicy(tau=24), visited, 2.106530660),
        # 0.6 exp(-100 / 365), and with a use that was useful 0.6 exp(-100 / 1095)
        (ImportancePolicy(days=365), record(100, importance=0.6), 0.456211744),
        (ImportancePolicy(days=365), used(record(400, importance=0.6), 100), 0.547633055),
        # 6 uses in 30 days, and sqrt(ln 31 / 30)
        (PotentiationPolicy(), record(30, retrieved=6), 0.538328598),
        (LeastRecentPolicy(days=365), used(record(100), 40), 325.0),
        (LeastFrequentPolicy(), record(200, retrieved=3), 5.47875),
        # good at 0, good at 3, hard at 10 (S = 29.071234552), looked at 40 days later
        (FSRSPolicy(scale=1), reviewed, 0.876623305),
    ]
    for policy, one, expected in given:
        assert policy.strength(one, NOW) == pytest.approx(expected, abs=1e-6), policy.name
        assert policy.judge([one], NOW)[0].strength == pytest.approx(expected, abs=1e-6)
    ttl = TimeToLivePolicy(100).judge([record(30.25)], NOW)[0]
    assert ttl.strength == pytest.approx(69.75, abs=1e-6)


def test_weighted_ranks_are_means_of_the_shares_that_are_weaker() -> None:
    """By age ranks 1, 1/2, 0, weight 2; by importance 0, 1/2, 1, weight 1."""
    given = [record(age, f"r{age}", importance=age / 100) for age in (10, 20, 30)]
    policy = WeightedPolicy((LeastRecentPolicy(), 2.0), (ImportancePolicy(days=1e9), 1.0))
    found = [verdict.strength for verdict in policy.judge(given, NOW)]
    assert found == pytest.approx([2 / 3, 1 / 2, 1 / 3], abs=1e-6)


STRENGTHS: dict[str, Callable[[], StrengthPolicy]] = {
    "ebbinghaus": EbbinghausPolicy, "activation": ActivationPolicy, "fsrs": FSRSPolicy,
    "heat": HeatPolicy, "importance": ImportancePolicy, "potentiation": PotentiationPolicy,
    "lru": LeastRecentPolicy, "lfu": LeastFrequentPolicy,
}  # fmt: skip
POLICIES: dict[str, Callable[[], ForgettingPolicy]] = {
    **STRENGTHS,
    "ttl": TimeToLivePolicy,
    "budget": lambda: BudgetPolicy(3, by=EbbinghausPolicy()),
    "any": lambda: AnyPolicy(TimeToLivePolicy(100), LeastRecentPolicy(days=30)),
    "all": lambda: AllPolicy(TimeToLivePolicy(100), LeastRecentPolicy(days=30)),
    "weighted": lambda: WeightedPolicy((EbbinghausPolicy(), 2.0), (HeatPolicy(), 1.0), below=0.4),
}


@pytest.mark.parametrize("name", POLICIES)
def test_every_policy_keeps_the_contract(name: str) -> None:
    check_forgetting(POLICIES[name])


@pytest.mark.parametrize("name", POLICIES)
def test_every_policy_can_be_chosen_by_name(name: str) -> None:
    assert registry.create("forgetting", name).name == name


AGES = st.floats(0.0, 4000.0)
KINDS = ("retrieved", "shown", "useful", "useless")


@pytest.mark.parametrize("name", STRENGTHS)
@settings(deadline=None)
@given(age=AGES, more=st.floats(0.0, 2000.0), uses=st.lists(st.floats(0.0, 1.0), max_size=6))
def test_strength_never_rises_with_age_alone(
    name: str, age: float, more: float, uses: list[float]
) -> None:
    policy = STRENGTHS[name]()
    one = record(age)
    for share in uses:
        one = used(one, share * age)
    later = NOW + timedelta(days=more)
    assert policy.strength(one, later) <= policy.strength(one, NOW) + 1e-9


@pytest.mark.parametrize("name", STRENGTHS)
@settings(deadline=None)
@given(
    age=AGES, share=st.floats(0.0, 1.0), kind=st.sampled_from(["retrieved", "shown", "useful"]),
    uses=st.lists(st.tuples(st.floats(0.0, 1.0), st.sampled_from(KINDS)), max_size=4),
)  # fmt: skip
def test_strength_never_falls_by_use(
    name: str, age: float, share: float, kind: str, uses: list[tuple[float, str]]
) -> None:
    policy = STRENGTHS[name]()
    one = record(age)
    for earlier, of in sorted(uses, reverse=True):
        one = used(one, earlier * age, of)
    latest = min([share, *(earlier for earlier, _ in uses)]) * age
    assert policy.strength(used(one, latest, kind), NOW) >= policy.strength(one, NOW) - 1e-9


@pytest.mark.parametrize("name", STRENGTHS)
@settings(deadline=None)
@given(
    age=AGES, share=st.floats(0.0, 1.0),
    uses=st.lists(st.tuples(st.floats(0.0, 1.0), st.sampled_from(KINDS)), max_size=4),
)  # fmt: skip
def test_strength_never_rises_by_a_judgement_against_it(
    name: str, age: float, share: float, uses: list[tuple[float, str]]
) -> None:
    policy = STRENGTHS[name]()
    one = record(age)
    for earlier, of in sorted(uses, reverse=True):
        one = used(one, earlier * age, of)
    latest = min([share, *(earlier for earlier, _ in uses)]) * age
    refuted = used(one, latest, "useless")
    assert policy.strength(refuted, NOW) <= policy.strength(one, NOW) + 1e-9


@settings(deadline=None)
@given(age=AGES, more=st.floats(0.0, 2000.0), kind=st.sampled_from(["turn", "fact"]))
def test_what_has_expired_never_lives_again_with_age(age: float, more: float, kind: str) -> None:
    policy, one = TimeToLivePolicy({"turn": 100}), record(age, kind=kind)
    now, later = (policy.judge([one], at)[0] for at in (NOW, NOW + timedelta(days=more)))
    assert now.action == "keep" or later.action == "expire"
    assert later.strength is None or later.strength <= (now.strength or 0.0) + 1e-9


def test_prototypes_stay_however_low_their_use_has_fallen() -> None:
    given = [
        record(4000, "a", retrieved=9),
        record(4000, "b", retrieved=5),
        record(4000, "c", retrieved=1),
        record(4000, "d"),
    ]
    found = PotentiationPolicy(prototypes=2, below=0.5).judge(given, NOW)
    assert [verdict.action for verdict in found] == ["keep", "keep", "archive", "archive"]
    assert found[0].reason == "prototype 1, 0.00225 uses a day"
    assert PotentiationPolicy(prototypes=9, below=0.5).judge(given, NOW)[3].action == "archive"


def test_a_budget_keeps_the_strongest_that_fit() -> None:
    given = [
        used(record(10, "old but used"), 1),
        record(200, "old"),
        record(1, "new"),
        record(100, "older"),
    ]
    verdicts = BudgetPolicy(2, by=EbbinghausPolicy()).judge(given, NOW)
    assert {v.id for v in verdicts if v.action == "keep"} == {"old but used", "new"}
    by_bytes = BudgetPolicy(350, unit="bytes", by=EbbinghausPolicy()).judge(given, NOW)
    assert sum(v.action == "keep" for v in by_bytes) == 3


def test_a_budget_counts_in_what_it_knows() -> None:
    with pytest.raises(InvalidInput, match="unit='pages' is none of"):
        BudgetPolicy(2, unit="pages")  # type: ignore[arg-type]


def test_an_action_that_no_verdict_has_is_refused() -> None:
    for make in (LeastRecentPolicy, TimeToLivePolicy, WeightedPolicy, BudgetPolicy):
        with pytest.raises(InvalidInput, match="action='delete' is none of archive, compress"):
            make(action="delete")  # type: ignore[arg-type]


def test_time_to_live_may_differ_by_kind() -> None:
    policy = TimeToLivePolicy({"summary": 10})
    found = policy.judge([record(20, kind="summary"), record(20)], NOW)
    assert [v.action for v in found] == ["expire", "keep"]


def test_any_forgets_more_than_all() -> None:
    one = used(record(200), 1)
    parts = TimeToLivePolicy(100), LeastRecentPolicy(days=30)
    assert AnyPolicy(*parts).judge([one], NOW)[0].action == "expire"
    assert AllPolicy(*parts).judge([one], NOW)[0].action == "keep"


def test_maintain_lets_go_what_tells_little_and_keeps_what_was_of_use() -> None:
    policy = BudgetPolicy(2, by=ImportancePolicy())
    with MemoryStore(":memory:", embedder=None, extractors=(), forgetting=policy) as store:
        ana = store.scope(user="ana")
        ana.add(
            [
                "ok",
                "My passport number is X4711 and it expires in May 2031.",
                "ok then",
                "ok",
            ],
            now="2024-01-01",
        )
        ana.feedback("t3", useful=True, now="2024-01-02")
        report = store.maintain(now="2024-06-01")
        assert report.archived == 2
        assert [turn.id for turn in ana.turns(archived=False)] == ["t2", "t3"]
        assert store.check().problems == ()


def test_feedback_that_is_undone_leaves_no_trace_in_the_uses() -> None:
    policy = FSRSPolicy()
    with MemoryStore(":memory:", embedder=None, extractors=(), forgetting=policy) as store:
        ana = store.scope(user="ana")
        ana.add("I keep bees.", now="2024-01-01")

        ana.feedback("t1", useful=True, now="2024-01-02")
        with store._parts.storage.read() as rows:
            before = rows.uses.of(1)
        entry = ana.feedback("t1", useful=True, now="2024-01-03")
        undone = ana.undo(entry.id)
        with store._parts.storage.read() as rows:
            after = rows.uses.of(1)
        assert {n: (u.useful, u.recent) for n, u in after.items()} == {
            n: (u.useful, u.recent) for n, u in before.items()
        }
        ana.undo(undone.id)
        with store._parts.storage.read() as rows:
            (again,) = rows.uses.of(1).values()
        assert (again.useful, len(again.events)) == (2, 2)


def test_a_budget_lets_what_was_of_use_go_last() -> None:
    given = [
        used(record(4000, "old but useful"), 3999),
        used(used(record(300, "useless after all"), 299), 298, "useless"),
        record(1, "new"),
        record(2, "newer than most"),
    ]
    verdicts = BudgetPolicy(2, by=ImportancePolicy()).judge(given, NOW)
    assert {v.id for v in verdicts if v.action == "keep"} == {"old but useful", "new"}
    verdicts = BudgetPolicy(0.5, by=ImportancePolicy()).judge(given, NOW)
    assert {v.action for v in verdicts} == {"archive"}
