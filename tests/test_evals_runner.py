"""The runner: what a question sees, what is kept, and how a run is taken up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from memkit.contracts import Query, Ranking, Retriever, View
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import InvalidInput
from memkit.evals import ablation, report, runner
from memkit.evals.data import Conversation, Dataset, Question
from memkit.evals.outcomes import Outcome, read_outcomes
from memkit.retrieve.fused import FusedRetriever
from memkit.retrieve.single import KeywordRetriever, RecencyRetriever

EMBEDDER = HashingEmbedder(32)


def said(id: str, content: str, session: str = "s1") -> dict[str, Any]:
    return {"id": id, "content": content, "session": session, "name": "Ana"}


MESSAGES = (
    said("a1", "I sold my old bicycle to Bo."),
    said("a2", "The weather is fine today."),
    said("b1", "I bought a wooden boat.", "s2"),
    said("b2", "The boat needs a new plank.", "s2"),
    said("c1", "My bicycle was green.", "s3"),
)


def conversation(id: str, *questions: Question) -> Conversation:
    return Conversation(id, MESSAGES, questions)


def asked(id: str, text: str, *evidence: str, **more: Any) -> Question:
    return Question(id, text, evidence, more.pop("category", "single"), **more)


DATASET = Dataset(
    "tiny",
    (
        conversation(
            "one",
            asked("q1", "What about the bicycle?", "a1", "c1"),
            asked("q2", "What does the boat need?", "s2", level="session", category="session"),
            asked("q3", "Who bought the bicycle?", "a1", after=2),
        ),
        conversation("two", asked("q1", "What does the boat need?", "b2")),
    ),
)


def run(out: Path | None = None, dataset: Dataset = DATASET, **more: Any) -> runner.Results:
    retrievers = more.pop(
        "retrievers", {"keyword": KeywordRetriever(), "recency": RecencyRetriever()}
    )
    return runner.run(dataset, retrievers=retrievers, embedder=EMBEDDER, out=out, **more)


def by_key(results: runner.Results) -> Mapping[tuple[str, str, str], Outcome]:
    return {outcome.key: outcome for outcome in results.outcomes}


def test_every_question_is_asked_of_every_retriever_and_measured() -> None:
    steps: list[tuple[int, int]] = []
    results = run(progress=lambda done, total: steps.append((done, total)))
    assert steps == [(done, 8) for done in range(1, 9)]
    found = by_key(results)
    both = found["one", "q1", "keyword"]
    assert set(both.ranked[:2]) == {"a1", "c1"}
    assert both.measures["turn.all@10"] == both.measures["session.recall@5"] == 1.0
    assert found["one", "q1", "recency"].ranked == ("c1", "b2", "b1", "a2", "a1")
    assert found["one", "q1", "recency"].sessions == ("s3", "s2", "s1")
    assert found["one", "q1", "recency"].measures["turn.recall@1"] == 0.5
    assert len(results.seconds["keyword"]) == 4


def test_session_gold_is_measured_by_sessions_alone() -> None:
    outcome = by_key(run())["one", "q2", "keyword"]
    assert outcome.measures["session.recall@1"] == 1.0
    assert not any(name.startswith("turn.") for name in outcome.measures)


def test_a_question_sees_only_what_was_said_before_it() -> None:
    outcome = by_key(run())["one", "q3", "recency"]
    assert outcome.ranked == ("a2", "a1")


def test_budgets_measure_what_a_context_cites() -> None:
    found = by_key(run(plan=runner.Plan(budgets=(5, 500))))
    assert found["one", "q1", "keyword"].measures["budget.recall@500"] == 1.0
    assert found["one", "q1", "keyword"].measures["budget.recall@5"] == 0.0
    assert found["one", "q2", "keyword"].measures["budget.recall@500"] == 1.0


def test_two_runs_give_the_same_bytes_and_no_timings(tmp_path: Path) -> None:
    for name in ("one.jsonl", "two.jsonl"):
        run(tmp_path / name, retrievers={"fused": FusedRetriever()})
    content = (tmp_path / "one.jsonl").read_bytes()
    assert content == (tmp_path / "two.jsonl").read_bytes()
    header, *lines = map(json.loads, content.splitlines())
    assert header["type"] == "run" and header["embedder"] == EMBEDDER.identity
    assert len(lines) == 4 and {line["type"] for line in lines} == {"question"}
    assert not {key for line in lines for key in line if "second" in key or "time" in key}


def test_a_run_is_taken_up_at_any_byte(tmp_path: Path) -> None:
    whole = tmp_path / "whole.jsonl"
    first = run(whole)
    content = whole.read_bytes()
    for end in {0, 10, len(content) // 3, len(content) // 2, len(content) - 1, len(content)}:
        part = tmp_path / f"part{end}.jsonl"
        part.write_bytes(content[:end])
        results = run(part)
        assert part.read_bytes() == content
        assert results.outcomes == first.outcomes
        assert results.resumed == 2 * max(0, content[:end].count(b"\n") - 1)


def test_what_is_in_the_file_is_not_asked_again(tmp_path: Path) -> None:
    class Failing(RecencyRetriever):
        name: ClassVar[str] = "failing"
        calls = 0

        def retrieve(self, query: Query, view: View) -> Ranking:
            if "boat" in query.text:
                Failing.calls += 1
                if Failing.calls == 1:
                    raise RuntimeError("the lights went out")
            return super().retrieve(query, view)

    out = tmp_path / "results.jsonl"
    with pytest.raises(RuntimeError, match="lights"):
        run(out, retrievers={"failing": Failing()})
    kept = out.read_bytes().count(b"\n") - 1
    assert kept == 2  # q3 sees the fewest messages and is asked first, then q1
    results = run(out, retrievers={"failing": Failing()})
    assert results.resumed == kept and len(results.seconds["failing"]) == 4 - kept
    header, outcomes = read_outcomes(out)
    assert header["retrievers"] == {"failing": f"{__name__}:{Failing.__qualname__}"}
    assert outcomes == results.outcomes


@pytest.mark.parametrize(
    ("change", "named"),
    [({"plan": runner.Plan(budgets=(100,))}, "budgets"),
     ({"dataset": DATASET.limited(2)}, "data, questions"),
     ({"retrievers": {"keyword": KeywordRetriever()}}, "asked, retrievers")],
)  # fmt: skip
def test_results_of_another_run_are_not_overwritten(
    tmp_path: Path, change: dict[str, Any], named: str
) -> None:
    out = tmp_path / "results.jsonl"
    run(out)
    before = out.read_bytes()
    with pytest.raises(InvalidInput, match=f"different {named}"):
        run(out, **change)
    assert out.read_bytes() == before


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    for content in (b"shopping list\nmilk\n", b"[1]\n", b"milk"):
        out = tmp_path / "notes.txt"
        out.write_bytes(content)
        with pytest.raises(InvalidInput, match=r"not a sheet of results|different"):
            run(out)
        assert out.read_bytes() == content
    with pytest.raises(InvalidInput, match="cannot be written"):
        run(tmp_path)


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    out = tmp_path / "results.jsonl"
    run(out)
    out.write_bytes(out.read_bytes() + b'{"type":"question"}\n')
    with pytest.raises(InvalidInput, match="no question"):
        run(out)


class Jumping(Retriever):
    """Ranks by the number of hits asked for: the order of ten is not that of a hundred."""

    name: ClassVar[str] = "jumping"

    def retrieve(self, query: Query, view: View) -> Ranking:
        ordinals = np.flatnonzero(view.turns.allowed)
        if query.limit > 10:
            ordinals = ordinals[::-1]
        scores = np.linspace(1.0, 0.5, len(ordinals), dtype=np.float32)
        return Ranking(ordinals, scores)


def test_an_order_that_depends_on_the_number_of_hits_is_noticed() -> None:
    results = run(retrievers={"jumping": Jumping(), "keyword": KeywordRetriever()})
    assert results.unsteady == {"jumping": 4, "keyword": 0}


def test_report_means_categories_and_intervals() -> None:
    results = run()
    rows = {row.name: row for row in report.by_category(results.of("keyword"))}
    assert list(rows) == ["session", "single"]
    assert rows["single"].questions == 3 and "turn.mrr" not in rows["session"].means
    found = report.interval(results.of("recency"), "session.recall@1")
    assert found.n == 4 and found.low <= found.mean <= found.high
    gain = report.difference(results.of("keyword"), results.of("recency"), "session.mrr")
    assert gain.mean > 0
    took = report.latency([0.001, 0.002, 0.003])
    assert took is not None and took.p50 == pytest.approx(2.0)
    assert report.latency([]) is None


def test_outcomes_are_told_apart_by_the_age_of_their_evidence() -> None:
    outcomes = run().of("keyword")
    days = [3.0, 31.0, 400.0, None]
    ages = {each.key[:2]: age for each, age in zip(outcomes, days, strict=True)}
    found = report.by_age(outcomes, ages)
    assert {name: [one.key for one in each] for name, each in found.items()} == {
        "up to a week": [outcomes[0].key], "a month": [outcomes[1].key],
        "older": [outcomes[2].key],
    }  # fmt: skip


class Variable(KeywordRetriever):
    """A retriever of two signals, one of them worthless."""

    name: ClassVar[str] = "variable"

    def variants(self) -> dict[str, Retriever]:
        """Without keywords it is recency; without luck it is the same."""
        return {"keywords": RecencyRetriever(), "luck": KeywordRetriever()}


def test_ablation_tells_what_each_signal_adds() -> None:
    questions = [asked(f"q{n}", "Who sold the old bicycle to Bo?", "a1") for n in range(4)]
    dataset = Dataset("tiny", tuple(conversation(f"{n}", *questions) for n in range(4)), cut=1)
    found = ablation.ablate(dataset, Variable(), embedder=EMBEDDER)
    keywords, luck = found.signals
    assert found.measures == ("turn.recall@1", "turn.mrr")
    assert found.full.means["turn.recall@1"] == 1.0
    assert keywords.without["turn.recall@1"] == 0.0
    assert keywords.gains["turn.recall@1"].mean == 1.0
    assert keywords.verdict("turn.recall@1") == "adds"
    assert luck.gains["turn.recall@1"].mean == 0.0
    assert luck.verdict("turn.recall@1") == "unclear"


def test_ablation_needs_a_retriever_that_names_its_signals() -> None:
    with pytest.raises(InvalidInput, match=r"KeywordRetriever has no variants"):
        ablation.ablate(DATASET, KeywordRetriever(), embedder=EMBEDDER)
