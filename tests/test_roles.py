"""The retriever that knows who did what to whom, by the places of words."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime

import numpy as np
import pytest
from conftest import MakeStore

from memkit import Scope
from memkit.contracts import Query, Ranking, Retriever, View
from memkit.extract.triples import TripleExtractor
from memkit.index.exact import ExactIndex
from memkit.index.hypervectors import symbol
from memkit.retrieve.roles import RoleRetriever, ordered
from memkit.retrieve.scaling import ranked
from memkit.testing import check_retriever
from memkit.text import term_ids, terms

BOTH_WAYS = [
    "Ana lent Rui a bike.", "Rui lent Ana a bike.",
    "Ana helped Rui with the boat.", "Rui helped Ana with the boat.",
]  # fmt: skip


class Everything(Retriever):
    """All turns, all alike: what it is built on decides nothing."""

    name = "everything"

    def retrieve(self, query: Query, view: View) -> Ranking:
        allowed = np.flatnonzero(view.turns.allowed)
        return ranked(allowed, np.full(len(allowed), 0.5, np.float32), {})


def friends(make_store: MakeStore, *texts: str) -> Scope:
    ana = make_store(extractors=[]).scope(user="ana")
    ana.add(list(texts) or BOTH_WAYS)
    return ana


@pytest.mark.parametrize("base", [None, Everything()])
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who lent Rui a bike?", "t1"),
        ("Who lent Ana a bike?", "t2"),
        ("Who did Ana lend a bike to?", "t1"),
        ("Whom did Rui lend a bike?", "t2"),
        ("Did Ana lend Rui a bike?", "t1"),
        ("Did Rui lend Ana a bike?", "t2"),
        ("Who helped Rui with the boat?", "t3"),
        ("Who helped Ana with the boat?", "t4"),
        ("Whom did Rui help with the boat?", "t4"),
    ],
)
def test_the_one_who_did_it_is_told_from_the_one_it_was_done_to(
    question: str, answer: str, base: Retriever | None, make_store: MakeStore
) -> None:
    ana = friends(make_store)
    matter = "boat" if "boat" in question else "bike"
    found = ana.search(question, k=4, retriever=RoleRetriever(base))
    assert next(hit.id for hit in found if matter in hit.text) == answer


def test_who_speaks_stands_before_what_is_said(make_store: MakeStore) -> None:
    ana = make_store(extractors=[]).scope(user="ana")
    ana.add(
        [{"name": "Ana", "content": "I helped Rui."}, {"name": "Rui", "content": "I helped Ana."}]
    )
    roles = RoleRetriever(Everything())
    assert ana.search("Who helped Ana?", retriever=roles)[0].speaker == "Rui"
    assert ana.search("Who helped Rui?", retriever=roles)[0].speaker == "Ana"


def test_the_trace_says_who_stands_where_the_question_asks(make_store: MakeStore) -> None:
    store = make_store(extractors=[], retriever=RoleRetriever(Everything()))
    ana = store.scope(user="ana")
    ana.add(
        [{"name": "Ana", "content": "I helped Rui."}, {"name": "Rui", "content": "I helped Ana."}]
    )
    notes = {stage.name: stage.note for stage in ana.trace("Who helped Rui?").stages}
    assert notes["roles"] == "Ana stands where the question asks"
    notes = {stage.name: stage.note for stage in ana.trace("Did Ana help Rui?").stages}
    assert notes["roles"] == "3 words in their order"


@pytest.mark.parametrize("question", ["bike", "a bike and a boat", "Where is the old bike now?"])
def test_a_question_without_roles_is_ranked_as_the_base_ranks_it(
    question: str, make_store: MakeStore
) -> None:
    ana = friends(make_store)
    plain, same = ana.search(question), ana.search(question, retriever=RoleRetriever())
    assert [(hit.id, hit.score) for hit in same] == [(hit.id, hit.score) for hit in plain]


def test_shared_words_alone_give_nothing(make_store: MakeStore) -> None:
    ana = friends(make_store, "Rui has a bike and a kayak.", "Of the bike nobody told Rui.", "Hm.")
    hits = ana.search("Who lent Rui a bike?", k=3, retriever=RoleRetriever(Everything()))
    assert max(abs(hit.why.get("roles", 0.0)) for hit in hits) < 0.25, "one pair of three at most"


def test_triples_lend_their_frames_to_the_turns_they_rest_on(make_store: MakeStore) -> None:
    store = make_store(extractors=[TripleExtractor()])
    ana = store.scope(user="ana")
    ana.add({"name": "Ana", "content": "My sister is called Marta."})
    ana.maintain(now=datetime(2024, 6, 1, tzinfo=UTC))
    assert list(ana.memories())
    hit = ana.search("Who is Ana's sister?", retriever=RoleRetriever())[0]
    assert "roles" in hit.why


def test_a_frame_is_the_sum_of_each_word_and_those_after_it() -> None:
    one, two, three = (symbol(name, 64).astype(int) for name in ("a", "b", "c"))
    by_hand = one * np.roll(two, 1) + two * np.roll(three, 1) + one * np.roll(three, 1)
    assert np.array_equal(ordered(["a", "b", "c"], 2, 64), by_hand)
    assert np.array_equal(ordered(["a", "b", "c"], 1, 64), by_hand - one * np.roll(three, 1))


def test_the_signal_is_the_share_of_pairs_in_order_less_those_in_the_other(
    make_store: MakeStore,
) -> None:
    """who, lent, Ana, bike: six pairs. t2 has all; three of t1's are turned round."""
    ana = friends(make_store, *BOTH_WAYS[:2])
    hits = ana.search("Who lent Ana a bike?", retriever=RoleRetriever(weight=1.0, size=1 << 15))
    signals = {hit.id: hit.why["roles"] for hit in hits}
    assert signals["t2"] == pytest.approx(1.0, abs=0.03)
    assert signals["t1"] == pytest.approx(0.0, abs=0.03)
    assert len(term_ids(terms("lent Ana bike"))) == 3


def test_what_stands_far_apart_has_no_role(make_store: MakeStore) -> None:
    far = (
        "Rui lent, as was told at length over dinner, music, bread, rivers and clouds, Ana a bike."
    )
    ana = friends(make_store, far, BOTH_WAYS[0])
    hits = ana.search("Who lent Ana a bike?", retriever=RoleRetriever(Everything(), reach=2))
    signals = {hit.id: hit.why.get("roles", 0.0) for hit in hits}
    near = ana.search("Who lent Ana a bike?", retriever=RoleRetriever(Everything(), reach=20))
    assert signals["t1"] < {hit.id: hit.why.get("roles", 0.0) for hit in near}["t1"]


def test_vectors_alone_are_no_place_to_look_for_memories(make_store: MakeStore) -> None:
    store = make_store(extractors=[], indexers=[ExactIndex])
    ana = store.scope(user="ana")
    ana.add(BOTH_WAYS)
    found = ana.search("Who lent Rui a bike?", retriever=RoleRetriever(Everything()))
    assert found[0].id == "t1"


def test_the_contract_is_kept() -> None:
    check_retriever(lambda: RoleRetriever(Everything(), size=256))


def test_a_turn_as_long_as_a_book_costs_no_more_memory_than_a_page(
    make_store: MakeStore,
) -> None:
    """Its frame used to take 8 kB for each of its words, to tell who stands in it."""
    ana = make_store(extractors=[], retriever=RoleRetriever(Everything())).scope(user="ana")
    ana.add({"content": "Rui helped Ana. " + "The boat was blue. " * 5000, "name": "Eva"})
    ana.search("Who helped Ana?")
    tracemalloc.start()
    try:
        note = ana.trace("Who helped Ana?").stages[1]
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "stands where the question asks" in note.note
    assert most < 50_000_000
