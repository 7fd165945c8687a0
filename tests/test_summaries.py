"""Summaries that quote, of segments, sessions and months."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from chats import BOAT, BREAD, LATER, START, chats, quotes, talk
from hypothesis import given, settings
from hypothesis import strategies as st

from memkit import MemoryStore
from memkit.consolidate.rollups import MonthlyConsolidator
from memkit.extract.summaries import SummaryExtractor
from memkit.models import Memory, Turn
from memkit.testing import check_consolidator, check_extractor


def summarised(turns: list[Turn], budget: int = 400) -> list[Memory]:
    return list(SummaryExtractor(embedder=None, budget=budget).extract(turns))


def of_session(turns: list[Turn], budget: int = 400) -> Memory:
    return next(
        memory for memory in summarised(turns, budget) if memory.metadata["level"] == "session"
    )


def test_a_session_and_its_segments_are_summarised() -> None:
    levels = [memory.metadata["level"] for memory in summarised(talk([*BOAT, *BREAD]))]
    assert levels == ["session", "segment", "segment"]
    assert [memory.metadata["level"] for memory in summarised(talk(BOAT))] == ["session"]


def test_each_sentence_is_quoted_and_led_by_who_said_it() -> None:
    turns = talk([*BOAT, *BREAD])
    summary = of_session(turns)
    said = summary.metadata["said"]
    assert [summary.text[place:].startswith(quote) for (_, place), quote in
            zip(said, quotes(summary, turns), strict=True)] == [True] * len(said)  # fmt: skip
    speakers = {turn.id: turn.speaker for turn in turns}
    assert [speaker for speaker, _ in said] == [speakers[one.turn] for one in summary.sources]
    assert summary.text.startswith("Ana: I bought an old wooden sailing boat in Setúbal last week.")
    assert summary.when == turns[-1].when


def test_what_tells_is_quoted_and_what_is_only_polite_is_not() -> None:
    summary = of_session(
        talk([("Ana", "Hey Rui! How are you? So good to see you."),
              ("Rui", "Hi Ana! I'm great, thanks for asking! What's new?"),
              ("Ana", "Well, I signed the contract for a flat in Braga on 3 May. I'm so happy!"),
              ("Rui", "Wow, that's amazing! Congrats!"),
              ("Ana", "Thanks! The rent is 740 euros a month."),
              ("Rui", "Sounds good. See you soon!")])
    )  # fmt: skip
    assert summary.text == (
        "Ana: Well, I signed the contract for a flat in Braga on 3 May. "
        "The rent is 740 euros a month."
    )


def test_a_person_is_quoted_rather_than_an_assistant() -> None:
    user = talk([("Ana", "The hull of my boat leaks near the rudder.")], role="user")
    answer = talk(
        [(None, "The hull of your boat leaks near the rudder.")], role="assistant", first=2
    )
    summary = of_session([*user, *answer], budget=60)
    assert [source.turn for source in summary.sources] == ["t1"]


def test_no_sentence_says_again_what_another_said() -> None:
    summary = of_session(talk([("Ana", "The boat leaks near the rudder."),
                               ("Rui", "So the boat leaks near the rudder!"),
                               ("Ana", "Clara baked rye bread.")]))  # fmt: skip
    assert "Clara" in summary.text
    assert summary.text.count("rudder") == 1


@pytest.mark.parametrize("budget", [40, 80, 200])
def test_the_budget_holds(budget: int) -> None:
    turns = talk([*BOAT, *BREAD])
    assert 0 < sum(map(len, quotes(of_session(turns, budget), turns))) <= budget


def test_levels_can_be_left_out() -> None:
    extractor = SummaryExtractor(embedder=None, segment_budget=0)
    assert len(list(extractor.extract(talk([*BOAT, *BREAD])))) == 1


def test_sentences_without_end_are_quoted_in_pieces() -> None:
    endless = "I sanded the hull, then the mast, then the rudder, " * 20
    turns = talk([("Ana", endless)])
    summary = of_session(turns)
    assert all(quote in endless and quote.endswith(",") for quote in quotes(summary, turns))
    chinese = talk([("Ana", "我昨天在里斯本买了一条船" * 40)])
    assert all(len(quote) <= 240 for quote in quotes(of_session(chinese), chinese))


def test_code_tables_captions_and_what_came_from_memory_are_not_quoted() -> None:
    assert not summarised(
        talk([("Ana", "```python\nboat = Boat('Setúbal', hull=7.5)\n```"),
              ("Ana", "| boat | hull |\n|---|---|\n| Bica | 7.5 |"),
              ("Ana", "[photo: a wooden boat in the harbour]"),
              ("Ana", "<memories>Ana bought a boat in Setúbal.</memories>"),
              ("Ana", "ok thanks, bye")])
    )  # fmt: skip


def test_an_assistants_list_is_not_quoted() -> None:
    list_ = "Some ideas for the boat:\n* Varnish for the mast\n* **A rudder**\n"
    turns = talk([(None, list_ + "The hull should be sealed before spring.")], role="assistant")
    assert of_session(turns).text == "assistant: The hull should be sealed before spring."


@settings(max_examples=100, deadline=None)
@given(chats(), st.integers(20, 500))
def test_summaries_are_made_of_nothing_but_their_sources(turns: list[Turn], budget: int) -> None:
    for memory in SummaryExtractor(embedder=None, budget=budget).extract(turns):
        quoted = quotes(memory, turns)
        places = [place for _, place in memory.metadata["said"]]
        rest = memory.text
        for place, quote in reversed([*zip(places, quoted, strict=True)]):
            assert memory.text[place : place + len(quote)] == quote
            rest = rest[:place] + rest[place + len(quote) :]
        labels = {f"{turn.speaker or turn.role}:" for turn in turns}
        assert set(rest.split()) <= labels
        numbers = re.findall(r"\d+(?:[.,:]\d+)*", memory.text)
        assert all(any(number in quote for quote in quoted) for number in numbers)


def test_the_contract_of_extractors_is_kept() -> None:
    check_extractor(lambda: SummaryExtractor(embedder=None))
    check_extractor(lambda: SummaryExtractor(embedder=None), talk([*BOAT, *BREAD]))


def months(*whens: tuple[int, int]) -> list[Memory]:
    """Summaries of sessions at those months and days, with ids."""
    found = []
    for place, (month, day) in enumerate(whens):
        lines = (BOAT, BREAD)[place % 2]
        turns = talk(
            lines, f"s{place}", start=START.replace(month=month, day=day), first=10 * place
        )
        found += [replace(memory, id=f"m{place}.{n}") for n, memory in enumerate(summarised(turns))]
    return found


def test_there_is_one_summary_for_each_month() -> None:
    given = months((3, 4), (3, 20), (4, 1))
    march, april = MonthlyConsolidator().propose(given, LATER)
    (summary,) = march.memories
    assert summary.metadata["level"] == "month"
    assert summary.metadata["month"] == "2024-03"
    assert {source.turn for source in summary.sources} <= {f"t{n}" for n in range(20)}
    assert "rye bread" in summary.text
    assert "boat" in summary.text
    assert april.memories[0].metadata["month"] == "2024-04"


def test_a_months_summary_gives_way_when_more_sessions_came() -> None:
    with MemoryStore(":memory:", embedder=None, extractors=[SummaryExtractor(embedder=None)],
                     consolidators=[MonthlyConsolidator()]) as store:  # fmt: skip
        ana = store.scope(user="ana")

        def monthly() -> list[Memory]:
            return [m for m in ana.memories() if m.metadata.get("level") == "month"]

        ana.add(talk(BOAT))
        store.maintain(now=START + timedelta(days=1))
        (first,) = monthly()
        assert not store.maintain(now=START + timedelta(days=1)).consolidated.get("monthly")
        ana.add(talk(BREAD, "s2", start=START + timedelta(days=2), first=7))
        store.maintain(now=START + timedelta(days=3))
        (second,) = monthly()
        assert second.id != first.id
        assert {source.turn for source in second.sources} & {f"t{n}" for n in range(7, 13)}
        texts = {turn.id: turn.text for turn in ana.turns()}
        assert all(texts[s.turn][s.start : s.end] in second.text for s in second.sources)
        assert not store.maintain(now=START + timedelta(days=4)).consolidated.get("monthly")
        ana.erase([f"t{n}" for n in range(1, 7)])
        store.maintain(now=START + timedelta(days=5))
        (third,) = monthly()
        assert "boat" not in third.text
        assert store.check().ok


def test_a_month_whose_sessions_are_gone_has_no_summary() -> None:
    given = months((3, 4))
    (proposal,) = MonthlyConsolidator().propose(given, LATER)
    alone = replace(proposal.memories[0], id="m99")
    (again,) = MonthlyConsolidator().propose([alone], LATER)
    assert again.supersedes == ("m99",)
    assert not again.memories


def test_summaries_that_do_not_quote_are_left_alone() -> None:
    given = [replace(memory, metadata={"level": "session"}) for memory in months((3, 4))]
    assert not list(MonthlyConsolidator().propose(given, LATER))


def test_the_contract_of_consolidators_is_kept() -> None:
    check_consolidator(MonthlyConsolidator)
    check_consolidator(MonthlyConsolidator, months((3, 4), (3, 20), (4, 1)))
