"""`memkit eval`: what the commands print."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from typer.testing import CliRunner, Result

from memkit.cli import evaluation, running, tables
from memkit.contracts import Retriever
from memkit.errors import InvalidInput
from memkit.evals import loaders, report
from memkit.retrieve.single import KeywordRetriever, RandomRetriever


@pytest.fixture
def set_of_two(tmp_path: Path) -> Path:
    lines = [
        {"type": "turn", "id": "a1", "session": "s1", "content": "I sold my bicycle to Bo."},
        {"type": "turn", "id": "a2", "session": "s2", "content": "The boat needs a plank."},
        {"type": "question", "id": "q1", "question": "Who has the bicycle?", "evidence": ["a1"],
         "category": "people"},
        {"type": "question", "id": "q2", "question": "What does the boat need?",
         "evidence": ["a2"], "category": "things"},
        {"type": "question", "id": "q3", "question": "Who has a car?", "evidence": []},
    ]  # fmt: skip
    path = tmp_path / "two.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


@pytest.fixture(params=["140", "60"])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setenv("COLUMNS", request.param)
    yield int(request.param)


def invoke(*args: str) -> Result:
    return CliRunner().invoke(evaluation.app, args, catch_exceptions=False)


def test_run_prints_retrievers_certainty_and_categories(set_of_two: Path, width: int) -> None:
    result = invoke("run", "jsonl", f"{set_of_two}", "--embedder", "hashing")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    introduced = "two: 1 conversation, 2 messages, 2 questions (1 more have no evidence)"
    assert introduced in " ".join(result.output.split())
    for name in ("fused", "keyword (BM25)", "vector", "recency", "random", "people", "things"):
        assert any(line.startswith(name) for line in lines), name
    assert "R@10" in result.output and "gains" in result.output
    assert max(map(len, lines)) <= width


def test_run_keeps_one_line_per_question(set_of_two: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    args = ("run", "jsonl", f"{set_of_two}", "--embedder", "none", "--json", f"{out}")
    first = invoke(*args, "--retriever", "keyword")
    assert first.exit_code == 0
    assert "2000t" in first.output and "whole history" in first.output
    content = out.read_bytes()
    assert content.count(b"\n") == 3
    again = invoke(*args, "--retriever", "keyword")
    assert again.exit_code == 0 and out.read_bytes() == content
    assert "8 answers were in the file already" in again.output  # of keyword and three baselines


def test_run_takes_a_class_of_anywhere(set_of_two: Path) -> None:
    name = "memkit.retrieve.single:RecencyRetriever"
    result = invoke("run", "jsonl", f"{set_of_two}", "--embedder", "none", "--retriever", name)
    assert result.exit_code == 0 and name in result.output


def test_run_indexes_as_it_is_told(set_of_two: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    args = ("run", "jsonl", f"{set_of_two}", "--embedder", "hashing", "--json", f"{out}")
    assert invoke(*args, "--indexer", "keyword", "--indexer", "exact").exit_code == 0
    header = json.loads(out.read_text("utf-8").splitlines()[0])
    assert header["indexers"] == [
        "memkit.index.keyword:KeywordIndex", "memkit.index.exact:ExactIndex",
    ]  # fmt: skip
    with pytest.raises(InvalidInput, match="different indexers"):
        invoke(*args)


class TwoSignals(KeywordRetriever):
    """A retriever that names two signals."""

    name: ClassVar[str] = "two-signals"

    def variants(self) -> dict[str, Retriever]:
        """Without words there is luck alone."""
        return {"words": RandomRetriever(), "nothing": KeywordRetriever()}


def test_ablate_prints_what_each_signal_adds(set_of_two: Path) -> None:
    result = invoke(
        "ablate", "jsonl", f"{set_of_two}", "--embedder", "none",
        "--retriever", f"{__name__}:TwoSignals",
    )  # fmt: skip
    assert result.exit_code == 0
    (words,) = (line for line in result.output.splitlines() if line.startswith("words"))
    (nothing,) = (line for line in result.output.splitlines() if line.startswith("nothing"))
    assert " to " in words
    assert "+.000 (+.000 to +.000)" in nothing and nothing.rstrip().endswith("unclear")


def test_a_narrow_line_shows_one_measure_of_an_ablation_whole(
    set_of_two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    given = ("ablate", "jsonl", f"{set_of_two}", "--embedder", "none")
    narrow = invoke(*given, "--retriever", f"{__name__}:TwoSignals").output.splitlines()
    assert max(map(len, narrow)) <= 60
    (told,) = (line for line in narrow if line.startswith("nothing"))
    assert told.split()[2:] == ["+.000", "(+.000", "to", "+.000)", "unclear"], "nothing is cut off"


def test_list_names_every_set_and_what_it_expects() -> None:
    result = invoke("list")
    names = [*loaders.BUNDLED, loaders.INVENTED, *loaders.LOADERS]
    assert all(name in result.output for name in names)
    found = json.loads(invoke("list", "--json").output)
    assert list(found) == names
    assert all(each["path"] and each["from"] for each in found.values())


def test_the_most_telling_measures_stay_when_the_line_is_narrow() -> None:
    means = dict.fromkeys(tables._COLUMNS, 0.5)
    row = report.Row("fused", 10, {**means, "session.mrr": 0.4})
    wide = [column.header for column in tables.measured("r", [row], 200).columns]
    narrow = [column.header for column in tables.measured("r", [row], 40).columns]
    assert narrow[:4] == ["r", "n", "R@1", "R@5"] and "R@10" in narrow
    assert set(narrow) < set(wide) and "sMRR" in wide
    assert "sR@10" not in wide  # it only repeats R@10
    assert "of sessions" in tables.legend(tables.measured("r", [row], 200)).plain
    assert "of sessions" not in tables.legend(tables.measured("r", [row], 40)).plain


def test_shares_are_short() -> None:
    assert [tables.share(value) for value in (0.0, 0.4166, 0.9994, 1.0, None)] == [
        ".000", ".417", ".999", "1.00", "",
    ]  # fmt: skip


def test_seeds_and_an_audit_reach_the_data_set(set_of_two: Path) -> None:
    lives = running.loaded("synth", None, None, [3])
    assert [each.id for each in lives.conversations] == ["seed 3"]
    with pytest.raises(InvalidInput, match="Seeds, years and people are of synth"):
        invoke("run", "jsonl", f"{set_of_two}", "--seed", "3")
    with pytest.raises(InvalidInput, match="Corrections are of locomo's key"):
        invoke("run", "jsonl", f"{set_of_two}", "--corrected", f"{set_of_two}")


def test_what_stands_beside_can_be_left_out(set_of_two: Path, width: int) -> None:
    args = ("run", "jsonl", f"{set_of_two}", "--embedder", "none", "--no-baselines")
    result = invoke(*args, "--no-budgets")
    assert result.exit_code == 0
    assert "random" not in result.output and "whole history" not in result.output
    assert "Storing 1,000 turns took" in " ".join(result.output.split())
    assert max(map(len, result.output.splitlines())) <= width
