"""`memkit eval gates`: what each gate at intake holds back, and what that costs."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from memkit import registry
from memkit.cli import printing
from memkit.cli.arguments import named_embedder
from memkit.cli.completing import datasets, names
from memkit.cli.running import Where
from memkit.evals import gating, loaders
from memkit.evals.gating import Gated
from memkit.models import plain


def gates(
    dataset: Annotated[
        str,
        typer.Argument(metavar="DATASET", help="A name of `eval list`.", autocompletion=datasets),
    ],
    path: Where = None,
    gate: Annotated[
        list[str] | None,
        typer.Option(
            "--gate",
            help="A name or pkg:Class; repeatable. Default: all built in.",
            autocompletion=names("gates"),
        ),
    ] = None,
    embedder: Annotated[
        str, typer.Option("--embedder", help="static, hashing, none, a plug-in's or pkg:Class.")
    ] = "static",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Ask at most so many questions.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell what gates hold back as turns are stored, and what evidence is found no more.

    Example:

        memkit eval gates locomo locomo10.json --gate novelty --gate surprise
    """  # fmt: skip
    chosen = {
        name: partial(registry.create, "gates", name) for name in gate or registry.BUILT_IN["gates"]
    }
    data = loaders.load(dataset, path).limited(limit)
    with printing.progress("gates") as advance:
        found = gating.gate(
            data, chosen, progress=advance,
            embedder=None if embedder == "none" else named_embedder(embedder),
        )  # fmt: skip
    if as_json:
        printing.print_json([_row(one, found[0]) for one in found])
        return
    _print(found, data.cut)


def _row(one: Gated, first: Gated) -> dict[str, object]:
    return {
        "gate": one.gate, "turns": one.turns, "held": one.held, "evidence": one.evidence,
        "lost": one.lost, "recall": plain(one.recall()), "gain": plain(one.gain(first)),
        "add_seconds": one.seconds,
    }  # fmt: skip


def _print(found: list[Gated], cut: int) -> None:
    right = ["held", "lost", f"R@{cut}", "gain", "95 %", "ms"]
    made = printing.table("gate", *right, right=right)
    for one in found:
        made.add_row(
            printing.one_line(one.gate), _share(one.held, one.turns),
            _share(one.lost, one.evidence), _short(f"{one.recall().mean:.3f}"),
            *_gained(one, found[0]), f"{1000 * one.seconds / max(one.turns, 1):.2f}",
        )  # fmt: skip
    out = printing.console()
    out.print(made)
    out.print(
        "held: turns archived as they were stored; lost: evidence among these; ms: to add a turn.",
        markup=False,
    )


def _gained(one: Gated, first: Gated) -> tuple[str, str]:
    if one is first:
        return "", ""
    gain = one.gain(first)
    bounds = (_short(f"{bound:+.3f}") for bound in (gain.low, gain.high))
    return _short(f"{gain.mean:+.3f}"), " to ".join(bounds)


def _short(number: str) -> str:
    return number.replace("0.", ".", 1)


def _share(part: int, whole: int) -> str:
    return f"{part / max(whole, 1):.1%}"
