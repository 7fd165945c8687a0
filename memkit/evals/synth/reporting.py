"""Marks added up: measures, attributes, traps, and the three stages of HaluMem."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from memkit.errors import InvalidInput
from memkit.evals.measures import Interval
from memkit.evals.synth.marks import Mark, of, share

MEASURES: Final = (
    ("recall", "extraction recall"),
    ("precision", "extraction precision"),
    ("grounding", "hallucination rate"),
    ("dates", "times of what was found"),
    ("endings", "ends and retractions"),
    ("update", "updates"),
    ("as of", "as of a day"),
    ("known then", "as known on a day"),
    ("current", "current value"),
    ("list", "whole sets"),
    ("count", "counts"),
    ("two hops", "two hops"),
    ("absent", "abstention"),
    ("stale", "staleness"),
    ("resistance", "false-memory resistance"),
    ("profile", "in the profile"),
    ("clean profile", "kept out of the profile"),
)
"""What is measured, in the order of tables."""
_RATES: Final = ("grounding",)
"""Measures that are shown as the share of what is wrong."""
_HALUMEM_QA: Final = ("current", "as of", "known then", "list", "count", "two hops", "absent")


@dataclass(frozen=True, slots=True)
class Measured:
    """A share with its interval over all items, and over those whose ground was read.

    `skipped` counts what could not be measured.
    """

    name: str
    every: Interval
    read: Interval | None
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """How well one attribute is read, in patterns that are shown and in those held out."""

    attribute: str
    visible: Interval
    held_out: Interval
    precision: Interval


@dataclass(frozen=True, slots=True)
class Stage:
    """One of HaluMem's stages: its ratios by name."""

    name: str
    n: int
    ratios: Mapping[str, float]


def summary(marks: Sequence[Mark]) -> list[Measured]:
    """Every measure; recall and precision also by whether the pattern is held out."""
    found = []
    for measure, name in MEASURES:
        found.append(_measured(name, of(marks, measure)))
        if measure in ("recall", "precision"):
            for held_out, which in ((False, "shown"), (True, "held out")):
                part = [mark for mark in of(marks, measure)
                        if mark.held_out is held_out and mark.pattern != "small talk"]  # fmt: skip
                found.append(_measured(f"  patterns {which}", part))
    return found


def by_attribute(marks: Sequence[Mark]) -> list[AttributeRow]:
    """Recall and precision of each attribute, in the order of their names."""
    recall, precision = of(marks, "recall"), of(marks, "precision")
    return [
        AttributeRow(
            name,
            share(mark for mark in recall if mark.attribute == name and not mark.held_out),
            share(mark for mark in recall if mark.attribute == name and mark.held_out),
            share(mark for mark in precision if mark.attribute == name),
        )
        for name in sorted({mark.attribute for mark in recall})
    ]


def by_group(marks: Sequence[Mark]) -> list[Measured]:
    """Recall by what is said in which form ("home.new"), worst first."""
    recall = [mark for mark in marks if mark.measure in ("recall", "endings")]
    groups = _grouped(recall, lambda mark: mark.pattern.partition("#")[0])
    found = [_measured(name, part) for name, part in groups.items()]
    return sorted(found, key=lambda each: (each.every.mean, each.name))


def by_trap(marks: Sequence[Mark]) -> list[Measured]:
    """Resistance to each kind of false memory."""
    groups = _grouped(of(marks, "resistance"), lambda mark: mark.attribute)
    return [_measured(name, groups[name]) for name in sorted(groups)]


def stages(marks: Sequence[Mark]) -> list[Stage]:
    """HaluMem's three stages, with slots compared where it asks a model to judge."""
    recall, precision = share(of(marks, "recall")), share(of(marks, "precision"))
    both = recall.mean + precision.mean
    extraction = {
        "recall": recall.mean, "precision": precision.mean,
        "F1": 2 * recall.mean * precision.mean / both if both else 0.0,
        "resistance": share(of(marks, "resistance")).mean,
    }  # fmt: skip
    updates = of(marks, "update")
    asked = [mark for mark in marks if mark.measure in _HALUMEM_QA]
    return [
        Stage("extraction", recall.n, extraction),
        Stage("update", len(updates), _ratios(updates, "correct", "hallucination", "omission",
                                              "other")),
        Stage("questions", len(asked), _ratios(asked, "correct", "hallucination", "omission")),
    ]  # fmt: skip


def failures(marks: Iterable[Mark], most: int) -> list[Mark]:
    """The first items that went wrong, of each measure and attribute in turn, without the words
    of held-out patterns."""
    wrong = [mark.masked() for mark in marks if mark.ok is False]
    queues = list(_grouped(wrong, lambda mark: f"{mark.measure}/{mark.attribute}").values())
    found: list[Mark] = []
    while queues and len(found) < most:
        found += [queue.pop(0) for queue in queues][: most - len(found)]
        queues = [queue for queue in queues if queue]
    return found


def write_lines(path: Path, config: Mapping[str, Any], marks: Iterable[Mark]) -> None:
    """A line that says what was run, then one line for each item."""
    lines = [{"type": "run", **config}, *({"type": "item", **mark.line()} for mark in marks)]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"Results cannot be written to {path}: {error}.") from error


def _measured(name: str, marks: Sequence[Mark]) -> Measured:
    read = [mark for mark in marks if mark.read]
    every = share(marks)
    if marks and marks[0].measure in _RATES:
        every = Interval(1 - every.mean, 1 - every.high, 1 - every.low, every.n)
    skipped = sum(mark.ok is None for mark in marks)
    return Measured(name, every, share(read) if len(read) < len(marks) else None, skipped)


def _grouped(marks: Iterable[Mark], key: Callable[[Mark], str]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        found.setdefault(key(mark), []).append(mark)
    return found


def _ratios(marks: Sequence[Mark], *verdicts: str) -> dict[str, float]:
    total = len(marks) or 1
    return {each: sum(mark.verdict == each for mark in marks) / total for each in verdicts}
