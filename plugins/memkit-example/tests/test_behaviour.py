"""And what each is for."""

from __future__ import annotations

import memkit_example as example

from memkit import MemoryStore
from memkit.index.keyword import KeywordIndex


def test_names_that_sound_alike_are_near() -> None:
    with MemoryStore(":memory:", embedder=example.SoundEmbedder()) as store:
        ana = store.scope(user="ana")
        ana.add(["Catherine rang about the boat.", "Peter paid the rent.", "The shop was closed."])
        assert ana.search("Katherine")[0].text.startswith("Catherine")


def test_a_phrase_beats_the_same_words_apart() -> None:
    by_phrase = example.FreshRetriever(index="phrase")
    with MemoryStore(
        ":memory:", embedder=None, indexers=[KeywordIndex, example.PhraseIndex]
    ) as store:
        ana = store.scope(user="ana")
        ana.add(["A red boat passed a blue house.", "A red house stood by a blue boat."])
        assert ana.search("red house", retriever=by_phrase)[0].sources == ("t2",)


def test_the_fresher_of_two_prices_comes_first() -> None:
    with MemoryStore(":memory:", embedder=None, retriever=example.FreshRetriever(30)) as store:
        ana = store.scope(user="ana")
        ana.add({"content": "The rent is 900 euros.", "timestamp": "2023-01-01"})
        ana.add({"content": "The rent is 1,100 euros.", "timestamp": "2024-05-01"})
        hits = ana.search("How much is the rent?", now="2024-06-01")
        assert [hit.text for hit in hits] == ["The rent is 1,100 euros.", "The rent is 900 euros."]
        assert hits[0].why["freshness"] > 0.4 > hits[1].why.get("freshness", 0.0)


def test_contacts_are_extracted_and_merged() -> None:
    with MemoryStore(
        ":memory:",
        embedder=None,
        extractors=[example.ContactExtractor()],
        consolidators=[example.MergeConsolidator()],
    ) as store:
        ana = store.scope(user="ana")
        ana.add(["Write to rui@example.org.", "Rui is rui@example.org, or +351 210 000 000."])
        report = store.maintain(now="2024-06-01")
        assert report.extracted == {"contacts": 3}
        assert report.consolidated == {"merge-repeated": 1}
        found = ana.search("rui example", filter={"kind": "contact"})
        assert {hit.text: hit.sources for hit in found}["rui@example.org"] == ("t1", "t2")


def test_what_nobody_needs_is_archived_and_can_be_brought_back() -> None:
    with MemoryStore(":memory:", embedder=None, forgetting=example.UnusedPolicy(90)) as store:
        ana = store.scope(user="ana")
        ana.add({"content": "The old password was lost.", "timestamp": "2023-01-01"})
        ana.add({"content": "The new password is in the safe.", "timestamp": "2024-05-01"})
        assert store.maintain(now="2024-06-01").archived == 1
        assert [hit.sources for hit in ana.search("password")] == [("t2",)]


def test_a_hit_that_repeats_a_better_one_is_dropped() -> None:
    with MemoryStore(":memory:", embedder=None) as store:
        ana = store.scope(user="ana")
        ana.add(["Rui lives in Braga now.", "Rui now lives in Braga!", "Rui likes the sea."])
        hits = ana.search("Where does Rui live?")
        assert len(example.DiverseReranker().rerank("Where does Rui live?", hits)) == 2


def test_courtesies_are_out_of_the_way() -> None:
    with MemoryStore(":memory:", embedder=None, gate=example.PleasantryGate()) as store:
        ana = store.scope(user="ana")
        ana.add(["Good morning!", "Good morning, the boat leaks.", "Thank you so much"])
        assert [turn.id for turn in ana.turns(archived=False)] == ["t2"]
        assert store.check().ok
