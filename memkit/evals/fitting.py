"""`python -m memkit.evals.fitting locomo_dev.json > memkit/read/weights.py`: the reader's weights.

With `--check` it prints instead what the reader reaches on each chat with weights fitted on the
others. Sentences are fitted by the likelihood of those of the evidence; spans by the expected F1,
squared, of their words; doubt by a logistic regression against the questions that have no answer,
and as many questions of other chats with the speakers' names exchanged.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from statistics import mean
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from memkit.evals import locomo, qa
from memkit.evals.asking import UNDATED, Asking
from memkit.evals.data import Conversation, Dataset, Question
from memkit.models import Hit
from memkit.read import ExtractiveReader, doubt
from memkit.read.evidence import Evidence, Features
from memkit.read.questions import asked
from memkit.read.sentences import sentences
from memkit.read.spans import features
from memkit.read.weights import Weights
from memkit.store import MemoryStore, Scope
from memkit.types import Floats

HITS: Final = 10
"""How many hits the reader is fitted on."""
FOREIGN: Final = 40
"""How many questions of other chats each chat is asked."""
_DEEP: Final = 30
_SHORT: Final = frozenset(("span", "name", "place", "reason", "manner"))
"""The kinds whose answers are spans."""
_ENOUGH: Final = 0.4
"""F1 of the best span from which a sentence is learnt from."""
_LEAST: Final = 0.1
"""What a weight must be worth to be written down."""
_SCORE: Final = 4.0
"""What the score of a hit counts where its retriever tells none of the signals that are known; the
best of 0, 2, 4, 8, 12 and 20."""
_WIDTH: Final = 99

Row = Mapping[str, float]
Vector = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Case:
    """A question, put to a chat, and what was found; `answerable` tells whether it is there."""

    chat: str
    question: Question
    evidence: Evidence
    hits: Sequence[Hit]
    now: datetime
    answerable: bool

    def score(self, answer: str) -> float:
        """The official F1 of an answer."""
        return qa.score(answer, self.question.golds, self.question.rule, abstained=False)["qa.f1"]


def cases(data: Dataset) -> list[Case]:
    """Every question put to its chat, and some put to chats they are not about."""
    drawn = random.Random(5)  # noqa: S311 - the same questions every time
    found: list[Case] = []
    for chat in data.conversations:
        with MemoryStore(":memory:", clock=lambda: UNDATED) as store:
            scope = store.scope(eval=data.name)
            asking = Asking(chat, scope)
            asking.store_before(chat.questions[0])
            for question in chat.questions:
                found.append(
                    _case(chat, question, asking.now(question), scope, question.answerable)
                )
            for question in drawn.sample(list(_foreign(data, chat)), FOREIGN):
                found.append(_case(chat, question, asking.now(question), scope, False))
    return found


def _case(
    chat: Conversation, question: Question, now: datetime, scope: Scope, answerable: bool
) -> Case:
    hits = scope.search(question.text, _DEEP, now=now)
    said = sentences(hits[:HITS])
    wanted = asked(question.text, [each.speaker for each in said if each.speaker])
    return Case(chat.id, question, Evidence(wanted, said, now), hits, now, answerable)


def _foreign(data: Dataset, chat: Conversation) -> Iterator[Question]:
    """The plain questions of other chats, with the names of this one's speakers."""
    ours = _speakers(chat)
    for other in data.conversations:
        names = dict(zip(_speakers(other), ours, strict=False))
        form = re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b")
        for question in other.questions if other is not chat else ():
            if question.rule in ("plain", "list"):
                text = _renamed(question.text, form, names)
                yield replace(question, text=text, evidence=())


def _renamed(text: str, form: re.Pattern[str], names: Mapping[str, str]) -> str:
    return form.sub(lambda found: names[found.group()], text)


def _speakers(chat: Conversation) -> list[str]:
    return list(dict.fromkeys(said["name"] for said in chat.messages))


def fitted(given: Sequence[Case]) -> Weights:
    """The weights that read these cases best."""
    sentence = _sentence([case for case in given if case.answerable]) | {"score": _SCORE}
    span = _span([case for case in given if case.answerable])
    return Weights(sentence, span, _doubt(given, sentence))


def _sentence(given: Sequence[Case]) -> dict[str, float]:
    groups, gains = [], []
    for case in given:
        found = case.evidence.witnesses({})
        one = len(case.evidence.asked.people) == 1
        groups.append([{**each.features, "own": float(each.own and one)} for each in found])
        turns = case.question.evidence
        gains.append([float(each.sentence.turn.id in turns) for each in found])
    return likeliest(groups, gains, penalty=2.0, steps=150, rate=0.05)


def _span(given: Sequence[Case]) -> dict[str, float]:
    groups, gains = [], []
    for case in given:
        turns = set(case.question.evidence)
        held = [hit for hit in case.hits if turns.intersection(hit.sources)]
        for each in sentences(held if case.evidence.asked.kind in _SHORT else []):
            rows = [] if each.asks else features(case.evidence, each)
            scores = [case.score(span.text) for span, _ in rows]
            if max(scores, default=0.0) >= _ENOUGH:
                groups.append([row for _, row in rows])
                gains.append([score**2 for score in scores])
    return likeliest(groups, gains, penalty=1.0, steps=80, rate=0.08)


def _doubt(given: Sequence[Case], sentence: Mapping[str, float]) -> dict[str, float]:
    seen = [(case, case.evidence.witnesses(sentence)) for case in given]
    rows = [doubt.features(found) for _, found in seen if found]
    return logistic(rows, [case.answerable for case, found in seen if found])


def likeliest(
    groups: Sequence[Sequence[Row]], gains: Sequence[Sequence[float]], *, penalty: float,
    steps: int, rate: float,
) -> dict[str, float]:  # fmt: skip
    """Weights under which what gains most is most likely chosen (Adam, Kingma and Ba 2015).

    Of each group one is chosen with the probability of its score's softmax; the sum of the
    logarithms of the expected gains, less the penalty on squares, is made as large as can be.
    """
    names = {name: None for group in groups for row in group for name in row}
    columns = {name: place for place, name in enumerate(names)}
    held = [
        (_matrix(group, columns), np.array(gain, dtype=np.float32))
        for group, gain in zip(groups, gains, strict=True)
        if max(gain, default=0.0) > 0
    ]
    weights: Vector = np.zeros(len(columns))
    first, second = weights.copy(), weights.copy()
    for step in range(1, steps + 1):
        slope = -penalty * weights
        for rows, gain in held:
            slope = slope + _slope(rows, gain, weights)
        slope = slope / max(len(held), 1)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        move = (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-6)
        weights = weights + rate * min(1.0, 2 - 2 * step / steps) * move
    return {name: round(float(weights[place]), 3) for name, place in columns.items()}


def _slope(rows: Floats, gain: Floats, weights: Vector) -> Vector:
    scores = rows @ weights
    odds = np.exp(scores - scores.max())
    chosen = odds / odds.sum()
    better = chosen * gain
    found: Vector = (better / (better.sum() + 1e-12) - chosen) @ rows
    return found


def _matrix(rows: Sequence[Row], columns: Mapping[str, int]) -> Floats:
    found = np.zeros((len(rows), len(columns)), np.float32)
    for place, row in enumerate(rows):
        for name, value in row.items():
            found[place, columns[name]] = value
    return found


def logistic(rows: Sequence[Features], held: Sequence[bool]) -> dict[str, float]:
    """Logistic regression with a small penalty on squares, by Newton's method."""
    names = list(rows[0])
    given = np.array([[row[name] for name in names] for row in rows])
    wanted = np.array(held, dtype=float)
    spread = given.std(axis=0)
    penalty = np.diag(np.where(spread > 0, 2 * spread**2, 1e-9))
    weights = np.zeros(len(names))
    for _ in range(40):
        p = 1 / (1 + np.exp(-given @ weights))
        curve = (given * (p * (1 - p))[:, None]).T @ given + penalty
        weights += np.linalg.solve(curve, given.T @ (wanted - p) - penalty @ weights)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def check(given: Sequence[Case]) -> str:
    """F1 and abstentions by category, each chat read with weights fitted on the others."""
    scores: dict[str, list[float]] = defaultdict(list)
    silent: dict[str, list[float]] = defaultdict(list)
    for chat in sorted({case.chat for case in given}):
        reader = ExtractiveReader(weights=fitted([case for case in given if case.chat != chat]))
        for case in (case for case in given if case.chat == chat):
            found = reader.read(case.question.text, case.hits[:HITS], now=case.now)
            foreign = not case.answerable and case.question.answerable
            category = "of another chat" if foreign else case.question.category
            silent[category].append(found.abstained)
            if not foreign:
                scores[category].append(case.score(found.answer))
                scores["overall"].append(scores[category][-1])
    lines = [f"{name}: F1 {mean(each):.3f} of {len(each)}" for name, each in sorted(scores.items())]
    lines += [f"{name}: abstains {mean(each):.3f}" for name, each in sorted(silent.items())]
    return "\n".join(lines)


def written(weights: Weights, frame: str) -> str:
    """The module of weights with these in it; `frame` is the module as it is."""
    for name in ("sentence", "span", "doubt"):
        least = 0.0 if name == "doubt" else _LEAST
        table = _table(getattr(weights, name), least)
        begun, _, rest = frame.partition(f"_{name.upper()}: Final = {{\n")
        frame = f"{begun}_{name.upper()}: Final = {{\n{table}{rest[rest.index(chr(10) + '}') :]}"
    return frame


def _table(weights: Mapping[str, float], least: float) -> str:
    lines = ["   "]
    for name, value in sorted(weights.items()):
        entry = f' "{name}": {value:.2f},'
        if abs(value) < least:
            continue
        if len(lines[-1]) + len(entry) > _WIDTH:
            lines.append("   ")
        lines[-1] += entry
    return "\n".join(lines)


def main(arguments: Iterable[str]) -> None:
    """Print the module of weights, or what they reach."""
    options = list(arguments)
    checks = "--check" in options
    paths = [Path(option) for option in options if option != "--check"]
    given = [case for path in paths for case in cases(locomo.load(path))]
    module = Path(doubt.__file__).with_name("weights.py")
    text = check(given) if checks else written(fitted(given), module.read_text("utf-8")).rstrip()
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
