"""`forget`, `undo`, `feedback`, `history`, `journal`, `as_of`: changes that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from conftest import NOON, MakeStore

from memkit import Memory, MemoryStore, Scope, Source, Turn, Verdict
from memkit.contracts import Extractor, ForgettingPolicy, Record
from memkit.errors import InvalidInput, NotFound


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def found(scope: Scope, **options: Any) -> list[str]:
    return sorted(hit.id for hit in scope.search("tea", k=50, **options))


@pytest.fixture
def tea(ana: Scope) -> Scope:
    for n in range(4):
        ana.add(f"tea number {n}", now=at(n))
    return ana


def test_forgotten_turns_leave_search_and_stay_readable(tea: Scope) -> None:
    entry = tea.forget(["t1", "t3"], reason="too old", now=at(10))
    assert (entry.action, entry.reason, entry.records) == ("forget", "too old", ("t1", "t3"))
    assert entry.when == at(10)
    assert found(tea) == ["t2", "t4"]
    assert tea.get("t1").text == "tea number 0"
    assert [turn.id for turn in tea.turns()] == ["t1", "t2", "t3", "t4"]
    assert [turn.id for turn in tea.turns(archived=False)] == ["t2", "t4"]
    assert tea.why_not("tea", "t1").stage == "forgotten"


def test_what_can_be_forgotten_can_be_named_in_many_ways(tea: Scope) -> None:
    hit = tea.search("tea number 0", k=1)[0]
    turn = tea.get("t2")
    assert tea.forget(hit).records == ("t1",)
    assert tea.forget([turn, "t3", "t3"]).records == ("t2", "t3")
    assert tea.forget(filter={"id": "t4"}).records == ("t4",)
    assert found(tea) == []


def test_forgetting_twice_is_forgetting_once(tea: Scope) -> None:
    first = tea.forget("t1", now=at(10))
    again = tea.forget("t1", now=at(20))
    assert again.records == ()
    tea.undo(again.id)
    assert found(tea) == ["t2", "t3", "t4"]
    tea.undo(first.id)
    assert found(tea) == ["t1", "t2", "t3", "t4"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"ids": ["t1", "t9"]}, NotFound), ({"ids": "t9"}, NotFound), ({}, TypeError),
        ({"ids": "t1", "filter": {"id": "t1"}}, TypeError), ({"ids": 5}, TypeError),
        ({"ids": [None]}, TypeError), ({"ids": ["\ud800"]}, InvalidInput),
        ({"ids": "t1", "reason": 5}, TypeError), ({"ids": "t1", "reason": "\x00"}, InvalidInput),
        ({"ids": "t1", "now": "soon"}, InvalidInput),
    ],
)  # fmt: skip
def test_a_wrong_forget_changes_nothing(
    arguments: dict[str, Any], error: type[Exception], tea: Scope
) -> None:
    entries = len(tea.journal())
    with pytest.raises(error):
        tea.forget(**arguments)
    assert found(tea) == ["t1", "t2", "t3", "t4"]
    assert len(tea.journal()) == entries


def test_undo_restores_and_undoing_the_undo_takes_it_away_again(tea: Scope) -> None:
    forgotten = tea.forget(["t1", "t2"], now=at(10))
    undone = tea.undo(forgotten.id, now=at(11))
    assert (undone.action, undone.undoes, undone.records) == ("undo", forgotten.id, ("t1", "t2"))
    assert found(tea) == ["t1", "t2", "t3", "t4"]
    redone = tea.undo(undone.id, now=at(12))
    assert found(tea) == ["t3", "t4"]
    tea.undo(redone.id, now=at(13))
    assert found(tea) == ["t1", "t2", "t3", "t4"]
    assert [e.undone_by for e in tea.journal()][4:] == [undone.id, redone.id, redone.id + 1, None]


def test_undoing_an_add_archives_what_it_added(tea: Scope) -> None:
    tea.add(["tea a", {"id": "own", "content": "tea b"}], now=at(20))
    entry = tea.journal()[-1]
    assert entry.records == ("t5", "own")
    undone = tea.undo(entry.id)
    assert found(tea) == ["t1", "t2", "t3", "t4"]
    assert tea.add({"id": "own", "content": "tea b"})[0].id == "own", "still known"
    tea.undo(undone.id)
    assert found(tea) == ["own", "t1", "t2", "t3", "t4", "t5"]


def test_undoing_an_add_leaves_forgotten_what_was_forgotten_before(tea: Scope) -> None:
    tea.forget("t1", now=at(10))
    undone = tea.undo(tea.journal()[0].id, now=at(11))
    tea.undo(undone.id, now=at(12))
    assert found(tea) == ["t2", "t3", "t4"]


def test_the_same_entry_is_undone_once(tea: Scope) -> None:
    entry = tea.forget("t1")
    undone = tea.undo(entry.id)
    with pytest.raises(InvalidInput, match=f"already undone by entry {undone.id}"):
        tea.undo(entry.id)
    assert found(tea) == ["t1", "t2", "t3", "t4"]


def test_an_erasure_cannot_be_undone(tea: Scope) -> None:
    tea.erase("t1")
    erased = tea.journal()[-1]
    with pytest.raises(InvalidInput, match="cannot be undone"):
        tea.undo(erased.id)
    tea.undo(tea.journal()[0].id)
    with pytest.raises(NotFound):
        tea.get("t1")


@pytest.mark.parametrize(
    ("entry", "error"),
    [(0, NotFound), (-1, NotFound), (999, NotFound), (2**70, NotFound), ("1", TypeError),
     (True, TypeError), (None, TypeError), (1.0, TypeError)],
)  # fmt: skip
def test_an_unknown_entry_is_not_undone(entry: Any, error: type[Exception], tea: Scope) -> None:
    with pytest.raises(error):
        tea.undo(entry)


def test_acts_on_a_scope_that_was_never_written_to_say_so(store: MemoryStore) -> None:
    nobody = store.scope(user="nobody")
    for act in (
        lambda: nobody.forget(filter={"id": "t1"}), lambda: nobody.undo(1), lambda: nobody.erase(),
        lambda: nobody.feedback("t1", useful=True), lambda: nobody.history("t1"),
        lambda: nobody.get("t1"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            act()
    assert (nobody.journal(), nobody.sessions(), list(nobody.turns())) == ([], [], [])
    assert nobody.search("anything") == []
    assert nobody.maintain().finished
    assert store.scopes() == []


def test_as_of_shows_what_had_been_said_and_not_forgotten_by_then(tea: Scope) -> None:
    tea.forget("t1", now=at(10))
    assert found(tea, as_of=at(1)) == ["t1", "t2"]
    assert found(tea, as_of=at(9)) == ["t1", "t2", "t3", "t4"]
    assert found(tea, as_of=at(10)) == ["t2", "t3", "t4"]
    assert found(tea, as_of=at(-1)) == []
    assert found(tea, as_of=at(1).timestamp()) == found(tea, as_of=at(1).isoformat())
    assert tea.why_not("tea", "t3", as_of=at(1)).stage == "as_of"


def test_history_and_journal_tell_everything_in_order(tea: Scope) -> None:
    first = tea.forget(["t1", "t2"], reason="a", now=at(10))
    second = tea.feedback("t2", useful=True, now=at(11))
    third = tea.undo(first.id, now=at(12))
    assert [entry.id for entry in tea.history("t2")] == [2, first.id, second.id, third.id]
    assert [entry.action for entry in tea.history("t1")] == ["add", "forget", "undo"]
    assert [entry.id for entry in tea.journal()] == list(range(1, 8))
    assert [entry.id for entry in tea.journal(after=5, limit=1)] == [6]
    assert tea.journal(limit=2**80) == tea.journal()
    assert tea.journal()[4].undone_by == third.id


def test_feedback_with_a_correction_is_one_entry_and_one_undo(tea: Scope) -> None:
    entry = tea.feedback(["t1", "t2"], useful=False, correction="it was coffee, not tea")
    assert (entry.action, entry.reason) == ("feedback", "useless")
    assert entry.records == ("t1", "t2", "t5")
    assert found(tea) == ["t1", "t2", "t3", "t4", "t5"]
    tea.undo(entry.id)
    assert found(tea) == ["t1", "t2", "t3", "t4"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"hit_ids": "t9", "useful": True}, NotFound), ({"hit_ids": "t1", "useful": 1}, TypeError),
        ({"hit_ids": "t1", "useful": True, "correction": ""}, InvalidInput),
        ({"hit_ids": "t1", "useful": True, "correction": 5}, TypeError),
    ],
)  # fmt: skip
def test_a_wrong_feedback_changes_nothing(
    arguments: dict[str, Any], error: type[Exception], tea: Scope
) -> None:
    with pytest.raises(error):
        tea.feedback(**arguments)
    assert len(tea.journal()) == 4


class Seen(ForgettingPolicy):
    """Drops what was found useless, and remembers what it was shown."""

    name = "seen"

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        self.records = {record.id: record for record in records}
        return [Verdict(r.id, "archive" if r.useless > r.useful else "keep", "") for r in records]


def test_a_policy_sees_the_uses_and_its_verdicts_can_be_undone(make_store: MakeStore) -> None:
    policy = Seen()
    store = make_store("policy.mem", forgetting=policy)
    ana = store.scope(user="ana")
    ana.add([f"tea number {n}" for n in range(3)])
    ana.search("tea", k=3)
    ana.context("tea", budget=500)
    judged = ana.feedback(["t1", "t2"], useful=False)
    ana.feedback("t2", useful=True)
    report = ana.maintain()
    assert (report.archived, report.finished) == (1, True)
    used = policy.records["t1"]
    assert (used.retrieved, used.shown, used.useful, used.useless) == (1, 1, 0, 1)
    assert found(ana) == ["t2", "t3"]
    ana.undo(ana.journal()[-1].id)
    ana.undo(judged.id)
    ana.maintain()
    assert found(ana) == ["t1", "t2", "t3"]
    assert policy.records["t1"].useless == 0


class Words(Extractor):
    """Every word of a turn, and some that no turn holds."""

    name = "words"
    batch = 2

    def __init__(self, extra: Sequence[Memory] = ()) -> None:
        self.extra = extra

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        for turn in turns:
            start = turn.text.index(" ") + 1
            yield Memory("fact", turn.text[start:], (Source(turn.id, start, len(turn.text)),))
        yield from self.extra


def test_derived_records_name_their_sources_and_can_be_undone(make_store: MakeStore) -> None:
    ana = make_store("derived.mem", extractors=[Words()]).scope(user="ana")
    ana.add([f"tea number {n}" for n in range(5)])
    assert ana.maintain().extracted == {"words": 5}
    assert ana.maintain().extracted == {}
    memory = ana.get("m6")
    assert isinstance(memory, Memory)
    assert (memory.text, memory.sources) == ("number 0", (Source("t1", 4, 12),))
    assert len(list(ana.memories())) == 5
    entry = ana.history("m6")[0]
    assert entry.action == "extract"
    ana.undo(entry.id)
    assert len(list(ana.memories())) == 3


def test_an_id_that_looks_like_one_of_a_memory_blocks_nothing(make_store: MakeStore) -> None:
    """A turn called m2 made every later `maintain` fail with an IntegrityError."""
    ana = make_store("ids.mem", extractors=[Words()]).scope(user="ana")
    ana.add([{"id": "m2", "content": "tea one"}, {"id": "m1", "content": "tea two"}])
    assert ana.maintain().extracted == {"words": 2}
    assert [memory.id for memory in ana.memories()] == ["m3", "m4"]
    with pytest.raises(InvalidInput, match="'m3' is that of a fact"):
        ana.add({"id": "m3", "content": "one"})


@pytest.mark.parametrize(
    ("memory", "reason"),
    [
        (Memory("turn", "x", ()), "kind"), (Memory("", "x", ()), "kind"),
        (Memory("fact", " ", (Source("t1", 0, 1),)), "no text"),
        (Memory("fact", "x", ()), "no source"),
        (Memory("fact", "x", (Source("t9", 0, 1),)), "'t9' is not among"),
        (Memory("fact", "x", (Source("t1", 0, 99),)), "0-99"),
        (Memory("fact", "x", (Source("t1", 2, 2),)), "2-2"),
        (Memory("fact", "a\x00", (Source("t1", 0, 1),)), "NUL"),
        (Memory("fact", "\ud800", (Source("t1", 0, 1),)), "surrogate"),
        (Memory("fact", 5, (Source("t1", 0, 1),)), "must be text"),  # type: ignore[arg-type]
        (Memory("fact", "x", (Source("t1", 0, 1),), speaker="\x00"), "speaker"),
        (Memory("fact", "x", (Source("t1", 0, 1),), metadata={"a": {1}}), "JSON"),
        (Memory("fact", "x", (Source("t1", 0, 1),), when=datetime(2024, 1, 1)), "zone"),
    ],
)  # fmt: skip
def test_a_record_that_rests_on_nothing_is_rejected_and_reported(
    memory: Memory, reason: str, make_store: MakeStore
) -> None:
    """Some of these used to raise out of `maintain`, and no later turn was ever read."""
    ana = make_store("rejects.mem", extractors=[Words([memory])]).scope(user="ana")
    ana.add("tea number 0")
    report = ana.maintain()
    assert (report.extracted, report.rejected) == ({"words": 1}, {"words": 1})
    assert reason in report.errors[0]
    assert [memory.text for memory in ana.memories()] == ["number 0"]
