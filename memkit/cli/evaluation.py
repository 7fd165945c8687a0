"""`memkit eval`: measure retrieval on conversations with known evidence."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from memkit.cli import comparing, own, printing, reporting, results, running, synth, tables
from memkit.cli.fading import forget
from memkit.cli.gating import gates
from memkit.cli.needle import needle
from memkit.cli.running import Corrected, EmbedderName, Limit, Name, Out, Seeds, Where
from memkit.cli.years import years
from memkit.evals import ablation, invented, loaders

app = typer.Typer(
    help="Measure retrieval on conversations with known evidence.", no_args_is_help=True
)

app.command("run")(running.run)


@app.command("ablate")
def ablate(
    dataset: Name,
    path: Where = None,
    retriever: Annotated[
        str, typer.Option("--retriever", help="A retriever that names its signals.")
    ] = running.DEFAULT,
    embedder: EmbedderName = "static",
    corrected: Corrected = None,
    seed: Seeds = None,
    limit: Limit = None,
    out: Out = None,
) -> None:
    """Show what each signal of a retriever adds or costs, by leaving it out.

    Gains are paired by question; the interval is a bootstrap over conversations.

    Example:

        memkit eval ablate locomo locomo10.json
    """
    data = running.loaded(dataset, path, corrected, seed)
    chosen = running.retrievers([retriever])[retriever]
    with printing.progress("asking") as advance:
        found = ablation.ablate(
            data, chosen, embedder=running.embedder_named(embedder), limit=limit, out=out,
            progress=advance,
        )  # fmt: skip
    console = tables.console()
    results.introduce(found.results, console)
    console.print(tables.measured("retriever", [found.full], console.width))
    console.print()
    console.print(tables.worths(found, console.width))


@app.command("list")
def list_datasets(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Name the data sets that can be read, what each expects at its path, and where it is had.

    Example:

        memkit eval list
    """
    expected = dict.fromkeys(loaders.BUNDLED, "nothing: it comes with memkit")
    expected[loaders.INVENTED] = invented.EXPECTED
    expected |= {name: what for name, (_, what) in loaders.LOADERS.items()}
    if as_json:
        printing.print_json(
            {name: {"path": what, "from": loaders.source(name)} for name, what in expected.items()}
        )
        return
    console = tables.console()
    for name, what in expected.items():
        console.print(Text(name, style="bold"))
        for line in (Text(f"path: {what}"), Text(f"from: {loaders.source(name)}", style="dim")):
            console.print(Padding(line, (0, 0, 0, 2)))


app.command("compare")(comparing.compare)
app.command("report")(reporting.report)
app.command("own")(own.own)
app.command("synth")(synth.synth)
app.command("forget")(forget)
app.command("gates")(gates)
app.command("years")(years)
app.command("needle")(needle)
