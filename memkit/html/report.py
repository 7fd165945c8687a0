"""Runs of evals as one page: tables, plots, and every question with what was found for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from memkit.evals import comparing
from memkit.evals.comparing import Arm, Comparison, Difference
from memkit.evals.measures import Interval
from memkit.evals.runs import Run, telling
from memkit.html.arms import Shown, letter, of_category, shown
from memkit.html.drilldown import Drilldown
from memkit.html.page import EMPTY, Markup, document, figures, fold, joined, table, tag
from memkit.html.plots import plots

_INTRODUCED: Final = (
    "R@k, recall@k: the share of a question's evidence among the first k hits. Intervals are 95 %, "
    "whole conversations drawn anew; a difference says something where its interval leaves out 0."
)
_ONCE: Final = ("type", "format", "retrievers", "asked", "notes")


def report(runs: Sequence[Run]) -> str:
    """The page of these runs; the first is what the others are compared with.

    The same runs give the same bytes: nothing of the day or the machine is in it.
    """
    arms, measure = shown(runs), runs[0].main
    questions = Drilldown(arms, measure)
    sections = {
        "Runs": _setup(runs), "Measures": _measures(arms, measure), "Plots": plots(arms, measure),
        "Categories": _categories(arms, measure), "Differences": _differences(runs, questions),
        "Questions": questions.section(),
    }  # fmt: skip
    kept = {name: content for name, content in sections.items() if content}
    sets = ", ".join(dict.fromkeys(str(run.config.get("dataset", "?")) for run in runs))
    return document(
        f"memkit eval: {sets}",
        [
            tag("header", tag("h1", f"memkit eval: {sets}"), tag("p", _INTRODUCED, class_="quiet")),
            tag("nav", *(tag("a", name, href=f"#{name.lower()}") for name in kept),
                aria_label="Sections"),
            tag("main", *(_section(name, content) for name, content in kept.items()), id="main"),
        ],
    )  # fmt: skip


def _section(name: str, content: Markup) -> Markup:
    return tag("section", tag("h2", name, id=name.lower()), content)


def _setup(runs: Sequence[Run]) -> Markup:
    """What was run: the numbers, and each setting."""
    first = runs[0]
    conversations = {question.conversation for question in first.questions}
    counts = {
        "question": len(first.questions), "conversation": len(conversations),
        "retriever": len(first.retrievers), "run": len(runs),
    }  # fmt: skip
    numbers = {f"{noun}{'' if n == 1 else 's'}": f"{n:,}" for noun, n in counts.items()}
    keys = [key for key in dict.fromkeys(key for run in runs for key in run.config)
            if key not in _ONCE]  # fmt: skip
    names = [letter(place) for place in range(len(runs))] if len(runs) > 1 else ["value"]
    rows = [["file", *(run.name for run in runs)],
            ["retrievers", *(", ".join(run.retrievers) for run in runs)]]  # fmt: skip
    rows += [[key, *(_setting(run.config.get(key)) for run in runs)] for key in keys]
    apart = [row for row in rows if len(set(row[1:])) > 1]
    parts = [figures(numbers)]
    if apart:
        parts.append(table(["set otherwise", *names], apart, caption="What differs between runs"))
    parts.append(fold("All settings", table(["setting", *names], rows), *map(_notes, runs)))
    return joined(parts)


def _setting(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _notes(run: Run) -> Markup:
    return joined(tag("p", note, class_="small quiet") for note in run.config.get("notes") or ())


def _measures(arms: Sequence[Shown], measure: str) -> Markup:
    """The measure of the set with its interval, and others; then each of all there are."""
    names = list(dict.fromkeys(name for arm in arms for name in arm.run.measures(arm.retriever)))
    others = [name for name in telling(names, measure) if name != measure]
    columns = ["retriever", "n", measure, "95 %", *others]
    rows = []
    for arm in arms:
        chief = arm.interval(measure)
        rest = [arm.interval(name) for name in others]
        asked = chief.n or max((each.n for each in rest), default=0)
        rows.append([arm.label, f"{asked:,}", _mean(chief), _bounds(chief), *map(_mean, rest)])
    every = [[name, *(_mean(arm.interval(name)) for arm in arms)] for name in names]
    labels = [arm.label for arm in arms]
    return joined([
        table(columns, rows, caption="Means over all questions", numbers=columns[1:]),
        fold(f"All {len(names)} measures", table(["measure", *labels], every, numbers=labels)),
    ])  # fmt: skip


def _categories(arms: Sequence[Shown], measure: str) -> Markup:
    names = sorted({asked.category for arm in arms for asked in arm.run.questions})
    if len(names) < 2:
        return EMPTY
    columns = ["category", "n", *(arm.label for arm in arms)]
    rows = []
    for name in names:
        found = [arm.interval(measure, partial(of_category, name)) for arm in arms]
        rows.append([name, f"{max(each.n for each in found):,}", *map(_mean, found)])
    return table(columns, rows, caption=f"{measure} by category", numbers=columns[1:])


def _differences(runs: Sequence[Run], questions: Drilldown) -> Markup:
    """Each further run against the first."""
    return joined(
        _compared(comparing.compare(*comparing.arms([runs[0], other], ())), letter(place),
                  questions)
        for place, other in enumerate(runs[1:], 1)
    )  # fmt: skip


def _compared(found: Comparison, name: str, questions: Drilldown) -> Markup:
    columns = ["measure", "n", "A", name, f"{name} gains", "95 %", "verdict"]
    shown = telling([each.name for each in found.measures], found.measure)
    flips = [
        fold(f"{title} in {found.measure}: {len(several):,} questions",
             tag("ul", *(tag("li", f"{flip.a:.2f} to {flip.b:.2f} ",
                             questions.link((flip.conversation, flip.question),
                                            flip.text or flip.question))
                         for flip in several)))
        for title, several in (("Lost", found.lost), ("Gained", found.gained))
    ]  # fmt: skip
    return joined([
        tag("h3", f"{name} ({_arm(found.b)}) against A ({_arm(found.a)})"),
        table(columns, [_difference(each) for each in found.measures if each.name in shown],
              numbers=columns[1:6], caption=f"Paired by question: {found.paired:,} in both"),
        table(["category", *columns[1:]], map(_difference, found.categories),
              numbers=columns[1:6], caption=f"{found.measure} by category"),
        *flips,
    ])  # fmt: skip


def _arm(arm: Arm) -> str:
    return f"{arm.run.name}, {arm.retriever}"


def _difference(row: Difference) -> list[object]:
    kind = {"better": "good", "worse": "bad"}.get(row.verdict)
    bounds = f"{_signed(row.gain.low)} to {_signed(row.gain.high)}"
    return [row.name, f"{row.gain.n:,}", number(row.a), number(row.b), _signed(row.gain.mean),
            bounds, tag("span", row.verdict, class_=kind)]  # fmt: skip


def number(value: float) -> str:
    """A share as `.874`, and what is no share (tokens) as a number."""
    if not 0 <= value <= 1:
        return f"{value:,.1f}"
    return "1.00" if value >= 0.9995 else f"{value:.3f}".removeprefix("0")


def _mean(found: Interval) -> str:
    return number(found.mean) if found.n else ""


def _bounds(found: Interval) -> str:
    return f"{number(found.low)} to {number(found.high)}" if found.n else ""


def _signed(value: float) -> str:
    return f"{value:+.3f}" if abs(value) <= 1 else f"{value:+,.1f}"
