"""Facts: sentences that say who and when by name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memkit import MemoryStore
from memkit.extract.facts import FactExtractor
from memkit.models import Memory, Turn
from memkit.testing import check_extractor

NOW = datetime(2023, 5, 8, 10, tzinfo=UTC)


def told(*said: tuple[str, str], which: str = "dated", role: str | None = None) -> list[Memory]:
    turns = [Turn(f"t{n}", text, name, role, "s", NOW) for n, (name, text) in enumerate(said)]
    extractor = FactExtractor(which=which, least_words=2)  # type: ignore[arg-type]
    return list(extractor.extract(turns))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I went camping yesterday.", "Ana went camping yesterday (2023-05-07)."),
        ("I really love it today.", "Ana really loves it today (2023-05-08)."),
        ("I'm going to Paris next month.", "Ana is going to Paris next month (2023-06)."),
        ("I've sold my car today.", "Ana has sold Ana's car today (2023-05-08)."),
        ("Yesterday I told you a story.", "Yesterday (2023-05-07) Ana told Bob a story."),
        ("Your party last year was great.", "Bob's party last year (2022) was great."),
        ("I start my job on 5 June 2023.", "Ana starts Ana's job on 5 June 2023."),
        ("I don't work today.", "Ana doesn't work today (2023-05-08)."),
        ("It was made for me in May 2021.", "It was made for Ana in May 2021."),
    ],
)  # fmt: skip
def test_a_sentence_says_who_and_when_by_name(text: str, expected: str) -> None:
    found = told(("Ana", text), ("Bob", "Ah."))
    assert [fact.text for fact in found] == [expected]
    assert found[0].kind == "fact"


def test_the_days_are_in_the_metadata_and_the_source_is_the_sentence() -> None:
    text = "Nice to see you! I went camping yesterday. It was fun."
    (fact,) = told(("Ana", text))
    assert fact.metadata == {
        "mood": "assertion", "since": "2023-05-07", "until": "2023-05-08", "phrase": "yesterday",
    }  # fmt: skip
    (source,) = fact.sources
    assert text[source.start : source.end] == "I went camping yesterday."


@pytest.mark.parametrize(
    "text",
    [
        "Did you go there yesterday?",
        "If I went next year I would take the train.",
        "I was born yesterday, just kidding!",
        "It was fun, really.",
        "Hello there!",
    ],
)
def test_what_is_not_stated_or_not_dated_is_no_fact(text: str) -> None:
    assert told(("Ana", text)) == []


def test_every_statement_can_be_asked_for() -> None:
    found = told(("Ana", "I love tea. Do you? It is warm here."), which="all")
    assert [fact.text for fact in found] == ["Ana loves tea.", "It is warm here."]


def test_an_assistant_states_nothing_about_anyone() -> None:
    assert told(("Bot", "You moved to Lisbon yesterday."), role="assistant") == []


def test_facts_keep_the_contract() -> None:
    turns = [
        Turn(f"t{n}", text, "Ana", None, "s", NOW)
        for n, text in enumerate(["I went to Porto yesterday.", "Ah.", "I leave next week."])
    ]
    check_extractor(FactExtractor, turns)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_and_every_span_is_inside(text: str) -> None:
    for fact in told(("Ana", text), which="all"):
        (source,) = fact.sources
        assert 0 <= source.start < source.end <= len(text)
        assert fact.text.strip()


def test_a_dated_fact_leads_to_its_turn() -> None:
    with MemoryStore(":memory:", extractors=[FactExtractor(which="dated")]) as store:
        ana = store.scope(user="ana")
        ana.add(
            [
                {"content": "I went camping yesterday.", "name": "Ana", "timestamp": NOW},
                {"content": "I like camping.", "name": "Ana", "timestamp": NOW},
            ]
        )
        store.maintain()
        hits = ana.search("camping on 2023-05-07", k=1)
        assert hits[0].text == "I went camping yesterday."
        (fact,) = ana.search("camping", filter={"kind": "fact"})
        assert fact.sources == (hits[0].id,)
        assert store.check().problems == ()


def test_two_spaces_inside_a_post_stop_nothing() -> None:
    """An empty word between them was asked for its first letter, which stopped `maintain`."""
    with MemoryStore(":memory:") as store:
        ana = store.scope(user="ana")
        ana.add({"content": "My job is Senior  Fooing.", "role": "user"})
        store.maintain()
        assert len(list(ana.turns())) == 1
        assert not store.check().problems
