"""One person under several names."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from memkit.names import aliases, is_given_name, name_key, same_person

_NAMES = ["Melanie", "Mel", "Bob", "Robert Miller", "Rob", "Ana Silva", "Ana", "Dr. Lee", "José",
          "Jose", "Chris", "Christina", "Christopher", "松本", "Will", "Maria", "'s"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Melanie's", "melanie"),
        ("  Melanie\u2019s ", "melanie"),
        ("James'", "james"),
        ("José", "jose"),
        ("ZOË", "zoe"),
        ("J. R. Smith", "j r smith"),
        ("Dr.Smith", "dr smith"),
        ("N.A.S.A.", "nasa"),
        ("Jean-Luc", "jean-luc"),
        ("O'Brien", "o'brien"),
        ("田中さん", "田中"),
        ('"Ana",', "ana"),
        ("...", ""),
    ],
)
def test_names_are_compared_without_case_accents_and_possessives(text: str, key: str) -> None:
    assert name_key(text) == key
    assert name_key(key) == key


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Mel", "Melanie"),
        ("Mel", "Melanie Jones"),
        ("mel's", "Melanie"),
        ("Bob", "Robert"),
        ("Bob Miller", "Robert Miller"),
        ("Jon", "Jonathan"),
        ("Chris", "Christina"),
        ("Caro", "Caroline"),
        ("Miller", "Robert Miller"),
        ("Mr. Miller", "Robert Miller"),
        ("Dr. Watson", "John Watson Jr."),
        ("Uncle Bob", "Robert"),
        ("Jose", "José"),
        ("Pepe", "José García"),
    ],
)
def test_a_short_form_may_be_the_person(short: str, full: str) -> None:
    assert same_person(short, full)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Maria", "Mariana"),
        ("Joe", "Joel"),
        ("Ana", "Anatoly"),
        ("Paul", "Pauline"),
        ("Me", "Melanie"),
        ("Al", "Alison Park"),
        ("Bob Miller", "Robert Brown"),
        ("Melanie Jones", "Melanie"),
        ("Clara", "Caroline"),
        ("", "Ana"),
        ("", ""),
        ("...", "'s"),
    ],
)
def test_other_names_are_other_people(short: str, full: str) -> None:
    assert not same_person(short, full)


def test_each_form_of_the_given_names_means_one_of_them() -> None:
    known = aliases(["Melanie", "Caroline", "Robert Miller", "Mel"])
    assert {known[name] for name in ("melanie", "mel")} == {"Melanie"}
    assert known["caro"] == "Caroline"
    assert {known[name] for name in ("bob", "robert", "miller", "robert miller")} == {
        "Robert Miller"
    }


def test_a_form_that_fits_two_people_means_neither() -> None:
    known = aliases(["Christina Lee", "Christopher Hall", "Ana Silva", "Ana Costa"])
    assert "chris" not in known
    assert "ana" not in known
    assert known["lee"] == "Christina Lee"
    assert aliases(["Christina", "Christopher", "Chris"])["chris"] == "Chris"


def test_a_name_is_short_for_the_longest_there_is() -> None:
    known = aliases(["Mel", "Melanie", "Melanie Jones"])
    assert set(known.values()) == {"Melanie Jones"}


def test_words_are_nobodys_nickname_unless_someone_is_called_so() -> None:
    known = aliases(["William Stone", "Robert"])
    assert not {"will", "bill", "rob"} & set(known)
    assert aliases(["William Stone", "Bill"])["bill"] == "William Stone"


def test_the_table_knows_first_names() -> None:
    assert is_given_name("Melanie")
    assert is_given_name("Bob")
    assert not is_given_name("Will")
    assert not is_given_name("Harbour")


@given(st.lists(st.sampled_from(_NAMES) | st.text(max_size=6), max_size=8))
def test_aliases_lead_to_given_names_by_keys(names: list[str]) -> None:
    known = aliases(names)
    assert set(known.values()) <= set(names)
    assert all(name_key(form) == form for form in known)
    assert {name_key(name) for name in names} - {""} <= set(known)
    assert aliases(names) == known
    for final in set(known.values()):
        assert known[name_key(final)] == final


@example("\u32cc")  # one character that is made of "Hg"
@given(st.sampled_from(_NAMES) | st.text(max_size=8))
def test_everyone_is_the_same_person_as_themselves(name: str) -> None:
    assert same_person(name, name) == bool(name_key(name))
    assert name_key(name_key(name)) == name_key(name)
