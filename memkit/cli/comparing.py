"""`memkit eval compare`: two runs, question by question."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from memkit import registry
from memkit.cli import contest, printing, tables
from memkit.cli.arguments import named_embedder
from memkit.cli.edge import GATE
from memkit.cli.reporting import able
from memkit.errors import InvalidInput
from memkit.evals import comparing, loaders, runner
from memkit.evals.comparing import Arm, Comparison, Difference, Flip
from memkit.evals.data import Dataset
from memkit.evals.measures import Interval
from memkit.evals.runs import Run, read_run, telling
from memkit.models import plain

_VERDICTS: Final = {"better": "green", "worse": "red"}
_CUT: Final = 60
_WORDS_CUT: Final = 300


def compare(
    first: Annotated[
        str, typer.Argument(metavar="A", help="A per-question file; or a name of `eval list`.")
    ],
    second: Annotated[
        Path | None,
        typer.Argument(metavar="B", help="Another one; or the file of the data set."),
    ] = None,
    retriever: Annotated[
        list[str] | None,
        typer.Option("--retriever", help="Which of a file's; twice: that of A, then that of B."),
    ] = None,
    measure: Annotated[
        str | None, typer.Option("--measure", help="Goes by this one. Default: the set's own.")
    ] = None,
    show: Annotated[
        int, typer.Option("--show", min=0, help="How many flipped questions to list, each way.")
    ] = 10,
    gate: Annotated[
        float | None,
        typer.Option("--gate", min=0.0, help="Exit code 3 when B loses more than this on A."),
    ] = None,
    embedder: Annotated[
        str, typer.Option("--embedder", help="For a data set: static, hashing, none, pkg:Class.")
    ] = "static",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="For a data set: at most so many.")
    ] = None,
    recipes: Annotated[
        str | None,
        typer.Option("--recipes", help="For a data set: recipes by name, with commas, or all."),
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--plot", help="With --recipes: draw them into this SVG file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Show what differs between two runs: settings, measures, categories, and each question.

    A and B are files that `memkit eval run --json` wrote, or one such file with two of its
    retrievers, or a data set that is asked now of two retrievers. Gains are paired by question;
    intervals are a bootstrap over conversations. With --recipes, published systems are compared
    on a data set, each in stores of its own, beside the default and trivial baselines.

    With --json: `{"a", "b", "measure", "settings", "paired", "only_a", "only_b", "measures",
    "categories", "flips"}`.

    Example:

        memkit eval compare before.jsonl after.jsonl --gate 0.01
        memkit eval compare harbour --retriever keyword --retriever fused
        memkit eval compare --recipes memgas,hipporag2 harbour
    """
    names = retriever or []
    if picture is not None and recipes is None:
        raise InvalidInput("--plot draws recipes; name some with --recipes, or leave it out.")
    able(picture)
    if recipes is not None:
        _hold(loaders.load(first, second).limited(limit), recipes, embedder, picture, as_json)
        return
    if first in loaders.NAMES and not Path(first).exists():
        runs = [_asked_now(first, second, names, embedder, limit)]
    else:
        runs = [read_run(path) for path in (Path(first), second) if path is not None]
    found = comparing.compare(*comparing.arms(runs, names), measure=measure)
    if as_json:
        printing.print_json(_document(found))
    else:
        _print(tables.console(), found, show)
    _judge(found.judged, gate)


def _hold(data: Dataset, named: str, embedder: str, picture: Path | None, as_json: bool) -> None:
    made = None if embedder == "none" else named_embedder(embedder)
    entries = contest.hold(data, named, made)
    if picture is not None:
        contest.draw(entries, data, picture)
    if as_json:
        printing.print_json(contest.document(entries, data))
    else:
        contest.show(entries, data)


def _asked_now(
    dataset: str, path: Path | None, names: Sequence[str], embedder: str, limit: int | None
) -> Run:
    if len(set(names)) != 2:
        raise InvalidInput(
            f"{dataset} is a data set: name two retrievers to compare on it, as in "
            f"`--retriever keyword --retriever fused`; found {len(set(names))}."
        )
    data = loaders.load(dataset, path).limited(limit)
    chosen = {name: registry.create("retrievers", name) for name in names}
    made = None if embedder == "none" else named_embedder(embedder)
    with (
        tempfile.TemporaryDirectory(prefix="memkit-") as folder,
        printing.progress("asking") as advance,
    ):
        out = Path(folder) / "results.jsonl"
        runner.run(data, retrievers=chosen, embedder=made, out=out, progress=advance)
        return read_run(out, name=dataset)


def _judge(judged: Difference, gate: float | None) -> None:
    if gate is not None and judged.gain.mean < -gate:
        printing.note(
            f"{judged.name} fell by {-judged.gain.mean:.3f}, which is more than the {gate:g} "
            "that the gate allows."
        )
        raise typer.Exit(GATE)


def _print(out: Console, found: Comparison, show: int) -> None:
    for name, arm in (("A", found.a), ("B", found.b)):
        out.print(Text.assemble((name, "bold"), f"  {_arm(arm)}"))
    out.print(Text(_paired(found)))
    out.print()
    out.print(_settings(found, out.width) if found.settings else Text("Set the same."))
    out.print()
    shown = telling([each.name for each in found.measures], found.measure)
    rows = [each for each in found.measures if each.name in shown]
    out.print(differences("measure", rows, out.width))
    if len(rows) < len(found.measures):
        more = len(found.measures) - len(rows)
        out.print(Text(f"and {more} more measures; --json has all.", style="dim"))
    if len(found.categories) > 1:
        out.print()
        out.print(Text(f"{found.measure} by category", style="bold"))
        out.print(differences("category", found.categories, out.width))
    for title, flips in (("Lost", found.lost), ("Gained", found.gained)):
        out.print()
        _print_flips(out, f"{title} in {found.measure}", flips, show)


def _paired(found: Comparison) -> str:
    alone = [
        f"{count:,} only in {name}"
        for name, count in (("A", found.only_a), ("B", found.only_b)) if count
    ]  # fmt: skip
    more = f" ({', '.join(alone)})" if alone else ""
    return f"{printing.counted(found.paired, 'question')} in both{more}."


def _arm(arm: Arm) -> str:
    data = arm.run.config.get("dataset")
    parts = [arm.run.name, data if data != arm.run.name else None, arm.retriever]
    return printing.one_line(" · ".join(str(part) for part in parts if part))


def _settings(found: Comparison, width: int) -> Table:
    room = max(12, min(_CUT, (width - 16) // 2))
    made = printing.table("set otherwise", "A", "B")
    for key, values in found.settings.items():
        made.add_row(key, *(_short(value, room) for value in values))
    return made


def _short(value: Any, room: int) -> Text:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    cell = Text(printing.one_line("" if value is None else shown))
    cell.truncate(room, overflow="ellipsis")
    return cell


def differences(what: str, rows: Sequence[Difference], width: int) -> Table:
    """One row per measure or category: the mean of A and of B, and what B gains, paired."""
    wide = width >= printing.NARROW
    headings = ["n", "A", "B", "B gains", *(("95 %",) if wide else ())]
    made = printing.table(what, *headings, "verdict", right=headings)
    for row in rows:
        verdict = Text(row.verdict, style=_VERDICTS.get(row.verdict, "dim"))
        bounds = (_bounds(row.gain),) if wide else ()
        made.add_row(
            printing.one_line(row.name), f"{row.gain.n:,}", number(row.a), number(row.b),
            _signed(row.gain.mean), *bounds, verdict,
        )  # fmt: skip
    return made


def number(value: float) -> str:
    """A share as `.874`, and what is no share (tokens) as a number."""
    return tables.share(value) if 0 <= value <= 1 else f"{value:,.1f}"


def _signed(value: float) -> str:
    return f"{value:+.3f}" if abs(value) <= 1 else f"{value:+,.1f}"


def _bounds(gain: Interval) -> str:
    return f"{_signed(gain.low)} to {_signed(gain.high)}"


def _print_flips(out: Console, title: str, flips: Sequence[Flip], show: int) -> None:
    out.print(Text(f"{title}: {printing.counted(len(flips), 'question')}", style="bold"))
    for flip in flips[:show]:
        line = Text(f"  {number(flip.a)} to {number(flip.b)}  ", style="cyan")
        line.append(printing.one_line(f"{flip.conversation} {flip.question}"), style="bold")
        line.append(f"  {printing.one_line(flip.category)}", style="dim")
        out.print(line, no_wrap=True, overflow="ellipsis")
        for words in filter(None, (flip.text, flip.gold and f"= {flip.gold}")):
            shown = Text(printing.one_line(words))
            shown.truncate(_WORDS_CUT, overflow="ellipsis")
            out.print(Padding(shown, (0, 0, 0, 6)))
    if len(flips) > show:
        out.print(Text(f"  and {len(flips) - show:,} more; --show {len(flips)} or --json lists "
                       "them.", style="dim"))  # fmt: skip


def _document(found: Comparison) -> dict[str, Any]:
    def rows(several: Sequence[Difference]) -> list[dict[str, Any]]:
        return [{**plain(each), "verdict": each.verdict} for each in several]

    return {
        "a": {"file": found.a.run.name, "retriever": found.a.retriever},
        "b": {"file": found.b.run.name, "retriever": found.b.retriever},
        "measure": found.measure,
        "settings": {key: list(values) for key, values in found.settings.items()},
        "paired": found.paired, "only_a": found.only_a, "only_b": found.only_b,
        "measures": rows(found.measures), "categories": rows(found.categories),
        "flips": plain(found.flips),
    }  # fmt: skip
