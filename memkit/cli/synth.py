"""`memkit eval synth`: what a store reads out of invented lives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from memkit import registry
from memkit.cli import printing, tables
from memkit.cli.arguments import named_embedder
from memkit.evals.measures import Interval
from memkit.evals.outcomes import code_digest
from memkit.evals.synth import reporting, running, world
from memkit.evals.synth.marks import Mark

_ABOUT: Final = (
    "Read: of the items whose ground was extracted at all. Intervals are 95 %, lives drawn anew."
)


def synth(
    seed: Annotated[
        list[int] | None, typer.Option("--seed", help="A world of its own each; repeatable.")
    ] = None,
    years: Annotated[
        int, typer.Option("--years", min=1, max=world.MOST_YEARS, help="How long it is told.")
    ] = 2,
    people: Annotated[
        int, typer.Option("--people", min=1, max=world.MOST_PEOPLE, help="How many lives.")
    ] = 5,
    extractor: Annotated[
        list[str] | None,
        typer.Option(
            "--extractor", help="A name or pkg:Class; repeatable. Default: a store's own."
        ),
    ] = None,
    embedder: Annotated[
        str, typer.Option("--embedder", help="static, hashing, none, a name or pkg:Class.")
    ] = "static",
    show: Annotated[
        int, typer.Option("--show", min=0, help="Print so many of the items that went wrong.")
    ] = 0,
    out: Annotated[Path | None, typer.Option("--json", help="One JSON line per item.")] = None,
) -> None:
    """Tell a store of invented lives and measure what it then knows: no model judges.

    People tell of themselves over some years: what is so, what changes, what they take back; and
    much that must not be believed. A third of the patterns of speech is held out from whoever
    builds an extractor: their words are never shown.

    Example:

        memkit eval synth --seed 1 --years 2 --people 5
    """
    seeds = list(dict.fromkeys(seed or [1]))
    chosen = None if embedder == "none" else named_embedder(embedder)
    marks: list[Mark] = []
    for each in seeds:
        named = [registry.create("extractors", name) for name in extractor or ()]
        with printing.progress(f"telling seed {each}") as advance:
            marks += running.run(
                world.world(each, years=years, people=people), embedder=chosen,
                extractors=named or None, progress=advance,
            )  # fmt: skip
    if out is not None:
        config = {"seeds": seeds, "years": years, "people": people, "embedder": embedder,
                  "extractors": extractor, "code": code_digest()}  # fmt: skip
        reporting.write_lines(out, config, marks)
    console = tables.console()
    named_seeds = ", ".join(map(str, seeds))
    console.print(f"seed {named_seeds}: {people} lives of {years} years each, told in chats")
    console.print()
    _print(console, marks)
    _print_failures(console, reporting.failures(marks, show))


def _print(console: Console, marks: Sequence[Mark]) -> None:
    wide = console.width >= printing.NARROW
    console.print(_measures(reporting.summary(marks), wide))
    console.print(Text(_ABOUT, style="dim"))
    for title, table in (
        ("Extraction by attribute", _attributes(reporting.by_attribute(marks), wide)),
        ("False memories kept out", _shares("kind", reporting.by_trap(marks))),
        ("HaluMem's stages, by slots", _stages(reporting.stages(marks))),
    ):
        console.print()
        console.print(Text(title, style="bold"))
        console.print(table)


def _measures(rows: Sequence[reporting.Measured], wide: bool) -> Table:
    headings = ["n", "share", *(["95 %"] if wide else []), "n read", "share read"]
    headings += ["95 % read"] if wide else []
    table = printing.table("measure", *headings, right=headings)
    for row in rows:
        table.add_row(row.name, *_cells(row.every, wide), *_cells(row.read, wide))
    return table


def _cells(found: Interval | None, wide: bool) -> list[str]:
    if found is None or not found.n:
        return ["", "", *([""] if wide else [])]
    bounds = [f"{tables.share(found.low)} to {tables.share(found.high)}"] if wide else []
    return [f"{found.n:,}", tables.share(found.mean), *bounds]


def _attributes(rows: Sequence[reporting.AttributeRow], wide: bool) -> Table:
    headings = ["n shown", "recall", "n held out", "recall held out", "n found", "precision"]
    if not wide:
        headings = ["recall", "held out", "precision"]
    table = printing.table("attribute", *headings, right=headings)
    for row in rows:
        cells = [_cells(found, wide=False) for found in (row.visible, row.held_out, row.precision)]
        table.add_row(row.attribute, *(text for cell in cells for text in cell[not wide :]))
    return table


def _shares(what: str, rows: Sequence[reporting.Measured]) -> Table:
    table = printing.table(what, "n", "share", right=("n", "share"))
    for row in rows:
        table.add_row(row.name, *_cells(row.every, wide=False))
    return table


def _stages(rows: Sequence[reporting.Stage]) -> Table:
    table = printing.table("stage", "n", "ratio", "", right=("n", ""))
    for row in rows:
        name, count = row.name, f"{row.n:,}"
        for ratio, each in row.ratios.items():
            table.add_row(name, count, ratio, tables.share(each))
            name = count = ""
    return table


def _print_failures(console: Console, failed: Sequence[Mark]) -> None:
    for mark in failed:
        console.print()
        console.print(
            Text(f"{mark.measure} · {mark.attribute} · {mark.pattern} · {mark.id}", "bold")
        )
        for name, text in (("said", mark.text), ("expected", mark.expected), ("found", mark.found)):
            if text:
                console.print(Text(f"  {name}: {printing.one_line(text)[:300]}"))
