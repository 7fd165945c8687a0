"""Tables of measures, as wide as the output."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from memkit.cli import printing
from memkit.evals import report
from memkit.evals.ablation import Ablation
from memkit.evals.measures import Interval
from memkit.evals.outcomes import Outcome
from memkit.evals.runner import Results

_FILE_WIDTH: Final = 140
"""The width where output goes to a file or a pipe and nobody has set COLUMNS."""
_COLUMNS: Final = {
    "turn.recall@10": "R@10", "turn.recall@5": "R@5", "turn.recall@1": "R@1", "turn.mrr": "MRR",
    "turn.all@10": "all@10",
    "session.recall@10": "sR@10", "session.recall@5": "sR@5", "session.recall@1": "sR@1",
    "turn.recall@20": "R@20", "turn.recall@50": "R@50", "turn.ndcg@10": "nDCG",
    "session.mrr": "sMRR", "session.all@10": "sall@10", "session.ndcg@10": "snDCG",
    "turn.any@10": "any@10", "session.any@10": "sany@10", "session.recall@20": "sR@20",
    "answer.exact": "exact", "answer.given": "given",
}  # fmt: skip
"""Measures with their headings; where a line is too narrow, the last ones here go first."""
_SHOWN: Final = (
    "turn.recall@1", "turn.recall@5", "turn.recall@10", "turn.recall@20", "turn.recall@50",
    "turn.any@10", "turn.all@10", "turn.mrr", "turn.ndcg@10",
    "session.recall@1", "session.recall@5", "session.recall@10", "session.recall@20",
    "session.any@10", "session.all@10", "session.mrr", "session.ndcg@10",
    "answer.exact", "answer.given",
)  # fmt: skip
_TWO: Final = 110
"""What two measures take, with and without a signal and with their intervals."""
_BASELINES: Final = {"keyword": "keyword (BM25)"}


def console() -> Console:
    """The console of standard output, wide enough for a table where it is no terminal."""
    made = printing.console()
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = _FILE_WIDTH
    return made


def label(retriever: str) -> str:
    """The name a retriever has in tables."""
    return _BASELINES.get(retriever, retriever)


def heading(measure: str) -> str:
    """The heading of a measure."""
    return _COLUMNS[measure]


def legend(table: Table) -> Text:
    """What the headings of a table of measures mean."""
    headings = {str(column.header) for column in table.columns}
    parts = ["R@k: share of the evidence among the first k."]
    if "exact" in headings:
        parts.append("exact: share of right answers by scope.chain; given: of any answer.")
    if headings & {"any@10", "all@10", "sany@10", "sall@10"}:
        parts.append("any@10, all@10: any of it, all of it.")
    if any(heading[0] == "s" for heading in headings & set(_COLUMNS.values())):
        parts.append("s: of sessions, not turns.")
    return Text(" ".join(parts), style="dim")


def measured(
    what: str, rows: Sequence[report.Row], width: int, only: Sequence[str] | None = None, *,
    last: tuple[str, Sequence[str]] | None = None,
) -> Table:  # fmt: skip
    """One row per retriever or category, as many measures as the width holds.

    `last` is a column more: its heading, and a cell for each row.
    """
    first = max(len(what), *(len(row.name) for row in rows))
    counted = max(len(f"{row.questions:,}") for row in rows)
    means = [row.means for row in rows]
    taken = max(map(len, [last[0], *last[1]])) + 2 if last else 0
    shown = _fitting(means, width - first - counted - 2 - taken) if only is None else list(only)
    headings = [*(_COLUMNS[measure] for measure in shown), *(last[:1] if last else ())]
    table = printing.table(what, "n", *headings, right=("n", *headings))
    for place, row in enumerate(rows):
        cells = [share(row.means.get(measure)) for measure in shown]
        cells += [last[1][place]] if last else []
        table.add_row(row.name, f"{row.questions:,}", *cells)
    return table


def certainty(results: Results, names: Sequence[str], width: int) -> Table:
    """The main measure with its interval, the gain over the others, and the time of a search."""
    ours, measure = results.of(names[0]), results.dataset.main_measure
    wide = width >= printing.NARROW
    headings = [_COLUMNS[measure], "95 %", f"{label(names[0])} gains"]
    headings += ["p50 ms", "p95 ms", "p99 ms"] if wide else []
    table = printing.table("retriever", *headings, right=headings)
    for name in names:
        theirs = results.of(name)
        found = report.interval(theirs, measure)
        gain = report.difference(ours, theirs, measure)
        took = report.latency(results.seconds.get(name, ()))
        times = [f"{ms:.1f}" for ms in (took.p50, took.p95, took.p99)] if took else [""] * 3
        table.add_row(
            label(name), share(found.mean), bounds(found),
            "" if name == names[0] else signed(gain), *(times if wide else ()),
        )  # fmt: skip
    return table


def budgets(results: Results, names: Sequence[str], width: int) -> Table:
    """The share of the evidence within a context of each budget, and its tokens; then of it all."""
    sizes = results.config["budgets"]
    wide = width >= printing.NARROW
    headings = [f"{size}t" for size in sizes]
    if wide:
        headings = [text for size in sizes for text in (f"{size}t", "tokens")]
    table = printing.table("retriever", *headings, right=headings)
    for name in names:
        means = report.row(name, results.of(name)).means
        cells: list[str] = []
        for size in sizes:
            tokens = means.get(f"budget.tokens@{size}")
            cells.append(share(means.get(f"budget.recall@{size}")))
            cells += [f"{tokens:,.0f}" if tokens is not None else ""] if wide else []
        table.add_row(label(name), *cells)
    whole = [asked.history["tokens"] for asked in results.asked.values()]
    table.add_row("whole history", "1.00", f"{np.mean(whole):,.0f} tokens", style="dim")
    return table


def categories(outcomes: Sequence[Outcome], main: str, width: int) -> Table:
    """One row per category: as many measures as fit, and the interval of the main one."""
    names = sorted({each.category for each in outcomes})
    of = {name: [each for each in outcomes if each.category == name] for name in names}
    return groups("category", of, main, width)


def groups(what: str, of: Mapping[str, Sequence[Outcome]], main: str, width: int) -> Table:
    """One row per group: as many measures as fit, and the interval of the main one."""
    found = [report.interval(each, main) for each in of.values()]
    cells = [bounds(each) if each.n else "" for each in found]
    rows = [report.row(name, each) for name, each in of.items()]
    return measured(what, rows, width, last=(f"{_COLUMNS[main]}, 95 %", cells))


def answers(rows: Sequence[tuple[str, Sequence[Outcome]]]) -> Table:
    """One row per category: right answers and the deciding fact at rank 1, with intervals."""
    headings = ["n", "exact", "95 %", "given", "R@1", "95 %"]
    table = printing.table("category", *headings, right=headings)
    for name, outcomes in rows:
        cells = [f"{len(outcomes):,}"]
        for measure in ("answer.exact", "turn.recall@1"):
            found = report.interval(outcomes, measure)
            known = found.n > 0
            cells.append(share(found.mean) if known else "")
            cells.append(bounds(found) if known else "")
            if measure == "answer.exact":
                cells.append(share(report.row(name, outcomes).means.get("answer.given")))
        table.add_row(name, *cells)
    return table


def worths(ablation: Ablation, width: int) -> Table:
    """One row per signal: the measures without it, and what it adds; as many as fit."""
    wide = width >= _TWO
    measures = ablation.measures if wide else ablation.measures[:1]
    headings = [part for each in measures for part in (f"{_COLUMNS[each]} without", "adds")]
    headings = headings if wide else ["without", f"adds to {_COLUMNS[measures[0]]}"]
    table = printing.table("signal", *headings, "verdict", right=headings, rest="signal")
    for worth in sorted(ablation.signals, key=lambda each: -each.gains[measures[0]].mean):
        cells: list[str] = []
        for measure in measures:
            cells += [share(worth.without[measure]), signed(worth.gains[measure])]
        table.add_row(worth.signal, *cells, worth.verdict(measures[0]))
    return table


def _fitting(means: Sequence[Mapping[str, float]], left: int) -> list[str]:
    """The most telling measures that fit into `left` characters, in the order of reading."""
    chosen = set()
    for measure, heading in _COLUMNS.items():
        cost = max(len(heading), 4) + 2
        if cost <= left and any(measure in each for each in means) and not _twin(measure, means):
            chosen.add(measure)
            left -= cost
    return [measure for measure in _SHOWN if measure in chosen]


def _twin(measure: str, means: Sequence[Mapping[str, float]]) -> bool:
    """Whether a session measure only repeats the turn one, each message being a session."""
    level, _, name = measure.partition(".")
    other = f"turn.{name}"
    return level == "session" and all(
        other in each and each[other] == each.get(measure) for each in means
    )


def share(value: float | None) -> str:
    """`.874`; nothing for None."""
    if value is None:
        return ""
    return f"{value:.3f}".removeprefix("0") if value < 0.9995 else "1.00"


def bounds(found: Interval) -> str:
    """`.820 to .869`."""
    return f"{share(found.low)} to {share(found.high)}"


def signed(gain: Interval) -> str:
    """`+.201 (+.172 to +.228)`, with its bounds."""
    mean, low, high = (f"{each:+.3f}".replace("0.", ".", 1) for each in
                       (gain.mean, gain.low, gain.high))  # fmt: skip
    return f"{mean} ({low} to {high})"
