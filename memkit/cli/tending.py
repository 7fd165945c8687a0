"""`check`, `maintain`, `reembed`, `plugins`: keeping a store well."""

from __future__ import annotations

from collections import Counter
from inspect import signature
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.text import Text

from memkit import registry
from memkit.cli import paging, scaffold
from memkit.cli.arguments import named_embedder
from memkit.cli.call import Call, on_store
from memkit.cli.completing import kinds, names
from memkit.cli.edge import STORE_ERROR
from memkit.cli.printing import console, counted, one_line, print_json, progress, table, working
from memkit.contracts import Extractor
from memkit.errors import InvalidInput
from memkit.models import CheckReport, Health, MaintainReport

_Names = list[str] | None
_SHOWN: Final = 50


@on_store()
def check(
    call: Call,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what is derived.")] = False,
) -> None:
    """Compare the file with itself; exit code 1 when problems remain.

    With --json: `{"ok", "problems", "fixed"}`.

    Example:

        memkit check notes.mem --fix
    """
    with working("Checking"):
        report = call.store.check(fix)
    found = {"ok": report.ok, "problems": report.problems, "fixed": report.fixed}
    call.answer(found, lambda: _print_check(console(), report))
    if not report.ok:
        raise typer.Exit(STORE_ERROR)


@on_store()
def maintain(
    call: Call,
    budget_ms: Annotated[
        float | None,
        typer.Option("--budget-ms", min=0, help="Stop after so long; go on next time."),
    ] = None,
    extractor: Annotated[
        _Names,
        typer.Option(help="Run this one; repeatable.", autocompletion=names("extractors")),
    ] = None,
    consolidator: Annotated[
        _Names,
        typer.Option(help="Run this one; repeatable.", autocompletion=names("consolidators")),
    ] = None,
    forgetting: Annotated[
        str | None,
        typer.Option(help="Judge by this policy.", autocompletion=names("forgetting")),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(help="What the llm- extractors ask, as litellm or the URL names it."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", help="A server that speaks OpenAI's protocol.")
    ] = None,
    max_tokens: Annotated[
        int | None, typer.Option("--max-tokens", min=1, help="Most that the store spends, in all.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change and why; change nothing.")
    ] = False,
) -> None:
    """Run extractors that are behind, consolidation and forgetting, for every scope.

    With --json: a MaintainReport.

    Example:

        memkit maintain notes.mem --budget-ms 500
    """
    door = _door(model, base_url, max_tokens) if model else None
    call.settings = {
        "extractors": [_extractor(name, door) for name in extractor] if extractor else None,
        "consolidators": [registry.create("consolidators", name) for name in consolidator or ()],
        "forgetting": registry.create("forgetting", forgetting) if forgetting else None,
    }
    with working("Maintaining"):
        report = call.store.maintain(budget_ms, dry_run=dry_run)
    draw = _print_planned if dry_run else _print_maintained
    call.answer(report, lambda: draw(console(), report))
    if report.errors:
        raise typer.Exit(STORE_ERROR)


def _door(model: str, base_url: str | None, max_tokens: int | None) -> Any:
    from memkit.llm import LLM  # a moment to load, which other commands need not wait for

    return LLM(model, base_url=base_url, max_tokens_spent=max_tokens)


def _extractor(name: str, door: Any) -> Extractor:
    """The extractor of that name, with the model if it takes one."""
    cls = registry.load("extractors", name)
    made: Extractor = cls(llm=door) if door and "llm" in signature(cls).parameters else cls()
    return made


@on_store()
def health(call: Call) -> None:
    """Tell how the store is doing; exit code 1 when a measure is beyond its limit.

    With --json: `{"ok", "measures"}`: a list of Measure.

    Example:

        memkit health notes.mem
    """
    with working("Examining"):
        report = call.store.health()
    found = {"ok": report.ok, "measures": report.measures}
    call.answer(found, lambda: _print_health(console(), report))
    if not report.ok:
        raise typer.Exit(STORE_ERROR)


@on_store()
def compact(
    call: Call,
    move_to: Annotated[
        str | None,
        typer.Option("--move-to", help="First move what is archived to this new JSONL file."),
    ] = None,
    before: Annotated[
        str | None, typer.Option(help="Move only what was archived before this moment.")
    ] = None,
) -> None:
    """Rewrite the file without free space; `memkit import` brings back what was moved out of it.

    With --json: `{"moved", "was", "bytes"}`.

    Example:

        memkit compact notes.mem --move-to notes-2024.jsonl --before 2025-01-01
    """
    was = call.store.stats()["bytes"]
    with working("Compacting"):
        moved = call.store.compact(move_to, before=before)
    found = {"moved": moved, "was": was, "bytes": call.store.stats()["bytes"]}
    told = f"{counted(moved, 'record')} to {move_to}" if moved else "nothing"
    call.answer(
        found,
        lambda: console().print(
            f"Moved {told}. {found['was'] / 1e6:,.1f} MB became {found['bytes'] / 1e6:,.1f} MB."
        ),
    )


@on_store()
def reembed(
    call: Call,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="static, hashing, a plug-in's.", autocompletion=names("embedders")
        ),
    ],
) -> None:
    """Search by another embedder's vectors from now on; interrupted, it goes on where it was.

    With --json: a ReembedReport.

    Example:

        memkit reembed notes.mem hashing
    """
    embedder = named_embedder(name)
    with progress("Embedding") as advance:
        report = call.store.reembed(embedder, progress=advance)
    call.answer(
        report,
        lambda: console().print(
            f"{counted(report.embedded, 'record')} embedded, "
            f"{report.reused:,} had a vector already; search uses {report.embedder} now."
        ),
    )


def plugins(
    act: Annotated[
        str | None, typer.Argument(metavar="new", help="Begin a plug-in; without it, list them.")
    ] = None,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="What to call the one begun.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Load each one; exit code 1 when one is broken.")
    ] = False,
    kind: Annotated[
        str | None,
        typer.Option(help="This kind alone, such as embedders.", autocompletion=kinds),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """List what can be chosen by name, built in or installed; `new NAME` begins a plug-in.

    `new` writes the folder memkit-NAME: a class of that --kind (extractors, unless named) that
    keeps its contract as it stands, a test that says so, and what makes it installable.

    With --json: a list of `{"kind", "name", "distribution", "version", "target", "status"}`; of
    `new`, `{"files"}`.

    Example:

        memkit plugins --check
        memkit plugins new promises --kind extractors
    """
    if act is not None:
        _begin(act, name, kind or "extractors", as_json)
        return
    if kind is not None and kind not in registry.KINDS:
        raise typer.BadParameter(
            f"there is no kind {kind!r}; there are {', '.join(registry.KINDS)}"
        )
    found = [one for one in registry.available(check=check) if kind in (None, one.kind)]
    if as_json:
        print_json(found)
    else:
        with paging.paged():
            _print_plugins(console(), found)
    if check and any(one.status != "ok" for one in found):
        raise typer.Exit(STORE_ERROR)


def _begin(act: str, name: str | None, kind: str, as_json: bool) -> None:
    if act != "new":
        raise InvalidInput(f"{act!r} is not understood; `memkit plugins new NAME` begins one.")
    if name is None:
        raise InvalidInput("NAME is missing: `memkit plugins new NAME --kind extractors`.")
    files = scaffold.begin(name, kind, Path())
    if as_json:
        print_json({"files": [str(file) for file in files]})
        return
    out, root = console(), files[0].parent
    for file in files:
        out.print(one_line(str(file)), markup=False)
    # With ./, for pip takes a bare name for that of a distribution to be fetched.
    out.print(f"Now `pip install ./{root}`, and `memkit plugins --check` shows it.", markup=False)


def _print_check(out: Console, report: CheckReport) -> None:
    for what, style, lines in (
        ("fixed", "green", report.fixed), ("problem", "red", report.problems),
    ):  # fmt: skip
        for line in lines:
            out.print(Text(f"{what}: ", style=style).append(one_line(line), style="default"))
    if report.ok:
        out.print("ok")


def _print_maintained(out: Console, report: MaintainReport) -> None:
    def told(counts: Any) -> str:
        return ", ".join(f"{one_line(name)} {n:,}" for name, n in counts.items()) or "none"

    out.print(f"extracted     {told(report.extracted)}")
    out.print(f"rejected      {told(report.rejected)}")
    out.print(f"consolidated  {told(report.consolidated)}")
    gone = f"{report.archived:,}, expired {report.expired:,}, compressed {report.compressed:,}"
    out.print(f"archived      {gone}")
    for error in report.errors:
        out.print(Text("error: ", style="red").append(one_line(error), style="default"))
    state = "finished" if report.finished else "not finished: run it again"
    out.print(f"{state}, {report.milliseconds:,.0f} ms")


def _print_health(out: Console, report: Health) -> None:
    made = table("measure", "value", "at most", "", right=("value", "at most"), rest="")
    made.columns[3].no_wrap = False
    for one in report.measures:
        style = "" if one.ok else "red"
        limit = "" if one.limit is None else f"{one.limit:,g}"
        value = (
            f"{one.value:,.0f}" if one.value >= 100 or one.value % 1 == 0 else f"{one.value:.2f}"
        )
        made.add_row(one.name, Text(value, style=style), limit, Text(one_line(one.note)))
    out.print(made)
    out.print("ok" if report.ok else Text("not well", style="red"))


def _print_planned(out: Console, report: MaintainReport) -> None:
    for one in report.planned[:_SHOWN]:
        more = f" and {len(one.records) - 3} more" if len(one.records) > 3 else ""
        ids = one_line(", ".join(one.records[:3]))
        out.print(Text(f"{one.act:12}  {ids}{more}  ").append(one_line(one.reason), style="dim"))
    if len(report.planned) > _SHOWN:
        out.print(f"... and {len(report.planned) - _SHOWN:,} more; --json lists all.")
    tally = Counter(one.act for one in report.planned)
    told = ", ".join(f"{act} {n:,}" for act, n in sorted(tally.items())) or "nothing"
    out.print(f"Would change: {told}. Nothing was changed.")


def _print_plugins(out: Console, found: list[registry.Plugin]) -> None:
    made = table("kind", "name", "from", "status", rest="status")
    made.columns[3].no_wrap = False
    for one in found:
        style = "" if one.status in ("ok", "not loaded") else "red"
        origin = f"{one.distribution} {one.version}".strip()
        made.add_row(one.kind, one.name, origin, Text(one_line(one.status), style=style))
    out.print(made)
