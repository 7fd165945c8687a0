"""`import` of another library's store: every memory to the scope it belongs to."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from memkit.cli.call import Call
from memkit.cli.printing import console, counted, one_line, progress
from memkit.errors import ScopeRequired
from memkit.importing import Message, foreign
from memkit.importing.foreign import moving


def take(call: Call, path: Path, kind: str, name: str, dry_run: bool) -> dict[str, Any]:
    """Store what is new, one transaction per scope; the report of `memkit import`."""
    refused: list[str] = []
    left = Counter[str]()
    entries = list(foreign.read(path, kind=kind, refused=refused, left=left))
    made = moving.plan(entries, name, call.now, call.keys)
    if not made.scopes and made.dropped[moving.NO_OWNER]:
        raise ScopeRequired(
            f"Nothing in {path} says whose memory it is: say so, for example with --user ana. "
            "Nothing was imported."
        )
    scopes = [_store(call, keys, messages, dry_run) for keys, messages in made.scopes.items()]
    dropped = made.dropped + left
    if refused:
        dropped["cannot be read"] += len(refused)
    every = [one for messages in made.scopes.values() for one in messages]
    return {
        "format": kind, "read": len(every) + dropped.total(),
        "added": sum(one["added"] for one in scopes),
        "present": sum(one["present"] for one in scopes),
        "dropped": dropped, "unreadable": refused, "scopes": scopes,
        "sessions": len({one["session"] for one in every if "session" in one}),
        "dry_run": dry_run,
    }  # fmt: skip


def print_details(report: dict[str, Any]) -> None:
    """Whose the memories are, and what was left out and why."""
    out = console()
    for one in report.get("scopes", ()):
        keys = " ".join(f"{name}={value}" for name, value in one["keys"].items())
        present = f", {one['present']:,} there already" if one["present"] else ""
        out.print(f"  {one_line(keys)}: {one['added']:,} added{present}", markup=False)
    if report["dropped"]:
        out.print(f"Left out: {counted(sum(report['dropped'].values()), 'record')}.")
    for reason, count in sorted(report["dropped"].items(), key=lambda item: (-item[1], item[0])):
        out.print(f"  {count:>6,}  {one_line(reason)}", markup=False)
    for reason in report.get("unreadable", ()):
        out.print(f"          {one_line(reason)}", markup=False)


def _store(call: Call, keys: str, messages: list[Message], dry_run: bool) -> dict[str, Any]:
    owner = json.loads(keys)
    stored: dict[str, int] = {}
    if not dry_run or call.path.exists():
        stored = {turn.id: hash(turn.text) for turn in call.store.scope(**owner).turns()}
    new = moving.fresh(messages, stored)
    if new and not dry_run:
        with progress("Storing") as advance:
            call.store.scope(**owner).add(new, progress=advance)
    return {"keys": owner, "added": len(new), "present": len(messages) - len(new)}
