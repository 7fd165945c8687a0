"""Answers that a reader composed, as tables: by category, abstentions, judges at odds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from memkit.cli import printing, tables
from memkit.evals import report
from memkit.evals.outcomes import Outcome
from memkit.evals.runner import Results

_MEASURES: Final = {
    "qa.bleu1": "BLEU-1", "qa.exact": "exact", "judge.lenient": "lenient", "judge.strict": "strict",
    "qa.words": "words", "read.tokens": "tokens",
}  # fmt: skip
_COUNTS: Final = ("qa.words", "read.tokens")
"""Measures that are no shares."""
_SHOWN: Final = 10


def show(results: Results, names: Sequence[str], console: Console) -> None:
    """Scores of every retriever's answers, then categories and abstentions of the first's."""
    read = [name for name in names if any(o.answer is not None for o in results.of(name))]
    ours = results.of(names[0])
    _headed(console, f"Answers by the {results.config['reader']['name']} reader")
    console.print(_by_retriever(results, read, console.width))
    console.print(Text(_legend(ours), style="dim"))
    _headed(console, f"Answers from {tables.label(names[0])}, by category")
    console.print(_by_category(ours, console.width))
    _headed(console, "Abstentions")
    console.print(_abstentions(results, read, console.width))
    if took := report.latency(results.reading):
        text = f"Reading took {took.p50:.1f} ms (p50), {took.p95:.1f} (p95), {took.p99:.1f} (p99)."
        console.print(Text(text, style="dim"))
    if results.config["judges"]:
        _show_disagreements(results, ours, console)


def _by_retriever(results: Results, names: Sequence[str], width: int) -> Table:
    shown = _present(results.of(names[0]), width)
    headings = ["n", "F1", "95 %", *(_MEASURES[each] for each in shown)]
    wide = width >= printing.NARROW
    mixed = wide and any("abstain.right" in each.measures for each in results.outcomes)
    headings += ["F1 answerable"] if mixed else []
    headings += [f"{tables.label(names[0])} gains"] if wide and len(names) > 1 else []
    table = printing.table("retriever", *headings, right=headings)
    for name in names:
        theirs = results.of(name)
        cells = _cells(theirs, shown)
        if mixed:
            cells.append(tables.share(report.interval(_answerable(theirs), "qa.f1").mean))
        if wide and len(names) > 1:
            gain = report.difference(results.of(names[0]), theirs, "qa.f1")
            cells.append("" if name == names[0] else tables.signed(gain))
        table.add_row(tables.label(name), *cells)
    return table


def _by_category(outcomes: Sequence[Outcome], width: int) -> Table:
    shown = _present(outcomes, width)
    headings = ["n", "F1", "95 %", *(_MEASURES[each] for each in shown)]
    table = printing.table("category", *headings, right=headings)
    for row in report.by_category(outcomes):
        table.add_row(row.name, *_cells([o for o in outcomes if o.category == row.name], shown))
    if 0 < len(_answerable(outcomes)) < len(outcomes):
        table.add_row("answerable", *_cells(_answerable(outcomes), shown))
    table.add_row("all", *_cells(outcomes, shown), style="bold")
    return table


def _answerable(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Those of questions that have an answer: who only abstains gains nothing there."""
    return [each for each in outcomes if "abstain.wrong" in each.measures]


def _cells(outcomes: Sequence[Outcome], shown: Sequence[str]) -> list[str]:
    f1 = report.interval(outcomes, "qa.f1")
    means = report.row("", outcomes).means
    return [f"{f1.n:,}", tables.share(f1.mean), tables.bounds(f1),
            *(_value(means.get(each), each) for each in shown)]  # fmt: skip


def _value(value: float | None, measure: str) -> str:
    if value is not None and measure in _COUNTS:
        return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
    return tables.share(value)


def _present(outcomes: Sequence[Outcome], width: int) -> list[str]:
    means = report.row("", outcomes).means
    found = [each for each in _MEASURES if each in means]
    return found if width >= printing.NARROW else found[:1]


def _abstentions(results: Results, names: Sequence[str], width: int) -> Table:
    """Of the questions without an answer, and of those with one."""
    wide = width >= printing.NARROW
    headings = ["unanswerable", "rightly", "95 %", "answerable", "wrongly", "95 %"]
    if not wide:
        headings = ["n without", "rightly", "n with", "wrongly"]
    table = printing.table("retriever", *headings, right=headings)
    for name in names:
        cells: list[str] = []
        for measure in ("abstain.right", "abstain.wrong"):
            found = report.interval(results.of(name), measure)
            cells += [f"{found.n:,}", tables.share(found.mean if found.n else None)]
            cells += [tables.bounds(found) if found.n else ""] if wide else []
        table.add_row(tables.label(name), *cells)
    return table


def _legend(outcomes: Sequence[Outcome]) -> str:
    told = "F1: by LoCoMo's rules, 1 for a right abstention. words: of an answer, in the mean."
    if 0 < len(_answerable(outcomes)) < len(outcomes):
        told += " answerable: of questions that have an answer."
    if any("judge.lenient" in o.measures for o in outcomes):
        told += " lenient, strict: the share that each judge takes for right."
    return told


def _show_disagreements(results: Results, outcomes: Sequence[Outcome], console: Console) -> None:
    split = [
        o
        for o in outcomes
        if o.answer and len({j["correct"] for j in o.answer.judges.values()}) > 1
    ]
    _headed(console, f"The judges disagree on {len(split):,} of {len(outcomes):,} answers")
    for outcome in split[:_SHOWN]:
        assert outcome.answer is not None
        asked = results.asked[outcome.key[:2]]
        console.print(Text(f"{outcome.category} · {printing.one_line(asked.text)}", style="bold"))
        console.print(Text(f"  gold: {printing.one_line(asked.gold or 'not in memory')}"))
        console.print(Text(f"  answer: {printing.one_line(outcome.answer.text)}"))
        for name, judged in outcome.answer.judges.items():
            verdict = "right" if judged["correct"] else "wrong"
            console.print(Text(f"  {name}: {verdict}. {printing.one_line(str(judged['reason']))}"))
    if len(split) > _SHOWN:
        console.print(Text(f"... and {len(split) - _SHOWN:,} more; --json has all.", style="dim"))


def _headed(console: Console, title: str) -> None:
    console.print()
    console.print(Text(title, style="bold"))
