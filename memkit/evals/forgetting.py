"""What forgetting costs: recall of the evidence against the share of turns that is kept."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Final

from memkit.contracts import Embedder, ForgettingPolicy, Record
from memkit.dates import moment
from memkit.errors import InvalidInput
from memkit.evals.data import Conversation, Dataset, Question
from memkit.evals.measures import SEED, Interval, bootstrap, distinct, recall
from memkit.models import Verdict
from memkit.store import MemoryStore, Scope
from memkit.types import Progress

SHARES: Final = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)


class RandomForgetting(ForgettingPolicy):
    """Forgets by lot: what every policy has to be better than."""

    name: ClassVar[str] = "random"

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        """A strength by lot, the same for the same id in every run."""
        return [
            Verdict(record.id, "keep", "by lot", random.Random(f"{SEED} {record.id}").random())  # noqa: S311
            for record in records
        ]


class _Looking(ForgettingPolicy):
    """Keeps everything, and what it was shown."""

    name: ClassVar[str] = "looking"

    def __init__(self) -> None:
        self.turns: list[Record] = []

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        self.turns = [record for record in records if record.kind == "turn"]
        return [Verdict(record.id, "keep", "looked at") for record in records]


@dataclass(frozen=True, slots=True)
class Kept:
    """Mean recall of one policy, with its 95 % interval, at each share of turns kept."""

    policy: str
    recalls: Mapping[float, Interval]


def forget(
    dataset: Dataset, policies: Mapping[str, ForgettingPolicy], *, embedder: Embedder | None,
    asked: float = 0.0, shares: Sequence[float] = SHARES, progress: Progress | None = None,
) -> list[Kept]:  # fmt: skip
    """Let each policy's weakest turns go, step by step, and ask after each step.

    `asked` is the share of each conversation's questions that is asked beforehand, with feedback
    on the evidence that was found, so that policies which go by use have uses to go by; recall is
    of the other questions. `progress` is called with (done, total).
    """
    _require(dataset, asked)
    found: dict[tuple[str, float], list[tuple[float, str]]] = {}
    total, done = len(policies) * len(shares) * len(dataset.conversations), 0
    for conversation in dataset.conversations:
        looking = _Looking()
        with MemoryStore(":memory:", embedder=embedder, forgetting=looking) as store:
            life = _Life(store.scope(eval="forget"), conversation, dataset.cut, asked)
            life.records = looking.turns
            for name, policy in policies.items():
                for share, recalls in life.fading(policy, sorted(shares, reverse=True)):
                    values = [(value, conversation.id) for value in recalls]
                    found.setdefault((name, share), []).extend(values)
                    done += 1
                    if progress is not None:
                        progress(done, total)
    return [
        Kept(name, {share: _interval(found[name, share]) for share in shares}) for name in policies
    ]


class _Life:
    """One conversation in a scope, its questions, and the moment after its last turn."""

    def __init__(self, scope: Scope, conversation: Conversation, cut: int, asked: float) -> None:
        self.records: list[Record] = []
        self._scope = scope
        self._scope.add(conversation.messages)
        self._sessions = conversation.sessions()
        self._cut = cut
        self._now = max(
            (
                moment(said["timestamp"], UTC)
                for said in conversation.messages
                if "timestamp" in said
            ),
            default=datetime(2024, 1, 1, tzinfo=UTC),
        )
        before = int(len(conversation.questions) * asked)
        self._questions = conversation.questions[before:]
        for question in conversation.questions[:before]:
            self._use(question)
        self._scope.maintain(now=self._now)

    def fading(
        self, policy: ForgettingPolicy, shares: Sequence[float]
    ) -> list[tuple[float, list[float]]]:
        """The recall of each question at each share, from the largest to the smallest."""
        verdicts = policy.judge(self.records, self._now)
        if any(verdict.strength is None for verdict in verdicts):
            raise InvalidInput(
                f"The policy {policy.name!r} gives no strength, so nothing is its weakest."
            )
        order = sorted(
            zip(verdicts, self.records, strict=True),
            key=lambda pair: (-(pair[0].strength or 0.0), -pair[1].created.timestamp(), pair[1].id),
        )
        ids = [record.id for _, record in order]
        kept, entries, found = len(ids), list[int](), list[tuple[float, list[float]]]()
        for share in shares:
            left = round(share * len(ids))
            if left < kept:
                entries.append(self._scope.forget(ids[left:kept], reason="eval").id)
                kept = left
            found.append((share, [self._recall(question) for question in self._questions]))
        for entry in reversed(entries):
            self._scope.undo(entry)
        return found

    def _recall(self, question: Question) -> float:
        hits = self._scope.search(question.text, self._cut, now=self._now)
        turns = list(dict.fromkeys(source for hit in hits for source in hit.sources))
        ranked = turns if question.level == "turn" else distinct(turns, self._sessions)
        return recall(ranked, question.evidence, self._cut)

    def _use(self, question: Question) -> None:
        hits = self._scope.search(question.text, self._cut, now=self._now)
        useful = [
            hit.id for hit in hits
            if {*hit.sources, *distinct(hit.sources, self._sessions)} & set(question.evidence)
        ]  # fmt: skip
        if useful:
            self._scope.feedback(useful, useful=True, now=self._now)


def _interval(values: Sequence[tuple[float, str]]) -> Interval:
    return bootstrap([value for value, _ in values], [cluster for _, cluster in values])


def _require(dataset: Dataset, asked: float) -> None:
    if not 0.0 <= asked < 1.0:
        raise InvalidInput(f"asked={asked} is not a share of the questions below 1.")
    for conversation in dataset.conversations:
        if any(question.after is not None for question in conversation.questions):
            raise InvalidInput(
                f"{dataset.name} asks in the middle of its conversations, so what is kept at the "
                "end tells nothing. Take a set that asks at the end, such as locomo."
            )
