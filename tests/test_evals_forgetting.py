"""`memkit eval forget`: what is lost when the weakest turns go first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import pytest

from memkit.contracts import ForgettingPolicy, Record
from memkit.errors import InvalidInput
from memkit.evals.data import Conversation, Dataset, Question
from memkit.evals.forgetting import RandomForgetting, forget
from memkit.forget.decay import ImportancePolicy
from memkit.forget.never import NeverForget
from memkit.models import Verdict

FILLER = ("ok", "haha", "sure", "yes", "fine", "oh", "hm", "right", "see you", "bye")
TOLD = (
    "The ferry to Skagen leaves at seven from pier nine.",
    "Grandmother's barometer hangs in the boathouse.",
)


def dataset(**fields: object) -> Dataset:
    said = [*FILLER[:5], TOLD[0], *FILLER[5:], TOLD[1]]
    messages = tuple(
        {"id": f"m{n}", "content": text, "timestamp": f"2024-01-{n + 1:02d}"}
        for n, text in enumerate(said)
    )
    questions = (
        Question("q1", "When does the ferry leave?", ("m5",), "a", **fields),  # type: ignore[arg-type]
        Question("q2", "Where is the barometer?", ("m11",), "a"),
    )
    return Dataset("tiny", (Conversation("c", messages, questions),))


class LongestFirst(ForgettingPolicy):
    """The wrong way round."""

    name: ClassVar[str] = "longest-first"

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        return [Verdict(record.id, "keep", "size", -float(record.size)) for record in records]


def test_recall_falls_with_what_is_kept_and_by_how_well_it_was_chosen() -> None:
    policies = {
        "importance": ImportancePolicy(), "longest": LongestFirst(), "random": RandomForgetting(),
    }  # fmt: skip
    found = forget(dataset(), policies, embedder=None, shares=(1.0, 0.5, 0.2))
    means = {one.policy: [one.recalls[share].mean for share in (1.0, 0.5, 0.2)] for one in found}
    assert means["importance"] == [1.0, 1.0, 1.0]
    assert means["longest"] == [1.0, 0.0, 0.0]
    assert means["random"][0] == 1.0
    again = forget(dataset(), policies, embedder=None, shares=(1.0, 0.5, 0.2))
    assert again == found


def test_questions_asked_before_are_not_counted() -> None:
    found = forget(
        dataset(), {"importance": ImportancePolicy()}, embedder=None, asked=0.5, shares=(1.0,)
    )
    assert found[0].recalls[1.0].n == 1


def test_progress_counts_every_step() -> None:
    seen: list[tuple[int, int]] = []
    forget(
        dataset(), {"random": RandomForgetting()}, embedder=None, shares=(1.0, 0.5),
        progress=lambda done, total: seen.append((done, total)),
    )  # fmt: skip
    assert seen == [(1, 2), (2, 2)]


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(InvalidInput, match="asks in the middle"):
        forget(dataset(after=3), {"random": RandomForgetting()}, embedder=None)
    with pytest.raises(InvalidInput, match="gives no strength"):
        forget(dataset(), {"never": NeverForget()}, embedder=None)
    with pytest.raises(InvalidInput, match="asked=1"):
        forget(dataset(), {"random": RandomForgetting()}, embedder=None, asked=1.0)
