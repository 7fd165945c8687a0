"""What a gate at intake costs: how much it holds back, and what evidence is found no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from memkit.contracts import Embedder, IntakeGate
from memkit.evals.asking import UNDATED, Asking
from memkit.evals.data import Conversation, Dataset
from memkit.evals.measures import Interval, bootstrap
from memkit.retrieve.fused import FusedRetriever
from memkit.store import MemoryStore
from memkit.types import Progress

NONE: Final = "(none)"
"""The store without a gate, which the others are compared with."""

Makers = Mapping[str, Callable[[], IntakeGate]]


@dataclass
class Gated:
    """What became of a data set behind one gate.

    Counts of turns, of turns that are some question's evidence, and of each how many were held
    back; recall of the evidence by question; seconds that `add` took.
    """

    gate: str
    turns: int = 0
    held: int = 0
    evidence: int = 0
    lost: int = 0
    recalls: dict[tuple[str, str], float] = field(default_factory=dict)
    seconds: float = 0.0

    def recall(self) -> Interval:
        """The mean over questions, with its 95 % interval."""
        return _interval(self.recalls)

    def gain(self, other: Gated) -> Interval:
        """The mean difference to another one's, question by question."""
        return _interval({key: self.recalls[key] - other.recalls[key] for key in self.recalls})


def gate(
    dataset: Dataset, gates: Makers, *, embedder: Embedder | None, progress: Progress | None = None
) -> list[Gated]:
    """Each conversation stored without a gate and behind each, then asked.

    Evidence is of turns, or of sessions where the set knows no more. `progress` is called with
    (done, total), in conversations.
    """
    makers: dict[str, Callable[[], IntakeGate] | None] = {NONE: None, **gates}
    found = [Gated(name) for name in makers]
    total, done = len(found) * len(dataset.conversations), 0
    for one, make in zip(found, makers.values(), strict=True):
        for conversation in dataset.conversations:
            with MemoryStore(
                ":memory:", embedder=embedder, clock=lambda: UNDATED,
                gate=make() if make is not None else None,
            ) as store:  # fmt: skip
                _take(one, dataset, conversation, store)
            done += 1
            if progress is not None:
                progress(done, total)
    return found


def _take(one: Gated, dataset: Dataset, conversation: Conversation, store: MemoryStore) -> None:
    """Store a conversation and ask its questions, each of what was said before it."""
    scope = store.scope(eval=dataset.name)
    asking = Asking(conversation, scope)
    retriever = FusedRetriever()
    for question in sorted(conversation.questions, key=conversation.visible):
        asking.store_before(question)
        outcome = asking.ask(question, one.gate, retriever).outcome
        measure = f"{question.level}.recall@{dataset.cut}"
        if measure in outcome.measures:
            one.recalls[conversation.id, question.id] = outcome.measures[measure]
    stored = {turn.id for turn in scope.turns()}
    held = stored - {turn.id for turn in scope.turns(archived=False)}
    wanted = {id for question in conversation.questions for id in question.evidence} & stored
    one.seconds += asking.writing.add_s
    one.turns += len(stored)
    one.held += len(held)
    one.evidence += len(wanted)
    one.lost += len(wanted & held)


def _interval(values: Mapping[tuple[str, str], float]) -> Interval:
    return bootstrap(list(values.values()), [conversation for conversation, _ in values])
