"""Ranking by routed vectors: the base's ranking, rescue by words, and what the trace tells."""

from __future__ import annotations

import logging
import random
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from conftest import NOON, MakeStore
from typer.testing import CliRunner

from memkit import Memory, MemoryStore, Scope, Source
from memkit.cli.app import app
from memkit.contracts import Extractor, Indexer, Query, Ranking, Retriever, View
from memkit.embed.hashing import HashingEmbedder
from memkit.index.exact import ExactIndex
from memkit.index.hierarchy import HierarchyIndex
from memkit.index.hierarchy_routing import Beam
from memkit.index.hierarchy_tree import Shape
from memkit.index.keyword import KeywordIndex
from memkit.models import Stage
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.routing import HierarchicalRetriever
from memkit.retrieve.scaling import ranked
from memkit.store import snapshots

_ALL = Beam(10**9, 10**9, 10**9)
_NARROW = Beam(4, 8, 4, margin=-2.0)
_WORDS = (
    "boat violin marmalade map lamp tea bicycle moss harbour kettle ladder orchard piano quarry "
    "saddle tunnel umbrella vineyard whistle anchor"
).split()
_QUERIES = ("the violin and the boat", "who saw the quarry?", "marmalade orchard", "kettle tea")


def messages(count: int, seed: int = 3) -> list[dict[str, Any]]:
    dice = random.Random(seed)
    return [
        {
            "content": f"The {' '.join(dice.sample(_WORDS, 4))} number {place}.",
            "name": dice.choice(["Ana", "Bo"]),
            "session": f"s{place // 12}",
            "id": f"t{place}",
        }
        for place in range(count)
    ]


def routed(**options: Any) -> list[Any]:
    shape = Shape(likeness=0.3, episode=4, topic=6, domain=4, batch=16)
    return [KeywordIndex, partial(HierarchyIndex, shape=shape, exact_below=0, **options)]


def filled(make_store: MakeStore, indexers: list[Any], count: int = 200, **options: Any) -> Scope:
    store = make_store(":memory:", indexers=indexers, embedder=HashingEmbedder(64), **options)
    ana = store.scope(user="ana")
    ana.add(messages(count))
    return ana


def hierarchical(**options: Any) -> HierarchicalRetriever:
    """Over lists short enough for a beam to be narrower than they are long."""
    return HierarchicalRetriever(FusedRetriever(pool=20), **options)


def stages(scope: Scope, query: str, retriever: Retriever, **options: Any) -> dict[str, Stage]:
    trace = scope.trace(query, now=NOON, retriever=retriever, **options)
    return {stage.name: stage for stage in trace.stages}


def test_a_beam_over_everything_ranks_as_the_base_does(make_store: MakeStore) -> None:
    flat = filled(make_store, [KeywordIndex, ExactIndex])
    ana = filled(make_store, routed())
    for query in _QUERIES:
        expected = flat.search(query, 30, now=NOON)
        hits = ana.search(query, 30, now=NOON, retriever=HierarchicalRetriever(beam=_ALL))
        assert [hit.id for hit in hits] == [hit.id for hit in expected]
        for hit, other in zip(hits, expected, strict=True):
            assert hit.score == pytest.approx(other.score, abs=1e-3)
            assert hit.why.keys() == other.why.keys()


def test_the_trace_tells_what_was_compared(make_store: MakeStore) -> None:
    ana = filled(make_store, routed())
    wide = stages(ana, _QUERIES[0], hierarchical(beam=_ALL))["vector"]
    assert wide.entered == wide.kept == 200
    stage = stages(ana, _QUERIES[0], hierarchical(beam=_NARROW, rescue=0))["vector"]
    assert stage.entered == 200 and 0 < stage.kept < 200
    assert stage.note.startswith("compared ") and " of 200 vectors: " in stage.note
    numbers = [int(part.split()[0]) for part in stage.note.partition(": ")[2].split(", ")]
    assert int(stage.note.split()[1]) == sum(numbers) and numbers[-1] == stage.kept
    order = [each.name for each in ana.trace(_QUERIES[0], retriever=hierarchical()).stages]
    assert order == ["allowed", "vector", "candidates", "hits"]


def test_the_indexs_own_beam_serves_where_none_is_given(make_store: MakeStore) -> None:
    ana = filled(make_store, routed(beam=_NARROW))
    own = stages(ana, _QUERIES[0], hierarchical())["vector"]
    same = stages(ana, _QUERIES[0], hierarchical(beam=_NARROW))["vector"]
    other = stages(ana, _QUERIES[0], hierarchical(beam=_ALL))["vector"]
    assert own == same and own.kept < other.kept


class Vectors(Retriever):
    """The nearest turns, nothing else; keeps what it was shown."""

    name: ClassVar[str] = "vectors"

    def retrieve(self, query: Query, view: View) -> Ranking:
        self.speakers, self.size = view.speaker_names, view.turns.size
        found = view.turns.search("vector", query, 50)
        order = np.argsort(found.ordinals)
        scores = np.clip(found.scores[order], 0.0, 1.0)
        return ranked(found.ordinals[order], scores, {})


def test_words_rescue_what_the_beam_does_not_reach(make_store: MakeStore) -> None:
    ana = filled(make_store, routed(beam=_NARROW))
    gained = 0
    for query in _QUERIES:
        with_words, without = (
            ana.search(query, 50, now=NOON, retriever=HierarchicalRetriever(Vectors(), rescue=n))
            for n in (20, 0)
        )
        assert with_words[0].score >= without[0].score
        gained += len({hit.id for hit in with_words} - {hit.id for hit in without})
    assert gained > 5


def test_the_base_sees_everything_else_as_it_is(make_store: MakeStore) -> None:
    ana, base = filled(make_store, routed()), Vectors()
    ana.search(_QUERIES[0], now=NOON, retriever=HierarchicalRetriever(base))
    assert list(base.speakers) == ["", "Ana", "Bo"] or list(base.speakers) == ["", "Bo", "Ana"]
    assert base.size == 200


def test_a_filter_is_heeded(make_store: MakeStore) -> None:
    ana = filled(make_store, routed(beam=_NARROW))
    for query in _QUERIES:
        hits = ana.search(
            query, 20, filter={"speaker": "Bo"}, now=NOON, retriever=HierarchicalRetriever()
        )
        assert hits and {hit.speaker for hit in hits} == {"Bo"}


class Odd(Extractor):
    """Every other turn as a memory."""

    name: ClassVar[str] = "odd"

    def extract(self, turns: Any) -> Any:
        for turn in turns:
            if int(turn.id[1:]) % 2:
                yield Memory("fact", turn.text, (Source(turn.id, 0, len(turn.text)),))


def test_memories_are_routed_too(make_store: MakeStore) -> None:
    ana = filled(make_store, routed(beam=_NARROW), extractors=[Odd()])
    assert "memory vector" not in stages(ana, _QUERIES[0], hierarchical())
    ana.maintain(now=NOON)
    stage = stages(ana, _QUERIES[0], hierarchical(rescue=0))["memory vector"]
    assert stage.entered == 100 and stage.kept < 100 and "topics" in stage.note


@pytest.mark.parametrize("vector_index", [None, ExactIndex])
def test_over_another_vector_index_it_ranks_as_its_base_and_says_so_once(
    make_store: MakeStore, vector_index: type[Indexer] | None, caplog: pytest.LogCaptureFixture
) -> None:
    indexers = [KeywordIndex, vector_index] if vector_index else None
    ana = filled(make_store, indexers)  # type: ignore[arg-type]
    retriever = HierarchicalRetriever()
    with caplog.at_level(logging.WARNING, "memkit"):
        for query in _QUERIES:
            assert ana.search(query, now=NOON, retriever=retriever) == ana.search(query, now=NOON)
    (record,) = caplog.records
    assert "HierarchyIndex" in record.message and "'hierarchical'" in record.message
    assert "HierarchyIndex" in stages(ana, _QUERIES[0], retriever)["vector"].note


def test_without_vectors_there_is_nothing_to_route(
    make_store: MakeStore, caplog: pytest.LogCaptureFixture
) -> None:
    store = make_store(":memory:", embedder=None, indexers=routed())
    ana = store.scope(user="ana")
    ana.add(messages(40))
    retriever = HierarchicalRetriever()
    assert ana.search(_QUERIES[0], now=NOON, retriever=retriever) == ana.search(
        _QUERIES[0], now=NOON
    )
    assert "vector" not in stages(ana, _QUERIES[0], retriever) and not caplog.records


def test_a_store_opened_again_answers_alike(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(snapshots, "LEAST_RECORDS", 32)
    retriever = HierarchicalRetriever(beam=_NARROW)

    def answers(store: MemoryStore) -> list[list[str]]:
        ana = store.scope(user="ana")
        return [
            [hit.id for hit in ana.search(query, 20, now=NOON, retriever=retriever)]
            for query in _QUERIES
        ]

    options = {"indexers": routed(), "embedder": HashingEmbedder(64)}
    with make_store(**options) as store:
        store.scope(user="ana").add(messages(200))
        expected = answers(store)
    assert [path for path in tmp_path.iterdir() if ".snapshot-" in path.name]
    with make_store(**options) as store:
        assert answers(store) == expected


def test_the_command_line_tells_how_to_have_vectors_routed(
    make_store: MakeStore, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    with make_store("notes.mem") as store:
        store.scope(user="ana").add(messages(30))
    path = f"{tmp_path / 'notes.mem'}"
    result = CliRunner().invoke(app, ["search", path, "violin", "--retriever", "hierarchical"])
    assert result.exit_code == 0 and "violin" in result.stdout
    (record,) = caplog.records
    assert "indexers=[KeywordIndex, HierarchyIndex]" in record.message
