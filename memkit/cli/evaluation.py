"""`memkit eval`: measure retrieval on conversations with known evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from memkit import registry
from memkit.cli import tables
from memkit.contracts import Embedder, Retriever
from memkit.evals import loaders, report, runner
from memkit.evals.outcomes import Outcome

app = typer.Typer(help="Measure retrieval on conversations with known evidence.")

BASELINES = ("keyword", "vector", "recency", "random")
DEFAULT = "fused"

_Name = Annotated[str, typer.Argument(metavar="DATASET", help="See `memkit eval list`.")]
_Path = Annotated[Path | None, typer.Argument(help="File or folder of the data set.")]
_Embedder = Annotated[
    str, typer.Option("--embedder", help="static, hashing, none, a plug-in's name or pkg:Class.")
]
_Limit = Annotated[
    int | None,
    typer.Option("--limit", min=1, help="Ask at most so many questions, spread evenly."),
]


@app.command("run")
def run(
    dataset: _Name,
    path: _Path = None,
    retriever: Annotated[
        list[str] | None,
        typer.Option("--retriever", help="A name or pkg:Class; repeatable. Default: fused."),
    ] = None,
    embedder: _Embedder = "static",
    limit: _Limit = None,
    out: Annotated[
        Path | None,
        typer.Option("--json", help="One JSON line per question; a broken-off run goes on."),
    ] = None,
    budgets: Annotated[
        bool, typer.Option("--budgets", help="Measure evidence within `context` budgets too.")
    ] = False,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="Add BM25, vector, recency and random rows.")
    ] = False,
) -> None:
    """Ask a data set's questions and measure how well their evidence is found.

    Example: memkit eval run locomo locomo10.json --baselines --json results.jsonl
    """
    names = list(retriever or [DEFAULT])
    if baselines:
        names += [name for name in BASELINES if name not in names]
    data = loaders.load(dataset, path)
    with tables.progress("asking") as advance:
        results = runner.run(
            data, retrievers=retrievers(names), embedder=embedder_named(embedder), limit=limit,
            out=out, budgets=runner.BUDGETS if budgets else (), progress=advance,
        )  # fmt: skip
    show(results, names, tables.console())


@app.command("list")
def list_datasets() -> None:
    """Name the data sets that can be read, and what each expects at its path.

    Example: memkit eval list
    """
    table = Table("name", "what is expected at PATH", title="Data sets", **tables.STYLE)
    table.add_row(loaders.BUNDLED, "nothing: it comes with memkit")
    for name, (_, expected) in loaders.LOADERS.items():
        table.add_row(name, expected)
    tables.console().print(table)


def retrievers(names: list[str]) -> dict[str, Retriever]:
    """A retriever of each name."""
    return {name: registry.create("retrievers", name) for name in dict.fromkeys(names)}


def embedder_named(name: str) -> Embedder | None:
    """The embedder of that name; `none` is for keywords alone."""
    made: Embedder | None = None if name == "none" else registry.create("embedders", name)
    return made


def show(results: runner.Results, names: list[str], console: Console) -> None:
    """The results as tables: retrievers, then the first one's categories."""
    data = results.dataset
    skipped = f", {data.skipped} more have no evidence" if data.skipped else ""
    console.print(
        f"[bold]{data.name}[/]: {len(data.conversations)} conversations, {data.messages:,} "
        f"messages, {data.questions:,} questions{skipped}"
    )
    if results.resumed:
        console.print(f"{results.resumed:,} answers were there already and were kept.")
    rows = [report.row(name, results.of(name)) for name in names]
    console.print(tables.measured("retriever", rows, console.width))
    console.print(tables.certainty(results, names))
    first: list[Outcome] = results.of(names[0])
    categories = report.by_category(first)
    if len(categories) > 1:
        table = tables.measured("category", categories, console.width)
        table.title = f"{names[0]}, by category"
        console.print(table)


if __name__ == "__main__":
    app()
