"""`doctor`: the environment, a store, or the store of another library, looked over."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.text import Text

from memkit.cli import environment, vetting
from memkit.cli.call import Call, is_store
from memkit.cli.edge import STORE_ERROR
from memkit.cli.environment import Finding
from memkit.cli.printing import console, counted, one_line, print_json, progress, table, working
from memkit.dates import moment, utc_now
from memkit.errors import InvalidInput, MemkitError, NotFound
from memkit.importing import foreign
from memkit.importing.foreign import Entry, hygiene
from memkit.importing.foreign.hygiene import Hygiene
from memkit.storage.schema import APPLICATION_ID

_STYLES: Final = {"ok": "green", "off": "dim", "note": "magenta", "bad": "bold red"}
_EXAMPLES: Final = 2
_ID: Final = 12
"""So much of a long id is shown; --json has all of it."""
_LIBRARIES: Final = {
    "chroma": "Chroma", "mem0": "mem0", "langgraph": "LangGraph",
    "letta": "Letta",
}  # fmt: skip


def doctor(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            show_default=False,
            help="A store; or a folder or database of Chroma, mem0 or LangGraph.",
        ),
    ] = None,
    least: Annotated[
        float, typer.Option(min=0, max=100, help="The least score that is well, of others' stores.")
    ] = 80,
    now: Annotated[str | None, typer.Option("--now", help="The present moment.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Look over what memkit runs on, and a store: exit code 1 when something is bad.

    A store of Chroma, of mem0 (its Qdrant folder or history.db) or of LangGraph (SqliteStore) is
    read as it is, scored from 0 to 100 for how clean its memories are, and never changed.

    With --json: `{"ok", "environment", "store", "hygiene"}`: lists of `{"name", "state",
    "detail", "advice"}`, and for others' stores `{"kind", "path", "memories", "clean", "score",
    "refused", "faults"}`.

    Example:

        memkit doctor notes.mem
    """  # fmt: skip
    report: dict[str, Any] = {"ok": True, "environment": [], "store": None, "hygiene": None}
    path = Path(file).expanduser() if file is not None else None
    kind = _kind(path) if path is not None else None
    if kind is None:
        around = list(environment.findings())
        inside = _examined(path) if path is not None else []
        report["environment"] = [environment.as_json(one) for one in around]
        report["store"] = [environment.as_json(one) for one in inside] if path else None
        report["ok"] = all(one.state != "bad" for one in [*around, *inside])
        if not as_json:
            _print_findings(console(), "environment", around)
            if path is not None:
                _print_findings(console(), os.fspath(path), inside)
    else:
        assert path is not None
        found = _scored(path, kind, now)
        report["hygiene"] = _as_json(found, kind, path)
        report["ok"] = found.score >= least
        if not as_json:
            _print_hygiene(console(), found, kind, path)
    if as_json:
        print_json(report)
    if not report["ok"]:
        raise typer.Exit(STORE_ERROR)


def _kind(path: Path) -> str | None:
    """Which other library's store it is; None for one of memkit's own."""
    if not path.exists():
        raise NotFound(f"There is no {path}. `memkit doctor` alone looks at the environment.")
    kind = foreign.recognise(path) if not _is_own(path) else None
    if kind is None and not is_store(path):
        expected = "; ".join(foreign.EXPECTED.values())
        raise InvalidInput(f"{path} is no store that can be read; expected memkit's, {expected}.")
    return kind


def _is_own(path: Path) -> bool:
    """Whether memkit made the file, as its first bytes say, however damaged the rest may be."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(72)[68:] == APPLICATION_ID.to_bytes(4, "big")


def _examined(path: Path) -> list[Finding]:
    """What is found until the end, or until the store cannot be read any further."""
    found: list[Finding] = []
    try:
        with (
            Call(path, {}, creates=False, embedder=None, now=None, as_json=False) as call,
            working("Examining"),
        ):
            found.extend(vetting.findings(call))
    except MemkitError as error:
        found.append(Finding("reading", "bad", str(error)))
    return found


def _scored(path: Path, kind: str, now: str | None) -> Hygiene:
    refused: list[str] = []
    entries = []
    with progress("Reading") as advance:
        for entry in foreign.read(path, kind=kind, refused=refused):
            entries.append(entry)
            if advance is not None and not len(entries) % 1000:
                advance(len(entries), len(entries) + 1)
    at = moment(now, name="--now") if now is not None else utc_now()
    with working("Examining"):
        return hygiene.examine(entries, at, refused)


def _as_json(found: Hygiene, kind: str, path: Path) -> dict[str, Any]:
    return {
        "kind": kind, "path": str(path), "memories": len(found.entries), "clean": found.clean,
        "score": round(found.score, 1), "refused": list(found.refused),
        "faults": [
            {"name": fault.name, "weight": fault.weight, "note": fault.note,
             "ids": [found.entries[place].id for place in fault.records]}
            for fault in found.faults
        ],
    }  # fmt: skip


def _print_findings(out: Console, title: str, found: Iterable[Finding]) -> None:
    out.print(Text(one_line(title), style="bold"))
    made = table("state", "what", "detail", rest="detail")
    made.show_header = False
    made.columns[2].no_wrap = False
    for one in found:
        told = Text(one_line(one.detail))
        if one.advice:
            gap = ": " if one.state == "off" else "\n"
            told.append(f"{gap}{one_line(one.advice)}", style="cyan")
        made.add_row(Text(f"{one.state:>4}", style=_STYLES[one.state]), one.name, told)
    out.print(made)


def _print_hygiene(out: Console, found: Hygiene, kind: str, path: Path) -> None:
    places = len({entry.place for entry in found.entries})
    where = f" in {counted(places, 'collection')}" if places > 1 else ""
    out.print(
        Text(f"{_LIBRARIES[kind]} ", style="bold").append(
            f"{one_line(str(path))}: {_memories(len(found.entries))}"
            f"{where}", style="default",
        )
    )  # fmt: skip
    made = table("finding", "memories", "share", "what", right=("memories", "share"), rest="what")
    made.columns[3].no_wrap = False
    room = max(20, out.width - 34)
    for fault in found.faults:
        count = len(fault.records)
        if count:
            share = f"{count / len(found.entries):.0%}"
            told = Text(fault.note)
            for place in fault.records[:_EXAMPLES]:
                told.append(f"\n{_shown(found.entries[place], room)}", style="dim")
            style = "red" if fault.weight == 1 else "magenta"
            made.add_row(Text(fault.name, style=style), f"{count:,}", share, told)
    if made.row_count:
        out.print(made)
    for reason in found.refused[:_EXAMPLES]:
        out.print(Text("not read: ", style="red").append(one_line(reason), style="default"))
    if len(found.refused) > _EXAMPLES:
        out.print(f"... and {len(found.refused) - _EXAMPLES:,} more that could not be read.")
    style = "green" if found.score >= 80 else "magenta" if found.score >= 50 else "red"
    out.print(
        Text("score ", style="bold").append(f"{found.score:.0f} of 100", style=f"bold {style}")
        .append(f"; {found.clean:,} without any finding", style="default")
    )  # fmt: skip


def _shown(entry: Entry, room: int) -> Text:
    """A memory's id and how its words begin, in one line; of what may be a secret, no word."""
    id = one_line(entry.id)
    if hygiene.SECRET.search(entry.text):
        return Text(id)
    shown = Text(id)
    shown.truncate(_ID, overflow="ellipsis")
    shown.append(f" {one_line(entry.text)}")
    shown.truncate(room, overflow="ellipsis")
    return shown


def _memories(count: int) -> str:
    return f"{count:,} {'memory' if count == 1 else 'memories'}"
