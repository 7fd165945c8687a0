"""Where sentences begin and end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memkit.extract.sentences import sentences

_TEXTS = [
    ("I moved to Lisbon. It is warm here!", ["I moved to Lisbon.", "It is warm here!"]),
    ("i live in lisbon. my dog is rex! lol", ["i live in lisbon.", "my dog is rex!", "lol"]),
    ("Dr. Smith walks 3.5 km a day. He is 80.", ["Dr. Smith walks 3.5 km a day.", "He is 80."]),
    ("J. K. Rowling wrote it. We met at 5 p.m. Then we left.",
     ["J. K. Rowling wrote it.", "We met at 5 p.m.", "Then we left."]),
    ("The chief of Apple Inc. is Tim.", ["The chief of Apple Inc. is Tim."]),
    ("Bring fruit, e.g. apples. And bread.", ["Bring fruit, e.g. apples.", "And bread."]),
    ("So do I. Then we went.", ["So do I.", "Then we went."]),
    ("Well... maybe not. Wait... What?", ["Well... maybe not.", "Wait...", "What?"]),
    ("Really?! Wow!!! Ok", ["Really?!", "Wow!!!", "Ok"]),
    ('She said "Hi there." He left.', ['She said "Hi there."', "He left."]),
    ("We got the keys 🎉🎉 So happy 😀 and tired",
     ["We got the keys 🎉🎉", "So happy 😀 and tired"]),
    ("- milk\n- bread\n2) eggs", ["milk", "bread", "eggs"]),
    ("First line\nSecond line", ["First line", "Second line"]),
    ("This line is quite long and was wrapped by the program that sent it\nin two parts.",
     ["This line is quite long and was wrapped by the program that sent it\nin two parts."]),
    ("I moved last month, have you ever been there?",
     ["I moved last month,", "have you ever been there?"]),
    ("私は東京に住んでいます。犬がいます！名前は？",
     ["私は東京に住んでいます。", "犬がいます！", "名前は？"]),
    ("¿Dónde vives? Vivo en Lima.", ["¿Dónde vives?", "Vivo en Lima."]),
    ("  \n ", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), _TEXTS, ids=[text[:20] for text, _ in _TEXTS])
def test_a_text_is_cut_where_sentences_end(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text(alphabet="aB1 .!?…\n-*>)\"'。！,e🎉", max_size=80))
def test_spans_are_in_order_and_nothing_that_was_said_is_lost(text: str) -> None:
    place = 0
    for start, end in sentences(text):
        assert place <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert re.fullmatch(r"[\s\-*>#().\d•‣·]*", text[place:start])
        place = end
    assert not text[place:].strip() or re.fullmatch(r"[\s\-*>#().\d]*", text[place:])
