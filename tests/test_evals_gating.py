"""`memkit eval gates`: what gates hold back, and what evidence is found no more."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from typer.testing import CliRunner

from memkit import Turn, Verdict
from memkit.cli.app import app
from memkit.contracts import IntakeGate
from memkit.evals import loaders
from memkit.evals.data import Conversation, Dataset, Question
from memkit.evals.gating import NONE, gate
from memkit.forget.novelty import NoveltyGate

SAID = (
    "I love the garden behind the house.", "The ferry leaves at seven from pier nine.",
    "I love that garden behind the house.", "Grandmother's barometer hangs in the boathouse.",
)  # fmt: skip


class NoGate(IntakeGate):
    """Holds back all but the first."""

    name = "closed"

    def __init__(self, last: int = 1) -> None:
        self.last = last

    def judge(self, turn: Turn, recent: Sequence[Turn]) -> Verdict:
        return Verdict(turn.id, "archive" if recent else "keep", "closed")


def dataset() -> Dataset:
    messages = tuple({"id": f"m{n}", "content": text} for n, text in enumerate(SAID))
    questions = (
        Question("q1", "When does the ferry leave?", ("m1",), "a"),
        Question("q2", "Where is the barometer?", ("m3",), "a"),
    )
    return Dataset("tiny", (Conversation("c", messages, questions),))


def test_what_is_held_back_and_what_it_costs() -> None:
    told: list[tuple[int, int]] = []
    none, novelty, closed = gate(
        dataset(), {"novelty": NoveltyGate, "closed": NoGate}, embedder=None,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert none.gate == NONE
    assert [(one.turns, one.held, one.lost) for one in (none, novelty, closed)] == [
        (4, 0, 0), (4, 1, 0), (4, 3, 2),
    ]  # fmt: skip
    assert [one.recall().mean for one in (none, novelty, closed)] == [1.0, 1.0, 0.0]
    assert closed.gain(none).mean == -1.0
    assert none.evidence == 2
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_command_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaders, "load", lambda name, path: dataset())
    words = ["eval", "gates", "tiny", "--gate", "novelty", "--embedder", "none"]
    shown = CliRunner().invoke(app, words, env={"COLUMNS": "60"})
    assert shown.exit_code == 0, shown.output
    assert "novelty  25.0%  0.0%  1.000  +.000  +.000 to +.000" in shown.output
    (first,) = (line for line in shown.output.splitlines() if line.startswith(NONE))
    assert len(first.split()) == 5, "the store without a gate gains nothing over itself"
    found = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    assert [row["gate"] for row in found] == [NONE, "novelty"]
    assert [row["held"] for row in found] == [0, 1]
    assert found[1]["gain"]["mean"] == 0.0
