"""In what sense a sentence is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memkit.extract.moods import irreal_from, is_question, mood, moods, quoted, unreal
from memkit.extract.sentences import sentences

_MOODS = {
    "assertion": [
        "I live in Lisbon.", "We have two cats.", "The capital of Peru is Lima.",
        "I told you I live in Lisbon.", "Haha, yes I moved to Porto.", "我住在里斯本。",
        "My doctor says I'm allergic to nuts.",
    ],
    "question": [
        "Where do you live?", "do you like tea", "You live in Porto, right?", "What's your name",
        "¿Dónde vives?", "Wo wohnst du?", "Où habites-tu ?", "你住在哪里？", "你喜欢猫吗",
    ],
    "hypothetical": [
        "If I lived in Rome I would be happy.", "I wish I had a dog.", "Maybe I'll move.",
        "I might go.",
        "I'd like to live in Rome.", "I'm thinking of moving.", "Suppose I moved.",
        "I hope to see it.", "Imagine living there.", "Wenn ich reich wäre.", "如果我有钱。",
    ],
    "negation": [
        "I don't live there anymore.", "I have never been to Rome.", "I no longer smoke.",
        "No vivo en Lima, nunca.", "Ich wohne nicht in Berlin.", "Je n'habite pas ici.",
        "我不吃肉。",
    ],
    "correction": [
        "Sorry, I meant Thursday.", "Actually, my name is Ana.", "It's Rex, not Max.",
        "*Lisbon", "Wait, no, it is on Friday.", "Oops, it was Tuesday.",
    ],
    "retraction": [
        "Forget what I said about my job.", "Scratch that.", "Please ignore my last message.",
        "I take that back.", "I made that up.", "What I said about Rome was a lie.",
    ],
    "quote": [
        "> I live in Rome", '"I am very tired of all this," he said.', "「私は猫が好きです」",
    ],
    "joke": ["I live on the moon lol", "I'm a dragon, just kidding!", "I married a star /s",
             "I eat ten cakes a day haha"],
    "plan": ["I'm moving to Rome next month.", "We will be there.", "I'm going to sell my car."],
}  # fmt: skip
_CASES = [(said, name) for name, given in _MOODS.items() for said in given]


@pytest.mark.parametrize(("said", "expected"), _CASES)
def test_the_mood_is_told_from_the_sentence(said: str, expected: str) -> None:
    assert mood(said, (0, len(said))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I live in Paris. Just kidding! I like it.", ["joke", "joke", "assertion"]),
        ("I have a pet dragon. Lol.", ["joke", "joke"]),
        ("Do you like it? Haha.", ["question", "assertion"]),
        ("Haha. I live in Paris.", ["assertion", "assertion"]),
    ],
)
def test_a_joke_is_told_from_what_stands_after_it(text: str, expected: list[str]) -> None:
    found = moods(text, sentences(text))
    assert [one == "joke" for one in found] == [one == "joke" for one in expected]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("I live in Lisbon, maybe you know it", "maybe you know it"),
        ("If you must know, I live in Rome", "If you must know"),
        ("He said he lives in Rome", "said he lives in Rome"),
        ("Imagine that, I live in Rome", "Imagine that, I live in Rome"),
        ("I live in Rome", None),
    ],
)
def test_the_part_that_is_not_real_is_told_from_the_rest(text: str, part: str | None) -> None:
    found = [text[start:end].strip(" ,") for start, end in unreal(text, (0, len(text)))]
    assert (part in found) if part is not None else not found
    expected = len(text) if part is None else text.index(part)
    assert irreal_from(text, (0, len(text))) == expected


def test_only_quotes_of_several_words_are_quotes() -> None:
    text = 'My favourite book is "Dune". She wrote "I live in Rome now".'
    assert [text[slice(*span)] for span in quoted(text)] == ['"I live in Rome now"']


@given(st.text(max_size=120))
def test_any_text_has_moods(text: str) -> None:
    spans = sentences(text)
    found = moods(text, spans)
    assert len(found) == len(spans)
    assert set(found) <= set(_MOODS)
    for span in spans:
        assert isinstance(is_question(text, span), bool)
        assert all(span[0] <= start < end <= span[1] for start, end in unreal(text, span))
