"""`memkit eval years`: a life of years within a byte budget."""

from __future__ import annotations

from typing import Annotated, Final

import typer
from rich.console import Console
from rich.text import Text

from memkit.cli import printing
from memkit.cli.arguments import named_embedder
from memkit.cli.edge import STORE_ERROR
from memkit.evals import years as living
from memkit.evals.years import Life, Year
from memkit.models import plain

_LEAST: Final = 10_000_000
_WIDE: Final = 100
"""Columns of a terminal that has room for every measure of a year."""


def years(
    count: Annotated[
        float, typer.Option("--years", min=0.01, help="How long the store is used.")
    ] = 10.0,
    turns_a_day: Annotated[
        int, typer.Option("--turns-per-day", min=1, help="Said every day.")
    ] = 83,
    budget: Annotated[
        int, typer.Option("--budget", min=_LEAST, help="Bytes, for the files and for memory.")
    ] = 256_000_000,
    seed: Annotated[int, typer.Option("--seed", help="Another life.")] = 0,
    embedder: Annotated[
        str, typer.Option("--embedder", help="static, hashing, none, a name or pkg:Class.")
    ] = "static",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Use a store daily for years within a byte budget: does it stay small, quick and right?

    The life is invented: talk on topics that come back, and things that are told and asked for
    again, with feedback. A policy lets the weakest turns go, and what is archived is moved out of
    the file. Exit code 1 when a limit is not kept.

    With --json: `{"life", "years", "verdicts"}`.

    Example:

        memkit eval years --years 1 --turns-per-day 20
    """
    life = Life(count, turns_a_day, float(budget), seed=seed)
    chosen = None if embedder == "none" else named_embedder(embedder)
    lived = []
    with printing.progress("days") as advance:
        for year in living.live_on(life, chosen, advance):
            lived.append(year)
            printing.note(_told(year))
    figures = living.verdicts(life, lived)
    if as_json:
        found = [{**plain(one), "met": one.met} for one in figures]
        printing.print_json({"life": life, "years": lived, "verdicts": found})
    else:
        _print(printing.console(), life, lived)
    if any(figure.met is False for figure in figures):
        raise typer.Exit(STORE_ERROR)


def _told(year: Year) -> str:
    return (
        f"year {year.year:g}: {printing.counted(year.live, 'live turn')} of {year.said:,}, "
        f"search {year.ratio:.2f} times a fresh store's, "
        f"{year.found:,} of {year.reinforced:,} reinforced found"
    )


def _print(out: Console, life: Life, lived: list[Year]) -> None:
    out.print(
        f"{lived[-1].year:g} years, {life.turns_a_day:,} turns a day, within "
        f"{life.budget / 1e6:,.0f} MB. Files and memory: the most MB in the year. Found: of the "
        "turns that were reinforced, those among the first ten hits for their question. "
        "ms: the median search, by the processor's time."
    )
    out.print()
    _print_years(out, lived)
    out.print()
    names = ("over all years", "measured", "at most")
    made = printing.table(*names, "", right=names[1:])
    for figure in living.verdicts(life, lived):
        unit = f" {figure.unit}" if figure.unit else ""
        digits = 2 if figure.unit == "times" else 1 if figure.unit else 0
        word = Text("met", style="green") if figure.met else Text("missed", style="red")
        made.add_row(
            figure.act, f"{figure.value:,.{digits}f}{unit}", f"{figure.budget:,g}{unit}", word
        )
    out.print(made)


def _print_years(out: Console, lived: list[Year]) -> None:
    wide = out.width >= _WIDE
    more, times = (("archived", "moved out"), ("ms", "fresh")) if wide else ((), ())
    names = (
        "year", "said", "live", *more, "files", "memory", *times, "ratio", "found", "check",
    )  # fmt: skip
    made = printing.table(*names, right=names)
    for year in lived:
        stored = (f"{year.archived:,}", f"{year.moved:,}") if wide else ()
        milliseconds = (f"{year.here:.2f}", f"{year.fresh:.2f}") if wide else ()
        made.add_row(
            f"{year.year:g}", f"{year.said:,}", f"{year.live:,}", *stored,
            f"{year.disk / 1e6:.1f}", f"{year.memory / 1e6:.0f}", *milliseconds,
            f"{year.ratio:.2f}", f"{year.found:,}/{year.reinforced:,}", str(year.problems or "ok"),
        )  # fmt: skip
    out.print(made)
