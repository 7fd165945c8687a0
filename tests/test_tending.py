"""`health` and `policy try`: how a store is doing, and what a policy would do to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOON, MakeStore

from memkit import MemoryStore
from memkit.errors import InvalidInput, NotFound
from memkit.evals import trying
from memkit.forget.combined import BudgetPolicy
from memkit.forget.never import NeverForget
from memkit.forget.simple import LeastRecentPolicy, TimeToLivePolicy

Invoke = Callable[..., tuple[int, str]]


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str]) -> Invoke:
    from memkit.cli.app import app

    def run(*words: object) -> tuple[int, str]:
        code = app([str(word) for word in words], standalone_mode=False)
        return code or 0, capsys.readouterr().out

    return run


def measures(store: MemoryStore, days: float = 0) -> dict[str, Any]:
    report = store.health(now=NOON + timedelta(days=days))
    return {one.name: one for one in report.measures}


def test_a_store_that_is_well_says_so(make_store: MakeStore) -> None:
    store = make_store()
    ana = store.scope(user="ana")
    ana.add(["I keep bees.", "I live in Porto.", "The boat leaks."])
    ana.maintain()
    report = store.health()
    assert report.ok
    found = measures(store)
    assert found["growth"].value == pytest.approx(3 / 30)
    assert found["live"].value >= 4
    assert found["unread"].value == 0
    assert found["sensory"].value >= 3
    assert found["without a vector"].value == 0


def test_repetition_is_measured_and_has_a_limit(make_store: MakeStore) -> None:
    store = make_store(extractors=[])
    ana = store.scope(user="ana")
    ana.add(["I keep bees.", "I keep bees.", "I keep bees!", "The boat leaks."])
    assert measures(store)["duplicates"].value == 0.25
    assert not store.health().ok
    ana.forget("t2")
    assert store.health().ok


def test_what_was_never_used_is_measured(make_store: MakeStore) -> None:
    store = make_store(extractors=[])
    ana = store.scope(user="ana")
    ana.add(["I keep bees.", "The boat leaks."], now=NOON)
    ana.feedback("t1", useful=True)
    assert measures(store)["never used"].value == 0
    assert measures(store, 100)["never used"].value == 0.5


def test_what_rests_on_forgotten_words_is_stale_and_uncertain(make_store: MakeStore) -> None:
    store = make_store()
    ana = store.scope(user="ana")
    ana.add(["I live in Porto.", "My sister is called Marta."])
    ana.facts()
    ana.maintain()
    assert measures(store)["stale"].value == 0
    ana.forget(["t1", "t2"])
    assert measures(store)["stale"].value > 0.1
    assert measures(store)["uncertain"].value == 1.0
    assert not store.health().ok


def test_turns_that_extractors_have_not_read_are_counted(make_store: MakeStore) -> None:
    store = make_store()
    store.scope(user="ana").add(["I live in Porto.", "I keep bees."])
    assert measures(store)["unread"].value >= 2
    store.maintain(now=NOON + timedelta(days=2))
    assert measures(store)["unread"].value == 0


def test_indexes_that_hold_mostly_what_is_archived_have_drifted(make_store: MakeStore) -> None:
    store = make_store(extractors=[])
    ana = store.scope(user="ana")
    ana.add([f"number{n} of many" for n in range(600)])
    ana.forget([f"t{n}" for n in range(1, 401)])
    assert measures(store)["index drift"].value == pytest.approx(2 / 3)
    assert not store.health().ok
    store.maintain()
    assert measures(store)["index drift"].value == 0


def test_the_command_gives_an_exit_code(
    make_store: MakeStore, tmp_path: Path, invoke: Invoke
) -> None:
    with make_store(extractors=[]) as store:
        store.scope(user="ana").add(["I keep bees.", "The boat leaks."])
    code, said = invoke("health", tmp_path / "store.mem", "--json")
    assert code == 0
    assert json.loads(said)["ok"] is True
    with make_store(extractors=[]) as store:
        store.scope(user="ana").add(["I keep bees.", "I keep bees."])
    code, said = invoke("health", tmp_path / "store.mem")
    assert code == 1
    assert "not well" in said


def test_a_policy_is_tried_on_the_bundled_conversation() -> None:
    at = NOON + timedelta(days=400)
    kept = trying.try_bundled(NeverForget(), at, None)
    assert (kept.planned, kept.lost, kept.live) == ((), (), kept.left)
    assert kept.before == kept.after
    tried = trying.try_bundled(BudgetPolicy(100), at, None)
    assert tried.left == 100
    assert len(tried.planned) == tried.live - 100
    assert tried.asked == 42
    assert tried.before is not None
    assert tried.after is not None
    assert tried.after < tried.before
    gone = {id for one in tried.lost for id in one.archived}
    assert gone
    assert gone <= {id for one in tried.planned for id in one.records}
    assert {id for one in tried.lost for id in one.rescued} >= gone


def test_a_policy_is_tried_on_a_copy_of_a_store(
    make_store: MakeStore, tmp_path: Path, invoke: Invoke
) -> None:
    store = make_store(extractors=[])
    ana = store.scope(user="ana")
    ana.add(["The spare key is under the flower pot.", "I keep bees."], now=NOON)
    ana.add("The bees are well.", now=NOON + timedelta(days=500))
    asked = tmp_path / "asked.jsonl"
    lines = [
        {"type": "about", "name": "mine"},
        {"type": "question", "question": "Where is the spare key?", "evidence": ["t1"]},
        {"question": "How are the bees?", "evidence": ["t3"]},
    ]
    asked.write_text("\n".join(map(json.dumps, lines)))
    before = ana.journal()
    code, said = invoke(
        "policy", "try", "lru", tmp_path / "store.mem", "--at", "2025-12-01", "-o", "days=300",
        "--questions", asked, "--json",
    )  # fmt: skip
    found = json.loads(said)
    assert code == 0
    assert (found["live"], found["left"], found["asked"]) == (3, 1, 2)
    assert (found["before"], found["after"]) == (1.0, 0.5)
    assert found["lost"] == [
        {"question": "Where is the spare key?", "evidence": ["t1"], "archived": ["t1"],
         "rescued": ["t1"]}
    ]  # fmt: skip
    assert ana.journal() == before
    _, said = invoke("policy", "try", "lru", tmp_path / "store.mem", "--at", "2025-12-01")
    assert "lru at 2025-12-01: archive 2." in said
    assert "--questions" in said


def test_a_trial_names_what_is_wrong_with_it(make_store: MakeStore, tmp_path: Path) -> None:
    make_store().scope(user="ana").add("I keep bees.")
    path, at, policy = tmp_path / "store.mem", NOON, TimeToLivePolicy(1)
    with pytest.raises(NotFound, match="user"):
        trying.try_on(path, {"user": "rui"}, policy, at, [], None)
    with pytest.raises(NotFound, match="does not exist"):
        trying.try_on(tmp_path / "no.mem", {"user": "ana"}, policy, at, [], None)
    with pytest.raises(InvalidInput, match="days=90"):
        trying.options_of(["days"])
    assert trying.options_of(["days=90", 'unit="bytes"', "by=size"]) == {
        "days": 90, "unit": "bytes", "by": "size",
    }  # fmt: skip
    (tmp_path / "empty.jsonl").write_text('{"type": "about"}')
    with pytest.raises(InvalidInput, match="holds no question"):
        trying.read_questions(tmp_path / "empty.jsonl")
    (tmp_path / "wrong.jsonl").write_text('{"question": "What?"}')
    with pytest.raises(InvalidInput, match="line 1"):
        trying.read_questions(tmp_path / "wrong.jsonl")


def test_a_trial_needs_a_scope_where_there_are_several(
    make_store: MakeStore, tmp_path: Path, invoke: Invoke
) -> None:
    with make_store() as store:
        for user in ("ana", "rui"):
            store.scope(user=user).add("I keep bees.")
    assert invoke("policy", "try", "never", tmp_path / "store.mem")[0] == 2
    assert invoke("policy", "try", "never", tmp_path / "store.mem", "--user", "rui")[0] == 0


def test_compressing_keeps_recall_where_archiving_loses_it() -> None:
    at = NOON + timedelta(days=800)
    archived = trying.try_bundled(LeastRecentPolicy(days=200), at, None)
    summed = trying.try_bundled(LeastRecentPolicy(days=200, action="compress"), at, None)
    assert archived.after is not None
    assert summed.after is not None
    assert archived.after < 0.1
    assert summed.after > 0.4


def test_however_small_the_budget_some_runs_get_through(make_store: MakeStore) -> None:
    """Extractors alone took longer to load than a small budget lasts: nothing was ever read."""
    store = make_store(forgetting=LeastRecentPolicy(days=30))
    ana = store.scope(user="ana")
    ana.add([f"My sister Clara moved to Porto in {year}." for year in range(1990, 2020)], now=NOON)
    assert ana.maintain(budget_ms=0).extracted == {}
    assert measures(store)["unread"].value == 60
    later, runs = NOON + timedelta(days=90), 0
    while not ana.maintain(budget_ms=0.001, now=later).finished and runs < 30:
        runs += 1
    assert measures(store)["unread"].value == 0
    assert list(ana.turns(archived=False)) == []
    assert store.check().problems == ()


def test_options_that_a_policy_does_not_have_are_named(make_store: MakeStore) -> None:
    """They ended in a TypeError."""
    made = trying.policy_named("budget", ["most=2", "by=lru", "action=compress"])
    store = make_store(forgetting=made, extractors=[])
    ana = store.scope(user="ana")
    ana.add(["one", "two", "three"], now=NOON)
    (planned,) = ana.maintain(dry_run=True).planned
    assert "rank 3 of 3, beyond 2 records" in planned.reason
    with pytest.raises(InvalidInput, match="'lru' has no option 'dayz'; it has days, action"):
        trying.policy_named("lru", ["dayz=3"])
    with pytest.raises(InvalidInput, match="option days of 'lru' is a number; found 'abc'"):
        trying.policy_named("lru", ["days=abc"])
    with pytest.raises(InvalidInput, match="none that can be given as text"):
        trying.policy_named("any", ["policies=lru"])
