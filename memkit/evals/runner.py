"""Store each conversation, ask its questions, keep one line per question."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from memkit.contracts import Embedder, Retriever
from memkit.dates import moment
from memkit.evals.data import Conversation, Dataset, Question
from memkit.evals.measures import DEPTH, distinct, ranking_measures, recall
from memkit.evals.outcomes import Outcome, Sheet, configuration
from memkit.models import Hit
from memkit.store import MemoryStore, Scope
from memkit.types import Progress

HITS: Final = 100
"""How many hits are asked for: enough for the first ten or twenty sessions to appear."""
BUDGETS: Final = (500, 1000, 2000)
_UNDATED: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""When messages without a date are stored, and the store's idea of the present."""

Retrievers = Mapping[str, Retriever]


@dataclass
class Results:
    """What a run found; `seconds` are the search times of the questions asked this time."""

    dataset: Dataset
    config: dict[str, Any]
    outcomes: list[Outcome] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    resumed: int = 0

    def of(self, retriever: str) -> list[Outcome]:
        """The outcomes of one retriever, in the order asked."""
        return [outcome for outcome in self.outcomes if outcome.retriever == retriever]


def run(
    dataset: Dataset, *, retrievers: Retrievers, embedder: Embedder | None,
    limit: int | None = None, out: Path | None = None, budgets: Sequence[int] = (),
    progress: Progress | None = None,
) -> Results:  # fmt: skip
    """Ask every question of every retriever.

    Each conversation has a store of its own in memory; a question sees the messages before it.
    With `out`, each answer is a JSON line there; when the file holds a run of the same
    configuration, only what is missing is asked, and the end is the same bytes as of an
    uninterrupted run. `progress` is called with (done, total).
    """
    chosen = dataset if limit is None else dataset.limited(limit)
    config = configuration(chosen, retrievers, embedder, budgets)
    results = Results(chosen, config, seconds={name: [] for name in retrievers})
    total = chosen.questions * len(retrievers)
    with Sheet(out, config) as sheet:
        results.resumed = len(sheet.done)
        for outcome, seconds in _answers(chosen, retrievers, embedder, budgets, sheet.done):
            results.outcomes.append(outcome)
            if seconds is not None:
                results.seconds[outcome.retriever].append(seconds)
                sheet.write(outcome)
            if progress is not None:
                progress(len(results.outcomes), total)
    return results


Done = Mapping[tuple[str, str, str], Outcome]


def _answers(
    dataset: Dataset, retrievers: Retrievers, embedder: Embedder | None,
    budgets: Sequence[int], done: Done,
) -> Iterator[tuple[Outcome, float | None]]:  # fmt: skip
    for conversation in dataset.conversations:
        keys = [
            (conversation.id, question.id, name)
            for question in conversation.questions
            for name in retrievers
        ]
        if all(key in done for key in keys):
            yield from ((done[key], None) for key in keys)
            continue
        with MemoryStore(":memory:", embedder=embedder, clock=lambda: _UNDATED) as store:
            asking = _Asking(conversation, store.scope(eval=dataset.name), budgets)
            for question in asking.in_order():
                asking.store_before(question)
                for name, retriever in retrievers.items():
                    kept = done.get((conversation.id, question.id, name))
                    yield (kept, None) if kept else asking.ask(question, name, retriever)


class _Asking:
    """One conversation in a scope, filled as far as the question at hand may see."""

    def __init__(self, conversation: Conversation, scope: Scope, budgets: Sequence[int]) -> None:
        self._conversation = conversation
        self._scope = scope
        self._budgets = budgets
        self._sessions = conversation.sessions()
        self._stored = 0

    def in_order(self) -> list[Question]:
        """The questions, those that may see the fewest messages first."""
        return sorted(self._conversation.questions, key=self._visible)

    def store_before(self, question: Question) -> None:
        """Store what was said before the question."""
        visible = self._visible(question)
        if visible > self._stored:
            self._scope.add(self._conversation.messages[self._stored : visible])
            self._stored = visible

    def ask(
        self, question: Question, name: str, retriever: Retriever
    ) -> tuple[Outcome, float | None]:
        """The outcome of one question and the seconds its search took."""
        now = self._now(question)
        began = time.perf_counter()
        hits = self._scope.search(question.text, HITS, now=now, retriever=retriever)
        seconds = time.perf_counter() - began
        ranked = _sources(hits)
        sessions = distinct(ranked, self._sessions)
        measures = self._ranking(question, ranked, sessions)
        for budget in self._budgets:
            block = self._scope.context(question.text, budget, now=now, retriever=retriever)
            cited = self._at_level(question, _sources(block.hits))
            measures[f"budget.recall@{budget}"] = recall(cited, question.evidence, len(cited))
        outcome = Outcome(
            self._conversation.id, question.id, name, question.category, question.level,
            question.evidence, tuple(ranked[:DEPTH]), tuple(sessions[:DEPTH]),
            {measure: round(value, 6) for measure, value in measures.items()},
        )  # fmt: skip
        return outcome, seconds

    def _ranking(
        self, question: Question, ranked: Sequence[str], sessions: Sequence[str]
    ) -> dict[str, float]:
        held = self._at_level(question, question.evidence)
        found = {}
        if question.level == "turn":
            measured = ranking_measures(ranked, question.evidence)
            found = {f"turn.{name}": value for name, value in measured.items()}
            held = distinct(question.evidence, self._sessions)
        measured = ranking_measures(sessions, held)
        return {**found, **{f"session.{name}": value for name, value in measured.items()}}

    def _at_level(self, question: Question, turns: Sequence[str]) -> Sequence[str]:
        return turns if question.level == "turn" else distinct(turns, self._sessions)

    def _visible(self, question: Question) -> int:
        every = len(self._conversation.messages)
        return every if question.after is None else min(question.after, every)

    def _now(self, question: Question) -> datetime:
        if question.when is not None:
            return moment(question.when, UTC, "when")
        said = self._conversation.messages[: self._visible(question)]
        times = [
            moment(each["timestamp"], UTC, "timestamp") for each in said if "timestamp" in each
        ]
        return max(times, default=_UNDATED)


def _sources(hits: Sequence[Hit]) -> list[str]:
    """The turn ids that hits lead to, best first, each once.

    Repeated words are merged into one hit with several sources; each source takes a rank here.
    """
    return list(dict.fromkeys(source for hit in hits for source in hit.sources))
