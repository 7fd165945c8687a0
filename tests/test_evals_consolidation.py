"""Facts of which later ones win: the loader, the answers that are judged, and what is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from memkit.cli.app import app
from memkit.embed.static import shared
from memkit.errors import InvalidInput
from memkit.evals import loaders, report, runner
from memkit.evals.consolidation import deciding
from memkit.evals.measures import exact, normalised
from memkit.evals.outcomes import read_outcomes
from memkit.retrieve.fused import FusedRetriever

FACTS = (
    "The capital of Verdania is Lund.",
    "Odo Brandt is a citizen of Verdania.",
    "The capital of Tarn is Port Ellery.",
    "The author of The Salt Road is Odo Brandt.",
    "Mira Sol is a citizen of Tarn.",
    "The capital of Verdania is Kell.",
    "The author of The Salt Road is Mira Sol.",
    "Odo Brandt is married to Mira Sol.",
    "The capital of Tarn is Dunmore.",
)
SINGLE = [
    ("What is the capital of Verdania?", ["Kell"]),
    ("Who is the author of The Salt Road?", ["Mira Sol", "M. Sol"]),
    ("What is the country of citizenship of Odo Brandt?", ["Verdania"]),
]
MULTI = [
    ("What is the capital of the country of citizenship of Odo Brandt?", ["Kell"]),
    ("What is the capital of the country of which the author of The Salt Road is a citizen?",
     ["Dunmore"]),
    ("Where was the spouse of Odo Brandt born?", ["Lund"]),
]  # fmt: skip


def record(kind: str, asked: list[tuple[str, list[str]]], *facts: str) -> dict[str, Any]:
    lines = [f"{place}. {fact}" for place, fact in enumerate(facts or FACTS)]
    return {
        "context": "Here is a list of facts:\n" + "\n".join(lines) + "\n",
        "questions": [question for question, _ in asked],
        "answers": [answers for _, answers in asked],
        "metadata": {"source": f"factconsolidation_{kind}"},
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "facts.json"
    made.write_text(json.dumps([record("mh_1k", MULTI), record("sh_1k", SINGLE)]), "utf-8")
    return made


def test_records_over_the_same_facts_are_one_conversation(path: Path) -> None:
    dataset = loaders.load("fact_consolidation", path)
    (conversation,) = dataset.conversations
    assert [said["content"] for said in conversation.messages] == list(FACTS)
    assert [said["id"] for said in conversation.messages][:2] == ["f00000", "f00001"]
    assert {question.category for question in conversation.questions} == {
        "multi-hop 1k",
        "single-hop 1k",
    }
    assert (dataset.questions, dataset.skipped, dataset.cut) == (6, 0, 1)
    assert dataset.judges_answers
    assert not loaders.load("harbour").judges_answers


def test_the_deciding_fact_is_the_last_one_that_says_it(path: Path) -> None:
    (conversation,) = loaders.load("fact_consolidation", path).conversations
    evidence = {question.text: question.evidence for question in conversation.questions}
    assert [evidence[question] for question, _ in SINGLE] == [("f00005",), ("f00006",), ("f00001",)]
    assert all(evidence[question] == () for question, _ in MULTI)


def test_a_fact_of_another_subject_or_another_relation_decides_nothing() -> None:
    facts = ["The maker of the Kestrel 500 is Ardmore Inc..", "Gale was made by Ardmore Inc..",
             "The maker of the Kestrel 900 is Ardmore Inc.."]  # fmt: skip
    assert deciding(facts, "Who made Gale?", ["Ardmore Inc."]) == 1
    assert deciding(facts, "Who is the maker of the Kestrel 500?", ["Ardmore Inc."]) == 0
    assert deciding(facts, "Who made Gale?", ["Lund"]) is None


@pytest.mark.parametrize("content", [{}, [{}], [{"context": "0. A is B.", "questions": []}], 3])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, content: Any) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(content), "utf-8")
    with pytest.raises(InvalidInput, match="FactConsolidation"):
        loaders.load("fact_consolidation", wrong)


def test_answers_are_judged_and_the_proof_is_kept(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "results.jsonl"
    results = runner.run(
        loaders.load("fact_consolidation", path), retrievers={"fused": FusedRetriever()},
        embedder=shared(), out=out,
    )  # fmt: skip
    _, outcomes = read_outcomes(out)
    assert outcomes == results.outcomes
    found = {outcome.question: outcome for outcome in outcomes}
    single = [found[f"single-hop 1k {place}"] for place in range(3)]
    assert [one.measures["answer.exact"] for one in single] == [1.0, 1.0, 1.0]
    assert [one.measures["turn.recall@1"] for one in single] == [1.0, 1.0, 1.0]
    first, second, third = (found[f"multi-hop 1k {place}"] for place in range(3))
    given = [(one.answer.text, one.answer.sources) for one in (first, second) if one.answer]
    assert given == [("Kell", ("f00001", "f00005")), ("Dunmore", ("f00006", "f00004", "f00008"))]
    assert third.answer is None and results.asked[third.key[:2]].accepted == ("Lund",)
    assert third.measures == {"answer.exact": 0.0, "answer.given": 0.0}
    rows = {row.name: row for row in report.by_category(outcomes)}
    assert rows["multi-hop 1k"].means["answer.exact"] == pytest.approx(2 / 3)
    assert report.interval(outcomes, "turn.recall@1").n == 3


def test_what_is_written_is_taken_up(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "results.jsonl"
    dataset = loaders.load("fact_consolidation", path)

    def run() -> runner.Results:
        return runner.run(
            dataset, retrievers={"fused": FusedRetriever()}, embedder=None, out=out
        )  # fmt: skip

    first, content = run(), out.read_bytes()
    out.write_bytes(content[: len(content) // 2])
    second = run()
    assert out.read_bytes() == content
    assert second.outcomes == first.outcomes
    assert 0 < second.resumed < 6


def test_the_order_of_arrival_decides(tmp_path: Path) -> None:
    made = tmp_path / "facts.json"
    asked = [("What is the capital of Verdania?", ["Lund"])]
    made.write_text(json.dumps([record("sh_1k", asked, *reversed(FACTS))]), "utf-8")
    results = runner.run(
        loaders.load("fact_consolidation", made), retrievers={"fused": FusedRetriever()},
        embedder=None,
    )  # fmt: skip
    (outcome,) = results.outcomes
    assert outcome.measures["answer.exact"] == outcome.measures["turn.recall@1"] == 1.0


def test_run_prints_answers_by_category_with_intervals(path: Path) -> None:
    done = CliRunner().invoke(app, ["eval", "run", "fact_consolidation", str(path)])
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    start = lines.index("Answers by scope.chain, and the deciding fact")
    assert lines[start + 1].split() == ["category", "n", "exact", "95", "%", "given", "R@1", "95",
                                        "%"]  # fmt: skip
    multi, single = (line.split() for line in lines[start + 2 : start + 4])
    assert multi[:4] == ["multi-hop", "1k", "3", ".667"]
    assert single[:4] == ["single-hop", "1k", "3", "1.00"]


@pytest.mark.parametrize(
    ("answer", "accepted", "right"),
    [
        ("The Salt Road", ("salt road",), 1.0),
        ("Kell.", ("Lund", "KELL"), 1.0),
        ("R\u00e9my", ("Remy",), 1.0),
        ("Kell Lund", ("Kell",), 0.0),
        (None, ("Kell",), 0.0),
        ("", ("",), 1.0),
    ],
)
def test_answers_are_the_same_but_for_case_and_marks(
    answer: str | None, accepted: tuple[str, ...], right: float
) -> None:
    assert exact(answer, accepted) == right


def test_articles_and_marks_are_no_words() -> None:
    assert normalised('  "The  Salt-Road", a song ') == "salt road song"
