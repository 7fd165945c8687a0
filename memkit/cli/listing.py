"""`ls`, `show`, `sessions`, `stats`, `history`, `journal`: looking around."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any, Final, Literal

import typer
from rich.console import Console
from rich.text import Text

from memkit.cli import printing
from memkit.cli.arguments import FilterOption, filter_of
from memkit.cli.call import Call, on_store
from memkit.cli.knowing import print_quarantined
from memkit.cli.printing import console, note, one_line, print_entries, print_turns, table, told
from memkit.models import JournalEntry, Memory, Turn, plain
from memkit.store import Scope

_LISTED: Final = 50
_PAGE: Final = 1000
_Id = Annotated[str, typer.Argument(metavar="ID", help="The record, as `ls` names it.")]


@on_store()
def ls(
    call: Call,
    what: Annotated[
        Literal["turns", "all", "memories"],
        typer.Option(help="Turns; all with forgotten ones too; memories derived from turns."),
    ] = "turns",
    quarantined: Annotated[
        bool, typer.Option("--quarantined", help="What was proposed and did not hold, and why.")
    ] = False,
    filter: FilterOption = None,
    since: Annotated[str | None, typer.Option(help="From this moment on.")] = None,
    until: Annotated[str | None, typer.Option(help="Before this moment.")] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=0, help="Most rows; 0: all. [default: 50]")
    ] = None,
) -> None:
    """List turns in the order they were stored.

    With --json: a list of Turn (of Memory for --what memories, of Quarantined for --quarantined),
    without a limit unless one is given.

    Example:

        memkit ls notes.mem --filter speaker=Ana --since 2024-05-01
    """
    if quarantined:
        items = call.scope.quarantined()
        call.answer(items, lambda: print_quarantined(console(), items))
        return
    records = _records(call.scope, what, filter, since, until)
    most = (None if call.as_json else _LISTED) if limit is None else limit or None
    shown = list(islice(records, most))
    call.answer(shown, lambda: _print_records(shown, more=next(records, None) is not None))
    if not shown and not call.as_json:
        narrowed = bool(filter or since or until)
        note(
            "nothing of that kind is here; see memkit stats for what is."
            if not narrowed
            else "nothing matches; try without --filter, --since and --until."
        )


@on_store()
def show(call: Call, id: _Id) -> None:
    """Show one record whole, with what happened to it.

    With --json: `{"kind", "record", "history"}`: a Turn or a Memory, and a list of JournalEntry.

    Example:

        memkit show notes.mem t1
    """
    record = call.scope.get(id)
    entries = call.scope.history(id)
    kind = record.kind if isinstance(record, Memory) else "turn"
    found = {"kind": kind, "record": record, "history": entries}
    call.answer(found, lambda: _print_record(console(), kind, record, entries))


@on_store()
def sessions(call: Call) -> None:
    """List the sessions, in the order of their first turn.

    With --json: a list of SessionInfo.

    Example:

        memkit sessions notes.mem
    """
    found = call.scope.sessions()

    def draw() -> None:
        out = console()
        wide = out.width >= printing.NARROW
        names = ("session", "turns", "first", *(("last",) if wide else ()), "speakers")
        made = table(*names, right=("turns",), rest="speakers")
        for one in found:
            made.add_row(
                one_line(one.id or "(none)"), f"{one.turns:,}", told(one.first),
                *((told(one.last),) if wide else ()), Text(one_line(", ".join(one.speakers))),
            )  # fmt: skip
        out.print(made)

    call.answer(found, draw)


@on_store()
def stats(call: Call) -> None:
    """Count what the store holds, for all scopes, and say how it is set up.

    With --json: what `MemoryStore.stats` gives.

    Example:

        memkit stats notes.mem
    """
    found = call.store.stats()
    call.answer(found, lambda: _print_stats(console(), found))


@on_store()
def history(call: Call, id: _Id) -> None:
    """List every change that touched a record, oldest first.

    With --json: a list of JournalEntry.

    Example:

        memkit history notes.mem t1
    """
    entries = call.scope.history(id)
    call.answer(entries, lambda: print_entries(console(), entries))


@on_store()
def journal(
    call: Call,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Most rows; 0: all.")] = 20,
) -> None:
    """List the latest changes of a scope, oldest first. `memkit undo` takes one back.

    With --json: a list of JournalEntry.

    Example:

        memkit journal notes.mem --limit 5
    """
    entries = list(deque(_entries(call.scope), maxlen=limit or None))
    call.answer(entries, lambda: print_entries(console(), entries))


def _records(
    scope: Scope, what: str, filter: list[str] | None, since: str | None, until: str | None
) -> Iterator[Turn | Memory]:
    wanted = filter_of(filter)
    if what == "memories":
        yield from scope.memories(filter=wanted)
    else:
        yield from scope.turns(since=since, until=until, filter=wanted, archived=what == "all")


def _entries(scope: Scope) -> Iterator[JournalEntry]:
    after = 0
    while page := scope.journal(after=after, limit=_PAGE):
        yield from page
        after = page[-1].id


def _print_records(shown: list[Turn | Memory], *, more: bool) -> None:
    out = console()
    turns = [
        one if isinstance(one, Turn)
        else Turn(one.id or "", one.text, one.speaker or one.kind, None, one.session, one.when)
        for one in shown
    ]  # fmt: skip
    print_turns(out, turns)
    if more:
        note(f"these are the first {len(shown)}; --limit 0 lists all.")


def _print_record(
    out: Console, kind: str, record: Turn | Memory, entries: list[JournalEntry]
) -> None:
    values = plain(record)
    text = values.pop("text")
    rows = table("field", "value", rest="value")
    rows.show_header = False
    rows.columns[1].no_wrap = False
    for name, value in {"kind": kind, **values}.items():
        if value not in (None, {}, []):
            rows.add_row(name, Text(one_line(_told(name, value))))
    out.print(rows)
    out.print()
    out.print(Text(printing.visible(text)))
    out.print()
    print_entries(out, entries)


def _told(name: str, value: Any) -> str:
    """A field of a record in words rather than as JSON."""
    if name == "sources":
        return ", ".join(f"{one['turn']} ({one['start']} to {one['end']})" for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {plain(inner)}" for key, inner in value.items())
    return str(value)


def _print_stats(out: Console, found: dict[str, Any]) -> None:
    embedder = found["embedder"]
    facts = {
        "file": found["path"],
        "size": f"{found['bytes'] / 1e6:,.1f} MB",
        "turns": f"{found['turns']:,} ({found['archived']:,} records forgotten)",
        "records": ", ".join(f"{n:,} {kind}" for kind, n in found["records"].items()) or "none",
        "embedder": f"{embedder['identity']}, {embedder['dim']} numbers" if embedder else "none",
        "search": found["mode"],
        "time zone": found["timezone"],
        "tokens by": found["token_counter"],
    }
    rows = table("fact", "value", rest="value")
    rows.show_header = False
    rows.columns[1].no_wrap = False
    for name, value in facts.items():
        rows.add_row(name, Text(one_line(value)))
    out.print(rows)
    scopes = table("scope", "turns", "forgotten", right=("turns", "forgotten"))
    for one in found["scopes"]:
        keys = one_line(" ".join(f"{name}={value}" for name, value in one["keys"].items()))
        scopes.add_row(keys, f"{one.get('turn', 0):,}", f"{one['archived']:,}")
    out.print()
    out.print(scopes)
