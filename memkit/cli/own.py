"""`memkit eval own`: probes of a user's own store, as a gate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from memkit.cli import printing, tables
from memkit.cli.arguments import embedder_for, scope_keys
from memkit.cli.call import require_store
from memkit.cli.edge import GATE
from memkit.evals import owning
from memkit.evals.owning import Gate, Owned
from memkit.evals.probing import Probe
from memkit.models import plain


def own(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The store. It is only read.")],
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", "-s", help="Only this one: key=value, repeatable."),
    ] = None,
    user: Annotated[str | None, typer.Option("--user", "-u", help="Short for user=...")] = None,
    each: Annotated[
        int, typer.Option("--each", min=1, help="How many probes of a kind, at most.")
    ] = 50,
    seed: Annotated[int, typer.Option("--seed", help="Draws which records are asked about.")] = 1,
    least: Annotated[
        list[str] | None,
        typer.Option("--min", help="Pass rate to reach: 0.8 for all, source=0.9 for one kind."),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", help="Not to fall below: what --json printed."),
    ] = None,
    slack: Annotated[
        float, typer.Option("--slack", min=0.0, help="How far below the baseline is well.")
    ] = 0.0,
    show: Annotated[
        int, typer.Option("--show", min=0, help="How many probes that failed to list by kind.")
    ] = 3,
    embedder: Annotated[
        str | None, typer.Option("--embedder", help="static, hashing, none, or pkg:Class.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Probe your own store: is what was said found, and what must not be found not.

    Questions are made by rule from the store's own words, and asked of a copy. Exit code 3 when a
    kind stays below --min or below the --baseline, and whenever something of one scope came up in
    another, or something forgotten or erased was found.

    With --json: `{"seed", "scopes", "turns", "kinds", "passed", "faults", "probes"}`.

    Example:

        memkit eval own notes.mem --min source=0.8
        memkit eval own notes.mem --json > baseline.json
        memkit eval own notes.mem --baseline baseline.json
    """
    require_store(file)
    gate = Gate(
        owning.rates_of(least or ()),
        owning.read_baseline(baseline) if baseline is not None else {}, slack,
    )  # fmt: skip
    with printing.progress("probing") as advance:
        found = owning.own(
            file, keys=scope_keys(scope, user), each=each, seed=seed, progress=advance,
            embedder=lambda copy: embedder_for(copy, embedder),
        )  # fmt: skip
    faults = gate.faults(found)
    if as_json:
        printing.print_json(_document(found, faults))
    else:
        _print(tables.console(), found, show)
    for fault in faults:
        printing.note(f"the gate: {fault}.")
    if faults:
        raise typer.Exit(GATE)


def _print(out: Console, found: Owned, show: int) -> None:
    out.print(Text(
        f"{printing.counted(found.scopes, 'scope')}, {printing.counted(found.turns, 'turn')}, "
        f"{printing.counted(len(found.probes), 'probe')}, seed {found.seed}; asked of a copy."
    ))  # fmt: skip
    out.print()
    wide = out.width >= printing.NARROW
    numbers = ["asked", "passed", "rate", "95 %"]
    made = printing.table("probe", *numbers, *(("tells whether",) if wide else ()),
                          right=numbers, rest="tells whether" if wide else None)  # fmt: skip
    for kind, what in owning.KINDS.items():
        rate = found.rate(kind)
        bounds = f"{tables.share(rate.low)} to {tables.share(rate.high)}" if rate.n else ""
        made.add_row(
            kind, f"{rate.n:,}", f"{round(rate.mean * rate.n):,}" if rate.n else "",
            tables.share(rate.mean) if rate.n else "", bounds,
            *((Text(what, style="dim"),) if wide else ()),
        )  # fmt: skip
    out.print(made)
    for kind in owning.KINDS:
        _print_failed(out, kind, [probe for probe in found.failed if probe.kind == kind], show)


def _print_failed(out: Console, kind: str, failed: Sequence[Probe], show: int) -> None:
    if not failed or not show:
        return
    out.print()
    out.print(Text(f"{kind}: {len(failed):,} failed", style="bold"))
    for probe in failed[:show]:
        out.print(Padding(Text(f"{_cut(probe.question)}", style="cyan"), (0, 0, 0, 2)))
        for name, words in (("is", probe.expected), ("but", probe.found)):
            out.print(Padding(Text(f"{name:4}{_cut(words)}", style="dim"), (0, 0, 0, 4)))
    if len(failed) > show:
        out.print(Text(f"  and {len(failed) - show:,} more; --show {len(failed)} or --json lists "
                       "them.", style="dim"))  # fmt: skip


def _cut(words: str) -> str:
    shown = printing.one_line(words)
    return shown if len(shown) <= 200 else f"{shown[:200]} …"


def _document(found: Owned, faults: Sequence[str]) -> dict[str, Any]:
    kinds = {}
    for kind in owning.KINDS:
        rate = found.rate(kind)
        kinds[kind] = {
            "asked": rate.n, "passed": sum(probe.passed for probe in found.of(kind)),
            "rate": rate.mean, "low": rate.low, "high": rate.high,
        }  # fmt: skip
    return {
        "seed": found.seed, "scopes": found.scopes, "turns": found.turns, "kinds": kinds,
        "passed": not faults, "faults": list(faults), "probes": plain(found.probes),
    }  # fmt: skip
