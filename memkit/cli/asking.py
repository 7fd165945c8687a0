"""`search`, `context`, `why`, `why-not`: asking the store, in growing depth."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console

from memkit import registry
from memkit.cli import completing
from memkit.cli.arguments import FilterOption, filter_of
from memkit.cli.call import Call, on_store
from memkit.cli.printing import (
    console,
    counted,
    note,
    one_line,
    print_hit,
    print_signals,
    table,
    visible,
)
from memkit.contracts import Retriever
from memkit.models import Expectation, Trace

_Query = Annotated[str, typer.Argument(metavar="QUERY", help="What to look for.")]
_Hits = Annotated[int, typer.Option("--k", "-k", min=1, help="How many hits.")]
_AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Answer as of this moment, forgetting what came after."),
]
_Retriever = Annotated[
    str | None,
    typer.Option(
        help="Rank with this one: a name (see plugins) or pkg.mod:Class.",
        autocompletion=completing.names("retrievers"),
    ),
]


@on_store()
def search(
    call: Call,
    query: _Query,
    k: _Hits = 10,
    filter: FilterOption = None,
    as_of: _AsOf = None,
    retriever: _Retriever = None,
    full: Annotated[bool, typer.Option("--full", help="Show long hits whole.")] = False,
    archived: Annotated[
        bool, typer.Option("--archived", help="Look among what maintenance has archived, too.")
    ] = False,
) -> None:
    """Find what was said; the best hit first.

    Says so where the hits are no good and something was archived that might be better.

    With --json: a list of Hit.

    Example:

        memkit search notes.mem "Where does Ana live?" -k 5
    """
    asked = _asked(filter, as_of, retriever)
    hits = call.scope.search(query, k, **asked, include_archived=archived)

    def draw() -> None:
        out = console()
        for rank, hit in enumerate(hits, 1):
            print_hit(out, rank, hit, full=full, query=query)
        if not hits:
            out.print("Nothing was found.")

    call.answer(hits, draw)
    if not hits and not call.as_json:
        note(_advice(call, filter, as_of))
    stages = [] if archived else call.scope.trace(query, k, **asked).stages
    for stage in stages:
        if stage.name == "archived" and "rescue" in stage.note:
            note(
                f"these hits hold little of what was asked for; {stage.entered:,} records are "
                "archived, and --archived looks among them too."
            )


@on_store()
def context(
    call: Call,
    query: _Query,
    budget: Annotated[int, typer.Option("--budget", "-b", min=1, help="Most tokens.")] = 1000,
    filter: FilterOption = None,
    as_of: _AsOf = None,
    retriever: _Retriever = None,
) -> None:
    """Print a block for a prompt: what is known about the query, within a token budget.

    With --json: a Block.

    Example:

        memkit context notes.mem "Where does Ana live?" --budget 300
    """
    block = call.scope.context(query, budget, **_asked(filter, as_of, retriever))
    if not block.text and not call.as_json:
        note(f"nothing fits into {counted(budget, 'token')}; give --budget more.")
        return
    call.answer(block, lambda: console().out(visible(str(block)), highlight=False))


@on_store()
def why(
    call: Call,
    query: _Query,
    k: _Hits = 3,
    filter: FilterOption = None,
    as_of: _AsOf = None,
    retriever: _Retriever = None,
) -> None:
    """Explain an answer: the terms asked for, the stages, and each hit's signals as bars.

    With --json: a Trace.

    Example:

        memkit why notes.mem "Where does Ana live?"
    """
    trace = call.scope.trace(query, k, **_asked(filter, as_of, retriever))
    call.answer(trace, lambda: _print_trace(console(), trace))


@on_store()
def why_not(
    call: Call,
    query: _Query,
    id: Annotated[str, typer.Argument(metavar="ID", help="The turn that was expected.")],
    k: _Hits = 10,
    filter: FilterOption = None,
    as_of: _AsOf = None,
    retriever: _Retriever = None,
) -> None:
    """Explain why a turn is not among the hits of a query, or that it is.

    With --json: an Expectation.

    Example:

        memkit why-not notes.mem "Where does Ana live?" t2
    """
    found = call.scope.why_not(query, id, k=k, **_asked(filter, as_of, retriever))
    call.answer(found, lambda: _print_expectation(console(), found))


def _advice(call: Call, filter: list[str] | None, as_of: str | None) -> str:
    """What to try where a search finds nothing."""
    if filter:
        return "the filter may let nothing through; try without --filter."
    if as_of:
        return f"nothing may have been said by {as_of}; try without --as-of."
    return f"what there is: memkit ls {call.path}. To store some: memkit add {call.path} TEXT"


def _asked(filter: list[str] | None, as_of: str | None, retriever: str | None) -> dict[str, Any]:
    chosen: Retriever | None = registry.create("retrievers", retriever) if retriever else None
    return {"filter": filter_of(filter), "as_of": as_of, "retriever": chosen}


def _print_trace(out: Console, trace: Trace) -> None:
    out.print(f"terms      {', '.join(trace.terms) or 'none'}")
    out.print(f"retriever  {trace.retriever}, {trace.milliseconds:.1f} ms")
    stages = table("stage", "in", "kept", "note", right=("in", "kept"), rest="note")
    for stage in trace.stages:
        stages.add_row(stage.name, f"{stage.entered:,}", f"{stage.kept:,}", stage.note)
    out.print(stages)
    for rank, hit in enumerate(trace.hits, 1):
        out.print()
        print_hit(out, rank, hit, full=False, query=trace.query)
        print_signals(out, hit.why)
    if not trace.hits:
        out.print("Nothing was found.")


def _print_expectation(out: Console, found: Expectation) -> None:
    out.print(f"{one_line(found.id)}: {found.stage}", style="bold")
    out.print(visible(found.reason))
    if found.score is not None:
        needed = f", the last hit has {found.needed:.3f}" if found.needed is not None else ""
        out.print(f"Its score is {found.score:.3f}{needed}.")
    print_signals(out, found.why)
