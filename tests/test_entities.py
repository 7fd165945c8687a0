"""Who and what is spoken of by name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chats import BOAT, BREAD, chats, quotes, talk
from hypothesis import given, settings

from memkit.extract.entities import EntityExtractor
from memkit.models import Memory, Turn
from memkit.names import name_key
from memkit.testing import check_extractor


def found(*lines: str, speaker: str | None = "Ana", role: str | None = None) -> dict[str, Memory]:
    turns = talk([(speaker, line) for line in lines], role=role)
    return {memory.text: memory for memory in EntityExtractor().extract(turns)}


def types(*lines: str) -> dict[str, str]:
    return {name: memory.metadata["type"] for name, memory in found(*lines).items()}


@pytest.mark.parametrize(
    ("line", "name", "kind"),
    [
        ("Yesterday I met Dr. Silva again.", "Dr. Silva", "person"),
        ("My sister Noor paints boats.", "Noor", "person"),
        ("We talked to Melanie about it.", "Melanie", "person"),
        ("It was by J. R. R. Tolkien.", "J. R. R. Tolkien", "person"),
        ("Last year we moved to Braga.", "Braga", "place"),
        ("We were on the Cliffs of Moher.", "Cliffs of Moher", "place"),
        ("He lives in Rua Street now, near Lake Como.", "Lake Como", "place"),
        ("I work at Hartwell now.", "Hartwell", "organisation"),
        ("The bill is from Nordic Sails Ltd again.", "Nordic Sails Ltd", "organisation"),
        ("We loved the University of Porto.", "University of Porto", "organisation"),
        ("I am reading “The Left Hand of Darkness” now.", "The Left Hand of Darkness", "title"),
        ('They sang the song "Brave" again.', "Brave", "title"),
        ("I am reading the novel Dune again.", "Dune", "title"),
        ("Today I bought an iPhone 15 for her.", "iPhone 15", "product"),
        ("He sold his old PS5 to us.", "PS5", "product"),
        ("We went to the Douro Film Festival.", "Douro Film Festival", "event"),
        ("昨天我读了《三体》。", "三体", "title"),
        ("昨日、田中さんに会った。", "田中", "person"),
    ],
)
def test_names_are_found_with_their_type(line: str, name: str, kind: str) -> None:
    assert types(line).get(name) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Thanks! Great idea. Sounds good.",
        "Yesterday was fun. Sailing is my hobby.",
        "On Monday, 3 May, I start; in June I stop.",
        "I LOVE THIS SO MUCH!",
        "OMG, LOL, my TV and PC are OK.",
        "My Mom speaks German and Dad is Irish.",
        "Chapter 7 and Step 2 are hard.",
        "# Key Benefits Of Regular Exercise",
        'He said "I am so happy for you" to me.',
        "`MyClass` and https://example.org/Some/Path",
        "[photo: a photo of the Eiffel Tower]",
        "<memories>Rui lives in Braga.</memories>",
        "Gestern habe ich mit dem Hund im Garten ein Buch und eine Zeitung gelesen.",
        "a word in small letters",
    ],
)
def test_capitals_that_name_nobody_are_left_alone(line: str) -> None:
    assert found(line) == {}


def test_a_word_that_begins_a_sentence_is_a_name_if_it_is_one_elsewhere() -> None:
    assert "Bica" not in found("Bica is hungry.")
    assert len(found("Bica is hungry.", "I fed Bica today.")["Bica"].sources) == 2
    assert "Sails" not in found("Sails are new.", "The sails are here, old sails too.")


def test_one_record_for_each_entity_with_all_its_mentions() -> None:
    turns = talk([("Rui", "I saw Clara in Lisbon."), ("Ana", "Clara's boat is in Lisbon, too?")])
    clara, lisbon = EntityExtractor().extract(turns)
    assert quotes(clara, turns) == ["Clara", "Clara"]
    assert quotes(lisbon, turns) == ["Lisbon", "Lisbon"]
    assert lisbon.when == turns[1].when


def test_short_names_are_their_persons() -> None:
    turns = talk([("Melanie", "Hi Bob!"), ("Robert", "Hey Mel, how are you?"),
                  ("Melanie", "Fine, Robert. I met Emma Watson. I talked with Emma!")])  # fmt: skip
    records = {memory.text: memory for memory in EntityExtractor().extract(turns)}
    assert records["Melanie"].metadata["aliases"] == ["Mel"]
    assert records["Robert"].metadata["aliases"] == ["Bob"]
    assert records["Emma Watson"].metadata["aliases"] == ["Emma"]
    assert {memory.metadata["type"] for memory in records.values()} == {"person"}


def test_a_short_name_that_fits_two_people_is_neither() -> None:
    turns = talk([("Christina", "Is Chris here?"), ("Christopher", "No, I did not see Chris.")])
    assert [memory.text for memory in EntityExtractor().extract(turns)] == ["Chris"]


def test_initials_stand_for_what_is_spelled_out() -> None:
    records = found("I work for the National Health Service now.", "The NHS pays well.")
    assert list(records) == ["National Health Service"]
    assert records["National Health Service"].metadata["aliases"] == ["NHS"]


def test_what_an_assistant_sets_in_bold_is_no_name() -> None:
    list_ = "Ideas:\n1. **Regular Exercise**: walk.\n2. **Healthy Greek Salads**: eat.\n"
    assert found(list_ + "Ask Dr. Silva in Braga.", speaker=None, role="assistant").keys() == {
        "Dr. Silva", "Braga"
    }  # fmt: skip


def test_the_names_of_a_person_and_a_place_are_two_entities() -> None:
    kinds = types("I met Jordan Miller, my friend.", "We flew to Jordan together.")
    assert kinds["Jordan Miller"] == "person"
    assert kinds["Jordan"] == "place"


@settings(max_examples=150, deadline=None)
@given(chats())
def test_every_source_is_a_name_of_the_entity(turns: list[Turn]) -> None:
    speakers = {turn.speaker for turn in turns}
    for memory in EntityExtractor().extract(turns):
        names = {memory.text, *memory.metadata["aliases"]}
        assert set(quotes(memory, turns)) <= names
        assert memory.text in speakers or memory.text in quotes(memory, turns)
        assert len({name_key(name) for name in names}) >= 1


def test_the_contract_is_kept() -> None:
    check_extractor(EntityExtractor)
    check_extractor(EntityExtractor, [replace(turn, role="user") for turn in talk([*BOAT, *BREAD])])
