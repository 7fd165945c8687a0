"""`add`, `import`, `export`: into the store and out of it."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from memkit import importing
from memkit.cli import arguments, moving
from memkit.cli.call import Call, on_store
from memkit.cli.printing import console, counted, one_line, print_turns, progress, working
from memkit.cli.reporting import write_page, wrote
from memkit.dates import moment
from memkit.errors import InvalidInput
from memkit.importing import Message, foreign
from memkit.store import Scope

_FORMATS: Final = (*importing.FORMATS, importing.EXPORT, *foreign.EXPECTED)


@on_store(creates=True)
def add(
    call: Call,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What was said; - reads it.")],
    name: Annotated[str | None, typer.Option("--name", "-n", help="Who said it.")] = None,
    role: Annotated[str | None, typer.Option(help="user, assistant, system, tool.")] = None,
    session: Annotated[str | None, typer.Option(help="The conversation it belongs to.")] = None,
    when: Annotated[str | None, typer.Option(help="ISO time; default: now.")] = None,
    id: Annotated[str | None, typer.Option(help="An id of your own.")] = None,
) -> None:
    """Store one turn; a missing file is created.

    Prints the turn as it was stored. With --json: a list of one Turn.

    Example:

        memkit add notes.mem --user ana "I moved to Lisbon in March." --when 2024-03-02
    """
    content = arguments.standard_input() if text == "-" else text
    if not content.strip():
        raise InvalidInput("TEXT is empty; there is nothing to remember.")
    if when is not None:
        moment(when, name="--when")  # before a store is made
    given = {"name": name, "role": role, "session": session, "timestamp": when, "id": id}
    message = {key: value for key, value in given.items() if value is not None}
    turns = call.scope.add(message | {"content": content})
    call.answer(turns, lambda: print_turns(console(), turns))


@on_store(creates=True)
def import_(
    call: Call,
    path: Annotated[str, typer.Argument(metavar="PATH", help="The conversations; - reads them.")],
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "--from",
            help="jsonl, locomo, transcript, chatgpt, claude, memkit, chroma, mem0, langgraph, "
            "letta; or auto.",
        ),
    ] = "auto",
    sample: Annotated[
        str | None, typer.Option(help="One sample of a LoCoMo file; default: all.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="What to call the source; default: the file's name.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be stored, and store nothing.")
    ] = False,
) -> None:
    """Store conversations, or another library's memories; a missing store is created.

    Reads JSON lines, LoCoMo, a transcript of `Name: text` lines, the exports of ChatGPT and
    Claude (conversations.json or the zip), and what `memkit export` wrote. All of a file is
    stored, or nothing; what is there already is passed over, so it can be repeated.

    Reads, too, the stores of Chroma, mem0 and LangGraph (SQLite), and Letta's agent file. Each
    memory goes to the scope of its own user, agent, app or tenant, or all of them to the one
    scope that --user or --scope names. A text that has changed there since is one more turn.

    Prints what was stored, and what was left out and why. With --json: `{"format", "read",
    "added", "present", "dropped", "sessions", "dry_run"}`, `dropped` by reason; of a store also
    `scopes`, and `unreadable` with what could not be read.

    Example:

        memkit import notes.mem chat.txt --user ana
    """
    if format not in ("auto", *_FORMATS):
        raise InvalidInput(f"There is no format {format!r}; there are {', '.join(_FORMATS)}.")
    with arguments.readable(path) as file:
        found = _format(file) if format == "auto" else format
        if found in foreign.EXPECTED:
            if sample is not None:
                raise InvalidInput(f"A sample is chosen of locomo files only; {path} is {found}.")
            _require(file, found)
            report = moving.take(call, file, found, source or found, dry_run)
        elif found == importing.EXPORT:
            report = _load_export(call, file, dry_run)
        else:
            named = source or (_fingerprint(file) if path == "-" else None)
            left = Counter[str]()
            messages = list(
                importing.read(file, format=found, name=named, sample=sample, left=left)
            )
            report = {"format": found, "dropped": left, **_store(call, messages, dry_run)}
    call.answer(report, lambda: _print_import(path, report))


@on_store()
def export(
    call: Call,
    path: Annotated[str, typer.Argument(metavar="PATH", help="The file to write; - prints it.")],
    html: Annotated[
        bool, typer.Option("--html", help="One scope as a page to read and to send, instead.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there already.")
    ] = False,
) -> None:
    """Write all that the store holds, every scope, as JSON lines; or one scope as a page.

    `memkit import` reads JSON lines back without loss. With --html what is live in one scope
    becomes one HTML file that fetches nothing: people with their facts, sessions, and a search.

    With --json: `{"path", "lines"}`, of a page `{"path", "bytes"}`.

    Example:

        memkit export notes.mem notes.jsonl
        memkit export notes.mem --html notes.html
    """
    if html:
        _export_page(call, path, force)
        return
    if path == "-":
        _print_export(call)
        return
    target = _free(call, path, force)
    with working("Writing"):
        lines = call.store.export(target)
    call.answer(
        {"path": str(target), "lines": lines},
        lambda: console().print(f"Wrote {counted(lines, 'line')} to {target}."),
    )


def _export_page(call: Call, path: str, force: bool) -> None:
    from memkit.html.memories import page

    if path == "-":
        sys.stdout.write(page(call.scope))
        return
    target = _free(call, path, force)
    size = write_page(target, page(call.scope))
    call.answer({"path": str(target), "bytes": size}, lambda: console().print(wrote(target, size)))


def _free(call: Call, path: str, force: bool) -> Path:
    """A file that may be written: not the store, and not there unless it may be replaced."""
    target = Path(path).expanduser()
    if target.exists() and (not force or target.samefile(call.path)):
        raise InvalidInput(
            f"{target} is the store itself; choose another file."
            if target.samefile(call.path)
            else f"{target} exists already; --force replaces it. Nothing was written."
        )
    return target


def _format(file: Path) -> str:
    found = foreign.recognise(file)
    if found is None and file.is_dir():
        raise InvalidInput(
            f"{file} is a folder that holds nothing to import; name a file in it, or one of: "
            f"{'; '.join(foreign.EXPECTED.values())}."
        )
    return found or importing.detect(file)


def _require(file: Path, kind: str) -> None:
    """Refuse what is none of a kind, and holds no record that is read as one."""
    if foreign.recognise(file) == kind:
        return
    if next(foreign.read(file, kind=kind, refused=[]), None) is None:
        raise InvalidInput(f"{file} holds nothing of {kind}; expected {foreign.EXPECTED[kind]}.")


def _store(call: Call, messages: list[Message], dry_run: bool) -> dict[str, Any]:
    # The scope of a dry run may be in a file that is not there, and is not to be made.
    if not call.path.exists():
        _require_moments(messages)
    stored = {} if dry_run and not call.path.exists() else _words_by_id(call.scope)
    # Titles change and sources are renamed: the words decide whether a turn is there already.
    fresh = [one for one in messages if stored.get(one["id"]) != hash(_words(one))]
    if fresh and not dry_run:
        with progress("Storing") as advance:
            call.scope.add(fresh, progress=advance)
    return {
        "read": len(messages), "added": len(fresh), "present": len(messages) - len(fresh),
        "sessions": len({one.get("session") for one in messages}), "dry_run": dry_run,
    }  # fmt: skip


def _require_moments(messages: list[Message]) -> None:
    """Refuse a wrong time before a store is made for it."""
    for place, message in enumerate(messages):
        if isinstance(when := message.get("timestamp"), (datetime, str, float)):
            moment(when, name=f"timestamp of message {place}")


def _words(message: Message) -> str:
    return str(message.get("content", message.get("text")))


def _words_by_id(scope: Scope) -> dict[str, int]:
    return {turn.id: hash(turn.text) for turn in scope.turns()}


def _load_export(call: Call, file: Path, dry_run: bool) -> dict[str, Any]:
    lines = file.read_text(encoding="utf-8").count('"type": "record"')
    before = 0
    if not dry_run:
        before = sum(call.store.stats()["records"].values())
        with working("Loading"):
            call.store.import_(file)
    added = 0 if dry_run else sum(call.store.stats()["records"].values()) - before
    return {
        "format": importing.EXPORT, "read": lines, "added": lines if dry_run else added,
        "present": 0 if dry_run else lines - added, "dropped": {}, "sessions": 0,
        "dry_run": dry_run,
    }  # fmt: skip


def _print_import(path: str, report: dict[str, Any]) -> None:
    source = "standard input" if path == "-" else one_line(path)
    one = "record" if "scopes" in report else "message"
    act = "would be added" if report["dry_run"] else "added"
    sessions = f" in {counted(report['sessions'], 'session')}" if report["sessions"] else ""
    present = f", {report['present']:,} were there already" if report["present"] else ""
    console().print(
        f"{source} ({report['format']}): {counted(report['read'], one)}{sessions}; "
        f"{report['added']:,} {act}{present}."
    )
    moving.print_details(report)


def _fingerprint(file: Path) -> str:
    """A name for what has none, so that the same input again is the same source."""
    return hashlib.blake2b(file.read_bytes(), digest_size=6).hexdigest()


def _print_export(call: Call) -> None:
    with tempfile.TemporaryDirectory(prefix="memkit-") as folder:
        spooled = Path(folder) / "export.jsonl"
        call.store.export(spooled)
        with spooled.open(encoding="utf-8") as lines:
            shutil.copyfileobj(lines, sys.stdout)
