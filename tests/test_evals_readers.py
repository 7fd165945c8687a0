"""Answers composed in a run: without a model, and by a scripted one with two judges."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from llm_server import ModelServer, fails, model_server, says, thinks
from typer.testing import CliRunner, Result

from memkit.cli import evaluation
from memkit.errors import InvalidInput, ModelUnavailable
from memkit.evals.data import Question
from memkit.evals.readers import JUDGES, READING, Extractive

__all__ = ["model_server"]

LINES = [
    {"type": "turn", "id": "a1", "session": "s1", "content": "I sold my bicycle to Bo.",
     "name": "Ana", "timestamp": "2024-03-01T10:00:00"},
    {"type": "turn", "id": "a2", "session": "s2", "content": "The boat needs a plank.",
     "name": "Ana", "timestamp": "2024-04-20T10:00:00"},
    {"type": "question", "id": "q1", "question": "Who has the bicycle?", "evidence": ["a1"],
     "category": "people", "answer": "Bo", "accepted": ["Bo has it"],
     "when": "2024-05-01T10:00:00"},
    {"type": "question", "id": "q2", "question": "What does the boat need?", "evidence": ["a2"],
     "category": "things", "answer": "a plank"},
    {"type": "question", "id": "q3", "question": "Who has a car?", "evidence": [],
     "category": "absent", "answerable": False},
    {"type": "question", "id": "q4", "question": "Who swims?", "evidence": []},
]  # fmt: skip


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    path = tmp_path / "asked.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES), "utf-8")
    return path


def invoke(path: Path, *args: str) -> Result:
    command = ("run", "jsonl", f"{path}", "--embedder", "none", *args)
    return CliRunner().invoke(evaluation.app, command, catch_exceptions=False)


def lines_of(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    header, *lines = map(json.loads, path.read_text("utf-8").splitlines())
    return header, {line["question"]: line for line in lines}


def test_the_extractive_reader_answers_every_retrievers_hits(asked: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = invoke(asked, "--reader", "extractive", "--json", f"{out}")
    assert result.exit_code == 0, result.output
    assert "3 questions (1 more have no evidence)" in result.output
    assert "Answers by the extractive reader" in result.output and "Abstentions" in result.output
    header, found = lines_of(out)
    assert header["reader"]["name"] == "extractive" and header["judges"] is None
    assert header["asked"] == ["fused"] and "random" in header["retrievers"]
    for line in found.values():
        for name, of in line["results"].items():
            assert {"qa.f1", "qa.words"} <= set(of["measures"])
            assert ("hits" in of) == (name == "fused" and bool(line["evidence"]))
            assert set(of["answer"]) >= {"text", "abstained", "score", "kind", "sources"}
    assert "abstain.right" in found["q3"]["results"]["fused"]["measures"]
    assert "turn.mrr" not in found["q3"]["results"]["fused"]["measures"]


def test_a_line_tells_what_drilling_down_needs(asked: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    invoke(asked, "--reader", "extractive", "--json", f"{out}")
    _, found = lines_of(out)
    first = found["q1"]
    assert first["text"] == "Who has the bicycle?" and first["gold"] == "Bo"
    assert first["accepted"] == ["Bo has it"] and first["answerable"]
    assert first["when"] == "2024-05-01T10:00:00+00:00" and first["age_days"] == 61.0
    assert first["evidence"] == [
        {"id": "a1", "speaker": "Ana", "when": "2024-03-01T10:00:00+00:00", "age_days": 61.0,
         "text": "I sold my bicycle to Bo."}
    ]  # fmt: skip
    assert first["history"]["turns"] == 2 and first["history"]["tokens"] > 10
    hit = first["results"]["fused"]["hits"][0]
    assert hit["sources"] == ["a1"] and hit["evidence"] and hit["why"]
    assert found["q2"]["age_days"] == 0.0 and not found["q3"]["answerable"]


def test_two_runs_are_the_same_bytes(asked: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        invoke(asked, "--reader", "extractive", "--json", f"{tmp_path / name}.jsonl")
    one, two = ((tmp_path / f"{name}.jsonl").read_bytes() for name in ("one", "two"))
    assert one == two


def scripted(body: dict[str, Any]) -> Any:
    """Answers right but for the boat; the lenient judge likes all, the strict one only Bo."""
    system, user = (each["content"] for each in body["messages"][:2])
    if system == READING:
        if "car" in user.rpartition("Question:")[2]:
            return [{"answer": "No information available", "known": False}]
        return [{"answer": "Bo" if "bicycle?" in user else "some wood", "known": True}]
    if system == JUDGES["lenient"]:
        return [{"correct": True, "reason": "close enough"}]
    return [{"correct": "Answer to judge: Bo" in user, "reason": "to the letter"}]


def with_model(server: ModelServer, *more: str) -> tuple[str, ...]:
    return ("--reader", "llm", "--model", "scripted", "--base-url", server.url, *more)


def test_a_model_answers_and_two_judges_of_different_strictness_judge(
    asked: Path, tmp_path: Path, model_server: ModelServer
) -> None:
    model_server.default = thinks(scripted)
    out = tmp_path / "out.jsonl"
    result = invoke(asked, *with_model(model_server, "--json", f"{out}"))
    assert result.exit_code == 0, result.output
    assert len(model_server.requests) == 9  # three questions: an answer and two verdicts each
    header, found = lines_of(out)
    assert header["reader"]["model"].startswith("scripted") and set(header["judges"]) == set(JUDGES)
    answer = found["q1"]["results"]["fused"]["answer"]
    assert answer["text"] == "Bo" and not answer["abstained"] and answer["tokens"] > 0
    assert answer["judges"]["strict"] == {"correct": True, "reason": "to the letter"}
    boat = found["q2"]["results"]["fused"]["measures"]
    assert (boat["judge.lenient"], boat["judge.strict"], boat["qa.words"]) == (1.0, 0.0, 2.0)
    assert found["q3"]["results"]["fused"]["measures"]["abstain.right"] == 1.0
    assert found["q1"]["results"]["keyword"]["answer"] is None  # baselines cost nothing
    assert "The judges disagree on 2 of 3 answers" in result.output
    assert "answer: some wood" in result.output and "strict: wrong. to the letter" in result.output
    assert "9 calls" in result.output
    again = tmp_path / "again.jsonl"
    invoke(asked, *with_model(model_server, "--json", f"{again}"))
    assert again.read_bytes() == out.read_bytes()


def test_what_the_file_holds_is_not_asked_of_the_model_again(
    asked: Path, tmp_path: Path, model_server: ModelServer
) -> None:
    model_server.default = thinks(scripted)
    out = tmp_path / "out.jsonl"
    invoke(asked, *with_model(model_server, "--json", f"{out}"))
    content = out.read_bytes()
    out.write_bytes(content[:-20])
    before = len(model_server.requests)
    invoke(asked, *with_model(model_server, "--json", f"{out}"))
    assert out.read_bytes() == content and len(model_server.requests) == before + 3


def test_another_judge_may_judge(asked: Path, model_server: ModelServer) -> None:
    model_server.default = thinks(scripted)
    invoke(asked, *with_model(model_server, "--judge", "severe", "--no-baselines"))
    models = [request["model"] for request in model_server.requests]
    assert models.count("scripted") == 3 and models.count("severe") == 6


def test_what_cannot_be_read_is_a_wrong_answer(
    asked: Path, tmp_path: Path, model_server: ModelServer
) -> None:
    model_server.default = says("no JSON here")
    out = tmp_path / "out.jsonl"
    result = invoke(asked, *with_model(model_server, "--json", f"{out}", "--limit", "1"))
    assert result.exit_code == 0, result.output
    _, found = lines_of(out)
    (line,) = found.values()
    answer = line["results"]["fused"]["answer"]
    assert answer["kind"] == "unusable" and not answer["judges"]["lenient"]["correct"]
    assert line["results"]["fused"]["measures"]["qa.f1"] == 0.0


def test_a_model_that_is_not_there_ends_the_run(asked: Path, model_server: ModelServer) -> None:
    model_server.default = fails(401)
    with pytest.raises(ModelUnavailable):
        invoke(asked, *with_model(model_server))


def test_options_of_models_need_the_model_reader(asked: Path) -> None:
    with pytest.raises(InvalidInput, match="needs --model"):
        invoke(asked, "--reader", "llm")
    with pytest.raises(InvalidInput, match="for --reader llm"):
        invoke(asked, "--model", "m")


def test_the_reader_gets_no_more_hits_than_its_settings_say() -> None:
    assert Extractive().settings == {"name": "extractive", "hits": 30}
    assert Question("q", "Who?", (), "all", "Bo", accepted=("Bo", "Al")).golds == ("Bo", "Al")
