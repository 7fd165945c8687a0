"""From characters to index terms, in several scripts."""

from __future__ import annotations

import threading
import unicodedata

import numpy as np
import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st

from memkit.errors import InvalidInput
from memkit.text import (
    BLOCK_END,
    BLOCK_START,
    digest,
    indexed_text,
    require_text,
    stem,
    term_id,
    term_ids,
    terms,
    without_blocks,
    words,
)

_GOLDEN_HASHES = ["0x76ccf63a5de6e087", "0xf02b68d1ca5511ee", "0xb4b2797457a0a6e4"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I moved to Lisbon!", ["i", "moved", "to", "lisbon"]),
        ("Café NAÏVE Zoë", ["cafe", "naive", "zoe"]),
        ("don't and don\u2019t", ["don", "t", "and", "don", "t"]),
        ("1,250.50 at 9:30", ["1,250.50", "at", "9:30"]),
        ("snake_case e-mail", ["snake", "case", "e", "mail"]),
        ("Straße", ["strasse"]),
        ("ﬁne ＡＢＣ", ["fine", "abc"]),
        ("Привет, Мир", ["привет", "мир"]),
        ("καλημέρα κόσμος", ["καλημερα", "κοσμοσ"]),
        ("שלום עולם", ["שלום", "עולם"]),
        ("私は東京", ["私は", "は東", "東京", "私", "東", "京"]),
        ("猫", ["猫"]),
        ("iPhone15を買う", ["iphone15", "を買", "買う", "買"]),
        ("서울에", ["서울", "울에"]),
        ("😀 ?! ...", []),
        ("", []),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_word_is_the_same_composed_and_decomposed() -> None:
    assert words("cafe\u0301") == words("caf\u00e9") == ["cafe"]


def test_the_commonest_words_are_not_indexed_unless_they_are_all_there_is() -> None:
    assert terms("Where is the cat?") == ["cat"]
    assert terms("Who are you?") == ["who", "are", "you"]


def test_english_endings_are_cut_and_unknown_languages_kept() -> None:
    assert stem("moving") == stem("moved") == stem("moves") == "move"
    assert stem("größer") == "größer"
    assert stem("ラーメン") == "ラーメン"


@pytest.mark.parametrize(
    "forms",
    [
        "котёнок котенок",
        "котёнка котенка котёнку",
        "большой большая большие больших",
        "работала работаю работать",
        "σπίτι σπίτια",
        "लड़की लड़कियों",
        "المدرسة مدرسة",
    ],
)
def test_endings_are_cut_in_scripts_that_tell_the_language(forms: str) -> None:
    """A question in Russian found its answer only where both used the same case."""
    assert len({terms(form)[-1] for form in forms.split()}) == 1


def test_japanese_is_found_by_ideographs_and_katakana() -> None:
    """Endings and particles, pairs of hiragana, outweighed what a question was about."""
    assert terms("犬の散歩をしました") == ["犬の", "の散", "散歩", "歩を", "犬", "散", "歩"]
    assert terms("ありがとう") == ["あり", "りが", "がと", "とう"]
    assert terms("北京大学") == ["北京", "京大", "大学"]


def test_the_short_i_is_no_accent() -> None:
    assert words("мой йод") == ["мой", "йод"]
    assert words("моё ещё") == ["мое", "еще"]


def test_repeated_terms_are_all_kept_in_order() -> None:
    assert terms("cat dog cats") == ["cat", "dog", "cat"]


def test_stemming_from_many_threads_gives_each_its_own_word() -> None:
    given_words = [f"running{number}s" for number in range(400)]
    expected = [stem.__wrapped__(word) for word in given_words]
    found: list[list[str]] = []

    def work() -> None:
        found.append([stem.__wrapped__(word) for word in given_words])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_term_hashes_are_those_that_files_hold() -> None:
    """Stored in every file: a change here needs a new `ANALYZER` and a migration."""
    assert [hex(term_id(term)) for term in ("lisbon", "東京", "")] == _GOLDEN_HASHES
    assert term_ids(["a", "b", "a"]).dtype == np.uint64
    assert term_ids([]).shape == (0,)


def test_a_digest_overlooks_case_width_and_white_space() -> None:
    assert digest(" I  Moved\nto LISBON ") == digest("i moved to lisbon")
    assert digest("ＡＢＣ") == digest("abc")
    assert digest("I moved to Porto") != digest("I moved to Lisbon")
    assert len(digest("")) == 16


@pytest.mark.parametrize("value", [None, 7, b"text", ["text"]])
def test_what_is_not_text_is_a_type_error(value: object) -> None:
    with pytest.raises(TypeError, match="content must be text"):
        require_text(value, "content")


def test_a_nul_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidInput, match="NUL character at position 3"):
        require_text("abc\x00", "content")


@pytest.mark.parametrize("bad", ["\ud83d alone", "alone \ude00"])
def test_a_lone_surrogate_is_refused(bad: str) -> None:
    with pytest.raises(InvalidInput, match="lone surrogate"):
        require_text(bad, "content")


def test_every_other_text_is_given_back_unchanged() -> None:
    for text in ("", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\ufeff\u202e\x01\r\n"):
        assert require_text(text, "content") is text


@given(st.text())
def test_analysis_bears_any_text(text: str) -> None:
    found = terms(text)
    assert all(found)
    assert terms(text) == found
    assert len(digest(text)) == 16


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_words_do_not_depend_on_case_or_normal_form(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


def test_blocks_are_cut_out() -> None:
    block = f"{BLOCK_START}\n[t1] Ana: I moved.\n{BLOCK_END}"
    assert without_blocks(f"before {block} after") == "before   after"
    assert without_blocks(f"before {BLOCK_START} never closed") == "before"
    assert without_blocks(block) == ""
    assert without_blocks("nothing to cut ") == "nothing to cut "


def test_what_is_indexed_is_led_by_the_speaker() -> None:
    assert indexed_text("I moved.", "Ana") == "Ana: I moved."
    assert indexed_text("I moved.", None) == "I moved."


@given(st.from_regex(r"[a-z0-9]{0,9}[abfhjkopquvwxz0-9]", fullmatch=True))
def test_words_that_end_in_no_suffix_are_what_the_stemmer_makes_of_them(word: str) -> None:
    assert stem(word) == snowballstemmer.stemmer("english").stemWord(word)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_text_has_the_same_words_as_when_a_letter_of_another_script_follows(
    text: str,
) -> None:
    assert [*words(text), *words("\u03b1")] == words(f"{text} \u03b1")
