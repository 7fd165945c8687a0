"""Store each conversation, ask its questions, keep one line per question."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from memkit.contracts import Embedder, Retriever
from memkit.dates import moment
from memkit.evals.data import Conversation, Dataset, Question
from memkit.evals.measures import DEPTH, distinct, exact, ranking_measures, recall
from memkit.evals.outcomes import Outcome, Sheet, configuration
from memkit.index.layer import IndexerFactory
from memkit.models import Hit
from memkit.store import MemoryStore, Scope
from memkit.types import Progress

HITS: Final = 100
"""How many hits are asked for: enough for the first ten or twenty sessions to appear."""
TIMED_HITS: Final = 10
"""How many hits are asked for when the time is taken."""
BUDGETS: Final = (500, 1000, 2000)
_UNDATED: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""When messages without a date are stored, and the store's idea of the present."""

Retrievers = Mapping[str, Retriever]
Indexers = Sequence[IndexerFactory] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a question and the seconds a search for ten hits took.

    `steady` tells whether these ten are the first of the hundred that were measured.
    """

    outcome: Outcome
    seconds: float
    steady: bool


@dataclass
class Results:
    """What a run found.

    `seconds` are the times of the searches done this time, `unsteady` the number of questions
    whose first ten hits change with the number asked for, both by retriever. `resumed` counts
    the answers that were in the file already.
    """

    dataset: Dataset
    config: dict[str, Any]
    outcomes: list[Outcome] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    unsteady: Counter[str] = field(default_factory=Counter)
    resumed: int = 0

    def take(self, answer: Answer) -> None:
        """Add what is not in the sheet."""
        name = answer.outcome.retriever
        self.seconds.setdefault(name, []).append(answer.seconds)
        self.unsteady[name] += not answer.steady

    def of(self, retriever: str) -> list[Outcome]:
        """The outcomes of one retriever, in the order asked."""
        return [outcome for outcome in self.outcomes if outcome.retriever == retriever]


def run(
    dataset: Dataset, *, retrievers: Retrievers, embedder: Embedder | None,
    indexers: Indexers = None, out: Path | None = None, budgets: Sequence[int] = (),
    progress: Progress | None = None,
) -> Results:  # fmt: skip
    """Ask every question of every retriever.

    Each conversation has a store of its own in memory; a question sees the messages before it.
    `indexers` are as `MemoryStore` takes them.
    With `out`, each answer is a JSON line there; when the file holds a run of the same
    configuration, only what is missing is asked, and the end is the same bytes as of an
    uninterrupted run. `progress` is called with (done, total).
    """
    config = configuration(dataset, retrievers, embedder, indexers, budgets)
    results = Results(dataset, config)
    total = dataset.questions * len(retrievers)
    with Sheet(out, config) as sheet:
        results.resumed = len(sheet.done)
        for answer in _answers(dataset, retrievers, embedder, indexers, budgets, sheet.done):
            if isinstance(answer, Answer):
                results.take(answer)
                sheet.write(answer.outcome)
            outcome = answer.outcome if isinstance(answer, Answer) else answer
            results.outcomes.append(outcome)
            if progress is not None:
                progress(len(results.outcomes), total)
    return results


Done = Mapping[tuple[str, str, str], Outcome]


def _answers(
    dataset: Dataset, retrievers: Retrievers, embedder: Embedder | None, indexers: Indexers,
    budgets: Sequence[int], done: Done,
) -> Iterator[Answer | Outcome]:  # fmt: skip
    for conversation in dataset.conversations:
        questions = sorted(conversation.questions, key=conversation.visible)
        keys = [
            (conversation.id, question.id, name) for question in questions for name in retrievers
        ]
        if all(key in done for key in keys):
            yield from (done[key] for key in keys)
            continue
        with MemoryStore(
            ":memory:", embedder=embedder, indexers=indexers, clock=lambda: _UNDATED
        ) as store:
            asking = Asking(conversation, store.scope(eval=dataset.name), budgets)
            for question in questions:
                asking.store_before(question)
                for name, retriever in retrievers.items():
                    kept = done.get((conversation.id, question.id, name))
                    yield kept or asking.ask(question, name, retriever)


class Asking:
    """One conversation in a scope, filled as far as the question at hand may see."""

    def __init__(
        self, conversation: Conversation, scope: Scope, budgets: Sequence[int] = (), *,
        stored: int = 0,
    ) -> None:  # fmt: skip
        """`stored` is how many of the messages the scope holds already."""
        self._conversation = conversation
        self._scope = scope
        self._budgets = budgets
        self._sessions = conversation.sessions()
        self._stored = stored

    def store_before(self, question: Question) -> None:
        """Store what was said before the question, and what is derived from it."""
        visible = self._conversation.visible(question)
        if visible > self._stored:
            fresh = self._conversation.messages[self._stored : visible]
            if question.accepted:
                for said in fresh:  # as it comes, one at a time; then what it says is known
                    self._scope.add(said)
            else:
                self._scope.add(fresh)
            self._scope.maintain(now=self.now(question))
            self._stored = visible

    def ask(self, question: Question, name: str, retriever: Retriever) -> Answer:
        """The answer of one retriever to one question."""
        now = self.now(question)
        hits = self._scope.search(question.text, HITS, now=now, retriever=retriever)
        # The first search after a change builds what is derived from it; this one is timed.
        began = time.perf_counter()
        few = self._scope.search(question.text, TIMED_HITS, now=now, retriever=retriever)
        seconds = time.perf_counter() - began
        ranked = _sources(hits)
        sessions = distinct(ranked, self._sessions)
        measures = self._ranking(question, ranked, sessions) if question.evidence else {}
        path = self._scope.chain(question.text) if question.accepted else []
        answer = path[-1].value if path else None
        if question.accepted:
            measures["answer.exact"] = exact(answer, question.accepted)
            measures["answer.given"] = float(answer is not None)
        for budget in self._budgets if question.evidence else ():
            block = self._scope.context(question.text, budget, now=now, retriever=retriever)
            cited = self._at_level(question, _sources(block.hits))
            measures[f"budget.recall@{budget}"] = recall(cited, question.evidence, len(cited))
        outcome = Outcome(
            self._conversation.id, question.id, name, question.category, question.level,
            question.evidence, tuple(ranked[:DEPTH]), tuple(sessions[:DEPTH]),
            {measure: round(value, 6) for measure, value in measures.items()},
            answer, question.accepted,
            tuple(dict.fromkeys(source.turn for fact in path for source in fact.sources)),
        )  # fmt: skip
        steady = [hit.id for hit in few] == [hit.id for hit in hits[:TIMED_HITS]]
        return Answer(outcome, seconds, steady)

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

    def now(self, question: Question) -> datetime:
        """The moment the question is asked: its own, else that of the last message before it."""
        if question.when is not None:
            return moment(question.when, UTC, "when")
        said = self._conversation.messages[: self._conversation.visible(question)]
        times = [
            moment(each["timestamp"], UTC, "timestamp") for each in said if "timestamp" in each
        ]
        return max(times, default=_UNDATED)


def _sources(hits: Sequence[Hit]) -> list[str]:
    """The turn ids that hits lead to, best first, each once.

    Repeated words are merged into one hit with several sources; each source takes a rank here.
    """
    return list(dict.fromkeys(source for hit in hits for source in hit.sources))
