"""The plots of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import numpy as np

from memkit import plot
from memkit.evals.measures import CUTS, Interval
from memkit.evals.runs import Asked
from memkit.html import charts
from memkit.html.arms import Shown, of_category
from memkit.html.page import EMPTY, Markup, tag

AGES: Final = (
    (7, "up to a week"), (30, "up to a month"), (91, "up to 3 months"), (182, "up to 6 months"),
    (365, "up to a year"), (float("inf"), "older"),
)  # fmt: skip
"""Days that the oldest evidence of a question is old, at most, and what that is called."""


def plots(arms: Sequence[Shown], measure: str) -> Markup:
    """Every plot for which the runs hold the figures.

    What was asked for is drawn first; a baseline that only repeats another's line is left out.
    """
    chief = [arm for arm in arms if arm.chief]
    arms = [*chief, *(arm for arm in arms if not arm.chief)]
    made = [
        *(_by_cut(arms, level) for level in ("turn", "session")),
        _by_category(chief, measure), _by_age(chief, measure), _by_category(chief, "qa.f1"),
        _by_budget(arms), _tokens(arms),
        _latency(arms),
    ]  # fmt: skip
    shown = [each for each in made if each]
    return tag("div", *shown, class_="plots") if shown else EMPTY


def age(days: float) -> str:
    """What evidence of that age is called."""
    return next(name for most, name in AGES if days <= most)


def _by_cut(arms: Sequence[Shown], level: str) -> Markup:
    lines: dict[str, list[plot.Point]] = {}
    for arm in arms:
        means = [(float(k), arm.interval(f"{level}.recall@{k}")) for k in CUTS]
        points: list[plot.Point] = [(k, found.mean) for k, found in means if found.n]
        if len(points) > 1 and (arm.chief or points not in lines.values()):
            lines[arm.label] = points
    if not lines or (level == "session" and _each_alone(arms)):
        return EMPTY
    cuts = sorted({k for points in lines.values() for k, _ in points})
    return charts.curves(
        f"Recall of {level}s among the first k", lines,
        plot.Axis([(k, f"{k:g}") for k in cuts]),
    )  # fmt: skip


def _each_alone(arms: Sequence[Shown]) -> bool:
    """Whether sessions only repeat turns, each being one of its own."""
    return all(found.sessions == found.ranked for arm in arms for asked in arm.run.questions
               if (found := arm.found(asked.key)) is not None)  # fmt: skip


def _by_category(arms: Sequence[Shown], measure: str) -> Markup:
    names = sorted({asked.category for arm in arms for asked in arm.run.questions})
    rows = _rows(arms, measure, [(name or "none", partial(of_category, name)) for name in names])
    return charts.bars(f"{measure} by category", rows) if len(rows) > 1 else EMPTY


def _by_age(arms: Sequence[Shown], measure: str) -> Markup:
    rows = _rows(arms, measure, [(name, partial(_is_old, name)) for _, name in AGES])
    note = "By the age of the oldest evidence when the question is asked."
    return charts.bars(f"{measure} by age of the evidence", rows, note=note) if rows else EMPTY


def _is_old(name: str, asked: Asked) -> bool:
    return asked.age_days is not None and age(asked.age_days) == name


Wanted = partial[bool]


def _rows(
    arms: Sequence[Shown], measure: str, groups: Sequence[tuple[str, Wanted]]
) -> list[tuple[str, dict[str, Interval]]]:
    rows = []
    for name, wanted in groups:
        values = {arm.label: arm.interval(measure, wanted) for arm in arms}
        held = {label: value for label, value in values.items() if value.n}
        if held:
            rows.append((name, held))
    return rows


def _by_budget(arms: Sequence[Shown]) -> Markup:
    lines: dict[str, list[plot.Point]] = {}
    for arm in arms:
        points = list(_budgets(arm))
        if len(points) > 1 and (arm.chief or points not in lines.values()):
            lines[arm.label] = points
    if not lines:
        return EMPTY
    budgets = sorted({budget for points in lines.values() for budget, _ in points})
    return charts.curves(
        "Evidence inside a context of so many tokens", lines,
        plot.Axis([(each, f"{each:g}") for each in budgets]),
    )  # fmt: skip


def _budgets(arm: Shown) -> Iterator[plot.Point]:
    for measure in arm.run.measures(arm.retriever):
        name, _, budget = measure.rpartition("@")
        if name == "budget.recall" and budget.isdecimal():
            yield float(budget), arm.interval(measure).mean


def _tokens(arms: Sequence[Shown]) -> Markup:
    """What a context holds of its budget, beside the whole history."""
    held: dict[str, dict[str, Interval]] = {}
    for arm in arms:
        for name in arm.run.measures(arm.retriever) if arm.chief else ():
            if name == "read.tokens":
                held.setdefault("what was read", {})[arm.label] = arm.interval(name)
            elif "tokens@" in name:
                row = held.setdefault(f"a context of at most {name.rpartition('@')[2]}", {})
                row[arm.label] = arm.interval(name)
    whole = [asked.history_tokens for asked in arms[0].run.questions
             if asked.history_tokens is not None]  # fmt: skip
    if whole and held:
        mean = float(np.mean(whole))
        chief = next(arm.label for arm in arms if arm.chief)
        held["the whole history"] = {chief: Interval(mean, mean, mean, len(whole))}
    if not held:
        return EMPTY
    most = max(value.mean for values in held.values() for value in values.values())
    return charts.bars("Tokens that a reader is given", list(held.items()), most=most, unit=" ")


def _latency(arms: Sequence[Shown]) -> Markup:
    rows = [
        (arm.label, {f"p{share}": Interval(value, value, value, 0)
                     for share, value in sorted(arm.run.milliseconds[arm.retriever].items())})
        for arm in arms if arm.retriever in arm.run.milliseconds
    ]  # fmt: skip
    if not rows:
        return EMPTY
    most = max(value.mean for _, values in rows for value in values.values())
    return charts.bars("Milliseconds of a search", rows, most=most, unit=" ms")
