"""Facts of the world: sentences that are a subject, words that relate, and a value."""

from __future__ import annotations

import pytest

from memkit.extract.frames import frame
from memkit.extract.triples import TripleExtractor
from memkit.models import Turn


def read(text: str) -> tuple[str, str, str] | None:
    found = frame(text, (0, len(text)))
    if found is None:
        return None
    return text[slice(*found.subject)], found.attribute, text[slice(*found.value)]


READ = """\
The capital of Verdania is Port Ellery. | Verdania | capital | Port Ellery
Port Ellery is the capital of Verdania. | Verdania | capital | Port Ellery
The Prime Minister of Verdania is Odo Brandt. | Verdania | prime minister | Odo Brandt
The name of the current head of the Tarn government is Odo. | Tarn | head of government | Odo
The school where Odo Brandt was educated is Ellery. | Odo Brandt | school where educated | Ellery
The company that produced the Kestrel 500 is Ard. | Kestrel 500 | company that produced | Ard
The type of music that Mira Sol plays is folk jazz. | Mira Sol | type of music | folk jazz
The headquarters of Ard is located in the city of Lund, Tarn. | Ard | headquarters | Lund, Tarn
The Salt Road was written in the language of Tarn. | The Salt Road | written in language | Tarn
I Walk the Salt Road was performed by Mira Sol. | I Walk the Salt Road | performed by | Mira Sol
"The Salt Road" was written by Mira Sol. | The Salt Road | written by | Mira Sol
Odo Brandt was born in the city of Lund. | Odo Brandt | birthplace | Lund
Odo Brandt is a citizen of Verdania. | Odo Brandt | nationality | Verdania
Odo Brandt is married to Mira Sol. | Odo Brandt | partner | Mira Sol
Odo Brandt speaks the language of Old Tarn. | Odo Brandt | language | Old Tarn
Odo Brandt plays the position of left winger. | Odo Brandt | position | left winger
left wing is associated with the sport of sandball. | left wing | associated with sport | sandball
sandball was created in the country of Verdania. | sandball | created in country | Verdania
Lund F.C. is associated with the sport of sandball. | Lund F.C. | associated with sport | sandball
Odo Brandt's tutor is Ines Vale. | Odo Brandt | tutor | Ines Vale
Kestrel was developed by Ardmore Inc.. | Kestrel | developed by | Ardmore Inc.
Mira Sol is married to Odo Brandt, a potter from Lund. | Mira Sol | partner | Odo Brandt
"""


@pytest.mark.parametrize("line", READ.splitlines())
def test_a_frame_is_read_to_the_character(line: str) -> None:
    text, *parts = line.split(" | ")
    assert read(text) == tuple(parts)


@pytest.mark.parametrize(
    "text",
    [
        "Is the capital of Verdania Port Ellery?",
        "If Lund is the capital of Verdania, I am lost.",
        "The capital of Verdania was Lund.",
        "The weather of Verdania is nice.",
        "It was founded by Odo Brandt.",
        "My sister was born in Lund.",
        "Odo Brandt is in Lund.",
        "Odo Brandt is excited about Lund.",
        "Odo Brandt was married to Mira Sol.",
        "Honey is a great addition to Earl Grey.",
        "Lund was founded in 1204.",
        "In 1204, Lund was founded by Odo Brandt.",
        "Lund was founded by Odo Brandt and became rich.",
        "This is the capital of Verdania.",
        "The cost of a Kestrel is 300 crowns.",
        "Mira said that Lund was founded by Odo.",
    ],
)
def test_what_says_more_or_less_than_a_frame_is_none(text: str) -> None:
    assert read(text) is None


def test_what_is_so_no_longer_is_denied() -> None:
    text = "Odo Brandt is no longer employed by Ardmore Works."
    found = frame(text, (0, len(text)))
    assert found is not None
    assert (found.attribute, found.mood) == ("employer", "negation")


def test_a_member_of_one_may_be_a_member_of_another() -> None:
    text = "Odo Brandt is a member of Lund Choir."
    found = frame(text, (0, len(text)))
    assert found is not None
    assert found.several


def triples(*texts: str, role: str | None = None) -> list[str]:
    turns = [Turn(f"t{n}", text, role=role) for n, text in enumerate(texts)]
    return [memory.text for memory in TripleExtractor().extract(turns)]


def test_triples_hold_the_facts_of_the_world_and_the_names_are_whole() -> None:
    found = triples(
        "Dr. Odo de la Brandt is a citizen of Verdania.",
        "The capital of Verdania is Lund.",
        "Tern Lund is located in the region of Ardmore.",
    )
    assert found == [
        "Dr. Odo de la Brandt | nationality | Verdania",
        "Verdania | capital | Lund",
        "Tern Lund | located in region | Ardmore",
    ]


def test_what_clauses_know_of_people_stands_beside_the_frame() -> None:
    found = triples("Clara is married to Tom.")
    assert "Clara | partner | Tom" in found
    assert {text.split(" | ")[1] for text in found} <= {"partner", "marital status"}


def test_what_has_a_name_among_people_keeps_it() -> None:
    assert triples("Clara lives in Lund.") == ["Clara | home | Lund"]
    assert triples("Verdania is located in Ostria.") == ["Verdania | located in | Ostria"]


def test_initials_end_no_sentence() -> None:
    assert triples("S.C. Lund is associated with the sport of sandball. U.S. fans agree.") == [
        "S.C. Lund | associated with sport | sandball"
    ]


def test_a_sentence_among_others_is_read_by_itself() -> None:
    found = triples("Look at this! The capital of Verdania is Lund. Shall we go?")
    assert found == ["Verdania | capital | Lund"]


@pytest.mark.parametrize(
    "text",
    [
        "The capital of Verdania is Lund. Just kidding!",
        '"The capital of Verdania is Lund."',
        "> The capital of Verdania is Lund.",
    ],
)
def test_jokes_and_quotes_are_no_facts(text: str) -> None:
    assert triples(text) == []


def test_tools_state_nothing_and_assistants_nothing_of_the_user() -> None:
    assert triples("The capital of Verdania is Lund.", role="tool") == []
    turns = [Turn("t1", "Hi, I am here.", "Odo"),
             Turn("t2", "Odo is a citizen of Verdania.", role="assistant"),
             Turn("t3", "The capital of Verdania is Lund.", role="assistant")]  # fmt: skip
    found = [memory.text for memory in TripleExtractor().extract(turns)]
    assert found == ["Verdania | capital | Lund"]
