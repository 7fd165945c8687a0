"""What maintenance has archived is out of the way, and can be found, asked for and brought back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOON, MakeStore

from memkit import MemoryStore, Scope, Verdict
from memkit.contracts import ForgettingPolicy, Record
from memkit.embed.hashing import HashingEmbedder

WORDS = "tea cake boat rain harbour bread window garden street piano".split()
MANY = 400


class Before(ForgettingPolicy):
    """Lets go what was said before a moment."""

    name = "before"

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        return [
            Verdict(r.id, "archive" if r.created < self.moment else "keep", "by date")
            for r in records
        ]


def said(place: int) -> str:
    first, second = WORDS[place % 10], WORDS[place // 10 % 10]
    return f"the {first} and the {second} of number{place}"


def filled(store: MemoryStore, places: Sequence[int]) -> Scope:
    ana = store.scope(user="ana")
    ana.add(
        [
            {"id": f"x{place}", "content": said(place), "session": f"s{place // 7}",
             "timestamp": NOON + timedelta(hours=place)}
            for place in places
        ]
    )  # fmt: skip
    return ana


@pytest.fixture
def faded(make_store: MakeStore) -> Scope:
    """All but the last fifty of many turns archived by maintenance, and left out of indexes."""
    policy = Before(NOON + timedelta(hours=MANY - 50))
    ana = filled(make_store(forgetting=policy, extractors=[]), range(MANY))
    ana.search("tea")
    assert ana.maintain(now=NOON + timedelta(days=60)).archived == MANY - 50
    return ana


def ids(scope: Scope, query: str, **options: object) -> list[str]:
    return [hit.id for hit in scope.search(query, k=20, **options)]  # type: ignore[arg-type]


def test_a_search_is_that_of_a_store_that_never_held_what_is_archived(
    faded: Scope, make_store: MakeStore
) -> None:
    fresh = filled(make_store("fresh.mem", extractors=[]), range(MANY - 50, MANY))
    for query in (*WORDS, said(MANY - 20), "number3", "tea and cake"):
        hits, others = (scope.search(query, k=20) for scope in (faded, fresh))
        assert [(hit.id, hit.score) for hit in hits] == [(hit.id, hit.score) for hit in others]
    cached = faded._parts.cache.get(1)
    assert cached.index.size == 50


def test_what_is_archived_is_found_where_it_is_asked_for(faded: Scope) -> None:
    assert "x3" not in ids(faded, "number3")
    hits = faded.search("number3", include_archived=True)
    assert hits[0].id == "x3"
    assert hits[0].archived == NOON + timedelta(days=60)
    assert faded.search("number399", include_archived=True)[0].archived is None
    assert "number3" in str(faded.context("number3", include_archived=True))


def test_what_was_forgotten_by_request_is_found_by_no_search(faded: Scope) -> None:
    entry = faded.forget("x3")
    assert "x3" not in ids(faded, "number3", include_archived=True)
    assert faded.rescue("number3") == [] or faded.rescue("number3")[0].id != "x3"
    assert "forgotten; see history" in faded.why_not("number3", "x3").reason
    faded.undo(entry.id)
    assert faded.rescue("number3")[0].id == "x3"


def test_a_rescue_gives_what_would_be_among_the_best(faded: Scope) -> None:
    assert [hit.id for hit in faded.rescue("number3", k=1)] == ["x3"]
    assert faded.rescue("number399", k=1) == []
    (hit,) = faded.rescue("number3", k=1)
    faded.feedback(hit, useful=True)
    assert ids(faded, "number3")[0] == "x3"
    assert faded.rescue("number3", k=1) == []


def test_a_search_that_finds_nothing_good_says_what_it_left_out(faded: Scope) -> None:
    stage = faded.trace("number3 of the harbour").stages[-1]
    assert (stage.name, stage.entered) == ("archived", MANY - 50)
    assert "rescue(query)" in stage.note
    assert "rescue" not in faded.trace(said(MANY - 3)).stages[-1].note


def test_the_past_is_searched_as_it_was(faded: Scope) -> None:
    when = NOON + timedelta(days=30)
    assert ids(faded, "number3", as_of=when)[0] == "x3"
    assert faded.why_not("number3", "x3", as_of=when).stage == "returned"
    assert "x3" not in ids(faded, "number3", as_of=NOON + timedelta(days=61))


def test_an_undo_brings_back_what_indexes_had_left_out(faded: Scope) -> None:
    judged = faded.journal()[-1]
    faded.undo(judged.id)
    assert ids(faded, "number3")[0] == "x3"
    assert faded._parts.cache.get(1).index.size == MANY


def test_another_process_leaves_out_the_same(faded: Scope, make_store: MakeStore) -> None:
    other = make_store().scope(user="ana")
    for query in ("tea", "number3", "cake of the boat"):
        assert other.search(query) == faded.search(query)
    faded.feedback("x3", useful=True)
    assert other.search("number3") == faded.search("number3")
    assert ids(other, "number3")[0] == "x3"


def test_little_that_is_archived_stays_in_the_indexes(make_store: MakeStore) -> None:
    ana = filled(make_store(forgetting=Before(NOON + timedelta(hours=9))), range(100))
    ana.maintain()
    assert "x3" not in ids(ana, "number3")
    assert ana.rescue("number3")[0].id == "x3"
    ana.search("tea")
    assert ana._parts.cache.get(1).index.size == 100


def test_the_command_says_what_was_left_out(
    faded: Scope, tmp_path: Path, invoke: Callable[..., tuple[str, str]]
) -> None:
    out, error = invoke("search", tmp_path / "store.mem", "number3 of the harbour")
    assert "350 records are archived, and --archived looks among them too" in error
    out, error = invoke("search", tmp_path / "store.mem", "number3", "--archived", "-k", "1")
    assert "archived 2024-06-30" in out
    assert error == ""


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[str, str]]:
    from memkit.cli.app import app

    def run(*words: object) -> tuple[str, str]:
        app([str(word) for word in words], standalone_mode=False)
        said = capsys.readouterr()
        return said.out, said.err

    return run


def test_what_is_archived_may_be_a_third_of_a_large_store_in_memory(make_store: MakeStore) -> None:
    """It is left out at a quarter: the cost of beginning anew is spread over what was archived."""
    store = make_store(extractors=[], embedder=HashingEmbedder(8))
    ana = filled(store, range(2000))
    policy = Before(NOON)
    for hours in range(0, 2000, 100):
        policy.moment = NOON + timedelta(hours=hours)
        store._parts.forgetting = policy
        ana.maintain()
        ana.search("tea")
        size, live = ana._parts.cache.get(1).index.size, 2000 - hours
        assert live <= size <= live + max(256, live // 3)
