"""The synthetic lives: the same for a seed, consistent, and said in many ways."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from random import Random

import pytest

from memkit import MemoryStore
from memkit.errors import InvalidInput
from memkit.evals.synth import folding, matching, patterns, running, said_traps, values, whens
from memkit.evals.synth.asking import questions
from memkit.evals.synth.claims import Item, World
from memkit.evals.synth.world import world

SEEDS = (1, 2, 3, 4, 5, 6)


@lru_cache(maxsize=8)
def made(seed: int) -> World:
    return world(seed)


def said(found: World) -> dict[str, str]:
    return {each["id"]: each["content"] for part in found.sessions for each in part.messages}


def test_a_seed_always_makes_the_same_world() -> None:
    assert world(7) == world(7)
    assert world(7) != world(8)
    assert world(7, years=1) != world(7)
    assert len(world(7, people=2).people) == 2


@pytest.mark.parametrize(("years", "people"), [(0, 5), (2, 0), (2, 100), (99, 1)])
def test_a_world_too_large_or_too_small_is_refused(years: int, people: int) -> None:
    with pytest.raises(InvalidInput, match="1 to"):
        world(1, years=years, people=people)


@pytest.mark.parametrize(("years", "people"), [(1, 1), (1, 8), (4, 3)])
def test_worlds_of_other_sizes_can_be_made(years: int, people: int) -> None:
    found = world(11, years=years, people=people)
    assert questions(found) and found.items


def test_every_group_has_twelve_patterns_and_a_third_is_held_out() -> None:
    for group, found in patterns.groups().items():
        held = sum(pattern.held_out for pattern in found)
        assert len(found) >= 12, group
        assert 3 * held >= len(found), group
        assert held < len(found) / 2, group


def test_no_pattern_stands_twice() -> None:
    texts = Counter(
        (group, matching.folded(pattern.text))
        for group, found in patterns.groups().items()
        for pattern in found
    )
    assert [key for key, count in texts.items() if count > 1] == []


def test_a_trap_has_one_blank() -> None:
    for group in patterns.TRAPS:
        assert all(len(pattern.blanks) == 1 for pattern in patterns.groups()[group])


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_said_holds_the_values_it_claims(seed: int) -> None:
    found = made(seed)
    texts = said(found)
    for item in found.items:
        text = texts[item.message][item.start : item.end]
        assert text == text.strip() and text
        for value in shown(item):
            assert matching.folded(value) in matching.folded(text), (item.pattern, text)


def shown(item: Item) -> list[str]:
    """The words in which each value of an item is said, where there is but one way."""
    claims = [claim for claim in item.claims if claim.value.kind == "text"]
    if item.kind == "echo":
        return []
    return [claim.value.text for claim in claims] + [value.text for value in item.forbidden]


@pytest.mark.parametrize("seed", SEEDS)
def test_dates_numbers_and_amounts_can_be_read_from_the_words(seed: int) -> None:
    found = made(seed)
    texts = said(found)
    for item in found.items:
        for claim in item.claims if item.kind in folding.BELIEVED else ():
            text = texts[item.message][item.start : item.end]
            if claim.value.kind in ("minutes", "amount", "number", "length", "digits", "day"):
                ways = [claim.value.shown[name] for name in claim.value.shown]
                fits = [way for way in ways if matching.folded(way) in matching.folded(text)]
                assert any(matching.same_value(claim.value, way) for way in fits), text


@pytest.mark.parametrize("seed", SEEDS)
def test_the_worlds_truth_follows_from_what_is_said_of_it(seed: int) -> None:
    found = made(seed)
    claims = folding.slots(found)
    checked = 0
    for slot, truths in found.truths.items():
        stretches = folding.fold(claims.get(slot, []))
        for truth in truths:
            until = truth.until or found.end.date()
            middle = truth.since + (until - truth.since) / 2
            told = [claim for claim in claims.get(slot, ()) if claim.value.text == truth.value.text]
            known = any(claim.said.date() <= middle or claim.since for claim in told)
            if until - truth.since < timedelta(80) or not known:
                continue
            held = [value.text for value in folding.held(stretches, middle)]
            checked += 1
            assert truth.value.text in held
            assert len(held) == 1 or any(claim.several for claim in told)
    assert checked > 150


@pytest.mark.parametrize("seed", SEEDS)
def test_what_must_not_be_believed_is_nowhere_true(seed: int) -> None:
    found = made(seed)
    true = {truth.value.text for truths in found.truths.values() for truth in truths}
    for item in found.items:
        if item.kind not in (*folding.BELIEVED, "echo"):
            assert not true & {value.text for value in item.forbidden}
            assert not true & {claim.value.text for claim in item.claims}


def test_every_kind_of_item_and_question_occurs() -> None:
    kinds: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for seed in SEEDS[:3]:
        kinds.update(item.kind for item in made(seed).items)
        asked.update(question.kind for question in questions(made(seed)))
    assert set(kinds) == {*said_traps.SAID, "statement", "taken back", "erased", "echo"}
    assert min(kinds.values()) >= 6
    assert set(asked) == {"current", "list", "as of", "known then", "two hops", "count", "absent",
                          "stale"}  # fmt: skip


def test_nearly_every_pattern_is_said_in_a_few_worlds() -> None:
    used = {item.pattern for seed in range(1, 25) for item in world(seed).items}
    every = {pattern.id for found in patterns.groups().values() for pattern in found}
    assert len(used & every) >= 0.97 * len(every)


def test_worlds_share_few_values() -> None:
    def drawn(seed: int) -> set[str]:
        looked_at = ("home", "job", "employer", "pet", "sister", "brother")
        return {claim.value.text for item in made(seed).items for claim in item.claims
                if claim.attribute in looked_at}  # fmt: skip

    assert len(drawn(1) & drawn(2)) < 0.1 * len(drawn(1))


def test_the_other_life_shares_no_value_with_ours() -> None:
    found = made(1)
    assert found.other is not None
    ours = {claim.value.text for item in found.items for claim in item.claims
            if claim.attribute in ("home", "employer", "pet", "hobby")}  # fmt: skip
    theirs = {claim.value.text for item in found.other.items for claim in item.claims}
    assert not ours & theirs


def test_a_store_takes_the_world_as_it_is_told() -> None:
    small = world(3, years=1, people=2)
    with MemoryStore(":memory:", embedder=None, clock=lambda: small.end) as store:
        calls: list[tuple[int, int]] = []
        scope = running.tell(small, store, lambda done, total: calls.append((done, total)))
        stored = {turn.id: turn.text for turn in scope.turns()}
        assert set(said(small)) == set(stored)
        assert len(store.scopes()) == 2
        assert calls[-1][0] == calls[-1][1]
        echoed = [item for item in small.items if item.pattern == "echo#block"]
        assert all("<memories>" in stored[item.message] for item in echoed)


def test_the_marks_of_a_store_without_extractors_are_all_of_nothing() -> None:
    found = running.run(world(3, years=1, people=1), embedder=None, extractors=())
    assert not any(mark.ok for mark in found if mark.measure == "recall")
    assert all(mark.ok for mark in found if mark.measure in ("resistance", "absent"))


@pytest.mark.parametrize(
    ("event", "now", "words"),
    [
        ("2023-06-13", "2023-06-14", {"yesterday"}),
        ("2023-06-11", "2023-06-14", {"three days ago", "on Sunday", "last Sunday", "last week"}),
        ("2023-05-20", "2023-06-14", {"four weeks ago", "last month", "in May", "back in May"}),
        ("2022-09-03", "2023-06-14", {"last September", "nine months ago"}),
        ("2019-03-03", "2023-06-14", {"in 2019", "back in 2019", "in March 2019"}),
    ],
)
def test_a_day_that_is_over_is_called_by_its_distance(
    event: str, now: str, words: set[str]
) -> None:
    day, seen = date.fromisoformat(event), date.fromisoformat(now)
    draw = Random(1)
    found = [whens.past(day, seen, draw) for _ in range(300)]
    assert {each.text for each in found} >= words
    assert all(each.span[0] <= day <= each.span[1] for each in found)


@pytest.mark.parametrize("gap", [1, 2, 5, 9, 15, 30, 60, 150, 250])
def test_a_day_to_come_lies_within_its_words(gap: int) -> None:
    seen = date(2023, 4, 11)
    day, draw = seen + timedelta(gap), Random(gap)
    for _ in range(100):
        for found in (whens.future(day, seen, draw), whens.future_bare(day, seen, draw)):
            assert found.span[0] <= day <= found.span[1]
        said_on, alone = whens.appointed(day, seen, draw)
        assert alone in said_on


def test_words_for_the_wrong_side_of_today_are_refused() -> None:
    today, draw = date(2023, 4, 11), Random(1)
    with pytest.raises(ValueError, match="is not over"):
        whens.past(today + timedelta(1), today, draw)
    with pytest.raises(ValueError, match="is not to come"):
        whens.future(today, today, draw)


@pytest.mark.parametrize(
    ("kind", "text", "given", "unit", "same"),
    [
        ("minutes", "45", "45", "minutes", True), ("minutes", "45", "45 min", None, True),
        ("minutes", "30", "half an hour", None, True), ("minutes", "60", "1", "hour", True),
        ("minutes", "60", "an hour", None, True), ("minutes", "90", "1.5", "hours", True),
        ("minutes", "90", "an hour and a half", None, True),
        ("minutes", "12", "twelve", "min", True),
        ("minutes", "45", "40", "minutes", False), ("minutes", "45", "soon", None, False),
        ("amount", "52000", "€52k", None, True), ("amount", "52000", "52,000", "EUR", True),
        ("amount", "300", "300.00", None, True), ("amount", "300", "3000", None, False),
        ("digits", "2015550134", "+1 201 555 0134", None, True),
        ("day", "1989-03-03", "the 3rd of March", None, True),
        ("day", "1989-03-03", "March 3rd", None, True), ("day", "1989-03-03", "03-03", None, True),
        ("day", "1989-03-03", "1989-03-03", None, True),
        ("day", "1989-03-03", "May 3", None, False),
        ("day", "1989-03-03", "March", None, False),
        ("date", "2023-05-04", "2023-05-04T10:00", None, True),
        ("date", "2023-05-04", "2023-05-05", None, False),
        ("length", "172 cm", "172", "cm", True), ("length", "1.72 m", "1.72", "m", True),
        ("length", "5'8\"", "5'8\"", None, True), ("length", "5'8\"", "172 cm", None, False),
        ("length", "172 cm", "tall", None, False),
        ("number", "34", "thirty-four", None, True), ("number", "72", "72 kg", None, True),
        ("number", "34", "young", None, False),
        ("text", "peanuts", "peanut", None, True), ("text", "nurse", "a nurse", None, True),
        ("text", "nurse", "nurse at a clinic", None, False),
        ("text", "goat's milk", "goat’s milk", None, True),
        ("text", "Málaga", "Malaga", None, True),
    ],
)  # fmt: skip
def test_values_are_compared_in_the_terms_of_their_kind(
    kind: str, text: str, given: str, unit: str | None, same: bool
) -> None:
    value = values.plain(text)
    value = type(value)(text, value.shown, kind)  # type: ignore[arg-type]
    assert matching.same_value(value, given, unit) is same


@pytest.mark.parametrize(
    ("wanted", "given", "same"),
    [
        ("sister", "sister", True), ("sister", "sibling", True), ("sister", "brother", False),
        ("favourite colour", "favorite color", True), ("favourite film", "favourite movie", True),
        ("dentist appointment", "dentist", True), ("eye exam", "eye exam date", True),
        ("price of the lamp", "lamp price", True), ("price of the lamp", "price of the rug", False),
        ("home", "hometown", False), ("like", "dislike", False), ("partner", "wife", True),
    ],
)  # fmt: skip
def test_attributes_may_go_by_other_names(wanted: str, given: str, same: bool) -> None:
    assert matching.same_attribute(wanted, given) is same
