"""Stretches of a session that are about one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from chats import BOAT, BREAD, LATER, START, chats, quotes, talk
from hypothesis import given, settings

from memkit import MemoryStore
from memkit.contracts import Extractor
from memkit.embed.hashing import HashingEmbedder
from memkit.extract.segments import SegmentExtractor
from memkit.extract.sessions import sessions, settled
from memkit.extract.summaries import SummaryExtractor
from memkit.extract.tiling import boundaries
from memkit.models import Turn
from memkit.testing import check_extractor


def lexical() -> SegmentExtractor:
    return SegmentExtractor(embedder=None)


@pytest.mark.parametrize("make", [lexical, SegmentExtractor])
def test_two_topics_of_a_session_are_two_segments(make: Callable[[], SegmentExtractor]) -> None:
    boat, bread = make().extract(talk([*BOAT, *BREAD]))
    assert [source.turn for source in boat.sources] == [f"t{n}" for n in range(1, 7)]
    assert [source.turn for source in bread.sources] == [f"t{n}" for n in range(7, 13)]
    assert {"hull", "mast"} & set(boat.metadata["terms"])
    assert {"bakery", "oven"} & set(bread.metadata["terms"])
    assert boat.session == "s1"
    assert boat.when == START + timedelta(minutes=5)


def test_one_topic_is_one_segment_with_its_central_sentence() -> None:
    (only,) = lexical().extract(talk(BOAT))
    assert only.kind == "segment"
    assert only.text.startswith(", ".join(only.metadata["terms"]))
    sentence = only.text.rpartition(". Ana: ")[2]
    assert sentence in " ".join(text for _, text in BOAT)


def test_terms_are_what_was_talked_about_not_who_talked() -> None:
    (only,) = SegmentExtractor(embedder=None, terms=3).extract(
        talk([("Melanie", "Mel here. The pottery class was great, Caroline!"),
              ("Caroline", "Wow, Mel! A pottery class, really? What did the pottery class make?"),
              ("Melanie", "Thanks! A bowl, Caroline. I love the bowl.")])
    )  # fmt: skip
    assert only.metadata["terms"][0] == "pottery class"
    assert not {"mel", "melanie", "caroline", "wow", "thanks", "great"} & {
        term.lower() for term in only.metadata["terms"]
    }


def test_a_long_silence_divides_and_a_pause_of_a_slow_chat_does_not() -> None:
    early, late = talk(BOAT[:2]), talk(BOAT[2:], start=START + timedelta(hours=3), first=3)
    assert boundaries(early + late, None) == [2]
    assert boundaries(talk(BOAT, seconds=3600), None) == []


def test_a_topic_never_begins_with_the_answer_of_an_assistant() -> None:
    turns = talk([*BOAT, *BREAD])
    for place in range(1, len(turns), 2):
        turns[place] = replace(turns[place], role="assistant")
    assert all(turns[place].role != "assistant" for place in boundaries(turns, None))
    odd = [replace(turn, role="assistant") for turn in turns]
    assert boundaries(odd, None) == []


def test_pairs_of_signs_are_terms_only_if_said_twice() -> None:
    (once,) = lexical().extract(talk([("Ana", "我在里斯本买了一条船。")]))
    assert once.metadata["terms"] == []
    assert once.text == "Ana: 我在里斯本买了一条船。"
    (twice,) = lexical().extract(talk([("Ana", "我在里斯本。"), ("Rui", "里斯本好。")]))
    assert "里斯" in twice.metadata["terms"]


def test_greetings_and_farewells_are_no_topics() -> None:
    hello = (("Rui", "Hey Ana! So good to see you!"), ("Ana", "Hi Rui! How are you? I'm great."),
             ("Rui", "Glad to hear that! What's new?"))  # fmt: skip
    bye = (("Rui", "Sounds great, good luck!"), ("Ana", "Thanks so much, Rui!"), ("Rui", "Bye!"))
    (only,) = lexical().extract(talk([*hello, *BOAT, *bye]))
    assert len(only.sources) == 12


def test_an_endless_session_is_cut_all_the_same() -> None:
    turns = talk([("Ana", "The boat leaks again.")] * 100)
    ends = [0, *boundaries(turns, None), 100]
    assert all(3 <= b - a <= 40 for a, b in pairwise(ends))


def test_the_vectors_find_what_the_words_do_not_share() -> None:
    turns = talk([("Ana", f"{word} {word}") for word in "abcdefghijkl"])
    vectors = np.zeros((12, 2), np.float32)
    vectors[:6, 0] = vectors[6:, 1] = 1
    assert boundaries(turns, None) == []
    assert boundaries(turns, vectors) == [6]


def test_sessions_are_those_named_and_pauses_of_eight_hours() -> None:
    one, two = talk(BOAT[:2]), talk(BREAD[:2], "s2", first=3)
    mixed = [one[0], two[0], one[1], two[1]]
    assert [[turn.id for turn in found] for found in sessions(mixed)] == [
        ["t1", "t2"],
        ["t3", "t4"],
    ]
    later = talk(BREAD, None, start=START + timedelta(hours=9), first=7)
    assert [len(found) for found in sessions(talk(BOAT, None) + later)] == [6, 6]
    assert [len(found) for found in sessions(talk(BOAT, None, seconds=7 * 3600))] == [6]


def ready(turns: list[Turn], hours: float, batch: int = 256) -> int:
    moments = [turn.when for turn in turns if turn.when is not None]
    return settled(turns, max(moments, default=START) + timedelta(hours=hours), batch)


def test_a_session_is_over_after_eight_hours_or_when_another_begins() -> None:
    one, two = talk(BOAT), talk(BREAD, "s2", first=7, start=START + timedelta(minutes=9))
    assert ready(one, 7.9) == 0
    assert ready(one, 8) == 6
    assert ready(one + two, 0.1) == 6
    assert ready(one + two, 8) == 12
    assert ready([], 0) == 0


def test_sessions_that_interleave_are_settled_together() -> None:
    one = talk(BOAT, "s1")
    two = talk(BREAD, "s2", first=7)
    mixed = [turn for pair in zip(one, two, strict=True) for turn in pair]
    assert ready(mixed, 0) == 0
    third = talk(BOAT, "s3", first=13)
    assert ready(mixed + third, 0) == 12
    assert ready([one[0], *two, *one[1:]], 0) == 0


def test_what_ends_with_a_full_batch_may_go_on_behind_it() -> None:
    one, two = talk(BOAT), talk(BREAD, "s2", first=7)
    assert ready(one + two, 1000, batch=12) == 6
    assert ready(one + two, 1000, batch=13) == 12


def test_a_session_longer_than_a_batch_is_cut_between_topics() -> None:
    assert ready(talk([*BREAD, *BREAD, *BOAT]), 0, batch=18) == 12
    assert ready(talk(BOAT[:1]), 0, batch=1) == 1


def test_a_session_whose_moments_are_unknown_is_over_when_another_begins() -> None:
    one = [replace(turn, when=None) for turn in talk(BOAT)]
    two = [replace(turn, when=None) for turn in talk(BREAD, "s2", first=7)]
    assert settled(one, LATER, 256) == 0
    assert settled(one + two, LATER, 256) == 6


@pytest.mark.parametrize("make", [lexical, lambda: SummaryExtractor(embedder=None)])
def test_a_session_is_told_once_however_often_one_looks(make: Callable[[], Extractor]) -> None:
    turns = talk(BOAT) + talk(BREAD, "s2", start=START + timedelta(hours=1), first=7)

    def told(*, often: bool) -> list[str]:
        with MemoryStore(":memory:", embedder=None, extractors=[make()]) as store:
            ana = store.scope(user="ana")
            for turn in turns:
                ana.add([turn])
                if often:
                    store.maintain(now=turn.when)
            store.maintain(now=LATER)
            found = [*ana.memories()] if hasattr(ana, "memories") else []
            assert store.check().ok
            return [memory.text for memory in found]

    assert told(often=True) == told(often=False)


@settings(max_examples=60, deadline=None)
@given(chats())
def test_every_turn_is_in_one_segment_at_most_and_whole(turns: list[Turn]) -> None:
    seen = []
    for memory in lexical().extract(turns):
        texts = {turn.id: turn.text for turn in turns}
        assert quotes(memory, turns) == [texts[source.turn] for source in memory.sources]
        seen += [source.turn for source in memory.sources]
        assert memory.text.startswith(", ".join(memory.metadata["terms"]))
    assert len(seen) == len(set(seen))


@settings(max_examples=60, deadline=None)
@given(chats())
def test_what_is_settled_never_cuts_a_session_that_goes_on(turns: list[Turn]) -> None:
    for hours in (0, 9):
        count = ready(turns, hours)
        assert 0 <= count <= len(turns)
        before = sessions(turns[:count])
        assert sessions(turns)[: len(before)] == before
    whole = list(lexical().extract(turns))
    count = ready(turns, 0)
    parts = [*lexical().extract(turns[:count]), *lexical().extract(turns[count:])]
    assert parts == whole


def test_the_contract_is_kept() -> None:
    check_extractor(lexical)
    check_extractor(lambda: SegmentExtractor(embedder=HashingEmbedder(32)), talk([*BOAT, *BREAD]))
