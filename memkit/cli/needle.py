"""`memkit eval needle`: one sentence among a million."""

from __future__ import annotations

import re
from typing import Annotated, Final

import typer
from rich.text import Text

from memkit import registry
from memkit.cli import printing, tables
from memkit.cli.arguments import named_embedder
from memkit.errors import InvalidInput
from memkit.evals import needle as needles
from memkit.evals.measures import wilson
from memkit.evals.needle import CONTEXT, DEPTHS, Found

_SIZES: Final = "1000,10000,100000"
_TIMES: Final = {"": 1, "k": 1000, "m": 1_000_000}
_SIZE: Final = re.compile(r"(\d+)([km]?)", re.IGNORECASE)


def needle(
    tokens: Annotated[
        str, typer.Option("--tokens", help="Sizes of the haystack, with commas: 1k,1m,10m.")
    ] = _SIZES,
    recipe: Annotated[
        str | None, typer.Option("--recipe", help="A name of `memkit recipes`.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Other needles and hay.")] = 0,
    embedder: Annotated[
        str, typer.Option("--embedder", help="static, hashing, none, a name or pkg:Class.")
    ] = "static",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Hide pass keys at five depths of invented talk, and ask for each.

    Two keys stand at each depth; all ten are said in the same words, so that only the place named
    tells them apart. With --json: a list of `{"tokens", "depth", "rank", "in_context",
    "seconds"}`, a rank of 0 for what is not among ten hits.

    Example:

        memkit eval needle --tokens 1k,10k
    """
    sizes = [_size(each) for each in tokens.split(",")]
    chosen = registry.create("recipes", recipe) if recipe is not None else None
    made = None if embedder == "none" else named_embedder(embedder)
    with printing.progress("storing") as advance:
        found = list(
            needles.search(sizes, seed=seed, embedder=made, recipe=chosen, progress=advance)
        )
    if as_json:
        printing.print_json(found)
    else:
        _print(found)


def _size(given: str) -> int:
    match = _SIZE.fullmatch(given.strip())
    if match is None or not int(match[1]):
        raise InvalidInput(
            f"A size is a number of tokens such as 1000, 10k or 10m; found {given!r}."
        )
    return int(match[1]) * _TIMES[match[2].lower()]


def _print(found: list[Found]) -> None:
    out = tables.console()
    wide = out.width >= printing.NARROW
    headings = [
        *(f"{depth:.0%}" for depth in DEPTHS),
        "first",
        *(("in context", "ms") if wide else ()),
    ]
    made = printing.table("tokens", *headings, right=headings)
    for size in sorted({one.tokens for one in found}):
        rows = [one for one in found if one.tokens == size]
        cells = []
        for depth in DEPTHS:
            at = [one for one in rows if one.depth == depth]
            cells.append(f"{sum(one.rank == 1 for one in at)}/{len(at)}")
        first = wilson(sum(one.rank == 1 for one in rows), len(rows))
        held = sum(one.in_context for one in rows) / len(rows)
        middle = sorted(one.seconds for one in rows)[len(rows) // 2]
        made.add_row(
            f"{size:,}", *cells, f"{tables.share(first.mean)} ({tables.bounds(first)})",
            *((tables.share(held), f"{1000 * middle:.1f}") if wide else ()),
        )  # fmt: skip
    out.print(made)
    told = f" In context: whose key stands in a context of {CONTEXT} tokens." if wide else ""
    out.print(
        Text(f"By depth: needles at rank 1 of those asked for; first: of all.{told}", style="dim")
    )
