"""The reader's weights can be fitted anew, and the module that holds them is written as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from memkit.evals.data import Conversation, Dataset, Question
from memkit.evals.fitting import cases, check, fitted, likeliest, logistic, written
from memkit.read import weights
from memkit.read.weights import FITTED, Weights


def test_what_gains_is_weighed_up() -> None:
    groups = [[{"good": 1.0}, {"bad": 1.0}, {}] for _ in range(20)]
    found = likeliest(groups, [[1.0, 0.0, 0.2]] * 20, penalty=0.1, steps=60, rate=0.1)
    assert found["good"] > 0.5 > -0.5 > found["bad"]


def test_a_group_without_gain_teaches_nothing() -> None:
    assert likeliest([[{"a": 1.0}]], [[0.0]], penalty=0.1, steps=3, rate=0.1) == {"a": 0.0}


def test_the_logistic_regression_finds_what_tells() -> None:
    rows = [{"constant": 1.0, "own": float(n % 2), "noise": float(n % 3)} for n in range(60)]
    found = logistic(rows, [n % 2 == 1 for n in range(60)])
    assert found["own"] > 2 > abs(found["noise"])
    assert found["constant"] < 0


def test_the_module_of_weights_is_what_is_written() -> None:
    text = Path(weights.__file__).read_text("utf-8")
    names: dict[str, Any] = {"__name__": "memkit.read.weights"}
    exec(compile(written(FITTED, text), "weights", "exec", dont_inherit=True), names)
    assert names["_SENTENCE"] == FITTED.sentence
    assert names["_SPAN"] == FITTED.span
    assert names["_DOUBT"] == FITTED.doubt
    other = Weights({"own": 3.0, "tiny": 0.01}, {"in.name": -1.0}, {"constant": 0.0})
    assert '"own": 3.00' in written(other, text)
    assert '"tiny"' not in written(other, text)


def _chat(number: int, pet: str, place: str) -> Conversation:
    one, two = f"Ada{number}", f"Ben{number}"
    lines = [(one, f"I bought a {pet} yesterday."), (two, f"I flew to {place} last week."),
             (one, "The weather is grey today."), (two, "Supper was fine.")]  # fmt: skip
    said = tuple({"content": text, "name": who, "id": f"m{n}", "timestamp": f"2024-05-0{n + 1}"}
                 for n, (who, text) in enumerate(lines))  # fmt: skip
    asked = [
        Question("q0", f"What did {one} buy?", ("m0",), "plain", pet),
        Question("q1", f"Where did {two} fly?", ("m1",), "plain", place),
        Question("q2", f"What did {two} buy?", ("m0",), "trap", pet, rule="unanswerable"),
    ]
    asked += [Question(f"r{n}", f"When did {two} fly?", ("m1",), "plain", place) for n in range(40)]
    return Conversation(f"c{number}", said, tuple(asked))


@pytest.mark.slow
def test_weights_come_from_chats_and_are_tried_on_others() -> None:
    chats = (_chat(0, "tortoise", "Oslo"), _chat(1, "piano", "Madrid"))
    given = cases(Dataset("tiny", chats))
    assert sum(case.answerable for case in given) == 2 * 42
    assert {case.chat for case in given} == {"c0", "c1"}
    assert fitted(given).sentence["own"] > 0
    told = check(given)
    assert "overall: F1" in told
    assert "of another chat: abstains" in told
