"""What people say of themselves and of others becomes claims; what they do not say does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import extract_tables as tables
import pytest
from hypothesis import given
from hypothesis import strategies as st

from memkit.errors import InvalidInput
from memkit.extract.attributes import Attribute
from memkit.extract.triples import TripleExtractor
from memkit.models import Memory, Turn
from memkit.testing import check_extractor

_WHEN = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)  # a Saturday
_MARKS = {"negation": "-", "correction": "~", "plan": "+", "retraction": "!", "assertion": ""}
_EXTRACTOR = TripleExtractor()


def turns(said: str) -> list[Turn]:
    """Ana and an assistant, by turns."""
    found = []
    for place, text in enumerate(said.split(" / ")):
        bot = text.startswith(">>")
        role = "assistant" if bot else "user"
        name = "Bot" if bot else "Ana"
        found.append(
            Turn(f"t{place}", text.removeprefix(">>"), name, role, "s", _WHEN, origin=role)
        )
    return found


def written(memory: Memory) -> str:
    """A claim as the tables write it."""
    claim = memory.metadata
    who = "" if claim["subject"] == "Ana" else f"{claim['subject']}@"
    unit = f" {claim['unit']}" if "unit" in claim else ""
    ended = "<" if "until" in claim else ""
    mark = _MARKS[claim["mood"]]
    return f"{mark}{who}{claim['attribute']}: {claim['value']}{unit}{ended}".strip()


def rows(table: str) -> Iterator[tuple[str, list[str]]]:
    """Each sentence of a table, with its claims."""
    for line in table.strip().splitlines():
        said, _, claims = line.partition(" =>")
        yield said, sorted(one.strip() for one in claims.split(";") if one.strip())


def _cases(*given: str) -> list[tuple[str, list[str]]]:
    return [row for table in given for row in rows(table)]


_TABLES = (tables.HOME, tables.WORK, tables.PEOPLE, tables.PETS, tables.HEALTH, tables.TASTES,
           tables.THINGS, tables.DIALOGUE, tables.FOREIGN)  # fmt: skip
_STATED = _cases(*_TABLES)


@pytest.mark.parametrize(("said", "claims"), _STATED, ids=[said for said, _ in _STATED])
def test_what_is_stated_is_claimed_and_nothing_else(said: str, claims: list[str]) -> None:
    assert sorted(map(written, _EXTRACTOR.extract(turns(said)))) == claims


@pytest.mark.parametrize("said", [said for said, _ in rows(tables.NOTHING)])
def test_what_is_asked_imagined_quoted_or_small_talk_claims_nothing(said: str) -> None:
    assert not list(_EXTRACTOR.extract(turns(said)))


_SAID = [said for table in _TABLES for said, _ in rows(table)] + [
    said for said, _ in rows(tables.NOTHING)
]


@given(st.lists(st.sampled_from(_SAID), min_size=1, max_size=4), st.data())
def test_every_value_stands_in_the_words_it_rests_on(said: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, 12))
    given_turns = turns(" ".join(said).replace(" / ", " ")[cut:])
    for memory in _EXTRACTOR.extract(given_turns):
        claim = memory.metadata
        words = " ".join(given_turns[int(s.turn[1:])].text[s.start : s.end] for s in memory.sources)
        assert claim["value"] in words or claim["phrase"] in words
        assert claim.get("since", "") <= claim.get("until", "9999")
        assert 0 < claim["confidence"] <= 1


@given(st.lists(st.text(max_size=60), min_size=1, max_size=3))
def test_any_text_is_read(said: list[str]) -> None:
    given_turns = [Turn(f"t{n}", text, None, "user", "s", _WHEN) for n, text in enumerate(said)]
    for memory in _EXTRACTOR.extract(given_turns):
        for source in memory.sources:
            length = len(given_turns[int(source.turn[1:])].text)
            assert 0 <= source.start < source.end <= length


def test_triples_keep_the_contract() -> None:
    check_extractor(TripleExtractor)
    check_extractor(TripleExtractor, turns("I live in Lisbon. / >>Nice! / My dog Rex likes it."))


def test_speakers_without_a_name_are_the_user_and_the_assistant() -> None:
    given_turns = [
        Turn("t0", "I live in Porto.", None, "user", "s", _WHEN),
        Turn("t1", "I was born in a lab in Oslo. You live in Rome.", None, "assistant", "s", _WHEN),
        Turn("t2", "I live in Faro.", None, None, "s", _WHEN),
    ]
    found = [memory.text for memory in _EXTRACTOR.extract(given_turns)]
    assert [text for text in found if "| home |" in text] == [
        "user | home | Porto", "user | home | Faro",
    ]  # fmt: skip
    assert not [text for text in found if text.startswith("user | home | Rome")]


@pytest.mark.parametrize(
    ("text", "mine"),
    [
        ("Sullivan East High School: Sullivan East High School is a school in Bluff City.", False),
        ("Based in Huntsville. The firm was founded in 1961 and was sold later.", False),
        (
            "Mira Maraj: Born in Saint James and raised in Queens, Maraj is known as a rapper.",
            False,
        ),
        ("I Love New York: Live in Japan is the third album of the band.", False),
        ("Born in Porto. School: Escola da Rua Nova", True),
        ("Born in Porto, and my sister is a doctor at the hospital there", True),
        ("Ever since I was small it is the same with me: raised in Porto", True),
    ],
)
def test_a_passage_about_others_claims_nothing_of_the_user(text: str, mine: bool) -> None:
    """It once did, and passages on two schools then took each other's place in a ranking."""
    more = (
        "It is said that this was so for years, and has not changed since in any way written down."
    )
    passage = Turn("p", text, None, None, "p", _WHEN)
    pasted = Turn("p", f"{text} {more}", None, "user", "p", _WHEN)
    for turn in (passage, pasted) if not mine else (passage,):
        subjects = {memory.metadata["subject"] for memory in _EXTRACTOR.extract([turn])}
        assert ("user" in subjects) is mine


def test_what_an_assistant_says_of_the_user_by_name_is_no_claim() -> None:
    given_turns = [
        Turn("t0", "Hi!", "Ana", "user", "s", _WHEN),
        Turn(
            "t1", "Ana lives in Rome. The capital of Peru is Lima.", "Bot", "assistant", "s", _WHEN
        ),
    ]
    assert [memory.text for memory in _EXTRACTOR.extract(given_turns)] == ["Peru | capital | Lima"]


def test_a_confirmed_statement_rests_on_both_turns() -> None:
    (memory,) = _EXTRACTOR.extract(turns(">>So you live in Lisbon, right? / Yes, exactly."))
    assert [source.turn for source in memory.sources] == ["t0", "t1"]


def test_words_of_tools_and_systems_make_no_claims() -> None:
    for role in ("system", "tool"):
        assert not list(_EXTRACTOR.extract([Turn("t", "I live in Rome.", None, role)]))


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("I moved to Lisbon in 2019.", "2019-01-01", None),
        ("I moved to Lisbon two years ago.", "2022-06-01", None),
        ("I've lived in Lisbon since 2019.", "2019-01-01", None),
        ("I've been living in Lisbon for two years now.", "2022-06-01", None),
        ("I lived in Lisbon until 2019.", None, "2020-01-01"),
        ("I worked at Bosch from 2015 to 2018.", "2015-01-01", "2019-01-01"),
        ("I used to live in Lisbon.", None, "2024-06-01"),
        ("I'm moving to Lisbon next month.", "2024-07-01", None),
        ("In 2015 I moved to Lisbon.", "2015-01-01", None),
        ("I no longer live in Lisbon.", None, None),
        ("I live in Lisbon.", None, None),
    ],
)
def test_stated_times_bound_the_claim(said: str, since: str | None, until: str | None) -> None:
    (claim,) = (memory.metadata for memory in _EXTRACTOR.extract(turns(said)))
    assert (claim.get("since"), claim.get("until")) == (since, until)


@pytest.mark.parametrize(
    ("said", "attribute", "day"),
    [
        ("I have a dentist appointment next Tuesday.", "dentist appointment", "2024-06-04"),
        ("My dentist appointment is on June 14th.", "dentist appointment", "2024-06-14"),
        ("My dentist appointment got moved to Friday.", "dentist appointment", "2024-06-07"),
        ("I've got a job interview tomorrow.", "job interview", "2024-06-02"),
        ("Our wedding is on 12 October 2024.", "wedding", "2024-10-12"),
        ("I booked the vet for Monday.", "vet appointment", "2024-06-03"),
        ("My exam got postponed from June 20 to June 27.", "exam", "2024-06-27"),
    ],
)
def test_appointments_are_claims_of_a_day(said: str, attribute: str, day: str) -> None:
    (claim,) = (memory.metadata for memory in _EXTRACTOR.extract(turns(said)))
    assert (claim["attribute"], claim["value"]) == (attribute, day)
    assert claim["phrase"] in said


def test_plans_have_their_time() -> None:
    (claim,) = (m.metadata for m in _EXTRACTOR.extract(turns("I'm going to visit Oma in July.")))
    assert claim["attribute"] == "plan"
    assert (claim["value"], claim["mood"], claim["since"]) == ("visit Oma", "plan", "2024-07-01")


def test_an_appointment_is_corrected_and_called_off() -> None:
    said = "I have an exam on Tuesday. / Sorry, I meant Thursday. / I cancelled my exam."
    found = [memory.metadata for memory in _EXTRACTOR.extract(turns(said))]
    assert [(claim["mood"], claim["value"]) for claim in found] == [
        ("assertion", "2024-06-04"), ("correction", "2024-06-06"), ("negation", ""),
    ]  # fmt: skip
    assert found[1]["corrects"] == "2024-06-04"


def test_rows_can_be_added() -> None:
    shoe = Attribute("shoe size", "exact", says=("take: (?:a )?(?:shoe )?size {exact}",))
    extractor = TripleExtractor(attributes=[shoe])
    (memory,) = extractor.extract(turns("I take size 42."))
    assert memory.text == "Ana | shoe size | 42"


@pytest.mark.parametrize(
    "row",
    [
        Attribute("x", "nonsense"),
        Attribute("x", says=("no verb here",)),
        Attribute("x", says=("be: {nonsense}",)),
        Attribute("x", whole=("no key",)),
    ],
)
def test_a_row_that_cannot_be_read_is_refused(row: Attribute) -> None:
    with pytest.raises(InvalidInput, match="x"):
        TripleExtractor(attributes=[row])
