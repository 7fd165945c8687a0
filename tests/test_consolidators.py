"""Consolidators: many derived records to fewer, and to the links and topics among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from conftest import NOON, MakeStore

from memkit import Memory, MemoryStore, Scope, Source, Turn
from memkit.consolidate.conflicts import ConflictConsolidator
from memkit.consolidate.duplicates import DuplicateConsolidator
from memkit.consolidate.likeness import nearest
from memkit.consolidate.neighbours import NeighbourConsolidator
from memkit.consolidate.rollups import MonthlyConsolidator, YearlyConsolidator
from memkit.consolidate.topics import TopicConsolidator
from memkit.contracts import Consolidator, Embedder, Extractor
from memkit.extract.summaries import SummaryExtractor
from memkit.testing import check_consolidator
from memkit.types import Floats

THEMES = {
    "boat": "hull mast rudder harbour keel anchor sail tiller".split(),
    "bread": "flour oven dough rye crust sourdough starter loaf".split(),
    "music": "piano chord scale melody rhythm tune song lesson".split(),
    "garden": "tomato hedge compost rake rose soil seed bean".split(),
}


class Themes(Embedder):
    """A vector of how many words of each theme a text holds; one direction each, and a little."""

    identity, dim = "themes", 40

    def embed(self, texts: Sequence[str], role: Any = "document") -> Floats:
        vocabulary = [word for words in THEMES.values() for word in words]
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for place, word in enumerate(vocabulary):
                if word in text:
                    row[place // 8] += 1.0
                    row[8 + place] += 0.3
            row[7] = 0.05
        return rows


class Verbatim(Extractor):
    """Each turn as one record of a kind."""

    name = "verbatim"

    def __init__(self, kind: str = "fact") -> None:
        self.kind = kind

    def extract(self, turns: Sequence[Turn]) -> Iterable[Memory]:
        for turn in turns:
            source = Source(turn.id, 0, len(turn.text))
            yield Memory(self.kind, turn.text, (source,), metadata=dict(turn.metadata))


def store_of(
    make_store: MakeStore, texts: Sequence[Any], *consolidators: Consolidator,
    kind: str = "fact",
) -> tuple[MemoryStore, Scope]:  # fmt: skip
    store = make_store(extractors=[Verbatim(kind)], consolidators=consolidators)
    ana = store.scope(user="ana")
    for place, text in enumerate(texts):
        ana.add(text, now=NOON + timedelta(hours=place))
    return store, ana


def live(scope: Scope, kind: str) -> list[Memory]:
    return list(scope.memories(filter={"kind": kind}))


SAID = [
    "Ana keeps bees behind the house.",
    "Ana keeps 3 hives.",
    "ana keeps bees, behind the house!",
    "Ana keeps 4 hives.",
    "Ana does not keep bees behind the house.",
    "Ana keeps some bees behind the house.",
]


def test_records_that_say_the_same_become_one_with_all_sources(make_store: MakeStore) -> None:
    store, ana = store_of(make_store, SAID, DuplicateConsolidator(embedder=None))
    report = ana.maintain()
    assert report.consolidated == {"duplicates": 1}
    facts = {fact.text: fact for fact in live(ana, "fact")}
    assert set(facts) == {SAID[0], SAID[1], SAID[3], SAID[4]}
    merged = facts[SAID[0]]
    assert [source.turn for source in merged.sources] == ["t1", "t3", "t6"]
    assert merged.metadata["merged"] == 3
    assert merged.when == NOON
    assert ana.expand(merged.id or "") == [ana.get("t1"), ana.get("t3"), ana.get("t6")]
    assert store.stats()["standing"] == {"replaced": 3}
    entry = ana.journal()[-1]
    assert (entry.action, entry.reason) == ("consolidate", "3 records say the same")
    ana.undo(entry.id)
    assert {fact.text for fact in live(ana, "fact")} == set(SAID)


def test_what_was_merged_is_not_merged_again_and_takes_in_what_comes(
    make_store: MakeStore,
) -> None:
    _, ana = store_of(make_store, SAID, DuplicateConsolidator(embedder=None))
    ana.maintain()
    entries = len(ana.journal())
    assert ana.maintain().consolidated.get("duplicates", 0) == 0
    assert len(ana.journal()) == entries
    ana.add("Ana keeps bees behind the house.", now=NOON + timedelta(days=9))
    ana.maintain()
    (merged,) = [fact for fact in live(ana, "fact") if "merged" in fact.metadata]
    assert merged.metadata["merged"] == 4
    assert len(merged.sources) == 4


def test_what_means_something_else_is_not_the_same(make_store: MakeStore) -> None:
    texts = [
        {"content": "Ana sings in a choir.", "metadata": {"mood": "assertion"}},
        {"content": "Ana sings in a choir.", "metadata": {"mood": "plan"}},
    ]
    _, ana = store_of(make_store, texts, DuplicateConsolidator())
    assert ana.maintain().consolidated.get("duplicates", 0) == 0


def test_words_of_a_stranger_do_not_replace_those_of_a_user(make_store: MakeStore) -> None:
    texts = ["Ana sings in a choir.", {"content": "Ana sings in a choir.", "role": "web"}]
    _, ana = store_of(make_store, texts, DuplicateConsolidator(embedder=None))
    report = ana.maintain()
    assert (report.consolidated.get("duplicates", 0), report.errors) == (0, ())
    assert len(live(ana, "fact")) == 2


def themed(count: int, seed: int = 7) -> list[str]:
    """Segments about four themes, in turn."""
    drawn = np.random.default_rng(seed)
    names = list(THEMES)
    texts = []
    for place in range(count):
        words = drawn.permutation(THEMES[names[place % 4]])[:5]
        texts.append(f"We spoke of the {', the '.join(words)} number{place}.")
    return texts


def test_neighbours_are_linked_and_strangers_are_not(make_store: MakeStore) -> None:
    texts = themed(60)
    store, ana = store_of(make_store, texts, NeighbourConsolidator(embedder=Themes()))
    report = ana.maintain()
    assert report.consolidated["neighbours"] >= 1
    linked = 0
    theme = {fact.id: place % 4 for place, fact in enumerate(live(ana, "fact"))}
    for fact in live(ana, "fact"):
        for link in ana.links(fact.id or ""):
            assert link.kind == "alike"
            assert theme[link.source] == theme[link.target]
            assert 0 < link.weight <= 1
            linked += 1
    assert linked > 20
    entries = len(ana.journal())
    assert ana.maintain().consolidated.get("neighbours", 0) == 0
    assert len(ana.journal()) == entries
    for entry in reversed(ana.journal(limit=1000)):
        if entry.action == "consolidate":
            assert len(entry.records) > 20
            ana.undo(entry.id)
    assert not any(ana.links(fact.id or "") for fact in live(ana, "fact"))
    assert store.check().ok


def test_links_that_were_undone_stay_undone_until_something_is_said(make_store: MakeStore) -> None:
    _, ana = store_of(make_store, themed(60), NeighbourConsolidator(embedder=Themes()))
    ana.maintain()
    entry = ana.journal(limit=1000)[-1]
    again = ana.undo(entry.id)
    ana.undo(again.id)
    assert any(ana.links(fact.id or "") for fact in live(ana, "fact"))


def test_topics_gather_segments_and_are_named_by_their_words(make_store: MakeStore) -> None:
    texts = themed(32)
    _, ana = store_of(make_store, texts, TopicConsolidator(embedder=Themes()), kind="segment")
    ana.maintain()
    topics = live(ana, "topic")
    assert len(topics) == 4
    for topic in topics:
        (theme,) = {name for name, words in THEMES.items() if topic.metadata["terms"][0] in words}
        assert set(topic.metadata["terms"]) <= set(THEMES[theme])
        assert len(topic.metadata["segments"]) == 8
        assert len(ana.expand(topic.id or "")) == 8
    assert ana.maintain().consolidated.get("topics", 0) == 0


def test_topics_are_made_anew_when_there_is_a_quarter_more(make_store: MakeStore) -> None:
    texts = themed(45)
    store, ana = store_of(
        make_store, texts[:32], TopicConsolidator(embedder=Themes()), kind="segment"
    )
    ana.maintain()
    first = {topic.id for topic in live(ana, "topic")}
    ana.add(texts[32:38])
    assert ana.maintain().consolidated.get("topics", 0) == 0
    ana.add(texts[38:])
    assert ana.maintain().consolidated["topics"] == 1
    second = live(ana, "topic")
    assert first.isdisjoint(topic.id for topic in second)
    assert sum(len(topic.metadata["segments"]) for topic in second) == 45
    assert store.stats()["standing"] == {"replaced": 4}


def claim(subject: str, value: str, since: str | None, **more: Any) -> dict[str, Any]:
    metadata = {"subject": subject, "attribute": "home", "value": value, **more}
    if since is not None:
        metadata["since"] = since
    return {"content": f"{subject} lives in {value}.", "metadata": metadata}


def conflicting(make_store: MakeStore, *claims: dict[str, Any]) -> Scope:
    _, ana = store_of(make_store, claims, ConflictConsolidator(), kind="triple")
    ana.maintain()
    return ana


def test_two_values_from_the_same_day_on_are_a_conflict(make_store: MakeStore) -> None:
    ana = conflicting(
        make_store,
        claim("Rui", "Porto", "2020-01-01"),
        claim("Rui", "Lisbon", "2020-01-01"),
        claim("Eva", "Faro", "2020-01-01"),
    )
    (conflict,) = live(ana, "conflict")
    assert conflict.text == "Rui | home | Porto or Lisbon"
    assert conflict.metadata["values"] == ["Porto", "Lisbon"]
    assert [source.turn for source in conflict.sources] == ["t1", "t2"]
    (one, other) = conflict.metadata["claims"]
    assert [(link.source, link.target, link.kind) for link in ana.links(one)] == [
        (one, other, "contradicts")
    ]
    assert ana.maintain().consolidated.get("conflicts", 0) == 0


def test_a_conflict_that_is_resolved_goes(make_store: MakeStore) -> None:
    ana = conflicting(
        make_store, claim("Rui", "Porto", "2020-01-01"), claim("Rui", "Lisbon", "2020-01-01")
    )
    fixed = claim("Rui", "Lisbon", "2020-01-01", mood="correction", corrects="Porto")
    ana.add(fixed, now=NOON + timedelta(days=3))
    assert ana.maintain().consolidated["conflicts"] == 1
    assert live(ana, "conflict") == []


@pytest.mark.parametrize(
    "claims",
    [
        [claim("Rui", "Porto", "2020-01-01"), claim("Rui", "Lisbon", "2021-01-01")],
        [claim("Rui", "Porto", None), claim("Rui", "Lisbon", None)],
        [claim("Rui", "Porto", "2020-01-01"), claim("Rui", "porto", "2020-01-01")],
        [claim("Rui", "Porto", "2020-01-01", several=True),
         claim("Rui", "Lisbon", "2020-01-01", several=True)],
        [claim("Rui", "Porto", "2020-01-01"), claim("Rui", "Lisbon", "2020-01-01"),
         claim("Rui", "Braga", "2022-01-01")],
        [claim("Rui", "Porto", "2020-01-01"),
         {**claim("Rui", "Lisbon", "2020-01-01"), "role": "web"}],
    ],
)  # fmt: skip
def test_what_one_time_after_the_other_or_at_once_can_be_so_is_no_conflict(
    claims: list[dict[str, Any]], make_store: MakeStore
) -> None:
    assert live(conflicting(make_store, *claims), "conflict") == []


def test_a_year_is_summed_up_out_of_its_months() -> None:
    lines = ["I finally restored the old wooden boat, and she floats!",
             "The rye bread from the bakery in Rua da Rosa is the best in Lisbon.",
             "We planted 12 tomatoes and a long hedge of roses in the garden."]  # fmt: skip
    with MemoryStore(
        ":memory:", embedder=None, extractors=[SummaryExtractor(embedder=None)],
        consolidators=[MonthlyConsolidator(), YearlyConsolidator(budget=150)],
    ) as store:  # fmt: skip
        ana = store.scope(user="ana")
        for month in range(1, 15):
            when = datetime(2023 + month // 13, (month - 1) % 12 + 1, 5, tzinfo=UTC)
            for place in range(3):
                text = f"{lines[(month + place) % 3]} That was number {month}{place}."
                ana.add({"content": text, "name": "Ana", "session": f"s{month}",
                         "timestamp": when + timedelta(minutes=place)})  # fmt: skip
        store.maintain(now="2025-01-01")
        years = [m for m in ana.memories() if m.metadata.get("level") == "year"]
        assert [m.metadata["year"] for m in years] == ["2023", "2024"]
        texts = {turn.id: turn.text for turn in ana.turns()}
        for year in years:
            assert all(texts[s.turn][s.start : s.end] in year.text for s in year.sources)
        assert not store.maintain(now="2025-01-02").consolidated.get("yearly")


def given_facts(texts: Sequence[str], kind: str = "fact") -> list[Memory]:
    return [
        Memory(
            kind, text, (Source(f"t{n}", 0, len(text)),), f"m{n}", "Ana", "s1",
            NOON + timedelta(hours=n),
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip


def given_claims() -> list[Memory]:
    turns = [claim("Rui", "Porto", "2020-01-01"), claim("Rui", "Lisbon", "2020-01-01")]
    facts = given_facts([turn["content"] for turn in turns], "triple")
    return [replace(m, metadata=turn["metadata"]) for m, turn in zip(facts, turns, strict=True)]


@pytest.mark.parametrize(
    ("make", "memories"),
    [
        (lambda: DuplicateConsolidator(embedder=None), given_facts(SAID)),
        (DuplicateConsolidator, given_facts(SAID)),
        (lambda: NeighbourConsolidator(embedder=Themes()), given_facts(themed(60))),
        (lambda: TopicConsolidator(embedder=Themes()), given_facts(themed(32), "segment")),
        (ConflictConsolidator, given_claims()),
    ],
    ids=["duplicates by words", "duplicates", "neighbours", "topics", "conflicts"],
)
def test_the_contract_is_kept_where_there_is_something_to_do(
    make: Callable[[], Consolidator], memories: list[Memory]
) -> None:
    check_consolidator(make, memories)


def test_a_small_budget_gets_through_in_a_few_runs(make_store: MakeStore) -> None:
    texts = [f"Ana likes the {word} best." for word in THEMES["boat"] for _ in range(2)]
    _, ana = store_of(make_store, texts, DuplicateConsolidator(embedder=None))
    runs = 0
    while not ana.maintain(budget_ms=0.001 if runs else None).finished:
        runs += 1
        assert runs < 30
    assert len(live(ana, "fact")) == 8


def test_a_dry_run_says_what_would_be_consolidated(make_store: MakeStore) -> None:
    store, ana = store_of(make_store, SAID, DuplicateConsolidator(embedder=None))
    ana.maintain(budget_ms=None)
    store._parts.consolidators = ()
    ana.add(SAID[0], now=NOON + timedelta(days=1))
    ana.maintain()
    store._parts.consolidators = (DuplicateConsolidator(embedder=None),)
    before = len(ana.journal())
    (planned,) = ana.maintain(dry_run=True).planned
    assert (planned.act, planned.reason) == ("consolidate", "duplicates: 2 records say the same")
    assert len(ana.journal()) == before


def test_the_nearest_are_those_of_a_whole_sort_ties_in_ascending_order() -> None:
    draw = np.random.default_rng(0)
    for rows in (draw.standard_normal((40, 8)), draw.integers(0, 2, (40, 3))):
        given = rows.astype(np.float32)
        places, cosines = nearest(given, 5)
        products = given @ given.T
        np.fill_diagonal(products, -2.0)
        expected = np.argsort(-products, axis=1, kind="stable")[:, :5]
        assert places.tolist() == expected.tolist()
        assert cosines.tolist() == np.take_along_axis(products, expected, axis=1).tolist()
    assert nearest(np.zeros((1, 3), np.float32), 5)[0].shape == (1, 0)
