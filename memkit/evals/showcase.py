"""The demonstration: the bundled conversation in a file, asked everything, shown with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from memkit.contracts import Retriever
from memkit.errors import InvalidInput
from memkit.evals import loaders, report
from memkit.evals.asking import Asking
from memkit.evals.data import Conversation, Dataset, Question
from memkit.evals.outcomes import Outcome
from memkit.models import Block, Hit
from memkit.store import MemoryStore, Scope
from memkit.types import Progress

HITS: Final = 5
"""How many hits of an example are shown."""
BUDGET: Final = 300
"""The tokens of the context that is shown."""
SCOPE: Final = {"chat": "harbour"}
SIGNALS: Final = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its hits.

    `said` holds the turns that answer it, `ranks` the place of each among the first 50.
    """

    question: Question
    said: Mapping[str, Mapping[str, Any]]
    hits: tuple[Hit, ...]
    ranks: Mapping[str, int | None]

    @property
    def missed(self) -> bool:
        """No evidence is among the hits."""
        return not any(map(self.holds_evidence, self.hits))

    def holds_evidence(self, hit: Hit) -> bool:
        """Whether the hit leads to a turn that answers the question."""
        return not set(hit.sources).isdisjoint(self.question.evidence)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Everything the demonstration shows. The first name of `outcomes` is the default."""

    dataset: Dataset
    outcomes: Mapping[str, tuple[Outcome, ...]]
    examples: tuple[Example, ...]
    asked: str
    context: Block
    latency: report.Latency | None

    @property
    def default(self) -> tuple[Outcome, ...]:
        """The outcomes of the default retriever."""
        return next(iter(self.outcomes.values()))


def fill(path: Path, *, progress: Progress | None = None) -> int:
    """Store the bundled conversation in a new file; how many turns.

    Raises `InvalidInput` when the file exists: nobody's memory is mixed with the demonstration.
    """
    if path.exists():
        raise InvalidInput(f"{path} exists already; give the name of a file to be made.")
    messages = loaders.load(loaders.DEMO).conversations[0].messages
    with MemoryStore(path) as store:
        return len(store.scope(**SCOPE).add(messages, progress=progress))


def ask(
    path: Path, retrievers: Mapping[str, Retriever], *, progress: Progress | None = None
) -> Demonstration:
    """Open a filled file and ask all questions of all retrievers.

    The first retriever is the default, whose hits and context are shown.
    """
    dataset = loaders.load(loaders.DEMO)
    conversation = dataset.conversations[0]
    main = next(iter(retrievers))
    with MemoryStore(path) as store:
        scope = store.scope(**SCOPE)
        held = Asking(conversation, scope, stored=len(conversation.messages))
        answers, seconds = _all_asked(held, conversation, retrievers, progress)
        examples = tuple(
            _example(conversation, question, _ranks(outcome), scope, held, retrievers[main])
            for question, outcome in _chosen(conversation, answers[main])
        )
        shown = examples[0]
        block = scope.context(
            shown.question.text, BUDGET, now=held.now(shown.question), retriever=retrievers[main]
        )
    return Demonstration(
        dataset, {name: tuple(each) for name, each in answers.items()}, examples,
        shown.question.text, block, report.latency(seconds[main]),
    )  # fmt: skip


def strongest(hit: Hit) -> list[tuple[str, float]]:
    """The signals that did most for a hit, strongest first."""
    return sorted(hit.why.items(), key=lambda pair: (-abs(pair[1]), pair[0]))[:SIGNALS]


def plain_results(shown: Demonstration) -> dict[str, Any]:
    """The demonstration as JSON-ready values, without timings."""
    return {
        "conversation": shown.dataset.name,
        "turns": shown.dataset.messages,
        "questions": len(shown.default),
        "examples": [_plain_example(example) for example in shown.examples],
        "results": {
            name: {
                "all": report.row("all", outcomes).means,
                **{row.name: row.means for row in report.by_category(outcomes)},
            }
            for name, outcomes in shown.outcomes.items()
        },
        "context": {
            "question": shown.asked,
            "budget": shown.context.budget,
            "tokens": shown.context.tokens,
            "text": shown.context.text,
        },
    }


def _plain_example(example: Example) -> dict[str, Any]:
    return {
        "question": example.question.text,
        "answer": example.question.answer,
        "category": example.question.category,
        "evidence": {id: example.ranks[id] for id in example.question.evidence},
        "hits": [
            {
                "sources": list(hit.sources),
                "score": hit.score,
                "speaker": hit.speaker,
                "when": hit.when.isoformat() if hit.when else None,
                "text": hit.text,
                "why": dict(hit.why),
                "evidence": example.holds_evidence(hit),
            }
            for hit in example.hits
        ],
    }


def _all_asked(
    held: Asking, conversation: Conversation, retrievers: Mapping[str, Retriever],
    progress: Progress | None,
) -> tuple[dict[str, list[Outcome]], dict[str, list[float]]]:  # fmt: skip
    answers: dict[str, list[Outcome]] = {name: [] for name in retrievers}
    seconds: dict[str, list[float]] = {name: [] for name in retrievers}
    for place, question in enumerate(conversation.questions, 1):
        for name, retriever in retrievers.items():
            answer = held.ask(question, name, retriever)
            answers[name].append(answer.outcome)
            seconds[name].append(answer.seconds)
        if progress is not None:
            progress(place, len(conversation.questions))
    return answers, seconds


def _chosen(conversation: Conversation, outcomes: list[Outcome]) -> list[tuple[Question, Outcome]]:
    """The first question of each category whose evidence is found, then the first miss."""
    found: dict[str, tuple[Question, Outcome]] = {}
    missed = []
    for question, outcome in zip(conversation.questions, outcomes, strict=True):
        if outcome.measures["turn.recall@5"] > 0:
            found.setdefault(question.category, (question, outcome))
        elif outcome.measures["turn.recall@10"] == 0:
            missed.append((question, outcome))
    return [*found.values(), *missed[:1]]


def _ranks(outcome: Outcome) -> dict[str, int | None]:
    ranked = {id: rank for rank, id in enumerate(outcome.ranked, 1)}
    return {id: ranked.get(id) for id in outcome.evidence}


def _example(
    conversation: Conversation, question: Question, ranks: dict[str, int | None], scope: Scope,
    held: Asking, retriever: Retriever,
) -> Example:  # fmt: skip
    said = {each["id"]: each for each in conversation.messages if each["id"] in ranks}
    hits = scope.search(question.text, HITS, now=held.now(question), retriever=retriever)
    return Example(question, said, tuple(hits), ranks)
