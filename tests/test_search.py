"""`search` and what explains it: hits, filters, stages, several scopes, several writers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from conftest import NOON, MakeStore

from memkit import Hit, Memory, MemoryStore, Scope, Source, Turn
from memkit.contracts import Extractor, Query, Ranking, Retriever, View
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import InvalidInput

_TOPICS = ("boats", "bread", "bicycles", "lighthouses", "marmalade", "tennis", "violins", "moss")
_DAYS = range(60)
_LINES = [
    f"Day {n}: {_TOPICS[n % 8]} and {_TOPICS[n * 3 % 7]}, {n * n} of them." for n in range(60)
]
_QUESTIONS = ("Who spoke of marmalade?", "boats and bread", "49 of them", "what about violins")


def ids(hits: Iterable[Hit]) -> list[str]:
    return [hit.id for hit in hits]


class Openings(Extractor):
    """The first word of each turn, as a memory."""

    name: ClassVar[str] = "openings"

    def extract(self, turns: Sequence[Turn]) -> Iterable[Memory]:
        for turn in turns:
            end = len(turn.text.split()[0])
            yield Memory("fact", turn.text[:end], (Source(turn.id, 0, end),))


class Newest(Retriever):
    """The newest allowed turns, or whatever it is told to say."""

    name: ClassVar[str] = "newest"

    def __init__(self, forced: list[int] | None = None) -> None:
        self._forced = forced

    def retrieve(self, query: Query, view: View) -> Ranking:
        found = np.flatnonzero(view.turns.allowed)[::-1]
        if self._forced is not None:
            found = np.array(self._forced)
        scores = np.linspace(1.0, 0.1, len(found), dtype=np.float32)
        return Ranking(found, scores, {"age": scores})


def test_a_hit_tells_where_its_words_come_from(ana: Scope) -> None:
    stored = ana.add(
        [
            {"content": "The ferry leaves at nine.", "name": "Bo", "session": "s1", "id": "D1:1",
             "timestamp": "2024-01-01T09:00:00+02:00", "metadata": {"topic": "boats"}},
            "Nothing else happened today.",
        ]
    )  # fmt: skip
    hit = ana.search("When does the ferry leave?")[0]
    assert (hit.id, hit.text, hit.kind) == ("D1:1", "The ferry leaves at nine.", "turn")
    assert (hit.session, hit.speaker, hit.when) == ("s1", "Bo", stored[0].when)
    assert (hit.sources, hit.turns) == (("D1:1",), (stored[0],))
    assert "keyword.turn" in hit.why
    assert all(isinstance(value, float) and value for value in hit.why.values())


@pytest.mark.parametrize("embedder", ["default", HashingEmbedder(32), None])
def test_scores_lie_between_0_and_1_and_fall(embedder: Any, make_store: MakeStore) -> None:
    ana = make_store(embedder=embedder).scope(user="ana")
    ana.add([{"content": line, "session": f"s{n // 9}"} for n, line in enumerate(_LINES)])
    for question in _QUESTIONS:
        scores = [hit.score for hit in ana.search(question, k=60)]
        assert scores == sorted(scores, reverse=True)
        assert 1.0 >= scores[0] > 0.0
        assert scores[-1] >= 0.0


def test_fewer_hits_are_the_beginning_of_more(ana: Scope) -> None:
    ana.add(_LINES)
    every = ana.search("boats and bread", k=40)
    assert len(every) == 40
    assert ana.search("boats and bread") == every[:10]
    assert [ana.search("boats and bread", k=k) for k in (1, 2, 7)] == [every[:k] for k in (1, 2, 7)]


@pytest.mark.parametrize("embedder", ["default", HashingEmbedder(64), None])
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_the_only_turn_that_matches_comes_first(
    embedder: Any, size: int, make_store: MakeStore
) -> None:
    """With so few records, statistics of the scope must not turn the order round."""
    others = [
        "My cat is called Bica.",
        "Rain again all week.",
        "Bo plays the violin.",
        "Yes, fine.",
    ]
    for place in range(size):
        lines = others[: size - 1]
        lines.insert(place, "I moved from Porto to Lisbon in March.")
        with MemoryStore(":memory:", embedder=embedder, clock=lambda: NOON) as store:
            ana = store.scope(user="ana")
            ana.add([{"content": line, "session": f"s{n}"} for n, line in enumerate(lines)])
            for query in ("Lisbon", "Did someone move to Lisbon?"):
                assert ana.search(query)[0].id == f"t{place + 1}"


def test_a_query_that_shares_no_word_finds_nothing_by_words_alone(make_store: MakeStore) -> None:
    ana = make_store(embedder=None).scope(user="ana")
    ana.add(_LINES)
    assert ana.search("zebra quilt") == []
    assert ana.search("?!") == []
    assert ana.why_not("zebra quilt", "t1").stage == "candidates"
    assert ana.trace("zebra quilt").hits == ()


def test_repeated_words_are_one_hit_with_every_source(ana: Scope) -> None:
    said = "See you at the harbour!"
    ana.add(
        [
            {"content": said, "name": "Bo", "session": "s1"},
            {"content": said.lower(), "name": "Bo", "session": "s2"},
            {"content": said, "name": "Cy", "session": "s3"},
            {"content": "ok then", "name": "Bo", "session": "s4"},
            {"content": "ok then", "name": "Bo", "session": "s5"},
        ]
    )
    found = ana.search("see the harbour")
    merged = [hit for hit in found if len(hit.sources) > 1]
    assert [set(hit.sources) for hit in merged] == [{"t1", "t2"}]
    assert [turn.id for turn in merged[0].turns] == list(merged[0].sources)
    assert {"t3", "t4", "t5"} <= set(ids(found))  # another speaker's, or too short
    other = next(id for id in ("t1", "t2") if id != merged[0].id)
    assert ana.why_not("see the harbour", other).stage == "returned"


def test_many_repetitions_leave_room_for_what_else_was_said(make_store: MakeStore) -> None:
    """Only k + 48 candidates were looked at, so that repetitions used up the hits."""
    ana = make_store(embedder=None).scope(user="ana")
    ana.add(["The harbour bell rang twice."] * 120)
    ana.add([f"Of harbour number {n} nobody else ever told me more." for n in range(5)])
    found = ana.search("harbour bell rang", k=4)
    assert len(found) == 4
    assert len(found[0].sources) == 120


# Which records


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ({"speaker": "Ana"}, "ac"), ({"role": "assistant"}, "bd"), ({"session": "s2"}, "cd"),
        ({"when": {"gte": "2024-01-03"}}, "cd"), ({"kind": "turn"}, "abcd"), ({"id": "b"}, "b"),
        ({"origin": "user"}, "ac"), ({"meta.mood": "good"}, "ad"), ({"meta.n": {"gt": 1}}, "cd"),
        ({"speaker": "Nobody"}, ""), ({"speaker": "Ana", "session": "s2"}, "c"),
    ],
)  # fmt: skip
def test_a_filter_looks_at_every_field(
    filter: dict[str, Any], expected: str, store: MemoryStore
) -> None:
    ana = store.scope(user="ana")
    ana.add(
        [
            {"content": f"tea {id}", "id": id, "name": name, "role": role, "session": session,
             "timestamp": NOON.replace(month=1, day=n + 1), "metadata": {"mood": mood, "n": n}}
            for n, (id, name, role, session, mood) in enumerate([
                ("a", "Ana", "user", "s1", "good"), ("b", "Bot", "assistant", "s1", "bad"),
                ("c", "Ana", "user", "s2", "bad"), ("d", "Bot", "assistant", "s2", "good"),
            ])
        ]
    )  # fmt: skip
    assert sorted(ids(ana.search("tea", filter=filter))) == list(expected)
    assert sorted(ids(ana.trace("tea", filter=filter).hits)) == list(expected)
    assert sorted(ids(store.search("tea", scopes=[ana], filter=filter))) == list(expected)


def test_as_of_answers_from_what_was_known_by_then(store: MemoryStore) -> None:
    ana = store.scope(user="ana")
    for n in range(3):
        ana.add(f"tea number {n}", now=NOON + timedelta(hours=n))
    ana.forget("t1", now=NOON + timedelta(hours=5))
    then = NOON + timedelta(hours=1)
    assert sorted(ids(ana.search("tea"))) == ["t2", "t3"]
    assert sorted(ids(ana.search("tea", as_of=then))) == ["t1", "t2"]
    assert sorted(ids(ana.trace("tea", as_of=then).hits)) == ["t1", "t2"]
    assert sorted(ids(store.search("tea", scopes=[ana], as_of=then))) == ["t1", "t2"]
    assert "tea number 0" in str(ana.context("tea", budget=300, as_of=then))
    assert ana.why_not("tea", "t1", as_of=then).stage == "returned"


def test_a_filter_on_kind_returns_memories_with_their_sources(make_store: MakeStore) -> None:
    ana = make_store(extractors=[Openings()]).scope(user="ana")
    turns = ana.add(["Marmalade is on the shelf.", "Violins are out of tune."])
    ana.maintain()
    assert {hit.kind for hit in ana.search("marmalade")} == {"turn"}
    hit = ana.search("marmalade", filter={"kind": "fact"})[0]
    assert (hit.kind, hit.text, hit.sources) == ("fact", "Marmalade", ("t1",))
    assert hit.turns == (turns[0],)
    both = ana.search("marmalade", filter={"kind": {"in": ["fact", "turn"]}})
    assert {hit.kind for hit in both} == {"fact", "turn"}
    assert [h.score for h in both] == sorted((h.score for h in both), reverse=True)
    assert ana.why_not("marmalade", hit.id).stage == "filter"
    assert ana.why_not("marmalade", hit.id, filter={"kind": "fact"}).stage == "returned"


def test_archived_turns_and_echoes_are_never_returned(ana: Scope) -> None:
    said = "the lighthouse keeper paints the door"
    ana.add([said, "the lighthouse has a lamp"])
    ana.context("lighthouse", budget=300)
    ana.add(said)
    ana.forget("t2")
    for filter in (None, {"id": {"in": ["t1", "t2", "t3"]}}, {"origin": "echo"}):
        assert set(ids(ana.search("lighthouse", k=50, filter=filter))) <= {"t1"}


# Explained


def test_a_trace_shows_what_a_search_does(ana: Scope) -> None:
    ana.add(_LINES)
    ana.forget(["t1", "t2"])
    trace = ana.trace("boats and bread", k=5, now=NOON)
    assert list(trace.hits) == ana.search("boats and bread", k=5)
    assert (trace.query, trace.now, trace.retriever) == ("boats and bread", NOON, "fused")
    assert trace.terms == ("boat", "bread")
    assert [stage.name for stage in trace.stages] == ["allowed", "candidates", "hits"]
    assert (trace.stages[0].entered, trace.stages[0].kept) == (60, 58)
    assert trace.stages[2].kept == 5
    assert trace.milliseconds >= 0


def test_why_not_names_the_stage_that_dropped_a_record(ana: Scope, store: MemoryStore) -> None:
    said = "the lighthouse keeper paints the door"
    ana.add([said, "a lighthouse by the sea", "old lighthouse", "lamp of a lighthouse"], now=NOON)
    ana.context("keeper paints", budget=300)
    ana.add(said, now=NOON + timedelta(days=1))
    ana.forget("t3")

    def why(id: str, **options: Any) -> Any:
        return ana.why_not("lighthouse keeper paints", id, **options)

    first = why("t1")
    assert (first.stage, first.rank) == ("returned", 1)
    assert first.why
    assert first.score == ana.search("lighthouse keeper paints")[0].score
    beyond = why("t4", k=1)
    assert (beyond.stage, beyond.needed) == ("rank", first.score)
    assert beyond.rank > 1
    assert beyond.score <= beyond.needed
    assert why("t3").stage == "forgotten"
    assert why("t5").stage == "echo"
    assert why("t4", filter={"id": "t1"}).stage == "filter"
    assert why("t4", as_of=NOON - timedelta(days=1)).stage == "as_of"
    assert why("t99").stage == "missing"
    assert store.scope(user="nobody").why_not("tea", "t1").stage == "missing"
    assert all(why(f"t{n}").reason for n in range(1, 7))


# Another way of ranking


def test_a_retriever_can_be_given_for_one_call(ana: Scope) -> None:
    ana.add(_LINES[:5])
    ana.forget("t5")
    assert ids(ana.search("boats", retriever=Newest())) == ["t4", "t3", "t2", "t1"]
    assert ana.search("boats", k=1, retriever=Newest())[0].why == {"age": 1.0}
    assert ana.trace("boats", retriever=Newest()).retriever == "newest"
    assert ana.why_not("boats", "t1", k=2, retriever=Newest()).rank == 4
    assert ana.context("boats", 300, retriever=Newest()).hits[0].id == "t4"
    assert ana.trace("boats").retriever == "fused"


@pytest.mark.parametrize("forced", [[4], [-1], [99]])
def test_a_retriever_cannot_return_what_the_query_may_not_see(
    forced: list[int], ana: Scope
) -> None:
    ana.add(_LINES[:5])
    ana.forget("t5")
    with pytest.raises(InvalidInput, match="'newest' returned a record"):
        ana.search("boats", retriever=Newest(forced))


# The same answer, everywhere

_OTHER_PROCESS = """
import json, sys
from memkit import MemoryStore
from memkit.embed.hashing import HashingEmbedder
embedder = HashingEmbedder(32) if sys.argv[2] == "hashing" else "default"
with MemoryStore(sys.argv[1], embedder=embedder) as store:
    ana = store.scope(user="ana")
    if len(sys.argv) == 5:
        ana.add(sys.argv[4])
    hits = [ana.search(query, k=25, now="2024-05-01") for query in json.loads(sys.argv[3])]
    print(json.dumps([[(hit.id, hit.score, hit.why) for hit in one] for one in hits]))
"""


def in_another_process(path: Path, embedder: str, *said: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", _OTHER_PROCESS, str(path), embedder, json.dumps(_QUESTIONS), *said],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.parametrize("embedder", ["default", "hashing"])
def test_the_same_file_and_question_give_the_same_hits(
    embedder: str, make_store: MakeStore, tmp_path: Path
) -> None:
    options: dict[str, Any] = {"embedder": "default"} if embedder == "default" else {}
    store = make_store(**options)
    ana = store.scope(user="ana")
    for start in (0, 1, 2, 5, 30):  # grown in steps here, loaded at once there
        stop = {0: 1, 1: 2, 2: 5, 5: 30, 30: 60}[start]
        ana.add([{"content": line, "session": f"s{start}"} for line in _LINES[start:stop]])
        ana.search("boats")

    def answers(scope: Scope) -> list[list[Hit]]:
        return [scope.search(query, k=25, now="2024-05-01") for query in _QUESTIONS]

    first = answers(ana)
    assert answers(ana) == first
    store.close()
    assert answers(make_store(**options).scope(user="ana")) == first
    elsewhere = in_another_process(tmp_path / "store.mem", embedder)
    assert elsewhere == [[[hit.id, hit.score, dict(hit.why)] for hit in one] for one in first]


def test_what_another_writer_commits_is_found_by_the_next_search(
    make_store: MakeStore, tmp_path: Path
) -> None:
    here, there = make_store().scope(user="ana"), make_store().scope(user="ana")
    here.add("I keep bees.")
    assert ids(there.search("bees")) == ["t1"]
    there.add("My bees are well.")
    assert sorted(ids(here.search("bees"))) == ["t1", "t2"]
    there.forget("t1")
    assert ids(here.search("bees")) == ["t2"]
    there.undo(there.journal()[-1].id)
    assert sorted(ids(here.search("bees"))) == ["t1", "t2"]
    there.erase("t1")
    assert ids(here.search("bees")) == ["t2"]
    in_another_process(tmp_path / "store.mem", "hashing", "The bees have swarmed.")
    assert sorted(ids(here.search("bees"))) == ["t2", "t3"]
    assert sorted(ids(there.search("bees"))) == ["t2", "t3"]


# Several scopes


def test_hits_of_several_scopes_are_merged_by_score(store: MemoryStore) -> None:
    ana, bo = store.scope(user="ana"), store.scope(user="bo")
    ana.add(_LINES[::2])
    bo.add(_LINES[1::2])
    found = store.search("boats and bread", 12, scopes=[ana, bo])
    every = [*ana.search("boats and bread", 12), *bo.search("boats and bread", 12)]
    assert found == sorted(every, key=lambda hit: -hit.score)[:12]
    assert store.search("boats", scopes=[store.scope(user="nobody")]) == []


@pytest.mark.parametrize(
    "options",
    [{"k": 0}, {"k": "3"}, {"filter": {"colour": 1}}, {"as_of": "soon"}, {"query": " "}],
)
@pytest.mark.parametrize("call", ["search", "trace", "context", "why_not", "store"])
def test_wrong_arguments_are_refused_by_every_call(
    call: str, options: dict[str, Any], ana: Scope, store: MemoryStore
) -> None:
    given = {"query": "tea", **options}
    calls: dict[str, Callable[..., Any]] = {
        "search": ana.search, "trace": ana.trace, "context": ana.context,
        "why_not": lambda **named: ana.why_not(id="t1", **named),
        "store": lambda **named: store.search(scopes=[ana], **named),
    }  # fmt: skip
    with pytest.raises((InvalidInput, TypeError)):
        calls[call](**given)
