"""A life of some weeks within a budget: what stays small, and that nothing reinforced is lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from memkit.cli.app import app
from memkit.embed.hashing import HashingEmbedder
from memkit.evals import years
from memkit.evals.years import Life, live_on, verdicts
from memkit.evals.years_talk import Talk

UNTIMED = {"memory, at most", "search, beside a fresh store"}


def test_a_store_within_a_budget_stays_small_and_keeps_what_was_reinforced() -> None:
    life = Life(years=0.1, turns_a_day=60, budget=10e6, told_every=15)
    steps: list[tuple[int, int]] = []
    (year,) = live_on(life, HashingEmbedder(32), lambda *step: steps.append(step))
    assert year.said == 37 * 60
    assert steps[-1] == (37, 37)
    assert year.live < 700
    assert year.moved > 1000
    assert year.live + year.archived + year.moved == year.said
    assert year.disk < life.budget
    assert year.found == year.reinforced > 20
    assert year.problems == 0
    found = {figure.act: figure for figure in verdicts(life, [year])}
    assert [act for act, one in found.items() if act not in UNTIMED and not one.met] == []
    assert year.fresh > 0


def test_years_end_once_a_year_and_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(years, "YEAR", 10.25)
    life = Life(years=2.1, turns_a_day=2, told_every=10)
    assert [year.said for year in live_on(life, None)] == [2 * 11, 2 * 21, 2 * 22]


def test_the_worst_year_counts() -> None:
    life = Life(budget=10e6)
    good = years.Year(1, 100, 60, 20, 20, 5_000_000, 9_000_000, 2.0, 2.0, 7, 7, 0)
    assert all(figure.met for figure in verdicts(life, [good]))
    bad = {
        "files, at most": replace(good, disk=11_000_000),
        "memory, at most": replace(good, memory=11_000_000),
        "search, beside a fresh store": replace(good, here=3.1),
        "reinforced, not found": replace(good, found=6),
        "problems that check finds": replace(good, problems=1),
    }
    for act, year in bad.items():
        assert [one.act for one in verdicts(life, [year, good]) if not one.met] == [act]
    astray = replace(good, moved=19)
    assert [one.act for one in verdicts(life, [good, astray]) if not one.met] == [
        "turns unaccounted for"
    ]


def test_no_verdict_on_memory_where_the_system_does_not_tell() -> None:
    year = years.Year(1, 100, 60, 20, 20, 5_000_000, 0, 2.0, 2.0, 7, 7, 0)
    assert "memory, at most" not in {figure.act for figure in verdicts(Life(), [year])}


def test_talk_is_the_same_for_a_seed_and_its_topics_come_back() -> None:
    one, two, other = (Talk(50, 10, seed) for seed in (1, 1, 2))
    said = [list(one.day(day)) for day in range(9)]
    assert said == [list(two.day(day)) for day in range(9)]
    assert said != [list(other.day(day)) for day in range(9)]
    assert len(one.told) == 45
    days = ["garden" in " ".join(turn["content"] for turn in day) for day in said]
    assert sum(days) > 2
    ids = [turn["id"] for day in said for turn in day]
    assert len(set(ids)) == len(ids)
    asked = {told.id: told.question for told in one.told}
    texts = {turn["id"]: turn["content"] for day in said for turn in day}
    for id, question in asked.items():
        names = {word.strip("?") for word in question.split()[1:] if word[0].isupper()}
        assert names and all(name in texts[id] for name in names)


def test_the_command_prints_years_and_verdicts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(years, "resident", lambda: 0)
    monkeypatch.setattr(years, "SLOWER", 1e9)
    command = ["eval", "years", "--years", "0.02", "--turns-per-day", "30", "--embedder", "none"]
    app([*command, "--json"], standalone_mode=False)
    found = json.loads(capsys.readouterr().out)
    assert found["years"][0]["said"] == 7 * 30
    assert all(one["met"] for one in found["verdicts"])
    app(command, standalone_mode=False)
    out, err = capsys.readouterr()
    assert "reinforced, not found" in out
    assert "year 0.02" in err


def test_a_limit_that_is_not_kept_is_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(years, "resident", lambda: 10**9)
    command = ["eval", "years", "--years", "0.01", "--turns-per-day", "5", "--embedder", "none"]
    with pytest.raises(SystemExit) as stopped:
        app(command)
    assert stopped.value.code == 1
    assert "missed" in capsys.readouterr().out
