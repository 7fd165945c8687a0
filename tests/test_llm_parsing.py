"""Replies of models, as they are written in earnest and by chance."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from memkit.llm.parsing import BROKEN_OFF, clean, parse
from memkit.llm.schema import list_schema


class Piece(BaseModel):
    turn: int
    quote: str


class Claim(BaseModel):
    text: str
    evidence: list[Piece]
    unit: str | None = None


ONE = {"text": "a", "evidence": [{"turn": 1, "quote": "x"}], "unit": None}
TWO = {"text": "b, [c] {d}", "evidence": [{"turn": 2, "quote": 'y "z"'}], "unit": "km"}
BOTH = json.dumps({"items": [ONE, TWO]})


def texts(reply: str) -> list[str] | None:
    found = parse(reply, Claim)
    return None if found is None else [item.text for item in found.items]


@pytest.mark.parametrize(
    "reply",
    [
        BOTH,
        f"```json\n{BOTH}\n```",
        f"Here are the claims I found:\n\n{BOTH}\n\nLet me know if you need more!",
        f'I read [turn 1] and {{turn 2}}, 5" tall.\n{BOTH}',
        f"<think>maybe {json.dumps([ONE])} or none?</think>\n{BOTH}",
        json.dumps([ONE, TWO]),
        json.dumps({"facts": [ONE, TWO]}),
        f"{json.dumps(ONE)}\n{json.dumps(TWO)}",
        BOTH.replace("]}]}", "],},],}").replace('"b, [c] {d}"', '"b, [c] {d}" '),
        BOTH.replace("}, {", "},\n\n,{", 1).replace(",\n\n,", ",\n\n"),
        "\ufeff" + BOTH,
    ],
)
def test_wrappings_of_the_same_answer(reply: str) -> None:
    assert texts(reply) == ["a", "b, [c] {d}"]


def test_a_single_object_is_a_list_of_one() -> None:
    assert texts(json.dumps(ONE)) == ["a"]


def test_numbers_as_words_of_json_are_read() -> None:
    assert texts('[{"text": "a", "evidence": [{"turn": "3", "quote": "x"}]}]') == ["a"]


@pytest.mark.parametrize("reply", ['{"items": []}', "[]", "Nothing here:\n```\n[]\n```"])
def test_a_list_of_none_is_an_answer(reply: str) -> None:
    found = parse(reply, Claim)
    assert found is not None
    assert (found.items, found.faults) == ((), ())


@pytest.mark.parametrize(
    "reply",
    ["", "   ", "I am sorry, I cannot do that.", "null", "42", '"text"', "{", "[[[[", "}{", "{]}",
     '{"text": "a"', "[1, 2]", "<think>[", '["a"]', "{'text': 'a'}", "[NaN]", '{"items": 3}'],
)  # fmt: skip
def test_what_holds_no_item_is_no_answer(reply: str) -> None:
    assert parse(reply, Claim) is None


def test_what_is_cut_off_keeps_the_items_that_came_whole() -> None:
    for end in range(len(BOTH)):
        found = parse(BOTH[:end], Claim)
        came = [t for t, whole in (("a", json.dumps(ONE)), ("b, [c] {d}", json.dumps(TWO)))
                if whole in BOTH[:end]]  # fmt: skip
        assert [item.text for item in found.items] == came if found else not came, BOTH[:end]
        if came:
            assert found is not None
            assert BROKEN_OFF in found.faults


def test_an_item_that_is_broken_costs_itself_alone() -> None:
    reply = BOTH.replace('"unit": null', '"unit": nul')
    found = parse(reply, Claim)
    assert found is not None
    assert [item.text for item in found.items] == ["b, [c] {d}"]
    assert found.faults == ("an item of the reply is not JSON",)


def test_an_item_of_another_shape_is_named() -> None:
    found = parse(json.dumps([ONE, {"text": "c"}, {"text": 3, "evidence": []}]), Claim)
    assert found is not None
    assert len(found.items) == 1
    assert "evidence: Field required" in found.faults[0]
    assert "text: " in found.faults[1]


def test_characters_that_no_text_may_hold_are_replaced() -> None:
    reply = '[{"text": "a\\u0000b\\ud800c", "evidence": []}]'
    assert texts(reply) == ["a\ufffdb?c"]
    assert clean("\x00\udfff") == "\ufffd?"


@pytest.mark.parametrize(
    "reply",
    ["[" * 200_000, '{"a":' * 200_000, "[{" * 100_000, '"' * 200_001, '["' + '\\"' * 200_001,
     "[" + "," * 200_000 + "]", "[" + ", " * 200_000, "{" * 1000 + "}" * 1000, "<think>" * 50_000,
     "[1e999999]", "[" + "9" * 10_000 + "]"],
    ids=str,
)  # fmt: skip
@pytest.mark.timeout(20)
def test_hostile_replies_cost_no_more_than_their_length(reply: str) -> None:
    assert parse(reply, Claim) is None


@given(st.text())
def test_any_text_can_be_read(reply: str) -> None:
    parse(reply, Claim)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
CLAIMS = st.fixed_dictionaries(
    {
        "text": st.text(),
        "evidence": st.lists(st.fixed_dictionaries({"turn": st.integers(), "quote": st.text()})),
    }
)


@given(VALUES)
def test_any_json_can_be_read(value: Any) -> None:
    parse(json.dumps(value), Claim)


@settings(max_examples=200)
@given(st.lists(CLAIMS), st.booleans(), st.sampled_from([None, 1]), st.text("abc \n,.'`"))
def test_what_was_written_is_what_is_read(
    claims: list[dict[str, Any]], wrapped: bool, indent: int | None, prose: str
) -> None:
    value = {"items": claims} if wrapped else claims
    found = parse(f"{prose}{json.dumps(value, indent=indent)}{prose}", Claim)
    assert found is not None
    assert [item.text for item in found.items] == [clean(claim["text"]) for claim in claims]
    assert not found.faults


def test_the_schema_requires_all_and_allows_no_more() -> None:
    schema = list_schema(Claim)
    claim, piece = schema["properties"]["items"]["items"], schema["$defs"]["Piece"]
    assert claim["required"] == ["text", "evidence", "unit"]
    assert claim["additionalProperties"] is False
    assert piece["required"] == ["turn", "quote"]
    assert "default" not in json.dumps(schema)
    assert "title" not in json.dumps(schema)
