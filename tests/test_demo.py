"""`memkit demo`: it ends well, says what it did, and fits the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from memkit.cli.demo import demo
from memkit.errors import InvalidInput
from memkit.evals import showcase
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.single import KeywordRetriever
from memkit.store import MemoryStore

app = typer.Typer()
app.command()(demo)


def invoke(*args: str) -> Result:
    return CliRunner().invoke(app, args, catch_exceptions=False)


@pytest.mark.parametrize("width", [60, 100])
def test_it_shows_hits_reasons_results_and_a_context(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", f"{width}")
    result = invoke()
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert max(map(len, lines)) <= width
    assert not any(line != line.rstrip() for line in lines if line.startswith("    why"))
    assert "771 turns stored; 42 questions with known evidence asked." in result.output
    assert result.output.count("✓ ") >= 5
    assert result.output.count("why: ") >= 5 * showcase.HITS
    assert result.output.count(": a miss") <= 1
    for name in ("all", "fused", "keyword (BM25)", "vector", "recency", "temporal", "update"):
        assert any(line.startswith(f"{name} ") for line in lines), name
    assert all(heading in result.output for heading in ("R@1", "R@5", "R@10", "all@10", "MRR"))
    assert "<memories>" in lines and "</memories>" in lines


def test_json_is_one_document_and_the_same_each_time() -> None:
    first, second = invoke("--json"), invoke("--json")
    assert first.output == second.output
    shown = json.loads(first.stdout)
    assert (shown["turns"], shown["questions"]) == (771, 42)
    for example in shown["examples"]:
        for hit in example["hits"]:
            assert hit["evidence"] == bool(set(hit["sources"]) & set(example["evidence"]))
            assert 0 <= hit["score"] <= 1 and hit["why"]
    assert shown["context"]["tokens"] <= shown["context"]["budget"]
    fused, recency = shown["results"]["fused"]["all"], shown["results"]["recency"]["all"]
    assert fused["turn.recall@10"] > recency["turn.recall@10"]


def test_the_file_is_kept_on_request_and_never_overwritten(tmp_path: Path) -> None:
    kept = tmp_path / "demo.mem"
    result = invoke("--keep", f"{kept}")
    assert result.exit_code == 0 and "The memory is in" in result.output
    with MemoryStore(kept) as store:
        assert store.stats()["turns"] == 771
        assert store.check().ok
        assert store.scopes() == [showcase.SCOPE]
    before = kept.read_bytes()
    with pytest.raises(InvalidInput, match="exists already"):
        invoke("--keep", f"{kept}")
    assert kept.read_bytes() == before


def test_examples_are_chosen_by_place_with_one_miss_at_the_end(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    path = tmp_path / "demo.mem"
    stored = showcase.fill(path, progress=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (stored, stored) == (771, 771)
    retrievers = {"fused": FusedRetriever(), "keyword": KeywordRetriever()}
    shown = showcase.ask(path, retrievers, progress=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (42, 42)
    found = [example for example in shown.examples if not example.missed]
    categories = [example.question.category for example in found]
    assert len(categories) == len(set(categories)) >= 5
    assert [example.missed for example in shown.examples[: len(found)]] == [False] * len(found)
    assert len(shown.examples) - len(found) <= 1
    assert all(set(example.ranks) == set(example.question.evidence) for example in shown.examples)
    assert shown.default == shown.outcomes["fused"]
    assert all(len(showcase.strongest(hit)) <= 3 for hit in found[0].hits)
