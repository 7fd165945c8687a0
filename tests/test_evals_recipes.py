"""`memkit eval compare --recipes`: published systems beside the default, on one data set."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as XML

import pytest
from typer.testing import CliRunner

from memkit.cli.app import app
from memkit.evals import loaders
from memkit.evals.recipes import DEFAULT, Contest
from memkit.recipes.memorybank import MemoryBank
from memkit.recipes.xmem import XMem
from memkit.retrieve.single import KeywordRetriever


def test_each_recipe_is_asked_every_question_in_stores_of_its_own() -> None:
    data = loaders.load("harbour", None).limited(6)
    told: list[tuple[int, int]] = []
    makers = {"small": lambda: XMem(most=5), "plain": XMem}
    entries = Contest(data, makers, None, {"words": KeywordRetriever()}).run(
        lambda done, total: told.append((done, total))
    )
    assert [(entry.name, entry.baseline) for entry in entries] == [
        (DEFAULT, False), ("words", True), ("small", False), ("plain", False),
    ]  # fmt: skip
    default, words, small, plain = entries
    assert [each.ranked for each in plain.outcomes] == [each.ranked for each in default.outcomes]
    assert [each.ranked for each in small.outcomes] != [each.ranked for each in default.outcomes]
    assert [each.ranked for each in words.outcomes] != [each.ranked for each in default.outcomes]
    assert default.writing.turns == small.writing.turns == data.messages
    assert words.writing.turns == 0
    assert [entry.calls for entry in entries] == [0, 0, 0, 0]
    assert told[-1] == (24, 24)
    assert len(told) == 24


def test_the_command_prints_a_table_json_and_draws(tmp_path: Path) -> None:
    run = CliRunner()
    words = ["eval", "compare", "--recipes", MemoryBank.name, "harbour", "--limit", "4",
             "--embedder", "none"]  # fmt: skip
    shown = run.invoke(app, [*words, "--plot", str(tmp_path / "a.svg")], env={"COLUMNS": "60"})
    assert shown.exit_code == 0, shown.output
    assert "memorybank" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 60
    drawn = XML.parse(tmp_path / "a.svg").getroot()
    assert "memorybank" in "".join(drawn.itertext())
    found = json.loads(run.invoke(app, [*words, "--json"]).stdout)
    assert found[0]["recipe"] == DEFAULT
    assert {"value", "gain", "calls", "add_s", "bytes", "means"} <= set(found[-1])


@pytest.mark.parametrize("named", ["nothing", "memgas,nothing"])
def test_an_unknown_recipe_is_named(named: str) -> None:
    shown = CliRunner().invoke(app, ["eval", "compare", "--recipes", named, "harbour"])
    assert shown.exit_code != 0
