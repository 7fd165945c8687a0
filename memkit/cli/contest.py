"""`memkit eval compare --recipes`: published systems on the same data, and the default."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

from rich.table import Table
from rich.text import Text

from memkit import plot, registry
from memkit.cli import printing, tables
from memkit.cli.recipes import loaded
from memkit.contracts import Embedder
from memkit.evals import report
from memkit.evals.data import Dataset
from memkit.evals.measures import Interval
from memkit.evals.recipes import CONTEXT, DEFAULT, Contest, Entry
from memkit.recipe import Recipe

BASELINES: Final = ("keyword", "vector", "recency", "random")
_WIDTH: Final = 620
_NAMES: Final = 130
_LINE: Final = 22


def hold(dataset: Dataset, named: str, embedder: Embedder | None) -> list[Entry]:
    """The default, the trivial baselines, and the recipes of these names ("all", or by commas)."""
    contest = Contest(
        dataset, picked(named), embedder,
        {name: registry.create("retrievers", name) for name in BASELINES},
    )  # fmt: skip
    with printing.progress("asking") as advance:
        return contest.run(advance)


def picked(named: str) -> dict[str, type[Recipe]]:
    """The recipes of these names, joined by commas, or "all"."""
    return loaded(None if named == "all" else [name.strip() for name in named.split(",")])


def show(entries: Sequence[Entry], dataset: Dataset) -> None:
    """The table: what is found, its difference from the default, and what it takes."""
    out = tables.console()
    out.print(_table(entries, dataset.main_measure, out.width >= printing.NARROW))
    out.print(
        Text(
            f"Gains are over the default, with 95 % by a bootstrap over conversations. {CONTEXT}t: "
            f"share of the evidence in a context of {CONTEXT} tokens, and its size. Storing: "
            "seconds for 1,000 turns with all that is derived; bytes a turn in the file. Search: "
            "median of ten hits.",
            style="dim",
        )
    )


def _table(entries: Sequence[Entry], measure: str, wide: bool) -> Table:
    short = tables.heading(measure)
    headings = [short, "95 %", "gain", *(("95 %",) if wide else ())]
    headings += [f"{CONTEXT}t", "tokens", "store s", "bytes", "p50 ms", "calls"] if wide else []
    made = printing.table("recipe", *headings, right=headings)
    for entry in entries:
        found, gain = _measured(entry, entries[0], measure)
        first = entry is entries[0]
        cells = [tables.share(found.mean), tables.bounds(found)]
        cells.append("" if first else f"{gain.mean:+.3f}")
        if wide:
            cells.append("" if first else f"{gain.low:+.3f} to {gain.high:+.3f}")
            cells += _costs(entry)
        style = "dim" if entry.baseline else "bold" if first else None
        made.add_row(printing.one_line(tables.label(entry.name)), *cells, style=style)
    return made


def _measured(entry: Entry, default: Entry, measure: str) -> tuple[Interval, Interval]:
    found = report.interval(entry.outcomes, measure)
    return found, report.difference(entry.outcomes, default.outcomes, measure)


def _costs(entry: Entry) -> list[str]:
    means = report.row(entry.name, entry.outcomes).means
    wrote, took = entry.writing, report.latency(entry.seconds)
    tokens = means.get(f"budget.tokens@{CONTEXT}")
    stored = wrote.turns > 0
    return [
        tables.share(means.get(f"budget.recall@{CONTEXT}")),
        f"{tokens:,.0f}" if tokens is not None else "",
        f"{1000 * (wrote.add_s + wrote.maintain_s) / wrote.turns:.2f}" if stored else "",
        f"{wrote.bytes / wrote.turns:,.0f}" if stored else "",
        f"{took.p50:.1f}" if took else "",
        "" if entry.baseline else f"{entry.calls}",
    ]


def document(entries: Sequence[Entry], dataset: Dataset) -> list[dict[str, Any]]:
    """One object per entry, JSON-ready."""
    found = []
    for entry in entries:
        took, wrote = report.latency(entry.seconds), entry.writing
        value, gain = _measured(entry, entries[0], dataset.main_measure)
        found.append({
            "recipe": entry.name, "baseline": entry.baseline, "questions": len(entry.outcomes),
            "measure": dataset.main_measure, "value": [value.mean, value.low, value.high],
            "gain": [gain.mean, gain.low, gain.high],
            "means": report.row(entry.name, entry.outcomes).means,
            "turns": wrote.turns, "add_s": wrote.add_s, "maintain_s": wrote.maintain_s,
            "bytes": wrote.bytes, "p50_ms": took.p50 if took else None, "calls": entry.calls,
        })  # fmt: skip
    return found


def draw(entries: Sequence[Entry], dataset: Dataset, path: Path) -> None:
    """One line per entry, best first: the mean of the main measure with its interval, as SVG."""
    rows = [
        (entry, report.interval(entry.outcomes, dataset.main_measure)) for entry in entries
    ]  # fmt: skip
    rows.sort(key=lambda row: -row[1].mean)
    title = f"{tables.heading(dataset.main_measure)} on {dataset.name}, 95 %"
    height = _LINE * (len(rows) + 3)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" font-family="sans-serif" font-size="13" '
        f'fill="#333"><rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="{_NAMES}" y="16" font-weight="bold">{escape(title)}</text>'
    ]
    bottom = _LINE * (len(rows) + 1)
    for tenth in range(0, 11, 2):
        at = _x(tenth / 10)
        parts.append(
            f'<path d="M{at} 24V{bottom}" stroke="#ddd"/>'
            f'<text x="{at}" y="{bottom + 18}" text-anchor="middle">{tenth / 10:.1f}</text>'
        )
    parts += [_line(entry, value, _LINE * place) for place, (entry, value) in enumerate(rows, 1)]
    path.write_text("\n".join([*parts, "</svg>\n"]), "utf-8")


def _line(entry: Entry, value: Interval, top: int) -> str:
    middle = top + _LINE / 2
    colour = plot.COLOURS[1] if entry.name == DEFAULT else plot.COLOURS[0]
    colour = "#8a8f94" if entry.baseline else colour
    return (
        f'<text x="{_NAMES - 8}" y="{middle + 4}" text-anchor="end">'
        f"{escape(tables.label(entry.name))}</text>"
        f'<path d="M{_x(value.low)} {middle}H{_x(value.high)}" stroke="{colour}"/>'
        f'<circle cx="{_x(value.mean)}" cy="{middle}" r="4" fill="{colour}"/>'
        f'<text x="{_WIDTH - 6}" y="{middle + 4}" text-anchor="end">{value.mean:.3f}</text>'
    )


def _x(share: float) -> float:
    return round(_NAMES + (_WIDTH - _NAMES - 60) * share, 1)
