"""Tables and progress bars of the evaluation commands."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from memkit.evals import report
from memkit.evals.runner import Results
from memkit.types import Progress as Advance

STYLE: Final[dict[str, Any]] = {
    "box": box.SIMPLE_HEAD, "header_style": "bold", "title_justify": "left", "pad_edge": False,
    "title_style": "bold",
}  # fmt: skip
_WIDE: Final = 140
"""The width where output goes to a file or a pipe."""
_COLUMNS: Final = (
    ("turn.recall@10", "R@10"), ("turn.recall@5", "R@5"), ("turn.recall@1", "R@1"),
    ("turn.mrr", "MRR"), ("turn.all@10", "all@10"),
    ("session.recall@10", "sR@10"), ("session.recall@5", "sR@5"), ("session.recall@1", "sR@1"),
    ("budget.recall@500", "500t"), ("budget.recall@1000", "1000t"), ("budget.recall@2000", "2000t"),
    ("turn.recall@20", "R@20"), ("turn.recall@50", "R@50"), ("turn.ndcg@10", "nDCG"),
    ("session.mrr", "sMRR"), ("session.all@10", "sall@10"), ("session.ndcg@10", "snDCG"),
    ("turn.any@10", "any@10"), ("session.any@10", "sany@10"), ("session.recall@20", "sR@20"),
)  # fmt: skip
"""Measures with their headings; where a line is too narrow, the last ones here go first."""
_SHOWN: Final = (
    "turn.recall@1", "turn.recall@5", "turn.recall@10", "turn.recall@20", "turn.recall@50",
    "turn.any@10", "turn.all@10", "turn.mrr", "turn.ndcg@10",
    "session.recall@1", "session.recall@5", "session.recall@10", "session.recall@20",
    "session.any@10", "session.all@10", "session.mrr", "session.ndcg@10",
    "budget.recall@500", "budget.recall@1000", "budget.recall@2000",
)  # fmt: skip


def console(*, stderr: bool = False) -> Console:
    """A console that does not fold tables into 80 columns where nobody set a width."""
    made = Console(stderr=stderr, highlight=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = _WIDE
    return made


@contextmanager
def progress(what: str) -> Iterator[Advance]:
    """A bar on standard error; gives what to call with (done, total)."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def measured(what: str, rows: Sequence[report.Row], width: int) -> Table:
    """One row per retriever or category, as many measures as the width holds."""
    first = max(len(what), *(len(row.name) for row in rows))
    shown = _fitting([row.means for row in rows], width - first - 10)
    headings = dict(_COLUMNS)
    table = Table(**STYLE)
    table.add_column(what, no_wrap=True)
    table.add_column("n", justify="right", no_wrap=True)
    for measure in shown:
        table.add_column(headings[measure], justify="right", no_wrap=True)
    for row in rows:
        table.add_row(row.name, f"{row.questions:,}", *(_share(row, each) for each in shown))
    return table


def _fitting(means: Sequence[Mapping[str, float]], left: int) -> list[str]:
    """The most telling measures that fit into `left` characters, in the order of reading."""
    chosen = set()
    for measure, heading in _COLUMNS:
        cost = max(len(heading), 4) + 3
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


def certainty(results: Results, names: Sequence[str]) -> Table:
    """The main measure with its interval, the gain over the others, and the time of a search."""
    table = Table(**STYLE)
    ours = results.of(names[0])
    measure = report.main_measure(ours)
    headings = [measure.replace(".", " "), "95 %", f"{names[0]} gains", "p50 ms", "p95 ms"]
    table.add_column("retriever", no_wrap=True)
    for heading in headings:
        table.add_column(heading, no_wrap=True, justify="right")
    for name in names:
        theirs = results.of(name)
        found = report.interval(theirs, measure)
        gain = report.difference(ours, theirs, measure)
        took = report.latency(results.seconds.get(name, ()))
        table.add_row(
            name, f"{found.mean:.3f}", f"{found.low:.3f} to {found.high:.3f}",
            "" if name == names[0] else f"{gain.mean:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})",
            f"{took.p50:.1f}" if took else "", f"{took.p95:.1f}" if took else "",
        )  # fmt: skip
    return table


def _share(row: report.Row, measure: str) -> str:
    if measure not in row.means:
        return ""
    return f"{row.means[measure]:.3f}".removeprefix("0") if row.means[measure] < 0.9995 else "1.00"
