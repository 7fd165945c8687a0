"""`memkit bench`: speed beside what the machine can do at all."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from memkit.cli import printing
from memkit.errors import InvalidInput
from memkit.evals import bench as measuring
from memkit.evals.bench import Figure
from memkit.models import plain


def bench(
    sizes: Annotated[
        str, typer.Option("--n", help="Turns in the scope, several joined by commas.")
    ] = "1000,10000",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure import, add, search and opening, each with its budget and a bare act beside it.

    Example:

        memkit bench --n 1000
    """
    figures = []
    for figure in measuring.bench(_sizes(sizes)):
        figures.append(figure)
        if not as_json:
            printing.note(f"{figure.act} {figure.size or ''}: {_value(figure)}")
    if as_json:
        printing.print_json([{**plain(one), "met": one.met} for one in figures])
        return
    printing.console().print(_table(figures))


def _sizes(given: str) -> tuple[int, ...]:
    try:
        sizes = tuple(int(part.replace("_", "")) for part in given.split(","))
    except ValueError as error:
        raise InvalidInput(f"--n {given!r} is not numbers joined by commas.") from error
    if min(sizes) < 1:
        raise InvalidInput(f"--n {given!r} asks for a scope without turns.")
    return sizes


def _table(figures: list[Figure]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("act", "turns", "measured", "budget", "", "against"):
        table.add_column(heading, justify="right" if heading in ("turns", "measured") else "left")
    for figure in figures:
        sign = "" if figure.budget is None else "≥ " if figure.higher_is_better else "≤ "
        budget = f"{sign}{figure.budget:,g} {figure.unit}" if figure.budget is not None else ""
        verdict = {None: "", True: "met", False: "missed"}[figure.met]
        against = f"{figure.ratio:.2g} x {figure.against}" if figure.ratio is not None else ""
        size = f"{figure.size:,}" if figure.size else ""
        style = "red" if figure.met is False else "green"
        table.add_row(figure.act, size, _value(figure), budget, Text(verdict, style=style), against)
    return table


def _value(figure: Figure) -> str:
    digits = 0 if abs(figure.value) >= 100 else 3 if figure.value < 1 else 1
    return f"{figure.value:,.{digits}f} {figure.unit}"
