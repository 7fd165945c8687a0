"""Store each conversation, ask its questions, keep one line per question."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from memkit.contracts import Embedder, Retriever
from memkit.evals import qa
from memkit.evals.asking import HITS, TIMED_HITS, UNDATED, Answer, Asking, Writing, tokens_of
from memkit.evals.data import Conversation, Dataset, Question
from memkit.evals.outcomes import Asked, Given, Line, Outcome, Sheet, configuration
from memkit.evals.readers import Material, Reader
from memkit.index.layer import IndexerFactory
from memkit.store import MemoryStore
from memkit.types import Progress

__all__ = ["BUDGETS", "HITS", "TIMED_HITS", "Asking", "Plan", "Results", "run"]

BUDGETS: Final = (500, 1000, 2000)

Retrievers = Mapping[str, Retriever]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured beside rankings.

    `budgets` are sizes of `context`, in tokens. `indexers` are as `MemoryStore` takes them.
    `baselines` are the names of retrievers that were not asked for: of them no hits are kept, and
    a costly reader passes them over.
    """

    budgets: Sequence[int] = ()
    indexers: Sequence[IndexerFactory] | None = None
    reader: Reader | None = None
    baselines: Sequence[str] = ()

    def reads(self, name: str) -> bool:
        """Whether answers are composed from what this retriever finds."""
        if self.reader is None:
            return False
        return self.reader.everywhere or name not in self.baselines


@dataclass
class Results:
    """What a run found.

    `seconds` are those of searches of this run, by retriever, `reading` those of answers, and
    `writing` what storing took; `resumed` counts outcomes that were in the file already.
    `unsteady` counts the questions whose first ten hits depend on how many are asked for.
    """

    dataset: Dataset
    config: dict[str, Any]
    outcomes: list[Outcome] = field(default_factory=list)
    asked: dict[tuple[str, str], Asked] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    reading: list[float] = field(default_factory=list)
    writing: Writing = field(default_factory=Writing)
    unsteady: Counter[str] = field(default_factory=Counter)
    resumed: int = 0

    def of(self, retriever: str) -> list[Outcome]:
        """The outcomes of one retriever, in the order asked."""
        return [outcome for outcome in self.outcomes if outcome.retriever == retriever]


def run(
    dataset: Dataset, *, retrievers: Retrievers, embedder: Embedder | None,
    plan: Plan | None = None, out: Path | None = None, progress: Progress | None = None,
) -> Results:  # fmt: skip
    """Ask every question of every retriever.

    Each conversation has a store of its own in memory; a question sees the messages before it.
    With `out`, each question is a JSON line there; when the file holds a run of the same
    configuration, only what is missing is asked, and the end is the same bytes as of an
    uninterrupted run. `progress` is called with (done, total).
    """
    plan = plan or Plan()
    reader = plan.reader
    config = configuration(
        dataset, retrievers, embedder, plan.indexers,
        asked=[name for name in retrievers if name not in plan.baselines],
        budgets=list(plan.budgets), reader=reader.settings if reader else None,
        judges=reader.judges if reader else None,
    )  # fmt: skip
    results = Results(dataset, config)
    total = dataset.questions * len(retrievers)
    with Sheet(out, config) as sheet:
        results.resumed = sum(len(outcomes) for _, outcomes in sheet.done.values())
        running = _Running(retrievers, embedder, plan, results)
        for line in running.lines(sheet):
            asked, outcomes = line
            results.asked[asked.key] = asked
            if asked.key not in sheet.done:
                sheet.write(line)
            for outcome in outcomes:
                results.outcomes.append(outcome)
                if progress is not None:
                    progress(len(results.outcomes), total)
    return results


@dataclass
class _Running:
    """One run under way; what it takes is added to the results."""

    retrievers: Retrievers
    embedder: Embedder | None
    plan: Plan
    results: Results

    def lines(self, sheet: Sheet) -> Iterator[Line]:
        """Every question's line, from the file or asked now."""
        with self._store() as store:  # what is loaded once is not what storing takes
            scope = store.scope(eval="first")
            scope.add("The first turn of all.")
            scope.maintain(now=UNDATED)
        for conversation in self.results.dataset.conversations:
            questions = sorted(conversation.questions, key=conversation.visible)
            keys = [(conversation.id, question.id) for question in questions]
            if all(key in sheet.done for key in keys):
                yield from (sheet.done[key] for key in keys)
                continue
            yield from self._conversation(conversation, questions, sheet)

    def _store(self) -> MemoryStore:
        return MemoryStore(
            ":memory:", embedder=self.embedder, indexers=self.plan.indexers,
            clock=lambda: UNDATED, tokenizer=tokens_of,
        )  # fmt: skip

    def _conversation(
        self, conversation: Conversation, questions: Sequence[Question], sheet: Sheet
    ) -> Iterator[Line]:
        with self._store() as store:
            scope = store.scope(eval=self.results.dataset.name)
            asking = Asking(conversation, scope, self.plan.budgets)
            batch = self.plan.reader.batch if self.plan.reader else 1
            for start in range(0, len(questions), batch):
                some = questions[start : start + batch]
                yield from self._batch(asking, some, conversation.id, sheet)
            asking.writing.bytes = store.stats()["bytes"]
        self.results.writing.add(asking.writing)

    def _batch(
        self, asking: Asking, questions: Sequence[Question], conversation: str, sheet: Sheet
    ) -> Iterator[Line]:
        """The lines of some questions, whose answers are composed together."""
        fresh: list[tuple[Asked, list[Outcome]]] = []
        materials: list[Material] = []
        for question in questions:
            asking.store_before(question)
            if (conversation, question.id) in sheet.done:
                continue
            found, more = self._asked(asking, question)
            fresh.append((asking.asked(question), found))
            materials += more
        given = self._read(materials)
        ready = iter(fresh)
        for question in questions:
            kept = sheet.done.get((conversation, question.id))
            if kept is not None:
                yield kept
                continue
            asked, outcomes = next(ready)
            yield (
                asked,
                tuple(_with_answer(each, question, given.get(each.key)) for each in outcomes),
            )

    def _asked(self, asking: Asking, question: Question) -> tuple[list[Outcome], list[Material]]:
        """What each retriever found for a question, and what of it is to be read."""
        outcomes, materials = [], []
        reader = self.plan.reader
        for name, retriever in self.retrievers.items():
            keep = name not in self.plan.baselines
            answer = asking.ask(question, name, retriever, keep=keep)
            outcomes.append(answer.outcome)
            self._take(name, answer)
            if reader is not None and self.plan.reads(name):
                block = asking.block(question, retriever, reader.budget) if reader.budget else None
                now = asking.now(question)
                materials.append(Material(answer.outcome.key, question, answer.hits, block, now))
        return outcomes, materials

    def _take(self, name: str, answer: Answer) -> None:
        self.results.seconds.setdefault(name, []).append(answer.seconds)
        self.results.unsteady[name] += not answer.steady

    def _read(self, materials: Sequence[Material]) -> dict[tuple[str, str, str], Given]:
        if self.plan.reader is None or not materials:
            return {}
        began = time.perf_counter()
        given = self.plan.reader.read(materials)
        took = time.perf_counter() - began
        self.results.reading += [took / len(materials)] * len(materials)
        return {one.key: each for one, each in zip(materials, given, strict=True)}


def _with_answer(outcome: Outcome, question: Question, given: Given | None) -> Outcome:
    """The outcome with the answer that was composed, and its scores."""
    if given is None:
        return outcome
    scores = qa.score(given.text, question.golds, question.rule, abstained=given.abstained)
    for name, judged in given.judges.items():
        scores[f"judge.{name}"] = float(judged["correct"])
    if given.tokens is not None:
        scores["read.tokens"] = float(given.tokens)
    rounded = {measure: round(value, 6) for measure, value in scores.items()}
    return replace(outcome, measures={**outcome.measures, **rounded}, answer=given)
