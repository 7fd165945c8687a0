"""`memkit eval synth`: what it prints and writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from memkit.cli import evaluation


def invoke(*args: str) -> Result:
    small = ("synth", "--years", "1", "--people", "1", "--embedder", "none", *args)
    return CliRunner().invoke(evaluation.app, small, catch_exceptions=False)


@pytest.mark.parametrize("width", ["140", "60"])
def test_every_measure_is_a_row(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    result = invoke("--seed", "3", "--seed", "4")
    assert result.exit_code == 0
    assert "seed 3, 4: 1 lives of 1 years each" in " ".join(result.output.split())
    lines = result.output.splitlines()
    for name in ("extraction recall", "  patterns held out", "updates", "false-memory resistance",
                 "home", "third party", "other scope", "questions"):  # fmt: skip
        assert any(line.startswith(name) for line in lines), name
    assert max(map(len, lines)) <= int(width)


def test_the_file_has_a_line_for_each_item_and_is_the_same_each_time(tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    for path in (one, two):
        assert invoke("--seed", "3", "--json", f"{path}").exit_code == 0
    assert one.read_bytes() == two.read_bytes()
    first, *items = map(json.loads, one.read_text("utf-8").splitlines())
    assert first["type"] == "run" and first["seeds"] == [3]
    assert {item["type"] for item in items} == {"item"}
    assert {"recall", "resistance", "update"} <= {item["measure"] for item in items}


def test_failed_items_are_shown_without_the_words_of_held_out_patterns() -> None:
    result = invoke("--seed", "3", "--show", "8", "--extractor", "segments")
    assert result.exit_code == 0
    shown = [line for line in result.output.splitlines() if " · " in line]
    assert len(shown) == 8
    blocks = result.output.split("\n\n")
    for block in blocks:
        if "#h" in block and "said:" in block:
            assert "said: (held out)" in block
