"""Two runs side by side: pairing, settings, flips, gates; and what cannot be compared."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from per_question import question, written
from typer.testing import CliRunner, Result

from memkit.cli.app import app
from memkit.errors import InvalidInput, NotFound
from memkit.evals import comparing
from memkit.evals.runs import read_run, telling


def run(*words: object, code: int = 0, width: int = 100) -> Result:
    env = {"COLUMNS": str(width), "NO_COLOR": "1"}
    result = CliRunner().invoke(app, ["eval", "compare", *map(str, words)], env=env)
    assert result.exit_code == code, (result.output, result.stderr, result.exception)
    return result


def made(path: Path, values: Sequence[float], retriever: str = "fused", **config: Any) -> Path:
    """Values of one measure: three conversations in turn, two categories."""
    lines = [
        question(number, {retriever: value}, conversation=f"c{number % 3}",
                 category=("one", "two")[number % 2])
        for number, value in enumerate(values)
    ]  # fmt: skip
    return written(path, lines, **config)


def compared(a: Path, b: Path, **options: Any) -> comparing.Comparison:
    return comparing.compare(*comparing.arms([read_run(a), read_run(b)], ()), **options)


def test_gains_are_paired_by_question_and_flips_are_named(tmp_path: Path) -> None:
    a = made(tmp_path / "a.jsonl", [1, 1, 0, 0, 0.5, 1])
    b = made(tmp_path / "b.jsonl", [1, 0, 1, 1, 0.5, 1])
    found = compared(a, b)
    assert found.measure == "turn.recall@10" and found.paired == 6
    assert found.judged.gain.mean == pytest.approx(1 / 6)
    assert [flip.question for flip in found.gained] == ["q2", "q3"]
    (lost,) = found.lost
    assert (lost.question, lost.text, lost.gold, lost.gain) == ("q1", "What of 1?", "It 1", -1.0)
    assert [(each.name, each.gain.n) for each in found.categories] == [("one", 3), ("two", 3)]
    assert not found.settings


def test_a_gain_that_every_conversation_shares_is_better(tmp_path: Path) -> None:
    a, b = made(tmp_path / "a.jsonl", [0] * 9), made(tmp_path / "b.jsonl", [1] * 9)
    assert {each.verdict for each in compared(a, b).measures} == {"better"}
    assert {each.verdict for each in compared(b, a).measures} == {"worse"}
    assert {each.verdict for each in compared(a, a).measures} == {"unclear"}


def test_more_tokens_are_neither_better_nor_worse(tmp_path: Path) -> None:
    def lines(tokens: int) -> list[Mapping[str, Any]]:
        return [
            question(
                n, {"fused": {"measures": {"turn.recall@10": 1, "context.tokens@500": tokens}}}
            )
            for n in range(4)
        ]

    a = written(tmp_path / "a.jsonl", lines(300))
    b = written(tmp_path / "b.jsonl", lines(400))
    assert compared(a, b).measures[1].verdict == "more"
    assert compared(b, a).measures[1].verdict == "less"
    assert "+100.0" in run(a, b).stdout


def test_fewer_mistakes_are_better(tmp_path: Path) -> None:
    def lines(wrong: float) -> list[Mapping[str, Any]]:
        measures = {"turn.recall@10": 1, "abstain.wrong": wrong}
        return [question(n, {"fused": {"measures": measures}}) for n in range(4)]

    a = written(tmp_path / "a.jsonl", lines(1))
    b = written(tmp_path / "b.jsonl", lines(0))
    assert compared(a, b).measures[1].verdict == "better"
    assert compared(b, a).measures[1].verdict == "worse"


def test_what_was_set_otherwise_stands_first(tmp_path: Path) -> None:
    a = made(tmp_path / "a.jsonl", [1, 0, 1], code="11aa", budgets=[500])
    b = made(tmp_path / "b.jsonl", [1, 1, 1], "keyword", code="22bb", budgets=[500])
    found = compared(a, b)
    assert found.settings == {"retriever": ("fused", "keyword"), "code": ("11aa", "22bb")}
    shown = run(a, b).stdout
    assert shown.index("11aa") < shown.index("turn.recall@10")


def test_questions_that_only_one_was_asked_are_counted_and_left_out(tmp_path: Path) -> None:
    a, b = made(tmp_path / "a.jsonl", [1, 0, 1, 1]), made(tmp_path / "b.jsonl", [1, 1])
    found = compared(a, b)
    assert (found.paired, found.only_a, found.only_b) == (2, 2, 0)
    assert "2 questions in both (2 only in A)." in run(a, b).stdout


def test_two_retrievers_of_one_file(tmp_path: Path) -> None:
    lines = [question(n, {"fused": 1.0, "keyword": 0.0, "random": 0.5}) for n in range(4)]
    path = written(tmp_path / "a.jsonl", lines)
    shown = run(path, "--retriever", "keyword", "--retriever", "fused").stdout
    assert "A  a.jsonl · made · keyword" in shown and "+1.000" in shown
    assert "it has fused, keyword, random" in run(
        path, "--retriever", "fused", "--retriever", "other", code=2
    ).stderr.replace("results of 'other'; ", "")
    assert "Two are compared" in run(path, code=2).stderr


def test_what_was_asked_for_is_taken_or_the_one_named_for_each(tmp_path: Path) -> None:
    a = written(tmp_path / "a.jsonl", [question(1, {"mine": 1, "keyword": 0})])
    b = written(tmp_path / "b.jsonl", [question(1, {"keyword": 0, "random": 1})])
    runs = [read_run(a), read_run(b)]
    assert [arm.retriever for arm in comparing.arms(runs, ())] == ["mine", "keyword"]
    both = comparing.arms(runs, ("mine", "random"))
    assert [arm.retriever for arm in both] == ["mine", "random"]
    assert [arm.retriever for arm in comparing.arms(runs, ("keyword",))] == ["keyword"] * 2


def test_a_data_set_is_asked_now_of_two_retrievers(tmp_path: Path) -> None:
    data = tmp_path / "two.jsonl"
    lines = [
        {"type": "turn", "id": "a1", "session": "s1", "content": "I sold my bicycle to Bo."},
        {"type": "turn", "id": "a2", "session": "s2", "content": "The boat needs a plank."},
        {"type": "question", "id": "q1", "question": "Who has the bicycle?", "evidence": ["a1"]},
    ]
    data.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    words = ("jsonl", data, "--embedder", "none", "--retriever", "keyword")
    found = json.loads(run(*words, "--retriever", "recency", "--json").stdout)
    assert (found["a"]["retriever"], found["b"]["retriever"]) == ("keyword", "recency")
    assert found["paired"] == 1
    assert "name two retrievers" in run(*words, code=2).stderr


def test_the_gate_lets_pass_what_it_allows(tmp_path: Path) -> None:
    a, b = made(tmp_path / "a.jsonl", [1, 1, 1, 1]), made(tmp_path / "b.jsonl", [1, 1, 1, 0])
    assert "fell by 0.250" in run(a, b, "--gate", 0.2, code=3).stderr
    run(a, b, "--gate", 0.25)
    run(b, a, "--gate", 0)
    run(a, b, "--gate", 0.2, "--measure", "turn.mrr")
    assert "Both have no measure 'x'" in run(a, b, "--measure", "x", code=2).stderr


def test_json_lists_every_flip(tmp_path: Path) -> None:
    a, b = made(tmp_path / "a.jsonl", [1] * 30), made(tmp_path / "b.jsonl", [0] * 30)
    found = json.loads(run(a, b, "--json").stdout)
    assert len(found["flips"]) == 30
    assert found["measures"][0]["verdict"] == "worse"
    assert "and 28 more" in run(a, b, "--show", 2).stdout


@pytest.mark.parametrize("width", [60, 100])
def test_lines_fit_the_terminal_and_text_cannot_command_it(tmp_path: Path, width: int) -> None:
    def lines(value: float) -> list[Mapping[str, Any]]:
        text = "Who \x1b[31m wrote that \x07? " * 20
        return [question(n, {"fused": value}, text=text, category="c" * 30) for n in range(3)]

    a = written(tmp_path / "a.jsonl", lines(0), notes=["x" * 300])
    b = written(tmp_path / "b.jsonl", lines(1), notes=["y" * 300])
    shown = run(a, b, width=width).stdout
    assert max(map(len, shown.splitlines())) <= width
    assert "\x1b" not in shown and "\x07" not in shown


def test_fields_that_are_absent_are_no_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = {"type": "question", "conversation": "c", "question": "q",
            "results": {"fused": {"measures": {"turn.recall@10": 1}}}}  # fmt: skip
    path.write_text('{"type": "run"}\n' + json.dumps(line) + "\n", "utf-8")
    (asked,) = read_run(path).questions
    assert asked.answerable and asked.evidence == () and asked.age_days is None
    assert "Set the same." in run(path, path).stdout


def test_a_line_that_was_torn_off_is_passed_over(tmp_path: Path) -> None:
    path = made(tmp_path / "a.jsonl", [1, 0])
    path.write_bytes(path.read_bytes()[:-20])
    assert len(read_run(path).questions) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "it is empty"),
        ('{"type": "turn"}\n', "not a run's header"),
        ('{"type": "run"}\n', "holds no question yet"),
        ('{"type": "run"}\n{"type": "turn"}\n', "where a question was expected"),
        ('{"type": "run"}\n[]\n', "is not a per-question file"),
        ("nonsense\n", "is not JSON"),
    ],
)
def test_another_file_is_refused_by_name(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(InvalidInput, match=said):
        read_run(path)
    assert "other.jsonl" in run(path, path, code=2).stderr


def test_a_missing_file_and_other_questions_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no file"):
        read_run(tmp_path / "none.jsonl")
    a = made(tmp_path / "a.jsonl", [1])
    b = written(tmp_path / "b.jsonl", [question(1, {"fused": 1}, conversation="other")])
    assert "no question in common" in run(a, b, code=2).stderr


def test_a_run_keeps_its_times_beside_its_file(tmp_path: Path) -> None:
    data, out = tmp_path / "two.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"type": "turn", "id": "a1", "content": "I sold my bicycle to Bo."},
        {"type": "question", "id": "q1", "question": "Who has the bicycle?", "evidence": ["a1"]},
    ]
    data.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    words = ["eval", "run", "jsonl", data, "--embedder", "none", "--no-baselines", "--json", out]
    for _ in range(2):
        assert CliRunner().invoke(app, list(map(str, words))).exit_code == 0
        (times,) = read_run(out).milliseconds.values()
        assert list(times) == [50, 95, 99] and min(times.values()) >= 0


def test_few_of_many_measures_get_a_line(tmp_path: Path) -> None:
    names = ["turn.recall@1", "turn.recall@10", "turn.any@5", "turn.ndcg@50", "turn.mrr",
             "session.recall@10", "session.mrr", "qa.f1"]  # fmt: skip
    kept = ["turn.recall@1", "turn.recall@10", "turn.mrr", "session.recall@10", "qa.f1"]
    assert telling(names, "turn.mrr") == kept
    assert "session.mrr" in telling(names[5:7], "session.recall@10")
    assert "turn.any@5" in telling(names, "turn.any@5")
    path = written(
        tmp_path / "a.jsonl", [question(1, {"fused": {"measures": dict.fromkeys(names, 1)}})]
    )
    shown = run(path, path).stdout
    assert "and 3 more measures; --json has all." in shown and "turn.ndcg@50" not in shown
    assert len(json.loads(run(path, path, "--json").stdout)["measures"]) == len(names)
