"""`memkit eval`: measure retrieval on conversations with known evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.text import Text

from memkit import registry
from memkit.cli import comparing, printing, reporting, synth, tables
from memkit.cli.arguments import named_embedder
from memkit.cli.fading import forget
from memkit.contracts import Embedder, Indexer, Retriever
from memkit.evals import ablation, loaders, report, runner
from memkit.evals.data import Dataset

app = typer.Typer(
    help="Measure retrieval on conversations with known evidence.", no_args_is_help=True
)

BASELINES: Final = ("keyword", "vector", "recency", "random")
DEFAULT: Final = "fused"

_Name = Annotated[str, typer.Argument(metavar="DATASET", help="A name of `memkit eval list`.")]
_Path = Annotated[Path | None, typer.Argument(help="File or folder of the data set.")]
_Embedder = Annotated[
    str, typer.Option("--embedder", help="static, hashing, none, a plug-in's name or pkg:Class.")
]
_Limit = Annotated[
    int | None,
    typer.Option("--limit", min=1, help="Ask at most so many questions, spread evenly."),
]
_Out = Annotated[
    Path | None,
    typer.Option("--json", help="One JSON line per question; a run broken off is taken up."),
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
    indexer: Annotated[
        list[str] | None,
        typer.Option("--indexer", help="A name or pkg:Class; repeatable. Default: a store's own."),
    ] = None,
    limit: _Limit = None,
    out: _Out = None,
    budgets: Annotated[
        bool, typer.Option("--budgets", help="Measure evidence within `context` budgets too.")
    ] = False,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="Add BM25, vector, recency and random rows.")
    ] = False,
) -> None:
    """Ask a data set's questions and measure how well their evidence is found.

    Example:

        memkit eval run locomo locomo10.json --baselines --json results.jsonl
    """
    names = list(dict.fromkeys([*(retriever or [DEFAULT]), *(BASELINES if baselines else ())]))
    data = loaders.load(dataset, path)
    with printing.progress("asking") as advance:
        results = runner.run(
            data.limited(limit), retrievers=retrievers(names), embedder=embedder_named(embedder),
            indexers=indexers(indexer), out=out, budgets=runner.BUDGETS if budgets else (),
            progress=advance,
        )  # fmt: skip
    show(results, names, tables.console())


@app.command("ablate")
def ablate(
    dataset: _Name,
    path: _Path = None,
    retriever: Annotated[
        str, typer.Option("--retriever", help="A retriever that names its signals.")
    ] = DEFAULT,
    embedder: _Embedder = "static",
    limit: _Limit = None,
    out: _Out = None,
) -> None:
    """Show what each signal of a retriever adds or costs, by leaving it out.

    Gains are paired by question; the interval is a bootstrap over conversations.

    Example:

        memkit eval ablate locomo locomo10.json
    """
    data = loaders.load(dataset, path)
    chosen = retrievers([retriever])[retriever]
    with printing.progress("asking") as advance:
        found = ablation.ablate(
            data, chosen, embedder=embedder_named(embedder), limit=limit, out=out,
            progress=advance,
        )  # fmt: skip
    console = tables.console()
    _introduce(found.results, console)
    console.print(tables.measured("retriever", [found.full], console.width))
    console.print()
    console.print(tables.worths(found))


@app.command("list")
def list_datasets(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Name the data sets that can be read, and what each expects at its path.

    Example:

        memkit eval list
    """
    expected = {loaders.BUNDLED: "nothing: it comes with memkit"}
    expected |= {name: what for name, (_, what) in loaders.LOADERS.items()}
    if as_json:
        printing.print_json(expected)
        return
    console = tables.console()
    for name, what in expected.items():
        console.print(Text(name, style="bold"))
        console.print(Text(f"  {what}"))


app.command("compare")(comparing.compare)
app.command("report")(reporting.report)
app.command("synth")(synth.synth)
app.command("forget")(forget)


def retrievers(names: list[str]) -> dict[str, Retriever]:
    """A retriever of each name."""
    return {name: registry.create("retrievers", name) for name in names}


def indexers(names: list[str] | None) -> list[Callable[[], Indexer]] | None:
    """The class of each name; None for the store's own choice."""
    return [registry.load("indexers", name) for name in names] if names else None


def embedder_named(name: str) -> Embedder | None:
    """The embedder of that name; `none` is for keywords alone."""
    return None if name == "none" else named_embedder(name)


def show(results: runner.Results, names: list[str], console: Console) -> None:
    """The results as tables: retrievers, then the first one's categories."""
    _introduce(results, console)
    rows = [report.row(tables.label(name), results.of(name)) for name in names]
    table = tables.measured("retriever", rows, console.width)
    console.print(table)
    console.print(tables.legend(table))
    console.print()
    console.print(tables.certainty(results, names, console.width))
    console.print(
        Text(f"Times are of searches for {runner.TIMED_HITS} hits, index in memory.", style="dim")
    )
    for name, count in results.unsteady.items():
        if count:
            printing.note(
                f"{name} gives other first hits for {runner.TIMED_HITS} than for {runner.HITS} "
                f"in {count} questions."
            )
    categories = report.by_category(results.of(names[0]))
    if results.dataset.judges_answers:
        console.print()
        console.print(Text("Answers by scope.chain, and the deciding fact", style="bold"))
        found = results.of(names[0])
        console.print(
            tables.answers(
                [(row.name, [o for o in found if o.category == row.name]) for row in categories]
            )
        )
    elif len(categories) > 1:
        console.print()
        console.print(Text(f"{tables.label(names[0])} by category", style="bold"))
        console.print(tables.measured("category", categories, console.width))


def _introduce(results: runner.Results, console: Console) -> None:
    console.print(_described(results.dataset))
    if results.resumed:
        printing.note(f"{results.resumed:,} answers were in the file already.")
    console.print()


def _described(data: Dataset) -> Text:
    count = len(data.conversations)
    skipped = f" ({data.skipped} more have no evidence)" if data.skipped else ""
    return Text.assemble(
        (data.name, "bold"),
        f": {count:,} conversation{'s' * (count != 1)}, {data.messages:,} messages, "
        f"{data.questions:,} questions{skipped}",
    )
