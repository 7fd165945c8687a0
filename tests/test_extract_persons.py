"""Statements that stand alone: persons by name, verbs that agree, times with their days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from memkit.errors import InvalidInput
from memkit.extract.facts import FactExtractor
from memkit.extract.persons import days_of
from memkit.models import Memory, Turn

_WHEN = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)


def _told(text: str, *, speaker: str = "Ana", which: str = "all", **more: object) -> list[Memory]:
    """What Ana says to Rui."""
    turns = [
        Turn("t1", text, speaker, None, "s", _WHEN),
        Turn("t2", "Ah.", "Rui", None, "s", _WHEN),
    ]
    found = FactExtractor(which=which, least_words=2, **more).extract(turns)  # type: ignore[arg-type]
    return list(found)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("I am tired.", "Ana is tired."),
        ("I'm a nurse.", "Ana is a nurse."),
        ("I've been to Rome.", "Ana has been to Rome."),
        ("I have two cats.", "Ana has two cats."),
        ("I live in Porto and work at Bosch.", "Ana lives in Porto and works at Bosch."),
        ("I really love tea.", "Ana really loves tea."),
        ("I don't like olives.", "Ana doesn't like olives."),
        ("I do not eat meat.", "Ana does not eat meat."),
        ("I went home and my dog slept.", "Ana went home and Ana's dog slept."),
        ("I'll sell my car.", "Ana will sell Ana's car."),
        ("I'd been there before.", "Ana had been there before."),
        ("I teach and I paint.", "Ana teaches and Ana paints."),
        ("I was ill.", "Ana was ill."),
        ("He gave me a book of mine.", "He gave Ana a book of Ana's."),
        ("You are kind.", "Rui is kind."),
        ("You're a nurse and you work a lot.", "Rui is a nurse and Rui works a lot."),
        ("I met your sister.", "Ana met Rui's sister."),
        ("I saw you there.", "Ana saw Rui there."),
        ("It is good, you know.", "It is good, you know."),
        ("My sister and I went home. We slept.", "Ana's sister and Ana went home."),
        ("We slept well.", "We slept well."),
        ("My brother Tom moved. He works here.", "Ana's brother Tom moved."),
    ],
)
def test_persons_are_named_and_verbs_agree(said: str, expected: str) -> None:
    assert _told(said)[0].text == expected


def test_we_and_he_are_named_where_the_turn_says_who() -> None:
    assert _told("My sister and I went out. We slept late.")[1].text == (
        "Ana and Ana's sister slept late."
    )
    assert _told("My brother Tom moved away. He works here.")[1].text == "Tom works here."
    assert _told("Tom and Leo moved away. He works here.")[1].text == "He works here."


@pytest.mark.parametrize(
    ("said", "text", "since", "until"),
    [
        ("I went there yesterday.", "Ana went there yesterday (2024-05-31).",
         "2024-05-31", "2024-06-01"),
        ("I am leaving next month.", "Ana is leaving next month (2024-07).",
         "2024-07-01", "2024-08-01"),
        ("I moved in 2019.", "Ana moved in 2019.", "2019-01-01", "2020-01-01"),
        ("I have lived here since last March.",
         "Ana has lived here since last March (since 2024-03-01).", "2024-03-01", None),
    ],
)  # fmt: skip
def test_times_have_their_days_behind_them(
    said: str, text: str, since: str, until: str | None
) -> None:
    (fact,) = _told(said)
    assert fact.text == text
    assert (fact.metadata.get("since"), fact.metadata.get("until")) == (since, until)


def test_only_what_tells_something_is_kept_by_default() -> None:
    text = "That sounds great! I moved to Porto last week. It was fun. I have a dog named Rex."
    assert [fact.text for fact in _told(text, which="telling")] == [
        "Ana moved to Porto last week (2024-05-20 to 2024-05-26).", "Ana has a dog named Rex.",
    ]  # fmt: skip
    assert len(_told(text, which="dated")) == 1
    assert len(_told(text, which="all")) == 4


def test_moods_are_kept_apart() -> None:
    text = "I live in Porto. If I were rich I would move. Do you know it?"
    assert [fact.metadata["mood"] for fact in _told(text)] == ["assertion"]
    others = _told(text, moods=("hypothetical", "question"))
    assert [fact.metadata["mood"] for fact in others] == ["hypothetical", "question"]


def test_the_source_is_the_sentence_to_the_character() -> None:
    text = "Hi Rui! I moved to Porto last week.  Ok?"
    (fact,) = _told(text, which="dated")
    (source,) = fact.sources
    assert text[source.start : source.end] == "I moved to Porto last week."


def test_wrong_options_are_refused() -> None:
    with pytest.raises(InvalidInput, match="which"):
        FactExtractor(which="some")  # type: ignore[arg-type]
    with pytest.raises(InvalidInput, match="moods"):
        FactExtractor(moods=("sad",))


def test_days_in_short() -> None:
    @dataclass
    class Case:
        since: date | None
        until: date | None
        short: str
        approximate: bool = False

    for case in (
        Case(date(2024, 5, 7), date(2024, 5, 8), "2024-05-07"),
        Case(date(2024, 5, 1), date(2024, 6, 1), "2024-05"),
        Case(date(2024, 1, 1), date(2025, 1, 1), "2024"),
        Case(date(2024, 5, 6), date(2024, 5, 13), "2024-05-06 to 2024-05-12"),
        Case(date(2024, 5, 6), None, "since 2024-05-06"),
        Case(None, date(2024, 5, 6), "until 2024-05-05"),
        Case(date(2024, 5, 1), date(2024, 5, 4), "about 2024-05-02", approximate=True),
        Case(None, None, ""),
    ):
        assert days_of(case.since, case.until, approximate=case.approximate) == case.short
