"""`memkit bench`: speed beside what the machine can do at all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from memkit import plot
from memkit.cli import pace, printing
from memkit.cli.contest import picked
from memkit.cli.reporting import able
from memkit.errors import InvalidInput
from memkit.evals import bench as measuring
from memkit.evals.bench import NEAREST, RECALL, SEARCH, Figure
from memkit.models import plain

_TIMES: Final = {
    SEARCH: "whole search",
    NEAREST.format("default"): "vectors, default",
    NEAREST.format("exact"): "vectors, exact",
    NEAREST.format("HNSW"): "vectors, HNSW",
}
_RECALLS: Final = {
    RECALL.format("default"): "vectors, default",
    RECALL.format("HNSW"): "vectors, HNSW",
}
_MARKS: Final = {name: mark for mark, name in enumerate(_TIMES.values())}
_WIDEST: Final = 110


def bench(
    sizes: Annotated[
        str, typer.Option("--n", help="Turns in the scope, several joined by commas.")
    ] = "1000,10000",
    picture: Annotated[
        Path | None, typer.Option("--plot", help="Draw the curves into this file, as SVG.")
    ] = None,
    recipes: Annotated[
        str | None,
        typer.Option("--recipes", help="Race these with the default: names with commas, or all."),
    ] = None,
    runs: Annotated[
        int, typer.Option("--runs", min=1, help="With --recipes: races of each; medians are told.")
    ] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure import, add, search, opening and memory, with budgets and bare acts beside them.

    Where the extra `hnsw` is installed, its index is measured beside the default one. With more
    than one size, the cost of a search is drawn over the size. With --recipes, each recipe's
    storing, maintaining and searching are measured instead, as multiples of the default's.

    With --recipes and --json: a list of `{"recipe", "turns", "acts", "beyond"}`.

    Example:

        memkit bench --n 1000
        memkit bench --recipes memgas,h-mem --n 10000
    """
    chosen = _sizes(sizes)
    if recipes is not None:
        _race(recipes, chosen, runs, picture, as_json)
        return
    if runs > 1:
        raise InvalidInput("--runs is of races; name some with --recipes, or leave it out.")
    able(picture)
    figures = []
    for figure in measuring.bench(chosen):
        figures.append(figure)
        if not as_json:
            size = f" {figure.size}" if figure.size else ""
            printing.note(f"{figure.act}{size}: {_value(figure)}")
    if picture is not None:
        picture.write_text(plot.svg(_panels(figures), "memkit bench"), encoding="utf-8")
    if as_json:
        printing.print_json([{**plain(one), "met": one.met} for one in figures])
        return
    _print(printing.console(), figures)


def _race(
    named: str, sizes: tuple[int, ...], runs: int, picture: Path | None, as_json: bool
) -> None:
    if picture is not None:
        raise InvalidInput("--plot draws no recipes; leave it out, or leave out --recipes.")
    found = pace.measured(picked(named), sizes, runs, told=not as_json)
    if as_json:
        printing.print_json(pace.document(found))
    else:
        pace.show(found)


def _print(console: Console, figures: list[Figure]) -> None:
    ascii_only = console.options.ascii_only
    console.print(_table(figures, wide=console.width >= printing.NARROW, ascii_only=ascii_only))
    if len({figure.size for figure in figures if figure.size}) > 1:
        for panel in _panels(figures):
            drawn = plot.drawn(panel, min(console.width, _WIDEST), ascii_only=ascii_only)
            console.print()
            console.print(drawn, no_wrap=True, overflow="crop")


def _panels(figures: list[Figure]) -> list[plot.Panel]:
    """Time and recall over the size, both over the same one."""
    times, recalls = (_curves(figures, names) for names in (_TIMES, _RECALLS))
    x = plot.sizes_axis(sorted({figure.size for figure in figures if figure.size}))
    return [
        plot.Panel(
            "Median time of a search, by turns in the scope", times, x,
            plot.decades([y for curve in times for _, y in curve.points], "ms"), 14,
        ),
        plot.Panel(
            "Share of the exact nearest ten that is found", recalls, x,
            plot.shares([y for curve in recalls for _, y in curve.points]), 7,
        ),
    ]  # fmt: skip


def _curves(figures: list[Figure], names: dict[str, str]) -> list[plot.Curve]:
    found = []
    for act, name in names.items():
        points = sorted((one.size, one.value) for one in figures if one.act == act)
        if points:
            found.append(plot.Curve(name, _MARKS[name], points))
    return found


def _sizes(given: str) -> tuple[int, ...]:
    try:
        sizes = tuple(sorted({int(part.replace("_", "")) for part in given.split(",")}))
    except ValueError as error:
        raise InvalidInput(f"--n {given!r} is not numbers joined by commas.") from error
    if min(sizes) < 1:
        raise InvalidInput(f"--n {given!r} asks for a scope without turns.")
    return sizes


def _table(figures: list[Figure], *, wide: bool, ascii_only: bool) -> Table:
    headings = ("act", "turns", "measured", "budget", "", *(("against",) if wide else ()))
    rest = "against" if wide else "act"
    table = printing.table(*headings, right=("turns", "measured"), rest=rest)
    for figure in figures:
        verdict = {None: "", True: "met", False: "missed"}[figure.met]
        against = f"{figure.ratio:.2g} x {figure.against}" if figure.ratio is not None else ""
        size = f"{figure.size:,}" if figure.size else ""
        style = "red" if figure.met is False else "green"
        table.add_row(
            figure.act, size, _value(figure), _budget(figure, ascii_only=ascii_only),
            Text(verdict, style=style), *((against,) if wide else ()),
        )  # fmt: skip
    return table


def _budget(figure: Figure, *, ascii_only: bool) -> str:
    if figure.budget is None:
        return ""
    signs = (">=", "<=") if ascii_only else ("≥", "≤")
    sign = signs[0] if figure.higher_is_better else signs[1]
    return f"{sign} {figure.budget:,g} {figure.unit}".strip()


def _value(figure: Figure) -> str:
    share = not figure.unit
    digits = 0 if abs(figure.value) >= 100 else 3 if share or figure.value < 1 else 1
    return f"{figure.value:,.{digits}f} {figure.unit}".strip()
