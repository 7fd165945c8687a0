"""The commands, put together."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from typing import Annotated, Final

import typer

from memkit.cli import (
    answering,
    asking,
    bench,
    changing,
    demo,
    doctor,
    evaluation,
    graph,
    knowing,
    listing,
    mcp,
    policies,
    recipes,
    tending,
    timeline,
    ui,
    writing,
)
from memkit.cli.edge import Edge

app = typer.Typer(
    cls=Edge,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

_PANELS: Final[dict[str, dict[str, Callable[..., None]]]] = {
    "Remember": {
        "add": writing.add,
        "import": writing.import_,
        "export": writing.export,
    },
    "Recall": {
        "search": asking.search,
        "ask": answering.ask,
        "context": asking.context,
        "why": asking.why,
        "why-not": asking.why_not,
        "mcp": mcp.mcp,
    },
    "Know": {
        "chain": knowing.chain,
        "facts": knowing.facts,
        "profile": knowing.profile,
        "query": knowing.query,
        "sql": knowing.sql,
    },
    "Look around": {
        "ls": listing.ls,
        "show": listing.show,
        "sessions": listing.sessions,
        "timeline": timeline.timeline,
        "stats": listing.stats,
        "graph": graph.graph,
        "history": listing.history,
        "journal": listing.journal,
        "ui": ui.ui,
    },
    "Forget": {
        "forget": changing.forget,
        "undo": changing.undo,
        "erase": changing.erase,
    },
    "Tend": {
        "check": tending.check,
        "doctor": doctor.doctor,
        "maintain": tending.maintain,
        "compact": tending.compact,
        "health": tending.health,
        "reembed": tending.reembed,
        "plugins": tending.plugins,
        "recipes": recipes.recipes,
    },
}

for _panel, _commands in _PANELS.items():
    for _name, _function in _commands.items():
        app.command(_name, rich_help_panel=_panel)(_function)

app.command("demo", rich_help_panel="Measure")(demo.demo)
app.command("bench", rich_help_panel="Measure")(bench.bench)
app.add_typer(evaluation.app, name="eval", rich_help_panel="Measure")
app.add_typer(policies.app, name="policy", rich_help_panel="Measure")


def _print_version(wanted: bool) -> None:
    if wanted:
        try:
            found = version_of("memkit-sdk")
        except PackageNotFoundError:
            found = "(not installed: run from its sources)"
        typer.echo(f"memkit {found}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def top(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback has answered already
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
    debug: Annotated[  # noqa: ARG001 - `Edge` takes it, wherever on the line it stands
        bool, typer.Option("--debug", help="Show where an error came from; works on any command.")
    ] = False,
    no_pager: Annotated[  # noqa: ARG001 - so is this one
        bool, typer.Option("--no-pager", help="Show long output whole; works on any command.")
    ] = False,
) -> None:
    """memkit: the memory of agents in one file. No server, no key, no network, no model.

    Most commands take the store FILE first. Set MEMKIT_STORE, and it can be left out.

    Example:

        memkit add notes.mem --user ana "I moved to Lisbon in March."
        memkit search notes.mem "Where does Ana live?"
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
