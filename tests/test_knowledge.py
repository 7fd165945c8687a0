"""What the claims about one slot come to, whatever order they arrive in."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memkit.knowledge import SOME_DAY, Claim, Held, dependents, fold, key, slot

DAY = 86_400_000_000


def claim(
    record: int, value: str, said: int, mood: str = "assertion", *, several: bool = False,
    rank: int = 3, starts: int | None = None, starts_by: int | None = None,
    ends: int | None = None, corrects: str = "",
) -> Claim:  # fmt: skip
    return Claim(
        record, value, mood, several, said, rank, starts, starts_by, ends, corrects,  # type: ignore[arg-type]
    )  # fmt: skip


def holding(held: dict[int, Held], at: int) -> list[int]:
    """The leaders of what holds at a moment."""
    return sorted(
        {
            one.leader
            for one in held.values()
            if one.verdict == "holds"
            and (one.since is None or one.since <= at)
            and (one.until is None or at < one.until)
        }
    )


def test_a_new_value_ends_the_one_before() -> None:
    held = fold([claim(1, "porto", 10), claim(2, "lisbon", 20)])
    assert held[1] == Held("holds", 10, 20, 20, 1, 2)
    assert held[2] == Held("holds", 20, None, None, 2, None)


def test_the_same_value_again_confirms() -> None:
    held = fold([claim(1, "porto", 10), claim(2, "porto", 20), claim(3, "lisbon", 30)])
    assert held[2].leader == 1
    assert (held[1].since, held[1].until, held[1].successor) == (10, 30, 3)


def test_order_of_arrival_does_not_matter_where_times_are_stated() -> None:
    told_late = [
        claim(1, "lisbon", 50, starts=40),
        claim(2, "paris", 60, starts=20),
        claim(3, "porto", 70, starts=10),
    ]
    for order in permutations(told_late):
        held = fold(order)
        assert [held[record].until for record in (3, 2, 1)] == [20, 40, None]


def test_a_move_told_of_vaguely_comes_after_what_held_within_it() -> None:
    held = fold(
        [
            claim(1, "porto", 10 * DAY),
            claim(2, "lisbon", 25 * DAY, starts=1 * DAY, starts_by=31 * DAY),
        ]
    )
    assert holding(held, 26 * DAY) == [2]
    assert held[1].successor == 2


def test_a_past_that_is_told_of_changes_nothing_now() -> None:
    held = fold([claim(1, "lisbon", 10), claim(2, "porto", 20, ends=5)])
    assert holding(held, 30) == [1]
    assert held[1].until is None


def test_a_past_of_a_value_that_held_ends_it() -> None:
    held = fold([claim(1, "porto", 10), claim(2, "porto", 20, ends=18)])
    assert held[1].until == 18
    assert holding(held, 30) == []


def test_what_is_planned_holds_from_its_time_on() -> None:
    held = fold([claim(1, "porto", 10), claim(2, "lisbon", 20, "plan", starts=50)])
    assert holding(held, 30) == [1]
    assert holding(held, 60) == [2]


def test_a_plan_without_a_date_holds_some_day_and_is_kept_by_what_comes_true() -> None:
    held = fold([claim(1, "porto", 10), claim(2, "lisbon", 20, "plan")])
    assert holding(held, 1000) == [1]
    assert held[2].since == SOME_DAY
    held = fold([claim(1, "porto", 10), claim(2, "lisbon", 20, "plan"), claim(3, "lisbon", 30)])
    assert holding(held, 1000) == [3]
    assert held[2].leader == 3


def test_a_correction_takes_the_place_of_what_was_said_last() -> None:
    held = fold([claim(1, "friday", 10), claim(2, "thursday", 20, "correction")])
    assert held[1].verdict == "retracted"
    assert held[1].successor == 2
    assert held[2].since == 10, "it was so all along"


def test_a_corrected_plan_is_a_plan() -> None:
    held = fold(
        [
            claim(1, "porto", 10),
            claim(2, "madrid", 20, "plan", starts=90),
            claim(3, "lisbon", 30, "correction", corrects="madrid"),
        ]
    )
    assert holding(held, 40) == [1]
    assert holding(held, 95) == [3]


def test_a_correction_may_name_what_was_wrong() -> None:
    held = fold(
        [
            claim(1, "peanuts", 10, several=True),
            claim(2, "eggs", 20, several=True),
            claim(3, "walnuts", 30, "correction", several=True, corrects="peanuts"),
        ]
    )
    assert holding(held, 40) == [2, 3]
    assert held[1].verdict == "retracted"


def test_a_correction_of_a_single_value_need_not_find_its_words() -> None:
    held = fold(
        [claim(1, "20 july", 10), claim(2, "21 july", 20, "correction", corrects="july 20th")]
    )
    assert holding(held, 30) == [2]


def test_a_correction_of_a_set_leaves_what_it_does_not_name() -> None:
    eggs = claim(1, "eggs", 10, several=True)
    held = fold([eggs, claim(2, "nuts", 20, "correction", several=True, corrects="milk")])
    assert holding(held, 30) == [1, 2]


def test_a_retraction_brings_back_what_was_before() -> None:
    held = fold([claim(1, "porto", 10), claim(2, "mars", 20), claim(3, "", 30, "retraction")])
    assert held[2].verdict == "retracted"
    assert holding(held, 40) == [1]


def test_a_negation_ends_its_value_alone() -> None:
    claims = [
        claim(1, "tennis", 10, several=True),
        claim(2, "chess", 11, several=True),
        claim(3, "tennis", 20, "negation", several=True),
    ]
    assert holding(fold(claims), 15) == [1, 2]
    assert holding(fold(claims), 25) == [2]


def test_what_ended_may_begin_again() -> None:
    held = fold(
        [
            claim(1, "porto", 10),
            claim(2, "porto", 20, "negation"),
            claim(3, "porto", 30),
        ]
    )
    assert holding(held, 25) == []
    assert holding(held, 35) == [3]


def test_members_of_a_set_do_not_end_one_another() -> None:
    held = fold([claim(n, value, n, several=True) for n, value in enumerate("abc", 1)])
    assert holding(held, 9) == [1, 2, 3]


def test_strangers_do_not_overrule_the_user() -> None:
    claims = [
        claim(1, "porto", 10),
        claim(2, "berlin", 20, rank=0),
        claim(3, "porto", 30, "negation", rank=0),
        claim(4, "rome", 40, "correction", rank=0),
    ]
    assert holding(fold(claims), 50) == [1]


def test_keys_forget_case_accents_space_and_articles() -> None:
    assert key("  The São  Paulo. ") == key("sao paulo")
    assert slot("Ana", "Home") == slot("ana", "home")
    assert key("C#") != key("C")


def test_a_commute_rests_on_the_home() -> None:
    assert "commute" in dependents("Home")
    assert dependents("favourite colour") == ()


MOODS = st.sampled_from(["assertion", "plan", "correction", "negation", "retraction"])
TIMES = st.integers(0, 40)


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    several = draw(st.booleans())
    found = []
    for record in range(draw(st.integers(0, 8))):
        starts = draw(st.none() | TIMES)
        ends = draw(st.none() | st.integers(1, 40))
        if starts is not None and ends is not None and ends <= starts:
            ends = None
        found.append(
            claim(
                record,
                draw(st.sampled_from("abc")),
                draw(TIMES),
                draw(MOODS),
                several=several,
                rank=draw(st.sampled_from([0, 3])),
                starts=starts,
                ends=ends,
            )
        )
    return found


@settings(deadline=None)
@given(claims(), st.randoms(use_true_random=False))
def test_every_claim_comes_to_one_thing_in_any_order(given: list[Claim], random: object) -> None:
    held = fold(given)
    assert held.keys() == {one.record for one in given}
    shuffled = list(given)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(shuffled) == held


@settings(deadline=None)
@given(claims())
def test_a_single_value_holds_once_at_a_time(given: list[Claim]) -> None:
    held = fold(given)
    if any(one.several for one in given):
        return
    open_ended = {
        one.leader for one in held.values() if one.verdict == "holds" and one.until is None
    }
    assert len(open_ended) <= 1


@settings(deadline=None)
@given(claims())
def test_leaders_lead_themselves_and_stretches_do_not_run_backwards(given: list[Claim]) -> None:
    held = fold(given)
    for one in held.values():
        assert held[one.leader].leader == one.leader
        if one.since is not None and one.until is not None:
            assert one.since <= one.until


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one(count: int) -> None:
    assert len(fold([claim(1, "a", 1)][:count])) == count


def test_an_end_in_fewer_words_ends_the_one_value_like_it() -> None:
    desk = claim(1, "standing desk", 10, several=True)
    boat = claim(2, "boat", 10, several=True)
    sold = claim(3, "desk", 20, "negation", several=True)
    held = fold([desk, boat, sold])
    assert (held[1].until, held[2].until) == (20, None)
    other = claim(4, "writing desk", 10, several=True)
    assert fold([desk, other, sold])[1].until is None


def test_a_retraction_of_what_was_not_said_takes_nothing_back() -> None:
    held = fold([claim(1, "lisbon", 10), claim(2, "porto", 20, "retraction")])
    assert held[1].verdict == "holds"
