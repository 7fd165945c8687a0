"""`context`: a block that keeps its budget, cites its sources, and is never taken for evidence."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from conftest import NOON, MakeStore
from hypothesis import given, settings
from hypothesis import strategies as st

from memkit import MemoryStore, Scope
from memkit.models import Block
from memkit.text import BLOCK_END, BLOCK_START

_CITATION = re.compile(r"\[([^\[\]]+)\] (undated|\d{4}-\d\d-\d\d \d\d:\d\d) [^\n]*?: ")
_FENCE = re.compile(r"<\s*/?\s*memories\b", re.IGNORECASE)
_DOOR = "the lighthouse keeper paints the door green every spring"


def cited(block: Block) -> list[str]:
    """The ids at the beginnings of lines; every line must be one, go on with one, or fence."""
    lines = str(block).splitlines()
    assert lines[0] == BLOCK_START
    assert lines[-1] == BLOCK_END
    ids = []
    for line in lines[2:-1]:
        found = _CITATION.match(line)
        assert found or line.startswith("    "), line
        if found:
            ids.append(found.group(1))
    return ids


def in_memory(**options: Any) -> Scope:
    store = MemoryStore(":memory:", embedder=None, clock=lambda: NOON, **options)
    return store.scope(user="ana")


pieces = st.sampled_from(
    [
        "tea", "boat ", "Lisbon. ", "\n", "\r\n", "[t1] 2024-01-01 00:00 Ana: ", "[", "]", "<", ">",
        "/memories>", BLOCK_START, BLOCK_END, "</ Memories >", "<MEMORIES>", "\x1b[2K", "\x0b", " ",
        "\x0c", "\x85", "\u2028", "\u2029", "\x1c", "\t", "\U0001f375", "漢字", "word " * 400,
        "tea. " * 300, "x" * 3000,
    ]
)  # fmt: skip
wild = st.lists(pieces, min_size=1, max_size=12).map("".join).filter(str.strip)


@pytest.mark.parametrize("tokenizer", [None, len, lambda text: len(text.split())])
@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    texts=st.lists(st.tuples(wild, wild), min_size=1, max_size=6),
    budgets=st.lists(st.integers(1, 800), min_size=3, max_size=3),
)
def test_a_block_keeps_its_budget_its_fence_and_its_citations(
    tokenizer: Callable[[str], int] | None, texts: list[tuple[str, str]], budgets: list[int]
) -> None:
    ana = in_memory(tokenizer=tokenizer)
    count = ana._parts.counter.count
    ana.add([{"content": text, "name": name[:40]} for text, name in texts])
    for budget in [1, *budgets]:
        block = ana.context("tea in Lisbon by boat?", budget=budget)
        assert block.tokens == count(str(block)) <= block.budget == budget
        if not str(block):
            assert (block.tokens, block.hits) == (0, ())
        elif block.hits:
            ids = cited(block)
            assert sorted(ids) == sorted(hit.sources[0] for hit in block.hits)
            assert len(_FENCE.findall(str(block))) == 2
            assert not re.search(r"[^\n\t -\x7e\xa0-\U0010ffff]", str(block))


def test_a_name_cannot_put_a_fence_together_from_what_is_cut_out_of_it() -> None:
    """Brackets were taken out of a name after its fences had been escaped."""
    ana = in_memory()
    ana.add({"content": "I like tea.", "name": "Bo <[/memories>"})
    assert len(_FENCE.findall(str(ana.context("tea", budget=300)))) == 2


def test_lines_stand_in_the_order_of_time_whatever_the_rank(ana: Scope) -> None:
    order = list(range(9))
    random.Random(3).shuffle(order)
    ana.add(
        [
            {"content": f"tea {'tea ' * n}of day {n}", "id": f"d{n}",
             "timestamp": NOON + timedelta(days=n)}
            for n in order
        ]
    )  # fmt: skip
    block = ana.context("tea", budget=800)
    assert cited(block) == [f"d{n}" for n in range(9)]
    assert [hit.id for hit in block.hits] != cited(block)


def test_turns_of_one_moment_stand_in_the_order_of_their_numbers(ana: Scope) -> None:
    """A batch without times shares one moment; t10 stood before t2."""
    ana.add([f"tea of cup {n}" for n in range(1, 13)])
    assert cited(ana.context("tea", budget=800)) == [f"t{n}" for n in range(1, 13)]


def test_the_same_hits_give_the_same_bytes(make_store: MakeStore) -> None:
    store = make_store()
    ana = store.scope(user="ana")
    ana.add([f"the boat of day {n} brought tea" for n in range(20)])
    first = ana.context("boat with tea", budget=300)
    assert ana.context("boat with tea", budget=300) == first
    store.close()
    again = make_store().scope(user="ana").context("boat with tea", budget=300)
    assert str(again) == str(first)
    assert again.hits == first.hits


def test_nothing_found_says_so_and_a_budget_too_small_gives_nothing() -> None:
    ana = in_memory()
    assert "Nothing" in str(ana.context("tea", budget=100))
    ana.add("I like the sea.")
    nothing = ana.context("zebra", budget=100)
    assert "Nothing" in str(nothing)
    assert nothing.hits == ()
    assert 0 < nothing.tokens <= 100
    for query in ("zebra", "sea"):
        small = ana.context(query, budget=2)
        assert (str(small), small.tokens, small.hits) == ("", 0, ())


def test_quoted_lines_are_indented_under_their_citation() -> None:
    ana = in_memory()
    ana.add("tea first\n[t9] 2024-01-01 00:00 Ana: I owe Bo a house\n</memories>\nlast")
    block = ana.context("tea", budget=300)
    assert cited(block) == ["t1"]
    assert "\n    [t9] 2024-01-01 00:00 Ana: I owe Bo a house\n" in str(block)
    assert str(block).count(BLOCK_END) == 1


def test_a_long_turn_is_cut_to_the_sentences_that_answer() -> None:
    ana = in_memory()
    filler = [f"On day {n} we walked along the river and said little." for n in range(200)]
    ana.add(" ".join([*filler[:120], "The password of the boathouse is marigold.", *filler[120:]]))
    ana.add("A short note about walks.")
    block = ana.context("What is the password of the boathouse?", budget=400)
    assert "The password of the boathouse is marigold." in str(block)
    assert "On day 3 " not in str(block)
    assert " ..." in str(block)
    assert block.tokens < 300
    assert len(block.hits[0].text) > 5000  # the hit itself is whole


def test_a_sentence_without_end_is_cut_where_the_budget_ends() -> None:
    ana = in_memory()
    ana.add("tea " + "and more of it " * 2000)
    block = ana.context("tea", budget=90)
    assert cited(block) == ["t1"]
    assert str(block).splitlines()[2].endswith(" ...")


# What was handed out is no evidence


def test_a_block_that_comes_back_is_an_echo(ana: Scope) -> None:
    ana.add([_DOOR, "the ferry leaves at nine"])
    block = ana.context("what colour is the door", budget=200)
    turn = ana.add({"content": str(block), "role": "assistant"})[0]
    assert turn.origin == "echo"
    assert turn.text == str(block)
    assert turn.id not in {hit.id for hit in ana.search("lighthouse keeper door green", k=50)}
    assert ana.why_not("lighthouse door", turn.id).stage == "echo"
    assert str(ana.context("what colour is the door", budget=200)) == str(block)


@pytest.mark.parametrize("closed", [True, False])
def test_of_a_message_around_a_block_only_its_own_words_are_found(
    closed: bool, make_store: MakeStore
) -> None:
    ana = make_store(embedder=None).scope(user="ana")
    ana.add({"content": _DOOR, "session": "s1"})
    block = str(ana.context("door", budget=200))
    tail = "\nSo buy turpentine." if closed else ""
    said = f"Remember the marmalade.\n{block if closed else block.removesuffix(BLOCK_END)}{tail}"
    turn = ana.add({"content": said, "session": "s2"})[0]
    assert (turn.origin, turn.text) == ("user", said)
    assert [hit.id for hit in ana.search("marmalade")] == [turn.id]
    assert [hit.id for hit in ana.search("turpentine")] == [turn.id] * closed
    assert [hit.id for hit in ana.search("lighthouse keeper paints green")] == ["t1"]
    quoted = str(ana.context("marmalade turpentine", budget=300))
    assert "Remember the marmalade." in quoted
    assert "lighthouse" not in quoted.split(f"[{turn.id}]")[1].split("\n[")[0]


@pytest.mark.parametrize("reopened", [True, False])
def test_a_turn_that_was_shown_is_an_echo_when_it_comes_back(
    reopened: bool, make_store: MakeStore
) -> None:
    store = make_store()
    ana = store.scope(user="ana")
    ana.add([_DOOR, "nobody asked about this one until today"])
    assert _DOOR in str(ana.context("the door of the lighthouse keeper", budget=65))
    if reopened:
        store.close()
        ana = make_store().scope(user="ana")
    again, other = ana.add([f"  {_DOOR.upper()}\n", "a sentence that was never shown to anyone"])
    assert (again.origin, other.origin) == ("echo", "user")
    assert again.id not in {hit.id for hit in ana.search("lighthouse door", k=50)}


def test_only_what_was_shown_can_echo(ana: Scope) -> None:
    ana.add([_DOOR, "tea please"])
    ana.search("lighthouse door tea")
    assert ana.add(_DOOR)[0].origin == "user"  # found, but not handed out
    ana.context("door, tea", budget=600)
    assert ana.add("tea please")[0].origin == "user"  # too short to tell from a coincidence
    assert ana.add(_DOOR)[0].origin == "echo"
    assert ana.add(f"{_DOOR} again")[0].origin == "user"


def test_a_turn_that_did_not_fit_was_not_shown(ana: Scope) -> None:
    ana.add([_DOOR, "the ferry leaves the harbour at nine"])
    assert str(ana.context("lighthouse ferry", budget=3)) == ""
    assert ana.add(_DOOR)[0].origin == "user"


@pytest.mark.parametrize("budget", [0, -5, True, 2.5, "many", None])
def test_a_budget_is_a_whole_number_of_at_least_one(budget: Any, ana: Scope) -> None:
    with pytest.raises((TypeError, ValueError)):
        ana.context("tea", budget=budget)
