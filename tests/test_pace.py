"""`memkit bench --recipes`: what is raced and how it is told. No time itself is judged."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from memkit.cli.app import app
from memkit.evals import pace
from memkit.evals.pace import ACTS, Act, Pace
from memkit.evals.verbs import verbs
from memkit.recipes.memgas import MemGAS
from memkit.registry import BUILT_IN, load

_OWN = [name for name in BUILT_IN["recipes"] if verbs(name) != verbs("none of these")]


def invoke(*args: str) -> Result:
    return CliRunner().invoke(app, ["bench", *args])


@pytest.mark.parametrize("name", ["lightmem", *_OWN])
def test_a_recipe_is_raced_by_every_act_it_has(name: str) -> None:
    (found,) = pace.races({name: load("recipes", name)}, 40)
    own = [act for act in ACTS if act in found.acts][6:]
    asked = verbs(name)
    assert own == [
        act for act, verb in ((pace.WRITE, asked.write), (pace.RECALL, asked.recall)) if verb
    ]
    assert (found.recipe, found.turns) == (name, 40)
    for act in found.acts.values():
        assert np.isfinite([act.milliseconds, act.default, act.ratio]).all()
        assert act.milliseconds > 0 < act.default


def test_what_takes_more_than_ten_times_the_default_is_beyond() -> None:
    found = Pace("a", 10, {pace.ADD: Act(10.0, 1.0, 10.0), pace.SEARCH: Act(21.0, 2.0, 10.5)})
    assert found.beyond == (pace.SEARCH,)


@pytest.mark.parametrize("width", [60, 100])
def test_the_table_fits_the_line(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = invoke("--recipes", MemGAS.name, "--n", "30,40")
    assert shown.exit_code == 0, shown.output
    lines = shown.stdout.splitlines()
    assert max(map(len, lines)) <= width
    assert [line.split()[0] for line in lines if line.endswith("recall")] == ["30", "40"]
    assert sum(line.startswith("memgas ") for line in lines) == 2
    words = " ".join(lines).split()
    named = next(line for line in lines if line.startswith("30 turns")).split()[2:]
    assert [word[:-1] for word in words if word[:-1] in ACTS and word.endswith(":")] == named


def test_json_has_milliseconds_ratios_and_what_is_beyond() -> None:
    words = ["--recipes", "memgas,larimar-needle", "--n", "30", "--runs", "2", "--json"]
    shown = invoke(*words)
    found = json.loads(shown.stdout)
    assert [(one["recipe"], one["turns"]) for one in found] == [
        ("memgas", 30), ("larimar-needle", 30),
    ]  # fmt: skip
    assert set(found[0]) == {"recipe", "turns", "acts", "beyond"}
    assert list(found[0]["acts"]) == list(ACTS[:6])
    assert list(found[1]["acts"]) == list(ACTS[:7])
    assert set(found[0]["acts"]["add"]) == {"milliseconds", "default", "ratio"}


@pytest.mark.parametrize("words", [["--recipes", "nothing"], ["--recipes", "all", "--plot", "a"]])
def test_unknown_recipes_and_plots_of_them_are_refused(words: list[str]) -> None:
    assert invoke(*words).exit_code != 0
