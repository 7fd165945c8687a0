"""Answers without a model: what is asked for decides what is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from memkit import MemoryStore, Scope
from memkit.errors import InvalidInput
from memkit.models import Reading
from memkit.read import ABSTENTION, ExtractiveReader

NOW = datetime(2024, 6, 20, 12, tzinfo=UTC)
SAID = [
    ("Iris", "2024-03-04", "Hi Tom! I adopted a kitten called Pepper last Friday."),
    ("Tom", "2024-03-04", "Lovely! I have been learning the cello for three years now."),
    ("Iris", "2024-04-10", "We drove to Bergen last month and stayed in a lighthouse."),
    ("Tom", "2024-04-10", "I broke my wrist because I slipped on the wet stairs."),
    ("Iris", "2024-05-02", "My sister Nadia opened a bakery in Ghent last week."),
    ("Tom", "2024-05-02", "I baked rye bread and a plum cake for the street party."),
    ("Iris", "2024-06-01", "I have four bicycles in the shed, all of them red."),
    ("Tom", "2024-06-01", "I never eat mushrooms, they make me ill."),
    ("Iris", "2024-06-03", "On Sunday I went kayaking with my neighbours."),
    ("Iris", "2024-06-10", "Yesterday I tried pottery at the town hall."),
]  # fmt: skip


@pytest.fixture
def chat() -> Scope:
    scope = MemoryStore(":memory:", clock=lambda: NOW).scope(app="chat")
    scope.add(
        [{"content": text, "name": who, "timestamp": day} for who, day, text in SAID], now=NOW
    )
    return scope


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When did Iris adopt a kitten?", "the Friday before 4 March 2024"),
        ("When did Iris drive to Bergen?", "March 2024"),
        ("When did Nadia open her bakery?", "the week before 2 May 2024"),
        ("When did Iris try pottery?", "9 June 2024"),
        ("When did Tom break his wrist?", "10 April 2024"),
        ("What year did Iris drive to Bergen?", "2024"),
        ("What month did Iris drive to Bergen?", "March 2024"),
    ],
)
def test_times_are_told_for_any_other_day(chat: Scope, question: str, answer: str) -> None:
    found = chat.answer(question)
    assert (found.answer, found.kind) == (answer, "time")


def test_lengths_and_numbers_are_given_as_they_were_said(chat: Scope) -> None:
    length = chat.answer("How long has Tom been learning the cello?")
    assert (length.kind, "three years" in length.answer) == ("duration", True)
    assert chat.answer("How many bicycles does Iris have?").answer == "four"


def test_yes_and_no(chat: Scope) -> None:
    assert chat.answer("Does Iris have bicycles in the shed?").answer == "Yes"
    assert chat.answer("Does Tom eat mushrooms?").answer == "No"


def test_names_and_places_and_things_are_the_words_that_were_said(chat: Scope) -> None:
    assert "Pepper" in chat.answer("What is the name of Iris's kitten?").answer
    assert "Ghent" in chat.answer("Where did Nadia open a bakery?").answer
    assert "slipped" in chat.answer("Why did Tom break his wrist?").answer
    for question in ("What is the name of Iris's kitten?", "Where did Nadia open a bakery?"):
        found = chat.answer(question)
        assert len(found.answer.split()) <= 8
        assert all(found.answer in turn.text for turn in chat.turns() if turn.id in found.sources)


def test_a_list_has_items_of_several_turns(chat: Scope) -> None:
    found = chat.answer("What activities has Iris done?")
    assert found.kind == "list"
    assert len(found.sources) > 1
    assert found.answer.count(",") >= len(found.sources) - 1


@pytest.mark.parametrize(
    "question",
    [
        "When did Tom adopt a kitten?",
        "How many bicycles does Tom have?",
        "Why did Iris break her wrist?",
        "Which opera singer did Iris interview in Vienna?",
    ],
)
def test_the_right_event_with_the_wrong_person_is_not_in_memory(chat: Scope, question: str) -> None:
    found = chat.answer(question)
    assert found == Reading(ABSTENTION, found.score, True, (), "none")
    assert found.score < 0.5


def test_an_empty_memory_knows_nothing() -> None:
    found = MemoryStore(":memory:").scope(app="none").answer("When did Iris leave?")
    assert found == Reading(ABSTENTION, 0.0, True, (), "none")
    assert str(found) == "No information available"


def test_the_owner_of_a_scope_says_what_no_one_else_does() -> None:
    ana = MemoryStore(":memory:").scope(user="ana")
    ana.add([{"role": "user", "content": "My parrot is called Kiwi."},
             {"role": "assistant", "content": "What a nice name!"}], now="2024-03-02")  # fmt: skip
    for question in ("What is Ana's parrot called?", "What is my parrot called?"):
        assert "Kiwi" in ana.answer(question).answer


def test_the_threshold_decides_what_is_answered(chat: Scope) -> None:
    hits = chat.search("When did Tom adopt a kitten?")
    bold = ExtractiveReader(threshold=0).read("When did Tom adopt a kitten?", hits, now=NOW)
    timid = ExtractiveReader(threshold=1).read("When did Iris adopt a kitten?", hits, now=NOW)
    assert not bold.abstained
    assert timid.abstained
    with pytest.raises(InvalidInput, match="threshold"):
        ExtractiveReader(threshold=2)


def test_the_same_hits_give_the_same_answer(chat: Scope) -> None:
    hits = chat.search("What did Tom bake?")
    answers = {ExtractiveReader().read("What did Tom bake?", hits, now=NOW) for _ in range(3)}
    assert len(answers) == 1


@pytest.mark.parametrize(
    "question", ["?", "Who", "When?", "is or", "How many", "…", "what what what", "何ですか?"]
)
def test_questions_that_are_none_get_some_answer(chat: Scope, question: str) -> None:
    assert isinstance(chat.answer(question), Reading)


async def _asked(scope: Scope) -> Reading:
    found: Reading = await scope.aio.answer("When did Iris try pottery?")
    return found


def test_async_code_gets_the_same(chat: Scope) -> None:
    import asyncio

    assert asyncio.run(_asked(chat)) == chat.answer("When did Iris try pottery?")
