"""`memkit eval forget`: recall against the share that is kept, for every policy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.table import Table
from rich.text import Text

from memkit import plot, registry
from memkit.cli import printing
from memkit.cli.arguments import named_embedder
from memkit.cli.completing import datasets
from memkit.cli.reporting import able
from memkit.cli.running import Where
from memkit.contracts import ForgettingPolicy
from memkit.evals import forgetting, loaders
from memkit.evals.forgetting import Kept
from memkit.models import plain

POLICIES: Final = (
    "importance", "heat", "ebbinghaus", "activation", "fsrs", "potentiation", "lru", "lfu", "ttl",
)  # fmt: skip
_DRAWN: Final = 3
_HALF: Final = 0.5
_LINES: Final = 16


def forget(
    dataset: Annotated[
        str,
        typer.Argument(metavar="DATASET", help="A name of `eval list`.", autocompletion=datasets),
    ],
    path: Where = None,
    policy: Annotated[
        list[str] | None,
        typer.Option("--policy", help="A name or pkg:Class; repeatable. Default: all built in."),
    ] = None,
    asked: Annotated[
        float, typer.Option("--asked", min=0.0, max=0.99, help="Share asked before, with feedback.")
    ] = 0.0,
    embedder: Annotated[
        str, typer.Option("--embedder", help="static, hashing, none, a plug-in's or pkg:Class.")
    ] = "static",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Ask at most so many questions.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--plot", help="Draw the curves into this file, as SVG.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Draw recall of the evidence against the share of turns that is kept.

    Each policy's weakest turns are archived first; forgetting by lot stands beside them.

    Example:

        memkit eval forget locomo locomo10.json --plot forgetting.svg
    """
    chosen: dict[str, ForgettingPolicy] = {
        name: registry.create("forgetting", name) for name in policy or POLICIES
    }
    chosen["random"] = forgetting.RandomForgetting()
    able(picture)
    data = loaders.load(dataset, path).limited(limit)
    with printing.progress("forgetting") as advance:
        found = forgetting.forget(
            data, chosen, asked=asked, progress=advance,
            embedder=None if embedder == "none" else named_embedder(embedder),
        )  # fmt: skip
    if picture is not None:
        picture.write_text(plot.svg([_panel(found, data.cut)], "memkit eval forget"), "utf-8")
    if as_json:
        printing.print_json([{"policy": one.policy, "kept": plain(one.recalls)} for one in found])
        return
    _print(found, data.cut)


def _print(found: list[Kept], cut: int) -> None:
    console = printing.console()
    console.print(_table(found, console.width))
    best = max(found, key=lambda one: one.recalls[_HALF].mean)
    interval = best.recalls[_HALF]
    console.print(
        Text(
            f"Half kept: {best.policy} has recall@{cut} {interval.mean:.3f} "
            f"({interval.low:.3f} to {interval.high:.3f})."
        )
    )
    console.print()
    console.print(
        plot.drawn(
            _panel(found, cut), min(console.width, 100), ascii_only=console.options.ascii_only
        ),
        no_wrap=True, overflow="crop",
    )  # fmt: skip


def _table(found: list[Kept], width: int) -> Table:
    shares = sorted(found[0].recalls, reverse=True)
    if width < printing.NARROW:
        shares = [share for share in shares if round(10 * share) % 2 == 0 or share == _HALF]
    names = [f"{share:.0%}" for share in shares]
    made = printing.table("kept", *names, right=names)
    for one in found:
        cells = (f"{one.recalls[share].mean:.3f}".lstrip("0") for share in shares)
        made.add_row(printing.one_line(one.policy), *cells)
    return made


def _panel(found: list[Kept], cut: int) -> plot.Panel:
    """The best few at half, and forgetting by lot: more lines would hide one another."""
    lot = [one for one in found if one.policy == "random"]
    ranked = sorted(
        (one for one in found if one not in lot), key=lambda one: -one.recalls[_HALF].mean
    )
    curves = [
        plot.Curve(
            one.policy, mark, [(share, one.recalls[share].mean) for share in sorted(one.recalls)]
        )
        for mark, one in enumerate([*ranked[:_DRAWN], *lot])
    ]
    ticks = [(tenth / 10, f"{tenth * 10} %") for tenth in range(1, 11)]
    return plot.Panel(
        f"Recall@{cut} by the share of turns kept", curves, plot.Axis(ticks, powers=False),
        plot.shares([y for curve in curves for _, y in curve.points]), _LINES,
    )  # fmt: skip
