"""`memkit demo`: the bundled conversation, stored, asked and explained."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from memkit import registry
from memkit.cli import printing, tables
from memkit.evals import report, runner, showcase
from memkit.evals.showcase import Demonstration, Example
from memkit.models import Hit

RETRIEVERS: Final = ("fused", "keyword", "vector", "recency")
_MEASURES: Final = ("turn.recall@1", "turn.recall@5", "turn.recall@10", "turn.all@10", "turn.mrr")
_EXCERPT: Final = 3
"""Lines of a hit's text."""


def demo(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    keep: Annotated[
        Path | None, typer.Option("--keep", help="Store into this new file, and leave it there.")
    ] = None,
) -> None:
    """Store a bundled conversation of 14 months, ask 42 questions, show what was found and why.

    Example:

        memkit demo --keep demo.mem
    """
    began = time.perf_counter()
    with _file(keep) as path:
        retrievers = {name: registry.create("retrievers", name) for name in RETRIEVERS}
        with printing.progress("storing") as advance:
            showcase.fill(path, progress=advance)
        with printing.progress("asking") as advance:
            shown = showcase.ask(path, retrievers, progress=advance)
    if as_json:
        printing.print_json(showcase.plain_results(shown))
        return
    console = printing.console()
    print_demonstration(console, shown)
    took = f"All of it took {time.perf_counter() - began:.1f} s; no model was asked."
    console.print(Text(took, style="dim"))
    if keep is not None:
        console.print(f'The memory is in {keep}. Try: memkit search {keep} "Who sold a bicycle?"')


def print_demonstration(console: Console, shown: Demonstration) -> None:
    """Examples, results, and one context."""
    data = shown.dataset
    console.print(Text(data.notes[0] if data.notes else data.name, style="bold"))
    console.print(
        f"{data.messages} turns stored; {len(shown.default)} questions with known evidence asked."
    )
    console.print(
        "Shown in full: the first question of each category that is answered among the first "
        f"{showcase.HITS} hits, and the first miss."
    )
    for example in shown.examples:
        _print_example(console, example)
    _head(console, "Results")
    _print_results(console, shown)
    _head(console, f"A context of at most {shown.context.budget} tokens")
    _print_indented(console, Text("Q  ", "bold cyan"), Text(shown.asked, "bold"))
    console.print()
    console.print(Text(printing.visible(shown.context.text)))
    console.print(Text(f"{shown.context.tokens} tokens", style="dim"))
    console.print()


def _print_example(console: Console, example: Example) -> None:
    question = example.question
    _head(console, f"{question.category}: a miss" if example.missed else question.category)
    _print_indented(console, Text("Q  ", "bold cyan"), Text(question.text, "bold"))
    _print_indented(console, Text("A  ", "bold cyan"), Text(question.answer))
    for id in question.evidence:
        rank = example.ranks[id]
        said = example.said[id]
        line = Text("   expected ", "dim").append(id, "cyan")
        line.append(f"  rank {rank}" if rank else "  not found", "green" if rank else "red")
        line.append("  " + printing.one_line(f"{said.get('name', '')}: {said['content']}"), "dim")
        console.print(line, no_wrap=True, overflow="ellipsis")
    console.print()
    for rank, hit in enumerate(example.hits, 1):
        _print_hit(console, rank, hit, evidence=example.holds_evidence(hit))


def _print_hit(console: Console, rank: int, hit: Hit, *, evidence: bool) -> None:
    mark = "*" if console.options.ascii_only else "✓"
    head = Text(f"{mark} " if evidence else "  ", style="bold green")
    head.append(f"{rank} ", style="dim")
    head.append(f"{hit.score:.2f}", style="bold green" if evidence else "bold")
    head.append(f"  {hit.speaker or ''}", style="cyan")
    head.append(f"  {printing.minute(hit.when)[:10]}  {hit.sources[0]}", style="dim")
    console.print(head, no_wrap=True, overflow="ellipsis")
    text = Text(printing.one_line(hit.text), style="green" if evidence else "")
    _print_indented(console, Text("    "), text, most=_EXCERPT)
    why = ", ".join(f"{name} {value:+.2f}" for name, value in showcase.strongest(hit))
    _print_indented(console, Text("    "), Text(f"why: {why}", style="dim italic"))


def _print_indented(console: Console, start: Text, text: Text, *, most: int | None = None) -> None:
    """The text beside `start`, its further lines below itself, at most so many."""
    lines = list(text.wrap(console, console.width - len(start)))
    if most is not None and len(lines) > most:
        lines = lines[:most]
        lines[-1].truncate(console.width - len(start) - 2)
        lines[-1].append(" …")
    for line in lines:
        line.rstrip()
        console.print(start + line)
        start = Text(" " * len(start))


def _print_results(console: Console, shown: Demonstration) -> None:
    categories = report.by_category(shown.default)
    every = report.row("all", shown.default)
    console.print(Text("The default retriever by category", style="bold"))
    console.print(tables.measured("category", [*categories, every], console.width, _MEASURES))
    console.print()
    console.print(Text("Beside simpler ways of looking", style="bold"))
    rows = [report.row(tables.label(name), given) for name, given in shown.outcomes.items()]
    table = tables.measured("retriever", rows, console.width, _MEASURES)
    console.print(table)
    console.print(tables.legend(table))
    if shown.latency is not None:
        console.print(
            Text(
                f"A search for {runner.TIMED_HITS} hits took {shown.latency.p50:.1f} ms (median).",
                style="dim",
            )
        )


def _head(console: Console, title: str) -> None:
    console.print()
    console.print(Rule(Text(printing.one_line(title), style="bold"), align="left", style="dim"))


@contextmanager
def _file(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="memkit-demo-") as folder:
        yield Path(folder) / "demo.mem"
